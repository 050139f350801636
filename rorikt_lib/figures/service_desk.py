"""The numbers of chapter 2.1.4 as records, and those that an earlier report published as others."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.figures.records import COLUMNS, records, same
from rorikt_lib.store.snapshots import counting, read_cases, read_figures, read_snapshots
from rorikt_lib.tickets.causes import Known
from rorikt_lib.tickets.restated import restated as published_otherwise
from rorikt_lib.tickets.twin import PAIRS
from rorikt_lib.workbook import Workbook

COMPARED_NAMES = {
    "share": "created_share",
    "change_month": "created_change_month",
    "change_year": "created_change_year",
    "per_100_users": "created_per_100_users",
}
OPEN_NAMES = {
    "open_incidents": "open_incidents_by_municipality",
    "open_requests": "open_requests_by_municipality",
    "open": "open_by_municipality",
    "open_old": "open_old_by_municipality",
}


def service_desk(book: Workbook, trend_months: int, sla_months: int) -> pd.DataFrame:
    """Chapter 2.1.4."""
    name = f"service desk, {trend_months} and {sla_months} months"
    return book.once(name, lambda: pd.concat(_parts(book, trend_months, sla_months), ignore_index=True))


def _parts(book: Workbook, trend_months: int, sla_months: int) -> list[pd.DataFrame]:
    flow = measures.flow(book, trend_months)
    total = measures.flow_total(book, trend_months).assign(total="total")
    created = measures.created_by_month(book, trend_months)
    verdicts = ["within", "breached", "share_within"]
    # The charts show the trend of what the tables show for fewer months.
    shown_months = max(trend_months, sla_months)
    serious = measures.serious_cases(book).assign(case=lambda d: d.groupby(["date", "municipality"]).cumcount() + 1)
    serious["date"] = serious.date.dt.strftime("%Y-%m-%d")
    compared = (measures.created_per_category(book), measures.created_per_municipality(book))
    categories, places = (table.assign(month=book.month) for table in compared)
    open_places = measures.open_by_municipality(book).assign(date=f"{book.ticket_cut_off:%Y-%m-%d}")
    causes = measures.breach_causes(book).assign(month=book.month)
    return [
        records(created, "tickets", ["month"], same("created", "alerts")),
        records(measures.created_by_category(book), "tickets", ["month", "category"], same("created")),
        records(measures.created_by_municipality(book), "tickets", ["month", "municipality"], same("created")),
        records(categories, "tickets", ["month", "category"], COMPARED_NAMES),
        records(places, "tickets", ["month", "municipality"], COMPARED_NAMES),
        records(flow, "tickets", ["month", "type"], same("created", "resolved")),
        records(total, "tickets", ["month"], same("resolved")),
        records(flow, "backlog", ["date", "type"], same("open")),
        records(total, "backlog", ["date", "total"], same("open")),
        records(measures.imputed(book, trend_months), "tickets", ["month"], same("imputed")),
        records(open_places, "backlog", ["date", "municipality"], OPEN_NAMES),
        records(measures.open_by_age(book), "backlog", ["age_days", "type"], {"open": "open_by_age"}),
        records(measures.sla_compliance(book, shown_months), "sla", ["month", "priority"], same(*verdicts)),
        records(measures.sla_trend(book, trend_months), "sla", ["month"], same(*verdicts)),
        records(
            measures.response_compliance(book, sla_months), "response", ["month", "priority"],
            same(*verdicts, "unknown"),
        ),
        records(measures.source_verdicts(book, sla_months), "source_sla", ["month"], same(*PAIRS, "share_agreed")),
        records(causes, "breaches", ["month", "cause"], {"breached": "cases", "share_breaches": "share"}),
        records(
            measures.resolution_time(book, shown_months), "resolution", ["month", "priority"],
            same("cases", "target", "mean", "median", "p90", "old_case_share"),
        ),
        records(serious, "serious", ["date", "municipality", "priority", "case"], same("hours", "target_hours")),
    ]  # fmt: skip


def restated(
    book: Workbook, trend_months: int = measures.TREND_MONTHS, sla_months: int = measures.SLA_MONTHS
) -> pd.DataFrame:
    """The service desk's numbers that an earlier report published as others; see tickets.restated.restated."""
    figures = service_desk(book, trend_months, sla_months).assign(period=book.month)[COLUMNS].dropna(subset="value")
    earlier = {p: kept for p, kept in counting(read_snapshots(book.data_root)).items() if p < book.month}
    published = pd.concat([figures.head(0), *map(read_figures, earlier.values())])

    def then(report: str) -> Known:
        return Known(read_cases(earlier[report]), earlier[report].cut_off)

    known, registered = measures.known_cases(book), book.table("tickets")
    return published_otherwise(published, figures, then, known, registered, book.settings.tickets)
