"""Labels of bars and columns: at their end, above or inside them; and a key where nothing else will do."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from rorikt_lib.present.charts.scales import ABOVE
from rorikt_lib.present.charts.style import SMALL, is_narrow, strong


def bar_labels(axes: Axes, ends: np.ndarray, texts: list[str]) -> list[Annotation]:
    """A text at the end of each horizontal bar: right of it, left of it where it is negative.

    They take part in no layout; `make_room` widens the axis for them once the chart is settled.
    """
    labels = []
    for row, (end, text) in enumerate(zip(ends, texts, strict=True)):
        side = -1 if end < 0 else 1
        where = (end if np.isfinite(end) else 0.0, row)
        label = axes.annotate(text, where, (4 * side, 0), textcoords="offset points", va="center")
        label.set(ha="left" if side > 0 else "right", in_layout=False)
        labels.append(label)
    return labels


def make_room(axes: Axes, labels: list[Annotation], least: float = 1.0) -> None:
    """Sets the x limits so that zero, all that is drawn, and the labels, fit; the chart must be settled.

    least: the axis spans at least this much.
    """
    drawn = axes.dataLim.intervalx
    low, high = (f([0.0, *drawn[np.isfinite(drawn)]]) for f in (min, max))
    high = max(high, low + least)
    # A label aligned left stands right of its bar, and the other way round.
    before, after = _widest(axes, labels, "right"), _widest(axes, labels, "left")
    scale = (high - low) / max(1 - before - after, 0.2)
    axes.set_xlim(low - scale * before, high + scale * after)


def _widest(axes: Axes, labels: list[Annotation], alignment: str) -> float:
    """Share of the axes' width that the widest label of this alignment needs, with its distance."""
    widths = [label.get_window_extent().width + 10 for label in labels if label.get_ha() == alignment]
    return max(widths, default=0) / axes.get_window_extent().width


def values_beside_names(axes: Axes, texts: list[str]) -> None:
    """A column of figures between the rows' names and the axis, for rows that hold more marks than a bar.

    On a phone, where the names stand above their bars, at the right end of their lines.
    """
    if is_narrow():
        _values_after_names(axes, texts, **strong())
        return
    labels = [
        axes.annotate(text, (0, row), (-7, 0), textcoords="offset points", ha="right", va="center", **strong())
        for row, text in enumerate(texts)
    ]
    widest = max(label.get_window_extent().width for label in labels)
    axes.tick_params(axis="y", pad=15 + widest * 72 / axes.figure.dpi)


def values_at_the_end(axes: Axes, texts: list[str]) -> None:
    """A text right of the axes in each row; on a phone at the right end of the name's line."""
    if is_narrow():
        _values_after_names(axes, texts)
        return
    for row, text in enumerate(texts):
        look = {"textcoords": "offset points", "va": "center", "annotation_clip": False}
        axes.annotate(text, (1, row), (5, 0), xycoords=axes.get_yaxis_transform(), **look)


def _values_after_names(axes: Axes, texts: list[str], **look: str) -> None:
    end = axes.get_yaxis_transform()
    for row, text in enumerate(texts):
        axes.text(1, row - ABOVE, text, transform=end, ha="right", va="bottom", **look)


def inside_labels(axes: Axes, bars: BarContainer, texts: list[str], colour: str) -> list[bool]:
    """A text in the middle of each bar that has room for it; whether it had. The chart must be settled."""
    return [_put_inside(axes, bar, text, colour) for bar, text in zip(bars.patches, texts, strict=True)]


def _put_inside(axes: Axes, bar: Rectangle, text: str, colour: str) -> bool:
    centre = (bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2)
    label = axes.text(*centre, text, color=colour, ha="center", va="center", fontsize=SMALL)
    room, need = bar.get_window_extent(), label.get_window_extent()
    fits = need.width + 4 <= room.width and need.height + 2 <= room.height
    if not fits:
        label.remove()
    return fits


def column_labels(axes: Axes, values: np.ndarray, texts: list[str]) -> None:
    """A text above each column, instead of a grid; only above the last where side by side they are too wide."""
    labels = [
        axes.annotate(text, (i, value), (0, 3), textcoords="offset points", ha="center", fontsize=SMALL)
        for i, (value, text) in enumerate(zip(values, texts, strict=True))
        if np.isfinite(value)
    ]
    only_the_last_where_too_wide(axes, labels)


def only_the_last_where_too_wide(axes: Axes, *lines: list[Annotation]) -> None:
    """Of labels above columns, side by side in one or more lines: all, or the last ones and a grid in their place.

    The chart must be settled; the last stay within it.
    """
    pitch = np.diff(axes.transData.transform([(0, 0), (1, 0)])[:, 0])[0]
    too_wide = any(label.get_window_extent().width > 0.95 * pitch for labels in lines for label in labels)
    axes.grid(visible=too_wide, axis="y")
    for labels in lines:
        for label in labels[:-1] if too_wide else []:
            label.remove()
        for label in labels[-1:]:
            _keep_within(label)


def _keep_within(label: Annotation) -> None:
    """Moves a label, whose offset is in points, to the left where it would leave the chart at the right."""
    over = label.get_window_extent().x1 - label.figure.bbox.x1
    across, up = label.xyann
    label.xyann = (across - max(0, over) * 72 / label.figure.dpi, up)


def key(axes: Axes, handles: list[Artist]) -> None:
    """A line above the chart that says what the marks are, for charts whose marks have no end to label.

    handles: only those of marks that occur; on as many lines as they take.
    """
    for columns in range(len(handles), 0, -1):
        look = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.5, "fontsize": SMALL}
        made = axes.legend(handles=handles, ncols=columns, **look)
        if made.get_window_extent().width < 0.95 * axes.figure.bbox.width or columns == 1:
            break
