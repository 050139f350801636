"""Charts of chapter 1: how the year runs, where it deviates, and the investment projects."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation

from rorikt_lib.fields import SUM, label
from rorikt_lib.ledger.costs import is_overspent
from rorikt_lib.present.charts.bars import bar_labels, key, make_room
from rorikt_lib.present.charts.ends import End, label_ends, place_clear
from rorikt_lib.present.charts.scales import from_zero, month_chart, number_axis, numbers, row_chart, row_name
from rorikt_lib.present.charts.style import (
    ACCENT,
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    LIGHT_BLUE_TEXT,
    SMALL,
    Chart,
    heading,
    no_figures,
    settle,
    strong,
    styled,
)
from rorikt_lib.present.numbers import decimal, signed, thousands

MILLION = 1_000_000
LEAST_SPAN_NOK = 100_000
MILLION_KRONER = "mill. kr"
# The model's interval stands beside December, clear of what is drawn there.
MODEL_ASIDE = 0.75
INTERVAL = {"color": LIGHT_BLUE, "linewidth": 1.2, "marker": "_", "markersize": 13, "markeredgewidth": 1.3}
OVER_FORECAST, OVER_BUDGET = "bokført over prognose", "bokført over årsbudsjett"
FORECAST_MARK = {"marker": "|", "linestyle": "none", "color": INK, "markersize": 14, "markeredgewidth": 2}


@styled
def operating_course(
    course: pd.DataFrame, forecast_nok: float, model_nok: float, low_nok: float, high_nok: float
) -> Chart:
    """The year's operating costs so far against the phased budget, and where they may end.

    course: see measures.operating_course. The others are NOK for the whole year; a missing one is not drawn.
    """
    actual, budget = numbers(course.actual_nok), numbers(course.budget_nok)
    model = np.array([model_nok, low_nok, high_nok], dtype=float)
    if not np.isfinite(actual).any() and not np.isfinite(budget).any():
        return no_figures()
    chart, axes = month_chart(list(course.month), 3.4)
    heading(axes, MILLION_KRONER)
    number_axis(axes.yaxis, per=MILLION)
    from_zero(axes, actual, budget, forecast_nok, model, headroom=0.05, least=LEAST_SPAN_NOK)
    lines, last, here = _draw_course(axes, actual, budget, forecast_nok)
    axes.plot(len(course) - 1, forecast_nok, "o", color=ACCENT, markersize=5)
    if np.isfinite(model).any():
        _draw_model(axes, len(course) - 1 + MODEL_ASIDE, model)
    ends = _year_ends(len(course) - 1, budget[-1], forecast_nok, model)
    if last == len(course) - 1:
        ends.append(End(last, actual[last], f"{label('actual_nok')} {_millions(actual[last])}", BLUE))
    label_ends(chart, (axes, ends))
    if here:
        place_clear(here, lines)
    return chart


def _draw_course(
    axes: Axes, actual: np.ndarray, budget: np.ndarray, forecast: float
) -> tuple[list[Line2D], int | None, Annotation | None]:
    """Draws the lines. Returns them, the last booked month and the label at it (none in December)."""
    months = np.arange(len(actual))
    lines = axes.plot(months, budget, color=GREY, linewidth=1)
    if not np.isfinite(actual).any():
        return lines, None, None
    last = int(np.flatnonzero(np.isfinite(actual))[-1])
    lines += axes.plot(months, actual, color=BLUE, linewidth=2.4, solid_capstyle="round")
    axes.plot(last, actual[last], "o", color=BLUE, markersize=5.5)
    if last == months[-1]:
        return lines, last, None
    if np.isfinite(forecast):
        rest = [last, months[-1]], [actual[last], forecast]
        lines += axes.plot(*rest, color=ACCENT, linestyle=(0, (3, 2)), linewidth=1.4)
    at, text = (last, actual[last]), f"{label('actual_nok')}\n{_millions(actual[last])}"
    return lines, last, axes.annotate(text, at, (0, 0), textcoords="offset points", color=BLUE, **strong())


def _draw_model(axes: Axes, x: float, model: np.ndarray) -> None:
    middle, low, high = model
    axes.plot([x, x], [low, high], **INTERVAL)
    axes.plot(x, middle, "o", color=LIGHT_BLUE, markersize=3.5)
    axes.set_xlim(right=x + 0.4)


def _year_ends(december: int, budget: float, forecast: float, model: np.ndarray) -> list[End]:
    middle, low, high = map(_millions, model)
    interval = f"\n({low} til {high})" if np.isfinite(model).all() else ""
    return [
        End(december, budget, f"{label('budget_nok')} {_millions(budget)}", GREY),
        End(december, forecast, f"Vedtatt prognose {_millions(forecast)}", ACCENT),
        End(december + MODEL_ASIDE + 0.2, model[0], f"{label('model_nok')} {middle}{interval}", LIGHT_BLUE_TEXT),
    ]


def _millions(nok: float) -> str:
    return decimal(nok, 1, per=MILLION)


@styled
def operating_variance(costs: pd.DataFrame) -> Chart:
    """Variance of every line and the sum, NOK 1000: less spent to the right, more to the left, in accent.

    costs: see measures.cost_table, of either kind.
    """
    if not np.isfinite(numbers(costs.variance_nok)).any():
        return no_figures()
    lines = ["Sum" if line == SUM else row_name(line) for line in costs.iloc[:, 0]]
    variance = numbers(costs.variance_nok)
    chart, axes = row_chart(lines)
    axes.barh(range(len(lines)), variance, height=0.62, color=np.where(variance < 0, ACCENT, BLUE))
    axes.axvline(0, color=GREY, linewidth=0.8)
    texts = [signed(thousands(value)) for value in variance]
    labels = bar_labels(axes, variance, texts)
    for row in np.flatnonzero(costs.iloc[:, 0] == SUM):
        labels[row].set(**strong())
        axes.get_yticklabels()[row].set(**strong())
    more, less = Patch(color=ACCENT, label="Merforbruk"), Patch(color=BLUE, label="Mindreforbruk")
    key(axes, [*([more] if (variance < 0).any() else []), *([less] if (variance > 0).any() else [])])
    settle(chart)
    make_room(axes, labels)
    return chart


@styled
def investment_lines(costs: pd.DataFrame) -> Chart:
    """Each project's booked amount, forecast and budget; an overspent one (`is_overspent`) says so, in accent.

    costs: see measures.cost_table, investments. Without the sum, beside which the projects would vanish.
    """
    lines = costs[costs.iloc[:, 0] != SUM]
    actual, forecast, budget = (numbers(lines[c]) for c in ("actual_nok", "forecast_nok", "budget_nok"))
    if not np.isfinite([actual, forecast, budget]).any():
        return no_figures()
    names = [row_name(name) for name in lines.iloc[:, 0]]
    overspent = is_overspent(lines).to_numpy(bool)
    chart, axes = row_chart(names, extra_inches=0.2)
    rows = np.arange(len(names))
    axes.barh(rows, budget, height=0.66, facecolor="none", edgecolor=GREY, linewidth=1)
    axes.barh(rows, actual, height=0.36, color=np.where(overspent, ACCENT, BLUE))
    axes.plot(forecast, rows, **FORECAST_MARK)
    _money_scale_below(axes)
    reach = np.nanmax([actual, forecast, budget, np.zeros(len(rows))], axis=0)
    beyond = np.where(np.isfinite(forecast), OVER_FORECAST, OVER_BUDGET)
    labels = bar_labels(axes, reach, list(np.where(overspent, beyond, "")))
    key(axes, _investment_key(actual, forecast, budget))
    settle(chart)
    make_room(axes, labels, LEAST_SPAN_NOK)
    return chart


def _money_scale_below(axes: Axes) -> None:
    axes.xaxis.set_visible(True)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.grid(visible=True, axis="x")
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel(MILLION_KRONER, loc="right", fontsize=SMALL, color=GREY)
    number_axis(axes.xaxis, per=MILLION)


def _investment_key(*amounts: np.ndarray) -> list[Artist]:
    """Those of actual, forecast and budget that any project has."""
    marks = [
        Patch(color=BLUE, label=label("actual_nok")),
        Line2D([], [], **FORECAST_MARK, label=label("forecast_nok")),
        Patch(facecolor="none", edgecolor=GREY, label=label("budget_nok")),
    ]
    return [mark for mark, amount in zip(marks, amounts, strict=True) if np.isfinite(amount).any()]
