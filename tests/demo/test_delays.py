from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from raw_tickets import read_list, tickets

from rorikt_lib.demo.case_times import END, make_times
from rorikt_lib.demo.delays import delayed
from rorikt_lib.demo.exact import generator
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.demo.service_axis import ServiceAxis
from rorikt_lib.store.clean_tables import read_clean
from rorikt_lib.terms.schemas import empty
from rorikt_lib.tickets.breaches import breached_cases
from rorikt_lib.tickets.cases import as_of
from rorikt_lib.tickets.history import case_history

EXTRACT = pd.Timestamp("2024-09-27 12:00", tz="Europe/Oslo")
TICKETS = demo_settings().tickets
AXIS = ServiceAxis(TICKETS)
MINUTES_OF_THREE_DAYS = 3 * 450


@pytest.fixture(scope="module")
def breached(demo_root) -> pd.DataFrame:
    """The breaches of September 2024 as its report has them."""
    cases = as_of(read_clean("tickets", demo_root), EXTRACT)
    history = case_history(empty("ticket_events"), cases, TICKETS, EXTRACT)
    return breached_cases(cases, ["2024-09"], TICKETS, history, pd.Series(dtype="str"))


@pytest.fixture(scope="module")
def raw(demo_root) -> pd.DataFrame:
    return tickets(demo_root / "raw" / "tickets")


@pytest.fixture(scope="module")
def medium(raw) -> pd.DataFrame:
    """The incidents of medium priority that the tables of September count."""
    solved = raw.solved.between(pd.Timestamp("2024-09-01"), EXTRACT.tz_localize(None))
    return raw[(raw.kind == "Feil") & (raw.priority == "Normal") & (raw.source != "Sikkerhetsovervåkning") & solved]


@pytest.fixture(scope="module")
def undelayed() -> pd.DataFrame:
    return make_times(AXIS, TICKETS, generator("tickets"))


@pytest.mark.parametrize(
    ("cause", "least", "most"),
    [
        ("waiting", 0.1, 0.3),
        ("registered_late", 0.06, 0.25),
        ("reopened", 0.03, 0.2),
        ("answered_late", 0.03, 0.2),
        ("imputed", 0.01, 0.12),
        ("unknown", 0.2, 0.6),
    ],
)
def test_the_breaches_of_september_have_many_causes_and_none_explains_them_all(breached, cause, least, most):
    assert len(breached) == 81
    assert least <= (breached.cause == cause).mean() <= most


def test_a_waiting_case_waited_longer_than_three_days_by_the_list_alone(breached, raw):
    waited = raw.set_index("number").waited[breached.ticket_id[breached.cause == "waiting"]]
    assert (waited > MINUTES_OF_THREE_DAYS).all()


def test_some_cases_within_the_target_waited_or_were_opened_again_too(medium, breached):
    in_time = medium[~medium.number.isin(breached.ticket_id)]
    assert (in_time.waited > 0).sum() > 20
    assert 3 < (in_time.reopened > 0).sum() < 30


def test_two_queues_of_mostly_late_cases_are_cleared_in_one_minute_each(medium, breached):
    together = medium.groupby("solved").number.agg(list)
    queues = together[together.str.len() >= 5]
    assert len(queues) == 2
    for members in queues:
        # One more may happen to be solved in the minute of a queue of eight.
        assert len(members) <= 9
        assert len(members) / 2 < breached.ticket_id.isin(members).sum()


def test_a_list_tells_no_waiting_of_a_case_that_is_still_open(demo_root):
    rows = read_list(demo_root / "raw" / "tickets" / "saker_2024_til_27-09.csv")
    assert (~rows.done).sum() > 400
    assert not rows.waited[~rows.done].any()
    assert (rows.waited[rows.done] > 0).sum() > 500


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_delays_change_neither_the_time_a_case_took_net_of_waiting_nor_any_month_or_count(undelayed, seed):
    cases = delayed(undelayed, AXIS, TICKETS, END, np.random.default_rng(seed))
    net = cases.resolved - cases.created - cases.paused
    assert (net == undelayed.resolved - undelayed.created).all()
    months = np.array([AXIS.minute(f"{y}-{m:02d}-01") for y in (2022, 2023, 2024) for m in range(1, 13)])
    assert (np.digitize(cases.resolved, months) == np.digitize(undelayed.resolved, months)).all()
    for instant in ("2024-02-01", "2024-09-01", "2024-09-27 12:00", "2024-10-01", "2024-11-01"):
        at = AXIS.minute(instant)
        for time in ("created", "resolved"):
            assert ((cases[time] < at) == (undelayed[time] < at)).all(), (instant, time)
    assert (cases.resolved != undelayed.resolved).sum() > 100
    assert (cases.paused > 0).sum() > 100


def test_urgent_cases_are_left_as_they_were_published(undelayed):
    cases = delayed(undelayed, AXIS, TICKETS, END, np.random.default_rng(4))
    urgent = cases.priority.isin(["high", "critical"])
    pd.testing.assert_frame_equal(cases.loc[urgent, [*undelayed]], undelayed[urgent])
    assert not cases.loc[urgent, ["paused", "reopened", "untold"]].any(axis=None)
    assert cases.late_answer[urgent].isna().all()
