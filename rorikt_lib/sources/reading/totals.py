"""Total rows that an export prints among its lines."""

import numpy as np
import pandas as pd

from rorikt_lib.sources.reading.format import RawTable
from rorikt_lib.sources.reading.large import holds
from rorikt_lib.sources.reading.parse import TOO_LARGE
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

_OF = r"(?:grand |sub[- ]?|del|mellom|hoved|slutt|konto|arts?|ansvars?|avdelings|prosjekt|gruppe|kapittel|måneds|års)?"
_WORD = rf"(?:{_OF}(?:sum|total)(?:t|sum|en|e|s)?|summert|i alt|til ?sammen)"
_LABEL = rf"(?i)^\W*{_WORD}\b"
# A text that says no more than that it is a total, and of what account.
_LABEL_ALONE = (
    rf"(?i)\W*(?:{_WORD}(?:\W+(?:for|pr|per|av|konto|art|ansvar|periode|måned))*[\W\d]*"
    r"|(?:periodens |årets |månedens )?(?:resultat|bevegelse)\W*|akkumulert\W*|hittil i år\W*)"
)
_SUSPECT = "(?i)sum|total|i alt|sammen|resultat|bevegelse|akkumulert|hittil"
_HALF_ORE = 0.005
_MOST = 0.5
_NAMES = ["supplier_id", "supplier_name"]


def total_rows(
    table: str, raw: RawTable, amounts: pd.DataFrame, marks: pd.DataFrame, carrying: pd.Series | None = None
) -> tuple[pd.Series, pd.DataFrame]:
    """Which rows print a total, and a finding for each: whether it is the sum of the rows above.

    amounts, marks: parsed columns of raw.frame; a real row has one of the marks (an account, a date). A total row
    has none but an amount, and says Sum or Total somewhere; or it is the sum of the rows above, or of those since the
    last total. carrying: rows that are known to print one, whatever marks they have.
    A supplier may be called Total, so that word in a supplier's place says nothing.
    """
    frame = raw.frame
    known = pd.Series(False, index=frame.index) if carrying is None else carrying
    candidate = amounts.notna().any(axis=1) & (marks.isna().all(axis=1) | known)
    texts = frame[candidate].drop(columns=list(amounts.columns))
    names = texts[texts.columns.intersection(_NAMES)]
    texts = texts.assign(**{name: cells.mask(is_label(cells)) for name, cells in names.items()})
    labelled = (texts.apply(is_label).any(axis=1) | known[candidate]).to_numpy()
    bare = texts.isna().all(axis=1).to_numpy()
    places = np.flatnonzero(candidate)
    printed = amounts.to_numpy(dtype="float64")[places]
    found, is_total = [], np.zeros(len(frame), dtype=bool)
    sums = _Sums(amounts) if len(places) else None
    for place, numbers, says, alone in zip(places, printed, labelled, bare, strict=True):
        agrees, detail, several = sums.compare(place, numbers)
        if says or (agrees and (alone or several)):
            is_total[place] = True
            sums.leave_out(place)
            found.append(
                (Finding.TOTAL_ROW if agrees else Finding.TOTAL_ROW_DIFFERS, f"{frame.index[place]}: {detail}")
            )
    return pd.Series(is_total, index=frame.index), _findings(table, raw.source_file, found)


def _findings(table: str, source_file: str, found: list[tuple[Finding, str]]) -> pd.DataFrame:
    """A finding for each; one frame for each would take minutes where there are thousands."""
    if not found:
        return empty("findings")
    names, details = zip(*found, strict=True)
    rows = {"table": table, "source_file": source_file, "finding": [name.value for name in names], "count": 1}
    return pd.DataFrame(rows | {"detail": list(details)})


class _Sums:
    """The sums of the rows above a place, without the totals among them."""

    def __init__(self, amounts: pd.DataFrame) -> None:
        self.numbers = amounts.where(amounts.abs() < TOO_LARGE).fillna(0.0).to_numpy(dtype="float64")
        self.above = np.vstack([np.zeros(amounts.shape[1]), self.numbers.cumsum(axis=0)])
        self.totals = np.zeros(amounts.shape[1])
        self.count, self.since = 0, 0

    def leave_out(self, place: int) -> None:
        """From here on the row at `place` is a total."""
        self.totals = self.totals + self.numbers[place]
        self.count, self.since = self.count + 1, place + 1

    def compare(self, place: int, printed: np.ndarray) -> tuple[bool, str, bool]:
        """Whether the printed totals are the sums of all rows above, or of those since the last total; both in figures;
        and whether these are several rows and a sum that is not 0.
        """
        filled = ~np.isnan(printed)
        printed = printed[filled]
        rows = [place - self.count, place - self.since]
        sums = [self.above[place] - self.totals, self.above[place] - self.above[self.since]]
        least = min((0, 1), key=lambda which: np.abs(sums[which][filled] - printed).max())
        of = sums[least][filled]
        detail = ", ".join(f"{a:.2f} / {b:.2f}" for a, b in zip(printed, of + 0.0, strict=True))
        agrees = bool((np.abs(of - printed) <= _HALF_ORE).all())
        return agrees, detail, rows[least] > 1 and bool(np.abs(printed).max() > _HALF_ORE)


