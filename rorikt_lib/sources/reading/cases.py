"""Cases of any ticket system: one cleaning for the list export, the API pages and mapped exports."""

import operator
from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import accept, finding
from rorikt_lib.sources.reading.format import Cleaned, RawTable
from rorikt_lib.sources.reading.large import each_once, masked, without
from rorikt_lib.sources.reading.names import LISTED, look_up, translate
from rorikt_lib.sources.reading.parse import TOO_LARGE, parse_amount, parse_instant
from rorikt_lib.terms.enums import SetAside, TicketStatus, TicketType
from rorikt_lib.terms.instants import possible
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

TIMES = ["created_at", "responded_at", "resolved_at", "closed_at"]
CELLS = [
    "request_no", "type", "priority", "category", "municipality", "channel", "status",
    *TIMES, "paused_minutes", "reopened", "is_deleted", "sla_met_source",
]  # fmt: skip
_ENDS = ["resolved_at", "closed_at"]
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
    A time before 2000 or in the future is none, and counted; a case created then is refused.
    A row that can be read but says what no list names is in the quarantine as unknown, and stops the run: see
    known.refuse_unknown. paused_minutes is missing where the source does not say. read_time: cells → instants in
    Europe/Oslo. read_minutes: cells and decimal sign → minutes.
    """
    is_change = each_once(raw.frame["type"], lambda texts: look_up(texts, names["type"]) == SetAside.CHANGE)
    cases = RawTable(raw.source_file, without(raw.frame, is_change), raw.decimal)
    instants = [name for name in [*TIMES, "modified_at", "reopened_at"] if name in cases.frame]
    parsed = cases.frame.assign(
        **{name: read_time(cases.frame[name]) for name in instants},
        paused_minutes=read_minutes(cases.frame["paused_minutes"], raw.decimal).where(lambda minutes: minutes >= 0),
    )
    counted = parse_amount(cases.frame["reopened"], raw.decimal, whole=True)
    parsed["created_at"] = possible(parsed["created_at"])
    parsed["reopened"] = counted.where(counted.between(0, TOO_LARGE) & (counted % 1 == 0)).astype("Int64")
    # What cannot be read is damaged; only of the other rows must what they say be known.
    whole, refused = accept("tickets", cases, parsed, ["ticket_id", "type", "priority", "status", "created_at"])
    readable = cases if refused.empty else RawTable(raw.source_file, cases.frame.loc[whole.index], raw.decimal)
    rows, unknown = translate("tickets", readable, names)
    good = (whole if unknown.empty else whole.loc[rows.frame.index]).assign(**rows.frame[[*names]])
    good, *impossible = _without_impossible(good, [name for name in instants if name != "created_at"], raw)
    changes, homes = int(is_change.sum()), look_up(good["municipality"], settings.municipality_of)
    found = [
        *_findings(good, homes, raw.source_file, settings),
        finding("tickets", raw.source_file, Finding.IMPOSSIBLE_TIME, *impossible),
        finding("tickets", raw.source_file, Finding.CHANGES_SET_ASIDE, changes),
        finding("tickets", raw.source_file, Finding.MERGED_CASES, int((good["status"] == SetAside.MERGED).sum())),
    ]
    events = reopened_events(good) if "reopened_at" in good else empty("ticket_events")
    cases = _with_flags(_in_its_last_life(good), homes, settings).assign(source_file=raw.source_file)
    refused = pd.concat([refused, unknown])
    return Cleaned("tickets", cases, refused, pd.concat(found), changes, events=events)


def _without_impossible(good: pd.DataFrame, names: list[str], raw: RawTable) -> tuple[pd.DataFrame, int, str]:
    """The cases without times that cannot be (see instants.possible), how many are gone, and the first as written."""
    kept = {name: possible(good[name]) for name in names}
    gone = [(name, line) for name in names for line in good.index[good[name].notna() & kept[name].isna()]]
    if not gone:
        return good, 0, ""
    listed = [f"line {line}: {name} {raw.frame.at[line, name]:.30}" for name, line in gone[:LISTED]]
    return good.assign(**kept), len(gone), "; ".join(listed)


def reopened_events(cases: pd.DataFrame) -> pd.DataFrame:
    """The states that created_at, resolved_at or closed_at, and reopened_at tell of cases that were opened again.

    Rows of ticket_events. A resolved or closed time before reopened_at ends the first life, one after it the second.
    """
    again = cases[cases["reopened_at"].notna()]
    first, second = ([again[at].where(_is_late(again, at) == late) for at in _ENDS] for late in (False, True))
    changes = [
        (TicketStatus.OPEN, again["created_at"]),
        (TicketStatus.CLOSED, first[0].fillna(first[1])),
        (TicketStatus.OPEN, again["reopened_at"]),
        (TicketStatus.CLOSED, second[0].fillna(second[1]).mask(again["status"] == TicketStatus.OPEN)),
    ]
    parts = [pd.DataFrame({"ticket_id": again["ticket_id"], "at": at, "state": state}) for state, at in changes]
    return pd.concat([empty("ticket_events"), *parts]).dropna().reset_index(drop=True)


def _is_late(cases: pd.DataFrame, at: str) -> pd.Series:
    """Whether a time is known that is not from before the case was opened again."""
    return cases[at].notna() & ~(cases[at] <= cases["reopened_at"])


def _in_its_last_life(good: pd.DataFrame) -> pd.DataFrame:
    """The cases without the ends from before they were opened again, where the source says when that was."""
    if "reopened_at" not in good or good["reopened_at"].isna().all():
        return good
    return good.assign(**{at: good[at].where(_is_late(good, at)) for at in _ENDS})


def _with_flags(good: pd.DataFrame, homes: pd.Series, settings: Settings) -> pd.DataFrame:
    """The cases as the clean table has them. homes: the municipality of each under our name for it."""
    alerts = {channel: channel for channel in settings.tickets.alert_channels}
    imputed = (good["status"] == TicketStatus.CLOSED) & good["resolved_at"].isna() & good["closed_at"].notna()
    reopened, merged = good["status"] == TicketStatus.OPEN, good["status"] == SetAside.MERGED
    return good.assign(
        status=masked(good["status"], merged, TicketStatus.CLOSED),
        municipality=masked(homes, _is_early(good, settings) | _has_left(good, settings)),
        resolved_at=good["resolved_at"].mask(imputed, good["closed_at"]).mask(reopened),
        closed_at=good["closed_at"].mask(reopened),
        resolved_at_imputed=imputed,
        is_alert=each_once(good["channel"], lambda texts: look_up(texts, alerts).notna()),
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


def _findings(good: pd.DataFrame, homes: pd.Series, source_file: str, settings: Settings) -> list[pd.DataFrame]:
    company = good["municipality"]
    unknown = company[company.notna() & homes.isna()]
    listed = "; ".join(sorted(unknown.unique())[:LISTED])
    reopened = (good["status"] == TicketStatus.OPEN) & good[["resolved_at", "closed_at"]].notna().any(axis=1)
    return [
        finding("tickets", source_file, Finding.UNKNOWN_MUNICIPALITY, len(unknown), listed),
        finding("tickets", source_file, Finding.MISSING_MUNICIPALITY, int(company.isna().sum())),
        finding("tickets", source_file, Finding.LEFT_MUNICIPALITY, int(_has_left(good, settings).sum())),
        finding("tickets", source_file, Finding.NOT_YET_JOINED, int(_is_early(good, settings).sum())),
        finding("tickets", source_file, Finding.REOPENED, int(reopened.sum())),
    ]
