"""Utvikling: what the months that stand published said, side by side. Each number is as its own month's report had it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from rorikt_lib.present.charts import backlog as backlog_charts
from rorikt_lib.present.charts import development as charts
from rorikt_lib.present.charts import service_level as level_charts
from rorikt_lib.present.charts import usage as usage_charts
from rorikt_lib.present.language import caption
from rorikt_lib.present.sentences import development as words
from rorikt_lib.report.declare import Chart, Table, named
from rorikt_lib.report.editions import Editions, Of, by_month, collected, resolved, settled, unit_of
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift

Frame = pd.DataFrame
MONTHS_TRIED = (3, 6, 9)
_LINES, _PCS = {"expense_type": SUM}, {"municipality": SUM}
_SOLVED = {"where": {"priority": None}, "most": "resolution.cases"}


def with_gaps(frame: Frame) -> Frame:
    """One row for each month from the first to the last: of those without a report nothing is known."""
    months = [frame.month.iloc[0]]
    while months[-1] < frame.month.iloc[-1]:
        months.append(shift(months[-1], 1))
    return frame.set_index("month").reindex(months).rename_axis("month").reset_index()


def forecasts(editions: Editions) -> Frame:
    """One row per month: NOK of the year's operations as adopted and as modelled, its budget, and its result once over."""
    names = {"adopted_nok": "forecast", "model_nok": "model_forecast", "budget_nok": "budget", "result_nok": "actual"}
    frame = collected(editions, **{column: Of(f"operating_costs.{name}", _LINES) for column, name in names.items()})
    is_over = frame.month.map(is_year_end).astype(bool)
    frame = frame.assign(result_nok=frame.result_nok.where(is_over), model_nok=frame.model_nok.mask(is_over))
    return frame.dropna(subset=["adopted_nok", "model_nok", "result_nok"], how="all").reset_index(drop=True)


def accuracy(editions: Editions) -> Frame:
    """One row per month of a year whose result stands published: how far its forecasts were from that, as shares."""
    frame = forecasts(editions)
    over = frame.dropna(subset="result_nok")
    of_year = frame.month.str[:4].map(dict(zip(over.month.str[:4], over.result_nok, strict=True))).astype(float)
    frame = frame.assign(
        result_nok=of_year,
        adopted_bias=(frame.adopted_nok - of_year) / of_year,
        model_bias=(frame.model_nok - of_year) / of_year,
    )
    frame = frame[~frame.month.map(is_year_end).astype(bool)]
    return frame.dropna(subset=["adopted_bias", "model_bias"], how="all").reset_index(drop=True)


def tried(editions: Editions) -> Frame:
    """One row per number of known months: the model's error on earlier years, as the newest month that tells says."""
    for edition in reversed(editions.all):
        of = {n: Of("forecast_trial.wape", _LINES | {"method": None, "known_months": str(n)}) for n in MONTHS_TRIED}
        found = {n: by_month(edition, one).get(edition.month) for n, one in of.items()}
        rows = [{"known_months": n, "wape": error} for n, error in found.items() if error is not None]
        if rows:
            return pd.DataFrame(rows).assign(month=edition.month, status=edition.status, is_part=False)
    return pd.DataFrame(columns=["known_months", "wape", "month", "status", "is_part"])


def resolution(editions: Editions) -> Frame:
    """One row per month: mean, median and target of the priority that most incidents have, in `unit`."""
    of = {name: Of(f"resolution.{name}", **_SOLVED) for name in ("target", "mean", "median")}
    frame = collected(editions, **of)
    kept = settled(editions, of["target"])
    units = (unit_of(edition, kept) for edition in reversed(editions.all))
    return frame.assign(unit=next(filter(None, units), ""), priority=kept.where["priority"] or "")


def portal(editions: Editions) -> Frame:
    """One row per month: views and unique users of the portal."""
    channel = {"channel": None}
    frame = collected(editions, views=Of("usage.views", channel), unique_users=Of("usage.unique_users", channel))
    return frame.assign(channel=resolved(editions.newest, Of("usage.views", channel)).where["channel"] or "")


