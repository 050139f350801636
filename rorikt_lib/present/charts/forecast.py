"""Chart of the year: how it has run, and where it may end."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation

from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY, LIGHT_BLUE, LIGHT_BLUE_TEXT, PALE_BLUE
from rorikt_lib.present.charts.ends import End, label_ends, place_clear
from rorikt_lib.present.charts.money import LEAST_SPAN_NOK, MILLION_KRONER, money_axis
from rorikt_lib.present.charts.scales import around, from_zero, month_axis, numbers
from rorikt_lib.present.charts.style import Drawing, heading, is_narrow, new_chart, strong, styled
from rorikt_lib.present.language import label, mark
from rorikt_lib.present.numbers import millions, month_alone
from rorikt_lib.terms.fields import SUM

HEIGHT_INCHES = 3.4
# With no more months left than this, the rest of the year is a panel of its own, enlarged: beside a whole year's costs
# what they may still end at is a hair's breadth.
MOST_ENLARGED = 6
PANEL_WIDTHS = [1.35, 1]
# Names of months that a panel has room for.
MOST_NAMES = [7, 4]
SERIES = ["actual_nok", "budget_nok"]
MODEL = ["model_nok", "low_nok", "high_nok"]


@styled
def operating_course(course: pd.DataFrame, costs: pd.DataFrame) -> Drawing:
    """The year's operating costs so far, the phased budget, and where the model and the adopted forecast end.

    course: see report.economy.COURSE; what is missing in it is not drawn. costs: see report.economy.COSTS, whose
    forecast of all lines is a point at December. Late in the year the months left are a panel of their own.
    """
    forecast_nok = costs.set_index("line").forecast_nok[SUM]
    amounts = course[["month"]].assign(**{column: numbers(course[column]) for column in SERIES + MODEL})
    booked = np.flatnonzero(amounts.actual_nok.notna())
    last = int(booked[-1]) if len(booked) else None
    if last is None or not 0 < len(amounts) - 1 - last <= MOST_ENLARGED:
        return _whole_year(amounts, last, forecast_nok)
    if np.isnan([forecast_nok, amounts.model_nok.iloc[-1]]).all():
        return _whole_year(amounts, last, forecast_nok)
    return _so_far_and_the_rest(amounts, last, forecast_nok)


def _whole_year(amounts: pd.DataFrame, last: int | None, forecast: float) -> Drawing:
    chart = new_chart(HEIGHT_INCHES)
    axes = chart.add_subplot()
    lines = _draw(axes, amounts, forecast)
    month_axis(axes, list(amounts.month))
    from_zero(axes, amounts[SERIES + MODEL].to_numpy().ravel(), forecast, headroom=0.05, least=LEAST_SPAN_NOK)
    heading(axes, MILLION_KRONER)
    is_open = last is not None and last < len(amounts) - 1
    here = [_booked_here(axes, amounts, last)] if is_open else []
    label_ends(chart, (axes, _ends(amounts, forecast)))
    place_clear(here, lines)
    return chart


def _so_far_and_the_rest(amounts: pd.DataFrame, last: int, forecast: float) -> Drawing:
    if is_narrow():
        chart = new_chart(2 * HEIGHT_INCHES)
        before, after = chart.subplots(2, 1)
    else:
        chart = new_chart(HEIGHT_INCHES)
        before, after = chart.subplots(1, 2, width_ratios=PANEL_WIDTHS)
    known, rest = amounts[: last + 1].assign(**dict.fromkeys(MODEL, np.nan)), amounts[last:].reset_index(drop=True)
    lines = _draw(before, known, np.nan)
    _draw(after, rest, forecast)
    for axes, months, most in zip((before, after), (known.month, rest.month), MOST_NAMES, strict=True):
        month_axis(axes, list(months), most)
    from_zero(before, known[SERIES].to_numpy().ravel(), headroom=0.2, least=LEAST_SPAN_NOK)
    after.set_xlim(-0.3, len(rest) - 0.7)
    around(after, rest[SERIES + MODEL].to_numpy().ravel(), forecast, least=LEAST_SPAN_NOK)
    heading(before, MILLION_KRONER)
    heading(after, mark("enlarged").format(*map(month_alone, (known.month.iloc[-1], rest.month.iloc[-1]))).capitalize())
    middle = (last // 2, known.budget_nok[last // 2])
    names = [_booked_here(before, known, last)]
    names += [_text(before, middle, mark("phased_budget"), GREY)] if pd.notna(middle[1]) else []
    label_ends(chart, (after, _ends(rest, forecast)))
    place_clear(names, lines)
    return chart


def _draw(axes: Axes, amounts: pd.DataFrame, forecast: float) -> list[Line2D]:
    """The lines, the model's band and the point of the adopted forecast in the last month. Returns the lines."""
    money_axis(axes.yaxis)
    months, december = np.arange(len(amounts)), len(amounts) - 1
    lines = axes.plot(months, amounts.budget_nok, color=GREY, linewidth=1)
    axes.fill_between(months, amounts.low_nok, amounts.high_nok, color=PALE_BLUE, linewidth=0)
    for edge in ("low_nok", "high_nok"):
        lines += axes.plot(months, amounts[edge], color=LIGHT_BLUE, linewidth=0.7)
    lines += axes.plot(months, amounts.model_nok, color=LIGHT_BLUE, linestyle=(0, (4, 1.5)), linewidth=1.6)
    lines += axes.plot(months, amounts.actual_nok, color=BLUE, linewidth=2.4, solid_capstyle="round")
    booked = amounts.actual_nok.dropna()
    axes.plot(booked.index[-1:], booked[-1:], "o", color=BLUE, markersize=5.5)
    axes.plot(december, forecast, "D", color=ACCENT, markersize=6)
    return lines


def _ends(amounts: pd.DataFrame, forecast: float) -> list[End]:
    december, end = len(amounts) - 1, amounts.iloc[-1]
    low, high = millions(end.low_nok), millions(end.high_nok)
    interval = f" ({mark('interval').format(low, high)})" if pd.notna(end.low_nok) else ""
    return [
        End(december, end.budget_nok, f"{label('budget_nok')}\n{millions(end.budget_nok)}", GREY),
        End(december, forecast, f"{label('adopted_nok')}\n{millions(forecast)}", ACCENT),
        End(december, end.model_nok, f"{label('model_nok')}\n{millions(end.model_nok)}{interval}", LIGHT_BLUE_TEXT),
        End(december, end.actual_nok, f"{label('actual_nok')}\n{millions(end.actual_nok)}", BLUE),
    ]


def _booked_here(axes: Axes, amounts: pd.DataFrame, last: int) -> Annotation:
    """The name and amount of what is booked at its last month, to be placed clear of the lines."""
    booked = amounts.actual_nok[last]
    return _text(axes, (last, booked), f"{label('actual_nok')}\n{millions(booked)}", BLUE, **strong())


def _text(axes: Axes, at: tuple[float, float], text: str, colour: str, **font: str) -> Annotation:
    return axes.annotate(text, at, (0, 0), textcoords="offset points", color=colour, **font)
