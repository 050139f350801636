"""Cases of any ticket system: one cleaning for the list export, the API pages and mapped exports."""

import operator
from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import accept, finding
from rorikt_lib.sources.reading.format import Cleaned, RawTable
from rorikt_lib.sources.reading.names import LISTED, look_up, translate
from rorikt_lib.sources.reading.parse import parse_amount, parse_instant
from rorikt_lib.terms.enums import SetAside, TicketStatus, TicketType
from rorikt_lib.terms.reasons import Finding

TIMES = ["created_at", "responded_at", "resolved_at", "closed_at"]
CELLS = [
    "request_no", "type", "priority", "category", "municipality", "channel", "status",
    *TIMES, "paused_minutes", "reopened", "is_deleted", "sla_met_source",
]  # fmt: skip
_VERDICTS = {"true": "true", "false": "false", "1": "true", "0": "false"}


def term_names(settings: Settings) -> dict[str, dict[str, str]]:
    """Field → {name in the sources: our term}; our own terms are names too."""
    values = settings.tickets.values
    return {
        "type": {t: t for t in [*TicketType, SetAside.CHANGE]} | values.type,
        "priority": {p: p for p in settings.tickets.priorities} | values.priority,
        "status": {s: s for s in [*TicketStatus, SetAside.MERGED]} | values.status,
        "is_deleted": _VERDICTS,
        "sla_met_source": _VERDICTS,
    }


def clean_cases(
    raw: RawTable,
    settings: Settings,
    names: dict[str, dict[str, str]],
    read_time: Callable[[pd.Series], pd.Series] = parse_instant,
    read_minutes: Callable[[pd.Series, str], pd.Series] = parse_amount,
) -> Cleaned:
    """One row per case of `raw`, whose columns are CELLS and ticket_id; besides, source_file and modified_at.

    A closed case without a resolved time counts as resolved when it was closed, and is flagged. An open one with a
    resolved time was opened again, and is not resolved. Changes are set aside. A merged case goes on in another, so it
    is closed and flagged as deleted. A case that came from a municipality before it joined, or after it left, has none.
    paused_minutes is missing where the source does not say. read_time: cells → instants in Europe/Oslo. read_minutes:
    cells and decimal sign → minutes.
    """
    is_change = look_up(raw.frame["type"], names["type"]) == SetAside.CHANGE
    cases = RawTable(raw.source_file, raw.frame[~is_change], raw.decimal)
    rows, unknown = translate("tickets", cases, names)
    instants = [name for name in [*TIMES, "modified_at"] if name in rows.frame]
    parsed = rows.frame.assign(
        **{name: read_time(rows.frame[name]) for name in instants},
        paused_minutes=read_minutes(rows.frame["paused_minutes"], raw.decimal).where(lambda minutes: minutes >= 0),
    )
    counted = parse_amount(rows.frame["reopened"], raw.decimal, whole=True)
    parsed["reopened"] = counted.where((counted >= 0) & (counted % 1 == 0)).astype("Int64")
    good, refused = accept("tickets", rows, parsed, ["ticket_id", "type", "priority", "status", "created_at"])
    changes = int(is_change.sum())
    found = [
        *_findings(good, raw.source_file, settings),
        finding("tickets", raw.source_file, Finding.CHANGES_SET_ASIDE, changes),
        finding("tickets", raw.source_file, Finding.MERGED_CASES, int((good["status"] == SetAside.MERGED).sum())),
    ]
    cases = _with_flags(good, settings).assign(source_file=raw.source_file)
    return Cleaned("tickets", cases, pd.concat([unknown, refused]), pd.concat(found), changes)


def _with_flags(good: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    alerts = {channel: channel for channel in settings.tickets.alert_channels}
    imputed = (good["status"] == TicketStatus.CLOSED) & good["resolved_at"].isna() & good["closed_at"].notna()
    reopened, merged = good["status"] == TicketStatus.OPEN, good["status"] == SetAside.MERGED
    return good.assign(
        status=good["status"].mask(merged, TicketStatus.CLOSED),
        municipality=look_up(good["municipality"], settings.municipality_of).mask(
            _is_early(good, settings) | _has_left(good, settings)
        ),
        resolved_at=good["resolved_at"].mask(imputed, good["closed_at"]).mask(reopened),
        closed_at=good["closed_at"].mask(reopened),
        resolved_at_imputed=imputed,
        is_alert=look_up(good["channel"], alerts).notna(),
        is_deleted=(good["is_deleted"] == "true") | merged,
        sla_met_source=(good["sla_met_source"] == "true").astype("boolean").mask(good["sla_met_source"].isna()),
    )


def _has_left(good: pd.DataFrame, settings: Settings) -> pd.Series:
    """Whether a case was created when its municipality was no longer one of those that share the service."""
    left = {name: m.left for m in settings.municipalities if m.left for name in [m.name, *m.aliases]}
    return _compared(good, left, operator.ge)


def _is_early(good: pd.DataFrame, settings: Settings) -> pd.Series:
    """Whether a case was created when its municipality was not yet one of those that share the service."""
    joined = {name: m.joined for m in settings.municipalities if m.joined for name in [m.name, *m.aliases]}
    return _compared(good, joined, operator.lt)


def _compared(good: pd.DataFrame, months: dict[str, str], compare: Callable) -> pd.Series:
    """The month of each case compared with that of its municipality; false where it has none in `months`."""
    if not months:
        return pd.Series(False, index=good.index)
    return compare(good["created_at"].dt.strftime("%Y-%m"), look_up(good["municipality"], months))


def _findings(good: pd.DataFrame, source_file: str, settings: Settings) -> list[pd.DataFrame]:
    company = good["municipality"]
    unknown = company[company.notna() & look_up(company, settings.municipality_of).isna()]
    listed = "; ".join(sorted(unknown.unique())[:LISTED])
    reopened = (good["status"] == TicketStatus.OPEN) & good[["resolved_at", "closed_at"]].notna().any(axis=1)
    return [
        finding("tickets", source_file, Finding.UNKNOWN_MUNICIPALITY, len(unknown), listed),
        finding("tickets", source_file, Finding.MISSING_MUNICIPALITY, int(company.isna().sum())),
        finding("tickets", source_file, Finding.LEFT_MUNICIPALITY, int(_has_left(good, settings).sum())),
        finding("tickets", source_file, Finding.NOT_YET_JOINED, int(_is_early(good, settings).sum())),
        finding("tickets", source_file, Finding.REOPENED, int(reopened.sum())),
    ]
