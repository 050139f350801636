"""A month's report is a function of its inputs and of what had been published by then, whatever is made afterwards."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest
from builders import make_book, make_forecasts, make_postings, make_tickets

from rorikt_lib.config.folder import Folder
from rorikt_lib.month.keep import record_report, record_snapshot
from rorikt_lib.month.report import report_month
from rorikt_lib.publish.job import job_of
from rorikt_lib.report import accuracy, economy, forecast, forecast_page, news, restated
from rorikt_lib.report.records import records
from rorikt_lib.workbook import Workbook

pytestmark = pytest.mark.deep

MONTHS = [f"{year}-{n:02d}" for year in (2023, 2024) for n in range(1, 13)][:22]
AUGUST, SEPTEMBER, OCTOBER = "2024-08", "2024-09", "2024-10"
# What looks back at earlier months, and what a page says of it; all else is made of the inputs alone.
TABLES = (
    forecast.MODEL_BRIDGE, forecast_page.HISTORY, forecast_page.CHANGES, economy.ADOPTED_CHANGES, accuracy.LOGGED,
    news.FORECAST, restated.ALL_RESTATED,
)  # fmt: skip
SAID = (
    news.RULES[0], forecast.model_bridge_summary, forecast_page.hindsight, forecast_page.changes_summary,
    restated.summary,
)  # fmt: skip


def inputs(scale: float = 1.0) -> dict[str, pd.DataFrame]:
    """Wages, forecasts of four months, and cases; of another scale other amounts, forecasts and a case more."""
    cases = [{"created_at": f"{month}-03 08:00", "resolved_at": f"{month}-28 09:00"} for month in MONTHS[-4:]]
    return {
        "postings": make_postings(
            *({"period": month, "amount_nok": scale * (100.123 + n)} for n, month in enumerate(MONTHS))
        ),
        "adopted_forecasts": make_forecasts(
            *(
                {"period": m, "amount_nok": scale * 1100.0 + n}
                for n, m in enumerate(("2024-06", AUGUST, SEPTEMBER, OCTOBER))
            )
        ),
        "tickets": make_tickets(*cases, *([{"created_at": "2024-08-05 08:00"}] if scale != 1 else [])),
    }


def run(book: Workbook, now: dt.datetime | None = None) -> tuple[bytes, list[str | None]]:
    """What the month's figures and page look back at, as a report makes and keeps them."""
    looked_back, said = pd.concat([records(table, book) for table in TABLES]), [sentence(book) for sentence in SAID]
    record_report(book, now)
    record_snapshot(book, restated.desk_figures(book))
    return looked_back.to_csv(index=False).encode(), said


def in_time(month: str) -> dt.datetime:
    """A few days after the month."""
    return dt.datetime.fromisoformat(f"{month}-28T06:00:00+00:00") + dt.timedelta(days=9)


def runs(root: Path, months: tuple[str, ...], when=lambda month: None, scale: float = 1.0) -> list:
    return [run(make_book(month, root=root, **inputs(scale)), when(month)) for month in months]


def years_later(month: str) -> None:
    """The day that the tests run on."""


@pytest.mark.parametrize(
    ("months", "when"),
    [
        pytest.param((SEPTEMBER, OCTOBER, SEPTEMBER), in_time, id="a later one between, in time"),
        pytest.param((SEPTEMBER, OCTOBER, SEPTEMBER), years_later, id="a later one between, years later"),
        pytest.param((OCTOBER, SEPTEMBER, OCTOBER), years_later, id="an earlier one between, years later"),
        pytest.param((AUGUST, OCTOBER, SEPTEMBER, AUGUST, OCTOBER), in_time, id="nearly all twice, in time"),
    ],
)
def test_a_report_made_again_is_the_same_whatever_was_made_between(tmp_path, months, when):
    first: dict = {}
    for month, made in zip(months, runs(tmp_path, months, when), strict=True):
        assert first.setdefault(month, made) == made


def test_a_draft_with_other_inputs_is_as_if_the_first_had_never_been(tmp_path):
    again, fresh = tmp_path / "again", tmp_path / "fresh"
    runs(again, (AUGUST, SEPTEMBER, OCTOBER), in_time)
    runs(fresh, (AUGUST,), in_time)
    assert runs(again, (SEPTEMBER,), in_time, 2.0) == runs(fresh, (SEPTEMBER,), in_time, 2.0)


def test_forecasts_are_the_same_from_a_log_made_in_any_order_long_afterwards(tmp_path):
    """What no report published in time is worked out: only what earlier reports said of cases is by their order."""
    made = []
    orders = [(AUGUST, SEPTEMBER, OCTOBER), (OCTOBER, SEPTEMBER, AUGUST), (SEPTEMBER, OCTOBER, AUGUST)]
    for n, order in enumerate(orders):
        found = dict(zip(order, runs(tmp_path / f"{n}", order), strict=True))
        lines = {month: [line for line in figures.splitlines() if not line.startswith(b"restated")]
                 for month, (figures, _) in found.items()}  # fmt: skip
        made.append((lines, {month: said[:-1] for month, (_, said) in found.items()}))
    assert all(one == made[0] for one in made)


def test_page_and_figures_of_the_demo_are_the_same_byte_for_byte_after_another_month(demo, tmp_path):
    root = tmp_path / "workbook"
    shutil.copytree(demo.root, root)
    folder, made = Folder(root, root / "data"), []
    for month in (SEPTEMBER, OCTOBER, SEPTEMBER):
        shutil.rmtree(folder.data / "clean" / "memory", ignore_errors=True)
        built = report_month(job_of(month, folder, renderer="embedded")).built
        made.append([built.page.read_bytes(), built.figures.read_bytes()])
    assert made[0] == made[2]
