"""Charts of sections 2.1.4.1 and 2.1.4.2: new cases by category and by municipality."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from rorikt_lib.present.charts.bars import bar_labels, key, make_room, values_beside_names
from rorikt_lib.present.charts.scales import named_rows, numbers, row_chart, row_name, rows_height
from rorikt_lib.present.charts.style import (
    ACCENT,
    BLUE,
    LIGHT_BLUE,
    Chart,
    heading,
    new_chart,
    no_figures,
    settle,
    styled,
)
from rorikt_lib.present.numbers import decimal, integer, month_name, percent
from rorikt_lib.terms.fields import label, member
from rorikt_lib.terms.period import shift

MOST_CATEGORIES = 10
OTHERS = "Andre"
_MARK = {"linestyle": "none", "clip_on": False}
BEFORE = _MARK | {"marker": "|", "color": BLUE, "markersize": 13, "markeredgewidth": 2}
LAST_YEAR = _MARK | {"marker": "D", "color": ACCENT, "markersize": 4.5, "markeredgecolor": "white"}


@styled
def created_by_category(created: pd.DataFrame) -> Chart:
    """New cases of the last month per category, with ticks at the month before and the same month last year.

    created: see measures.created_by_category. The ten largest categories; the others are added together.
    """
    if created.empty:
        return no_figures()
    now = created.month.max()
    compared = [now, shift(now, -1), shift(now, -12)]
    by_month = created.pivot(index="category", columns="month", values="created")
    counts = _largest(by_month.reindex(columns=compared))
    names = [row_name(member("category", name)) for name in counts.index]
    rows, values = np.arange(len(names)), counts.to_numpy(float)
    chart, axes = row_chart(names)
    axes.barh(rows, values[:, 0], 0.56, color=LIGHT_BLUE)
    before = axes.plot(values[:, 1], rows, **BEFORE)
    last_year = axes.plot(values[:, 2], rows, **LAST_YEAR)
    values_beside_names(axes, [integer(n) for n in values[:, 0]])
    marks = _named([Patch(color=LIGHT_BLUE), *before, *last_year], [month_name(m) for m in compared])
    key(axes, [mark for mark, known in zip(marks, np.isfinite(values).any(axis=0), strict=True) if known])
    axes.set_xlim(0, 1.02 * max(np.nanmax(values), 1))
    settle(chart)
    return chart


def _largest(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows with most in the first column first; those after the tenth as one row."""
    ordered = counts.sort_values(list(counts.columns), ascending=False, kind="stable")
    if len(ordered) <= MOST_CATEGORIES + 1:
        return ordered
    rest = ordered.iloc[MOST_CATEGORIES:].sum(min_count=1).rename(OTHERS).to_frame().T
    return pd.concat([ordered.iloc[:MOST_CATEGORIES], rest])


def _named(marks: list[Patch | Line2D], names: list[str]) -> list[Patch | Line2D]:
    for mark, name in zip(marks, names, strict=True):
        mark.set_label(name)
    return marks


@styled
def created_per_municipality(places: pd.DataFrame) -> Chart:
    """New cases of the month per municipality: number and share at the left, per 100 users at the right.

    places: see measures.created_per_municipality.
    """
    if places.empty:
        return no_figures()
    names = [row_name(member("municipality", name)) for name in places.municipality]
    created, share, rate = (numbers(places[c]) for c in ("created", "share", "per_100_users"))
    chart = new_chart(rows_height(names))
    left, right = chart.subplots(1, 2, sharey=True, gridspec_kw={"wspace": 0.06})
    counted = [f"{integer(n)} ({percent(part)})" for n, part in zip(created, share, strict=True)]
    panels = [
        (left, label("created"), created, counted, BLUE),
        (right, label("per_100_users"), rate, [decimal(r, 1) for r in rate], LIGHT_BLUE),
    ]
    labels = []
    for axes, title, values, texts, colour in panels:
        heading(axes, title)
        named_rows(axes, names)
        axes.barh(range(len(names)), values, 0.62, color=colour)
        labels.append(bar_labels(axes, values, texts))
    settle(chart)
    make_room(left, labels[0])
    make_room(right, labels[1])
    return chart
