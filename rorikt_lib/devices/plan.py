"""Replacement plan: what must be bought in each year, for how much, and how a peak could be spread."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rorikt_lib.config.devices import DeviceSettings, Levelling
from rorikt_lib.devices.levelling import evenest
from rorikt_lib.devices.rollover import available
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import year_of

YEARS_AHEAD = 5
_OWNER = ["municipality", "user_group"]
MEASURES = ["replace", "replace_again", "to_buy", "cost_nok", "suggested", "suggested_nok"]


@dataclass(frozen=True)
class Queue:
    """The PCs of one owner in the order in which they fall due.

    replace, again: PCs by year, those of today and their successors. cost_nok: of both, by year, in kroner of the
    price year. covered: PCs in stock and on order, which take the place of the first in the queue.
    """

    replace: np.ndarray
    again: np.ndarray
    cost_nok: np.ndarray
    covered: int

    @property
    def needed(self) -> np.ndarray:
        """How many fall due by the end of each year, from 0 before the first."""
        return np.cumsum([0, *(self.replace + self.again)])

    @property
    def bought(self) -> np.ndarray:
        """How far into the queue stock, orders and purchases reach: before the first year, and by the end of each."""
        return np.maximum(self.needed, min(self.covered, self.needed[-1]))

    def cost_of(self, bought: np.ndarray) -> np.ndarray:
        """What each year's purchases cost, in kroner of the price year; bought: as the property."""
        return np.diff(np.interp(bought, self.needed, np.cumsum([0.0, *self.cost_nok])))


def replacement_plan(pcs: pd.DataFrame, rollover: pd.DataFrame, month: str, settings: DeviceSettings) -> pd.DataFrame:
    """One row per municipality, user group and year: the report's year and five years ahead.

    replace: PCs in use whose lifetime ends; what has expired is in the first year. replace_again: their
    successors, of the same class, when their lifetime ends in turn. to_buy: both, less stock and orders, which cover
    the oldest PCs, and later years where they are more than the first needs; so the first year's is the rollover's
    to_order. cost_nok: of to_buy, without VAT, at that year's prices. suggested, suggested_nok: the same purchases
    spread, where a year peaks and that helps; see `spread`. pcs, rollover: see devices.rollover. No rows without PCs.
    """
    years = np.arange(YEARS_AHEAD + 1) + year_of(month)
    queues = _queues(pcs, rollover, years)
    paths = [queue.bought for queue in queues]
    growth = (1 + settings.price_growth) ** (years - settings.price_year)
    owners = [tuple(owner) for owner in rollover[_OWNER].itertuples(index=False)]
    plan = pd.DataFrame([(*owner, year) for owner in owners for year in years], columns=[*_OWNER, "year"])
    plan = plan.assign(
        replace=_flat([queue.replace for queue in queues], int),
        replace_again=_flat([queue.again for queue in queues], int),
        to_buy=_flat(map(np.diff, paths), int),
        cost_nok=_flat([q.cost_of(path) * growth for q, path in zip(queues, paths, strict=True)], float),
    )
    as_due = plan.assign(suggested=plan.to_buy, suggested_nok=plan.cost_nok)
    if peak_year(plan, settings.levelling) is None:
        return as_due
    paths = [spread(path, settings.levelling.within_years) for path in paths]
    spread_out = plan.assign(
        suggested=_flat(map(np.diff, paths), int),
        suggested_nok=_flat([q.cost_of(path) * growth for q, path in zip(queues, paths, strict=True)], float),
    )
    # Each owner's purchases are the most even, but one's may be moved to where another's are: a new, higher peak.
    return spread_out if _most(spread_out, "suggested") < _most(plan, "to_buy") else as_due


def _most(plan: pd.DataFrame, column: str) -> int:
    return plan[plan.year > plan.year.min()].groupby("year")[column].sum().max()


