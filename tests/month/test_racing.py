"""A share of benchmarks/racing.py: runs at once, and runs that are killed, leave what is kept and published right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from quick_book import MONTHS, cases, quick_book
from unwatched import export

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import racing

pytestmark = [pytest.mark.deep, pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")]


def test_racing_and_killed_runs_leave_the_forecasts_once_the_site_whole_and_the_next_run_right(tmp_path):
    folder = quick_book(tmp_path / "book")
    book = racing.Book(folder.root, MONTHS[1:], lambda state: export(folder.root, "cases.csv", cases(3 + state)))
    told: list[str] = []
    racing.try_all(book, racing=4, killed=4, seed=1, told=told.append)
    assert told[-1].startswith("4 killed runs")
