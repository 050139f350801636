"""Numbers of earlier months that are not what a report published, and why (Om tallene)."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.reasons import RestatedCause
from rorikt_lib.tickets.causes import CASE_CAUSES, CASE_COLUMNS, Known, count_causes
from rorikt_lib.tickets.membership import KEY, TOTAL, MemberText

COUNTS = ["tickets.created", "tickets.resolved", "backlog.open", "tickets.alerts", "sla.within", "sla.breached"]
AVERAGES = ["resolution.mean", "resolution.median", "resolution.p90"]
# Of these it is not known which cases came and went: counts, and shares of what is counted.
OTHER_COUNTS = [
    "tickets.imputed",
    "channels.created",
    "response.within",
    "response.breached",
    "response.unknown",
    "resolution.cases",
]
SHARES = ["sla.share_within", "response.share_within", "resolution.old_case_share"]
OF_CASES = [*COUNTS, *AVERAGES, *OTHER_COUNTS, *SHARES]
# Is in figures.csv for each month and priority, also where there are no cases and so no average.
_AVERAGED = "resolution.cases"
_FIRST_AND_REST = r"([^|]*)\|?(.*)"
_NUMBER = ["figure", "by", "month"]
_COLUMNS = ["month", "figure", "by", "member", "report", "published", "now", "change", "unit"]


def kept_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """The records of figures.csv that a later report may show again, those of a month or a day, in their order."""
    return figures[figures.dimension.str.match(r"(month|date)\b")].reset_index(drop=True)


def kept_cases(known: pd.DataFrame) -> pd.DataFrame:
    """The cases that a report keeps (CASE_COLUMNS), by ticket_id. known: see cases.as_of.

    An open case is still waiting, so its paused minutes are not those at the cut-off; nor is how it was resolved later.
    """
    is_open = known.resolved_at.isna()
    rows = known.assign(
        resolved_at_imputed=known.resolved_at_imputed & ~is_open, paused_minutes=known.paused_minutes.mask(is_open, 0.0)
    )
    return rows[CASE_COLUMNS].sort_values("ticket_id", ignore_index=True)


def restated(
    published: pd.DataFrame,
    figures: pd.DataFrame,
    snapshot_of: Callable[[str], Known],
    known: pd.DataFrame,
    registered: pd.DataFrame,
    settings: TicketSettings,
    written: MemberText,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per number of OF_CASES in `figures` that an earlier report published as another; see `changed`.

    Besides its columns one per RestatedCause: cases that came less cases that went, which add up to the change;
    missing for what is not in COUNTS. published: figures.csv of the earlier reports, one revision of
    each. snapshot_of: what was known of the cases in the report of a month. known: the cases as `figures` count them.
    registered: ticket_id and is_deleted of every case today. written, earlier: see membership.
    """
    rows = changed(published, figures, OF_CASES)
    counted = rows[rows.figure.isin(COUNTS)]
    parts = [
        count_causes(numbers, snapshot_of(report), known, registered, settings, written, earlier)
        for report, numbers in counted.groupby("report")
    ]
    causes = pd.concat(parts) if parts else pd.DataFrame(columns=CASE_CAUSES)
    causes = causes.reindex(rows.index).astype("Int64")
    causes[RestatedCause.RULES] = (rows.change - causes.sum(axis=1, skipna=False)).astype("Int64")
    return rows.join(causes[[*RestatedCause]])


def only_later(rows: pd.DataFrame) -> pd.Series:
    """Which rows of `restated` only what came after the report's cut-off accounts for.

    What is not in COUNTS is one where all these counts of its month are.
    """
    is_counted = rows[RestatedCause.AFTER_CUT_OFF].notna()
    others = [cause for cause in RestatedCause if cause is not RestatedCause.AFTER_CUT_OFF]
    has_other = is_counted & rows[others].fillna(0).ne(0).any(axis=1)
    is_later = is_counted & ~has_other
    of_month = rows.month.isin(rows.month[is_later]) & ~rows.month.isin(rows.month[has_other])
    return (is_later | (~is_counted & of_month)).astype(bool)


def changed(published: pd.DataFrame, figures: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """One row per number of `figures` (of one report) that the latest earlier report to show it published as another.

    names: the figures that are compared, in their order.

    month, figure, by (column that it is divided by, or total), member as figures.csv has it; report: month of that
    report; published, now and change, in unit. A count of cases that is not there is 0; all else is missing.
    """
    shown, reported = _keyed(figures, names), _keyed(published, names)
    reported = reported[reported.report < (figures.period.max() if len(figures) else "")]
    if reported.empty:
        return _in_order(reported.rename(columns={"value": "published"}).reindex(columns=_COLUMNS), names, [])
    latest = reported.groupby(_NUMBER, as_index=False).report.max()
    latest = latest.merge(shown[_NUMBER].drop_duplicates(), on=_NUMBER, validate="one_to_one")
    reported = reported.merge(latest, on=[*_NUMBER, "report"], validate="many_to_one")
    reported = reported.rename(columns={"value": "published", "unit": "unit_then"})
    shown = shown.drop(columns="report").merge(latest, on=_NUMBER, validate="many_to_one")
    both = shown.rename(columns={"value": "now"}).merge(
        reported, how="outer", on=[*KEY, "report"], validate="one_to_one"
    )
    values = both[["published", "now"]]
    both[["published", "now"]] = values.where(~both.figure.isin([*COUNTS, *OTHER_COUNTS]), values.fillna(0.0))
    same = np.isclose(both.published, both.now, rtol=1e-9, atol=0, equal_nan=True)
    rows = both[~same].assign(change=lambda d: d.now - d.published, unit=lambda d: d.unit.fillna(d.unit_then))
    return _in_order(rows[_COLUMNS], names, pd.concat([shown.member, reported.member]).unique())


def _in_order(rows: pd.DataFrame, names: list[str], members: Iterable[str]) -> pd.DataFrame:
    """By month, then figure, the total before what it is divided into; members in the order given."""
    places = {
        "figure": names,
        "by": [TOTAL, "type", "category", "municipality", "channel", "priority"],
        "member": [*members],
    }

    def place(column: pd.Series) -> pd.Series:
        return column.map(places[column.name].index) if column.name in places else column

    return rows.sort_values(["month", *places], key=place, kind="stable", ignore_index=True)


def _keyed(records: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The records of figures.csv with one of the names, of months: report (month), KEY, value and unit."""
    is_named = records.figure.isin([*names, _AVERAGED]) & records.dimension.str.match(r"(month|date)\b")
    # Of days, only the last of a month is shown again.
    records = records[is_named & ~(records.dimension.str.startswith("date") & (records.figure != "backlog.open"))]
    texts = (records[column].astype("str") for column in ("dimension", "member"))
    dimension, member = (text.str.extract(_FIRST_AND_REST) for text in texts)
    rows = pd.DataFrame(
        {
            "report": records.period.astype("str"),
            "figure": records.figure.astype("str"),
            "by": dimension[1].replace("", TOTAL),
            "month": member[0].str[:7],
            "member": member[1].replace("", TOTAL),
            "value": records.value.astype(float),
            "unit": records.unit.astype("str"),
        }
    )
    averaged = rows[rows.figure == _AVERAGED].drop(columns=["value", "unit"])
    averages = [averaged.assign(figure=name) for name in names if name in AVERAGES] or [averaged.head(0)]
    averages = pd.concat(averages).merge(rows, how="left", on=["report", *KEY], validate="one_to_one")
    return pd.concat([rows[rows.figure.isin(set(names) - {*AVERAGES})], averages], ignore_index=True)
