"""The newest month at a glance: which of its published figures the front page shows, each against what."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from rorikt_lib.report.editions import Editions, Of, by_month, resolved, unit_of
from rorikt_lib.terms.enums import Against
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift

MOST = 8
_NONE = pd.Series(dtype=float)


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the front page.

    key: its words in the language, and the name of its picture. of: the figure. table: the key of the table it is in.
    against, level: what it is held against, and the figure of that. before: last month's value, where no record of the
    figure is of that month. alike: the same of the same days only, of a month that is counted before it has ended.
    course: what earlier months had instead. of_year: months of other years tell of something else. when: of which
    months it is told.
    """

    key: str
    of: Of
    table: str
    against: Against | None = None
    level: Of | None = None
    before: Of | None = None
    alike: Of | None = None
    course: Of | None = None
    of_year: bool = False
    when: Callable[[str], bool] = lambda month: True


def _goes_on(month: str) -> bool:
    return not is_year_end(month)


def _by_month(name: str) -> Of:
    return Of(f"operating_costs.{name}", {"expense_type": SUM})


def _costs(key: str, name: str, course: str, table: str = "driftskostnader", **more: object) -> KeyFigure:
    """The year's operating costs, in all, against its budget."""
    held = {"against": Against.YEAR_BUDGET, "level": _by_month("budget"), "course": _by_month(course), "of_year": True}
    return KeyFigure(key, _by_month(name), table, **held, **more)


def _investments(key: str, name: str, **more: object) -> KeyFigure:
    """The year's investments, in all, against its budget."""
    of, budget = (Of(f"investment_costs.{one}", {"project": SUM}) for one in (name, "budget"))
    return KeyFigure(key, of, "investeringer", Against.YEAR_BUDGET, budget, of_year=True, **more)


# The priority that most incidents have, and the channel.
_MOST_SOLVED = {"where": {"priority": None}, "most": "resolution.cases"}
_CHANNEL = {"channel": None}
_ALL_PCS = {"municipality": SUM}
_BOOKED = KeyFigure(
    "booked",
    Of("operating_costs.actual_so_far"),
    "driftskostnader",
    Against.PHASED,
    Of("operating_costs.budget_so_far"),
    of_year=True,
    when=_goes_on,
)
_WITHIN = KeyFigure(
    "within_deadline",
    Of("sla.share_within"),
    "sla",
    Against.TARGET,
    Of("rules.share_within_target"),
    alike=Of("sla.share_within_same_days"),
)
_RESOLUTION = KeyFigure(
    "resolution",
    Of("resolution.median", **_MOST_SOLVED),
    "losningstid",
    Against.DEADLINE,
    Of("resolution.target", **_MOST_SOLVED),
)
_PCS = KeyFigure(
    "pcs_to_order", Of("devices.to_order", _ALL_PCS), "pc-rullering", before=Of("devices.to_order_last_month", _ALL_PCS)
)
_PORTAL = KeyFigure("portal_views", Of("usage.views", _CHANNEL), "portal", alike=Of("usage.views_same_days", _CHANNEL))
# Of each group, the first that the month has; of all, the first MOST.
KEY_FIGURES: tuple[tuple[KeyFigure, ...], ...] = (
    (
        _costs("year_result", "actual", "adopted_by_month", when=is_year_end),
        _costs("adopted_forecast", "forecast", "adopted_by_month", when=_goes_on),
        _costs("model_forecast", "model_forecast", "model_by_month", "prognoser", when=_goes_on),
    ),
    (_BOOKED,),
    (
        _investments("invested", "actual", when=is_year_end),
        _investments("investment_forecast", "forecast", when=_goes_on),
    ),
    (KeyFigure("open_cases", Of("backlog.open", {"total": None}), "saker"),),
    (_WITHIN,),
    (_RESOLUTION,),
    (_PCS,),
    (_PORTAL,),
    (KeyFigure("new_cases", Of("tickets.created"), "saker", alike=Of("tickets.created_same_days")),),
    (KeyFigure("alerts", Of("tickets.alerts"), "saker"),),
)


@dataclass(frozen=True)
class Glance:
    """A key figure of the newest month: value in `unit`, and the member it is of, where that is whichever has most.

    level: what it is held against. now, before: this month's value and last month's, of the same days where is_alike.
    What is not known is missing. course, levels: month → value, up to the month.
    """

    figure: KeyFigure
    month: str
    unit: str
    member: str
    value: float
    level: float
    now: float
    before: float
    is_alike: bool
    course: pd.Series
    levels: pd.Series


def glances(editions: Editions) -> list[Glance]:
    """The key figures of the newest month, in order; those that it has not published are left out."""
    first = (_first(group, editions) for group in KEY_FIGURES)
    return [glance for glance in first if glance][:MOST]


def _first(group: tuple[KeyFigure, ...], editions: Editions) -> Glance | None:
    told = (glance_of(figure, editions) for figure in group if figure.when(editions.month))
    return next((glance for glance in told if glance), None)


def glance_of(figure: KeyFigure, editions: Editions) -> Glance | None:
    """A key figure of the newest month; None where that has not published it."""
    newest, month = editions.newest, editions.month
    of = resolved(newest, figure.of)
    course = _course(figure, of, editions)
    if month not in by_month(newest, of):
        return None
    levels = by_month(newest, resolved(newest, figure.level)) if figure.level else _NONE
    member = ", ".join(of.where.values()) if None in figure.of.where.values() else ""
    now, before, is_alike = _compared(figure, editions, course)
    said = {"value": course[month], "level": levels.get(month, math.nan), "now": now, "before": before}
    of_month = {"month": month, "unit": unit_of(newest, of), "member": member, "is_alike": is_alike}
    return Glance(figure, **of_month, **said, course=course, levels=levels)


def _compared(figure: KeyFigure, editions: Editions, course: pd.Series) -> tuple[float, float, bool]:
    """This month's value and last month's, and whether both are of the same days of a month that has not ended."""
    newest, month, last = editions.newest, editions.month, shift(editions.month, -1)
    if figure.alike and newest.is_part(figure.of.figure):
        alike = by_month(newest, resolved(newest, figure.alike))
        return alike.get(month, math.nan), alike.get(last, math.nan), True
    published = by_month(newest, figure.before) if figure.before else _NONE
    return course[month], published.get(month, course.get(last, math.nan)), False


def _course(figure: KeyFigure, of: Of, editions: Editions) -> pd.Series:
    """Month → value up to the newest month: as that has published them, else as each month itself did.

    What an earlier month said of a part of itself is no value of the month.
    """
    counted = [one for one in editions.all if one is editions.newest or not one.is_part(of.figure)]
    own = {edition.month: by_month(edition, of).get(edition.month) for edition in counted}
    series = pd.Series(own, dtype=float).dropna()
    for shown in filter(None, (figure.course, of)):
        series = by_month(editions.newest, resolved(editions.newest, shown)).combine_first(series)
    first = f"{editions.month[:4]}-01" if figure.of_year else ""
    return series[(series.index >= first) & (series.index <= editions.month)].sort_index()