def carries_total(rows: pd.DataFrame, amounts: pd.Series) -> pd.Series:
    """Which rows of a ledger print a total although they have an account.

    rows: texts with account, voucher_no, posted_on and text. Such a row says that it is a total and has no voucher or
    date, or nothing but that and no voucher where most rows have one; or it says nothing, has neither voucher nor
    date, which most rows have, and is the sum of its account's rows. Where most rows of the file have neither voucher
    nor date, only a text that is the label alone, or with a number, says so.
    """
    voucher, text = rows["voucher_no"], rows["text"]
    suspect = holds(text, _SUSPECT)
    undated = rows["posted_on"].isna()
    undated[undated] = voucher[undated].isna() | holds(voucher[undated], _SUSPECT)
    unnumbered = voucher.isna() & (voucher.notna().mean() > _MOST)
    named = (undated & (voucher.notna() | suspect)) | (unnumbered & suspect)
    loose = undated & (undated.mean() <= _MOST)
    found = pd.Series(False, index=rows.index)
    if named.any():
        texts = rows.loc[named, ["voucher_no", "text"]]
        alone = texts.apply(lambda cells: cells.str.fullmatch(_LABEL_ALONE).fillna(False).astype(bool)).any(axis=1)
        found[named] = alone | (texts.apply(is_label).any(axis=1) & loose[named])
    unsaid = voucher.isna() & rows["posted_on"].isna() & text.isna()
    if unsaid.any() and undated.mean() <= _MOST:
        found |= _sums_of_groups(rows["account"], amounts, unsaid & ~found, ~found)
    return found


def carries_sum_of_parts(rows: pd.DataFrame, amounts: pd.Series, whole: list[str], part: str) -> pd.Series:
    """Which rows of a budget print a total although they have an account.

    One says so in another column, or has no `part` (a cost centre) and is the sum of the rows with the same `whole`,
    two or more, that have one.
    """
    others = rows.drop(columns=["account", "version"], errors="ignore").select_dtypes(["object", "string"])
    found = others.apply(is_label).any(axis=1) if others.shape[1] else pd.Series(False, index=rows.index)
    unsaid = rows[part].isna() & ~found
    if not unsaid.any() or not rows[part].notna().any():
        return found
    key = rows[whole].fillna("").agg(";".join, axis=1)
    parts = amounts.where(rows[part].notna() & ~found)
    by = parts.groupby(key)
    several, sums = by.transform("count") > 1, by.transform("sum")
    return found | (unsaid & several & amounts.ne(0) & ((amounts - sums).abs() <= _HALF_ORE))


def _sums_of_groups(group: pd.Series, amounts: pd.Series, candidate: pd.Series, counts: pd.Series) -> pd.Series:
    """Which candidates are the sum of the rows of their group above, or of those since the last candidate.

    counts: which rows may be summed. None where no candidate is the sum of several rows: a coincidence is not proof.
    """
    real = counts & ~candidate
    above = amounts.where(real, 0.0).fillna(0.0).groupby(group).cumsum()[candidate]
    rows = real.astype("int64").groupby(group).cumsum()[candidate]
    groups = group[candidate]
    block, size = (each - each.groupby(groups).shift().fillna(0) for each in (above, rows))
    printed = amounts[candidate]
    by_block, by_all = (((printed - sums).abs() <= _HALF_ORE) & printed.ne(0) for sums in (block, above))
    is_sum = (by_block & (size > 0)) | (by_all & (rows > 0))
    proof = (by_block & (size > 1)) | (by_all & (rows > 1))
    found = pd.Series(False, index=group.index)
    found[candidate] = is_sum & proof.any()
    return found


def is_label(cells: pd.Series) -> pd.Series:
    """Which texts begin as the label of a total row does."""
    return holds(cells, _LABEL)
