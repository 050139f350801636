"""Charts of a year: how many incidents each quarter resolved in time."""

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from rorikt_lib.present.charts.bars import bar_labels, inside_labels, key, make_room
from rorikt_lib.present.charts.colours import BLUE, INK
from rorikt_lib.present.charts.scales import bar_height, numbers, row_chart, zero_line
from rorikt_lib.present.charts.style import Drawing, settle, styled
from rorikt_lib.present.language import label, member
from rorikt_lib.present.numbers import percent, percent_as_set

_LEVEL = {"color": INK, "linewidth": 1, "linestyle": (0, (4, 3))}


@styled
def sla_quarters(quarters: pd.DataFrame) -> Drawing | None:
    """The share of the incidents resolved in each quarter that were resolved in time, and what is promised as a line.

    quarters: see report.annual_desk.SLA_OF_ALL; share_within_target is missing where nothing is promised. A quarter
    without cases has no bar; None where none has any.
    """
    share, target = (100 * numbers(quarters[column]) for column in ("share_within", "share_within_target"))
    if not np.isfinite(share).any():
        return None
    chart, axes = row_chart([member("quarter", name) for name in quarters.quarter])
    bars = axes.barh(range(len(share)), np.nan_to_num(share), bar_height(0.66), color=BLUE)
    zero_line(axes)
    if np.isfinite(target).any():
        promised = f"{label('share_within_target')} {percent_as_set(target[0] / 100)}"
        axes.axvline(target[0], **_LEVEL)
        key(axes, [Line2D([], [], **_LEVEL, label=promised)])
    axes.set_xlim(0, 100)
    settle(chart)
    texts = ["" if np.isnan(value) else percent(value / 100) for value in share]
    fits = inside_labels(axes, bars, texts, "white")
    beside = bar_labels(
        axes, np.nan_to_num(share), ["" if fit else text for fit, text in zip(fits, texts, strict=True)]
    )
    make_room(axes, beside, 100)
    return chart
