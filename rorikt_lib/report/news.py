"""Sammendrag: what has changed most since last month, whether or not anybody wrote about it."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from rorikt_lib.ledger import costs
from rorikt_lib.ledger.forecast_change import budgeted_costs, forecast_change, limit_nok, with_news
from rorikt_lib.present.sentences import news as words
from rorikt_lib.report import backlog, economy, service_level
from rorikt_lib.report.declare import MONTH, Table, from_book, named
from rorikt_lib.report.economy import COURSE, PREFIX, adopted_by_then, cost_table
from rorikt_lib.report.forecast import forecasts_by_month
from rorikt_lib.report.pc_changes import COVERAGE
from rorikt_lib.terms.enums import ForecastSource, Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift
from rorikt_lib.tickets.volume import TOTAL
from rorikt_lib.workbook import Workbook

# So that a share of exactly the limit counts in spite of a computer's last digits.
HARDLY = 1e-9


def _costs(book: Workbook, kind: str) -> pd.DataFrame:
    table = cost_table(book, kind)
    return table[table.line != SUM].set_index("line")


def _last_adopted(book: Workbook, kind: str) -> tuple[str, pd.Series]:
    """The last earlier month of the year that a forecast was adopted in, and that forecast: NOK per line."""
    adopted = adopted_by_then(book)
    months = adopted.period[(adopted.kind == kind) & adopted.period.between(f"{book.month[:4]}-01", book.month)]
    month = months[months < book.month].max()
    return month, costs.adopted_of(adopted, kind, month)


def _modelled(book: Workbook, month: str) -> pd.Series:
    rows = forecasts_by_month(book)
    return rows[rows.period == month].set_index("line").model_nok.astype(float)


def _forecasts(book: Workbook, kind: str) -> tuple[str, str | None, pd.Series, pd.Series]:
    """Whose forecast it is, the month of the one before, that and this one: NOK per line, empty where there is none.

    The adopted one, against the last adopted before it in the year (the budget, month None, where there was none). Once
    the year is over its result stands for it. Without one it is the model's of operations, against last month's.
    """
    table, (month, previous) = _costs(book, kind), _last_adopted(book, kind)
    is_over, is_adopted = is_year_end(book.month), table.forecast_nok.notna().any()
    now = table.actual_nok if is_over and not is_adopted else table.forecast_nok
    if len(previous) and now.notna().any():
        return ForecastSource.ADOPTED, month, previous, now
    if is_adopted or kind == Kind.INVESTMENT:
        return ForecastSource.ADOPTED, None, table.budget_nok, table.forecast_nok
    month = shift(book.month, -1)
    return ForecastSource.MODEL, month, _modelled(book, month), now if is_over else _modelled(book, book.month)


def compared(book: Workbook, kind: str) -> pd.DataFrame:
    """See ledger.forecast_change; source, previous_month: see `_forecasts`. No rows where nothing can be compared."""
    source, month, previous, now = _forecasts(book, kind)
    changes = forecast_change(_costs(book, kind).budget_nok, previous, now)
    costs_nok = budgeted_costs(*(_costs(book, each).budget_nok for each in Kind))
    return with_news(changes, book.settings.news, costs_nok).assign(source=source, previous_month=month)


def _compared_table(key: str, kind: str, dimension: str) -> Table:
    names = {"previous_nok": "before", "forecast_nok": "now", "change_nok": "change"}
    names |= {"previous_variance_nok": "variance_before", "variance_nok": "variance"}
    figures = named(PREFIX[kind], **{column: f"compared_{name}" for column, name in names.items()})
    return Table(key, partial(compared, kind=kind), {"line": dimension}, figures)


FORECAST = _compared_table("nytt-drift", Kind.OPERATING, "expense_type")
INVESTED = _compared_table("nytt-investeringer", Kind.INVESTMENT, "project")


def booked_over(book: Workbook) -> str | None:
    """That more is booked so far than the phased budget, by enough to be told; None where it is not.

    Nor in December, when that is the year's result.
    """
    now, news = COURSE.frame(book).dropna(subset="actual_nok").iloc[-1], book.settings.news
    is_over = -now.behind_nok >= limit_nok(news.booked_nok, news.booked_share, now.budget_nok)
    return economy.so_far(book) if is_over and not is_year_end(book.month) else None


def _two_months(book: Workbook, rows: pd.DataFrame, column: str, *values: str) -> pd.DataFrame:
    """One row per member of a column that the report's month and the one before both have: each value then and now."""
    then, now = (rows[rows.month == month].set_index(column) for month in (shift(book.month, -1), book.month))
    columns = [f"{value}_before" for value in values]
    both = now[[*values]].join(then[[*values]].set_axis(columns, axis=1), how="inner")
    return both.astype(float).reset_index()


