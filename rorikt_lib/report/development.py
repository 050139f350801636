"""Utvikling: what the months that stand published said, side by side, each number as its own month's report had it."""

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
from rorikt_lib.report.editions import FEWEST, Editions, Of, by_month, collected, resolved, settled, unit_of
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift

Frame = pd.DataFrame
MONTHS_TRIED = (3, 6, 9)
_LINES, _PCS = {"expense_type": SUM}, {"municipality": SUM}
# What the need of PCs is made of.
_NEED = ["expired", "expiring", "in_stock", "on_order", "to_order"]
_SOLVED = {"where": {"priority": None}, "most": "resolution.cases"}


def with_gaps(frame: Frame) -> Frame:
    """One row for each month from the first to the last: of those without a report nothing is known."""
    months = [frame.month.iloc[0]]
    while months[-1] < frame.month.iloc[-1]:
        months.append(shift(months[-1], 1))
    return frame.set_index("month").reindex(months).rename_axis("month").reset_index()


def forecasts(editions: Editions) -> Frame:
    """One row per month: NOK of the year's operations as adopted, as modelled, as budgeted, and as booked once over."""
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
    kept = settled(editions, of["mean"])
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


_COSTS = named("operating_costs", adopted_nok="forecast", model_nok="model_forecast", result_nok="actual")
_SHOWN = ["month", "adopted_nok", "model_nok", "budget_nok", "result_nok", "status"]
FORECASTS = _table("prognose", forecasts, _COSTS | named("operating_costs", budget_nok="budget"), columns=_SHOWN)
ACCURACY = _table("treff", accuracy, _COSTS | named("forecast_accuracy", "adopted_bias", "model_bias"))
_TRIED = {"wape": "forecast_trial.wape"}
TRIED = _table("utproving", tried, _TRIED, by=["known_months"], columns=["known_months", *_TRIED])
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
    partial(collected, **{name: Of(f"devices.{name}", _PCS) for name in _NEED}),
    named("devices", *_NEED),
)
ALERTS = _table("varsler", partial(collected, alerts=Of("tickets.alerts")), named("tickets", "alerts"))
PORTAL = _table("portal", portal, named("usage", "views", "unique_users"))


@dataclass(frozen=True)
class Topic:
    """A part of the page. heading: the key of its words. draw, alt: of its chart. of_month: the months' table."""

    heading: str
    table: Table
    draw: Callable[[Frame], object]
    says: Callable[[Frame], str | None]
    alt: Callable[[Frame], str]
    of_month: str = ""

    @property
    def chart(self) -> Chart:
        """The table's chart."""
        captioned = partial(words.chart_caption, self.table.key)
        return Chart(self.table.key, [self.table], self.draw, self.alt, caption=captioned)


def _with_gaps(draw: Callable[..., object], **given: str) -> Callable[[Frame], object]:
    """The drawing of a table's months, with room for those without a report; none of fewer than make a course."""
    return lambda frame: draw(with_gaps(frame), **given) if len(frame) >= FEWEST else None


_flow = _with_gaps(backlog_charts.flow)
_shares, _times = _with_gaps(level_charts.sla_months), _with_gaps(level_charts.resolution_months)
_pcs, _alerts = (_with_gaps(charts.counts, column=column) for column in ("to_order", "alerts"))
TOPICS = (
    Topic("forecast", FORECASTS, _with_gaps(charts.forecasts), words.forecast, words.forecast_alt, "driftskostnader"),
    Topic("accuracy", ACCURACY, _with_gaps(charts.accuracy), words.accuracy, words.accuracy_alt, "driftskostnader"),
    Topic("tried", TRIED, charts.tried, words.tried, words.tried_alt),
    Topic("backlog", BACKLOG, _flow, words.backlog, words.backlog_alt, "saker"),
    Topic("sla", SLA, _shares, words.sla, words.sla_alt, "sla"),
    Topic("times", TIMES, _times, words.times, words.times_alt, "losningstid"),
    Topic("pcs", PCS, _pcs, words.pcs, words.pcs_alt, "pc-rullering"),
    Topic("alerts", ALERTS, _alerts, words.alerts, words.alerts_alt),
    Topic("use", PORTAL, _with_gaps(usage_charts.portal_months), words.portal, words.portal_alt, "portal"),
)
