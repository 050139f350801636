"""Numbers that became others: each cause by hand, and all of them against plain loops over edited cases."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from builders import make_book, make_tickets, oslo
from counted_cases import DIVIDED, LABELS, counts_in, known, numbers_of, records_of
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.present.language import member
from rorikt_lib.report.restated import desk_figures
from rorikt_lib.report.service_desk import known_cases
from rorikt_lib.terms.reasons import RestatedCause
from rorikt_lib.tickets.cases import as_of
from rorikt_lib.tickets.causes import CASE_CAUSES, CASE_COLUMNS, Known
from rorikt_lib.tickets.restated import AVERAGES, COUNTS, changed, kept_cases, kept_figures, only_later, restated

TICKETS = demo_settings().tickets
THEIR_MONTHS, OUR_MONTHS = ["2024-07", "2024-08", "2024-09"], ["2024-07", "2024-08", "2024-09", "2024-10"]
# The report of September counted up to here; the one of October counts the whole of it.
THEN, NOW = oslo("2024-09-27 12:00"), oslo("2024-10-31 23:59:59.999999")
PLAIN = {
    "ticket_id": "1", "type": "incident", "priority": "medium", "category": "Nettverk", "municipality": "Molde",
    "created_at": oslo("2024-08-20 08:00"), "resolved_at": None, "resolved_at_imputed": False, "paused_minutes": 0.0,
    "is_alert": False, "is_deleted": False,
}  # fmt: skip


def today(clean):
    """The cases as a report up to NOW counts them, and all that are registered."""
    return as_of(clean, NOW), clean


def _restated(before: list[dict], after: list[dict], tickets=TICKETS) -> pd.DataFrame:
    """What the report of October restates, where September's had the cases as `before` and today has `after`."""
    snapshot = Known(kept_cases(as_of(make_tickets(*before), THEN)), THEN)
    published, figures = (
        records_of(before, "2024-09", THEN, THEIR_MONTHS),
        records_of(after, "2024-10", NOW, OUR_MONTHS),
    )
    return restated(
        published, figures, {"2024-09": snapshot}.__getitem__, *today(make_tickets(*after)), tickets, member
    )


def _causes(rows: pd.DataFrame) -> dict[tuple, dict[str, int]]:
    """figure, by, month, member → causes that are not 0, and their counts."""
    return {
        (row.figure, row.by, row.month, row.member): {c: int(getattr(row, c)) for c in RestatedCause if getattr(row, c)}
        for row in rows.itertuples()
    }


AUGUST, SEPTEMBER = ({"resolved_at": oslo(day)} for day in ("2024-08-20 08:30", "2024-09-10 08:00"))
LAST_DAYS, OCTOBER = ({"resolved_at": oslo(day)} for day in ("2024-09-29 08:00", "2024-10-02 08:00"))
OPEN_AUGUST = ("backlog.open", "total", "2024-08", "total")
RESOLVED_SEPTEMBER = ("tickets.resolved", "type", "2024-09", "Feilmelding")


