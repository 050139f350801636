"""Labels of lines: in a column at their right ends, and beside a point; moved so that none overlaps."""

import textwrap
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from rorikt_lib.present.charts.style import Drawing, is_narrow, settle

# Where a label may stand beside its point: offset in points, alignment. The first free one is taken.
CORNERS = [
    ((6, -6), "left", "top"),
    ((-6, 6), "right", "bottom"),
    ((-6, 14), "left", "bottom"),
    ((-6, 34), "left", "bottom"),
    ((0, 20), "center", "bottom"),
    ((0, -20), "center", "top"),
    ((20, -20), "left", "top"),
    ((-6, 44), "right", "bottom"),
    ((-6, -44), "right", "top"),
]
# Characters of a label's line on a phone.
SHORT = 14
# From the left edge of a label to the end of its series.
TIE = {"arrowstyle": "-", "linewidth": 0.6, "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 1}


@dataclass(frozen=True)
class End:
    """The label of one series at the chart's right side: where the series ends, what to write."""

    x: float
    y: float
    text: str
    colour: str


def last_known(values: np.ndarray, text: str, colour: str, edge: float = 0.0) -> End:
    """The end of a series at 0, 1, 2 …: its last value not missing. edge: how far its mark reaches right."""
    known = np.flatnonzero(np.isfinite(values))
    last = known[-1] if len(known) else 0
    return End(last + edge, values[last] if len(values) else np.nan, text, colour)


def label_ends(chart: Drawing, *panels: tuple[Axes, list[End]]) -> None:
    """Labels the series of each panel in a column at its right, and settles the chart; then none overlaps."""
    columns = [(axes, _column(axes, ends)) for axes, ends in panels]
    settle(chart)
    for axes, labels in columns:
        _spread_out(axes, labels)


def _column(axes: Axes, ends: list[End]) -> list[Annotation]:
    """One label right of all series for each end, tied to it; an end without a place has none."""
    known = [end for end in ends if np.isfinite(end.y)]
    lines = [_on_a_phone(end.text) if is_narrow() else end.text for end in known]
    column = max((end.x for end in known), default=0) + 0.3
    look = {"va": "center", "annotation_clip": False, "path_effects": [withStroke(linewidth=2.5, foreground="white")]}
    made = []
    for end, text in zip(known, lines, strict=True):
        tie = TIE | {"color": end.colour}
        made.append(axes.annotate(text, (end.x, end.y), (column, end.y), color=end.colour, arrowprops=tie, **look))
    return made


def _on_a_phone(text: str) -> str:
    return "\n".join(textwrap.fill(line, SHORT, break_long_words=False) for line in text.splitlines())


def _spread_out(axes: Axes, labels: list[Annotation]) -> None:
    if not labels:
        return
    gap = max(label.get_window_extent().height for label in labels) + 1
    frame = axes.get_window_extent()
    to_pixels, to_data = axes.transData, axes.transData.inverted()
    wanted = np.array([to_pixels.transform(label.xy)[1] for label in labels])
    # The highest stands at the top of its axes, where the chart goes on far enough above them.
    top = min(frame.y1, axes.figure.bbox.y1 - gap / 2)
    for label, y in zip(labels, spread(wanted, gap, frame.y0 + gap / 2, top), strict=True):
        label.xyann = (label.xyann[0], to_data.transform((0, y))[1])


def spread(wanted: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """`wanted` moved as little as possible (least squares) to lie `gap` apart, between low and high."""
    # Takes long to import, and few chapters label ends.
    from scipy.optimize import isotonic_regression

    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(len(wanted))
    fitted = isotonic_regression(wanted[order] - steps).x
    placed = np.empty(len(wanted))
    placed[order] = np.clip(fitted, low, max(low, high - steps[-1])) + steps
    return placed


def place_clear(labels: list[Annotation], lines: list[Line2D]) -> None:
    """Moves each label to the first corner of its point where it crosses no line, and no label before it.

    And stays inside the axes. Where no corner is free, to the one that crosses least.
    """
    taken: list[Bbox] = []
    for label in labels:
        label.set_path_effects([withStroke(linewidth=3, foreground="white")])
        _put(label, min(CORNERS, key=lambda corner, label=label: _crossed(label, corner, lines, taken)))
        taken.append(Text.get_window_extent(label))


def _crossed(label: Annotation, corner: tuple, lines: list[Line2D], taken: list[Bbox]) -> int:
    """How much is in the way of a label in a corner: leaving the axes and other labels count more than lines."""
    _put(label, corner)
    frame, box = label.axes.get_window_extent(), Text.get_window_extent(label).padded(3)
    outside = [box.x0 < frame.x0, box.x1 > frame.x1, box.y0 < frame.y0, box.y1 > frame.y1]
    crossings = sum(box.count_contains(_trail(line)) for line in lines)
    return 1000 * (sum(outside) + box.count_overlaps(taken)) + crossings


def _put(label: Annotation, corner: tuple) -> None:
    offset, ha, va = corner
    label.xyann = offset
    label.set(ha=ha, va=va)


def _trail(line: Line2D) -> np.ndarray:
    """Pixels along a line, close enough to each other that none jumps over a text."""
    points = line.axes.transData.transform(line.get_xydata())
    points = points[np.isfinite(points).all(axis=1)]
    parts = [np.linspace(a, b, 200) for a, b in pairwise(points)]
    return np.vstack([points, *parts])
