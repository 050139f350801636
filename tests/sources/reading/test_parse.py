"""Numbers, dates, instants and periods as Norwegian systems write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.sources.reading.parse import (
    UnclearSign,
    parse_accounting_period,
    parse_amount,
    parse_date,
    parse_instant,
    parse_integer,
    parse_time,
)

BLANKS = [" ", "\u00a0", "\u2009", "\u202f", "\u2007"]
SIGNS = {
    "leading": "-{}",
    "leading, apart": "- {}",
    "trailing": "{}-",
    "trailing, apart": "{} -",
    "brackets": "({})",
    "minus sign": "\u2212{}",
    "dash": "\u2013{}",
    "currency": "-{} kr",
    "currency before": "kr -{}",
}


def cells(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str")


def grouped(whole: int, sign: str) -> str:
    return f"{whole:,}".replace(",", sign)


@given(
    ore=st.integers(0, 10**14),
    group=st.sampled_from(["", ".", "'", *BLANKS]),
    minus=st.sampled_from([None, *SIGNS.values()]),
    padding=st.sampled_from(["", " ", "\u00a0"]),
)
def test_an_amount_written_the_norwegian_way_reads_as_itself(ore, group, minus, padding):
    amount = Decimal(ore) / 100
    text = f"{grouped(ore // 100, group)},{ore % 100:02d}"
    text = padding + (minus.format(text) if minus else text) + padding
    assert parse_amount(cells(text)).item() == float(-amount if minus else amount)


@given(ore=st.integers(0, 10**14), group=st.sampled_from(["", ",", " "]), minus=st.sampled_from(["{}", "-{}", "({})"]))
def test_an_amount_written_the_english_way_reads_as_itself_where_the_point_is_the_decimal_sign(ore, group, minus):
    text = minus.format(f"{grouped(ore // 100, group)}.{ore % 100:02d}")
    assert parse_amount(cells(text), ".").item() == float(Decimal(ore) / 100) * (1 if minus == "{}" else -1)


@given(whole=st.integers(-(10**12), 10**12), group=st.sampled_from(["", ".", *BLANKS]))
def test_whole_amounts_need_no_decimals(whole, group):
    assert parse_amount(cells(f"{grouped(whole, group)}")).item() == whole


@given(st.text(alphabet="0123456789.,-() '", min_size=1, max_size=12))
def test_what_is_read_is_never_another_number_than_its_digits_say(text):
    number = parse_amount(cells(text)).item()
    if pd.notna(number):
        whole, _, fraction = f"{abs(Decimal(repr(number))):f}".partition(".")
        digits = "".join(c for c in text if c.isdigit())
        assert digits.strip("0") == (whole + fraction).strip("0")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,50", 1234.5),
        ("1.234,50", 1234.5),
        ("-1 234,50", -1234.5),
        ("1 234,50-", -1234.5),
        ("(1 234,50)", -1234.5),
        ("1.234", 1234.0),
        ("12.5", 12.5),
        ("1234.50", 1234.5),
        ("0.125", 0.125),
        (",5", 0.5),
        ("1 234,-", 1234.0),
        ("+7", 7.0),
        ("Kr. 7", 7.0),
    ],
)
def test_known_ways_to_write_an_amount(text, number):
    assert parse_amount(cells(text)).item() == number


@pytest.mark.parametrize(
    "text",
    ["", "#####", "12 34", "1,234.50", "--5", "(-5)", "5-5", "1e5", "kr", "-", "()", "1.23.456", "0.123.456", "1,2,3"],
)
def test_what_is_no_amount_is_missing_rather_than_guessed(text):
    assert parse_amount(cells(text)).isna().item()


def test_a_missing_cell_is_a_missing_amount():
    assert parse_amount(cells(None)).isna().item()


def test_a_fraction_is_no_whole_number():
    assert parse_integer(cells("1 200", "1,5", None)).fillna(-1).tolist() == [1200, -1, -1]


@given(
    st.dates(dt.date(1954, 10, 4), dt.date(2099, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "serial", "unpadded", "%Y-%m-%dT00:00:00", "%d.%m.%Y 13:37"]),
)
def test_a_date_written_in_any_known_way_reads_as_itself(day, way):
    serial = (day - dt.date(1899, 12, 30)).days
    texts = {"serial": str(serial), "unpadded": f"{day.day}.{day.month}.{day.year}"}
    assert parse_date(cells(texts.get(way) or day.strftime(way))).item() == pd.Timestamp(day)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)))
def test_a_year_of_two_digits_is_of_this_age(day):
    assert parse_date(cells(day.strftime("%d.%m.%y"))).item() == pd.Timestamp(day)


@given(
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 12, 31)).map(lambda t: t.replace(microsecond=0)),
    st.sampled_from(["%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.0000000"]),
)
def test_a_time_written_in_any_known_way_reads_as_itself(time, way):
    assert parse_time(cells(time.strftime(way))).item() == pd.Timestamp(time)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "########",
        "31.02.2024",
        "2024-02-30",
        "202409",
        "2024",
        "20241301",
        "01/02/2024",
        "10000",
        "80000",
        "2024-9-1x",
    ],
)
def test_what_is_no_date_is_missing_rather_than_guessed(text):
    assert parse_date(cells(text)).isna().item()


def test_a_format_that_is_given_is_the_only_one_read():
    assert parse_date(cells("9/27/2024", "2024-09-27"), "%m/%d/%Y").isna().tolist() == [False, True]


def test_excel_keeps_the_time_of_day_in_the_fraction():
    assert parse_time(cells("45563,5")).item() == pd.Timestamp("2024-09-28 12:00")


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2037, 12, 31)).map(lambda t: t.replace(microsecond=0)))
def test_an_instant_with_an_offset_keeps_its_place_in_time(time):
    oslo = time.replace(tzinfo=dt.UTC).astimezone(ZoneInfo("Europe/Oslo"))
    texts = cells(time.strftime("%Y-%m-%dT%H:%M:%SZ"), oslo.isoformat(), oslo.isoformat(sep=" "))
    assert (parse_instant(texts) == pd.Timestamp(oslo)).all()


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("27.09.2024 12:00", "2024-09-27 10:00"),
        ("15.01.2024 12:00", "2024-01-15 11:00"),
        ("27.10.2024 02:30", "2024-10-27 00:30"),  # the first of the two half past two
        ("31.03.2024 02:30", "2024-03-31 01:00"),  # there is no half past two
    ],
)
def test_a_time_without_zone_is_oslo_time(local, utc):
    assert parse_instant(cells(local)).item() == pd.Timestamp(utc, tz="UTC")


def test_a_time_without_zone_is_read_in_the_zone_given():
    assert parse_instant(cells("2024-09-27 10:00"), zone="UTC").item() == pd.Timestamp(
        "2024-09-27 12:00", tz="Europe/Oslo"
    )


@given(
    st.integers(1990, 2099), st.integers(1, 13), st.sampled_from(["{}{:02d}", "{}-{:02d}", "{}{:02d}.00", "{}{:02d},0"])
)
def test_an_accounting_period_reads_as_itself(year, month, way):
    assert parse_accounting_period(cells(way.format(year, month))).item() == f"{year}-{month:02d}"


@pytest.mark.parametrize("text", ["202400", "202414", "2024", "31.01.2024", "24-01", "#####", ""])
def test_what_is_no_period_is_missing(text):
    assert parse_accounting_period(cells(text)).isna().item()


@pytest.mark.parametrize(
    ("column", "numbers"),
    [
        (["12.345", "8.5"], [12.345, 8.5]),
        (["1.234", "12,50"], [1234, 12.5]),
        (["1,234", "5,678.90"], [1234, 5678.9]),
        (["1,234", "-1,234,567"], [1234, -1234567]),
        (["1.234", "0,125"], [1234, 0.125]),
        (["1.234", "2 345,5-"], [1234, -2345.5]),
        (["1 234.567", "12.345"], [1234.567, 12.345]),
        (["12,5", "7.25"], [12.5, 7.25]),
        (["kr 1 234", "1234"], [1234, 1234]),
    ],
)
def test_the_decimal_sign_is_that_of_the_column(column, numbers):
    assert parse_amount(cells(*column), None).tolist() == numbers


@pytest.mark.parametrize("column", [["1.234"], ["5", "1,000"], ["(12.345)", "kr 1.000"], ["1.234", "12,5", "7.25"]])
def test_a_column_that_can_be_read_both_ways_is_refused(column):
    with pytest.raises(UnclearSign, match=r"can be .* Remedy: say with decimal_sign"):
        parse_amount(cells(*column), None)


def test_a_column_that_says_another_sign_than_the_settings_is_refused_where_it_matters():
    assert parse_amount(cells("8.5"), ",").item() == 8.5
    with pytest.raises(UnclearSign, match=r"the column has 8\.5 and decimal_sign says ,"):
        parse_amount(cells("12.345", "8.5"), ",")


def test_whole_numbers_say_by_their_digits_that_a_sign_groups_thousands():
    assert parse_integer(cells("1,234", "1,000"), None).tolist() == [1234, 1000]
    assert parse_integer(cells("1,000"), ".").tolist() == [1000]
    for unclear in (["1,000"], ["1,234", "1.234"]):
        with pytest.raises(UnclearSign):
            parse_integer(cells(*unclear), None)


def test_rows_without_any_text_are_read_as_missing():
    blank = pd.Series([None, None], dtype="str")
    for parse in (parse_amount, parse_integer, parse_date, parse_time, parse_instant, parse_accounting_period):
        assert parse(blank).isna().all()
        assert len(parse(blank.iloc[:0])) == 0


@pytest.mark.parametrize("text", ["2٣", "2٣,50", "1 ٣00", "٤٥٤٣٢", "2３", "2²"])
def test_a_digit_of_another_script_among_ours_is_no_number(text):
    cells = pd.Series([text, "5", None], dtype="str")
    for read in (parse_amount, parse_integer, parse_date, parse_instant, parse_accounting_period):
        assert read(cells).isna().iloc[0]
    assert parse_amount(cells).iloc[1] == 5


@pytest.mark.parametrize("text", ["2٣.1.2024", "٢٣.01.2024", "2024-01-2٣", "2٠24-01"])
def test_a_digit_of_another_script_among_ours_is_no_date(text):
    cells = pd.Series([text], dtype="str")
    assert all(read(cells).isna().all() for read in (parse_date, parse_instant, parse_accounting_period))


@pytest.mark.parametrize("digits", [16, 30, 400, 5000])
def test_a_whole_number_too_large_to_be_exact_is_missing(digits):
    assert parse_integer(pd.Series(["9" * digits, "7"], dtype="str")).fillna(-1).tolist() == [-1, 7]
