"""Charts of sections 2.1.4.6 and 2.1.4.7: incidents resolved in time, and how long it took."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rorikt_lib.present.charts.ends import label_ends, last_known
from rorikt_lib.present.charts.scales import from_zero, month_chart, number_axis, numbers
from rorikt_lib.present.charts.style import ACCENT, BLUE, GREY, Chart, heading, no_figures, styled
from rorikt_lib.present.numbers import decimal, percent
from rorikt_lib.terms.fields import label, member


@styled
def sla_months(months: pd.DataFrame) -> Chart:
    """The share of the incidents resolved in each month that were resolved in time.

    months: one row per month with month and share_within (measures.sla_trend). No cases: a gap.
    The axis ends at 100 % and begins where the figures do, as a line may.
    """
    share = 100 * numbers(months.share_within)
    if not np.isfinite(share).any():
        return no_figures()
    chart, axes = month_chart(list(months.month), 2.6)
    number_axis(axes.yaxis, suffix="\u00a0%")
    lowest = np.nanmin(share)
    axes.set_ylim(max(0, np.floor((lowest - 5) / 10) * 10), 101)
    axes.plot(share, "o-", color=BLUE, clip_on=False)
    text = f"{label('within')} {percent(months.share_within.iloc[-1])}"
    label_ends(chart, (axes, [last_known(share, text, BLUE, 0.1)]))
    return chart


@styled
def resolution_months(months: pd.DataFrame) -> Chart:
    """Mean and median resolution time of the incidents resolved in each month, beside the target.

    months: one row per month with month, unit, target, mean, median (measures.resolution_trend).
    """
    mean, median, target = (numbers(months[c]) for c in ("mean", "median", "target"))
    if not np.isfinite([mean, median]).any():
        return no_figures()
    chart, axes = month_chart(list(months.month), 2.6)
    heading(axes, member("unit", months.unit.iloc[-1]))
    number_axis(axes.yaxis)
    from_zero(axes, mean, median, target)
    axes.plot(target, color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    axes.plot(median, "o-", color=BLUE, clip_on=False)
    axes.plot(mean, "s-", color=ACCENT, markerfacecolor="white", clip_on=False)
    ends = [
        last_known(mean, f"{label('mean')} {decimal(mean[-1], 1)}", ACCENT, 0.1),
        last_known(median, f"{label('median')} {decimal(median[-1], 1)}", BLUE, 0.1),
        last_known(target, f"{label('target')} {decimal(target[-1], 0 if target[-1] % 1 == 0 else 1)}", GREY),
    ]
    label_ends(chart, (axes, ends))
    return chart
