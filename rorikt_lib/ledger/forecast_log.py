"""The forecasts as they were made: what a run adds, which of them a report looks back at, and how near they came.

The log has one row per period, revision, kind and line, in the order they were written. A row is never changed: a
forecast that has become another is a new revision. A report looks back at what had been published when it was first
made, so that what is made later, of whatever month, changes nothing in it.
"""

import numpy as np
import pandas as pd

from rorikt_lib.ledger.forecast.accuracy import bias, wape
from rorikt_lib.terms.enums import ForecastSource
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift

KEY = ["period", "kind", "line"]
# The interval of the sum of a month's operating lines, which each of them has.
OF_SUM = {"sum_low_nok": "low_nok", "sum_high_nok": "high_nok"}
AMOUNTS = [
    "booked_nok", "model_nok", "low_nok", "high_nok", "next_month_nok", "committed_nok", "committed_next_nok",
    "adopted_nok", *OF_SUM,
]  # fmt: skip
TEXTS = ["reading", "reason"]
_SOURCES = {ForecastSource.MODEL: "model_nok", ForecastSource.ADOPTED: "adopted_nok"}
# in_hindsight: see `is_hindsight`.
COLUMNS = ["period", "revision", "recorded_at", "in_hindsight", "kind", "line", *AMOUNTS, *TEXTS]
# A report of September is made in October, and of a year with holidays in November; then it is no forecast any more.
MONTHS_TO_RECORD_IN = 2


def is_hindsight(log: pd.DataFrame, month: str, newest: str, recorded_on: str) -> bool:
    """Whether a month's forecasts, recorded now, are not what was forecast at the time.

    They are not where a later month is in the log; where the ledger (newest: its last period) has more than the month
    after, since invoices of that are often booked before the report is made, but with two more months known it is no
    longer a forecast; and where it is recorded (recorded_on: YYYY-MM) more than MONTHS_TO_RECORD_IN after the month.
    """
    is_later_reported = (log.period > month).any()
    return bool(is_later_reported or newest > shift(month, 1) or recorded_on > shift(month, MONTHS_TO_RECORD_IN))


def additions(log: pd.DataFrame, rows: pd.DataFrame, in_hindsight: bool, recorded_at: str) -> pd.DataFrame:
    """The rows of one period to append to the log: none where its last revision says the same, to the øre.

    rows: KEY, AMOUNTS and TEXTS, all lines of both kinds. recorded_at: ISO time.
    """
    new = in_ore(rows)
    period = new.period.iloc[0]
    logged = log[log.period == period]
    last = logged[logged.revision == logged.revision.max()]
    if _same(last, new):
        return log.head(0)
    revision = int(logged.revision.max()) + 1 if len(logged) else 1
    return new.assign(revision=revision, recorded_at=recorded_at, in_hindsight=in_hindsight)[COLUMNS]


def mended(log: pd.DataFrame) -> pd.DataFrame:
    """The log without what runs at the same time wrote twice, in its order; the log itself where nothing is doubled.

    Of rows with one period, revision, kind and line, the first are kept. The second are a revision of their own where
    they say anything else, and so are those after them.
    """
    nth = log.groupby([*KEY, "revision"], dropna=False).cumcount()
    doubled = log[nth > 0].period.unique()
    if not len(doubled):
        return log
    parts = [log[~log.period.isin(doubled)]]
    for period in doubled:
        revision, last = 0, log.head(0)
        for _, run in log.assign(nth=nth)[log.period == period].groupby(["revision", "nth"]):
            if not len(last) or not _same(last, run):
                revision, last = revision + 1, run
                parts.append(run.drop(columns="nth").assign(revision=revision))
    return pd.concat(parts).sort_index().reset_index(drop=True)


def in_ore(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their amounts as the log keeps them."""
    return rows.assign(**rows[AMOUNTS].astype(float).round(2))


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


def published_before(log: pd.DataFrame, month: str) -> pd.DataFrame:
    """What had been forecast of earlier months when a month's report was first made: of each its last revision then.

    Not what was recorded in hindsight: a report works that out itself, from the ledger as it is.
    """
    first_made = log.index[log.period == month].min()
    made = log[: log.index.get_loc(first_made)] if pd.notna(first_made) else log
    known = made[(made.period < month) & ~made.in_hindsight.astype(bool)]
    last = known.groupby("period").revision.transform("max")
    return known[known.revision == last].sort_values("period", kind="stable", ignore_index=True)


def adopted_by_then(adopted_forecasts: pd.DataFrame, published: pd.DataFrame, month: str) -> pd.DataFrame:
    """The adopted forecasts up to a month: of earlier ones as they were published, and as delivered where none was.

    published: see `published_before`.
    """
    given = adopted_forecasts[adopted_forecasts.period <= month]
    if published.empty:
        return given
    logged = published.rename(columns={"adopted_nok": "amount_nok"}).dropna(subset="amount_nok")
    parts = [logged[[*KEY, "amount_nok", "reason"]], given[~given.period.isin(published.period)]]
    return pd.concat(parts, ignore_index=True)


def with_adopted(log: pd.DataFrame, adopted_forecasts: pd.DataFrame) -> pd.DataFrame:
    """The log, and what was adopted of months that it lacks: adopted then, whenever it was recorded."""
    lacking = adopted_forecasts[~adopted_forecasts.period.isin(log.period)]
    rows = lacking[KEY].assign(adopted_nok=lacking.amount_nok, in_hindsight=True, model_nok=float("nan"))
    return pd.concat([part for part in (log, rows) if len(part)], ignore_index=True) if len(rows) else log


def sums(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per month: NOK of all lines together (SUM), booked so far, adopted and modelled; missing where one's is.

    lines: one row per month and line. The model's 80 % interval: the sum's own (sum_low_nok, sum_high_nok of its lines)
    where it is known, and see `total`. in_hindsight: whether a line's is.
    """
    rows = []
    for month, of in lines.groupby("month"):
        known = {"month": month, "line": SUM, "in_hindsight": bool(of.in_hindsight.any())}
        own = of.reindex(columns=[*OF_SUM]).rename(columns=OF_SUM).iloc[0].dropna()
        rows.append(known | dict(of[["booked_nok", "adopted_nok"]].sum(skipna=False)) | dict(total(of)) | dict(own))
    return pd.DataFrame(rows)


def total(lines: pd.DataFrame) -> pd.Series:
    """The lines' forecasts together: NOK of the sum, and its interval as if each line erred by itself.

    For a month that an older version recorded, whose sum's own interval is not in the log.
    """
    middle = lines.model_nok.sum(skipna=False)
    below = np.sqrt(((lines.model_nok - lines.low_nok) ** 2).sum(skipna=False))
    above = np.sqrt(((lines.high_nok - lines.model_nok) ** 2).sum(skipna=False))
    return pd.Series({"model_nok": middle, "low_nok": middle - below, "high_nok": middle + above})


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
