"""Every column a reader sees has a Norwegian label; every term of ours has a Norwegian name."""

from __future__ import annotations

import inspect
from itertools import pairwise

import pytest
from builders import make_book

from rorikt_lib import measures
from rorikt_lib.devices.doubts import DOUBTS
from rorikt_lib.devices.terms import OTHER, UNKNOWN
from rorikt_lib.ledger.forecast.combine import READINGS
from rorikt_lib.present.prose import economy, forecast, invoices, pc_plan, pcs, service_desk, service_level, usage
from rorikt_lib.terms import schemas as tables
from rorikt_lib.terms.fields import FIELDS, MEMBERS, label, member
from rorikt_lib.tickets.volume import AGE_BANDS_DAYS

# Clean tables that measures pass on, what only charts or the forecast log read, and lists.
NOT_TABULATED = {
    "is_first_adopted", "known_cases", "case_history", "newest_event", "pc_extract", "usage_by_day", "forecast_rows",
    "forecasts_by_month", "forecast_totals", "tried_forecast", "tried_years", "unrecorded_months", "pcs_in_use", "peak_year",
    "budget_year", "settled_year", "step_service",
}  # fmt: skip
ARGUMENTS = {"kind": ["operating", "investment"], "channel": tables.CHANNELS, "priority": ["medium"]}
ENGLISH = {
    "actual", "adopted", "alert", "amount", "and", "budget", "case", "cases", "category", "change", "cost", "count", "date",
    "day", "days", "file", "forecast", "high", "hours", "in", "line", "low", "mean", "month", "need", "number", "of", "open",
    "order", "priority", "read", "reason", "request", "rows", "share", "source", "stock", "sum", "table", "the", "time",
    "unit", "unknown", "users", "variance", "views", "within", "year",
}  # fmt: skip


def _tabulated() -> dict[str, list[str]]:
    """Name → columns of every frame that measures make of an empty workbook, in each of its ways."""
    book = make_book()
    found = {}
    for name, measure in inspect.getmembers(measures, inspect.isfunction):
        if name in NOT_TABULATED:
            continue
        needed = [p.name for p in list(inspect.signature(measure).parameters.values())[1:] if p.default is p.empty]
        values = ["incident", "request"] if name == "flow_of" else ARGUMENTS[needed[0]] if needed else [None]
        for value in values:
            found[f"{name} {value or ''}"] = measure(book, *([value] if value else [])).columns.tolist()
    return found


def test_every_column_of_every_measure_has_a_label():
    columns = _tabulated()
    assert len(columns) > 20
    missing = {name: [c for c in found if c not in FIELDS] for name, found in columns.items()}
    assert {name: found for name, found in missing.items() if found} == {}


def test_every_column_of_the_tables_that_prose_makes_has_a_label():
    book = make_book()
    costs, model = measures.cost_table(book, "operating"), measures.model_forecast(book)
    made = [
        forecast.compared(costs, model, measures.forecast_rows(book), book.month),
        forecast.bridge_table(measures.model_bridge(book), book.month),
        invoices.expected_table(measures.expected_invoices(book)),
        economy.costs_table(measures.cost_table(book, "investment")),
        service_desk.flow_table(measures.flow_total(book)),
        service_level.serious_table(measures.serious_cases(book)),
        pcs.rollover_table(measures.pc_rollover(book)),
        pcs.changes_table(measures.pc_changes(book), measures.pc_coverage(book)),
        pc_plan.by_owner(measures.replacement_plan(book), "cost_nok"),
        pc_plan.by_year(measures.replacement_plan(book)),
        usage.known_months(measures.usage_by_month(book, "portal")),
    ]
    assert {c for frame in made for c in frame.columns} <= FIELDS.keys()


@pytest.mark.parametrize(
    ("column", "terms"),
    [
        ("kind", tables.KINDS), ("priority", tables.PRIORITIES), ("type", tables.TICKET_TYPES),
        ("user_group", tables.USER_GROUPS), ("channel", tables.CHANNELS), ("unit", ["hours", "days"]),
        ("age_days", [*(f"{a}-{b}" for a, b in pairwise(AGE_BANDS_DAYS)), f"{AGE_BANDS_DAYS[-1]}-"]),
        ("category", ["unknown"]), ("municipality", ["unknown"]), ("user_group", ["unknown"]),
        ("model_class", [OTHER]), ("version", [UNKNOWN]), ("doubt", DOUBTS),
        ("reading", READINGS), ("rhythm", ["monthly", "quarterly", "yearly"]),
    ],
)  # fmt: skip
def test_every_term_of_ours_has_a_name_of_its_own(column, terms):
    names = [member(column, term) for term in terms]
    assert not {*names} & {*terms}
    assert len({*names}) == len(terms)


def test_what_is_not_our_term_stays_as_it_is():
    assert member("category", "Nettverk") == "Nettverk"
    assert member("year", 2024) == "2024"
    assert member("month", "2024-09") == "2024-09"


def test_no_label_meaning_or_name_is_english():
    texts = [*(f.label for f in FIELDS.values()), *(f.meaning for f in FIELDS.values())]
    texts += [name for names in MEMBERS.values() for name in names.values()]
    words = {word for text in texts for word in text.lower().replace("(", " ").replace(")", " ").split()}
    assert words & ENGLISH == set()


def test_a_column_without_a_label_is_an_error():
    with pytest.raises(KeyError, match="mystery"):
        label("mystery")