@pytest.mark.parametrize(
    ("before", "after", "number", "change", "cause"),
    [
        ({}, {"is_deleted": True}, ("tickets.created", "total", "2024-08", "total"), -1, "deleted"),
        ({}, {"is_deleted": True} | AUGUST, OPEN_AUGUST, -1, "deleted"),
        ({}, None, ("tickets.created", "municipality", "2024-08", "Molde"), -1, "gone"),
        (None, {}, ("tickets.created", "type", "2024-08", "Feilmelding"), 1, "registered_late"),
        (None, {"is_alert": True}, ("tickets.alerts", "total", "2024-08", "total"), 1, "registered_late"),
        (None, {"created_at": THEN}, ("tickets.created", "total", "2024-09", "total"), 1, "registered_late"),
        (
            None, {"created_at": THEN + pd.Timedelta("1s")},
            ("tickets.created", "total", "2024-09", "total"), 1, "after_cut_off",
        ),
        ({}, LAST_DAYS, ("backlog.open", "type", "2024-09", "Feilmelding"), -1, "after_cut_off"),
        ({}, LAST_DAYS | {"resolved_at_imputed": True}, RESOLVED_SEPTEMBER, 1, "after_cut_off"),
        ({}, LAST_DAYS, ("sla.breached", "priority", "2024-09", "Medium"), 1, "after_cut_off"),
        ({}, LAST_DAYS | {"type": "request"}, ("tickets.resolved", "total", "2024-09", "total"), 1, "after_cut_off"),
        ({}, AUGUST, OPEN_AUGUST, -1, "resolved_late"),
        ({}, AUGUST, ("sla.within", "total", "2024-08", "total"), 1, "resolved_late"),
        ({}, AUGUST | {"priority": "high", "category": "Skriver"}, OPEN_AUGUST, -1, "resolved_late"),
        ({}, AUGUST | {"type": "request"}, ("tickets.resolved", "total", "2024-08", "total"), 1, "resolved_late"),
        ({}, AUGUST | {"municipality": "Aukra"}, OPEN_AUGUST, -1, "resolved_late"),
        ({}, AUGUST | {"resolved_at_imputed": True}, OPEN_AUGUST, -1, "imputed"),
        (SEPTEMBER | {"resolved_at_imputed": True}, AUGUST, OPEN_AUGUST, -1, "imputed"),
        (AUGUST, SEPTEMBER | {"resolved_at_imputed": True}, RESOLVED_SEPTEMBER, 1, "imputed"),
        (SEPTEMBER, AUGUST, OPEN_AUGUST, -1, "time_changed"),
        (AUGUST, SEPTEMBER, OPEN_AUGUST, 1, "time_changed"),
        (AUGUST, {}, OPEN_AUGUST, 1, "reopened"),
        (AUGUST | {"resolved_at_imputed": True}, {}, OPEN_AUGUST, 1, "reopened"),
        (AUGUST, OCTOBER, ("sla.within", "priority", "2024-08", "Medium"), -1, "reopened"),
        (SEPTEMBER, LAST_DAYS | {"type": "request"}, RESOLVED_SEPTEMBER, -1, "reclassified"),
        ({}, OCTOBER | {"type": "request"}, ("backlog.open", "type", "2024-09", "Feilmelding"), -1, "reclassified"),
        ({}, {"is_alert": True}, ("tickets.alerts", "total", "2024-08", "total"), 1, "reclassified"),
        ({}, {"category": "Skriver"}, ("tickets.created", "category", "2024-08", "Skriver"), 1, "reclassified"),
        (AUGUST, AUGUST | {"priority": "high"}, ("sla.within", "priority", "2024-08", "Medium"), -1, "reclassified"),
        (
            SEPTEMBER, SEPTEMBER | {"paused_minutes": 1e7},
            ("sla.within", "total", "2024-09", "total"), 1, "time_changed",
        ),
        ({}, {"municipality": "Aukra"}, ("tickets.created", "municipality", "2024-08", "Molde"), -1, "moved"),
        (
            {}, {"created_at": oslo("2024-07-31 08:00")},
            ("tickets.created", "total", "2024-07", "total"), 1, "time_changed",
        ),
        (
            {}, AUGUST | {"created_at": oslo("2024-07-31 08:00")},
            ("tickets.created", "total", "2024-07", "total"), 1, "time_changed",
        ),
        ({}, {"created_at": oslo("2024-11-02 08:00")}, OPEN_AUGUST, -1, "time_changed"),
        (
            {"created_at": oslo("2024-09-20 08:00")}, {"created_at": oslo("2024-08-20 08:00")} | OCTOBER,
            OPEN_AUGUST, 1, "time_changed",
        ),
    ],
)  # fmt: skip
def test_a_case_that_came_or_went_has_one_cause(before, after, number, change, cause):
    rows = _restated(*([] if case is None else [PLAIN | case] for case in (before, after)))
    assert _causes(rows)[number] == {cause: change}


def test_a_row_says_what_was_published_where_and_what_it_is_now():
    other = PLAIN | {"ticket_id": "2"}
    row = _restated([PLAIN, other], [PLAIN, other | {"is_deleted": True}]).query("by == 'type' and month == '2024-09'")
    assert row.iloc[0, :9].to_dict() == {
        "month": "2024-09", "figure": "backlog.open", "by": "type", "member": "Feilmelding", "report": "2024-09",
        "published": 2.0, "now": 1.0, "change": -1.0, "unit": "cases",
    }  # fmt: skip


