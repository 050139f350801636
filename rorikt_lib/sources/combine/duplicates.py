"""The same thing delivered twice: files byte for byte, ledger lines of overlapping exports, repeated decisions."""

import hashlib
from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

_LINE = ["voucher_no", "posted_on", "period", "account", "cost_centre", "project"]
_NAMED = 10


def checksums(paths: list[Path]) -> dict[Path, str]:
    """SHA-256 of each file."""
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def originals(sums: dict[Path, str]) -> dict[Path, Path]:
    """Each file → the first file with the same content, which is itself where it is no copy."""
    first: dict[str, Path] = {}
    return {path: first.setdefault(checksum, path) for path, checksum in sums.items()}


def flag_overlaps(postings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`postings` with is_duplicate, and a finding for each file with such lines and on vouchers that two files share.

    Lines alike in one file are meant; of lines alike in several files as many count as the file with most of them
    has, and the others are flagged. Alike: voucher, date, period, account, cost centre, project and amount; where
    there is no voucher number, supplier and text stand in for it.
    """
    stand_in = postings["supplier_name"].fillna("") + "|" + postings["text"].fillna("")
    alike = postings[_LINE].assign(
        voucher_no=postings["voucher_no"].fillna(stand_in), ore=(postings["amount_nok"] * 100).round().astype("int64")
    )
    line = alike.groupby(list(alike.columns), dropna=False, sort=False).ngroup()
    place = postings.assign(line=line).groupby(["source_file", "line"]).cumcount()
    duplicate = pd.DataFrame({"line": line, "place": place}).duplicated()
    found = [*_per_file("postings", postings["source_file"][duplicate]), _shared_vouchers(postings[~duplicate])]
    return postings.assign(is_duplicate=duplicate), pd.concat([empty("findings"), *found])


def _shared_vouchers(postings: pd.DataFrame) -> pd.DataFrame:
    """Vouchers with lines in several files that are not alike: most often one export lacks a column or the dates."""
    files = postings.groupby(["voucher_no", "period"], sort=False)["source_file"].nunique()
    shared = files[files > 1]
    vouchers = "; ".join(voucher for voucher, _ in shared.index[:_NAMED])
    return finding("postings", None, Finding.VOUCHER_IN_TWO_FILES, len(shared), vouchers)


def _per_file(table: str, files: pd.Series) -> list[pd.DataFrame]:
    counts = files.value_counts().sort_index()
    return [finding(table, file, Finding.OVERLAPPING_ROWS, int(count)) for file, count in counts.items()]


def without_repeats(table: str, rows: pd.DataFrame, key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`rows` where each key comes from one file alone, the first that has it, and a finding on the others' rows.

    InputError when two files say different amounts for a key: nothing says which one holds.
    """
    amounts = rows.groupby([*key, "source_file"], dropna=False, sort=False)["amount_nok"].sum().round(2).reset_index()
    first = amounts.drop_duplicates(key)
    pairs = amounts.merge(first, on=key, how="left", suffixes=("", "_first"), validate="many_to_one")
    differing = pairs[pairs["amount_nok"] != pairs["amount_nok_first"]]
    if len(differing):
        pair = differing.iloc[0]
        named = ", ".join(str(pair[name]) for name in key if pd.notna(pair[name]))
        there = f"{pair['amount_nok_first']:.2f} in {pair['source_file_first']}"
        remedy = "remove the file that does not hold, or give it another version"
        raise InputError(f"{named} has {pair['amount_nok']:.2f} here, {there}", file=pair["source_file"], remedy=remedy)
    owner = rows[key].merge(first, on=key, how="left", validate="many_to_one")["source_file"]
    repeated = rows["source_file"].to_numpy() != owner.to_numpy()
    return rows[~repeated], pd.concat([empty("findings"), *_per_file(table, rows["source_file"][repeated])])
