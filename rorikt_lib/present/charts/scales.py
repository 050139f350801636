"""Axes as the report writes them: months, Norwegian numbers, named rows."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import Formatter, MaxNLocator

from rorikt_lib.present.charts.colours import GREY
from rorikt_lib.present.charts.style import SMALL, Drawing, is_narrow, new_chart
from rorikt_lib.present.language import mark
from rorikt_lib.present.numbers import decimal, short_month

MOST_MONTH_LABELS, MOST_ON_A_PHONE = 13, 5
FEWEST_SLOTS = 6
# Points between the axis and the names of months on a phone.
BELOW_NUMBERS = 7
FEWEST_ROWS = 2
PANELS_ABREAST = 2
# Of a row whose name stands on a line above its bar: what bars are made thinner by, and where the name is.
THINNER, ABOVE = 0.72, 0.28


class NorwegianNumbers(Formatter):
    """Tick labels with decimal comma, as many decimals as the step between ticks needs; in units of `per`."""

    def __init__(self, per: int = 1, suffix: str = "") -> None:
        self.per, self.suffix = per, suffix

    def __call__(self, value: float, pos: int | None = None) -> str:
        return self.format_ticks([value])[0]

    def format_ticks(self, values: list[float]) -> list[str]:
        """The labels of all ticks."""
        step = abs(values[1] - values[0]) / self.per if len(values) > 1 else 1
        decimals = max(0, math.ceil(-math.log10(step) - 1e-9)) if step else 0
        return [decimal(value, decimals, self.per) + self.suffix for value in values]


def number_axis(axis: Axis, per: int = 1, suffix: str = "", whole: bool = False) -> None:
    """An axis with few round ticks. per: what one unit on the axis is; whole: only whole numbers."""
    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10], integer=whole, min_n_ticks=2))
    axis.set_major_formatter(NorwegianNumbers(per, suffix))


def from_zero(axes: Axes, *values: object, headroom: float = 0.1, least: float = 1.0) -> None:
    """A y axis with zero and all `values` (numbers or arrays, missing ones left aside), and room above.

    least: the axis spans at least this much, so that a chart of zeros has sensible ticks.
    """
    known = np.concatenate([[0.0], *map(numbers, values)])
    low, high = np.nanmin(known), np.nanmax(known)
    high = max(high, low + least)
    room = headroom * (high - low)
    axes.set_ylim(low - room * (low < 0), high + room)
    if low < 0:
        axes.axhline(0, color=GREY, linewidth=0.8)


def around(axes: Axes, *values: object, room: float = 0.08, least: float = 1.0) -> None:
    """A y axis that is just high enough for all `values` (numbers or arrays, missing ones left aside).

    room: above and below them, a share of the height. least: the axis spans at least this much.
    """
    known = np.concatenate([*map(numbers, values)])
    low, high = np.nanmin(known), np.nanmax(known)
    more = max(room * (high - low), (least - high + low) / 2)
    axes.set_ylim(low - more, high + more)


def numbers(values: object) -> np.ndarray:
    """Any column or number as floats; missing becomes nan."""
    return pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(float, na_value=np.nan)


def month_axis(axes: Axes, months: list[str], most: int | None = None, part: str = "") -> None:
    """Months at 0, 1, 2 …: every name (every second and so on when more than `most`), the year where it begins.

    part: what stands under the last one, where only a part of it is counted; see `part_mark`.
    """
    step = math.ceil(len(months) / (most or (MOST_ON_A_PHONE if is_narrow() else MOST_MONTH_LABELS)))
    shown = list(range(len(months) - 1, -1, -step))[::-1]
    years = [months[i][:4] for i in shown]
    is_new = [year != before for year, before in zip(years, ["", *years], strict=False)]
    names = [_month_label(months[i], new) for i, new in zip(shown, is_new, strict=True)]
    names[-1:] = [f"{names[-1]}\n{part}" if part else names[-1]] if names else []
    axes.set_xticks(shown, names, fontsize=SMALL)
    if is_narrow():
        # A month wider than its column stands below the number at the foot of the y axis.
        axes.tick_params(axis="x", pad=BELOW_NUMBERS)
    axes.set_xlim(-0.6, max(len(months), FEWEST_SLOTS) - 0.4)


def _month_label(month: str, with_year: bool) -> str:
    name = short_month(month).rsplit(" ", 1)[0]
    return f"{name}\n{month[:4]}" if with_year else name


def part_mark(months: pd.DataFrame) -> str:
    """`til 27.` where the last of the months is counted that far only (`until`, see report.part_month), else empty."""
    until = months.until.iloc[-1] if "until" in months and len(months) else pd.NaT
    return "" if pd.isna(until) else mark("until").format(until.day)


def month_line(axes: Axes, values: np.ndarray, style: str, part: str, **look: object) -> None:
    """A line over months, dotted to the last one where that is a part, and so not as high as the others."""
    (line,) = axes.plot(values[:-1] if part else values, style, clip_on=False, **look)
    if part:
        last = range(max(len(values) - 2, 0), len(values))
        colour = line.get_color()
        axes.plot(last, values[last], color=colour, linestyle=":", linewidth=line.get_linewidth(), clip_on=False)
        look = look | {"color": colour, "markerfacecolor": "white", "markeredgecolor": colour}
        axes.plot(len(values) - 1, values[-1], style[0], clip_on=False, **look)


def month_chart(months: list[str], height_inches: float, part: str = "") -> tuple[Drawing, Axes]:
    """A chart over months (`month_axis`)."""
    chart = new_chart(height_inches)
    axes = chart.add_subplot()
    month_axis(axes, months, part=part)
    return chart, axes


def panel_chart(count: int, panel_inches: float) -> tuple[Drawing, list[Axes]]:
    """A chart with this many panels, two beside each other; on a phone below each other."""
    abreast = 1 if is_narrow() else PANELS_ABREAST
    height = math.ceil(count / abreast)
    chart = new_chart(0.3 + panel_inches * height)
    panels = list(chart.subplots(height, abreast, squeeze=False).ravel())
    for axes in panels[count:]:
        axes.remove()
    return chart, panels[:count]


def row_chart(names: list[str], extra_inches: float = 0.0) -> tuple[Drawing, Axes]:
    """A chart of named rows (`named_rows`), as high as they need."""
    chart = new_chart(rows_height(names) + extra_inches)
    axes = chart.add_subplot()
    named_rows(axes, names)
    return chart, axes


def named_rows(axes: Axes, names: list[str]) -> None:
    """Rows of horizontal bars at 0, 1, 2 … from the top, named at the left, without a scale.

    On a phone the names stand above the bars, which have the whole width.
    """
    last = max(len(names), FEWEST_ROWS) - 0.4
    if is_narrow():
        axes.set_yticks(np.arange(len(names)) - ABOVE, names, ha="left", va="bottom")
        axes.tick_params(axis="y", pad=0)
        axes.set_ylim(last, -0.75)
    else:
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(last, -0.6)
    axes.xaxis.set_visible(False)
    axes.spines.bottom.set_visible(False)
    axes.grid(visible=False)


def zero_line(axes: Axes) -> None:
    """Where the bars of named rows begin; on a phone it does not run through the names above them."""
    rows = np.arange(math.ceil(axes.get_ylim()[0] - 0.5)) if is_narrow() else np.array([])
    if len(rows):
        axes.vlines(np.zeros(len(rows)), rows - ABOVE, rows + ABOVE, color=GREY, linewidth=0.8)
    else:
        axes.axvline(0, color=GREY, linewidth=0.8)


def bar_height(share: float) -> float:
    """The height of a row's bar, a share of the row's, where there is room for the name too."""
    return share * (THINNER if is_narrow() else 1)


def rows_height(names: list[str]) -> float:
    """Inches that a chart with these rows needs."""
    has_long = any("\n" in name for name in names)
    per_row = (0.66 if has_long else 0.42) if is_narrow() else (0.36 if has_long else 0.27)
    return 0.55 + per_row * max(len(names), FEWEST_ROWS)
