"""Charts of new cases by category or channel, and by municipality."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from rorikt_lib.present.charts.bars import bar_labels, key, make_room, values_beside_names
from rorikt_lib.present.charts.colours import ACCENT, BLUE, LIGHT_BLUE
from rorikt_lib.present.charts.names import name_room, row_name
from rorikt_lib.present.charts.scales import (
    bar_height,
    named_rows,
    numbers,
    part_mark,
    row_chart,
    rows_height,
)
from rorikt_lib.present.charts.style import Drawing, heading, is_narrow, new_chart, settle, styled
from rorikt_lib.present.language import label, mark, member
from rorikt_lib.present.numbers import decimal, integer, month_name, percent
from rorikt_lib.terms.period import shift

MOST_CATEGORIES = 10
_MARK = {"linestyle": "none", "clip_on": False}
BEFORE = _MARK | {"marker": "|", "color": BLUE, "markersize": 13, "markeredgewidth": 2}
LAST_YEAR = _MARK | {"marker": "D", "color": ACCENT, "markersize": 4.5, "markeredgecolor": "white"}


@styled
def created_by(created: pd.DataFrame) -> Drawing:
    """New cases of the last month per category (or channel), with ticks at the month before and that of last year.

    created: see tickets.volume.created_by. The ten largest; the others are added together. Where the last month is a
    part (until), the others are of the same working days, and its name says how far it is counted.
    """
    now = created.month.max()
    compared = [now, shift(now, -1), shift(now, -12)]
    (column,) = created.columns.drop(["month", "created", "until"], errors="ignore")
    by_month = created.pivot(index=column, columns="month", values="created")
    counts = _largest(by_month.reindex(columns=compared))
    values = counts.to_numpy(float)
    texts = [integer(n) for n in values[:, 0]]
    names = [row_name(member(column, name), name_room(texts)) for name in counts.index]
    rows = np.arange(len(names))
    chart, axes = row_chart(names)
    axes.barh(rows, values[:, 0], bar_height(0.56), color=LIGHT_BLUE)
    before = axes.plot(values[:, 1], rows, **BEFORE)
    last_year = axes.plot(values[:, 2], rows, **LAST_YEAR)
    values_beside_names(axes, texts)
    shapes = [Patch(color=LIGHT_BLUE), *before, *last_year]
    for shape, month in zip(shapes, compared, strict=True):
        shape.set_label(month_name(month))
    shapes[0].set_label(f"{month_name(now)} {part_mark(created[created.month == now])}".rstrip())
    key(axes, [shape for shape, known in zip(shapes, np.isfinite(values).any(axis=0), strict=True) if known])
    axes.set_xlim(0, 1.02 * max(np.nanmax(values, initial=0), 1))
    settle(chart)
    return chart


def _largest(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows with most in the first column first; those after the tenth as one row."""
    ordered = counts.sort_values(list(counts.columns), ascending=False, kind="stable")
    if len(ordered) <= MOST_CATEGORIES + 1:
        return ordered
    rest = ordered.iloc[MOST_CATEGORIES:].sum(skipna=False).rename(mark("others")).to_frame().T
    return pd.concat([ordered.iloc[:MOST_CATEGORIES], rest])


@styled
def created_per_municipality(places: pd.DataFrame) -> Drawing:
    """New cases of the month per municipality: number and share at the left, per 100 users at the right, or below.

    places: see tickets.volume.created_per_municipality.
    """
    names = [row_name(member("municipality", name)) for name in places.municipality]
    created, share, rate = (numbers(places[c]) for c in ("created", "share", "per_100_users"))
    abreast = (2, 1) if is_narrow() else (1, 2)
    chart = new_chart(rows_height(names) * abreast[0])
    left, right = chart.subplots(*abreast, sharey=True, gridspec_kw={"wspace": 0.06})
    counted = [f"{integer(n)} ({percent(part)})" for n, part in zip(created, share, strict=True)]
    panels = [
        (left, label("created"), created, counted, BLUE),
        (right, label("per_100_users"), rate, [decimal(r, 1) for r in rate], LIGHT_BLUE),
    ]
    labels = []
    for axes, title, values, texts, colour in panels:
        heading(axes, title)
        named_rows(axes, names)
        axes.barh(range(len(names)), values, bar_height(0.62), color=colour)
        labels.append(bar_labels(axes, values, texts))
    settle(chart)
    make_room(left, labels[0])
    make_room(right, labels[1])
    return chart