def test_cases_that_come_and_go_for_one_cause_are_reported_by_what_is_left():
    case, other, third = (PLAIN | {"ticket_id": n} for n in "123")
    became, was = ({"type": "request"} for _ in range(2))
    rows = _restated([case, other, third | was], [case | became, other | became, third])
    assert _causes(rows)["tickets.created", "type", "2024-08", "Feilmelding"] == {"reclassified": -1}


def test_nothing_is_restated_where_nothing_changed():
    assert _restated([PLAIN | SEPTEMBER], [PLAIN | SEPTEMBER]).empty


def test_other_targets_are_the_cause_where_the_cases_are_as_they_were():
    loose = {name: target.model_copy(update={"resolution": 1000.0}) for name, target in TICKETS.sla.items()}
    then, now = (
        records_of([PLAIN | SEPTEMBER], p, c, m)
        for p, c, m in (("2024-09", THEN, THEIR_MONTHS), ("2024-10", NOW, OUR_MONTHS))
    )
    sla = now.figure.str.startswith("sla.") & now.member.str.contains("2024-09")
    is_medium = now.member.isin(["2024-09", "2024-09|Medium"])
    now.loc[sla & is_medium, "value"] = (now.figure == "sla.within").astype(float)[sla & is_medium]
    clean = make_tickets(PLAIN | SEPTEMBER)
    snapshot = Known(kept_cases(as_of(clean, THEN)), THEN)
    settings_now = TICKETS.model_copy(update={"sla": loose})
    rows = restated(then, now, {"2024-09": snapshot}.__getitem__, *today(clean), settings_now, member)
    assert _causes(rows) == {
        (f"sla.{verdict}", by, "2024-09", name): {"rules": change}
        for verdict, change in (("within", 1), ("breached", -1))
        for by, name in (("total", "total"), ("priority", "Medium"))
    }


# Which report a number is compared with.


def _record(period: str, value: float, member: str = "2024-07|Feilmelding", figure: str = "tickets.created") -> dict:
    names = {"2": "month", "3": "month|type"} if figure == "tickets.created" else {"3": "month|priority"}
    return {
        "figure": figure, "period": period, "dimension": names[str(2 + member.count("|"))], "member": member,
        "value": value, "unit": "cases",
    }  # fmt: skip


def _changed(published: list[dict], figures: list[dict]) -> list[tuple]:
    records = (pd.DataFrame(r, columns=[*_record("", 0)]) for r in (published, figures))
    rows = changed(*records, [*COUNTS, *AVERAGES])
    return [*rows[["month", "member", "report", "published", "now"]].fillna(-1).itertuples(index=False, name=None)]


def test_the_latest_earlier_report_that_showed_a_number_published_it():
    now = _record("2024-10", 7)
    assert _changed([_record("2024-08", 5), _record("2024-09", 6)], [now]) == [
        ("2024-07", "Feilmelding", "2024-09", 6, 7)
    ]
    other = _record("2024-09", 6, "2024-08|Feilmelding")
    assert _changed([_record("2024-08", 5), other], [now]) == [("2024-07", "Feilmelding", "2024-08", 5, 7)]


def test_what_the_last_report_restated_already_is_not_restated_again():
    assert _changed([_record("2024-08", 5), _record("2024-09", 7)], [_record("2024-10", 7)]) == []


def test_the_report_itself_and_later_ones_are_no_earlier_reports():
    assert _changed([_record("2024-10", 5), _record("2024-11", 6)], [_record("2024-10", 7)]) == []


def test_months_and_divisions_that_the_report_does_not_show_are_not_restated():
    august = _record("2024-09", 5, "2024-08|Feilmelding")
    assert _changed([august, _record("2024-09", 5, "2024-07")], [_record("2024-10", 7)]) == []


def test_a_member_that_came_or_went_was_or_is_none():
    new, old = (_record(p, 3, f"2024-07|{name}") for p, name in (("2024-10", "Ny"), ("2024-09", "Gammel")))
    same = [_record(period, 4) for period in ("2024-09", "2024-10")]
    assert _changed([same[0], old], [new, same[1]]) == [
        ("2024-07", "Ny", "2024-09", 0, 3), ("2024-07", "Gammel", "2024-09", 3, 0),
    ]  # fmt: skip


