"""Charts of cases in and out, and of how old the open ones are."""

import numpy as np
import pandas as pd
from matplotlib.text import Annotation

from rorikt_lib.present.charts.bars import bar_labels, inside_labels, key, make_room
from rorikt_lib.present.charts.colours import ACCENT, BLUE, INK, LIGHT_BLUE, LIGHT_BLUE_TEXT
from rorikt_lib.present.charts.ends import label_ends, last_known
from rorikt_lib.present.charts.names import row_name
from rorikt_lib.present.charts.scales import (
    bar_height,
    from_zero,
    month_axis,
    month_line,
    number_axis,
    numbers,
    part_mark,
    row_chart,
)
from rorikt_lib.present.charts.style import Drawing, new_chart, settle, styled
from rorikt_lib.present.language import label, mark, member
from rorikt_lib.present.numbers import integer
from rorikt_lib.terms.enums import TicketType

# Colour of the bar and of the number inside it.
TYPES = {TicketType.INCIDENT: (BLUE, "white"), TicketType.REQUEST: (LIGHT_BLUE, INK)}


@styled
def flow(months: pd.DataFrame) -> Drawing | None:
    """Above, cases that came in and that were resolved each month; below, those open at its end.

    months: one row per month with month, created, resolved, open (see tickets.volume.flow). None where nothing
    is known. Of a month that is a part (until), what came and went ends in dotted lines.
    """
    created, resolved, still_open = (numbers(months[c]) for c in ("created", "resolved", "open"))
    if not np.isfinite([created, resolved, still_open]).any():
        return None
    chart = new_chart(3.0)
    above, below = chart.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [3, 2], "hspace": 0.08})
    part = part_mark(months)
    month_line(above, created, "o-", part, color=BLUE)
    month_line(above, resolved, "s-", part, color=ACCENT, markerfacecolor="white")
    below.bar(range(len(still_open)), still_open, 0.68, color=LIGHT_BLUE)
    month_axis(below, list(months.month), part=part)
    above.tick_params(labelbottom=False)
    for axes, values in ((above, [created, resolved]), (below, [still_open])):
        number_axis(axes.yaxis, whole=True)
        from_zero(axes, *values)
    moved = [
        last_known(created, f"{label('created')} {integer(created[-1])}", BLUE, 0.1),
        last_known(resolved, f"{label('resolved')} {integer(resolved[-1])}", ACCENT, 0.1),
    ]
    waiting = last_known(still_open, f"{mark('open')} {integer(still_open[-1])}", LIGHT_BLUE_TEXT, 0.34)
    label_ends(chart, (above, moved), (below, [waiting]))
    return chart


@styled
def open_by_age(ages: pd.DataFrame) -> Drawing:
    """Open cases per age band: incidents and requests end to end, their numbers and the sum.

    ages: see tickets.volume.open_by_age.
    """
    counts = ages.pivot(index="age_days", columns="type", values="open")
    counts = counts.reindex(index=ages.age_days.unique(), columns=list(TYPES)).fillna(0).astype(float)
    names = [row_name(member("age_days", band)) for band in counts.index]
    left = counts.cumsum(axis=1) - counts
    chart, axes = row_chart(names, extra_inches=0.1)
    bars = []
    for kind, (colour, _) in TYPES.items():
        look = {"color": colour, "edgecolor": "white", "linewidth": 0.8, "label": member("type", kind)}
        bars.append(axes.barh(range(len(names)), counts[kind], bar_height(0.62), left=left[kind], **look))
    total = counts.sum(axis=1).to_numpy()
    labels = bar_labels(axes, total, [integer(n) for n in total])
    key(axes, [group for group, kind in zip(bars, TYPES, strict=True) if counts[kind].any()])
    settle(chart)
    make_room(axes, labels)
    shown = [
        inside_labels(axes, group, [integer(n) for n in counts[kind]], TYPES[kind][1])
        for group, kind in zip(bars, TYPES, strict=True)
    ]
    _name_parts(labels, counts.to_numpy(), np.transpose(shown))
    make_room(axes, labels)
    return chart


def _name_parts(labels: list[Annotation], counts: np.ndarray, shown: np.ndarray) -> None:
    """Where a part was too narrow for its number, the sum's label names the parts."""
    for total_label, parts, seen in zip(labels, counts, shown, strict=True):
        if (~seen & (parts > 0)).any() and (parts > 0).all():
            total_label.set_text(f"{total_label.get_text()} ({' + '.join(map(integer, parts))})")
