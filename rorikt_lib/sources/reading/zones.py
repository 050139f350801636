"""Local times as instants. What a zone's clock was is asked once for each hour, not for each of a million times."""

import numpy as np
import pandas as pd

from rorikt_lib.terms.instants import in_zone, without_zone

_HOUR = 3_600_000_000
_MISSING = np.iinfo("int64").min


def instants_of(local: pd.Series, zone: str) -> pd.Series:
    """Times without a zone as instants in one, both in microseconds.

    The hour that autumn repeats is read as summer time; one that spring skips as the hour after.
    """
    times = local.to_numpy().view("int64")
    known = times != _MISSING
    if not known.any():
        return _asked(local, zone)
    hours = times // _HOUR
    first, last = hours[known].min(), hours.max()
    if last - first >= len(times):
        return _asked(local, zone)
    starts = np.arange(first, last + 1) * _HOUR
    began, ended = (_in_utc(pd.Series(of.view("datetime64[us]")), zone) for of in (starts, starts + (_HOUR - 1)))
    place = np.where(known, hours - first, 0)
    instants = np.where(known, times + (began - starts)[place], _MISSING)
    # Where the clock was changed within the hour, the times themselves are asked for.
    changed = known & (ended - began != _HOUR - 1)[place]
    if changed.any():
        instants[changed] = _in_utc(local[changed], zone)
    return in_zone(instants.view("datetime64[us]"), zone, local.index).rename(local.name)


def _asked(local: pd.Series, zone: str) -> pd.Series:
    first_of_two = np.ones(len(local), dtype=bool)
    return local.dt.tz_localize(zone, ambiguous=first_of_two, nonexistent="shift_forward")


def _in_utc(local: pd.Series, zone: str) -> np.ndarray:
    return without_zone(_asked(local, zone)).view("int64")
