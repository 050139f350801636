"""The model's errors beside the simplest methods', line by line."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.report.accuracy import beside_the_simplest


def test_the_chosen_forecast_stands_beside_the_errors_of_the_others():
    rows = [
        ("Lønn", 3, "chosen", 0.02, -0.02), ("Lønn", 3, "run_rate", 0.2, 0.2), ("Lønn", 3, "last_year_remainder", 0.05, 0.0),
        ("Lisens", 3, "chosen", 0.03, 0.03), ("Lisens", 3, "run_rate", 1.2, 1.2), ("SUM", 3, "chosen", 0.001, 0.001),
    ]  # fmt: skip
    lines = pd.DataFrame(rows, columns=["line", "known_months", "method", "wape", "bias"])
    table = beside_the_simplest(lines).set_index("line")
    assert table.index.tolist() == ["Lønn", "Lisens", "SUM"]
    assert table[["known_months", "method"]].drop_duplicates().to_numpy().tolist() == [[3, "chosen"]]
    assert table.loc["Lønn", ["wape", "bias", "run_rate", "last_year_remainder"]].tolist() == [0.02, -0.02, 0.2, 0.05]
    assert table.run_rate.isna().tolist() == [False, False, True]
    assert beside_the_simplest(lines[:0]).empty
