"""Forecasts month by month, in total and line by line, as the forecast page has them: ordinary months and odd ones."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.terms.period import is_year_end

NAN = float("nan")
MILLION = 1e6


def totals(
    *months: tuple[str, float, float], interval: float = 1.0, budget: float = 89.5, late: int = 0
) -> pd.DataFrame:
    """Months with adopted and modelled forecast in millions (what is booked, in December); `late` are in hindsight."""
    rows = [
        {
            "month": month, "line": "SUM", "booked_nok": 7 * MILLION * int(month[5:]), "adopted_nok": adopted * MILLION,
            "model_nok": model * MILLION, "low_nok": (model - interval) * MILLION,
            "high_nok": (model + interval) * MILLION, "budget_nok": budget * MILLION, "in_hindsight": n < late,
        }
        for n, (month, adopted, model) in enumerate(months)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    modelled = ["model_nok", "low_nok", "high_nok"]
    return table.assign(**table[modelled].mask(table.month.map(is_year_end)))


def lines(**forecasts: list[tuple[float, float]]) -> pd.DataFrame:
    """Per line the adopted and modelled forecast (thousands) of the months from June 2024."""
    rows = [
        {
            "month": f"2024-{6 + n:02d}", "line": line, "booked_nok": 1e3 * n, "adopted_nok": 1e3 * adopted,
            "model_nok": 1e3 * model, "low_nok": 1e3 * model - 5e4, "high_nok": 1e3 * model + 5e4,
            "in_hindsight": False, "reading": "commitments" if line == "Lisens" else "calendar",
        }
        for line, pairs in forecasts.items()
        for n, (adopted, model) in enumerate(pairs)
    ]  # fmt: skip
    return pd.DataFrame(rows).sort_values("month", kind="stable", ignore_index=True)


YEAR = totals(
    ("2024-06", 88.9, 88.8), ("2024-07", 88.4, 89.2), ("2024-08", 87.5, 90.1), ("2024-09", 87.5, 90.8), late=3
)
LINES = lines(
    Lønn=[(31600, 29599), (29893, 29585)],
    Lisens=[(54300, 56700), (54648, 56745)],
    Inntekter=[(-7000, -7974), (-7323, -6929)],
)
OVER = totals(("2023-10", 84.0, 85.2), ("2023-11", 84.6, 85.1), ("2023-12", NAN, 84.0), budget=83.9)
MONTHS = {
    "ordinary": YEAR,
    "one month": YEAR[-1:],
    "all equal": totals(*((f"2024-{n:02d}", 89.5, 89.5) for n in range(5, 10)), interval=0.0),
    "nothing adopted": totals(("2024-05", NAN, 88.8), ("2024-06", NAN, 89.9)),
    "no interval": totals(("2024-05", 88.0, 88.8), ("2024-06", 88.1, 89.9), interval=NAN),
    "no model": totals(("2022-05", 88.0, NAN), ("2022-06", 88.1, NAN)),
    "a month without": totals(("2024-02", 88.0, 88.8), ("2024-06", 88.1, 89.9)),
    "no budget": totals(("2024-05", 88.0, 88.8), ("2024-06", 88.1, 89.9), budget=NAN),
    "whole year": totals(*((f"2024-{n:02d}", 88 + n / 7, 90 - n / 9) for n in range(1, 13)), late=2),
    "over": OVER,
    "adopted ended": totals(("2024-09", 87.5, 90.8), ("2024-10", 89.7, 90.9), ("2024-11", NAN, 91.2)),
    "huge": totals(("2024-08", 9e6, 9.1e6), ("2024-09", 9e6, 9.2e6), interval=1e6, budget=8e6),
}
NOTHING = totals(("2024-08", NAN, NAN), ("2024-09", NAN, NAN), interval=NAN)
LINE_CASES = {
    "ordinary": LINES,
    "one line": LINES[LINES.line == "Lønn"],
    "nothing adopted": LINES.assign(adopted_nok=NAN),
    "zeros": LINES.assign(adopted_nok=0.0, model_nok=0.0),
    "one month": LINES[LINES.month == "2024-07"],
    "over": LINES.assign(month=LINES.month.map({"2024-06": "2024-11", "2024-07": "2024-12"})),
}
