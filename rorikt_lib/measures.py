"""The report's tables, each from an open workbook in one call. Notebooks and figures.csv get their numbers here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pandas as pd

from rorikt_lib.devices import rollover as pcs
from rorikt_lib.fields import SUM
from rorikt_lib.ledger import bridge, commitments, costs, course, forecast_log, year_end
from rorikt_lib.ledger.forecast import backtest
from rorikt_lib.ledger.forecast.choose import total
from rorikt_lib.ledger.forecast.history import by_month, complete_years
from rorikt_lib.period import last_months, shift, year_of
from rorikt_lib.tickets import cases, serious, sla, volume
from rorikt_lib.usage import months as use
from rorikt_lib.workbook import Workbook

TREND_MONTHS = 13
SLA_MONTHS = 3
# The chosen forecast, and beside it what is simplest to try.
METHODS_SHOWN = [backtest.CHOSEN, "run_rate", "last_year_remainder"]


def cost_table(book: Workbook, kind: str) -> pd.DataFrame:
    """1.1 and 1.2: see ledger.costs.cost_table."""
    tables = (book.table(name) for name in ("postings", "budget_lines", "adopted_forecasts"))
    return costs.cost_table(*tables, kind, book.month, book.settings.ledger)


def model_forecast(book: Workbook) -> pd.DataFrame:
    """1.1: see ledger.year_end.model_forecast, operating lines."""
    lines = costs.lines_of("operating", book.settings.ledger)
    return book.once(
        "model_forecast", lambda: year_end.model_forecast(book.table("postings"), "operating", book.month, lines)
    )


def expected_invoices(book: Workbook, line: str | None = None) -> pd.DataFrame:
    """1.1: see ledger.commitments.expected_invoices, of all operating lines or of one, without suppliers' numbers."""
    rows = commitments.expected_invoices(book.table("postings"), "operating", book.month)
    chosen = rows if line is None else rows[rows.expense_type == line]
    return chosen.drop(columns="supplier_id").reset_index(drop=True)


def operating_course(book: Workbook) -> pd.DataFrame:
    """1.1: one row per month of the year: NOK so far booked (missing after the report's month), budgeted and modelled.

    model_nok, low_nok, high_nok: see ledger.course.model_course. Missing before the report's month, where there is no
    model (or interval), and in December, when nothing is left to foresee.
    """
    year = year_of(book.month)
    booked = course.booked_by_month(book.table("postings"), "operating")
    budget = course.phased_budget(booked, book.table("budget_lines"), "operating", year, book.settings.ledger)
    months = course.months_in(year)
    actual = booked.sum().reindex(months, fill_value=0.0).cumsum()
    table = pd.DataFrame({"actual_nok": actual.where(actual.index <= book.month), "budget_nok": budget.sum().cumsum()})
    return table.join(_model_course(book, actual[book.month])).rename_axis("month").reset_index()


def _model_course(book: Workbook, booked_nok: float) -> pd.DataFrame:
    model = model_forecast(book).set_index("expense_type")
    total = model.loc[SUM, year_end.AMOUNTS].astype(float)
    if book.month.endswith("-12") or pd.isna(total.model_nok):
        return pd.DataFrame(columns=year_end.AMOUNTS, dtype=float)
    lines = model.drop(index=SUM).reset_index()
    ahead = year_end.months_ahead(book.table("postings"), "operating", book.month, lines)
    return course.model_course(booked_nok, ahead, total)


def tried_years(book: Workbook) -> list[int]:
    """1.1: the years before the report's that the model is tried on; see ledger.forecast.backtest.years_to_try."""
    booked = course.booked_by_month(book.table("postings"), "operating")
    return backtest.years_to_try(booked.loc[:, booked.columns < book.month[:4]])


def adopted_bridge(book: Workbook, kind: str) -> pd.DataFrame:
    """1.1 and 1.2: adopted forecasts that changed since the month before; see ledger.bridge.adopted_bridge."""
    lines = costs.lines_of(kind, book.settings.ledger)
    return bridge.adopted_bridge(book.table("adopted_forecasts"), kind, book.month, shift(book.month, -1), lines)


