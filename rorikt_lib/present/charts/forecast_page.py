"""Charts of what was forecast in each month of the year, in total and line by line."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY, LIGHT_BLUE, LIGHT_BLUE_TEXT, PALE_BLUE
from rorikt_lib.present.charts.ends import End, label_ends
from rorikt_lib.present.charts.money import LEAST_SPAN_NOK, MILLION_KRONER, money_axis
from rorikt_lib.present.charts.names import row_name
from rorikt_lib.present.charts.scales import around, month_axis, month_chart, numbers, panel_chart
from rorikt_lib.present.charts.style import Drawing, heading, is_narrow, styled
from rorikt_lib.present.language import label, mark
from rorikt_lib.present.numbers import millions, month_name, thousands
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, last_months

ADOPTED = {"color": ACCENT, "marker": "D", "markersize": 4.5}
MODEL = {"color": LIGHT_BLUE, "linestyle": (0, (4, 1.5)), "marker": "o", "markersize": 4.5}
# Worked out afterwards: an open point.
AFTERWARDS = {"color": LIGHT_BLUE, "linestyle": "none", "marker": "o", "markersize": 4.5, "markerfacecolor": "white"}
MODELLED = ["model_nok", "low_nok", "high_nok"]
AMOUNTS = ["adopted_nok", *MODELLED, "budget_nok"]
PANEL_INCHES, ON_A_PHONE = 1.3, 1.8
MOST_NAMES = 3
# A level ends short of the labels' column.
ASIDE = 0.2


@styled
def forecast_months(totals: pd.DataFrame) -> Drawing | None:
    """The year's total as adopted and as modelled, with its interval, in each month; the budget and result as levels.

    totals: see report.forecast_page.MONTHS. The axis begins where the figures do, as lines may. None without forecasts.
    """
    known = _months(totals)
    if known[["adopted_nok", "model_nok"]].isna().all(axis=None):
        return None
    chart, axes = month_chart(list(known.month), 3.4)
    heading(axes, MILLION_KRONER)
    money_axis(axes.yaxis)
    around(axes, known[[*AMOUNTS, "result_nok"]].to_numpy().ravel(), room=0.12, least=LEAST_SPAN_NOK)
    for column, colour in {"budget_nok": GREY, "result_nok": BLUE}.items():
        axes.plot([-2 * ASIDE, len(known) - 1 + ASIDE], [known[column].iloc[-1]] * 2, color=colour, linewidth=1.2)
    _draw_model(axes, known)
    axes.plot(known.adopted_nok, **ADOPTED)
    low, high = (known[edge].dropna().iloc[-1:].map(millions) for edge in MODELLED[1:])
    interval = f"\n({low.iloc[0]}–{high.iloc[0]})" if len(low) else ""
    budget = known.budget_nok.iloc[-1]
    level = End(len(known) - 1, budget, f"{label('budget_nok')} {millions(budget)}", GREY)
    label_ends(chart, (axes, [level, *_ends(known, millions, interval)]))
    return chart


@styled
def forecast_lines(rows: pd.DataFrame) -> Drawing | None:
    """Each line's forecast as adopted and as modelled in each month: panels of one scale, each about its own level.

    rows: see report.forecast_page.HISTORY; its sums are not drawn. None without forecasts.
    """
    tables = rows[rows.line != SUM].assign(budget_nok=np.nan).groupby("line", sort=False)
    lines = {line: _months(of) for line, of in tables}
    lines = {line: of for line, of in lines.items() if of[["adopted_nok", "model_nok"]].notna().any(axis=None)}
    if not lines:
        return None
    reach = 1.3 * max(LEAST_SPAN_NOK, *(np.ptp(_amounts(of)) for of in lines.values()))
    chart, panels = panel_chart(len(lines), ON_A_PHONE if is_narrow() else PANEL_INCHES)
    drawn = zip(panels, lines.items(), strict=True)
    label_ends(chart, *((axes, _draw_line(axes, line, of, reach)) for axes, (line, of) in drawn))
    return chart


def _months(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and the months between them that have none. December's model is the result, and stands by itself."""
    first, last = (rows.month.iloc[at] for at in (0, -1))
    months = last_months(last, int(last[5:]) - int(first[5:]) + 1)
    known = rows.set_index("month").reindex(months).rename_axis("month").reset_index()
    known = known.assign(**{name: numbers(known[name]) for name in AMOUNTS}, in_hindsight=known.in_hindsight.eq(True))
    is_over = known.month.map(is_year_end)
    foreseen = {name: known[name].mask(is_over) for name in MODELLED}
    return known.assign(result_nok=known.booked_nok.astype(float).where(is_over), **foreseen)


def _draw_model(axes: Axes, known: pd.DataFrame) -> None:
    months = np.arange(len(known))
    axes.fill_between(months, known.low_nok, known.high_nok, color=PALE_BLUE, linewidth=0)
    axes.vlines(months, known.low_nok, known.high_nok, color=LIGHT_BLUE, linewidth=0.7)
    for edge in ("low_nok", "high_nok"):
        axes.plot(months, known[edge], color=LIGHT_BLUE, linewidth=0.7, marker="_", markersize=7)
    axes.plot(months, known.model_nok, **MODEL)
    axes.plot(months, known.model_nok.where(known.in_hindsight), **AFTERWARDS)


def _draw_line(axes: Axes, line: str, of: pd.DataFrame, reach: float) -> list[End]:
    """One line's panel, `reach` NOK high; gives its labels."""
    month_axis(axes, list(of.month), MOST_NAMES)
    middle = (_amounts(of).min() + _amounts(of).max()) / 2
    axes.set_ylim(middle - reach / 2, middle + reach / 2)
    axes.yaxis.set_ticks([])
    heading(axes, row_name(line))
    axes.plot(of.model_nok, **MODEL)
    axes.plot(of.adopted_nok, **ADOPTED)
    axes.plot(of.result_nok, "o", color=BLUE, markersize=4.5)
    return _ends(of, thousands)


def _amounts(of: pd.DataFrame) -> np.ndarray:
    amounts = of[["adopted_nok", "model_nok", "result_nok"]].to_numpy(float).ravel()
    return amounts[np.isfinite(amounts)]


def _ends(known: pd.DataFrame, written: Callable[[float], str], interval: str = "") -> list[End]:
    """The labels of what was adopted, modelled and booked; one that ends before the last month names its month."""
    series = {
        "adopted_nok": (mark("as_adopted"), "", ACCENT),
        "model_nok": (label("model_nok"), interval, LIGHT_BLUE_TEXT),
        "result_nok": (label("actual_nok"), "", BLUE),
    }
    ends = []
    for column, (name, more, colour) in series.items():
        amounts = known[column].dropna()
        if len(amounts):
            at = amounts.index[-1]
            when = "" if at >= len(known) - 1 else mark("in_month").format(month_name(known.month[at]).split()[0])
            ends.append(End(at, amounts.iloc[-1], f"{name}{when} {written(amounts.iloc[-1])}{more}", colour))
    return ends