def peak_year(plan: pd.DataFrame, levelling: Levelling) -> int | None:
    """The year after the report's that has most to buy, where that is a peak; None where no year is.

    It is one where all owners together buy more than `peak_share` above the mean of the years after the report's.
    """
    ahead = plan[plan.year > plan.year.min()].groupby("year").to_buy.sum()
    return int(ahead.idxmax()) if len(ahead) and ahead.max() > (1 + levelling.peak_share) * ahead.mean() else None


def spread(bought: np.ndarray, within_years: int) -> np.ndarray:
    """The most even purchases that buy no PC more than within_years before or after its year, as whole PCs.

    bought: see Queue.bought. The first year stays as it is: its budget is decided, and what has expired should not
    wait.
    """
    known = bought[1:]
    later = np.arange(len(known))
    lower, upper = (known[np.clip(later + by, 0, len(known) - 1)] for by in (-within_years, within_years))
    lower[-1], upper[0] = known[-1], known[0]
    return np.array([bought[0], *np.rint(evenest(lower, upper))])


def with_sums(plan: pd.DataFrame) -> pd.DataFrame:
    """The plan and a last row per year, of all owners: municipality SUM, without user group."""
    sums = plan.groupby("year", as_index=False)[MEASURES].sum().assign(municipality=SUM)
    return pd.concat([plan, sums], ignore_index=True)


def by_group(plan: pd.DataFrame) -> pd.DataFrame:
    """One row per user group and year, all municipalities together: to_buy (PCs)."""
    return plan.groupby(["user_group", "year"], sort=False, as_index=False).to_buy.sum()


def by_year(plan: pd.DataFrame) -> pd.DataFrame:
    """One row per year, all owners together: the plan's measures, and above_mean_share.

    above_mean_share: by how much to_buy is above the mean of the years after the first, as a share of it; missing in
    the first year, and where nothing is to be bought in the others.
    """
    years = plan.groupby("year", as_index=False)[MEASURES].sum()
    ahead = years.to_buy.where(years.year > years.year.min())
    return years.assign(above_mean_share=ahead / ahead.mean() - 1)


def where_spread(years: pd.DataFrame) -> pd.DataFrame:
    """`by_year`, its suggestion missing where that is the plan itself."""
    is_spread = (years.suggested != years.to_buy).any()
    return years if is_spread else years.assign(suggested=np.nan, suggested_nok=np.nan)


def _queues(pcs: pd.DataFrame, rollover: pd.DataFrame, years: np.ndarray) -> list[Queue]:
    """One queue per row of the rollover."""
    due = _due(pcs, years)
    return [
        Queue(
            *(due[name].reindex([(row.municipality, row.user_group, y) for y in years], fill_value=0).to_numpy()
              for name in ("replace", "again", "cost_nok")),
            held,
        )
        for row, held in zip(rollover.itertuples(), available(rollover), strict=True)
    ]  # fmt: skip


def _due(pcs: pd.DataFrame, years: np.ndarray) -> pd.DataFrame:
    """By owner and year: replace, again and cost_nok, as a Queue has them; years without any are left out."""
    alike = [*_OWNER, "lifetime_years", "price_nok", "replace_year"]
    cohorts = pcs.groupby(alike, observed=True).size().rename("pcs").reset_index()
    first = cohorts.replace_year.clip(lower=years[0]).astype(int)
    generations = [
        cohorts.assign(year=first + n * cohorts.lifetime_years.astype(int), is_first=n == 0) for n in range(len(years))
    ]
    due = pd.concat(generations)
    due = due[due.year <= years[-1]].assign(
        replace=lambda d: d.pcs.where(d.is_first, 0),
        again=lambda d: d.pcs.mask(d.is_first, 0),
        cost_nok=lambda d: d.pcs * d.price_nok,
    )
    return due.groupby([*_OWNER, "year"])[["replace", "again", "cost_nok"]].sum()


def _flat(parts: Iterable[np.ndarray], dtype: type) -> np.ndarray:
    return np.concatenate([np.array([]), *parts]).astype(dtype)