def is_first_adopted(book: Workbook, kind: str) -> bool:
    """Whether managers adopted no forecast of the kind in the month before the report's."""
    return costs.adopted_of(book.table("adopted_forecasts"), kind, shift(book.month, -1)).empty


def model_bridge(book: Workbook) -> pd.DataFrame:
    """1.1: from last month's model forecast to this one, per line and SUM; see ledger.bridge.model_bridge.

    Last month's as the forecast log has it. No rows in January: December's forecast is of another year.
    """
    months = forecasts_by_month(book)
    before, now = (months[months.period == p] for p in (shift(book.month, -1), book.month))
    table = bridge.model_bridge(before, now)
    return table if table.empty else pd.concat([table, table.sum(numeric_only=True).to_frame().T.assign(line=SUM)])


def forecasts_by_month(book: Workbook) -> pd.DataFrame:
    """One row per operating line and month of the year so far: the forecasts made then; see forecast_rows.

    As the forecast log has them; those that it lacks (see unrecorded_months), and the report's own, from the ledger
    as it is now. in_hindsight: not what was said at the time.
    """
    return book.once("forecasts_by_month", lambda: _forecasts_by_month(book))


def _forecasts_by_month(book: Workbook) -> pd.DataFrame:
    kept = forecast_log.counting(book.forecast_log)
    kept = kept[kept.period.str.startswith(book.month[:4]) & (kept.period < book.month)]
    parts = [kept] if len(kept) else []
    parts += [forecast_rows(book.at(m)).assign(in_hindsight=True) for m in unrecorded_months(book)]
    parts.append(forecast_rows(book).assign(in_hindsight=False))
    table = pd.concat([part[part.kind == "operating"] for part in parts], ignore_index=True)
    return table.sort_values("period", kind="stable", ignore_index=True)


def forecast_totals(book: Workbook) -> pd.DataFrame:
    """One row per month of `forecasts_by_month`: NOK of all operating lines together, and the year's budget.

    booked_nok (so far), adopted_nok, model_nok and its 80 % interval (see ledger.forecast.choose.total); missing where
    a line's is.
    """
    budget = cost_table(book, "operating").set_index(costs.LINE["operating"]).budget_nok[SUM]
    rows = []
    for month, lines in forecasts_by_month(book).groupby("period"):
        sums = lines[["booked_nok", "adopted_nok"]].sum(skipna=False)
        told = {"month": month, "budget_nok": budget, "in_hindsight": bool(lines.in_hindsight.any())}
        rows.append(told | dict(sums) | dict(total(lines)))
    return pd.DataFrame(rows)


def adopted_changes(book: Workbook) -> pd.DataFrame:
    """One row per month of the year and operating line whose adopted forecast changed; see ledger.bridge.

    Since the last month before it that managers adopted forecasts in.
    """
    adopted, lines = book.table("adopted_forecasts"), costs.lines_of("operating", book.settings.ledger)
    is_known = (adopted.kind == "operating") & adopted.period.between(f"{book.month[:4]}-01", book.month)
    months = sorted(adopted.period[is_known].unique())
    parts = [
        bridge.adopted_bridge(adopted, "operating", now, before, lines).assign(month=now)
        for before, now in pairwise([shift(book.month, -1), book.month] if len(months) < 2 else months)
    ]
    return pd.concat(parts, ignore_index=True)


def unrecorded_months(book: Workbook) -> list[str]:
    """Earlier months of the year that the report looks back at, but the forecast log lacks.

    Those are the month before, and the months of which managers adopted a forecast.
    """
    adopted = book.table("adopted_forecasts")
    looked_at = {shift(book.month, -1), *adopted.period[adopted.kind == "operating"]}
    of_year = [m for m in course.months_in(year_of(book.month)) if m < book.month and m in looked_at]
    return [m for m in of_year if m not in set(book.forecast_log.period)]


def forecast_rows(book: Workbook) -> pd.DataFrame:
    """One row per line of both kinds: the month's forecasts as the log keeps them; see year_end.forecast_rows."""
    return book.once("forecast_rows", lambda: _forecast_rows(book))


