"""Created, resolved and open cases: by hand, and against loops over the cases with plain dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import example, given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.cases import as_of
from rorikt_lib.tickets.volume import (
    all_types,
    created_by,
    created_by_month,
    created_per_category,
    created_per_municipality,
    flow,
    imputed_by_month,
    month_end,
    old_cases,
    open_by_age,
    open_by_municipality,
)

OSLO = ZoneInfo("Europe/Oslo")
MUNICIPALITIES = demo_settings().municipalities
MONTHS = ["2024-06", "2024-07", "2024-08", "2024-09"]
CUT_OFF = oslo("2024-09-27 12:00")

START = dt.datetime(2024, 5, 20, tzinfo=dt.UTC)


@st.composite
def cases(draw):
    """A case created some time from May to October 2024, open or solved up to two months later."""
    created = START + dt.timedelta(minutes=draw(st.integers(0, 150 * 1440)))
    took = draw(st.none() | st.integers(0, 60 * 1440))
    return {
        "created_at": pd.Timestamp(created).tz_convert("Europe/Oslo"),
        "resolved_at": None
        if took is None
        else pd.Timestamp(created + dt.timedelta(minutes=took)).tz_convert("Europe/Oslo"),
        "type": draw(st.sampled_from(["incident", "request"])),
        "municipality": draw(st.sampled_from(["Molde", "Aukra", "Annensteds", None])),
        "category": draw(st.sampled_from(["Nettverk", "Skriver", None])),
        "is_alert": draw(st.sampled_from([False, False, True])),
        "is_deleted": draw(st.sampled_from([False, False, True])),
    }


many = st.lists(cases(), max_size=30)


def _counted(drawn: list[dict]) -> list[dict]:
    known = [c for c in drawn if c["created_at"] <= CUT_OFF and not c["is_deleted"] and not c["is_alert"]]
    later = [c["resolved_at"] is not None and c["resolved_at"] > CUT_OFF for c in known]
    return [c | {"resolved_at": None} if late else c for c, late in zip(known, later, strict=True)]


def _local_month(instant: pd.Timestamp) -> str:
    return f"{instant.to_pydatetime().astimezone(OSLO):%Y-%m}"


def _known(rows: list[dict]) -> pd.DataFrame:
    return as_of(make_tickets(*rows), CUT_OFF)


@given(many)
def test_the_flow_agrees_with_a_loop_over_the_cases(drawn):
    counted = _counted(drawn)
    ends = [dt.datetime(2024, n, 1, tzinfo=OSLO) for n in (7, 8, 9)] + [CUT_OFF.to_pydatetime()]
    table = flow(_known(drawn), MONTHS, CUT_OFF).set_index(["month", "type"])
    for month, end in zip(MONTHS, ends, strict=True):
        for kind in ("incident", "request"):
            of_type = [c for c in counted if c["type"] == kind]
            row = table.loc[month, kind]
            assert row.created == sum(_local_month(c["created_at"]) == month for c in of_type)
            solved = [c["resolved_at"] for c in of_type if c["resolved_at"] is not None]
            assert row.resolved == sum(_local_month(at) == month for at in solved)

            def before(instant, end=end, is_last=month == MONTHS[-1]):
                return instant <= end if is_last else instant < end

            assert row.open == sum(before(c["created_at"]) for c in of_type) - sum(before(at) for at in solved)


@given(many)
def test_created_less_resolved_is_the_change_in_open(drawn):
    table = flow(_known(drawn), MONTHS, CUT_OFF)
    for _, rows in table.groupby("type"):
        change = rows.open.diff()[1:]
        assert change.tolist() == (rows.created - rows.resolved)[1:].tolist()


@given(many, st.randoms())
def test_no_count_depends_on_the_order_of_the_cases(drawn, random):
    shuffled = [*drawn]
    random.shuffle(shuffled)
    one, other = _known(drawn), _known(shuffled)
    assert_frame_equal(flow(one, MONTHS, CUT_OFF), flow(other, MONTHS, CUT_OFF))
    assert_frame_equal(open_by_age(one, CUT_OFF), open_by_age(other, CUT_OFF))
    assert_frame_equal(created_by(one, "category", MONTHS), created_by(other, "category", MONTHS))


@given(many)
def test_every_way_of_counting_adds_up_to_the_same_cases(drawn):
    known, counted = _known(drawn), _counted(drawn)
    by_month = created_by_month(known, MONTHS).set_index("month")
    expected = Counter(_local_month(c["created_at"]) for c in counted)
    assert by_month.created.to_dict() == {m: expected[m] for m in MONTHS}
    flows = flow(known, MONTHS, CUT_OFF)
    assert flows.groupby("month").created.sum().to_dict() == by_month.created.to_dict()
    for column in ("category", "municipality"):
        parts = created_by(known, column, MONTHS).groupby("month").created.sum().reindex(MONTHS, fill_value=0)
        assert parts.to_dict() == by_month.created.to_dict()
    places = created_per_municipality(known, "2024-09", MUNICIPALITIES)
    assert places.created.sum() == by_month.created["2024-09"]
    last = flows[flows.month == "2024-09"].set_index("type").open
    assert open_by_age(known, CUT_OFF).groupby("type").open.sum().to_dict() == last.to_dict()


def test_alerts_are_counted_apart_and_deleted_cases_nowhere():
    rows = [{}, {"is_alert": True}, {"is_alert": True}, {"is_deleted": True}, {"is_alert": True, "is_deleted": True}]
    known = _known(rows)
    assert created_by_month(known, ["2024-08", "2024-09"]).to_dict("list") == {
        "month": ["2024-08", "2024-09"], "created": [0, 1], "alerts": [0, 2],
    }  # fmt: skip
    table = flow(known, ["2024-09"], CUT_OFF)
    assert (table.created.sum(), table.open.sum()) == (1, 1)
    assert created_by(known, "category", ["2024-09"]).created.sum() == 1
    assert open_by_age(known, CUT_OFF).open.sum() == 1


def test_a_case_resolved_at_the_very_last_instant_of_the_month_is_not_open():
    end = month_end("2024-08")
    tickets = make_tickets(
        {"created_at": "2024-08-01 08:00", "resolved_at": end},
        {"created_at": "2024-08-01 08:00", "resolved_at": end + pd.Timedelta(microseconds=1)},
        {"created_at": end},
        {"created_at": end + pd.Timedelta(microseconds=1)},
    )
    table = flow(as_of(tickets, CUT_OFF), ["2024-08", "2024-09"], CUT_OFF)
    incidents = table[table.type == "incident"].set_index("month")
    assert incidents.open.to_dict() == {"2024-08": 2, "2024-09": 2}
    assert incidents.created.to_dict() == {"2024-08": 3, "2024-09": 1}
    assert incidents.resolved.to_dict() == {"2024-08": 1, "2024-09": 1}


def test_the_last_month_ends_at_the_cut_off_and_carries_its_date():
    table = flow(_known([]), ["2024-08", "2024-09"], CUT_OFF)
    assert table.date.unique().tolist() == [dt.date(2024, 8, 31), dt.date(2024, 9, 27)]


def test_what_happened_between_cut_off_and_month_end_is_not_counted():
    known = _known(
        [
            {"resolved_at": "2024-09-27 12:00"},
            {"resolved_at": "2024-09-27 12:00:01"},
            {"created_at": "2024-09-28 08:00"},
        ]
    )
    row = flow(known, ["2024-09"], CUT_OFF).iloc[0]
    assert (row.created, row.resolved, row.open) == (2, 1, 1)


def test_a_closed_case_without_resolved_time_is_open_until_the_day_it_was_closed():
    """The sources put the closing time in the place of the missing resolved time and flag it."""
    case = {"created_at": "2024-07-01 08:00", "status": "closed", "resolved_at_imputed": True}
    closed = {"closed_at": "2024-08-15 12:00", "resolved_at": "2024-08-15 12:00"}
    table = flow(_known([case | closed]), MONTHS, CUT_OFF)
    assert table[table.type == "incident"].open.tolist() == [0, 1, 0, 0]


def test_the_month_end_follows_daylight_saving():
    assert month_end("2024-03").isoformat() == "2024-03-31T23:59:59.999999+02:00"
    assert month_end("2024-10").isoformat() == "2024-10-31T23:59:59.999999+01:00"
    assert month_end("2024-12").isoformat() == "2024-12-31T23:59:59.999999+01:00"


@pytest.mark.parametrize(
    ("created", "band"),
    [
        ("2024-09-27 12:00:00", "0-7"),
        ("2024-09-20 12:00:00", "0-7"),
        ("2024-09-20 11:59:59", "7-30"),
        ("2024-08-28 12:00:00", "7-30"),
        ("2024-08-28 11:59:59", "30-90"),
        ("2024-06-29 12:00:00", "30-90"),
        ("2024-06-29 11:59:59", "90-365"),
        ("2023-09-28 12:00:00", "90-365"),  # 365 days before, over a leap day
        ("2023-09-28 11:59:59", "365-"),
    ],
)
def test_a_case_of_exactly_so_many_days_belongs_to_the_younger_band(created, band):
    table = open_by_age(_known([{"created_at": created}]), CUT_OFF)
    assert table[table.open > 0][["age_days", "type", "open"]].to_numpy().tolist() == [[band, "incident", 1]]


def test_every_band_and_type_has_its_row_youngest_first():
    table = open_by_age(_known([]), CUT_OFF)
    assert table.age_days.drop_duplicates().tolist() == ["0-7", "7-30", "30-90", "90-365", "365-"]
    assert len(table) == 10
    assert table.open.sum() == 0


@given(many)
def test_old_cases_are_those_open_for_more_than_90_days_by_type_and_in_all(drawn):
    still_open = [c for c in _counted(drawn) if c["resolved_at"] is None or c["resolved_at"] > CUT_OFF]
    old = [c for c in still_open if CUT_OFF - c["created_at"] > pd.Timedelta(days=90)]
    table = old_cases(open_by_age(_known(drawn), CUT_OFF))
    assert table[["type", "total"]].fillna("").to_numpy().tolist() == [["incident", ""], ["request", ""], ["", "total"]]
    for row, kinds in zip(table.itertuples(), (["incident"], ["request"], ["incident", "request"]), strict=True):
        counts = [sum(c["type"] in kinds for c in cases) for cases in (still_open, old)]
        assert [row.open, row.open_old] == counts
        assert row.old_share == pytest.approx(counts[1] / counts[0]) if counts[0] else pd.isna(row.old_share)


@given(many)
def test_the_flow_of_all_types_is_that_of_both_together(drawn):
    table = flow(_known(drawn), MONTHS, CUT_OFF)
    assert (table.net_inflow == table.created - table.resolved).all()
    both = all_types(table).set_index("month")
    assert both.index.tolist() == MONTHS
    for name in ("created", "resolved", "open", "net_inflow"):
        assert both[name].to_dict() == table.groupby("month")[name].sum().to_dict()


def test_categories_stand_by_their_count_in_the_last_month_and_unknown_ones_count():
    august, september = {"created_at": "2024-08-05 08:00"}, {"created_at": "2024-09-05 08:00"}
    known = _known(
        [
            *[august | {"category": "Skriver"}] * 3,
            september | {"category": "Skriver"},
            *[september | {"category": "Nettverk"}] * 2,
            *[september | {"category": None}] * 3,
            {"created_at": "2024-07-05 08:00", "category": "Gammel"},
        ]
    )
    table = created_by(known, "category", ["2023-09", "2024-08", "2024-09"])
    assert table.to_numpy().tolist() == [
        ["unknown", "2023-09", 0], ["unknown", "2024-08", 0], ["unknown", "2024-09", 3],
        ["Nettverk", "2023-09", 0], ["Nettverk", "2024-08", 0], ["Nettverk", "2024-09", 2],
        ["Skriver", "2023-09", 0], ["Skriver", "2024-08", 3], ["Skriver", "2024-09", 1],
    ]  # fmt: skip


def test_months_without_cases_are_nothing_created_and_keep_their_row():
    assert created_by_month(_known([]), MONTHS).created.tolist() == [0, 0, 0, 0]
    assert flow(_known([]), MONTHS, CUT_OFF)[["created", "resolved", "open"]].to_numpy().sum() == 0
    assert created_by(_known([]), "category", MONTHS).empty


def test_per_municipality_shares_add_up_and_the_unknown_place_has_a_row_of_its_own():
    known = _known([{}, {}, {"municipality": "Aukra"}, {"municipality": None}, {"created_at": "2024-08-05 08:00"}])
    table = created_per_municipality(known, "2024-09", MUNICIPALITIES).set_index("municipality")
    assert table.index.tolist() == ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes", "unknown"]
    assert table.created.tolist() == [1, 0, 2, 0, 0, 1]
    assert table.share.tolist() == [0.25, 0, 0.5, 0, 0, 0.25]
    users = {m.name: m.users for m in MUNICIPALITIES}
    assert table.per_100_users["Molde"] == pytest.approx(2 / users["Molde"] * 100)
    assert table.per_100_users["Aukra"] == pytest.approx(1 / users["Aukra"] * 100)
    assert pd.isna(table.per_100_users["unknown"])


def test_a_municipality_whose_names_nobody_mapped_is_unknown_and_not_0():
    known = _known([{}, {"municipality": "Aukra", "created_at": "2024-08-05 08:00"}, {"municipality": None}])
    table = created_per_municipality(known, "2024-09", MUNICIPALITIES, has_unmapped=True).set_index("municipality")
    assert table.created[["Molde", "Aukra", "unknown"]].tolist() == [1, 0, 1]
    assert table.loc[["Hustadvika", "Rauma", "Vestnes"]].isna().all(axis=None)


def test_without_unknown_places_there_is_no_row_for_them():
    assert "unknown" not in set(created_per_municipality(_known([{}]), "2024-09", MUNICIPALITIES).municipality)


def test_the_shares_of_a_month_without_cases_are_missing():
    table = created_per_municipality(_known([]), "2024-09", MUNICIPALITIES)
    assert (table.created == 0).all()
    assert table.share.isna().all()


def _created(category: str | None, *months: str, **more) -> list[dict]:
    return [{"category": category, "created_at": f"{month}-02 08:00"} | more for month in months]


COMPARED = [
    *_created("Nett", "2023-09", "2024-08", "2024-08", "2024-09", "2024-09", "2024-09"),
    *_created("Skriver", "2023-09", "2023-09"), *_created(None, "2024-09"), *_created("Nett", "2024-09", is_alert=True),
]  # fmt: skip


def test_categories_are_compared_with_the_month_before_and_the_same_month_last_year():
    table = created_per_category(_known(COMPARED), "2024-09", MUNICIPALITIES).set_index("category")
    assert table[["created", "change_month", "change_year"]].T.to_dict("list") == {
        "Nett": [3, 1, 2], "unknown": [1, 1, 1], "Skriver": [0, 0, -2],
    }  # fmt: skip
    assert table.share.tolist() == [0.75, 0.25, 0.0]
    assert table.per_100_users["Nett"] == pytest.approx(300 / sum(m.users for m in MUNICIPALITIES))


def test_a_month_before_the_first_case_is_compared_with_nothing():
    table = created_per_category(_known(_created("Nett", "2024-08", "2024-09")), "2024-09", MUNICIPALITIES)
    assert (table.change_month.tolist(), table.change_year.isna().tolist()) == ([0], [True])
    places = created_per_municipality(_known(_created("Nett", "2024-08", "2024-09")), "2024-09", MUNICIPALITIES)
    assert places.set_index("municipality").change_month.to_dict() == dict.fromkeys(places.municipality, 0)
    assert places.change_year.isna().all()


def test_a_municipality_that_left_has_a_row_while_its_cases_are_compared_with():
    left = [m.model_copy(update={"left": "2024-09" if m.name == "Molde" else None}) for m in MUNICIPALITIES]
    with_cases, without = (
        created_per_municipality(_known([{"municipality": "Aukra"}, *more]), "2024-09", left).set_index("municipality")
        for more in (_created("Nett", "2024-08"), [])
    )
    assert with_cases.loc["Molde", ["created", "change_month"]].tolist() == [0, -1]
    assert "Molde" not in without.index
    assert created_per_category(_known([{}]), "2024-09", left).per_100_users.tolist() == [
        pytest.approx(100 / sum(m.users for m in MUNICIPALITIES if m.name != "Molde"))
    ]


def test_a_municipality_that_joins_has_a_row_from_then_on_and_is_compared_with_no_month_before():
    joined = [m.model_copy(update={"joined": "2024-08" if m.name == "Molde" else None}) for m in MUNICIPALITIES]
    created = {"Aukra": ["2023-07", "2023-08", "2024-07", "2024-08", "2024-09"], "Molde": ["2024-08", *["2024-09"] * 2]}
    cases = _known([{"municipality": m, "created_at": f"{t}-02 08:00"} for m, times in created.items() for t in times])
    before, then, after = (
        created_per_municipality(cases, month, joined).set_index("municipality")
        for month in ("2024-07", "2024-08", "2024-09")
    )
    assert "Molde" not in before.index
    assert then.loc["Molde", "created"] == 1
    assert then.loc["Molde", ["change_month", "change_year"]].isna().all()
    assert then.loc["Aukra", ["created", "change_month", "change_year"]].tolist() == [1, 0, 0]
    assert after.loc["Molde", ["created", "change_month"]].tolist() == [2, 1]
    others = sum(m.users for m in MUNICIPALITIES if m.name != "Molde")
    rates = [created_per_category(cases, month, joined).per_100_users.iloc[0] for month in ("2024-07", "2024-08")]
    assert rates == pytest.approx([100 / others, 200 / sum(m.users for m in MUNICIPALITIES)])


@given(
    st.lists(
        st.tuples(st.sampled_from(["Molde", "Aukra", None]), st.booleans(), st.integers(86, 94), st.booleans()),
        max_size=25,
    )
)
@example([("Molde", True, 90, False), ("Molde", True, 89, False)])
def test_open_cases_per_municipality_agree_with_a_loop(given_cases):
    rows = [
        {"municipality": place, "type": "incident" if is_incident else "request", "created_at": CUT_OFF - pd.Timedelta(days=days, minutes=1)}
        | ({"resolved_at": CUT_OFF} if is_solved else {})
        for place, is_incident, days, is_solved in given_cases
    ]  # fmt: skip
    expected = {}
    for place, is_incident, days, is_solved in given_cases:
        if not is_solved:
            counts = expected.setdefault(place or "unknown", [0, 0, 0, 0])
            counts[0 if is_incident else 1] += 1
            counts[2] += 1
            counts[3] += days >= 90
    table = open_by_municipality(_known(rows), CUT_OFF)
    names = ["open_incidents", "open_requests", "open", "open_old"]
    assert {row["municipality"]: [row[n] for n in names] for row in table.to_dict("records")} == expected
    assert table.open.is_monotonic_decreasing


def test_only_peoples_cases_that_were_closed_without_a_time_count_as_imputed():
    solved = {"resolved_at": "2024-08-03 09:00", "created_at": "2024-08-02 08:00"}
    rows = [
        solved,
        solved | {"resolved_at_imputed": True},
        solved | {"resolved_at_imputed": True, "is_alert": True},
        {},
    ]
    table = imputed_by_month(_known(rows), ["2024-07", "2024-08"])
    assert table.to_dict("list") == {"month": ["2024-07", "2024-08"], "resolved": [0, 2], "imputed": [0, 1]}
