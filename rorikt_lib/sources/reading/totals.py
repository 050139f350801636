"""Total rows that an export prints among its lines."""

import pandas as pd

from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.format import RawTable
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

_LABEL = r"(?i)^\W*(?:grand |delsum|del|hoved|slutt)?(?:sum|total)(?:t|sum|en)?\b"
_HALF_ORE = 0.005
_MOST = 0.5
_NAMES = ["supplier_id", "supplier_name"]


def total_rows(table: str, raw: RawTable, amounts: pd.DataFrame, marks: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Which rows print a total, and a finding for each: whether it is the sum of the rows above.

    amounts, marks: parsed columns of raw.frame; a real row has one of the marks (an account, a date). A total row
    has none but an amount, and says Sum or Total somewhere; or it says nothing at all, and is the sum of the rows.
    A supplier may be called Total, so that word in a supplier's place says nothing.
    """
    frame = raw.frame
    candidate = amounts.notna().any(axis=1) & marks.isna().all(axis=1)
    texts = frame[candidate].drop(columns=list(amounts.columns))
    names = texts[texts.columns.intersection(_NAMES)]
    texts = texts.assign(**{name: cells.mask(is_label(cells)) for name, cells in names.items()})
    labelled = texts.apply(is_label).any(axis=1)
    bare = texts.isna().all(axis=1)
    found, is_total = [empty("findings")], pd.Series(False, index=frame.index)
    since = 0
    for line in texts.index[labelled | bare]:
        above = amounts.loc[:line].iloc[:-1]
        lines = above[~is_total[above.index]]
        agrees, detail = _compare(amounts.loc[line].dropna(), [lines, lines.loc[since:]])
        if agrees or labelled[line]:
            is_total[line], since = True, line
            detail = f"{line}: {detail}"
            found.append(finding(table, raw.source_file, Finding.TOTAL_ROW, int(agrees), detail))
            found.append(finding(table, raw.source_file, Finding.TOTAL_ROW_DIFFERS, int(not agrees), detail))
    return is_total, pd.concat(found)


def carries_total(rows: pd.DataFrame) -> pd.Series:
    """Which rows of a ledger print a total although they have an account: they say so, and have no voucher or date.

    rows: texts with voucher_no, posted_on and text. Where most rows of the file have neither voucher nor date, only a
    text that is the label alone, or with a number, says so.
    """
    voucher, text = rows["voucher_no"], rows["text"]
    undated = rows["posted_on"].isna() & (voucher.isna() | voucher.str.contains("(?i)sum|total").fillna(False))
    named = undated & (voucher.notna() | text.str.contains("(?i)sum|total").fillna(False))
    found = pd.Series(False, index=rows.index)
    label = r"(?i)\W*(?:\w*sum|\w*total(?:t|sum|en)?)(?:\W+konto)?[\W\d]*" if undated.mean() > _MOST else _LABEL
    texts = rows.loc[named, ["voucher_no", "text"]]
    says = (
        cells.str.fullmatch(label) if undated.mean() > _MOST else cells.str.contains(label)
        for _, cells in texts.items()
    )
    found[named] = pd.concat([each.fillna(False).astype(bool) for each in says], axis=1).any(axis=1)
    return found


def is_label(cells: pd.Series) -> pd.Series:
    """Which texts begin as the label of a total row does."""
    return cells.str.contains(_LABEL).fillna(False).astype(bool)


def _compare(printed: pd.Series, candidates: list[pd.DataFrame]) -> tuple[bool, str]:
    """Whether the printed totals are the sums of one of the candidate sets of rows, and both in figures."""
    sums = min((rows[printed.index].sum() for rows in candidates), key=lambda s: (s - printed).abs().max())
    detail = ", ".join(f"{a:.2f} / {b:.2f}" for a, b in zip(printed, sums, strict=True))
    return bool(((sums - printed).abs() <= _HALF_ORE).all()), detail
