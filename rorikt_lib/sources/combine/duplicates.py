"""The same thing delivered twice: files byte for byte, ledger lines of overlapping exports, repeated decisions."""

from itertools import combinations
from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.large import each_once
from rorikt_lib.sources.reading.parts import export_of
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

_LINE = ["voucher_no", "posted_on", "period", "account", "cost_centre", "project"]
# The columns that exports may lack or spell otherwise.
_SPELT = ["posted_on", "voucher_no", "cost_centre", "project"]
_NAMED = 10
# Of a month that two files have: with so large a part of the smaller alike, they are one delivery.
_ONE_DELIVERY = 0.5
# With other vouchers, so many lines must be alike.
_NO_COINCIDENCE = 10
# A cost centre may have its name behind it: 100 IKT.
_NAME_BEHIND = r"^ *([0-9]+)[ .:-]+[^0-9 .:-].*$"
_NAMED_CODES = ["account", "cost_centre", "project"]
# The sums of so many accounts are no coincidence.
_SEVERAL = 3


def originals(sums: dict[Path, str]) -> dict[Path, Path]:
    """Each file → the first file with the same content, which is itself where it is no copy."""
    first: dict[str, Path] = {}
    return {path: first.setdefault(checksum, path) for path, checksum in sums.items()}


def flag_overlaps(postings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`postings` with is_duplicate, and a finding for each file with such lines and on vouchers that two files share.

    Lines alike in one file are meant; of lines alike in several files as many count as the file with most of them
    has, and the others are flagged. Alike: voucher, date, period, account, cost centre, project and amount; where
    there is no voucher number, supplier and text stand in for it. Besides, a month that two files spell otherwise.
    The parts of an export are one file here.
    """
    files = postings["source_file"]
    postings = postings.assign(source_file=each_once(files, lambda names: names.map(export_of)))
    duplicate = pd.Series(False, index=postings.index)
    # What two files have is of a month that two files have.
    several = postings[postings["period"].isin(_of_two_files(postings))]
    if several.empty:
        return postings.assign(source_file=files, is_duplicate=duplicate), empty("findings")
    same, has = _alike_in_all(several), postings[_SPELT].notna().groupby(postings["source_file"]).any()
    again = same.duplicated()
    again |= respelt(several, again, same, has)
    duplicate[several.index[again]] = True
    found = [*_per_file("postings", files[duplicate]), _shared_vouchers(several[~again])]
    return postings.assign(source_file=files, is_duplicate=duplicate), pd.concat([empty("findings"), *found])


def _alike_in_all(postings: pd.DataFrame) -> pd.Series:
    """One number for the lines of several files that are alike in all, one of each file."""
    stand_in = postings["supplier_name"].fillna("") + "|" + postings["text"].fillna("")
    alike = postings[_LINE].assign(
        voucher_no=postings["voucher_no"].fillna(stand_in), ore=(postings["amount_nok"] * 100).round().astype("int64")
    )
    line = alike.groupby(list(alike.columns), dropna=False, sort=False).ngroup()
    place = postings.assign(line=line).groupby(["source_file", "line"]).cumcount()
    return pd.DataFrame({"line": line, "place": place}).groupby(["line", "place"], sort=False).ngroup()


def respelt(postings: pd.DataFrame, duplicate: pd.Series, same: pd.Series, has: pd.DataFrame) -> pd.Series:
    """Which lines are of a month that another file has in another spelling of vouchers or columns.

    Lines are alike by period, account and amount, and by date, cost centre, project and voucher where both files have
    them; leading zeros and signs do not count. Where at least half of the smaller file's lines of a month are alike,
    the two are one delivery. Vouchers that all differ, be it more than by zeros, make other postings, unless so many
    lines are alike that it is no coincidence; so do dates. Lines alike in all, the voucher too, are the same however
    few. A file that has the sums of another's accounts is the same delivery. The file with more filled columns
    counts. duplicate: lines that are known to stand in another file. same: one number for the lines of several files
    that are each other's. has: which columns a file (index) has filled in any of its lines.
    """
    # Months of which two files have lines that count.
    months = postings["period"].isin(_of_two_files(postings[~duplicate]))
    if not months.any():
        return duplicate
    found = duplicate.copy()
    for _, month in postings[months].groupby("period", sort=False):
        files = dict(iter(_plain(month).groupby(month["source_file"])))
        richest = sorted(files, key=lambda name: (-int(has.loc[name].sum()), name))
        for one, other in combinations(richest, 2):
            kept, again = (
                part[~found[part.index] & ~same[part.index].isin(same[beside.index])]
                for part, beside in ((files[one], files[other]), (files[other], files[one]))
            )
            found[_alike(kept, again, has.columns[has.loc[one] & has.loc[other]])] = True
    return found


def _of_two_files(lines: pd.DataFrame) -> pd.Index:
    months = lines[["period", "source_file"]].drop_duplicates()["period"]
    return pd.Index(months[months.duplicated()].unique())


def _plain(lines: pd.DataFrame) -> pd.DataFrame:
    """What identifies the lines of a month, without the signs and zeros that spellings differ in."""
    codes = {name: lines[name].str.replace(_NAME_BEHIND, r"\1", regex=True) for name in _NAMED_CODES}
    lines = lines.assign(**codes)
    bare = {
        name: lines[name].str.replace(r"\.0+$|[^0-9A-Za-zÆØÅæøå]", "", regex=True) for name in ("account", *_SPELT[1:])
    }
    bare = {name: cells.str.lstrip("0").str.casefold().where(cells.fillna("") != "") for name, cells in bare.items()}
    ore = (lines["amount_nok"] * 100).round().astype("int64")
    stand_in = lines["supplier_name"].fillna("") + "|" + lines["text"].fillna("")
    return pd.DataFrame({"ore": ore, "posted_on": lines["posted_on"], "stand_in": stand_in} | bare)


def _alike(kept: pd.DataFrame, again: pd.DataFrame, shared: pd.Index) -> pd.Index:
    """The lines of `again` that are those of `kept`; none where the files are not one delivery.

    shared: the columns that both files have. Where neither has vouchers, supplier and text stand in for them.
    """
    both = ["ore", "account", *shared]
    both += ["stand_in"] if kept["voucher_no"].isna().all() and again["voucher_no"].isna().all() else []
    # Dates alone say nothing where there are no vouchers: a charge of every day is another charge.
    otherwise = ["voucher_no", "posted_on"] if "voucher_no" in both else ["voucher_no", "stand_in"]
    others = [[name for name in both if name != other] for other in otherwise]
    for key in (both, *others):
        same = _pairs(kept[key], again[key])
        enough = 1 if key == both else _NO_COINCIDENCE
        if len(same) >= max(enough, _ONE_DELIVERY * min(len(kept), len(again))):
            return same
        # Voucher and all else are the same: no half of the month is needed to tell that these lines are.
        if key == both and "voucher_no" in key and (certain := same[again.loc[same, "voucher_no"].notna()]).size:
            return certain
    return again.index if _is_by_account(kept, again) or _is_by_account(again, kept) else again.index[:0]


def _pairs(kept: pd.DataFrame, again: pd.DataFrame) -> pd.Index:
    """The lines of `again` that have one alike in `kept`, one for one."""
    line = pd.concat([kept, again]).groupby(list(kept.columns), dropna=False, sort=False).ngroup()
    of_kept, of_again = line.iloc[: len(kept)], line.iloc[len(kept) :]
    place = of_again.groupby(of_again).cumcount()
    return of_again.index[place < of_again.map(of_kept.value_counts()).fillna(0)]


def _is_by_account(lines: pd.DataFrame, sums: pd.DataFrame) -> bool:
    """Whether `sums` has no vouchers and a line an account, and these are the sums of `lines`, of several accounts."""
    if sums["voucher_no"].notna().any() or sums["account"].duplicated().any() or len(sums) < _SEVERAL:
        return False
    whole = lines.groupby("account")["ore"].sum()
    return whole.ne(0).sum() >= _SEVERAL and whole.sort_index().equals(sums.set_index("account")["ore"].sort_index())


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