def _average(period: str, mean: float | None, cases: int) -> list[dict]:
    shown = _record(period, cases, "2024-07|Høy", "resolution.cases")
    return [shown] if mean is None else [shown, _record(period, mean, "2024-07|Høy", "resolution.mean")]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ((5.5, 2), (6.5, 2), [("2024-07", "Høy", "2024-09", 5.5, 6.5)]),
        ((None, 0), (6.5, 2), [("2024-07", "Høy", "2024-09", -1, 6.5)]),
        ((5.5, 2), (None, 0), [("2024-07", "Høy", "2024-09", 5.5, -1)]),
        ((None, 0), (None, 0), []),
        ((0.1 + 0.2, 2), (0.3, 2), []),
    ],
)
def test_an_average_is_restated_also_where_there_was_or_is_none(then, now, expected):
    assert _changed(_average("2024-09", *then), _average("2024-10", *now)) == expected


def test_an_average_has_no_causes_to_add_up():
    clean = make_tickets(PLAIN)
    snapshot = Known(kept_cases(clean), THEN)
    then, now = (pd.DataFrame(_average(p, m, 2)) for p, m in (("2024-09", 5.5), ("2024-10", 6.5)))
    rows = restated(then, now, {"2024-09": snapshot}.__getitem__, *today(clean), TICKETS, member)
    assert rows.change.tolist() == [1.0]
    assert rows[[*RestatedCause]].isna().all(axis=None)


def test_without_an_earlier_report_nothing_is_restated():
    now = records_of([PLAIN], "2024-10", NOW, OUR_MONTHS)
    rows = restated(now.head(0), now, {}.__getitem__, *today(make_tickets(PLAIN)), TICKETS, member)
    assert rows.empty
    assert {*RestatedCause, "published", "now", "change", "report"} <= set(rows.columns)


def test_numbers_stand_by_month_and_kind_and_as_the_report_orders_them():
    cases = [
        PLAIN | SEPTEMBER | {"ticket_id": str(n), "priority": p} for n, p in enumerate(["high", "low", "critical"])
    ]
    rows = _restated(cases, [])
    assert rows.month.is_monotonic_increasing
    september = rows[rows.month == "2024-09"]
    counted = september.figure[september.figure.isin(COUNTS)]
    assert counted.drop_duplicates().tolist() == ["tickets.resolved", "sla.breached"]
    assert september.member[september.figure == "sla.breached"].tolist() == ["total", "Lav", "Høy", "Kritisk"]


@pytest.mark.deep
def test_what_figures_csv_says_of_old_months_is_what_is_held_against_it():
    """Every kind of number of the report itself: all of its cases are gone a month later."""
    start = {"created_at": oslo("2024-09-03 08:00")}
    solved = {"ticket_id": "2", "resolved_at": oslo("2024-09-03 09:00")}
    breached = {"ticket_id": "3", "resolved_at": oslo("2024-09-20 08:00")}
    cases = [PLAIN | start | more for more in ({}, solved, breached, {"ticket_id": "4", "is_alert": True})]
    then = make_book("2024-09", report=Report(cut_off=CutOff(tickets="2024-09-27T12:00")), tickets=make_tickets(*cases))
    others = [PLAIN | AUGUST | {"ticket_id": "8"}, PLAIN | {"ticket_id": "9", "created_at": oslo("2024-10-03 08:00")}]
    now = make_book("2024-10", tickets=make_tickets(*others))
    published, figures = (desk_figures(book) for book in (then, now))
    snapshot = Known(kept_cases(known_cases(then)), THEN)
    rows = restated(
        published, figures, {"2024-09": snapshot}.__getitem__, *today(now.table("tickets")), TICKETS, member
    )
    rows = rows[rows.figure.isin([*COUNTS, *AVERAGES])]
    counts = rows[~rows.figure.isin(AVERAGES)]
    assert {*zip(counts.figure, counts.by, strict=True)} == {
        (figure, by) for figure in DIVIDED for by in DIVIDED[figure]
    }
    assert set(rows.figure) == {*DIVIDED, *AVERAGES}
    assert (counts.gone == counts.change).all()
    assert set(rows.month) == {"2024-09"}
    assert counts.set_index(["figure", "by"]).gone.groupby(level=0).first().to_dict() == {
        "tickets.created": -3, "tickets.resolved": -2, "tickets.alerts": -1, "backlog.open": -1,
        "sla.within": -1, "sla.breached": -1,
    }  # fmt: skip


