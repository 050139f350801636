"""Other systems' tickets, as workbook.yml describes them: one row a case, or a log with one row an event."""

from dataclasses import replace
from functools import partial

import pandas as pd

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.formats import case_events
from rorikt_lib.sources.formats.mapped_cells import read_cells, read_instant, without_missing
from rorikt_lib.sources.reading.accept import finding, quarantine
from rorikt_lib.sources.reading.cases import clean_cases, term_names
from rorikt_lib.sources.reading.format import Cleaned, RawTable
from rorikt_lib.sources.reading.names import LISTED, SHOWN
from rorikt_lib.sources.reading.parse import parse_minutes
from rorikt_lib.terms.enums import TicketStatus
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty


def clean_tickets(raw: RawTable, settings: Settings, name: str, mapping: Mapping) -> Cleaned:
    """One row per case, as cases.clean_cases has it. ticket_id: mapping name:their number, as two systems' numbers
    may be the same (see Mapping.same_cases_as); request_no is their number alone. of_export: the mapping's name.

    Where last_event_by is given each row is an event, and only the last of each case counts; the others are set
    aside. Without a status a case is closed when it has a time it was resolved or closed.
    """
    if mapping.last_event_by is None:
        return _cleaned(raw, read_cells(raw, mapping), settings, name, mapping)
    log, refused = _in_order(_oldest_first(raw, mapping), mapping)
    cells = read_cells(log, mapping)
    events = case_events.read(cells, log.frame, settings, mapping)
    last = case_events.last_known(cells, events).sort_index()
    cases = case_events.with_history(last, events)
    cleaned = _cleaned(raw, cases, settings, name, mapping)
    older = len(cells) - len(last)
    unknown = events["named"][events["state"].isna()].dropna()
    wrong = events.index[events["impossible"].astype(bool)]
    found = [
        finding("tickets", raw.source_file, Finding.OLDER_EVENTS, older),
        finding("tickets", raw.source_file, Finding.UNKNOWN_STATE, len(unknown), _counted(unknown)),
        finding("tickets", raw.source_file, Finding.IMPOSSIBLE_TIME, len(wrong), _listed(wrong, log.frame, mapping)),
    ]
    return replace(
        cleaned,
        quarantine=pd.concat([refused, cleaned.quarantine]),
        findings=pd.concat([*found, cleaned.findings]),
        set_aside=older + cleaned.set_aside,
        events=case_events.clean(events, mapping.case_prefix(name), partial(read_instant, mapping=mapping)),
        log=raw,
    )


def clean_logs(raws: list[RawTable], settings: Settings, name: str, mapping: Mapping) -> list[Cleaned]:
    """What each of several exports of one log gives, when their events are read as one log.

    A case's row comes from the export that has its last event. Events and findings of all stand with the first.
    """
    frames = [_oldest_first(raw, mapping).frame for raw in raws]
    rows = pd.concat(frames, keys=range(len(raws)), names=["export", "line"])
    origin = rows.index.to_frame(index=False)
    whole = clean_tickets(replace(raws[0], frame=rows.reset_index(drop=True)), settings, name, mapping)
    parts = [_share(whole, raw, origin[origin["export"] == n]["line"]) for n, raw in enumerate(raws)]
    if sum(part.set_aside for part in parts) != whole.set_aside:
        raise RuntimeError(f"mappings.{name}: {len(rows)} events read, but not all are accounted for")
    findings = whole.findings.assign(source_file=pd.Series(None, index=whole.findings.index, dtype="str"))
    return [replace(parts[0], findings=findings, events=whole.events), *parts[1:]]


def _counted(named: pd.Series) -> str:
    """Each name with how often it stands there, the commonest first."""
    counts = named.value_counts()
    more = [f"{len(counts) - LISTED} more"] if len(counts) > LISTED else []
    return "; ".join([*(f"{str(name)[:SHOWN]} ({count})" for name, count in counts.iloc[:LISTED].items()), *more])


def _listed(lines: pd.Index, frame: pd.DataFrame, mapping: Mapping) -> str:
    """The first events of times that cannot be: case and time as they stand."""
    rows = frame.loc[lines[:LISTED]]
    columns = mapping.columns["ticket_id"], mapping.event_at
    return (
        "; ".join(f"{case}: {time}" for case, time in zip(*(rows[c] for c in columns), strict=True))
        if len(rows)
        else ""
    )


def _share(whole: Cleaned, raw: RawTable, lines: pd.Series) -> Cleaned:
    """The rows of `whole` that are in `raw`. lines: its line numbers, by their place in the whole log."""
    frame = whole.frame[whole.frame.index.isin(lines.index)]
    refused = whole.quarantine[whole.quarantine["source_line"].isin(lines.index)]
    return Cleaned(
        whole.table,
        frame.set_axis(lines.loc[frame.index].to_numpy(), axis=0).assign(source_file=raw.source_file),
        refused.assign(source_file=raw.source_file, source_line=refused["source_line"].map(lines)),
        set_aside=len(raw.frame) - len(frame) - len(refused),
    )


def _cleaned(raw: RawTable, written: pd.DataFrame, settings: Settings, name: str, mapping: Mapping) -> Cleaned:
    filled = written.fillna(mapping.constants)
    is_done = filled["resolved_at"].notna() | filled["closed_at"].notna()
    cases = filled.assign(
        ticket_id=mapping.case_prefix(name) + filled["ticket_id"],
        request_no=filled["request_no"].fillna(filled["ticket_id"]),
        status=filled["status"].fillna(is_done.map({True: TicketStatus.CLOSED, False: TicketStatus.OPEN})),
    )
    read = partial(read_instant, mapping=mapping), partial(parse_minutes, unit=mapping.paused_unit)
    table = RawTable(raw.source_file, cases, mapping.decimal_sign)
    cleaned = clean_cases(table, settings, term_names(settings), *read)
    return replace(cleaned, frame=cleaned.frame.assign(of_export=name))


def _in_order(raw: RawTable, mapping: Mapping) -> tuple[RawTable, pd.DataFrame]:
    """The events in their order, and those whose place cannot be read.

    The order is that of the numbers, or the times, in last_event_by; then that of the lines. A row without a case
    number is left for the later checks.
    """
    place, case = _places(raw, mapping)
    placed = place.notna() | case.isna()
    ordered = replace(raw, frame=raw.frame.loc[place[placed].sort_values(kind="stable").index])
    refused = raw.frame[~placed]
    if refused.empty:
        return ordered, empty("quarantine")
    shown = f"{mapping.last_event_by}: '" + refused[mapping.last_event_by].fillna("").str.slice(0, 60) + "'"
    return ordered, quarantine("tickets", raw.source_file, refused, Finding.UNREADABLE_VALUE, shown)


def _oldest_first(raw: RawTable, mapping: Mapping) -> RawTable:
    """An export that has the newest event of each case first, turned round: of equal places the last line counts."""
    place, case = _places(raw, mapping)
    before = place.groupby(case).shift()
    is_newest_first = (place < before).any() and not (place > before).any()
    return replace(raw, frame=raw.frame[::-1]) if is_newest_first else raw


def _places(raw: RawTable, mapping: Mapping) -> tuple[pd.Series, pd.Series]:
    """The place of each event among its case's, and its case."""
    headers = mapping.columns["ticket_id"], mapping.last_event_by
    case, written = (without_missing(raw.frame[header], mapping) for header in headers)
    return case_events.places(written, mapping), case
