"""Times can be wrong: what cannot be, or comes long after all else in an extract, decides nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.terms.instants import newest_of, noting_what_is_to_come, possible, taken_at

DAYS = pd.Series(pd.date_range("2024-09-01", "2024-09-30", freq="12h", tz="Europe/Oslo"))
END = DAYS.iloc[-1]


def extract(*wrong: str | None, column: str = "resolved_at") -> pd.DataFrame:
    """A month of cases, each solved two days later by the month's end, but for the first ones' times as given."""
    solved = DAYS + pd.Timedelta(days=2)
    stamps = pd.DataFrame({"created_at": DAYS.copy(), "resolved_at": solved.where(solved <= END)})
    for n, text in enumerate(wrong):
        stamps.loc[n, column] = pd.Timestamp(text, tz="Europe/Oslo")
    return stamps


@pytest.mark.parametrize("column", ["created_at", "resolved_at"])
@pytest.mark.parametrize("wrong", ["2024-12-24", "2025-09-30"])
def test_an_event_later_than_its_extract_does_not_date_it(wrong, column):
    assert taken_at(extract(wrong, column=column), ["created_at"]) == END


def test_the_last_things_that_happened_date_an_extract():
    assert taken_at(extract("2024-10-02"), ["created_at"]) == pd.Timestamp("2024-10-02", tz="Europe/Oslo")
    assert taken_at(extract(*["2024-10-20"] * 10), ["created_at"]) == pd.Timestamp("2024-10-20", tz="Europe/Oslo")


def test_rare_cases_are_not_taken_for_wrong_ones():
    months = pd.Series(pd.date_range("2024-01-01", "2024-12-01", freq="45D", tz="Europe/Oslo"))
    assert taken_at(pd.DataFrame({"created_at": months}), ["created_at"]) == months.iloc[-1]


def test_dates_of_1970_and_of_the_future_are_none():
    texts = ["1970-01-01", "2042-01-01", "2024-09-02", None]
    for times in (pd.to_datetime(texts), pd.to_datetime(texts, utc=True)):
        assert possible(pd.Series(times)).notna().tolist() == [False, False, True, False]


def test_an_extract_of_which_few_rows_have_a_time_is_dated_by_those():
    seen = pd.Series(pd.to_datetime(["2024-09-01", "2024-09-02", "2024-09-03", *[None] * 97]))
    assert taken_at(pd.DataFrame({"last_seen_on": seen}), ["last_seen_on"]) == pd.Timestamp("2024-09-03")


def test_what_is_to_come_is_noted_where_somebody_asks():
    times = pd.Series(pd.to_datetime(["2024-01-01", "2091-01-01", "2090-01-01"]))
    with noting_what_is_to_come() as to_come:
        possible(times)
        possible(times.head(1))
    assert to_come == [pd.Timestamp("2090-01-01", tz="UTC")]
    possible(times)
    assert len(to_come) == 1


@pytest.mark.parametrize("zone", ["Europe/Oslo", None])
def test_the_newest_of_a_row_is_its_latest_known_time(zone):
    days = [pd.Timestamp(day, tz=zone) for day in ("1960-01-01", "2024-09-01", "2024-09-02")] + [pd.NaT]
    rows = [(first, other) for first in days for other in days]
    stamps = pd.DataFrame(rows, columns=["created_at", "closed_at"], index=range(7, 7 + len(rows)))
    expected = [max((day for day in row if pd.notna(day)), default=pd.NaT) for row in rows]
    expected = pd.Series(expected, index=stamps.index, name="created_at").astype(stamps["created_at"].dtype)
    pd.testing.assert_series_equal(newest_of(stamps), expected, check_dtype=False)
    pd.testing.assert_series_equal(newest_of(stamps[["closed_at"]]), stamps["closed_at"])


def test_times_are_copied_only_where_one_of_them_cannot_be():
    assert possible(DAYS) is DAYS
    nothing = DAYS.where(DAYS > END)
    assert possible(nothing) is nothing
