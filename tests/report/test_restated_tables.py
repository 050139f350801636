"""Om tallene: what figures.csv says of old months is compared with what earlier reports published."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_book, make_tickets, oslo

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.report.records import records
from rorikt_lib.report.restated import ALL_RESTATED, RESTATED, desk_figures, summary
from rorikt_lib.report.service_desk import known_cases
from rorikt_lib.report.show import table
from rorikt_lib.store.snapshots import keep_snapshot
from rorikt_lib.tickets.restated import kept_cases, kept_figures
from rorikt_lib.workbook import Workbook

THEN = oslo("2024-09-27 12:00")


def _october(root, *more: dict) -> Workbook:
    """October's report, with these cases besides one that was there when September's was published."""
    first = {"ticket_id": "1", "created_at": "2024-09-03 08:00"}
    then = make_book(report=Report(cut_off=CutOff(tickets="2024-09-27T12:00")), tickets=make_tickets(first))
    when = pd.Timestamp("2024-10-01 07:00", tz="UTC").to_pydatetime()
    keep_snapshot(root / "data", "2024-09", THEN, kept_figures(desk_figures(then)), kept_cases(known_cases(then)), when)
    return make_book("2024-10", root=root, tickets=make_tickets(first, *more))


@pytest.mark.deep
def test_numbers_that_only_the_rest_of_the_month_changed_are_figures_but_not_shown(tmp_path):
    book = _october(tmp_path, {"ticket_id": "2", "created_at": "2024-09-29 08:00"})
    assert "er årsaken bare at september 2024 ikke var over" in summary(book)
    assert table(RESTATED, book).text == ""
    found = records(ALL_RESTATED, book).set_index(["figure", "member"]).value
    key = "2024-09|Nye|total|I alt"
    assert [found[f"restated.{name}", key] for name in ("published", "now", "change")] == [1, 2, 1]


@pytest.mark.deep
def test_a_number_that_is_shown_has_the_number_of_cases_of_each_cause_among_the_figures(tmp_path):
    late = {"ticket_id": "2", "created_at": "2024-09-05 08:00", "category": "Skriver"}
    book = _october(tmp_path, late, {"ticket_id": "3", "created_at": "2024-09-29 08:00"})
    assert "| september 2024 | Nye | I alt | 1 | 3 | september 2024 | +1 etter uttrekket, +1 registrert sent |" in (
        table(RESTATED, book).text.replace("\u00a0", " ")
    )
    made = records(RESTATED, book)
    causes = made[~made.figure.isin(["restated.published", "restated.now", "restated.change"])]
    of_total = causes[causes.member == "2024-09|Nye|total|I alt"]
    assert of_total[["figure", "value", "unit"]].to_numpy().tolist() == [
        ["restated.after_cut_off", 1, "cases"], ["restated.registered_late", 1, "cases"],
    ]  # fmt: skip


def test_without_earlier_reports_nothing_is_restated(tmp_path):
    book = make_book(root=tmp_path, tickets=make_tickets({}))
    assert summary(book) == "Ingen tall for tidligere måneder er endret siden de ble publisert."
    assert records(ALL_RESTATED, book).empty
