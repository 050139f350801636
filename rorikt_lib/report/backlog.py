"""Service og support: cases that came, were resolved and are open, month by month, and how old the open ones are."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.present.charts import backlog as charts
from rorikt_lib.present.sentences import service_desk as words
from rorikt_lib.report.declare import MONTH, Chart, Figure, Table, from_book, named, rules
from rorikt_lib.report.part_month import with_mark
from rorikt_lib.report.service_desk import (
    CUT_OFF,
    HIDDEN_BELOW,
    caption_with_hidden,
    earlier_solutions,
    known_cases,
    solutions,
    trend,
)
from rorikt_lib.terms.enums import TicketType
from rorikt_lib.tickets import sla, volume

_COUNTS = named("tickets", "created", "resolved", "net_inflow", "early_out", "early_in", "reopened")
FLOW = Table(
    "saksgang",
    with_mark(from_book(volume.flow, known_cases, trend, CUT_OFF, earlier_solutions)),
    ["month", "type"],
    _COUNTS | {"open": Figure("backlog.open", ["date", "type"])},
    columns=["month", "created", "resolved", "open"],
    counts="cases",
)


def of_type(flow: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows of one type of case."""
    return flow[flow.type == kind].reset_index(drop=True)


def _of_type(key: str, kind: str) -> Table:
    return replace(FLOW, key=key, compute=from_book(of_type, FLOW, kind))


INCIDENTS = _of_type("feilmeldinger", TicketType.INCIDENT)
REQUESTS = _of_type("tjenesteforesporsler", TicketType.REQUEST)
CASES = replace(
    FLOW,
    key="saker",
    compute=with_mark(from_book(volume.all_types, FLOW)),
    by=["month"],
    figures=_COUNTS | {"open": Figure("backlog.open", ["date", "total"])},
)


def _chart(of: Table, kind: str) -> Chart:
    return Chart(of.key, [of], charts.flow, lambda flow: words.flow_alt(flow, kind))


INCIDENT_CHART = _chart(INCIDENTS, TicketType.INCIDENT)
REQUEST_CHART = _chart(REQUESTS, TicketType.REQUEST)
CASE_CHART = _chart(CASES, volume.TOTAL)


def _at_cut_off(frame: pd.DataFrame, cut_off: pd.Timestamp) -> pd.DataFrame:
    return frame.assign(date=cut_off.date())


AGES = Table(
    "alder", from_book(volume.open_by_age, known_cases, CUT_OFF), ["age_days", "type"], {"open": "backlog.open_by_age"}
)
AGE_CHART = Chart("alder", [AGES], charts.open_by_age, words.ageing_alt)
OLD = Table(
    "gamle-saker",
    from_book(_at_cut_off, from_book(volume.old_cases, AGES), CUT_OFF),
    ["date", "type", "total"],
    named("backlog", "open", "open_old", "old_share"),
    columns=["type", "open", "open_old"],
)
_OPEN = ["open_incidents", "open_requests", "open", "open_old"]
PLACES = Table(
    "apne-per-kommune",
    from_book(_at_cut_off, from_book(volume.open_by_municipality, known_cases, CUT_OFF, HIDDEN_BELOW), CUT_OFF),
    ["date", "municipality"],
    named("backlog", **{name: f"{name}_by_municipality" for name in _OPEN}),
    columns=["municipality", *_OPEN],
    caption=caption_with_hidden("apne-per-kommune"),
)
IMPUTED = Table(
    "beregnet-lost",
    from_book(volume.imputed_by_month, solutions, trend),
    ["month"],
    named("tickets", "resolved", "imputed"),
)
RULES = rules(
    "saksregler",
    lambda _: {"old_days": volume.OLD_DAYS, "old_case_days": sla.OLD_CASE_DAYS},
    old_days="old_open_cases",
    old_case_days="old_resolved_cases",
)

incidents_summary = from_book(words.backlog_summary, INCIDENTS, TicketType.INCIDENT)
requests_summary = from_book(words.backlog_summary, REQUESTS, TicketType.REQUEST)
cases_summary = from_book(words.backlog_summary, CASES, volume.TOTAL)
old_incidents = from_book(words.ageing_summary, OLD, TicketType.INCIDENT)
old_requests = from_book(words.ageing_summary, OLD, TicketType.REQUEST)
old_cases = from_book(words.ageing_summary, OLD)
open_places = from_book(words.open_places_summary, PLACES)
imputed = from_book(words.imputed_summary, IMPUTED, MONTH)
