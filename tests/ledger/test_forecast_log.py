"""The forecast log: what a later run adds, which revision counts, how near the forecasts came."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rorikt_lib.ledger.forecast_log import AMOUNTS, COLUMNS, TEXTS, accuracy, additions, counting

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
