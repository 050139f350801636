"""The forecasts as they were made: what a later run adds, which of a month's counts, and how near they came.

The log has one row per period, revision, kind and line, in the order they were written. A row is never changed: a
forecast that has become another is a new revision.
"""

import pandas as pd

from rorikt_lib.ledger.forecast.accuracy import bias, wape
from rorikt_lib.ledger.forecast.choose import total
from rorikt_lib.terms.enums import ForecastSource
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end

KEY = ["period", "kind", "line"]
AMOUNTS = [
    "booked_nok", "model_nok", "low_nok", "high_nok", "next_month_nok", "committed_nok", "committed_next_nok",
    "adopted_nok",
]  # fmt: skip
TEXTS = ["reading", "reason"]
_SOURCES = {ForecastSource.MODEL: "model_nok", ForecastSource.ADOPTED: "adopted_nok"}
# in_hindsight: worked out after a later month's forecast, and not what was forecast at the time.
COLUMNS = ["period", "revision", "recorded_at", "in_hindsight", "kind", "line", *AMOUNTS, *TEXTS]


def additions(log: pd.DataFrame, rows: pd.DataFrame, in_hindsight: bool, recorded_at: str) -> pd.DataFrame:
    """The rows of one period to append to the log: none where its last revision says the same, to the øre.

    rows: KEY, AMOUNTS and TEXTS, all lines of both kinds. recorded_at: ISO time.
    """
    new = rows.assign(**rows[AMOUNTS].round(2))
    period = new.period.iloc[0]
    logged = log[log.period == period]
    last = logged[logged.revision == logged.revision.max()]
    if _same(last, new):
        return log.head(0)
    revision = int(logged.revision.max()) + 1 if len(logged) else 1
    return new.assign(revision=revision, recorded_at=recorded_at, in_hindsight=in_hindsight)[COLUMNS]


def _same(last: pd.DataFrame, new: pd.DataFrame) -> bool:
    what = [*KEY, *AMOUNTS, *TEXTS]
    one, other = (frame[what].sort_values(KEY, ignore_index=True) for frame in (last, new))
    if len(one) != len(other):
        return False
    texts = [*KEY, *TEXTS]
    same_texts = one[texts].astype(object).fillna("").equals(other[texts].astype(object).fillna(""))
    apart = (one[AMOUNTS].astype(float) - other[AMOUNTS].astype(float)).abs() >= 0.005
    same_gaps = (one[AMOUNTS].isna() == other[AMOUNTS].isna()).all(axis=None)
    return bool(same_texts and same_gaps and not apart.any(axis=None))


def counting(log: pd.DataFrame) -> pd.DataFrame:
    """One revision per period: the last one written before a later period was reported, else the first.

    So a forecast mended before the next report counts as mended, and hindsight does not count as foresight.
    """
    place = pd.Series(range(len(log)), index=log.index)
    reported = place.where(~log.in_hindsight.astype(bool)).groupby(log.period).min()
    kept = []
    for period, rows in log.groupby("period", sort=True):
        limit = reported[reported.index > period].min()
        in_time = rows[(place[rows.index] < limit) | pd.isna(limit)]
        kept.append(rows[rows.revision == (in_time.revision.max() if len(in_time) else rows.revision.min())])
    return pd.concat(kept, ignore_index=True) if kept else log


def sums(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per month: NOK of all lines together (SUM), booked so far, adopted and modelled; missing where one's is.

    lines: one row per month and line. The model's 80 % interval: see choose.total. in_hindsight: whether a line's is.
    """
    rows = []
    for month, of in lines.groupby("month"):
        known = {"month": month, "line": SUM, "in_hindsight": bool(of.in_hindsight.any())}
        rows.append(known | dict(of[["booked_nok", "adopted_nok"]].sum(skipna=False)) | dict(total(of)))
    return pd.DataFrame(rows)


def foreseen(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of months that foresee: not December's, when the year is over and the model is what is booked."""
    return rows[~rows.month.map(is_year_end).astype(bool)]


def accuracy(log: pd.DataFrame, actual: pd.DataFrame) -> pd.DataFrame:
    """One row per source (model, adopted), line and months left: wape and bias (shares) over the years that are over.

    log: of one kind, see `counting`. actual: year, line and actual_nok of the years that are over. Forecasts made in
    December are left out: nothing was left to foresee. So are a model's in hindsight: nobody made it then; what
    managers adopted, they adopted then. years: how many there are.
    """
    made = log.assign(year=log.period.str[:4].astype(int), months_left=12 - log.period.str[5:].astype(int))
    made = made[made.months_left > 0].merge(actual, on=["year", "line"], validate="many_to_one")
    parts = []
    for source, column in _SOURCES.items():
        known = made.dropna(subset=[column])
        known = known[~known.in_hindsight.astype(bool)] if source == ForecastSource.MODEL else known
        parts += [
            {"source": source, "line": line, "months_left": left, "years": len(rows),
             "wape": wape(rows[column], rows.actual_nok), "bias": bias(rows[column], rows.actual_nok)}
            for (line, left), rows in known.groupby(["line", "months_left"], sort=False)
        ]  # fmt: skip
    return pd.DataFrame(parts, columns=["source", "line", "months_left", "years", "wape", "bias"])


def by_source(accuracy: pd.DataFrame) -> pd.DataFrame:
    """One row per line, months_left and years: adopted_wape, adopted_bias, model_wape, model_bias, of those known.

    accuracy: see `accuracy`.
    """
    keys, errors = ["line", "months_left", "years"], ["wape", "bias"]
    table = accuracy.set_index(keys)
    parts = [
        table.loc[table.source == name, errors].add_prefix(f"{name}_")
        for name in (ForecastSource.ADOPTED, ForecastSource.MODEL)
    ]
    return pd.concat(parts, axis=1).reset_index()
