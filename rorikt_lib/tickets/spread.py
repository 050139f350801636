"""How cases spread: how much of their deadline incidents took, and when in the week cases come."""

from itertools import pairwise

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import Weekday
from rorikt_lib.tickets.cases import month_of, people, resolved_incidents
from rorikt_lib.tickets.masking import hidden_counts

# Of the deadline; what took all of it was in time.
EDGES_PERCENT = [0, 25, 50, 75, 100, 200]
TIME_BANDS = [*(f"{a}-{b}" for a, b in pairwise(EDGES_PERCENT)), f"{EDGES_PERCENT[-1]}-"]
TIMELY_BANDS = TIME_BANDS[: EDGES_PERCENT.index(100)]
# The hours in which a band of the day begins: the night, each hour of the day, the evening.
HOURS = [0, *range(7, 18)]


def time_against_target(
    cases: pd.DataFrame, month: str, settings: TicketSettings, below: int | None = None
) -> pd.DataFrame:
    """One row per priority with incidents resolved in `month` and band of its deadline: month, target, unit, cases.

    below: counts that are hidden are missing, see masking.
    """
    solved = resolved_incidents(cases, [month], settings)
    percent = 100 * solved.resolution_minutes / solved.target_minutes
    band = pd.cut(percent, [*EDGES_PERCENT, float("inf")], labels=TIME_BANDS, include_lowest=True)
    count = pd.crosstab(band, solved.priority).reindex(index=TIME_BANDS, fill_value=0)
    count = count[[priority for priority in settings.priorities if priority in count]]
    # How many were in time, and how many were not, is known besides.
    parts = [count.loc[TIMELY_BANDS], count.drop(TIMELY_BANDS)]
    shown = count.mask(pd.concat([hidden_counts(part, below) for part in parts])) if below else count
    table = shown.rename_axis(index="time_band", columns="priority").T.stack().rename("cases").reset_index()
    target = table.priority.map({p: t.resolution for p, t in settings.sla.items()}).astype(float)
    unit = table.priority.map({p: t.unit for p, t in settings.sla.items()})
    return table.assign(month=month, target=target, unit=unit)


def arrivals(cases: pd.DataFrame, months: list[str], below: int | None = None) -> pd.DataFrame:
    """One row per hour of the day and weekday: people's cases created then in `months`, whose first and last it has.

    Nothing where the exports know no time of day. below: counts that are hidden are missing, see masking.
    """
    rows = people(cases)
    created = rows.created_at[month_of(rows.created_at).isin(months)]
    begins = pd.Series(HOURS, index=HOURS).reindex(range(24), method="ffill")
    hour, day = created.dt.hour.map(begins), created.dt.day_of_week.map(dict(enumerate(Weekday)))
    count = pd.crosstab(hour, day).reindex(index=HOURS, columns=[*Weekday], fill_value=0)
    shown = count.mask(hidden_counts(count, below)) if below else count
    table = shown.rename_axis(index="hour", columns="weekday").stack().rename("created").reset_index()
    table["weekday"] = pd.Categorical(table.weekday, [*Weekday])
    return table.assign(first=months[0], last=months[-1]) if created.dt.hour.nunique() > 1 else table.head(0)