def _largest(rows: pd.DataFrame, member: str, is_news: pd.Series) -> pd.DataFrame:
    """Of the rows that are news the whole (SUM, TOTAL or all priorities), where it is; else the others."""
    news = rows[is_news]
    whole = news[news[member].isin([SUM, TOTAL])]
    return whole if len(whole) else news


def is_changed(now: pd.Series, before: pd.Series, least: float, share: float) -> pd.Series:
    """Whether counts have changed by at least so many, and by at least such a share of what they were."""
    change = (now - before).abs().astype(float)
    return (change >= least) & (change >= share * before.astype(float) - HARDLY)


def open_cases(book: Workbook) -> pd.DataFrame:
    """The open cases, in all or else by type, that are so many more or fewer than last month that it is news."""
    flow = pd.concat([backlog.FLOW.frame(book), backlog.CASES.frame(book).assign(type=TOTAL)])
    rows, news = _two_months(book, flow, "type", "open"), book.settings.news
    return _largest(rows, "type", is_changed(rows.open, rows.open_before, news.open_cases, news.open_share))


def sla(book: Workbook) -> pd.DataFrame:
    """The shares of incidents resolved in time, in all or else by priority, that have changed enough to be news.

    Of a month that was cut off (until: where), against the same working days of the one before.
    """
    same_days = service_level.SLA_SAME_DAYS.frame(book)
    of_all, by_priority = service_level.SLA_MONTHS, service_level.SLA_TREND
    if is_part := len(same_days) > 0:
        of_all, by_priority = service_level.SLA_SAME_DAYS, service_level.SLA_TREND_SAME_DAYS
    trend = pd.concat([by_priority.frame(book), of_all.frame(book).assign(priority=TOTAL)])
    trend = trend[trend.until.notna()] if is_part else trend
    rows, news = _two_months(book, trend, "priority", "within", "breached", "share_within"), book.settings.news
    has_cases = (rows.within + rows.breached).clip(upper=rows.within_before + rows.breached_before) >= news.sla_cases
    is_large = (rows.share_within - rows.share_within_before).abs() >= news.sla_share - HARDLY
    return _largest(rows, "priority", has_cases & is_large).assign(is_part=is_part)


def pc_need(book: Workbook) -> pd.DataFrame:
    """The PCs to be ordered, in all or else by owner, where they have changed enough since last month to be news."""
    rows, news = COVERAGE.frame(book).dropna(subset=["to_order_before", "to_order"]), book.settings.news
    return _largest(rows, "municipality", is_changed(rows.to_order, rows.to_order_before, news.pcs, news.pcs_share))


def cases(book: Workbook) -> str | None:
    """That more or fewer cases are open: of all the chapter's own sentence, which has last month's number too."""
    rows = open_cases(book)
    return backlog.cases_summary(book) if TOTAL in {*rows.type} else words.open_cases(rows, book.month)


def in_time(book: Workbook) -> str | None:
    """That more or fewer are resolved in time: of all the chapter's own sentence, which has last month's share too."""
    rows = sla(book)
    return service_level.sla_summary(book) if TOTAL in {*rows.priority} else words.sla(rows, book.month)


# The rules, in the order they are told in; each gives a sentence, or None where nothing is news by it.
RULES: tuple[Callable[[Workbook], str | None], ...] = (
    from_book(words.forecast, FORECAST, Kind.OPERATING, MONTH),
    booked_over,
    from_book(words.forecast, INVESTED, Kind.INVESTMENT, MONTH),
    cases,
    in_time,
    from_book(words.pc_need, pc_need, MONTH),
)
