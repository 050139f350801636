"""The cases of all ticket exports as one table."""

import pandas as pd

from rorikt_lib.config.mapping import KNOWN_CASES, OWN_CASES
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.combine.case_numbers import plain
from rorikt_lib.sources.combine.overlap import keep_latest
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.cases import TIMES
from rorikt_lib.sources.reading.large import without
from rorikt_lib.terms.enums import TicketStatus
from rorikt_lib.terms.instants import taken_at
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import TIME_ZONE, empty

# What a list or a log of the same cases may be without.
_MAY_LACK = ["category", "municipality", "channel", "responded_at", "sla_met_source"]
STAMPS, CERTAIN = [*TIMES, "modified_at"], ["created_at", "modified_at"]


def combine_tickets(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per case, in its latest state, and what was found. parts: frames of cases.clean_cases.

    What the latest export does not have (the API pages no waiting time, the lists no reopenings) is taken from the
    latest that has it.
    """
    cases, _, found = combine_cases(parts, [])
    return cases, found


def combine_cases(
    parts: list[pd.DataFrame], events: list[pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The cases of combine_tickets; their events, with what older exports tell of them; and what was found."""
    parts = [part if "modified_at" in part else part.assign(modified_at=part["created_at"]) for part in parts]
    kept, older = keep_latest(parts, ["ticket_id"], STAMPS, CERTAIN)
    if kept.empty:
        return empty("tickets"), empty("ticket_events"), empty("findings")
    told = combine_events(events)
    again = _solved_before(kept, older, told, parts)
    kept = _completed(kept, older)
    waited, reopened = (_last_known(kept, older, name) for name in ("paused_minutes", "reopened"))
    cases = kept.assign(paused_minutes=waited.fillna(0.0), reopened=reopened)
    return cases, combine_events([told, again]), _findings(cases, older)


def _solved_before(
    kept: pd.DataFrame, older: pd.DataFrame, told: pd.DataFrame, parts: list[pd.DataFrame]
) -> pd.DataFrame:
    """The states of cases that an older export has as solved, and a later one as open, or solved after that export.

    Where no event tells when such a case was opened again it counts as open from the month after that export, or, where
    it was solved again before, for no time. Rows of ticket_events. told: what the exports' own events say.
    """
    solved = older[older["resolved_at"].notna() & ~older["is_deleted"]]
    if solved.empty:
        return empty("ticket_events")
    whole = pd.concat([part[[*STAMPS, "source_file"]] for part in parts])
    taken = {file: taken_at(part[STAMPS], CERTAIN) for file, part in whole.groupby("source_file")}
    now = kept.set_index("ticket_id")[["resolved_at", "created_at"]].add_suffix("_now")
    rows = solved.assign(taken=solved["source_file"].map(taken)).join(now, on="ticket_id")
    rows = rows[rows["resolved_at_now"].isna() | (rows["resolved_at_now"] > rows["taken"])]
    rows = rows.drop_duplicates(["ticket_id", "resolved_at"], keep="last", ignore_index=True)
    of_event = _opened_after(rows, told)
    rows = rows[of_event.notna() | ~rows["ticket_id"].isin(told["ticket_id"]) | _ends_solved(rows, told)]
    next_month = rows["taken"].dt.tz_localize(None).dt.to_period("M").dt.end_time.dt.ceil("D").astype("datetime64[us]")
    opened = next_month.dt.tz_localize(TIME_ZONE)
    opened = opened.where(rows["resolved_at_now"].isna() | (opened <= rows["resolved_at_now"]), rows["resolved_at_now"])
    opened = of_event.reindex(rows.index).fillna(opened)
    again = rows["resolved_at_now"].where(rows["resolved_at_now"] > opened)
    changes = [
        (TicketStatus.OPEN, rows["created_at_now"]), (TicketStatus.CLOSED, rows["resolved_at"]),
        (TicketStatus.OPEN, opened), (TicketStatus.CLOSED, again),
    ]  # fmt: skip
    states = [pd.DataFrame({"ticket_id": rows["ticket_id"], "at": at, "state": state}) for state, at in changes]
    return pd.concat([empty("ticket_events"), *states]).dropna().drop_duplicates(ignore_index=True)


def _opened_after(rows: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """When each row's case was first opened after its resolved_at, by the events; missing where none is."""
    opened = told[told["state"] == TicketStatus.OPEN]
    pairs = rows[["ticket_id", "resolved_at"]].reset_index().merge(opened, on="ticket_id")
    return pairs[pairs["at"] > pairs["resolved_at"]].groupby("index")["at"].min().reindex(rows.index)


def _ends_solved(rows: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """Whether the events know nothing of a row's case after that solution, as those of a log that ends before."""
    last = told.sort_values("at", kind="stable").drop_duplicates("ticket_id", keep="last")
    of_row = rows[["ticket_id"]].merge(last, on="ticket_id", how="left").set_axis(rows.index)
    return (of_row["state"] == TicketStatus.CLOSED) & (of_row["at"] <= rows["resolved_at"])


def _completed(kept: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    """The cases with what their own export never has taken from another export of the same system.

    of_export: the mapping that read a row; an export of the same kind that is older tells nothing here, as what the
    later one leaves blank is blank.
    """
    if "of_export" not in kept or older.empty:
        return kept
    own = kept.set_index("ticket_id")["of_export"].fillna("").reindex(older["ticket_id"]).to_numpy()
    others = older[older["of_export"].fillna("") != own]
    filled = {name: _last_known(kept, others, name) for name in _MAY_LACK if others[name].notna().any()}
    return kept.assign(**filled)


def refuse_shared_numbers(parts: list[pd.DataFrame], settings: Settings) -> None:
    """InputError where cases of two sources have the same numbers, and nobody has said whether they are the same."""
    own = {name for name, mapping in settings.mappings.items() if mapping.same_cases_as == OWN_CASES}
    exports = [part["of_export"].fillna("").unique() if "of_export" in part else [""] for part in parts]
    if len({name for names in exports for name in names} - own) < 2:
        return
    rows = [part.reindex(columns=["request_no", "ticket_id", "source_file", "of_export"]) for part in parts]
    cases = pd.concat(rows).assign(request_no=lambda rows: plain(rows["request_no"]))
    cases = cases.drop_duplicates(["request_no", "ticket_id"])
    cases = cases[~cases["of_export"].isin(own) & cases["request_no"].duplicated(keep=False)]
    shared = cases[cases["request_no"].duplicated(keep=False)].sort_values("request_no", kind="stable")
    if shared.empty:
        return
    first, other = shared.iloc[0], shared.iloc[1]
    named = [name for name in (other["of_export"], first["of_export"]) if pd.notna(name)]
    place, system = named[0], named[1] if len(named) > 1 else KNOWN_CASES[0]
    raise InputError(
        f"{shared['request_no'].nunique()} cases have a number that a case in {first['source_file']} has, too "
        f"('{first['request_no']}')",
        file=other["source_file"],
        remedy=f"say in workbook.yml, under mappings.{place}, `same_cases_as: {system}` where they are the same cases, "
        f"or `same_cases_as: {OWN_CASES}` where they are not",
    )


def _last_known(kept: pd.DataFrame, older: pd.DataFrame, name: str) -> pd.Series:
    known = older.dropna(subset=name).drop_duplicates("ticket_id", keep="last").set_index("ticket_id")[name]
    if known.empty:
        return kept[name]
    return kept[name].fillna(kept["ticket_id"].map(known))


def combine_events(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The events of all exports; one that several have stands only where it is last: that is the state it left."""
    rows = pd.concat([empty("ticket_events"), *parts], ignore_index=True)
    return rows.drop_duplicates(keep="last", ignore_index=True)


def _findings(cases: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    deleted = int(cases["is_deleted"].sum())
    cases = without(cases[[*TIMES, "status", "resolved_at_imputed"]], cases["is_deleted"])
    unresolved = cases["resolved_at"].isna()
    is_open = cases["status"] == TicketStatus.OPEN
    resolved_early, answered_early = (cases[at] < cases["created_at"] for at in ("resolved_at", "responded_at"))
    found = [
        finding("tickets", None, Finding.OVERLAPPING_ROWS, len(older)),
        finding("tickets", None, Finding.RESOLVED_AT_IMPUTED, int(cases["resolved_at_imputed"].sum())),
        finding("tickets", None, Finding.CLOSED_WITHOUT_TIME, int((~is_open & unresolved).sum())),
        finding("tickets", None, Finding.RESOLVED_BEFORE_CREATED, int(resolved_early.sum())),
        finding("tickets", None, Finding.RESPONDED_BEFORE_CREATED, int(answered_early.sum())),
        finding("tickets", None, Finding.DELETED_CASES, deleted),
    ]
    return pd.concat(found)
