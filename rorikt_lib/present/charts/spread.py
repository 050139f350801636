"""Charts of how cases spread: resolution times about their deadlines, and new cases over the week."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap

from rorikt_lib.present.charts.bars import column_labels
from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY, HEAT, INK, PAPER
from rorikt_lib.present.charts.scales import from_zero, numbers, panel_chart
from rorikt_lib.present.charts.style import SMALL, Drawing, heading, is_narrow, new_chart, settle, styled
from rorikt_lib.present.language import mark, member
from rorikt_lib.present.numbers import NO_VALUE, integer
from rorikt_lib.present.tables import cell
from rorikt_lib.tickets.spread import EDGES_PERCENT, TIMELY_BANDS

PANEL_INCHES = 1.75
ROW_INCHES = 0.3


@styled
def time_against_target(spread: pd.DataFrame) -> Drawing | None:
    """How many incidents took how much of their deadline: a panel per priority, what was late in accent.

    spread: see tickets.spread.time_against_target. A hidden count has a dash. None without cases.
    """
    if not spread.cases.gt(0).any():
        return None
    priorities = [rows for _, rows in spread.groupby("priority", sort=False) if not rows.cases.eq(0).all()]
    chart, panels = panel_chart(len(priorities), PANEL_INCHES)
    for axes, rows in zip(panels, priorities, strict=True):
        _panel(axes, rows)
    settle(chart)
    for axes, rows in zip(panels, priorities, strict=True):
        column_labels(axes, rows.cases.fillna(0), [_count(n) for n in rows.cases])
        axes.grid(visible=False)
    return chart


def _panel(axes: Axes, rows: pd.DataFrame) -> None:
    of, cases = rows.iloc[0], numbers(rows.cases)
    target = cell("target", of.target), member("unit", of.unit)
    solved = _count(rows.cases.sum(skipna=False))
    heading(axes, mark("per_priority").format(member("priority", of.priority), *target, solved))
    timely = rows.time_band.isin(TIMELY_BANDS).to_numpy()
    from_zero(axes, cases, headroom=0.25)
    axes.bar(range(len(cases)), np.nan_to_num(cases), 0.8, color=np.where(timely, BLUE, ACCENT))
    # Bands lie between the edges; the last has none above.
    axes.set_xticks(np.arange(len(EDGES_PERCENT)) - 0.5, [f"{edge}\u00a0%" for edge in EDGES_PERCENT], fontsize=SMALL)
    axes.set_xlim(-0.6, len(cases) - 0.4)
    axes.yaxis.set_visible(False)
    deadline = timely.sum() - 0.5
    axes.axvline(deadline, color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    at = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points", "va": "top"}
    axes.annotate(mark("at_deadline"), (deadline, 1), (4, 0), color=GREY, fontsize=SMALL, **at)


def _count(cases: float) -> str:
    return NO_VALUE if np.isnan(cases) else integer(cases)


@styled
def arrivals(table: pd.DataFrame) -> Drawing | None:
    """New cases in each hour of each weekday, as a grid: weekdays below each other, on a phone beside each other.

    table: see tickets.spread.arrivals. A hidden count has a dash and no colour. None where nothing is known.
    """
    if not table.created.gt(0).any():
        return None
    counts = table.pivot(index="weekday", columns="hour", values="created")
    counts = counts.T if is_narrow() else counts
    chart = new_chart(0.5 + ROW_INCHES * len(counts))
    axes = chart.add_subplot()
    values = counts.to_numpy(float)
    steps = np.linspace(0, np.nanmax(values), len(HEAT) + 1)
    colours, norm = ListedColormap(HEAT), BoundaryNorm(steps, len(HEAT))
    axes.pcolormesh(np.ma.masked_invalid(values), cmap=colours, norm=norm, edgecolors=PAPER, linewidth=1.5)
    for (row, column), value in np.ndenumerate(values):
        ink = PAPER if value >= steps[-2] else INK
        axes.text(column + 0.5, row + 0.5, _count(value), color=ink, ha="center", va="center", fontsize=SMALL)
    _grid_axes(axes, [_short(n) for n in counts.columns], [_short(n) for n in counts.index])
    return chart


def _grid_axes(axes: Axes, columns: list[str], rows: list[str]) -> None:
    axes.set_xticks(np.arange(len(columns)) + 0.5, columns, fontsize=SMALL)
    axes.set_yticks(np.arange(len(rows)) + 0.5, rows, fontsize=SMALL)
    axes.xaxis.tick_top()
    axes.set_ylim(len(rows), 0)
    axes.grid(visible=False)
    axes.spines.bottom.set_visible(False)


def _short(value: object) -> str:
    """A weekday or an hour as an axis has room for it."""
    return member("hour_short", value) if isinstance(value, int | np.integer) else member("weekday_short", value)
