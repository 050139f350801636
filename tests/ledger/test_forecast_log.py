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
    by_source,
    counting,
    foreseen,
    sums,
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


def test_a_forecast_mended_before_the_next_report_counts_as_mended():
    log = _log((_rows("2024-08", a=1), False), (_rows("2024-08", a=2), False), (_rows("2024-09", a=5), False))
    assert counting(log).model_nok.tolist() == [2, 5]


def test_hindsight_after_the_next_report_does_not_count():
    log = _log((_rows("2024-08", a=1), False), (_rows("2024-09", a=5), False), (_rows("2024-08", a=3), True))
    assert counting(log).model_nok.tolist() == [1, 5]


def test_a_month_only_worked_out_afterwards_counts_as_first_worked_out():
    log = _log((_rows("2024-09", a=5), False), (_rows("2024-08", a=3), True), (_rows("2024-08", a=4), True))
    assert counting(log).model_nok.tolist() == [3, 5]


def test_a_later_month_in_hindsight_does_not_close_an_earlier_one():
    log = _log((_rows("2024-09", a=5), True), (_rows("2024-08", a=1), False), (_rows("2024-08", a=2), False))
    assert counting(log).model_nok.tolist() == [2, 5]


def test_an_empty_log_counts_nothing():
    assert counting(EMPTY).empty


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