def _table(key: str, compute: Callable[[Editions], Frame], figures: dict[str, str], **more: object) -> Table:
    more = {"columns": ["month", *figures, "status"], "if_known": [*figures]} | more
    return Table(f"utvikling-{key}", compute, more.pop("by", ["month"]), figures, caption=_captioned(key), **more)


def _captioned(key: str) -> Callable[[Editions, Frame], str]:
    def captioned(editions: Editions, frame: Frame) -> str:
        return f"{words.named(caption('tables', f'utvikling-{key}'), frame)} {words.notes(frame)}".strip()

    return captioned


def _chart(table: Table, draw: Callable[[Frame], object], alt: Callable[[Frame], str]) -> Chart:
    """Of a table's months, with gaps where there is no report."""
    drawn = draw if table is TRIED else lambda frame: draw(with_gaps(frame))
    return Chart(table.key, [table], drawn, alt, caption=lambda frame: words.chart_caption(table.key, frame))


FORECASTS = _table(
    "prognose",
    forecasts,
    named(
        "operating_costs", adopted_nok="forecast", model_nok="model_forecast", budget_nok="budget", result_nok="actual"
    ),
)
ACCURACY = _table(
    "treff",
    accuracy,
    named("operating_costs", adopted_nok="forecast", model_nok="model_forecast", result_nok="actual")
    | named("forecast_accuracy", "adopted_bias", "model_bias"),
)
TRIED = _table(
    "utproving", tried, {"wape": "forecast_trial.wape"}, by=["known_months"], columns=["known_months", "wape"]
)
BACKLOG = _table(
    "saker",
    partial(
        collected,
        created=Of("tickets.created"),
        resolved=Of("tickets.resolved"),
        open=Of("backlog.open", {"total": None}),
    ),
    named("tickets", "created", "resolved") | {"open": "backlog.open"},
    counts="cases",
)
SLA = _table(
    "frister",
    partial(
        collected,
        within=Of("sla.within"),
        breached=Of("sla.breached"),
        share_within=Of("sla.share_within"),
        share_within_target=Of("rules.share_within_target"),
    ),
    named("sla", "within", "breached", "share_within") | {"share_within_target": "rules.share_within_target"},
)
TIMES = _table(
    "losningstid",
    resolution,
    named("resolution", "target", "mean", "median"),
    columns=["month", "target", "unit", "mean", "median", "status"],
)
PCS = _table(
    "pc",
    partial(collected, **{name: Of(f"devices.{name}", _PCS) for name in words.PCS}),
    named("devices", *words.PCS),
)
ALERTS = _table("varsler", partial(collected, alerts=Of("tickets.alerts")), named("tickets", "alerts"))
PORTAL = _table("portal", portal, named("usage", "views", "unique_users"))


@dataclass(frozen=True)
class Topic:
    """A part of the page: its heading, what it says, its chart and table, and the key of each month's own table."""

    heading: str
    says: Callable[[Frame], str | None]
    chart: Chart
    table: Table
    of_month: str


TOPICS = (
    Topic(
        "forecast",
        words.forecast,
        _chart(FORECASTS, charts.forecasts, words.forecast_alt),
        FORECASTS,
        "driftskostnader",
    ),
    Topic(
        "accuracy", words.accuracy, _chart(ACCURACY, charts.accuracy, words.accuracy_alt), ACCURACY, "driftskostnader"
    ),
    Topic("tried", words.tried, _chart(TRIED, charts.tried, words.tried_alt), TRIED, ""),
    Topic("backlog", words.backlog, _chart(BACKLOG, backlog_charts.flow, words.backlog_alt), BACKLOG, "saker"),
    Topic("sla", words.sla, _chart(SLA, charts.shares, words.sla_alt), SLA, "sla"),
    Topic("times", words.times, _chart(TIMES, level_charts.resolution_months, words.times_alt), TIMES, "losningstid"),
    Topic("pcs", words.pcs, _chart(PCS, partial(charts.counts, column="to_order"), words.pcs_alt), PCS, "pc-rullering"),
    Topic(
        "alerts", words.alerts, _chart(ALERTS, partial(charts.counts, column="alerts"), words.alerts_alt), ALERTS, ""
    ),
    Topic("portal", words.portal, _chart(PORTAL, usage_charts.portal_months, words.portal_alt), PORTAL, "portal"),
)
