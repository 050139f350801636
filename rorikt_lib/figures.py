"""Every number of the report as one tidy frame: figure, period, dimension, member, value, unit (unrounded)."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.devices.rollover import windows_total
from rorikt_lib.fields import FIELDS, SUM, member
from rorikt_lib.ledger.costs import LINE
from rorikt_lib.snapshot_file import counting, read_cases, read_figures, read_snapshots
from rorikt_lib.tickets.causes import Known
from rorikt_lib.tickets.restated import restated as published_otherwise
from rorikt_lib.workbook import Workbook

COLUMNS = ["figure", "period", "dimension", "member", "value", "unit"]
COST_NAMES = {
    "actual_nok": "actual",
    "budget_nok": "budget",
    "variance_nok": "variance",
    "forecast_nok": "forecast",
}
MODEL_NAMES = {"model_nok": "model_forecast", "low_nok": "model_low", "high_nok": "model_high"}
BRIDGE_NAMES = {
    "previous_nok": "model_previous",
    "booked_apart_nok": "model_booked_apart",
    "commitments_nok": "model_new_invoices",
    "outlook_nok": "model_outlook_change",
}
COURSE_NAMES = {
    "actual_nok": "actual_so_far",
    "budget_nok": "budget_so_far",
    "model_nok": "model_so_far",
    "low_nok": "model_so_far_low",
    "high_nok": "model_so_far_high",
}

MONTH_NAMES = {
    "booked_nok": "booked_by_month",
    "adopted_nok": "adopted_by_month",
    "model_nok": "model_by_month",
    "low_nok": "model_low_by_month",
    "high_nok": "model_high_by_month",
}
PLACE_NAMES = {"share": "created_share", "per_100_users": "created_per_100_users"}


# The notebooks' parameters that decide which figures there are.
PARAMETERS = ("trend_months", "sla_months")


def collect(
    book: Workbook, trend_months: int = measures.TREND_MONTHS, sla_months: int = measures.SLA_MONTHS
) -> pd.DataFrame:
    """All figures of the month, in the report's order; missing values are left out.

    The parameters are the notebooks', by the same names, so that the figures are those that the report shows.
    """
    parts = [
        *_economy(book),
        *_forecast_page(book),
        _service_desk(book, trend_months, sla_months),
        records(
            restated(book, trend_months, sla_months), "restated", ["month", "figure", "by", "member"],
            _same("published", "now", "change"),
        ),
        *_pcs(book),
        *_usage(book, trend_months),
        *_sources(book),
    ]  # fmt: skip
    table = pd.concat(parts, ignore_index=True)
    return table.assign(period=book.month)[COLUMNS].dropna(subset="value").reset_index(drop=True)


def records(frame: pd.DataFrame, prefix: str, dimensions: list[str], names: dict[str, str]) -> pd.DataFrame:
    """`frame` melted: one record per row and measure. names: column → name of the figure after `prefix`."""
    members = [frame[d].map(lambda value, d=d: member(d, value)) for d in dimensions]
    joined = members[0].str.cat(members[1:], sep="|") if len(members) > 1 else members[0]
    parts = [
        pd.DataFrame(
            {
                "figure": f"{prefix}.{name}",
                "dimension": "|".join(dimensions),
                "member": joined,
                "value": frame[column].astype(float),
                "unit": _unit(frame, column),
            }
        )
        for column, name in names.items()
    ]
    return pd.concat(parts)


def _unit(frame: pd.DataFrame, column: str) -> str | pd.Series:
    is_in_unit = FIELDS[column].unit in {"decimal", "number"} and "unit" in frame
    return frame["unit"] if is_in_unit else FIELDS[column].unit


def _same(*columns: str) -> dict[str, str]:
    return {column: column for column in columns}


def _economy(book: Workbook) -> list[pd.DataFrame]:
    parts = []
    for kind, line in LINE.items():
        prefix = f"{kind}_costs"
        parts += [
            records(measures.cost_table(book, kind), prefix, [line], COST_NAMES),
            records(
                measures.adopted_bridge(book, kind),
                prefix,
                [line],
                {"previous_nok": "previous_forecast", "change_nok": "forecast_change"},
            ),
        ]
    prefix = "operating_costs"
    expected = measures.expected_invoices(book).rename(columns={"expected_month": "month"})
    monthly = expected.groupby(["expense_type", "month"], as_index=False).amount_nok.sum()
    yearly = monthly.groupby("expense_type", as_index=False).amount_nok.sum()
    total = pd.DataFrame({"expense_type": [SUM], "amount_nok": [yearly.amount_nok.sum()]})
    bridge = measures.model_bridge(book).rename(columns={"line": "expense_type"})
    name = {"amount_nok": "expected_invoices"}
    return [
        *parts,
        records(measures.model_forecast(book), prefix, ["expense_type"], MODEL_NAMES),
        records(measures.operating_course(book), prefix, ["month"], COURSE_NAMES),
        records(pd.concat([yearly, total.head(len(yearly))]), prefix, ["expense_type"], name),
        records(monthly, prefix, ["expense_type", "month"], name),
        records(bridge, prefix, ["expense_type"], BRIDGE_NAMES),
    ]


def restated(
    book: Workbook, trend_months: int = measures.TREND_MONTHS, sla_months: int = measures.SLA_MONTHS
) -> pd.DataFrame:
    """The service desk's numbers that an earlier report published as others; see tickets.restated.restated."""
    figures = _service_desk(book, trend_months, sla_months).assign(period=book.month)[COLUMNS].dropna(subset="value")
    earlier = {p: kept for p, kept in counting(read_snapshots(book.data_root)).items() if p < book.month}
    published = pd.concat([figures.head(0), *map(read_figures, earlier.values())])

    def known(report: str) -> Known:
        return Known(read_cases(earlier[report]), earlier[report].cut_off)

    tickets = book.settings.tickets
    return published_otherwise(published, figures, known, book.table("tickets"), book.ticket_cut_off, tickets)


