"""December is drawn apart: what stood before it still stands."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.demo.case_times import END
from rorikt_lib.demo.december import EXTRACT, with_december
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.demo.ticket_writers import TIMES, as_of
from rorikt_lib.demo.tickets import make_tickets

SETTINGS = demo_settings()


@pytest.fixture(scope="module")
def before() -> pd.DataFrame:
    return make_tickets(SETTINGS)


@pytest.fixture(scope="module")
def after(before) -> pd.DataFrame:
    return with_december(before, SETTINGS)


def test_the_cases_stand_in_november_as_they_did_without_december(before, after):
    known = after[after.created < END]
    pd.testing.assert_frame_equal(as_of(known, END)[[*before]], as_of(before, END))


def test_december_solves_some_of_the_cases_that_november_left_open_and_leaves_others(before, after):
    is_open = before.resolved.isna() & before.closed.isna() & ~before.is_merged
    solved = after.resolved[before.index[is_open]].notna()
    assert is_open.sum() > 300
    assert 0.3 < solved.mean() < 0.7


def test_no_case_of_december_is_answered_or_solved_before_it_came_or_after_the_extract(before, after):
    since = after[(after.index >= len(before)) | (after.resolved >= END)]
    assert len(since) > 1_000
    for time in TIMES[1:]:
        known = since[since[time].notna()]
        assert (known[time] >= known.created).all(), time
        assert (known[time] < EXTRACT).all(), time
    assert (since.paused_minutes >= 0).all()


def test_numbers_go_on_where_november_ended(before, after):
    new = after[len(before) :]
    assert new.number.tolist() == list(range(before.number.max() + 1, before.number.max() + 1 + len(new)))
    assert new.created.min() >= pd.Timestamp(END)
    assert new.created.max() < pd.Timestamp("2025-01-01")
