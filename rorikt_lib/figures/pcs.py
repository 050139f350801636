"""The numbers of chapter 2.1.1 as records."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.devices.changes import COUNTS as MOVES
from rorikt_lib.devices.doubts import DOUBTS
from rorikt_lib.devices.windows import SUPPORT, windows_total
from rorikt_lib.figures.records import records, same
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook

_OWNER = ["municipality", "user_group"]
_PLAN = {
    **same("replace", "replace_again", "to_buy", "suggested"), "cost_nok": "cost", "suggested_nok": "suggested_cost",
}  # fmt: skip
_COVERAGE = same("due", "available", "covered_share") | {"to_order_before": "to_order_last_month"}


def pcs(book: Workbook) -> list[pd.DataFrame]:
    """Chapter 2.1.1, and the PCs to look into that the page about the figures counts."""
    return [*_need(book), *_plan(book), *_windows(book), *_changes(book)]


def _need(book: Workbook) -> list[pd.DataFrame]:
    table = measures.pc_rollover(book)
    counts = ["expired", "expiring", "in_stock", "on_order", "to_order"]
    place = table.groupby("municipality", as_index=False, sort=False).to_order.sum()
    classes = {"pcs": "in_use"} | same("expired", "expiring")
    return [
        records(table, "devices", _OWNER, same(*counts)),
        records(place, "devices", ["municipality"], same("to_order")),
        records(_total(table, counts), "devices", ["municipality"], same(*counts)),
        records(measures.pcs_by_class(book), "devices", ["model_class", "user_group"], classes),
    ]


def _plan(book: Workbook) -> list[pd.DataFrame]:
    plan = measures.replacement_plan(book)
    yearly = plan.groupby("year", as_index=False)[list(_PLAN)].sum()
    return [records(plan, "devices", [*_OWNER, "year"], _PLAN), records(yearly, "devices", ["year"], _PLAN)]


def _windows(book: Workbook) -> list[pd.DataFrame]:
    windows = measures.windows_readiness(book)
    counts = same("windows_11", "older_windows", "unknown_build", "share_windows_11", *SUPPORT)
    versions = {"pcs": "in_use"} | same(*SUPPORT)
    return [
        records(windows, "devices", ["municipality"], counts),
        records(windows_total(windows), "devices", ["municipality"], counts),
        records(measures.windows_versions(book), "devices", ["version"], versions),
    ]


def _changes(book: Workbook) -> list[pd.DataFrame]:
    moves = measures.pc_changes(book)
    return [
        records(moves, "devices", _OWNER, same(*MOVES)),
        records(_total(moves, MOVES), "devices", ["municipality"], same(*MOVES)),
        records(measures.pc_coverage(book), "devices", _OWNER, _COVERAGE),
        records(measures.doubts_by_municipality(book), "devices", ["municipality"], same(*DOUBTS)),
    ]


def _total(table: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    return table[counts].sum(min_count=1).to_frame().T.assign(municipality=SUM)