def _service_desk(book: Workbook, trend_months: int, sla_months: int) -> pd.DataFrame:
    name = f"service desk, {trend_months} and {sla_months} months"
    return book.once(name, lambda: pd.concat(_service_desk_parts(book, trend_months, sla_months), ignore_index=True))


def _service_desk_parts(book: Workbook, trend_months: int, sla_months: int) -> list[pd.DataFrame]:
    flow = measures.flow(book, trend_months)
    total = measures.flow_total(book, trend_months).assign(total="total")
    created = measures.created_by_month(book, trend_months)
    verdicts = ["within", "breached", "share_within"]
    # The charts show the trend of what the tables show for fewer months.
    shown_months = max(trend_months, sla_months)
    serious = measures.serious_cases(book).assign(case=lambda d: d.groupby(["date", "municipality"]).cumcount() + 1)
    serious["date"] = serious.date.dt.strftime("%Y-%m-%d")
    place = measures.created_per_municipality(book).assign(month=book.month)
    return [
        records(created, "tickets", ["month"], _same("created", "alerts")),
        records(measures.created_by_category(book), "tickets", ["month", "category"], _same("created")),
        records(measures.created_by_municipality(book), "tickets", ["month", "municipality"], _same("created")),
        records(place, "tickets", ["month", "municipality"], PLACE_NAMES),
        records(flow, "tickets", ["month", "type"], _same("created", "resolved")),
        records(total, "tickets", ["month"], _same("resolved")),
        records(flow, "backlog", ["date", "type"], _same("open")),
        records(total, "backlog", ["date", "total"], _same("open")),
        records(measures.open_by_age(book), "backlog", ["age_days", "type"], {"open": "open_by_age"}),
        records(measures.sla_compliance(book, shown_months), "sla", ["month", "priority"], _same(*verdicts)),
        records(measures.sla_trend(book, trend_months), "sla", ["month"], _same(*verdicts)),
        records(
            measures.resolution_time(book, shown_months), "resolution", ["month", "priority"],
            _same("cases", "target", "mean", "median", "p90", "old_case_share"),
        ),
        records(serious, "serious", ["date", "municipality", "priority", "case"], _same("hours", "target_hours")),
    ]  # fmt: skip


def _pcs(book: Workbook) -> list[pd.DataFrame]:
    table = measures.pc_rollover(book)
    counts = ["expired", "expiring", "in_stock", "on_order", "to_order"]
    total = table[counts].sum(min_count=1).to_frame().T.assign(municipality=SUM)
    place = table.groupby("municipality", as_index=False, sort=False).to_order.sum()
    plan = measures.replacement_plan(book)
    windows = measures.windows_readiness(book)
    versions = ["windows_11", "older_windows", "unknown_build", "share_windows_11"]
    return [
        records(table, "devices", ["municipality", "user_group"], _same(*counts)),
        records(place, "devices", ["municipality"], _same("to_order")),
        records(total, "devices", ["municipality"], _same(*counts)),
        records(plan, "devices", ["municipality", "user_group", "year"], _same("replace")),
        records(plan.groupby("year", as_index=False)["replace"].sum(), "devices", ["year"], _same("replace")),
        records(windows, "devices", ["municipality"], _same(*versions)),
        records(windows_total(windows), "devices", ["municipality"], _same(*versions)),
    ]


def _forecast_page(book: Workbook) -> list[pd.DataFrame]:
    line = LINE["operating"]
    rows = measures.forecasts_by_month(book).rename(columns={"period": "month", "line": line})
    accuracy = measures.forecast_accuracy(book).rename(columns={"line": line})
    change = {"previous_nok": "previous_adopted_by_month", "change_nok": "adopted_change_by_month"}
    errors = _same("wape", "bias", "coverage")
    return [
        records(rows, "operating_costs", ["month", line], MONTH_NAMES),
        records(measures.forecast_totals(book).assign(**{line: SUM}), "operating_costs", ["month", line], MONTH_NAMES),
        records(measures.adopted_changes(book), "operating_costs", ["month", line], change),
        records(accuracy, "forecast_accuracy", ["source", line, "months_left"], _same("years", "wape", "bias")),
        records(measures.tried_methods(book), "forecast_trial", ["method", "known_months"], errors),
        records(measures.tried_lines(book), "forecast_trial", ["method", "known_months", line], errors),
    ]


def _sources(book: Workbook) -> list[pd.DataFrame]:
    rows = [f"rows_{name}" for name in ("read", "clean", "set_aside", "quarantined")]
    return [records(measures.sources(book), "sources", ["source_file"], _same(*rows))]


def _usage(book: Workbook, trend_months: int) -> list[pd.DataFrame]:
    parts = []
    for channel, names in {
        "portal": ["views", "unique_users", "unique_users_since_launch"],
        "chatbot": ["inquiries"],
    }.items():
        months = measures.usage_by_month(book, channel, trend_months).assign(channel=channel)
        parts.append(records(months, "usage", ["month", "channel"], _same(*names)))
    days = measures.usage_by_day(book, "portal").assign(channel="portal")
    days["date"] = days.date.dt.strftime("%Y-%m-%d")
    return [*parts, records(days, "usage", ["date", "channel"], _same("views", "unique_users"))]
