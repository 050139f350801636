"""The model's forecast of the year's end per line, and its course month by month."""

import numpy as np
import pandas as pd

from rorikt_lib.ledger.commitments import SERIES, by_line, expected_invoices
from rorikt_lib.ledger.costs import COUNTED, counted
from rorikt_lib.ledger.forecast.choose import forecast
from rorikt_lib.ledger.forecast.history import MONTHS, by_month, for_lines, known_at, last_year, this_year
from rorikt_lib.ledger.forecast.outlook import outlook, past_outlooks
from rorikt_lib.ledger.forecast_log import OF_SUM
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, last_period, shift

AMOUNTS = ["model_nok", "low_nok", "high_nok"]
_AHEAD = ["next_month_nok", "committed_nok", "committed_next_nok"]
# What the model reads of a posting: to filter all of its columns takes several times as long.
_READ = [*COUNTED, *SERIES, "supplier_name", "period", "amount_nok"]


def model_forecast(postings: pd.DataFrame, kind: str, month: str, lines: list[str]) -> pd.DataFrame:
    """One row per line and a SUM row: NOK of the whole year (model_nok), its 80 % interval and the leading reading.

    From postings up to the month alone; the rules are those of ledger.forecast. Missing without a complete earlier
    year: yearly licences make the year so far say nothing. In December the year is over, and the model is what is
    booked.
    """
    rows, booked = _known(postings, kind, month, lines)
    now = outlook(booked, rows, month)
    if now is None:
        named = [*lines, SUM] if lines else []
        table = pd.DataFrame(dict.fromkeys(AMOUNTS, np.nan) | {"reading": None}, index=pd.Index(named))
    else:
        table = forecast(now, past_outlooks(booked, rows, month))
    return table.rename_axis("line").reset_index()


def model_gap(compared: pd.DataFrame) -> float:
    """NOK by which the model's total exceeds the adopted one; missing where its interval holds the adopted one.

    And without an adopted forecast or an interval.
    """
    if compared.empty:
        return float("nan")
    row = compared.set_index("line").loc[SUM]
    is_outside = row.adopted_nok < row.low_nok or row.adopted_nok > row.high_nok
    return row.difference_nok if is_outside else float("nan")


def months_ahead(postings: pd.DataFrame, kind: str, month: str, model: pd.DataFrame) -> pd.DataFrame:
    """NOK per line (rows) and month left of the year (columns): the model's rest, phased as those months last year.

    Evenly where last year's are nothing, or of the other sign. model: see `model_forecast`, without its SUM row.
    """
    lines = list(model["line"])
    _, booked = _known(postings, kind, month, lines)
    history, ahead = known_at(booked, month), MONTHS - int(month[5:])
    rest = model.set_index("line").model_nok - this_year(history, ahead)
    coming = last_year(history)[:, :ahead]
    sums = coming.sum(axis=1)
    is_usable = (sums * rest.to_numpy() > 0)[:, None]
    shares = np.divide(coming, sums[:, None], out=np.full_like(coming, 1 / max(ahead, 1)), where=is_usable)
    months = [shift(month, by) for by in range(1, ahead + 1)]
    return pd.DataFrame(shares * rest.to_numpy()[:, None], index=history.index, columns=months)


def forecast_rows(postings: pd.DataFrame, costs: pd.DataFrame, model: pd.DataFrame, month: str) -> pd.DataFrame:
    """One row per operating line: what is known and expected at the end of a month, as the forecast log keeps it.

    Columns: line, booked_nok, model_nok, low_nok, high_nok, reading, next_month_nok (the part of the model's rest that
    falls in the next month), committed_nok (expected invoices) and committed_next_nok (those of the next month),
    adopted_nok, and sum_low_nok and sum_high_nok, the interval of all lines' sum.

    costs: see costs.cost_table. model: see `model_forecast`.
    """
    table = costs[costs.line != SUM].set_index("line")
    model = model.set_index("line")
    of_sum = model.reindex([SUM]).iloc[0]
    model = model.drop(index=SUM, errors="ignore")
    expected = expected_invoices(postings, Kind.OPERATING, month)
    due_next = by_line(expected[expected.expected_month == shift(month, 1)])
    rows = model.assign(
        booked_nok=table.actual_nok,
        adopted_nok=table.forecast_nok,
        next_month_nok=_next_month(postings, month, model),
        committed_nok=by_line(expected).reindex(table.index, fill_value=0.0),
        committed_next_nok=due_next.reindex(table.index, fill_value=0.0),
        **{name: of_sum[column] for name, column in OF_SUM.items()},
    )
    return rows.rename_axis("line").reset_index()


def without_model(costs: pd.DataFrame) -> pd.DataFrame:
    """The rows of lines that no model is made for, as `forecast_rows` has them: investment projects follow plans."""
    lines = costs.rename(columns={"actual_nok": "booked_nok", "forecast_nok": "adopted_nok"})
    rows = lines.loc[lines.line != SUM, ["line", "booked_nok", "adopted_nok"]]
    return rows.assign(
        **dict.fromkeys([*AMOUNTS, "next_month_nok", "committed_nok", "committed_next_nok", *OF_SUM], np.nan)
    )


def _next_month(postings: pd.DataFrame, month: str, model: pd.DataFrame) -> pd.Series | float:
    if is_year_end(month) or model.model_nok.isna().all():
        return np.nan
    return months_ahead(postings, Kind.OPERATING, month, model.rename_axis("line").reset_index()).iloc[:, 0]


def _known(postings: pd.DataFrame, kind: str, month: str, lines: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The counted postings up to the month, and NOK per line and month of them."""
    rows = counted(postings[_READ], kind)
    rows = rows[(rows.period <= last_period(month)) & rows.line.isin(lines)]
    return rows, for_lines(by_month(rows, "line"), lines)
