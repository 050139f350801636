"""Postings → NOK per line and month: against a loop, and each rule by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_postings
from hypothesis import given
from hypothesis import strategies as st
from ledgers import history_until, months_until
from pandas.testing import assert_frame_equal

from rorikt_lib.ledger.forecast.history import (
    by_month,
    complete_years,
    count_from,
    fiscal_periods,
    for_lines,
    known_at,
    last_year,
    this_year,
)

NAN = float("nan")


def _booked(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return by_month(
        make_postings(*({"line": line, "period": period, "amount_nok": nok} for line, period, nok in rows)),
        "line",
    )


def _year(year: int, line: str = "A", lacks: str = "") -> list[tuple[str, str, float]]:
    return [(line, month, 1.0) for month in months_until(f"{year}-12", 12) if month != lacks]


def test_postings_of_a_line_and_month_are_summed():
    table = _booked(("A", "2024-01", 10), ("A", "2024-01", -4), ("A", "2024-02", 1), ("B", "2024-01", 7))
    assert table.loc["A"].to_dict() == {"2024-01": 6, "2024-02": 1}
    assert table.loc["B"].to_dict() == {"2024-01": 7, "2024-02": 0}


def test_a_month_that_no_line_has_is_missing_and_not_zero():
    table = _booked(("A", "2023-11", 10), ("B", "2024-02", 7))
    assert table.columns.tolist() == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert table[["2023-12", "2024-01"]].isna().all(axis=None)


def test_a_line_without_postings_in_a_month_that_others_have_is_zero():
    table = _booked(("A", "2023-11", 10), ("B", "2024-02", 7))
    assert table[["2023-11", "2024-02"]].to_numpy().tolist() == [[10, 0], [0, 7]]


def test_a_month_of_postings_that_cancel_out_is_zero_and_not_missing():
    assert _booked(("A", "2024-01", 5), ("A", "2024-01", -5), ("A", "2024-02", 1)).loc["A", "2024-01"] == 0


def test_closing_entries_count_in_december_of_their_year():
    table = _booked(("A", "2023-12", 10), ("A", "2023-13", 3), ("A", "2024-01", 1))
    assert table.loc["A"].to_dict() == {"2023-12": 13, "2024-01": 1}


def test_the_thirteenth_year_of_a_century_is_no_closing_entry():
    assert _booked(("A", "2013-01", 10), ("A", "2013-02", 3)).columns.tolist() == ["2013-01", "2013-02"]


def test_postings_without_a_line_are_left_out_and_their_months_are_not_known():
    postings = make_postings({"period": "2024-01"}, {"period": "2024-03"}, {"period": "2024-02"}, {"period": "2024-05"})
    lines = pd.Series(["A", "A", None, None], dtype="str")
    table = by_month(postings.assign(line=lines), "line")
    assert table.index.tolist() == ["A"]
    assert table.columns.tolist() == ["2024-01", "2024-02", "2024-03"]
    assert table.loc["A"].isna().tolist() == [False, True, False]


def test_no_postings_at_all_are_no_lines_and_no_months():
    table = by_month(make_postings(), "line")
    assert table.shape == (0, 0)
    assert complete_years(table) == []
    assert known_at(table, "2024-09").shape == (0, 0)


drawn = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.tuples(st.integers(2022, 2024), st.integers(1, 13)).map(lambda p: f"{p[0]}-{p[1]:02d}"),
        st.integers(-(10**8), 10**8).map(lambda n: n / 100),
    ),
    min_size=1,
    max_size=15,
)


@given(drawn, st.randoms())
def test_the_history_agrees_with_a_loop_whatever_the_order(rows, random):
    sums: dict[tuple[str, str], float] = {}
    for line, period, nok in rows:
        key = (line, f"{period[:4]}-{min(int(period[5:]), 12):02d}")
        sums[key] = sums.get(key, 0.0) + nok
    known = {month for _, month in sums}
    year_month = [(y, m) for y in range(2022, 2025) for m in range(1, 13)]
    months = [f"{y}-{m:02d}" for y, m in year_month if min(known) <= f"{y}-{m:02d}" <= max(known)]
    table = _booked(*rows)
    assert table.columns.tolist() == months
    assert table.index.tolist() == sorted({line for line, _ in sums})
    for line in table.index:
        for month in months:
            expected = sums.get((line, month), 0.0) if month in known else NAN
            assert table.loc[line, month] == pytest.approx(expected, abs=1e-6, nan_ok=True)
    random.shuffle(rows)
    assert_frame_equal(_booked(*rows), table)


def test_just_the_lines_asked_for_come_in_their_order_and_a_line_without_postings_is_zero():
    table = for_lines(_booked(("A", "2024-01", 10), ("B", "2024-02", 7), ("C", "2024-02", 1)), ["B", "new", "A"])
    assert table.index.tolist() == ["B", "new", "A"]
    assert table.to_numpy().tolist() == [[0, 7], [0, 0], [10, 0]]


def test_a_missing_month_stays_missing_for_the_lines_asked_for():
    table = for_lines(_booked(("A", "2024-01", 10), ("A", "2024-03", 7)), ["new", "A"])
    assert table.isna().to_numpy().tolist() == [[False, True, False]] * 2


def test_a_year_is_complete_when_every_month_has_postings_of_some_line():
    halves = [row for row in _year(2023, "A") if row[1] < "2023-07"] + [
        row for row in _year(2023, "B") if row[1] >= "2023-07"
    ]
    assert complete_years(_booked(*halves)) == [2023]


@pytest.mark.parametrize("lacks", ["2023-01", "2023-06", "2023-12"])
def test_a_year_that_lacks_a_month_is_not_complete(lacks):
    assert complete_years(_booked(*_year(2022), *_year(2023, lacks=lacks), *_year(2024))) == [2022, 2024]


def test_a_december_of_closing_entries_alone_completes_its_year():
    assert complete_years(_booked(*_year(2023, lacks="2023-12"), ("A", "2023-13", 1))) == [2023]


def test_complete_years_come_oldest_first_and_the_running_year_is_not_one():
    rows = [*_year(2024)[:9], *_year(2023), *_year(2021), *_year(2022)]
    assert complete_years(_booked(*rows)) == [2021, 2022, 2023]


def test_what_is_known_at_a_month_ends_with_it():
    table = history_until("2024-04", A=[1, 2, 3, 4], B=[5, 6, 7, 8])
    assert known_at(table, "2024-02").columns.tolist() == ["2024-01", "2024-02"]
    assert known_at(table, "2024-02").to_numpy().tolist() == [[1, 2], [5, 6]]


def test_a_missing_month_is_put_halfway_between_its_neighbours():
    table = known_at(history_until("2024-03", A=[10, NAN, 30], B=[0, NAN, -8]), "2024-03")
    assert table["2024-02"].to_dict() == {"A": 20, "B": -4}


def test_missing_months_on_end_go_evenly_from_one_neighbour_to_the_other():
    table = known_at(history_until("2024-05", A=[10, NAN, NAN, NAN, 30]), "2024-05")
    assert table.loc["A"].tolist() == [10, 15, 20, 25, 30]


def test_leading_missing_months_are_dropped():
    table = known_at(history_until("2024-04", A=[NAN, NAN, 3, 4]), "2024-04")
    assert table.columns.tolist() == ["2024-03", "2024-04"]


def test_a_missing_month_is_not_filled_from_a_month_after_the_one_known():
    table = history_until("2024-04", A=[1, 2, NAN, 9])
    assert known_at(table, "2024-03").columns.tolist() == ["2024-01", "2024-02"]


amounts = st.floats(-1e6, 1e6) | st.just(NAN)


@given(st.lists(amounts, min_size=12, max_size=12), st.lists(amounts, min_size=12, max_size=12), st.integers(1, 12))
def test_what_is_known_at_a_month_looks_at_nothing_later(one, other, known):
    month = f"2024-{known:02d}"
    first, second = (history_until("2024-12", A=one[:known] + rest[known:]) for rest in (one, other))
    cut = first.loc[:, :month]
    assert_frame_equal(known_at(first, month), known_at(second, month))
    assert_frame_equal(known_at(first, month), known_at(cut, month))


@pytest.mark.parametrize(("end", "expected"), [("2024-01", 1), ("2024-03", 111), ("2024-12", 111_111_111_111)])
def test_this_year_is_from_january_to_the_last_month_known(end, expected):
    known = int(end[5:])
    table = history_until(end, A=[5e12] * 12 + [10**n for n in range(known)])
    assert this_year(table, 12 - known)["A"] == expected


def test_the_last_twelve_months_begin_with_the_coming_months_predecessors():
    table = history_until("2024-09", A=range(20), B=range(100, 120))
    assert last_year(table).tolist() == [list(range(8, 20)), list(range(108, 120))]
    assert table.columns[8] == "2023-10"


def _periods(*periods: str) -> pd.Series:
    return pd.Series(periods, dtype="str")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (1, ["2023-12", "2023-13", "2024-01", "2024-03", "2024-04"]),
        (4, ["2023-09", "2023-09", "2023-10", "2023-12", "2024-01"]),
        (7, ["2023-06", "2023-06", "2023-07", "2023-09", "2023-10"]),
        (12, ["2023-01", "2023-01", "2023-02", "2023-04", "2023-05"]),
    ],
)
def test_a_fiscal_year_begins_in_its_month_and_has_the_number_of_the_year_it_starts_in(start, expected):
    periods = _periods("2023-12", "2023-13", "2024-01", "2024-03", "2024-04")
    assert fiscal_periods(periods, start).tolist() == expected


@pytest.mark.parametrize(
    ("period", "posted", "start", "expected"),
    [
        ("2024-01", "2024-04-15", 4, True),
        ("2024-12", "2025-03-31", 4, True),
        ("2025-01", "2024-04-15", 4, True),
        ("2024-13", "2025-03-31", 4, True),
        ("2024-04", "2024-04-15", 4, False),
        ("2024-01", "2024-01-15", 1, False),
    ],
)
def test_periods_count_from_the_fiscal_start_where_the_dates_say_so(period, posted, start, expected):
    assert count_from(_periods(period), pd.Series(pd.to_datetime([posted])), start) is expected


@pytest.mark.parametrize(("agree", "expected"), [(0, False), (2, False), (3, True), (4, True)])
def test_periods_count_from_the_fiscal_start_where_most_of_the_dated_postings_do(agree, expected):
    dates = ["2024-04-15"] * agree + ["2024-01-15"] * (4 - agree) + [None]
    assert count_from(_periods(*["2024-01"] * 5), pd.Series(pd.to_datetime(dates)), 4) is expected


def test_without_dates_periods_are_taken_for_calendar_months():
    assert count_from(_periods("2024-01"), pd.Series(pd.to_datetime([None])), 4) is False


def test_no_argument_is_edited():
    postings = make_postings({}, {"period": "2024-13"})
    table = history_until("2024-03", A=[10, NAN, 30])
    kept = postings.copy(deep=True), table.copy(deep=True)
    by_month(postings, "line")
    known_at(table, "2024-03"), for_lines(table, ["B"]), this_year(table, 9)
    assert_frame_equal(postings, kept[0])
    assert_frame_equal(table, kept[1])
