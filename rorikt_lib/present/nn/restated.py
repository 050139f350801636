"""Sentences about the numbers that an earlier report published as others."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.present.language import member
from rorikt_lib.present.nn.grammar import capitalised, changes, count, listed, month_seen_from
from rorikt_lib.present.numbers import integer, moment, month_name, signed
from rorikt_lib.present.stated import number
from rorikt_lib.terms.period import shift
from rorikt_lib.terms.reasons import RestatedCause

OF_AN_AVERAGE = "andre saker eller andre tider"
OF_USE = "andre tal frå kjelda"
OF_THE_LEDGER = "andre posteringar eller reglar"
# Kroner are added up in øre.
LEAST_NOK = 0.006


def summary(rows: pd.DataFrame) -> str:
    """How many published numbers are others today, and how many of them only because the month was not over.

    rows: one per number; month, is_later (see tickets.restated.only_later).
    """
    if rows.empty:
        return "Ingen tal for tidlegare månader er endra sidan dei blei publiserte."
    verb = "er endra sidan det" if len(rows) == 1 else "er endra sidan dei"
    changed = f"{capitalised(count(number(rows.month), 'tal', 'tal'))} for tidlegare månader {verb} blei publisert, og står i tabellen."
    later = rows.month[rows.is_later]
    if later.empty:
        return changed
    return (
        f"{changed} For {integer(number(rows.is_later[rows.is_later]))} av dei er årsaka berre at {listed(list(map(month_name, later.unique())))} "
        "ikkje var over då rapporten blei laga: saker som kom eller blei løyste etter uttrekket, er no med."
    )


def restated_caption(reports: pd.Series) -> str:
    """Caption of the table of such numbers; names the report that published them where that is one."""
    one = f" i rapporten for {month_name(reports.iloc[0])}" if reports.nunique() == 1 else ""
    return f"Tal for tidlegare månader som er endra sidan dei blei publiserte{one}."


def why(row: Mapping[str, object]) -> str:
    """Why a number is another, as far as the data tell. row: of report.restated.restated."""
    if row["figure"].startswith("usage."):
        return OF_USE
    counts = {cause: row[cause] for cause in RestatedCause}
    if "postings" in row and pd.notna(row["postings"]):
        return _posted(row["postings"], row["postings_nok"], row["change"])
    if row["unit"] == "NOK":
        return OF_THE_LEDGER
    if row["is_later"] and all(map(pd.isna, counts.values())):
        return f"saker {member('causes', RestatedCause.AFTER_CUT_OFF)}"
    return causes(counts)


def _posted(postings: float, nok: float, change: float) -> str:
    """What was posted since, and that there is more to it where that is not the change."""
    came = f"{signed(integer(postings))} {'postering' if abs(postings) == 1 else 'posteringar'}"
    posted = came if postings else "endra posteringar"
    parts = [posted] if postings or abs(nok) >= LEAST_NOK else []
    rest = [member("causes", RestatedCause.RULES)] if abs(nok - change) >= LEAST_NOK else []
    return listed([*parts, *rest])


def causes(counts: Mapping[str, float]) -> str:
    """Why a count is another: cause → cases that came less cases that went. An average is no sum of cases."""
    if all(map(pd.isna, counts.values())):
        return OF_AN_AVERAGE
    return ", ".join(f"{signed(integer(n))} {member('causes', name)}" for name, n in counts.items() if n)


def now_whole(whole: pd.DataFrame, created: pd.DataFrame, month: str) -> str | None:
    """That the month of the last report, counted before it ended, is whole now, or still is not; None if it was whole.

    whole: see report.restated; created: month and created, of whole months.
    """
    if whole.empty:
        return None
    row, by_month = whole.iloc[0], created.set_index("month").created
    name = capitalised(month_seen_from(row.month, month))
    then = f"Rapporten for {month_seen_from(row.month, month)} talde til {moment(row.until)}"
    if not row.is_whole:
        return f"{then}, og saker frå resten av månaden er framleis ikkje leverte."
    before = shift(row.month, -1)
    changed = changes(row.created, {month_seen_from(before, month): by_month.get(before, float("nan"))})
    was = f"{then} og hadde {integer(row.published)}" if pd.notna(row.published) else then
    return f"{name} er no tald i sin heilskap: {count(row.created, 'ny sak', 'nye saker')}{changed}. {was}."
