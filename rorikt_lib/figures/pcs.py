"""The numbers of chapter 2.1.1 as records."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.devices.rollover import windows_total
from rorikt_lib.fields import SUM
from rorikt_lib.figures.records import records, same
from rorikt_lib.workbook import Workbook


def pcs(book: Workbook) -> list[pd.DataFrame]:
    """Chapter 2.1.1."""
    table = measures.pc_rollover(book)
    counts = ["expired", "expiring", "in_stock", "on_order", "to_order"]
    total = table[counts].sum(min_count=1).to_frame().T.assign(municipality=SUM)
    place = table.groupby("municipality", as_index=False, sort=False).to_order.sum()
    plan = measures.replacement_plan(book)
    windows = measures.windows_readiness(book)
    versions = ["windows_11", "older_windows", "unknown_build", "share_windows_11"]
    return [
        records(table, "devices", ["municipality", "user_group"], same(*counts)),
        records(place, "devices", ["municipality"], same("to_order")),
        records(total, "devices", ["municipality"], same(*counts)),
        records(plan, "devices", ["municipality", "user_group", "year"], same("replace")),
        records(plan.groupby("year", as_index=False)["replace"].sum(), "devices", ["year"], same("replace")),
        records(windows, "devices", ["municipality"], same(*versions)),
        records(windows_total(windows), "devices", ["municipality"], same(*versions)),
    ]