def _changed_count(month: str = "2024-09", **causes: int) -> dict:
    return {"month": month, "figure": "tickets.created"} | dict.fromkeys(RestatedCause, 0) | causes


def _changed_average(month: str) -> dict:
    return {"month": month, "figure": "resolution.mean"} | dict.fromkeys(RestatedCause, pd.NA)


def test_a_count_that_other_causes_changed_too_is_not_only_of_the_rest_of_the_month():
    rows = pd.DataFrame(
        [
            _changed_count(after_cut_off=3),
            _changed_count(after_cut_off=3, deleted=-1),
            _changed_count(registered_late=2),
        ]
    )
    assert only_later(rows).tolist() == [True, False, False]


def test_an_average_is_only_of_the_rest_of_the_month_where_all_counts_of_its_month_are():
    rows = [
        _changed_count(after_cut_off=3),
        *map(_changed_average, ["2024-09", "2024-07", "2024-08"]),
        _changed_count("2024-08", deleted=-1),
    ]
    assert only_later(pd.DataFrame(rows)).tolist() == [True, True, False, False, False]
    assert only_later(pd.DataFrame(columns=["month", *RestatedCause])).empty


# What is kept.


def test_what_is_kept_of_a_case_is_what_decides_its_numbers_and_no_text():
    clean = make_tickets(PLAIN | {"request_no": "S-1", "channel": "Telefon"})
    assert [*kept_cases(clean).columns] == CASE_COLUMNS
    assert not {"request_no", "channel"} & set(CASE_COLUMNS)


def test_what_happens_to_an_open_case_after_the_cut_off_does_not_change_what_is_kept():
    earlier = make_tickets(PLAIN, PLAIN | {"ticket_id": "2"})
    later = make_tickets(
        PLAIN | {"ticket_id": "2", "paused_minutes": 90.0}, PLAIN | OCTOBER | {"resolved_at_imputed": True}
    )
    one, other = (kept_cases(as_of(clean, THEN)) for clean in (earlier, later))
    pd.testing.assert_frame_equal(one, other)


def test_the_records_of_months_and_days_are_kept_as_they_are():
    dimensions = ["month|priority", "month", "expense_type", "date|type", "months", "municipality|month"]
    figures = pd.DataFrame({"dimension": dimensions, "value": range(6)})
    assert kept_figures(figures).value.tolist() == [0, 1, 3]


# Any cases with any edits.

minutes = st.integers(1, 60) | st.integers(25 * 1440, 60 * 1440)


@st.composite
def plain_cases(draw) -> dict:
    """A case created from July to October, still open, or solved within the hour or after weeks."""
    created = oslo("2024-07-01 00:00") + pd.Timedelta(minutes=draw(st.integers(0, 122 * 1440)))
    took = draw(st.none() | minutes)
    return PLAIN | {
        "created_at": created,
        "resolved_at": None if took is None else created + pd.Timedelta(minutes=took),
        "type": draw(st.sampled_from(["incident", "request"])),
        "priority": draw(st.sampled_from(["low", "medium", "high", "critical"])),
        "category": draw(st.sampled_from(["Nettverk", "Skriver"])),
        "municipality": draw(st.sampled_from(["Molde", "Aukra"])),
        "is_alert": draw(st.sampled_from([False, False, False, True])),
    }


def _other(draw, case: dict, column: str) -> dict:
    values = {"type": ["incident", "request"], "priority": ["low", "critical"], "category": ["Nettverk", "Skriver"]}
    values |= {"municipality": ["Molde", "Aukra"], "is_alert": [False, True]}
    return case | {column: draw(st.sampled_from([value for value in values[column] if value != case[column]]))}


