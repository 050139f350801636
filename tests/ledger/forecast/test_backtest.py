"""The forecast tried on earlier years: nothing later leaks in, and every number is recomputed by other means."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from ledgers import history_until, months_until, noisy, postings_of, to_try
from pandas.testing import assert_frame_equal

from rorikt_lib.errors import InputError
from rorikt_lib.ledger.forecast import methods
from rorikt_lib.ledger.forecast.backtest import (
    backtest,
    lines_to_try,
    summary,
    summary_of_sum,
    years_to_try,
)
from rorikt_lib.ledger.forecast.choose import forecast
from rorikt_lib.ledger.forecast.history import by_month
from rorikt_lib.ledger.forecast.outlook import outlook, past_outlooks

pytestmark = pytest.mark.deep

METHODS = [
    "chosen", "run_rate", "last_year_remainder", "three_year_remainder", "last_year_phasing", "three_year_phasing",
    "steady", "quiet", "calendar", "commitments", "damped_trend", "damped_trend_and_season",
]  # fmt: skip
KEYS = ["line", "year", "known_months", "method"]
HISTORY = noisy("2023-12", 60, lines=2)


@pytest.fixture(scope="module")
def trials() -> pd.DataFrame:
    """The history tried in the years it can be: 2021 to 2023."""
    return backtest(to_try(HISTORY))


def _changed(history: pd.DataFrame, begin: str, end: str, times: float) -> pd.DataFrame:
    is_within = (history.columns >= begin) & (history.columns <= end)
    return history.mul(np.where(is_within, times, 1.0), axis=1)


def _rows(trials: pd.DataFrame, **given) -> pd.DataFrame:
    for name, value in given.items():
        trials = trials[trials[name] == value]
    return trials.reset_index(drop=True)


@pytest.mark.deep
def test_a_trial_has_one_row_per_line_year_known_months_and_method(trials):
    expected = {
        (line, year, known, method)
        for year in (2021, 2022, 2023)
        for known in (3, 6, 9)
        for line in ("line 0", "line 1", "SUM")
        for method in METHODS
    }
    assert sorted(trials[KEYS].itertuples(index=False, name=None)) == sorted(expected)
    assert trials[["forecast_nok", "actual_nok"]].notna().all(axis=None)
    assert (trials.low_nok.notna() == (trials.method == "chosen")).all()


def test_the_actual_is_the_whole_year_as_booked(trials):
    yearly = HISTORY.T.groupby(HISTORY.columns.str[:4]).sum().T
    for row in trials.itertuples():
        of_lines = yearly[str(row.year)]
        assert row.actual_nok == pytest.approx(of_lines.sum() if row.line == "SUM" else of_lines[row.line])


def test_the_chosen_forecast_is_what_would_have_been_said_from_the_ledger_as_it_stood(trials):
    for year, known in [(2021, 3), (2022, 9), (2023, 6)]:
        month = f"{year}-{known:02d}"
        postings = postings_of(HISTORY.loc[:, :month])
        booked = by_month(postings, "line")
        then = forecast(outlook(booked, postings, month), past_outlooks(booked, postings, month))
        found = _rows(trials, year=year, known_months=known, method="chosen").set_index("line")
        amounts = found.rename(columns={"forecast_nok": "model_nok"})[["model_nok", "low_nok", "high_nok"]]
        assert amounts.loc[then.index].to_numpy() == pytest.approx(then[amounts.columns].to_numpy())


@pytest.mark.parametrize("method", METHODS[1:6])
def test_each_classical_method_is_tried_from_the_months_known(method, trials):
    for year, known in [(2021, 9), (2023, 3)]:
        lines = HISTORY.loc[:, : f"{year}-{known:02d}"]
        history = pd.concat([lines, lines.sum().rename("SUM").to_frame().T])
        expected = history.iloc[:, -known:].sum(axis=1) + getattr(methods, method)(history, 12 - known)
        found = _rows(trials, year=year, known_months=known, method=method).set_index("line").forecast_nok
        assert found.to_dict() == pytest.approx(expected.to_dict())


def test_each_reading_is_tried_as_its_outlook_has_it(trials):
    postings = postings_of(HISTORY)
    then = outlook(by_month(postings, "line"), postings, "2022-06")
    for method in METHODS[6:]:
        found = _rows(trials, year=2022, known_months=6, method=method).set_index("line").forecast_nok
        assert found.to_dict() == pytest.approx((then.so_far_nok + then[method]).to_dict()), method


@pytest.mark.parametrize(("year", "known"), [(2021, 3), (2022, 6), (2023, 9)])
@pytest.mark.deep
def test_a_years_later_months_change_its_actual_and_none_of_its_forecasts(year, known, trials):
    other = backtest(to_try(_changed(HISTORY, f"{year}-{known + 1:02d}", f"{year}-12", 3.0)), years=[year])
    one, two = (_rows(tried, year=year, known_months=known) for tried in (trials, other))
    assert_frame_equal(one.drop(columns="actual_nok"), two.drop(columns="actual_nok"), check_exact=True)
    assert (two.actual_nok > one.actual_nok).all()


@pytest.mark.deep
def test_the_years_after_change_nothing_of_a_year(trials):
    one, two = trials, backtest(to_try(_changed(HISTORY, "2023-01", "2023-12", 5.0)))
    assert_frame_equal(one[one.year < 2023], two[two.year < 2023], check_exact=True)
    assert (one[one.year == 2023].forecast_nok != two[two.year == 2023].forecast_nok).all()


def test_the_choice_of_reading_and_the_interval_come_from_earlier_years_and_the_same_month(trials):
    other = backtest(to_try(_changed(HISTORY, "2022-10", "2022-12", 4.0)))
    one, two = (_rows(tried, year=2023, line="line 0", method="chosen") for tried in (trials, other))
    assert (one.high_nok != two.high_nok).all()


def test_closing_entries_are_part_of_their_years_actual(trials):
    closing = to_try(HISTORY).head(1).assign(posting_id="closing", line="line 0", period="2021-13", amount_nok=1000.0)
    ledger = pd.concat([to_try(HISTORY), closing], ignore_index=True)
    one, two = _rows(trials, year=2021), backtest(ledger, years=[2021])
    raised = np.where(one.line.isin(["line 0", "SUM"]), 1000.0, 0.0)
    assert (two.actual_nok - one.actual_nok).tolist() == pytest.approx(raised.tolist())
    assert_frame_equal(one.drop(columns="actual_nok"), two.drop(columns="actual_nok"))


def test_an_even_ledger_is_forecast_without_error():
    even = backtest(to_try(history_until("2023-12", A=[10.0] * 48, B=[-3.0] * 48)))
    assert even.forecast_nok.tolist() == pytest.approx(even.actual_nok.tolist())
    assert summary(even)[["wape", "bias"]].abs().max(axis=None) == pytest.approx(0)


def test_suppliers_rhythms_are_tried_too():
    rent = postings_of(history_until("2023-12", A=([0.0] * 10 + [500.0, 0.0]) * 4), supplier="1")
    rent = rent[rent.amount_nok > 0]
    rest = postings_of(history_until("2023-12", A=[10.0] * 48))
    ledger = pd.concat([rent, rest], ignore_index=True)
    found = _rows(backtest(ledger), year=2023, method="commitments")
    assert found.forecast_nok.tolist() == pytest.approx([620] * 6)


def test_lines_with_a_year_without_postings_or_of_both_signs_are_left_out_with_the_reason():
    years = np.repeat([1.0, 2.0, 3.0, 4.0], 12)
    table = history_until(
        "2023-12", cost=years, income=-years, gap=years * (years != 2), mixed=np.where(years == 3, -1, years),
        cancelled=np.where(years == 2, np.tile([0.1, 0.2, -0.3], 16), years), both=years * (years != 1) * (2.5 - years),
    )  # fmt: skip
    kept, reasons = lines_to_try(by_month(to_try(table), "line"))
    assert kept.index.tolist() == ["cost", "income"]
    assert reasons == {
        "gap": "a year without postings",
        "cancelled": "a year without postings",
        "both": "a year without postings",
        "mixed": "cost in some years, income in others",
    }
    assert set(backtest(to_try(table)).line) == {"cost", "income", "SUM"}


def test_a_year_that_is_not_complete_leaves_no_line_out():
    table = history_until("2023-06", A=[5.0] * 30, B=[5.0] * 24 + [0.0] * 6, C=[5.0] * 24 + [-50.0] * 6)
    kept, reasons = lines_to_try(table)
    assert kept.index.tolist() == ["A", "B", "C"]
    assert reasons == {}


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2018-01", "2023-12", [2020, 2021, 2022, 2023]),
        ("2018-01", "2023-11", [2020, 2021, 2022]),
        ("2021-01", "2023-12", [2023]),
        ("2021-06", "2023-12", [2023]),
        ("2022-01", "2023-12", [2023]),
        ("2023-01", "2023-12", []),
        ("2023-02", "2024-11", []),
    ],
)
def test_years_with_two_complete_years_before_are_tried_or_else_those_with_one(begin, end, expected):
    months = [m for m in months_until(end, 120) if m >= begin]
    assert years_to_try(history_until(end, A=[1.0] * len(months))) == expected


def test_the_years_asked_for_are_tried_and_no_other(trials):
    found = backtest(to_try(HISTORY), years=[2020, 2022])
    assert set(found.year) == {2020, 2022}
    assert_frame_equal(_rows(found, year=2022), _rows(trials, year=2022), check_exact=True)


@pytest.mark.deep
def test_what_is_booked_after_the_last_year_asked_for_plays_no_part():
    ended = HISTORY.copy()
    ended.loc["line 1", "2022-01":] = 0.0
    one, two = (backtest(to_try(history), years=[2021]) for history in (ended, HISTORY))
    assert_frame_equal(one, two, check_exact=True)


def test_the_first_year_tried_on_a_single_year_follows_it_without_an_interval():
    first = backtest(to_try(HISTORY), years=[2020])
    chosen, calendar = (_rows(first, method=method) for method in ("chosen", "calendar"))
    assert chosen[["low_nok", "high_nok"]].isna().all(axis=None)
    assert chosen.forecast_nok.tolist() == pytest.approx(calendar.forecast_nok.tolist())


@pytest.mark.parametrize("years", [[2019], [2018], [2024], [2022, 2030], []])
def test_a_year_that_cannot_be_tried_is_an_input_error(years):
    with pytest.raises(InputError, match=r"complete years to try a forecast on.*Remedy"):
        backtest(to_try(HISTORY), years=years)


@pytest.mark.parametrize(
    "history",
    [HISTORY.iloc[:, :12], HISTORY.iloc[:, 1:23], HISTORY.iloc[:, :0], HISTORY * np.repeat([1, 1, -1, 1, 1], 12)],
    ids=["one year", "no second year", "nothing", "no line"],
)  # fmt: skip
def test_too_few_years_are_an_input_error(history):
    with pytest.raises(InputError, match=r"too few complete years.*Remedy"):
        backtest(to_try(history))


def _by_numpy(rows: pd.DataFrame) -> list[float]:
    error, actual = (rows.forecast_nok - rows.actual_nok).to_numpy(), rows.actual_nok.to_numpy()
    within = (rows.low_nok.to_numpy() <= actual) & (actual <= rows.high_nok.to_numpy())
    has_interval = rows.low_nok.notna().to_numpy()
    covered = within[has_interval].sum() / has_interval.sum() if has_interval.any() else np.nan
    return [np.abs(error).sum() / np.abs(actual).sum(), error.sum() / np.abs(actual).sum(), covered]


@pytest.fixture(scope="module")
def of_both_signs() -> pd.DataFrame:
    """A line of cost and a line of income; with no interval in 2020, nor a smoothed season."""
    return backtest(to_try(HISTORY.mul([1.0, -1.0], axis=0)), years=[2020, 2022, 2023])


@pytest.mark.parametrize("by", [(), ("line",), ("year",), ("line", "year")])
@pytest.mark.deep
def test_the_summary_is_recomputed_from_the_trials_of_the_lines(by, of_both_signs):
    lines = of_both_signs[of_both_signs.line != "SUM"].dropna(subset="forecast_nok")
    found = summary(of_both_signs, *by).set_index(["known_months", "method", *by])
    assert len(found) == len(lines[["known_months", "method", *by]].drop_duplicates())
    for key, row in found.iterrows():
        of_row = _rows(lines, **dict(zip(found.index.names, key, strict=True)))
        assert row[["wape", "bias", "coverage"]].tolist() == pytest.approx(_by_numpy(of_row), nan_ok=True)


def test_the_sums_summary_is_recomputed_from_its_own_trials(trials):
    assert summary_of_sum(trials).method.tolist() == ["chosen"] * 3
    for method in METHODS:
        for row in summary_of_sum(trials, method).itertuples():
            of_row = _rows(trials, line="SUM", known_months=row.known_months, method=method)
            assert [row.wape, row.bias, row.coverage] == pytest.approx(_by_numpy(of_row), nan_ok=True)


def test_a_method_that_is_missing_somewhere_is_measured_on_the_rest():
    rows = [("A", 90.0, 100.0), ("B", np.nan, 500.0), ("SUM", 1.0, 1.0)]
    trials = pd.DataFrame(rows, columns=["line", "forecast_nok", "actual_nok"])
    trials = trials.assign(
        known_months=3, method="chosen", year=2023, low_nok=[80.0, np.nan, 0], high_nok=[95.0, np.nan, 0]
    )
    row = summary(trials).iloc[0]
    assert row[["known_months", "method", "wape", "bias", "coverage"]].tolist() == [3, "chosen", 0.1, -0.1, 0]


def test_progress_is_reported_after_every_outlook_and_reaches_the_total():
    listed = []
    backtest(to_try(HISTORY), years=[2021], progress=lambda done, of: listed.append((done, of)))
    assert [(done, of) for done, of in listed if done > 0] == [(n, 6) for n in range(1, 7)]


@pytest.mark.deep
def test_the_same_ledger_gives_the_same_trials_whatever_the_order(trials):
    ledger, once = to_try(HISTORY), _rows(trials, year=2021)
    assert_frame_equal(backtest(ledger, years=[2021]), once, check_exact=True)
    assert_frame_equal(backtest(ledger.sample(frac=1, random_state=1), years=[2021]), once)


def test_no_argument_is_edited():
    ledger = to_try(HISTORY)
    kept = ledger.copy(deep=True)
    trials = backtest(ledger, years=[2020])
    unchanged = trials.copy(deep=True)
    summary(trials, "line"), summary_of_sum(trials)
    assert_frame_equal(ledger, kept)
    assert_frame_equal(trials, unchanged)
