"""Charts of incidents resolved in time, and of how long it took."""

import numpy as np
import pandas as pd

from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY
from rorikt_lib.present.charts.ends import label_ends, last_known
from rorikt_lib.present.charts.scales import from_zero, month_chart, month_line, number_axis, numbers, part_mark
from rorikt_lib.present.charts.style import Drawing, heading, styled
from rorikt_lib.present.language import label, member
from rorikt_lib.present.numbers import decimal, percent, percent_as_set

# What is promised.
_LEVEL = {"color": GREY, "linewidth": 1, "linestyle": (0, (4, 3))}


@styled
def sla_months(months: pd.DataFrame) -> Drawing | None:
    """The share of the incidents resolved in each month that were resolved in time, and what is promised.

    months: one row per month with month, share_within (see tickets.sla.all_priorities) and share_within_target, missing
    where nothing is promised. No cases: a gap; None where no month has any. The axis ends at 100 % and begins where the
    figures do, as a line may.
    """
    share, target = (100 * numbers(months[column]) for column in ("share_within", "share_within_target"))
    if not np.isfinite(share).any():
        return None
    part = part_mark(months)
    chart, axes = month_chart(list(months.month), 2.6, part)
    number_axis(axes.yaxis, suffix="\u00a0%")
    axes.set_ylim(max(0, np.floor((np.nanmin([*share, *target]) - 5) / 10) * 10), 101)
    axes.plot(target, **_LEVEL)
    month_line(axes, share, "o-", part, color=BLUE)
    ends = [last_known(share, f"{label('within')} {percent(_last(share) / 100)}", BLUE, 0.1)]
    if np.isfinite(target).any():
        promised = percent_as_set(_last(target) / 100)
        ends.append(last_known(target, f"{label('share_within_target')} {promised}", GREY))
    label_ends(chart, (axes, ends))
    return chart


def _last(values: np.ndarray) -> float:
    return values[np.isfinite(values)][-1]


@styled
def resolution_months(months: pd.DataFrame) -> Drawing | None:
    """Mean and median resolution time of the incidents resolved in each month, beside the target.

    months: one row per month with month, unit, target, mean, median (see tickets.sla.resolution_time); None where no
    month has cases.
    """
    mean, median, target = (numbers(months[c]) for c in ("mean", "median", "target"))
    if not np.isfinite([mean, median]).any():
        return None
    part = part_mark(months)
    chart, axes = month_chart(list(months.month), 2.6, part)
    heading(axes, member("unit", months.unit.iloc[-1]))
    number_axis(axes.yaxis)
    from_zero(axes, mean, median, target)
    axes.plot(target, **_LEVEL)
    month_line(axes, median, "o-", part, color=BLUE)
    month_line(axes, mean, "s-", part, color=ACCENT, markerfacecolor="white")
    ends = [
        last_known(mean, f"{label('mean')} {decimal(mean[-1], 1)}", ACCENT, 0.1),
        last_known(median, f"{label('median')} {decimal(median[-1], 1)}", BLUE, 0.1),
        last_known(target, f"{label('target')} {decimal(target[-1], 0 if target[-1] % 1 == 0 else 1)}", GREY),
    ]
    label_ends(chart, (axes, ends))
    return chart
