"""Charts across the months that stand published: a month without a report is a gap."""

import numpy as np
import pandas as pd

from rorikt_lib.present.charts.bars import bar_labels, column_labels, make_room
from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY, LIGHT_BLUE
from rorikt_lib.present.charts.ends import label_ends, last_known
from rorikt_lib.present.charts.money import LEAST_SPAN_NOK, MILLION_KRONER, money_axis
from rorikt_lib.present.charts.scales import around, from_zero, month_chart, number_axis, numbers, row_chart
from rorikt_lib.present.charts.style import Drawing, heading, settle, styled
from rorikt_lib.present.language import label
from rorikt_lib.present.numbers import integer, millions, percent

_ADOPTED = {"color": ACCENT, "marker": "D", "markersize": 4.5}
_MODEL = {"color": BLUE, "marker": "o", "markersize": 4.5, "linestyle": (0, (4, 1.5))}


@styled
def forecasts(months: pd.DataFrame) -> Drawing | None:
    """The year's forecast as adopted and as modelled, its budget, and its result: a point in December.

    months: see report.development.forecasts. The axis begins where the figures do, as lines may. None without any.
    """
    columns = ["adopted_nok", "model_nok", "budget_nok", "result_nok"]
    adopted, model, budget, result = (numbers(months[column]) for column in columns)
    if not np.isfinite([adopted, model, result]).any():
        return None
    chart, axes = month_chart(list(months.month), 3.2)
    heading(axes, MILLION_KRONER)
    money_axis(axes.yaxis)
    around(axes, adopted, model, budget, result, room=0.12, least=LEAST_SPAN_NOK)
    axes.plot(budget, color=GREY, linewidth=1.2, drawstyle="steps-mid", marker="_", markersize=9)
    axes.plot(model, **_MODEL)
    axes.plot(adopted, **_ADOPTED)
    axes.plot(result, "s", color=BLUE, markersize=6)
    for month in np.flatnonzero(np.isfinite(result)):
        text = f"{label('result_nok')} {millions(result[month])}"
        axes.annotate(text, (month, result[month]), (8, 0), textcoords="offset points", va="center", color=BLUE)
    shown = [(adopted, "adopted_nok", ACCENT), (model, "model_nok", BLUE), (budget, "budget_nok", GREY)]
    ends = [last_known(of, f"{label(name)} {_last(of)}", colour, 0.1) for of, name, colour in shown]
    label_ends(chart, (axes, ends))
    return chart


def _last(values: np.ndarray) -> str:
    known = values[np.isfinite(values)]
    return millions(known[-1]) if len(known) else ""


@styled
def accuracy(months: pd.DataFrame) -> Drawing | None:
    """How far the forecasts of each month were from the year's result, in per cent; None without any."""
    adopted, model = (100 * numbers(months[column]) for column in ("adopted_bias", "model_bias"))
    if not np.isfinite([adopted, model]).any():
        return None
    chart, axes = month_chart(list(months.month), 2.6)
    number_axis(axes.yaxis, suffix="\u00a0%")
    from_zero(axes, adopted, model, headroom=0.2)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.plot(model, **_MODEL)
    axes.plot(adopted, **_ADOPTED)
    shown = [(adopted, "adopted_nok", ACCENT), (model, "model_nok", BLUE)]
    label_ends(chart, (axes, [last_known(of, label(name), colour, 0.1) for of, name, colour in shown]))
    return chart


@styled
def tried(rows: pd.DataFrame) -> Drawing | None:
    """The model's error on earlier years by the number of months that were known, in per cent; None without any."""
    errors = numbers(rows.wape)
    if not np.isfinite(errors).any():
        return None
    chart, axes = row_chart([f"{label('known_months')}: {integer(n)}" for n in rows.known_months])
    axes.barh(range(len(rows)), errors, height=0.62, color=BLUE)
    labels = bar_labels(axes, errors, [percent(error) for error in errors])
    settle(chart)
    make_room(axes, labels, least=0.0)
    return chart


@styled
def counts(months: pd.DataFrame, column: str) -> Drawing | None:
    """A column for each month with its number; None where no month has any."""
    values = numbers(months[column])
    if not np.isfinite(values).any():
        return None
    chart, axes = month_chart(list(months.month), 2.6)
    heading(axes, label(column))
    number_axis(axes.yaxis, whole=True)
    from_zero(axes, values)
    axes.bar(range(len(values)), values, 0.68, color=LIGHT_BLUE)
    settle(chart)
    column_labels(axes, values, [integer(value) if np.isfinite(value) else "" for value in values])
    return chart
