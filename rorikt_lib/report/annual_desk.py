"""Årsmelding: cases handled and how fast, quarter by quarter and beside the years before."""

import pandas as pd

from rorikt_lib.errors import Undelivered
from rorikt_lib.ledger.course import months_in
from rorikt_lib.present.charts import annual as charts
from rorikt_lib.present.sentences import annual_desk as words
from rorikt_lib.report.annual_economy import MOST_YEARS
from rorikt_lib.report.annual_year import annual_year, closed, is_of_year
from rorikt_lib.report.declare import Chart, Table, from_book, named
from rorikt_lib.report.service_desk import TICKETS, earlier_solutions, known_cases, newest_event, solutions
from rorikt_lib.report.service_level import TARGET, with_sums, with_target
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import quarter_of
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.tickets import oddities, sla, volume
from rorikt_lib.tickets.cases import months_with_cases
from rorikt_lib.workbook import Workbook, once

_FLOW = ["created", "resolved", "net_inflow", "open"]
_VERDICTS = ["within", "breached", "share_within"]


def months_known(book: Workbook) -> list[str]:
    """The months of the year's quarters that the cases have the whole of: none before the first case's month.

    Undelivered where the book is opened for a year that the cases do not reach the end of.
    """
    known = _cases_from(book, months_in(annual_year(book)))
    quarters = [quarter_of(month) for month in known]
    return [month for month in known if quarters.count(quarter_of(month)) == 3]


def _cases_from(book: Workbook, months: list[str]) -> list[str]:
    tickets, year, end = book.table("tickets"), annual_year(book), volume.month_end(months_in(annual_year(book))[-1])
    newest = newest_event(book)
    if is_of_year(book) and len(tickets) and oddities.has_stopped(tickets.created_at, newest, end):
        problem = f"the exports of cases end on {newest:%Y-%m-%d}, so {year} has no annual report"
        raise Undelivered(
            problem, file=book.data_root / "raw", remedy=f"put an export there that was taken after {year}"
        )
    return months_with_cases(tickets, months) if len(tickets) else []


def years_with_cases(book: Workbook) -> list[int]:
    """The year and those before it, ten at most, in which every month has cases known, oldest first."""
    years = range(annual_year(book) - MOST_YEARS + 1, annual_year(book) + 1)
    known = {*_cases_from(book, [month for year in years for month in months_in(year)])}
    return [year for year in years if known.issuperset(months_in(year))]


def _flow(book: Workbook, months: list[str]) -> pd.DataFrame:
    whole = closed(book)
    cases, again = known_cases(whole), earlier_solutions(whole)
    return volume.all_types(volume.flow(cases, months, volume.month_end(months[-1]), again))


@once
def requests(book: Workbook) -> pd.DataFrame:
    """One row per quarter of the year, and SUM: year, quarter, cases created, resolved and open at its end.

    SUM adds up the quarters that are known; nothing is open at the end of all of them together.
    """
    months = months_known(book)
    if not months:
        return pd.DataFrame(columns=["year", "quarter", *_FLOW])
    table = volume.by_quarter(_flow(book, months))[["quarter", *_FLOW]]
    return with_sum(table, "quarter", _FLOW[:3]).assign(year=annual_year(book))


REQUESTS = Table(
    "saker-kvartal",
    requests,
    ["year", "quarter"],
    named("annual_tickets", *_FLOW),
    columns=["quarter", "created", "resolved", "open"],
    total=True,
)


@once
def requests_by_year(book: Workbook) -> pd.DataFrame:
    """One row per year known: cases created and resolved, open at its end, and incidents within and breached."""
    years = years_with_cases(book)
    if not years:
        return pd.DataFrame(columns=["year", *_FLOW, *_VERDICTS])
    months = [month for year in years for month in months_in(year)]
    flow = _flow(book, months).assign(year=lambda d: d.month.str[:4].astype(int)).sort_values("month")
    table = flow.groupby("year")[_FLOW[:3]].sum().join(flow.groupby("year").open.last())
    verdicts = sla.sla_compliance(solutions(closed(book)), months, TICKETS(book))
    by_year = sla.all_priorities(verdicts.assign(year=verdicts.month.str[:4].astype(int)), "year")
    return table.reset_index().merge(by_year, on="year", validate="one_to_one")


YEARS = Table(
    "saker-ar",
    requests_by_year,
    ["year"],
    named("annual_tickets", *_FLOW) | named("annual_sla", *_VERDICTS),
    columns=["year", "created", "resolved", "open", *_VERDICTS],
    when=lambda book: len(YEARS.frame(book)) > 1,
)


@once
def verdicts(book: Workbook) -> pd.DataFrame:
    """One row per quarter and priority, and per quarter for all (SUM): year, within, breached and share_within."""
    months = months_known(book)
    if not months:
        return pd.DataFrame(
            columns=["year", "quarter", "priority", "of_priority", "within", "breached", "share_within"]
        )
    table = sla.by_quarter(sla.sla_compliance(solutions(closed(book)), months, TICKETS(book)))
    return with_sums(table, sla.all_priorities(table, "quarter")).assign(year=annual_year(book))


SLA_QUARTERS = Table(
    "sla-kvartal",
    verdicts,
    {"year": "year", "quarter": "quarter", "of_priority": "priority"},
    named("annual_sla", *_VERDICTS),
    columns=["priority", "quarter", "breached", "share_within"],
    across="quarter",
    total=True,
)


def verdicts_of_all(book: Workbook) -> pd.DataFrame:
    """One row per quarter: quarter, within, breached, share_within of all priorities, and what is promised."""
    rows = SLA_QUARTERS.frame(book)
    return with_target(rows[rows.priority == SUM].drop(columns="of_priority"), TARGET.frame(book))


SLA_OF_ALL = Table(
    "sla-kvartal-alle",
    verdicts_of_all,
    ["year", "quarter"],
    named("annual_sla", *_VERDICTS),
    columns=["quarter", *_VERDICTS],
)
SLA_CHART = Chart("sla-kvartal", [SLA_OF_ALL], charts.sla_quarters, words.sla_alt)


@once
def times(book: Workbook) -> pd.DataFrame:
    """See tickets.sla.resolution_time_by_quarter; year."""
    table = sla.resolution_time_by_quarter(solutions(closed(book)), months_known(book), TICKETS(book))
    return table.assign(year=annual_year(book))


TIMES = Table(
    "losningstid-kvartal",
    times,
    ["year", "quarter", "priority"],
    named("annual_resolution", "target", "cases", "mean", "median", "p90", "old_case_share"),
    columns=["priority", "target", "unit", "quarter", "median", "p90"],
    across="quarter",
)


requests_summary = from_book(words.requests_summary, REQUESTS, YEARS, annual_year)
sla_summary = from_book(words.sla_summary, YEARS, SLA_OF_ALL, annual_year)
