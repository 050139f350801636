"""A municipality that joins is in no table of the months before, and in those from then on; one that left in none after."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from builders import make_book, make_devices, make_tickets

from rorikt_lib.config.month_file import Report
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.report import backlog, breaches, pc_plan, pcs, service_desk, service_level
from rorikt_lib.report.declare import Table

CHAPTERS = [service_desk, backlog, service_level, breaches, pcs, pc_plan]
# Tables that have a row for each member, whether it has cases and PCs or not.
EACH = [service_desk.MUNICIPALITIES, pcs.ROLLOVER]


def _book(month: str, **keys: str):
    settings = demo_settings()
    changed = [m.model_copy(update=keys if m.name == "Vestnes" else {}) for m in settings.municipalities]
    vestnes = {"municipality": "Vestnes", "created_at": "2024-09-03 08:00", "resolved_at": "2024-09-20 08:00"}
    pcs_of = {"2024-08": {"extracted_on": "2024-08-30", "last_seen_on": "2024-08-20"}, "2024-09": {}}
    book = make_book(
        month,
        report=Report(),
        tickets=make_tickets({"created_at": "2024-08-05 08:00"}, {}, *([vestnes] if "joined" in keys else [])),
        devices=make_devices(*(seen | {"serial_no": "A"} for seen in pcs_of.values()), *(
            [{"municipality": "Vestnes", "purchased_on": "2015-01-01"}] if "joined" in keys else []
        )),
    )  # fmt: skip
    return replace(book, settings=settings.model_copy(update={"municipalities": changed}))


def _names(frame: pd.DataFrame) -> set:
    return {value for column in frame for value in frame[column].dropna() if isinstance(value, str)}


def _tables() -> list[Table]:
    return [value for chapter in CHAPTERS for value in vars(chapter).values() if isinstance(value, Table)]


def test_one_that_joins_is_in_no_table_before_and_in_those_of_the_month_it_does():
    before, then = (_book(month, joined="2024-09") for month in ("2024-08", "2024-09"))
    shown = {table.key for table in _tables() if "Vestnes" in _names(table.frame(then))}
    assert len(shown) >= 4
    assert not [table.key for table in _tables() if "Vestnes" in _names(table.frame(before))]


@pytest.mark.parametrize(
    ("keys", "there"), [({"joined": "2024-09"}, [False, True]), ({"left": "2024-09"}, [True, False])]
)
@pytest.mark.parametrize("table", EACH, ids=lambda table: table.key)
def test_a_member_has_its_row_in_the_months_it_shares_the_service(table, keys, there):
    shown = [{*table.frame(_book(month, **keys)).municipality.dropna()} for month in ("2024-08", "2024-09")]
    assert ["Vestnes" in names for names in shown] == there
    assert all({"Aukra", "Molde"} <= names for names in shown)
