"""Service og support: how fast cases are answered and resolved, against what is promised."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from rorikt_lib.present.charts import service_level as charts
from rorikt_lib.present.sentences import service_level as words
from rorikt_lib.report.declare import MONTH, Chart, Table, from_book, named, rules
from rorikt_lib.report.part_month import compared_points, with_mark
from rorikt_lib.report.service_desk import CUT_OFF, TICKETS, known_cases, recent_months, sla_months, solutions, trend
from rorikt_lib.terms.enums import Priority, Verdict
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import shift
from rorikt_lib.tickets import response, sla
from rorikt_lib.tickets.same_days import alike
from rorikt_lib.workbook import Workbook

# The priority of nearly all incidents, whose resolution time is shown month by month; without it, the most frequent.
CHARTED = Priority.MEDIUM


def _longest(book: Workbook) -> list[str]:
    """The months of tables and charts both: the charts show the trend of what the tables show for fewer months."""
    return recent_months(book, max(book.trend_months, book.sla_months))


def _within(rows: pd.DataFrame, months: list[str]) -> pd.DataFrame:
    return rows[rows.month.isin(months)].reset_index(drop=True)


def _charted(times: pd.DataFrame) -> pd.DataFrame:
    cases = times.groupby("priority").cases.sum()
    shown = CHARTED if CHARTED in cases.index or cases.empty else cases.idxmax()
    return times[times.priority == shown].reset_index(drop=True)


def _shown(times: pd.DataFrame) -> str:
    return CHARTED if times.empty else times.priority.iloc[0]


def with_sums(by_priority: pd.DataFrame, of_all: pd.DataFrame) -> pd.DataFrame:
    """The rows of each priority, and those of all below them. of_priority: what records name, missing in a sum."""
    rows = by_priority.assign(of_priority=by_priority.priority)
    return pd.concat([rows, of_all.assign(priority=SUM)], ignore_index=True)


def _side_by_side(key: str, by_priority: Table, sums: Callable[[pd.DataFrame], pd.DataFrame]) -> Table:
    """A table of verdicts as the paper has it: a row a priority and one of all, the recent months side by side."""
    recent = from_book(_within, by_priority, sla_months)
    return replace(
        by_priority,
        key=key,
        compute=with_mark(from_book(with_sums, recent, from_book(sums, recent))),
        by={"month": "month", "of_priority": "priority"},
        columns=["priority", "month", *by_priority.figures],
        across="month",
        total=True,
    )


_VERDICTS = named("sla", "within", "breached", "share_within")
SLA_TREND = Table(
    "sla-alle-maneder", from_book(sla.sla_compliance, solutions, _longest, TICKETS), ["month", "priority"], _VERDICTS
)
SLA = _side_by_side("sla", SLA_TREND, sla.all_priorities)


def _target(book: Workbook) -> dict[str, float]:
    """The share that is to be resolved in time, where one is promised; SourceAbsent without cases."""
    book.table("tickets")
    target = book.settings.tickets.share_within_target
    return {} if target is None else {"share_within_target": target}


TARGET = rules("sla-mal", _target, share_within_target="share_within_target")


def with_target(months: pd.DataFrame, promised: pd.DataFrame) -> pd.DataFrame:
    """The months, each with the share that is promised; missing where none is."""
    return months.assign(share_within_target=next(iter(promised.get("share_within_target", [])), np.nan))


_MONTHS = from_book(sla.all_priorities, from_book(_within, SLA_TREND, trend))
SLA_MONTHS = Table("sla-maneder", with_mark(from_book(with_target, _MONTHS, TARGET)), ["month"], _VERDICTS)


def _compared_by_point(book: Workbook) -> pd.DataFrame:
    """month, until: the month and the one before it, each up to its point; no rows where the month is whole."""
    points = compared_points(book)
    return points[points.month >= shift(book.month, -1)]


def _verdicts_same_days(book: Workbook) -> pd.DataFrame:
    """The verdicts by month and priority, of each compared month up to its point; none without one."""
    points = _compared_by_point(book)
    solved = alike(solutions(book), "resolved_at", points)
    table = sla.sla_compliance(solved, points.month.tolist(), TICKETS(book))
    return table.merge(points, on="month", validate="many_to_one")


def _all_same_days(book: Workbook) -> pd.DataFrame:
    """The same of all priorities, and until; a month without a point has no verdicts."""
    table = sla.all_priorities(SLA_TREND_SAME_DAYS.frame(book))
    table = _compared_by_point(book).merge(table, on="month", validate="one_to_one")
    return table.assign(**table[[*_VERDICTS]].where(table.until.notna()))


_SAME_DAYS = {column: f"{name}_same_days" for column, name in _VERDICTS.items()}
SLA_TREND_SAME_DAYS = Table("sla-prioriteter-like-dager", _verdicts_same_days, ["month", "priority"], _SAME_DAYS)
SLA_SAME_DAYS = Table("sla-like-dager", _all_same_days, ["month"], _SAME_DAYS)
SLA_CHART = Chart("sla", [SLA_MONTHS], charts.sla_months, words.sla_alt)

_RESPONSES = named("response", *Verdict, "share_within")
RESPONSE_TREND = Table(
    "svar-prioriteter",
    from_book(response.response_compliance, known_cases, sla_months, TICKETS, CUT_OFF),
    ["month", "priority"],
    _RESPONSES,
    if_any=[Verdict.UNKNOWN],
)
RESPONSES = _side_by_side("svar", RESPONSE_TREND, response.all_priorities)
RESPONSE_MONTHS = Table(
    "svar-maneder", with_mark(from_book(response.all_priorities, RESPONSE_TREND)), ["month"], _RESPONSES
)
TIME_TREND = Table(
    "losningstid-alle-maneder",
    from_book(sla.resolution_time, solutions, _longest, TICKETS),
    ["month", "priority"],
    named("resolution", "target", "cases", "mean", "median", "p90", "old_case_share"),
    columns=["month", "priority", "target", "unit", "cases", "mean", "median", "p90", "old_case_share"],
)
TIMES = replace(
    TIME_TREND,
    key="losningstid",
    compute=with_mark(from_book(_within, TIME_TREND, sla_months)),
    columns=["priority", "target", "unit", "month", "mean", "median", "p90"],
    across="month",
)
TIMED_CASES = replace(TIMES, key="losningstid-saker", columns=["priority", "month", "cases", "old_case_share"])
CHARTED_TIMES = replace(
    TIME_TREND,
    key="losningstid-i-diagram",
    compute=with_mark(from_book(_charted, from_book(_within, TIME_TREND, trend))),
)
TIME_CHART = Chart(
    "losningstid",
    [CHARTED_TIMES],
    charts.resolution_months,
    lambda times: words.resolution_alt(times, _shown(times)),
    caption=lambda times: words.times_caption(_shown(times)),
)


sla_summary = from_book(words.sla_summary, SLA_MONTHS, SLA_SAME_DAYS, MONTH)
response_summary = from_book(words.response_summary, RESPONSE_MONTHS, MONTH)
resolution_summary = from_book(words.resolution_summary, TIMES, MONTH)
