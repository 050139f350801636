"""How the forecast of the year has changed since the one before it, and whether that crossed the budget."""

import numpy as np
import pandas as pd

from rorikt_lib.config.news import NewsSettings
from rorikt_lib.terms.sums import with_sum

AMOUNTS = ["budget_nok", "previous_nok", "forecast_nok"]


def forecast_change(budget: pd.Series, previous: pd.Series, now: pd.Series) -> pd.DataFrame:
    """One row per line and SUM: NOK of the year as budgeted, as forecast before and now, and what that means.

    budget, previous, now: NOK per line. A line that one of the forecasts lacks is nothing there. change_nok: now −
    before; previous_variance_nok and variance_nok: budget − forecast, missing without a budget. No rows where either
    forecast is missing.
    """
    known = {"previous_nok": previous.dropna(), "forecast_nok": now.dropna()}
    if any(forecast.empty for forecast in known.values()):
        return pd.DataFrame(columns=["line", *AMOUNTS, "change_nok", "previous_variance_nok", "variance_nok"])
    names = [*now.index, *(line for line in previous.index if line not in now.index)]
    table = pd.DataFrame({"budget_nok": budget} | known).reindex(names).fillna(dict.fromkeys(known, 0.0))
    if budget.notna().any():
        table = table.fillna({"budget_nok": 0.0})
    table = with_sum(table.rename_axis("line").reset_index(), "line", AMOUNTS)
    return table.assign(
        change_nok=table.forecast_nok - table.previous_nok,
        previous_variance_nok=table.budget_nok - table.previous_nok,
        variance_nok=table.budget_nok - table.forecast_nok,
    )


def budgeted_costs(*budgets: pd.Series) -> float:
    """NOK of all costs in the year's budgets, income not subtracted: what a change is large or small beside."""
    return float(sum(budget.clip(lower=0).sum() for budget in budgets))


def limit_nok(nok: float, share: float, whole_nok: float) -> float:
    """What a change must reach: so many kroner, or such a share of the whole, where there is one and that is less."""
    return min(nok, share * whole_nok) if whole_nok > 0 else nok


def with_news(changes: pd.DataFrame, news: NewsSettings, costs_nok: float) -> pd.DataFrame:
    """`changes`, and of each row is_large: it changed enough to be told; is_over: it is over its budget by enough.

    crossed: it is over and was not, or was and is not. changes: see `forecast_change`. costs_nok: see `budgeted_costs`.
    """
    large = limit_nok(news.forecast_nok, news.forecast_share, costs_nok)
    over = limit_nok(news.over_budget_nok, news.over_budget_share, costs_nok)
    now, before = (changes[name] <= -over for name in ("variance_nok", "previous_variance_nok"))
    return changes.assign(is_large=changes.change_nok.abs() >= large, is_over=now, crossed=np.not_equal(now, before))
