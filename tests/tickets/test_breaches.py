"""Every breach and its likely cause: each rule, and which goes first, by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.breaches import breached_cases, count_causes, with_causes
from rorikt_lib.tickets.sla import sla_compliance

TICKETS = demo_settings().tickets
MONTHS = ["2024-08", "2024-09"]
NOTHING = pd.Series(dtype="str")
HISTORY = ["ticket_id", "waiting_user", "waiting_supplier", "reopened"]


def _history(*rows: tuple[str, float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=HISTORY).astype({"waiting_user": float, "waiting_supplier": float})


def _case(hours: float = 5, **more) -> dict:
    """A high case (4 hours) created on a Monday at 8 and solved so many hours later, answered at once."""
    resolved = oslo("2024-09-02 08:00") + pd.Timedelta(hours=hours)
    times = {"created_at": "2024-09-02 08:00", "responded_at": "2024-09-02 08:00", "resolved_at": resolved}
    return {"ticket_id": "a", "priority": "high"} | times | more


def _breached(*cases: dict, history: pd.DataFrame | None = None, written: pd.Series = NOTHING) -> pd.DataFrame:
    history = _history() if history is None else history
    return breached_cases(make_tickets(*cases), MONTHS, TICKETS, history, written)


def _cause(case: dict, *others: dict, history: tuple | None = None) -> str:
    rows = _breached(case, *others, history=_history(*[history] if history else []))
    return rows.set_index("ticket_id").cause[case["ticket_id"]]


NEXT_MONDAY = {"created_at": "2024-09-02 08:00", "resolved_at": "2024-09-09 15:30"}  # six service days, 45 hours
LATE = {"closed_at": "2024-09-02 12:59"}
IMPUTED = {"resolved_at_imputed": True}
WAITED = _case(**NEXT_MONDAY, paused_minutes=600.0)
NIGHT = {"priority": "critical", "created_at": "2024-09-02 22:00", "responded_at": "2024-09-02 22:10"}


def test_one_row_per_breach_with_time_target_and_how_much_it_is_over_oldest_resolution_first():
    rows = _breached(
        _case(7, ticket_id="b", request_no="12", category="Nett", municipality="Aukra"),
        _case(4),
        _case(4.5, priority="critical", ticket_id="c"),
        _case(7, priority="low", ticket_id="d"),
        _case(7, type="request", ticket_id="e"),
        _case(7, is_alert=True, ticket_id="f"),
        _case(7, resolved_at=None, ticket_id="g"),
    )
    assert rows.ticket_id.tolist() == ["c", "b"]
    *told, source = rows.iloc[1].tolist()
    assert told == ["b", "12", pd.Timestamp("2024-09-02"), "2024-09", "Aukra", "Nett", "high", 7, 4, 3, "unknown"]
    assert pd.isna(source)


def test_a_case_stands_in_the_month_it_was_resolved_in_with_the_day_it_was_created():
    rows = _breached(_case(created_at="2024-08-30 08:00"))
    assert (rows.month[0], rows.date[0]) == ("2024-09", pd.Timestamp("2024-08-30"))


@pytest.mark.parametrize(
    ("case", "history", "cause"),
    [
        (_case(), None, "unknown"),
        (_case(**IMPUTED), None, "imputed"),
        (_case(**LATE), None, "registered_late"),
        (_case(closed_at="2024-09-02 13:00"), None, "unknown"),
        (_case(), ("a", 0, 0, 1), "reopened"),
        (_case(), ("a", 0, 0, 0), "unknown"),
        (WAITED, None, "waiting"),
        (WAITED | {"paused_minutes": 240.0}, None, "unknown"),
        (WAITED | {"paused_minutes": 241.0}, None, "waiting"),
        (WAITED, ("a", 200, 400, 0), "waiting_supplier"),
        (WAITED, ("a", 300, 300, 0), "waiting_supplier"),
        (WAITED, ("a", 400, 200, 0), "waiting_user"),
        (WAITED, ("a", 0, 0, 0), "waiting"),
        (_case(**NIGHT | {"resolved_at": "2024-09-03 09:59"}), None, "out_of_hours"),
        (_case(**NIGHT | {"resolved_at": "2024-09-03 10:01"}), None, "unknown"),
        (_case(responded_at="2024-09-02 12:01"), None, "answered_late"),
        (_case(responded_at="2024-09-02 12:00"), None, "unknown"),
        (_case(responded_at=None), None, "unknown"),
    ],
)
def test_each_rule_holds_where_it_should_and_not_beside(case, history, cause):
    assert _cause(case, history=history) == cause


@pytest.mark.parametrize(
    ("case", "history", "cause"),
    [
        (_case(**IMPUTED | LATE), ("a", 0, 0, 1), "imputed"),
        (_case(**LATE), ("a", 0, 0, 1), "registered_late"),
        (WAITED, ("a", 0, 600, 1), "reopened"),
        (_case(**NIGHT | {"resolved_at": "2024-09-03 09:59", "paused_minutes": 130.0}), None, "waiting"),
        (
            _case(**NIGHT | {"resolved_at": "2024-09-03 09:59", "responded_at": "2024-09-03 08:00"}),
            None,
            "out_of_hours",
        ),
    ],
)
def test_the_first_rule_that_holds_gives_the_cause(case, history, cause):
    assert _cause(case, history=history) == cause


@pytest.mark.parametrize(("others", "cause"), [(4, "registered_late"), (3, "unknown")])
def test_many_cases_resolved_in_one_minute_were_registered_late(others, cause):
    same_minute = {"type": "request", "resolved_at": "2024-09-02 13:00:59"}
    assert _cause(_case(), *(_case(**same_minute, ticket_id=f"r{n}") for n in range(others))) == cause


def test_alerts_resolved_in_one_minute_say_nothing_of_peoples_cases():
    alerts = (_case(is_alert=True, ticket_id=f"r{n}") for n in range(9))
    assert _cause(_case(), *alerts) == "unknown"


def test_what_a_person_wrote_goes_before_the_data():
    written = pd.Series({"a": "Fiberbrudd", "b": None}, dtype="str")
    rows = _breached(_case(**LATE), _case(**LATE | {"ticket_id": "b"}), written=written)
    assert rows.set_index("ticket_id")[["cause", "cause_from"]].to_numpy().tolist() == [
        ["Fiberbrudd", "written"], ["registered_late", "data"],
    ]  # fmt: skip


def test_the_list_of_serious_cases_gets_causes_from_the_data_only_where_none_is_written():
    serious = pd.DataFrame({"ticket_id": ["a", "b", "c", "d"], "cause": ["Fiberbrudd", None, None, "Venter på deler"]})
    breached = _breached(_case(**LATE), _case(**LATE | {"ticket_id": "b"}), _case(ticket_id="other"))
    table = with_causes(serious, breached).set_index("ticket_id")
    assert table.cause.fillna("-").to_dict() == {
        "a": "Fiberbrudd", "b": "registered_late", "c": "-", "d": "Venter på deler",
    }  # fmt: skip
    assert table.cause_from.fillna("-").to_dict() == {"a": "written", "b": "data", "c": "-", "d": "written"}


def test_without_breaches_there_is_no_row_but_every_column():
    table = _breached(_case(1))
    assert table.empty
    assert list(table) == [
        "ticket_id", "request_no", "date", "month", "municipality", "category", "priority",
        "hours", "target_hours", "over_hours", "cause", "cause_from",
    ]  # fmt: skip
    serious = pd.DataFrame({"ticket_id": ["a"], "cause": pd.Series([None], dtype="str")})
    assert with_causes(serious, table).cause.isna().all()


cases = st.lists(
    st.tuples(
        st.integers(0, 30).map(lambda quarters: quarters / 4), st.sampled_from(["low", "medium", "high", "critical"])
    ),
    max_size=20,
)


@given(cases)
def test_the_breaches_are_those_of_the_sla_table(drawn):
    rows = [_case(hours, priority=p, ticket_id=str(n)) for n, (hours, p) in enumerate(drawn)]
    listed = _breached(*rows)
    sla = sla_compliance(make_tickets(*rows), MONTHS, TICKETS)
    assert listed.groupby("priority").size().to_dict() == {
        p: n for p, n in sla.groupby("priority").breached.sum().items() if n
    }
    assert (listed.over_hours > 0).all()


def test_the_sources_own_count_of_reopenings_is_a_cause_without_a_history():
    assert _cause(_case(reopened=1)) == "reopened"
    assert _cause(_case(reopened=0)) == "unknown"


def test_causes_are_counted_most_first_and_what_is_unknown_last():
    cause = ["unknown", "unknown", "unknown", "waiting", "Fiberbrudd", "waiting", "Strømbrudd"]
    source = ["data", "data", "data", "data", "written", "data", "written"]
    table = count_causes(pd.DataFrame({"cause": cause, "cause_from": source}))
    assert table.set_index("cause").breached.to_dict() == {"waiting": 2, "written": 2, "unknown": 3}
    assert table.cause.tolist() == ["waiting", "written", "unknown"]
    assert table.share_breaches.tolist() == [2 / 7, 2 / 7, 3 / 7]


def test_without_breaches_no_cause_is_counted():
    assert count_causes(_breached()).empty


def test_a_serious_case_whose_cause_nobody_knows_has_none():
    serious = pd.DataFrame({"ticket_id": ["a"], "cause": pd.Series([None], dtype="str")})
    told = with_causes(serious, _breached(_case()))
    assert told[["cause", "cause_from"]].isna().all(axis=None)
