"""Charts of the PCs: PCs to buy year by year, and Windows 11."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Annotation

from rorikt_lib.present.charts.bars import inside_labels, key, only_the_last_where_too_wide, values_at_the_end
from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY, INK, LIGHT_BLUE, LIGHT_BLUE_TEXT, MIDDLE_GREY
from rorikt_lib.present.charts.ends import End, label_ends
from rorikt_lib.present.charts.money import MILLION_KRONER
from rorikt_lib.present.charts.names import name_room, row_name
from rorikt_lib.present.charts.scales import bar_height, from_zero, number_axis, numbers, row_chart
from rorikt_lib.present.charts.style import SMALL, Drawing, heading, is_narrow, new_chart, settle, strong, styled
from rorikt_lib.present.language import label, mark, member
from rorikt_lib.present.numbers import integer, millions, percent
from rorikt_lib.terms.enums import UserGroup
from rorikt_lib.terms.fields import SUM


class Look(NamedTuple):
    """Colours of a series: its bars, words about it, and numbers inside its bars."""

    colour: str
    words: str
    inside: str


GROUPS = {UserGroup.STAFF: Look(BLUE, BLUE, "white"), UserGroup.PUPIL: Look(LIGHT_BLUE, LIGHT_BLUE_TEXT, INK)}
SYSTEMS = {"windows_11": BLUE, "older_windows": ACCENT, "unknown_build": MIDDLE_GREY}


@styled
def pcs_per_year(groups: pd.DataFrame, sums: pd.DataFrame) -> Drawing:
    """PCs to buy in each year, staff's below and pupils' above, with total and cost; and a mark at what is suggested.

    groups, sums: see devices.plan.by_group and by_year. Without a peak nothing is suggested.
    """
    counts = groups.pivot(index="year", columns="user_group", values="to_buy")
    counts = counts.reindex(columns=list(GROUPS)).fillna(0).astype(float)
    chart = new_chart(3.1)
    axes = chart.add_subplot()
    heading(axes, label("to_buy") + (f", {mark('cost_below')}" if is_narrow() else ""))
    axes.set_xticks(range(len(counts)), [str(year) for year in counts.index])
    axes.set_xlim(-0.6, max(len(counts), 5) - 0.4)
    number_axis(axes.yaxis, whole=True)
    axes.grid(visible=False)
    from_zero(axes, sums.to_buy, sums.suggested, headroom=0.2)
    stack = {group: _group_bars(axes, counts, group) for group in GROUPS}
    suggested = sums.suggested.to_numpy(float)
    is_spread = (sums.suggested != sums.to_buy).any()
    if is_spread:
        # The first year's purchases are as they are.
        later = np.arange(1, len(sums))
        axes.hlines(suggested[1:], later - 0.4, later + 0.4, color=ACCENT, linewidth=2)
    totals = _totals(axes, sums, is_spread)
    ends = [_group_end(bars.patches[-1], group) for group, bars in stack.items()]
    ends += [End(len(sums) - 0.6, suggested[-1], label("suggested"), ACCENT)] if is_spread else []
    label_ends(chart, (axes, ends))
    only_the_last_where_too_wide(axes, *totals)
    for group, bars in stack.items():
        inside_labels(axes, bars, [integer(n) for n in counts[group]], GROUPS[group].inside)
    return chart


def _totals(axes: Axes, sums: pd.DataFrame, is_spread: bool) -> tuple[list[Annotation], list[Annotation]]:
    """Each year's PCs, and what they cost, above its column and above the mark of what is suggested."""
    tops = sums[["to_buy", "suggested"]].max(axis=1) if is_spread else sums.to_buy
    unit = "" if is_narrow() else f" {MILLION_KRONER}"
    above = {"textcoords": "offset points", "ha": "center"}
    small = {"fontsize": SMALL, "color": GREY}
    pcs = [integer(number) for number in sums.to_buy]
    costs = [f"{millions(cost)}{unit}" for cost in sums.cost_nok]
    return (
        [axes.annotate(text, at, (0, 14), **above, **strong()) for at, text in zip(enumerate(tops), pcs, strict=True)],
        [axes.annotate(text, at, (0, 4), **above, **small) for at, text in zip(enumerate(tops), costs, strict=True)],
    )


def _group_bars(axes: Axes, counts: pd.DataFrame, group: str) -> BarContainer:
    below = (counts.cumsum(axis=1) - counts)[group]
    look = {"color": GROUPS[group].colour, "edgecolor": "white", "linewidth": 0.8}
    return axes.bar(range(len(counts)), counts[group], 0.62, bottom=below, **look)


def _group_end(bar: Rectangle, group: str) -> End:
    middle = bar.get_y() + bar.get_height() / 2
    return End(bar.get_x() + bar.get_width(), middle, member("user_group", group), GROUPS[group].words)


@styled
def windows_readiness(windows: pd.DataFrame) -> Drawing:
    """The share of each municipality's PCs that run Windows 11, an older Windows, or one not known.

    windows: see devices.windows.with_total; the sum has no bar. A municipality without PCs has none, and says so.
    """
    windows = windows[windows.municipality != SUM]
    counts = windows[list(SYSTEMS)].apply(numbers)
    total = counts.sum(axis=1)
    shares = counts.div(total.where(total > 0), axis=0).fillna(0.0)
    texts = _ready(windows.share_windows_11, counts.windows_11, total)
    room = name_room(texts)
    names = [row_name(member("municipality", name), room) for name in windows.municipality]
    chart, axes = row_chart(names)
    axes.set_xlim(0, 1)
    left = shares.cumsum(axis=1) - shares
    seen = {system: colour for system, colour in SYSTEMS.items() if counts[system].any()}
    for system, colour in seen.items():
        edge = {"edgecolor": "white", "linewidth": 0.8}
        axes.barh(range(len(names)), shares[system], bar_height(0.62), left=left[system], color=colour, **edge)
    values_at_the_end(axes, texts)
    key(axes, [Patch(color=colour, label=label(system)) for system, colour in seen.items()])
    settle(chart)
    return chart


def _ready(share: pd.Series, ready: pd.Series, pcs: pd.Series) -> list[str]:
    """What is said of each municipality's PCs: the share with Windows 11, and how many of how many."""
    return [
        mark("of_all").format(percent(part), integer(of), integer(number)) if number else mark("no_pcs")
        for part, of, number in zip(numbers(share), ready, pcs, strict=True)
    ]
