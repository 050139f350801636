"""Charts of the yearly documents: the budget's walk, what moved each municipality's amount, and scenarios."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation

from rorikt_lib.present.charts.bars import bar_labels, key, make_room
from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY, INK, LIGHT_BLUE
from rorikt_lib.present.charts.money import LEAST_SPAN_NOK
from rorikt_lib.present.charts.names import name_room, points, row_name
from rorikt_lib.present.charts.scales import (
    bar_height,
    named_rows,
    numbers,
    panel_chart,
    row_chart,
    rows_height,
    zero_line,
)
from rorikt_lib.present.charts.style import Drawing, heading, is_narrow, settle, strong, styled
from rorikt_lib.present.language import label, mark
from rorikt_lib.present.numbers import signed, thousands
from rorikt_lib.terms.fields import SUM

PANEL_INCHES = 1.55
# Of one of two panels abreast, in points: its width, that of its rows' names, and what no text may take.
PANEL_POINTS, PANEL_NAMES, ASIDE = 252, 90, 30


@styled
def budget_walk(walk: pd.DataFrame) -> Drawing:
    """The steps from last year's budget to this one's, each from where the last one ended, NOK 1000.

    walk: see sharing.budget.walk. The budgets are marks, not bars: the axis does not begin at zero.
    """
    names = [row_name(step) for step in walk.step]
    chart, axes = row_chart(names, extra_inches=0.2)
    start, end = numbers(walk.from_nok.astype(float)), numbers(walk.to_nok.astype(float))
    rows, is_step = np.arange(len(names)), numbers(walk.from_nok.astype(float)) > 0
    change = np.where(is_step, end - start, 0.0)
    colours = np.where(change < 0, BLUE, ACCENT)
    axes.barh(rows[is_step], change[is_step], bar_height(0.62), left=start[is_step], color=colours[is_step])
    axes.plot(end[~is_step], rows[~is_step], "D", color=INK, markersize=6)
    for row in [] if is_narrow() else rows[:-1]:
        axes.plot([end[row]] * 2, [row, row + 1], color=GREY, linewidth=0.7, zorder=0)
    texts = [signed(thousands(c)) if step else thousands(e) for c, e, step in zip(change, end, is_step, strict=True)]
    labels = _after(axes, np.fmax(np.where(is_step, start, end), end), texts)
    for row in rows[~is_step]:
        labels[row].set(**strong())
        axes.get_yticklabels()[row].set(**strong())
    more, less = Patch(color=ACCENT, label=mark("more")), Patch(color=BLUE, label=mark("less"))
    key(axes, [*([more] if (change > 0).any() else []), *([less] if (change < 0).any() else [])])
    _fit(chart, axes, labels, np.concatenate([start[is_step], end]))
    return chart


def _after(axes: Axes, ends: np.ndarray, texts: list[str]) -> list[Annotation]:
    """A text right of each row's rightmost mark."""
    return [
        axes.annotate(text, (end, row), (8, 0), textcoords="offset points", va="center", in_layout=False)
        for row, (end, text) in enumerate(zip(ends, texts, strict=True))
    ]


def _fit(chart: Drawing, axes: Axes, labels: list[Annotation], levels: np.ndarray) -> None:
    """An axis just wide enough for the levels, and for the labels at their right."""
    low, high = levels.min(), max(levels.max(), levels.min() + LEAST_SPAN_NOK)
    settle(chart)
    widest = max(text.get_window_extent().width for text in labels) + 16
    share = min(widest / axes.get_window_extent().width, 0.5)
    room = 0.03 * (high - low)
    axes.set_xlim(low - room, high + (high - low + room) * share / (1 - share))


@styled
def change_effects(table: pd.DataFrame) -> Drawing:
    """Each municipality's change from last year, NOK 1000: of cost, of keys, and together.

    table: see sharing.budget.against_last_year.
    """
    places = table[table.municipality != SUM]
    names = [row_name(place) for place in places.municipality]
    rows = np.arange(len(names))
    chart, axes = row_chart(names, extra_inches=0.2 + 0.16 * len(names))
    effects = {name: numbers(places[name].astype(float)) for name in ("cost_effect_nok", "key_effect_nok")}
    total = numbers(places.change_nok.astype(float))
    beside = bar_height(0.2)
    axes.barh(rows - beside, effects["cost_effect_nok"], bar_height(0.34), color=BLUE)
    axes.barh(rows + beside, effects["key_effect_nok"], bar_height(0.34), color=LIGHT_BLUE)
    axes.plot(total, rows, "D", color=ACCENT, markersize=5)
    zero_line(axes)
    reach = np.fmax(np.fmax(*effects.values()), total)
    labels = _after(axes, np.fmax(reach, 0), [signed(thousands(value)) for value in total])
    key(axes, [
        Patch(color=BLUE, label=label("cost_effect_nok")),
        Patch(color=LIGHT_BLUE, label=label("key_effect_nok")),
        Line2D([], [], color=ACCENT, marker="D", linestyle="none", markersize=5, label=label("change_nok")),
    ])  # fmt: skip
    settle(chart)
    make_room(axes, labels)
    low, high = axes.get_xlim()
    # A bar to the left ends short of the names.
    axes.set_xlim(low - 0.03 * (high - low), high)
    return chart


@styled
def scenario_changes(table: pd.DataFrame) -> Drawing:
    """What each municipality pays more or less in each scenario, NOK 1000: a panel each, of its own scale.

    table: see sharing.scenario.compare, with title. A municipality that pays the same has no bar.
    """
    scenarios = {name: rows[rows.municipality != SUM] for name, rows in table.groupby("title", sort=False)}
    room = name_room() if is_narrow() else PANEL_NAMES
    names = {title: [row_name(place, room) for place in rows.municipality] for title, rows in scenarios.items()}
    chart, panels = panel_chart(len(scenarios), _panel_inches(list(names.values())))
    drawn = [
        (axes, _panel(axes, title, names[title], rows))
        for axes, (title, rows) in zip(panels, scenarios.items(), strict=True)
    ]
    settle(chart)
    for axes, labels in drawn:
        make_room(axes, labels, LEAST_SPAN_NOK)
    return chart


def _panel_inches(names: list[list[str]]) -> float:
    """The height of a panel, the same for all: of the one with most rows."""
    most = max(map(len, names))
    has_long = any("\n" in name for of in names for name in of)
    if is_narrow() or has_long:
        return rows_height(["\n" if has_long else ""] * most)
    return PANEL_INCHES + 0.12 * max(0, most - 5)


def _title_room(names: list[str]) -> float:
    """Points for a line of a panel's title, which begins where its bars do."""
    return name_room() if is_narrow() else PANEL_POINTS - ASIDE - max(map(points, names))


def _panel(axes: Axes, title: str, names: list[str], rows: pd.DataFrame) -> list[Annotation]:
    change = numbers(rows.change_nok.astype(float))
    named_rows(axes, names)
    heading(axes, row_name(title, _title_room(names)))
    axes.barh(range(len(rows)), change, bar_height(0.62), color=np.where(change > 0, ACCENT, BLUE))
    zero_line(axes)
    return bar_labels(axes, change, [signed(thousands(value)) for value in change])
