"""The forecast log: what a later run adds, which revision counts, how near the forecasts came."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.ledger.forecast_log import (
    AMOUNTS,
    COLUMNS,
    TEXTS,
    accuracy,
    additions,
    adopted_by_then,
    by_source,
    foreseen,
    is_hindsight,
    mended,
    published_before,
    sums,
    with_adopted,
)

EMPTY = pd.DataFrame(columns=COLUMNS)


def _rows(period: str = "2024-09", **models: float) -> pd.DataFrame:
    rows = [{"period": period, "kind": "operating", "line": line, "model_nok": nok} for line, nok in models.items()]
    return pd.DataFrame(rows).reindex(columns=["period", "kind", "line", *AMOUNTS, *TEXTS])


def _log(*steps: tuple[pd.DataFrame, bool]) -> pd.DataFrame:
    log = EMPTY
    for rows, in_hindsight in steps:
        new = additions(log, rows, in_hindsight, "2024-10-01T06:00:00+00:00")
        log = pd.concat([log, new], ignore_index=True) if len(log) else new
    return log


def test_the_same_forecast_again_adds_nothing():
    log = _log((_rows(Lønn=100.004, Lisens=7), False))
    assert additions(log, _rows(Lisens=7, Lønn=100.0), False, "later").empty
    assert log.revision.tolist() == [1, 1]


@pytest.mark.parametrize("change", [{"Lønn": 100.01}, {"Lønn": np.nan}, {"Lønn": 100.0, "Lisens": 1.0}])
def test_another_forecast_is_a_new_revision_of_all_its_lines(change):
    log = _log((_rows(Lønn=100.0), False))
    new = additions(log, _rows(**change), False, "later")
    assert new.revision.tolist() == [2] * len(change)
    assert new.recorded_at.tolist() == ["later"] * len(change)


def test_another_reason_is_a_new_revision():
    log = _log((_rows(Lønn=100.0).assign(reason="før"), False))
    assert len(additions(log, _rows(Lønn=100.0).assign(reason="nå"), False, "later")) == 1


def test_what_two_runs_wrote_twice_is_there_once():
    log = _log((_rows("2024-08", a=1, b=2), False), (_rows("2024-09", a=5), False))
    twice = pd.concat([log.head(2), log.head(2), log.tail(1), log.tail(1)], ignore_index=True)
    pd.testing.assert_frame_equal(mended(twice), log)
    assert mended(log) is log


def test_a_run_that_said_something_else_at_the_same_time_is_a_revision_before_those_after_it():
    first, other = _log((_rows("2024-08", a=1), False)), _log((_rows("2024-08", a=2), False))
    later = _rows("2024-08", a=3).assign(revision=2, recorded_at="later", in_hindsight=False)[COLUMNS]
    log = mended(pd.concat([first, other, later], ignore_index=True))
    assert log[["revision", "model_nok"]].to_numpy().tolist() == [[1, 1], [2, 2], [3, 3]]
    # As it would stand had they run one after the other.
    assert additions(log, _rows("2024-08", a=3), False, "again").empty


def _models(log: pd.DataFrame, month: str) -> list[float]:
    return published_before(log, month).model_nok.tolist()


def test_a_forecast_mended_before_the_next_report_counts_as_mended():
    log = _log((_rows("2024-08", a=1), False), (_rows("2024-08", a=2), False), (_rows("2024-09", a=5), False))
    assert _models(log, "2024-10") == [2, 5]
    assert _models(log, "2024-09") == [2]


def test_hindsight_was_not_published():
    log = _log((_rows("2024-08", a=1), False), (_rows("2024-09", a=5), False), (_rows("2024-08", a=3), True))
    assert _models(log, "2024-10") == [1, 5]
    assert _models(_log((_rows("2024-08", a=3), True)), "2024-10") == []


def test_what_is_made_after_a_report_was_first_made_is_not_looked_back_at():
    log = _log((_rows("2024-08", a=1), False), (_rows("2024-09", a=5), True), (_rows("2024-08", a=2), False))
    assert _models(log, "2024-09") == [1]
    assert _models(log, "2024-10") == [2]


def test_an_empty_log_has_nothing_published():
    assert published_before(EMPTY, "2024-09").empty


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.booleans()), max_size=12), st.integers(0, 12))
def test_what_a_report_looks_back_at_stays_whatever_is_recorded_afterwards(steps, first):
    """From when it is first made on; in whatever order, and of whatever months."""
    before = [(_rows(f"2024-0{month}", a=value), late) for month, value, late in steps[:first]]
    after = [(_rows(f"2024-0{month}", a=value), late) for month, value, late in steps[first:]]
    made = (_rows("2024-03", a=9), False)
    then = published_before(_log(*before), "2024-03")
    later = published_before(_log(*before, made, *after), "2024-03")
    if any(month == 3 for month, *_ in steps[:first]):
        then = published_before(_log(*before, made), "2024-03")
    columns = ["period", "revision", "model_nok"]
    assert later[columns].to_numpy().tolist() == then[columns].to_numpy().tolist()


@pytest.mark.parametrize(
    ("month", "newest", "recorded_on", "in_hindsight"),
    [
        ("2024-09", "2024-09", "2024-10", False),
        ("2024-09", "2024-10", "2024-11", False),
        ("2024-09", "2024-11", "2024-11", True),
        ("2024-09", "2024-09", "2024-12", True),
        ("2023-12", "2024-01", "2024-02", False),
        ("2024-11", "2024-11", "2025-01", False),
    ],
)
def test_what_is_recorded_long_after_its_month_or_knows_more_is_hindsight(month, newest, recorded_on, in_hindsight):
    assert is_hindsight(EMPTY, month, newest, recorded_on) is in_hindsight


@pytest.mark.parametrize("late", [True, False])
def test_a_month_recorded_after_a_later_one_is_hindsight(late):
    log = _log((_rows("2024-09", a=5), late))
    assert is_hindsight(log, "2024-08", "2024-08", "2024-09")
    assert not is_hindsight(log, "2024-09", "2024-09", "2024-10")


ADOPTED = pd.DataFrame(
    [("2024-08", 90.0, "nå"), ("2024-09", 80.0, "nå"), ("2024-10", 70.0, "nå")], columns=["period", "amount_nok", "reason"]
).assign(kind="operating", line="Lønn")  # fmt: skip


def test_an_adopted_forecast_is_as_published_and_as_delivered_where_it_was_not():
    log = _log((_rows("2024-09", Lønn=1.0).assign(adopted_nok=85.0, reason="da"), False))
    then = adopted_by_then(ADOPTED, published_before(log, "2024-10"), "2024-10").set_index("period")
    assert then.amount_nok.to_dict() == {"2024-08": 90.0, "2024-09": 85.0, "2024-10": 70.0}
    assert then.reason["2024-09"] == "da"
    assert adopted_by_then(ADOPTED, EMPTY, "2024-09").period.tolist() == ["2024-08", "2024-09"]


def test_what_was_adopted_after_a_report_without_it_had_not_been_published():
    log = _log((_rows("2024-09", Lønn=1.0), False))
    assert adopted_by_then(ADOPTED, published_before(log, "2024-10"), "2024-10").period.tolist() == [
        "2024-08",
        "2024-10",
    ]


def test_what_was_adopted_is_measured_though_nobody_recorded_it():
    log = with_adopted(_rows("2024-09", Lønn=100.0).assign(in_hindsight=False), ADOPTED)
    table = accuracy(log, pd.DataFrame({"year": [2024], "line": "Lønn", "actual_nok": [100.0]}))
    assert table.set_index(["source", "months_left"]).wape.to_dict() == pytest.approx(
        {("model", 3): 0.0, ("adopted", 4): 0.1, ("adopted", 2): 0.3}
    )


def test_accuracy_is_by_line_and_months_left_over_the_years_that_are_over():
    parts = [
        _rows("2022-09", Lønn=110.0),
        _rows("2023-09", Lønn=190.0),
        _rows("2023-12", Lønn=7.0),
        _rows("2024-09", Lønn=9.0),
    ]
    log = pd.concat(parts).assign(adopted_nok=[np.nan, 210.0, np.nan, np.nan], in_hindsight=False)
    actual = pd.DataFrame({"year": [2022, 2023], "line": "Lønn", "actual_nok": [100.0, 200.0]})
    table = accuracy(log, actual).set_index("source")
    assert table.loc["model", ["line", "months_left", "years"]].tolist() == ["Lønn", 3, 2]
    assert table.loc["model", "wape"] == pytest.approx((10 + 10) / 300)
    assert table.loc["model", "bias"] == pytest.approx(0)
    assert table.loc["adopted", ["years", "wape", "bias"]].tolist() == [1, 0.05, 0.05]
    assert len(table) == 2


def test_a_model_in_hindsight_is_no_forecast_but_what_was_adopted_then_is():
    log = _rows("2023-09", Lønn=200.0).assign(adopted_nok=210.0, in_hindsight=True)
    actual = pd.DataFrame({"year": [2023], "line": "Lønn", "actual_nok": [200.0]})
    assert accuracy(log, actual).source.tolist() == ["adopted"]


def _line(month: str, line: str, model: float, low: float, high: float, **more: object) -> dict[str, object]:
    amounts = {"model_nok": model, "low_nok": low, "high_nok": high, "booked_nok": 10.0, "adopted_nok": 100.0}
    return {"month": month, "line": line, "in_hindsight": False} | amounts | more


def test_the_months_sum_is_of_all_lines_with_their_errors_as_independent():
    rows = [_line("2024-09", "Lønn", 100.0, 97.0, 112.0), _line("2024-09", "Samband og Tele", 40.0, 36.0, 45.0)]
    (total,) = sums(pd.DataFrame(rows)).itertuples()
    assert (total.month, total.line, total.booked_nok) == ("2024-09", "SUM", 20.0)
    assert (total.adopted_nok, total.model_nok) == (200.0, 140.0)
    assert (total.low_nok, total.high_nok) == (135.0, 153.0)  # 3² + 4² = 5², 12² + 5² = 13²


def test_a_sum_of_which_a_line_is_missing_is_missing():
    rows = [
        _line("2024-09", "Lønn", 100.0, np.nan, np.nan),
        _line("2024-09", "Samband og Tele", 40.0, 36.0, 45.0, adopted_nok=np.nan),
    ]
    (total,) = sums(pd.DataFrame(rows)).itertuples()
    assert total.model_nok == 140.0
    assert np.isnan([total.adopted_nok, total.low_nok, total.high_nok]).all()


def test_a_months_sum_is_hindsight_where_a_lines_forecast_is():
    rows = [
        _line("2024-08", "Lønn", 1.0, 1.0, 1.0, in_hindsight=True), _line("2024-08", "Lisens", 1.0, 1.0, 1.0),
        _line("2024-09", "Lønn", 1.0, 1.0, 1.0),
    ]  # fmt: skip
    assert sums(pd.DataFrame(rows))[["month", "in_hindsight"]].to_numpy().tolist() == [
        ["2024-08", True], ["2024-09", False],
    ]  # fmt: skip


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e5), st.floats(0, 1e5)), min_size=1, max_size=5))
def test_an_interval_of_the_sum_holds_it_and_is_never_wider_than_the_lines_together(lines):
    rows = [_line("2024-09", f"{n}", m, m - below, m + above) for n, (m, below, above) in enumerate(lines)]
    total = sums(pd.DataFrame(rows)).iloc[0]
    assert total.low_nok <= total.model_nok <= total.high_nok
    widths = np.array([(row["model_nok"] - row["low_nok"], row["high_nok"] - row["model_nok"]) for row in rows])
    assert total.model_nok - total.low_nok <= widths[:, 0].sum() + 1e-3
    assert total.high_nok - total.model_nok <= widths[:, 1].sum() + 1e-3


def test_december_foresees_nothing():
    rows = pd.DataFrame({"month": ["2023-11", "2023-12", "2024-01"]})
    assert foreseen(rows).month.tolist() == ["2023-11", "2024-01"]
    assert foreseen(rows[:0]).empty


ACCURACIES = pd.DataFrame(
    [
        ("model", "Lønn", 3, 1, 0.01, -0.01),
        ("model", "Lisens", 1, 2, 0.12, 0.0),
        ("adopted", "Lønn", 3, 1, 0.02, 0.02),
    ],
    columns=["source", "line", "months_left", "years", "wape", "bias"],
)


def test_the_accuracy_stands_beside_each_other_as_adopted_and_as_modelled():
    table = by_source(ACCURACIES).set_index(["line", "months_left"])
    assert table.loc[("Lønn", 3)].tolist() == [1, 0.02, 0.02, 0.01, -0.01]
    assert table.loc[("Lisens", 1), "adopted_wape":"adopted_bias"].isna().all()
    assert table.loc[("Lisens", 1), "model_wape"] == 0.12
    assert by_source(ACCURACIES[:0]).empty


def test_without_adopted_forecasts_the_models_accuracy_stands_alone_in_its_order():
    table = by_source(ACCURACIES[:2])
    assert table.line.tolist() == ["Lønn", "Lisens"]
    assert table.adopted_wape.isna().all()
