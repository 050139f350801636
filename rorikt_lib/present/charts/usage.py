"""Charts of use: the portal day by day and month by month, and the chatbot."""

import numpy as np
import pandas as pd
from babel.dates import get_day_names
from matplotlib.axes import Axes

from rorikt_lib.present.charts.bars import column_labels
from rorikt_lib.present.charts.colours import ACCENT, BLUE, LIGHT_BLUE, LIGHT_BLUE_TEXT
from rorikt_lib.present.charts.ends import label_ends, last_known
from rorikt_lib.present.charts.scales import from_zero, month_chart, month_line, number_axis, numbers, part_mark
from rorikt_lib.present.charts.style import SMALL, Drawing, heading, is_narrow, new_chart, settle, styled
from rorikt_lib.present.language import label, locale, mark
from rorikt_lib.present.numbers import integer, short_month

USERS = {"color": ACCENT, "markeredgecolor": "white", "markersize": 5.5}


@styled
def portal_days(days: pd.DataFrame) -> Drawing | None:
    """Views of each day as columns, weekends lighter, and its unique users as dots; None where no day has any.

    days: see usage.months.by_day. A day without figures has neither.
    """
    views, users = numbers(days.views), numbers(days.unique_users)
    if not np.isfinite([views, users]).any():
        return None
    weekend = days.is_weekend.to_numpy(bool)
    chart = new_chart(2.8)
    axes = chart.add_subplot()
    _monday_axis(axes, days.date)
    number_axis(axes.yaxis, whole=True)
    from_zero(axes, views, users)
    axes.bar(range(len(days)), views, 0.76, color=np.where(weekend, LIGHT_BLUE, BLUE))
    axes.plot(users, "o", clip_on=False, **USERS)
    ends = [
        last_known(np.where(weekend, np.nan, views), label("views"), BLUE, 0.38),
        last_known(np.where(weekend, views, np.nan), mark("weekend_views"), LIGHT_BLUE_TEXT, 0.38),
        last_known(users, label("unique_users"), ACCENT),
    ]
    label_ends(chart, (axes, ends))
    return chart


def _monday_axis(axes: Axes, dates: pd.Series) -> None:
    mondays = np.flatnonzero(dates.dt.day_of_week == 0)
    monday = get_day_names("abbreviated", locale=locale())[0]
    names = [_monday_name(monday, dates.iloc[i]) for i in mondays]
    axes.set_xticks(mondays, names, fontsize=SMALL)
    axes.set_xlim(-0.8, len(dates) - 0.2)


def _monday_name(monday: str, date: pd.Timestamp) -> str:
    apart = "\n" if is_narrow() else " "
    return f"{monday}{apart}{date.day}. {short_month(f'{date:%Y-%m}')[:-3]}"


@styled
def portal_months(months: pd.DataFrame) -> Drawing | None:
    """Views of each month as columns and its unique users as a line; None where no month has any.

    months: see usage.months.by_month, the portal's. A month without figures has neither.
    """
    views, users = numbers(months.views), numbers(months.unique_users)
    if not np.isfinite([views, users]).any():
        return None
    chart, axes = _columns(months, views, users)
    month_line(axes, users, "o-", part_mark(months), **USERS)
    ends = [
        last_known(views, f"{label('views')} {integer(views[-1])}", LIGHT_BLUE_TEXT, 0.34),
        last_known(users, f"{label('unique_users')} {integer(users[-1])}", ACCENT),
    ]
    label_ends(chart, (axes, ends))
    return chart


@styled
def chatbot_months(months: pd.DataFrame) -> Drawing | None:
    """The chatbot's inquiries of each month as columns with their number; None where no month has any.

    months: see usage.months.by_month, the chatbot's.
    """
    inquiries = numbers(months.inquiries)
    if not np.isfinite(inquiries).any():
        return None
    chart, axes = _columns(months, inquiries)
    heading(axes, label("inquiries"))
    settle(chart)
    column_labels(axes, inquiries, [integer(n) for n in inquiries])
    return chart


def _columns(months: pd.DataFrame, heights: np.ndarray, *others: np.ndarray) -> tuple[Drawing, Axes]:
    """Columns over months; that of a month of which a part is counted (until) is hatched."""
    chart, axes = month_chart(list(months.month), 2.6, part_mark(months))
    number_axis(axes.yaxis, whole=True)
    from_zero(axes, heights, *others)
    columns = axes.bar(range(len(heights)), heights, 0.68, color=LIGHT_BLUE)
    until = months.until if "until" in months else pd.Series(pd.NaT, months.index)
    for column, is_part in zip(columns, until.notna(), strict=True):
        if is_part:
            column.set(facecolor="white", edgecolor=LIGHT_BLUE, hatch="///")
    return chart, axes