def _forecast_rows(book: Workbook) -> pd.DataFrame:
    parts = []
    for kind in costs.LINE:
        table = cost_table(book, kind)
        if kind == "operating":
            rows = year_end.forecast_rows(book.table("postings"), table, model_forecast(book), book.month)
        else:
            rows = year_end.without_model(table)
        reasons = costs.reasons_of(book.table("adopted_forecasts"), kind, book.month)
        parts.append(rows.assign(kind=kind, period=book.month, reason=rows.line.map(reasons)))
    return pd.concat(parts, ignore_index=True)


def forecast_accuracy(book: Workbook) -> pd.DataFrame:
    """How near the logged operating forecasts of years that are over came; see ledger.forecast_log.accuracy."""
    log = forecast_log.counting(book.forecast_log)
    booked = course.booked_by_month(book.table("postings"), "operating")
    years = [y for y in complete_years(booked) if f"{y}-12" <= book.month]
    actual = [booked[course.months_in(y)].sum(axis=1).rename("actual_nok").reset_index().assign(year=y) for y in years]
    known = pd.concat(actual).rename(columns={"expense_type": "line"}) if actual else pd.DataFrame()
    if known.empty:
        return forecast_log.accuracy(log.head(0), pd.DataFrame(columns=["year", "line", "actual_nok"]))
    return forecast_log.accuracy(log[log.kind == "operating"], known)


def tried_forecast(book: Workbook) -> pd.DataFrame:
    """How the model would have done in earlier years, at 3, 6 and 9 known months; see ledger.forecast.backtest.

    No rows where there are not two complete years before the report's: nothing can be tried.
    """
    return book.once("tried_forecast", lambda: _tried_forecast(book))


def _tried_forecast(book: Workbook) -> pd.DataFrame:
    rows = costs.counted(book.table("postings"), "operating")
    earlier = rows[rows.period < book.month[:4]].rename(columns={"expense_type": "line"})
    if len(complete_years(by_month(earlier, "line"))) < 2:
        return pd.DataFrame()
    return backtest.backtest(earlier)


def tried_methods(book: Workbook) -> pd.DataFrame:
    """One row per known_months and method (METHODS_SHOWN): wape, bias and coverage of the lines tried."""
    return _tried(book, backtest.summary)


def tried_lines(book: Workbook) -> pd.DataFrame:
    """As `tried_methods`, one row per expense_type too; SUM: the chosen forecast of the lines together."""
    lines = _tried(book, lambda trials: backtest.summary(trials, "line"))
    table = pd.concat([lines, _tried(book, backtest.summary_of_sum).assign(line=SUM)], ignore_index=True)
    order = [*costs.lines_of("operating", book.settings.ledger), SUM]
    table = table.sort_values("line", key=lambda names: names.map(order.index), kind="stable", ignore_index=True)
    return table.rename(columns={"line": costs.LINE["operating"]})


