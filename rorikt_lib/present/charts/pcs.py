"""Charts of section 2.1.1: PCs to replace year by year, and Windows 11."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Patch, Rectangle

from rorikt_lib.fields import label, member
from rorikt_lib.present.charts.bars import inside_labels, key
from rorikt_lib.present.charts.ends import End, label_ends
from rorikt_lib.present.charts.scales import from_zero, number_axis, numbers, row_chart, row_name
from rorikt_lib.present.charts.style import (
    ACCENT,
    BLUE,
    INK,
    LIGHT_BLUE,
    LIGHT_BLUE_TEXT,
    MIDDLE_GREY,
    Chart,
    heading,
    new_chart,
    no_figures,
    settle,
    strong,
    styled,
)
from rorikt_lib.present.numbers import integer, percent


class Look(NamedTuple):
    """Colours of a series: its bars, words about it, and numbers inside its bars."""

    colour: str
    words: str
    inside: str


GROUPS = {"staff": Look(BLUE, BLUE, "white"), "pupil": Look(LIGHT_BLUE, LIGHT_BLUE_TEXT, INK)}
SYSTEMS = {"windows_11": BLUE, "older_windows": ACCENT, "unknown_build": MIDDLE_GREY}
NO_PCS = "ingen PC-er"


@styled
def pcs_per_year(plan: pd.DataFrame) -> Chart:
    """PCs to replace in each year, staff's below and pupils' above, with their total.

    plan: see measures.replacement_plan; municipalities are added together.
    """
    if plan.empty:
        return no_figures()
    counts = plan.pivot_table(index="year", columns="user_group", values="replace", aggfunc="sum")
    counts = counts.reindex(columns=list(GROUPS)).fillna(0).astype(float)
    chart = new_chart(2.8)
    axes = chart.add_subplot()
    heading(axes, label("replace"))
    _year_axis(axes, list(counts.index))
    number_axis(axes.yaxis, whole=True)
    axes.grid(visible=False)
    totals = counts.sum(axis=1).to_numpy()
    from_zero(axes, totals)
    for year, total in enumerate(totals):
        above = (year, total), (0, 3)
        axes.annotate(integer(total), *above, textcoords="offset points", ha="center", **strong())
    stack = {group: _group_bars(axes, counts, group) for group in GROUPS}
    label_ends(chart, (axes, [_group_end(bars.patches[-1], group) for group, bars in stack.items()]))
    for group, bars in stack.items():
        inside_labels(axes, bars, [integer(n) for n in counts[group]], GROUPS[group].inside)
    return chart


def _year_axis(axes: Axes, years: list[int]) -> None:
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_xlim(-0.6, max(len(years), 5) - 0.4)


def _group_bars(axes: Axes, counts: pd.DataFrame, group: str) -> BarContainer:
    below = (counts.cumsum(axis=1) - counts)[group]
    look = {"color": GROUPS[group].colour, "edgecolor": "white", "linewidth": 0.8}
    return axes.bar(range(len(counts)), counts[group], 0.62, bottom=below, **look)


def _group_end(bar: Rectangle, group: str) -> End:
    middle = bar.get_y() + bar.get_height() / 2
    return End(bar.get_x() + bar.get_width(), middle, member("user_group", group), GROUPS[group].words)


@styled
def windows_readiness(windows: pd.DataFrame) -> Chart:
    """The share of each municipality's PCs that run Windows 11, an older Windows, or one not known.

    windows: see measures.windows_readiness. A municipality without PCs has no bar, and says so.
    """
    if windows.empty:
        return no_figures()
    counts = windows[list(SYSTEMS)].apply(numbers)
    total = counts.sum(axis=1)
    shares = counts.div(total.where(total > 0), axis=0).fillna(0.0)
    names = [row_name(member("municipality", name)) for name in windows.municipality]
    chart, axes = row_chart(names)
    axes.set_xlim(0, 1)
    left = shares.cumsum(axis=1) - shares
    seen = {system: colour for system, colour in SYSTEMS.items() if counts[system].any()}
    for system, colour in seen.items():
        edge = {"edgecolor": "white", "linewidth": 0.8}
        axes.barh(range(len(names)), shares[system], 0.62, left=left[system], color=colour, **edge)
    rows = zip(numbers(windows.share_windows_11), counts.windows_11, total, strict=True)
    for row, (share, ready, pcs) in enumerate(rows):
        text = f"{percent(share)} ({integer(ready)} av {integer(pcs)})" if pcs else NO_PCS
        axes.annotate(text, (1, row), (5, 0), textcoords="offset points", va="center", annotation_clip=False)
    key(axes, [Patch(color=colour, label=label(system)) for system, colour in seen.items()])
    settle(chart)
    return chart
