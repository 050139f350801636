"""Charts of costs: where the year deviates from its budget, and the investment projects."""

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from rorikt_lib.present.charts.bars import bar_labels, key, make_room
from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY, INK
from rorikt_lib.present.charts.money import LEAST_SPAN_NOK, MILLION_KRONER, money_axis
from rorikt_lib.present.charts.names import points, row_name
from rorikt_lib.present.charts.scales import bar_height, numbers, row_chart, zero_line
from rorikt_lib.present.charts.style import SMALL, Drawing, is_narrow, settle, strong, styled
from rorikt_lib.present.language import label, mark, sum_name
from rorikt_lib.present.numbers import signed, thousands
from rorikt_lib.terms.fields import SUM

# For a scale below the rows; on a phone it would else take the names' room where there are few.
SCALE_INCHES, SCALE_INCHES_ON_A_PHONE = 0.2, 0.5
FORECAST_MARK = {"marker": "|", "linestyle": "none", "color": INK, "markersize": 14, "markeredgewidth": 2}


@styled
def operating_variance(costs: pd.DataFrame) -> Drawing | None:
    """Variance of every line and the sum, NOK 1000: less spent to the right, more to the left, in accent.

    costs: see report.economy.COSTS. None without variances.
    """
    if not np.isfinite(numbers(costs.variance_nok)).any():
        return None
    lines = [sum_name() if line == SUM else row_name(line) for line in costs.line]
    variance = numbers(costs.variance_nok)
    chart, axes = row_chart(lines)
    axes.barh(range(len(lines)), variance, bar_height(0.62), color=np.where(variance < 0, ACCENT, BLUE))
    zero_line(axes)
    texts = [signed(thousands(value)) for value in variance]
    labels = bar_labels(axes, variance, texts)
    for row in np.flatnonzero(costs.line == SUM):
        labels[row].set(**strong())
        axes.get_yticklabels()[row].set(**strong())
    more, less = Patch(color=ACCENT, label=mark("overspent")), Patch(color=BLUE, label=mark("underspent"))
    key(axes, [*([more] if (variance < 0).any() else []), *([less] if (variance > 0).any() else [])])
    settle(chart)
    make_room(axes, labels)
    return chart


@styled
def investment_lines(costs: pd.DataFrame) -> Drawing | None:
    """Each project's booked amount, forecast and budget; one that is overspent (its mark) says so, in accent.

    costs: see report.economy.INVESTMENTS. None without amounts; without the sum, beside which all would vanish.
    """
    lines = costs[costs.line != SUM]
    actual, forecast, budget = (numbers(lines[c]) for c in ("actual_nok", "forecast_nok", "budget_nok"))
    if not np.isfinite([actual, forecast, budget]).any():
        return None
    names = [row_name(name) for name in lines.line]
    overspent = lines.mark.notna().to_numpy(bool)
    chart, axes = row_chart(names, extra_inches=SCALE_INCHES_ON_A_PHONE if is_narrow() else SCALE_INCHES)
    rows = np.arange(len(names))
    axes.barh(rows, budget, bar_height(0.66), facecolor="none", edgecolor=GREY, linewidth=1)
    axes.barh(rows, actual, bar_height(0.36), color=np.where(overspent, ACCENT, BLUE))
    axes.plot(forecast, rows, **FORECAST_MARK)
    _money_scale_below(axes)
    reach = np.nanmax([actual, forecast, budget, np.zeros(len(rows))], axis=0)
    labels = bar_labels(axes, reach, ["" if pd.isna(over) else mark(over) for over in lines.mark])
    key(axes, _investment_key(actual, forecast, budget))
    settle(chart)
    make_room(axes, labels, LEAST_SPAN_NOK)
    _scale_within(axes)
    return chart


def _money_scale_below(axes: Axes) -> None:
    axes.xaxis.set_visible(True)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.grid(visible=True, axis="x")
    zero_line(axes)
    axes.set_xlabel(MILLION_KRONER, loc="right", fontsize=SMALL, color=GREY)
    money_axis(axes.xaxis)


def _scale_within(axes: Axes) -> None:
    """Leaves out the ticks of the settled scale whose numbers would leave the chart at the right."""
    ticks = axes.get_xticks()
    texts = axes.xaxis.get_major_formatter().format_ticks(list(ticks))
    half = np.array([points(text) / 2 * axes.figure.dpi / 72 for text in texts])
    right = axes.transData.transform(np.column_stack([ticks, np.zeros(len(ticks))]))[:, 0] + half
    low, high = axes.get_xlim()
    axes.set_xticks(ticks[(right <= axes.figure.bbox.x1) & (ticks >= low) & (ticks <= high)])


def _investment_key(*amounts: np.ndarray) -> list[Artist]:
    """Those of actual, forecast and budget that any project has."""
    series = [
        Patch(color=BLUE, label=label("actual_nok")),
        Line2D([], [], **FORECAST_MARK, label=label("forecast_nok")),
        Patch(facecolor="none", edgecolor=GREY, label=label("budget_nok")),
    ]
    return [one for one, amount in zip(series, amounts, strict=True) if np.isfinite(amount).any()]