@st.composite
def edited(draw) -> tuple[dict | None, dict | None, str]:
    """A case before and after one edit, and the cause that the edit is."""
    case = draw(plain_cases())
    if case["created_at"] > THEN - pd.Timedelta(days=1):
        return case, case, "after_cut_off"
    created = case["created_at"]
    weeks_or_less = created + pd.Timedelta(minutes=draw(minutes))
    # Within the hour or after weeks, never between: what is between is another deadline's matter.
    early = case | {"resolved_at": weeks_or_less if weeks_or_less <= THEN else created + pd.Timedelta(hours=1)}
    again = st.none() | st.integers(1, 30 * 1440).map(lambda n: THEN + pd.Timedelta(minutes=n))
    earlier = {"created_at": created - pd.Timedelta(days=draw(st.integers(26, 60)))}
    weeks = created + pd.Timedelta(minutes=draw(minutes))
    edits = {
        "after_cut_off": (case, case),
        "deleted": (case, case | {"is_deleted": True}),
        "gone": (case, None),
        "registered_late": (None, case),
        "reclassified": (case, _other(draw, case, draw(st.sampled_from(["type", "priority", "category", "is_alert"])))),
        "moved": (case, _other(draw, case, "municipality")),
        "resolved_late": (case | {"resolved_at": None}, early),
        "imputed": (case, case | {"resolved_at": weeks, "resolved_at_imputed": True}),
        "reopened": (early, case | {"resolved_at": draw(again)}),
        "time_changed": draw(st.sampled_from([(case, case | earlier), (early, early | {"paused_minutes": 1e7})])),
    }
    cause = draw(st.sampled_from([*edits]))
    return *edits[cause], cause


def _expected(before: dict | None, after: dict | None, cause: str, number: tuple) -> str:
    """The edit, or that time passed: the case came, or was solved, after September's cut-off and within the month."""
    if cause in ("deleted", "gone", "registered_late"):
        return cause
    seen = known(before, THEN)
    if seen is None:
        return "after_cut_off"
    figure, _, month, _ = number
    solved = after["resolved_at"]
    by_resolution = figure not in ("tickets.created", "tickets.alerts")
    since = seen["resolved_at"] is None and solved is not None and THEN < solved < oslo("2024-10-01 00:00")
    return "after_cut_off" if by_resolution and since and month == "2024-09" else cause


def _numbered(drawn: list[tuple]) -> list[tuple]:
    """The drawn cases before and after, each pair with its own number, and what was drawn with them."""
    return [
        (*(case and case | {"ticket_id": str(n)} for case in (before, after)), more)
        for n, (before, after, more) in enumerate(drawn)
    ]


@given(st.lists(edited(), max_size=25))
def test_every_change_is_reported_by_the_edits_that_made_it(drawn):
    drawn = _numbered(drawn)
    expected: dict[tuple, Counter] = {}
    for before, after, edit in drawn:
        was, now = (
            numbers_of(case, *seen) if case else set()
            for case, seen in ((before, (THEN, THEIR_MONTHS)), (after, (NOW, THEIR_MONTHS)))
        )
        for number in was ^ now:
            change = 1 if number in now else -1
            expected.setdefault(number, Counter())[_expected(before, after, edit, number)] += change
    rows = _restated(*([case for case in cases if case] for cases in ([d[0] for d in drawn], [d[1] for d in drawn])))
    listed = _causes(rows)
    assert listed == {
        number: {cause: n for cause, n in causes.items() if n} for number, causes in expected.items() if causes.total()
    }
    assert rows.change.tolist() == [sum(causes.values()) for causes in listed.values()]


@given(st.lists(st.tuples(st.none() | plain_cases(), st.none() | plain_cases(), st.booleans()), max_size=25))
def test_causes_add_up_to_the_change_whatever_became_of_the_cases(drawn):
    drawn = _numbered(drawn)
    before = [case for case, _, _ in drawn if case]
    after = [case | {"resolved_at_imputed": flag} for _, case, flag in drawn if case]
    rows = _restated(before, after)
    assert (rows[CASE_CAUSES].sum(axis=1) == rows.change).all()
    assert (rows.rules == 0).all()
    assert (rows.change == rows.now - rows.published).all()
    assert (rows.change != 0).all()


def test_the_loops_see_every_kind_of_number():
    """Guards the oracle: a case of each kind is counted where the definitions say."""
    assert counts_in(PLAIN | SEPTEMBER, NOW, OUR_MONTHS) == {
        ("tickets.created", "2024-08"), ("tickets.resolved", "2024-09"), ("sla.breached", "2024-09"),
        ("backlog.open", "2024-08"),
    }  # fmt: skip
    assert counts_in(PLAIN | {"is_alert": True}, NOW, OUR_MONTHS) == {("tickets.alerts", "2024-08")}
    assert LABELS["incident"] == "Feilmelding"
