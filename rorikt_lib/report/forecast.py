"""Økonomirapport: the model's forecast beside the adopted one, and how both have moved."""

from operator import attrgetter

import pandas as pd

from rorikt_lib.ledger import bridge, costs, course, forecast_log, year_end
from rorikt_lib.ledger.forecast import backtest
from rorikt_lib.ledger.forecast.choose import INTERVAL
from rorikt_lib.ledger.invoice_list import SMALL_NOK
from rorikt_lib.present.sentences import forecast as words
from rorikt_lib.report.declare import MONTH, Table, from_book, named, rules
from rorikt_lib.report.economy import COSTS, adopted_by_then, cost_table, model_forecast, published_forecasts
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.period import is_year_end, shift, year_of
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook, once

_MODEL = {"model_nok": "model_forecast", "low_nok": "model_low", "high_nok": "model_high"}
MODEL = Table("modell", model_forecast, {"line": "expense_type"}, named("operating_costs", **_MODEL))


@once
def forecast_rows(book: Workbook) -> pd.DataFrame:
    """One row per line of both kinds: the month's forecasts as the log keeps them; see year_end.forecast_rows."""
    parts = []
    for kind in Kind:
        table = cost_table(book, kind)
        if kind == Kind.OPERATING:
            rows = year_end.forecast_rows(book.table("postings"), table, model_forecast(book), book.month)
        else:
            rows = year_end.without_model(table)
        reasons = costs.reasons_of(book.table("adopted_forecasts"), kind, book.month)
        parts.append(rows.assign(kind=kind, period=book.month, reason=rows.line.map(reasons)))
    return pd.concat(parts, ignore_index=True)


def compared(book: Workbook) -> pd.DataFrame:
    """One row per line and SUM: adopted forecast, the model's with its interval, the difference and the reason given.

    No rows without a model, and none in December: the year has ended, and the model is what is booked.
    """
    model = model_forecast(book)
    rows = forecast_rows(book)
    reasons = rows[rows.kind == Kind.OPERATING].set_index("line").reason
    table = COSTS.frame(book)[["line", "forecast_nok"]].merge(model, on="line", validate="one_to_one")
    table = table.rename(columns={"forecast_nok": "adopted_nok"}).assign(reason=table.line.map(reasons))
    table["difference_nok"] = table.model_nok - table.adopted_nok
    is_silent = is_year_end(book.month) or model.model_nok.isna().all()
    return table.head(0 if is_silent else len(table))


_COMPARED = {"adopted_nok": "forecast"} | _MODEL | {"difference_nok": "model_difference"}
COMPARED = Table(
    "prognoser",
    compared,
    {"line": "expense_type"},
    named("operating_costs", **_COMPARED),
    columns=["line", *_COMPARED, "reason"],
    if_known=[*_COMPARED, "reason"],
    total=True,
    caption=lambda book, frame: words.compared_caption(frame),
)


@once
def forecasts_by_month(book: Workbook) -> pd.DataFrame:
    """One row per operating line and month of the year so far: the forecasts made then; see forecast_rows.

    As they had been published; those that were not (see unpublished_months), and the report's own, from the ledger
    as it is now. in_hindsight: not what was forecast at the time.
    """
    kept = published_forecasts(book)
    kept = kept[kept.period.str.startswith(book.month[:4])]
    parts = [kept] if len(kept) else []
    for month in unpublished_months(book, kept):
        parts.append(forecast_log.in_ore(forecast_rows(book.at(month))).assign(in_hindsight=True))
    parts.append(forecast_rows(book).assign(in_hindsight=False))
    table = pd.concat([part[part.kind == Kind.OPERATING] for part in parts], ignore_index=True)
    return table.sort_values("period", kind="stable", ignore_index=True)


def unpublished_months(book: Workbook, published: pd.DataFrame) -> list[str]:
    """Earlier months of the year that the report looks back at, but nobody had published a forecast of.

    Those are the month before, and the months of which managers adopted a forecast.
    """
    adopted = adopted_by_then(book)
    looked_at = {shift(book.month, -1), *adopted.period[adopted.kind == Kind.OPERATING]}
    of_year = [m for m in course.months_in(year_of(book.month)) if m < book.month and m in looked_at]
    return [m for m in of_year if m not in set(published.period)]


def model_bridge(book: Workbook) -> pd.DataFrame:
    """From last month's model forecast to this one, per line and SUM; see ledger.bridge.model_bridge.

    Last month's as it was published. No rows in January: December's forecast is of another year.
    """
    months = forecasts_by_month(book)
    before, now = (months[months.period == p] for p in (shift(book.month, -1), book.month))
    table = bridge.model_bridge(before, now)
    table = with_sum(table, "line", table.select_dtypes("number").columns)
    return table.assign(change_nok=table.model_nok - table.previous_nok)


_PARTS = {
    "previous_nok": "model_previous", "booked_apart_nok": "model_booked_apart",
    "commitments_nok": "model_new_invoices", "outlook_nok": "model_outlook_change",
    "model_nok": "model_forecast", "change_nok": "model_change",
}  # fmt: skip
MODEL_BRIDGE = Table(
    "modellbro",
    model_bridge,
    {"line": "expense_type"},
    named("operating_costs", **_PARTS),
    columns=["line", "previous_nok", "booked_apart_nok", "commitments_nok", "outlook_nok", "model_nok"],
    total=True,
    when=lambda book: not is_year_end(book.month),
)


def latest(book: Workbook) -> pd.DataFrame:
    """See forecast_rows; short_nok: by how much what is booked and expected is over the adopted forecast."""
    return forecast_rows(book).assign(short_nok=lambda d: d.booked_nok + d.committed_nok - d.adopted_nok)


LATEST = Table(
    "prognoselinjer",
    latest,
    {"line": "line"},
    named("forecast_lines", "booked_nok", "committed_nok", "short_nok", adopted_nok="adopted"),
    columns=["line"],
)
_GAP_NOK = attrgetter("settings.ledger.forecast_gap_nok")
GAP = rules(
    "prognosegrense",
    lambda book: {"limit_nok": _GAP_NOK(book), "interval_share": INTERVAL, "small_nok": SMALL_NOK},
    limit_nok="forecast_gap",
    interval_share="forecast_interval",
    small_nok="small_invoice",
)


def tried_years(book: Workbook) -> list[int]:
    """The years before the report's that the model is tried on; see ledger.forecast.backtest.years_to_try."""
    booked = course.booked_by_month(book.table("postings"), Kind.OPERATING)
    return backtest.years_to_try(booked.loc[:, booked.columns < book.month[:4]])


model_against_adopted = from_book(words.model_against_adopted, COMPARED, _GAP_NOK)
too_low = from_book(words.too_low, LATEST, MONTH)
built_on = from_book(words.built_on, model_forecast, tried_years, MONTH)
model_gap = from_book(year_end.model_gap, COMPARED)
outside_interval = from_book(words.outside_interval, COMPARED, model_gap)


def model_bridge_summary(book: Workbook) -> str | None:
    """How the model's total changed since the month before, and why."""
    return words.model_bridge_summary(MODEL_BRIDGE.frame(book), forecasts_by_month(book), shift(book.month, -1))