def _tried(book: Workbook, summary: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    trials = tried_forecast(book)
    if trials.empty:
        return pd.DataFrame(columns=["known_months", "method", "wape", "bias", "coverage"])
    return summary(trials[trials.method.isin(METHODS_SHOWN)])


def known_cases(book: Workbook) -> pd.DataFrame:
    """The cases as they stood at the month's cut-off; see tickets.cases.as_of."""
    return book.once("known_cases", lambda: cases.as_of(book.table("tickets"), book.ticket_cut_off))


def _case_months(book: Workbook, months: list[str]) -> list[str]:
    return cases.months_with_cases(book.table("tickets"), months)


def created_by_month(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.1: see tickets.volume.created_by_month."""
    return volume.created_by_month(known_cases(book), _case_months(book, last_months(book.month, months)))


def created_by_category(book: Workbook) -> pd.DataFrame:
    """2.1.4.1: cases per category, created this month, the month before and the same month last year."""
    return _created_by(book, "category")


def created_by_municipality(book: Workbook) -> pd.DataFrame:
    """2.1.4.2: cases per municipality, created this month, the month before and the same month last year."""
    return _created_by(book, "municipality")


def _created_by(book: Workbook, column: str) -> pd.DataFrame:
    months = [shift(book.month, -12), shift(book.month, -1), book.month]
    return volume.created_by(known_cases(book), column, _case_months(book, months))


def created_per_municipality(book: Workbook) -> pd.DataFrame:
    """2.1.4.2: see tickets.volume.created_per_municipality."""
    return volume.created_per_municipality(known_cases(book), book.month, book.settings.municipalities)


def flow(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.3–5: see tickets.volume.flow."""
    return book.once(
        f"flow of {months} months",
        lambda: volume.flow(
            known_cases(book), _case_months(book, last_months(book.month, months)), book.ticket_cut_off
        ),
    )


def flow_of(book: Workbook, kind: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.3–4: the flow of one type (incident or request), one row per month."""
    table = flow(book, months)
    return table[table.type == kind].drop(columns="type").reset_index(drop=True)


def flow_total(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.5: the flow of both types together, one row per month."""
    return flow(book, months).groupby(["month", "date"], as_index=False)[["created", "resolved", "open"]].sum()


def open_by_age(book: Workbook) -> pd.DataFrame:
    """2.1.4.5: see tickets.volume.open_by_age."""
    return volume.open_by_age(known_cases(book), book.ticket_cut_off)


def sla_compliance(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.6: see tickets.sla.sla_compliance."""
    return sla.sla_compliance(
        known_cases(book), _case_months(book, last_months(book.month, months)), book.settings.tickets
    )


def sla_trend(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.6: one row per month: within, breached and share_within over all priorities."""
    return sla.all_priorities(sla_compliance(book, months))


def serious_cases(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: see tickets.serious.serious_cases."""
    return serious.serious_cases(known_cases(book), book.month, book.incident_notes, book.settings.tickets)


def notes_without_case(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: what people wrote about critical and high cases that the report does not have."""
    return serious.notes_without_case(serious_cases(book), book.incident_notes)


def resolution_time(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.7: see tickets.sla.resolution_time."""
    return sla.resolution_time(
        known_cases(book), _case_months(book, last_months(book.month, months)), book.settings.tickets
    )


def resolution_trend(book: Workbook, priority: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.7: the resolution time of one priority, one row per month."""
    table = resolution_time(book, months)
    return table[table.priority == priority].drop(columns="priority").reset_index(drop=True)


def pc_rollover(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.rollover."""
    stock = pcs.stock_at(book.table("device_stock"), book.device_cut_off)
    return pcs.rollover(pc_extract(book), stock, book.month, book.settings.municipality_names, book.settings.devices)


def pc_extract(book: Workbook) -> pd.DataFrame:
    """The PCs that count this month; see devices.rollover.extract_of."""
    return pcs.extract_of(book.table("devices"), book.month, book.device_cut_off)


def replacement_plan(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.replacement_plan."""
    return pcs.replacement_plan(pc_extract(book), book.month, book.settings.municipality_names, book.settings.devices)


def windows_readiness(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.windows_readiness."""
    return pcs.windows_readiness(pc_extract(book), book.settings.municipality_names)


def usage_by_month(book: Workbook, channel: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.2 and 2.1.3: see usage.months.by_month."""
    return use.by_month(book.table("usage"), channel, last_months(book.month, months))


def usage_by_day(book: Workbook, channel: str) -> pd.DataFrame:
    """2.1.2: see usage.months.by_day."""
    return use.by_day(book.table("usage"), channel, book.month)


def sources(book: Workbook) -> pd.DataFrame:
    """About the figures: one row per file: format, newest date, rows and the first characters of its checksum."""
    table = book.table("sources").assign(checksum=lambda d: d.sha256.str[:8])
    return table[
        [
            "source_file",
            "format",
            "newest",
            "rows_read",
            "rows_clean",
            "rows_set_aside",
            "rows_quarantined",
            "checksum",
        ]
    ]


def unreadable_rows(book: Workbook) -> pd.DataFrame:
    """About the figures: how many rows of each file were quarantined, per reason."""
    rows = book.table("quarantine")
    return (
        rows.groupby(["source_file", "reason"], as_index=False)
        .size()
        .rename(columns={"reason": "finding", "size": "count"})
    )


def findings(book: Workbook) -> pd.DataFrame:
    """About the figures: what was found in the files, most rows first."""
    return book.table("findings")[["finding", "source_file", "count"]]
