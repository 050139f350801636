"""Which figures of a report are others than in an earlier edition of it: two frames as figures.csv has them."""

import numpy as np
import pandas as pd

KEY = ["figure", "dimension", "member"]
TYPES = dict.fromkeys(KEY, "str") | {"value": "float64"}
# Two sums of the same amounts may differ in their last bits; an øre of a milliard is more than that.
_SAME = {"rtol": 1e-12, "atol": 1e-12}


def changed_figures(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row per figure that is another, is new or is gone: KEY, unit, published, now and change, in `unit`.

    before, after: the records of the two editions, each KEY once (figures.csv). In the order of `after`, then those
    that are gone in the order of `before`. What is new has no `published`, what is gone no `now`; neither has `change`.
    """
    then, now = (frame[[*KEY, "value", "unit"]].astype(TYPES) for frame in (before, after))
    both = now.rename(columns={"value": "now"}).merge(
        then.rename(columns={"value": "published", "unit": "unit_then"}),
        how="outer", on=KEY, validate="one_to_one", indicator=True,
    )  # fmt: skip
    is_other = ~np.isclose(both.published, both.now, **_SAME) | (both.unit != both.unit_then)
    rows = both[is_other | (both._merge != "both")]
    rows = rows.assign(unit=rows.unit.fillna(rows.unit_then), change=rows.now - rows.published)
    return _in_order(rows, [*now[KEY].itertuples(index=False), *then[KEY].itertuples(index=False)])


def _in_order(rows: pd.DataFrame, keys: list[tuple[str, ...]]) -> pd.DataFrame:
    places: dict[tuple[str, ...], int] = {}
    for place, key in enumerate(map(tuple, keys)):
        places.setdefault(key, place)
    order = [places[tuple(key)] for key in rows[KEY].itertuples(index=False)]
    ordered = rows.assign(place=order).sort_values("place", ignore_index=True)
    return ordered[[*KEY, "unit", "published", "now", "change"]]
