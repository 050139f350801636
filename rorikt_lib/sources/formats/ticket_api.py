"""Pureservice API pages (JSON): {tickets: […], linked: {statuses, priorities, tickettypes, categories, …}}.

A page was fetched with its linked lists (include=status,priority,ticketType,category1,source,user.company). Keys
are matched without regard to case. Times with `Z` or an offset say their zone; times without one are UTC, as the
service keeps them. Subject and description are not read, and of users and agents nothing is kept but hashes (see
terms.persons). The API has no waiting time.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.cases import TIMES, clean_cases, term_names
from rorikt_lib.sources.reading.format import Cleaned, RawTable, normalise
from rorikt_lib.sources.reading.parse import parse_instant
from rorikt_lib.sources.reading.persons import persons_of
from rorikt_lib.terms.enums import SetAside, TicketStatus
from rorikt_lib.terms.reasons import Finding

NAME = "pureservice_api"
CLOSED_FROM = 50  # coreStatus
CHANGE_REQUEST = 2  # requestTypeId
# Our field: the ticket's id field, and the linked list that names it.
CODED = {
    "type": ("tickettypeid", "tickettypes"),
    "priority": ("priorityid", "priorities"),
    "status": ("statusid", "statuses"),
}
OPEN_ENDED = {"category": ("category1id", "categories"), "channel": ("sourceid", "sources")}
NAMED_BY = CODED | OPEN_ENDED
_STAMPS = dict(zip([*TIMES, "modified_at"], ["created", "responded", "resolved", "closed", "modified"], strict=True))
# Of a ticket and of a user: what names somebody, and whose the ticket is. Linked lists that are of no people.
_OF_TICKET = ["requester", "assignee", "assignedto", "createdby", "modifiedby", "emailaddress", "username"]
_OF_USER = ["fullname", "displayname", "name", "username", "loginname", "email", "emailaddress", "userprincipalname"]
_IDS = ["userid", "assignedagentid", "createdbyid", "modifiedbyid", "resolvedbyid", "closedbyid"]
_NO_PEOPLE = {
    "statuses", "priorities", "tickettypes", "requesttypes", "categories", "sources", "companies", "departments",
    "locations", "teams", "assets", "assettypes", "solutions", "slas", "tags",
}  # fmt: skip
_FETCH = "fetch the page again with include=status,priority,ticketType,category1,source,user.company"


def recognises(path: Path) -> bool:
    """Whether the file is a page of tickets: JSON that has a key "tickets"."""
    return path.suffix.lower() == ".json" and bool(re.search(rb'(?i)"tickets"\s*:', path.read_bytes()))


def clean_file(path: Path, source_file: str, settings: Settings) -> Cleaned:
    """One row per ticket, as cases.clean_cases has it; source_line is the ticket's place in the page, from 1.

    ticket_id is requestNumber: the number people see, which the list export calls Saksnr. (The internal id is
    another number and stands in no other export.) What linked does not name leaves category, channel and (user,
    company) municipality missing, counted; a type, priority or status it does not name is refused. InputError
    when the file is no JSON, or lacks a whole linked list.
    """
    merged = {normalise(name) for name, term in settings.tickets.values.status.items() if term == SetAside.MERGED}
    try:
        tickets, linked, people = _page(path, source_file)
        raw = RawTable(source_file, _cells(tickets, linked, source_file, merged), decimal=".")
    except (TypeError, AttributeError, KeyError, UnicodeEncodeError):
        # A list where a record is expected, a text where a number is, half a sign: JSON holds anything anywhere.
        raise InputError("not a page of tickets with linked lists", file=source_file, remedy=_FETCH) from None
    cleaned = clean_cases(raw, settings, term_names(settings), partial(parse_instant, zone="UTC"))
    lost = {key: tickets[key].notna() & raw.frame[field].isna() for field, (key, _) in OPEN_ENDED.items()}
    counts = {key: int(rows.sum()) for key, rows in lost.items()}
    nameless = [finding("tickets", source_file, Finding.UNLINKED_NAME, count, key) for key, count in counts.items()]
    return replace(cleaned, findings=pd.concat([cleaned.findings, *nameless]), persons=people)


def _page(path: Path, source_file: str) -> tuple[pd.DataFrame, dict[str, list[dict]], pd.DataFrame]:
    """Tickets (lower-case keys, index from 1), the linked lists (lower-case names and keys), and who they name."""
    try:
        page = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_lower)
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON ({error.msg})", file=source_file, line=error.lineno, remedy=_FETCH) from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8 text, which JSON is", file=source_file, remedy=_FETCH) from None
    except RecursionError:
        raise InputError("nested too deeply for a page of tickets", file=source_file, remedy=_FETCH) from None
    except ValueError as error:
        # A number of thousands of digits, or a key that stands twice.
        raise InputError(f"not valid JSON ({error})", file=source_file, remedy=_FETCH) from None
    tickets, linked = page["tickets"], page.get("linked") or {}
    if not all(isinstance(entry, dict) for entries in (tickets, *linked.values()) for entry in entries):
        raise TypeError("entries that are no records")
    needed = [key for key, _ in NAMED_BY.values()]
    needed += ["requestnumber", "requesttypeid", "userid", "ismarkedfordeletion", "reopenedcount", *_STAMPS.values()]
    index = pd.RangeIndex(1, len(tickets) + 1)
    people = persons_of(_people(tickets, linked), source_file, "users")
    return pd.DataFrame(tickets, index=index, dtype=object).reindex(columns=needed), linked, people


def _people(tickets: list[dict], linked: dict[str, list[dict]]) -> Iterator[tuple[str, int]]:
    """Who the page names, with the place of the first ticket that is theirs; else that in their own list."""
    first: dict[object, int] = {}
    for place, ticket in enumerate(tickets, start=1):
        yield from ((ticket[key], place) for key in _OF_TICKET if isinstance(ticket.get(key), str))
        for key in _IDS:
            first.setdefault(ticket.get(key), place)
    for entries in (entries for name, entries in linked.items() if name not in _NO_PEOPLE):
        for place, entry in enumerate(entries, start=1):
            whole = " ".join(str(entry[key]) for key in ("firstname", "lastname") if entry.get(key))
            named = [whole, *(entry.get(key) for key in _OF_USER)]
            yield from ((name, first.get(entry.get("id"), place)) for name in named if isinstance(name, str))


def _lower(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A record of the page, its keys in small letters; ValueError where one stands twice, as one would be lost."""
    record = {key.lower(): value for key, value in pairs}
    if len(record) < len(pairs):
        raise ValueError(f"a key stands twice in {', '.join(key for key, _ in pairs)[:120]}")
    return record


def _cells(tickets: pd.DataFrame, linked: dict[str, list[dict]], source_file: str, merged: set[str]) -> pd.DataFrame:
    """The tickets as raw cells of cases.CELLS: ids replaced by the names in the linked lists."""
    for key, name in NAMED_BY.values():
        if name not in linked and tickets[key].notna().any():
            raise InputError(f"the page lacks linked.{name}, so {key} means nothing", file=source_file, remedy=_FETCH)
    cells = {field: _named(tickets[key], linked.get(name, []), merged) for field, (key, name) in NAMED_BY.items()}
    cells |= {field: cells[field].fillna(_text(tickets[key])) for field, (key, _) in CODED.items()}
    cells |= {name: _time_text(tickets[key]) for name, key in _STAMPS.items()}
    number = _text(tickets["requestnumber"])
    return pd.DataFrame(
        cells
        | {
            "ticket_id": number,
            "request_no": number,
            "type": cells["type"].mask(tickets["requesttypeid"] == CHANGE_REQUEST, SetAside.CHANGE),
            "municipality": _company(tickets["userid"], linked),
            "is_deleted": tickets["ismarkedfordeletion"].eq(True).map({True: "true", False: "false"}),
            "paused_minutes": None,
            "reopened": _text(tickets["reopenedcount"]),
            "sla_met_source": None,
        },
        index=tickets.index,
        dtype="str",
    )


def _named(ids: pd.Series, entries: list[dict], merged: set[str]) -> pd.Series:
    names = {entry.get("id"): _state(entry, merged) for entry in entries}
    return _text(ids.map(names))


def _state(entry: dict, merged: set[str]) -> str | None:
    """An entry's name; of a status open, closed or merged, whatever the customer has called it."""
    core = None if normalise(entry.get("name") or "") in merged else entry.get("corestatus")
    return entry.get("name") if core is None else TicketStatus.OPEN if core < CLOSED_FROM else TicketStatus.CLOSED


def _company(user_ids: pd.Series, linked: dict[str, list[dict]]) -> pd.Series:
    """The name of the user's company; users are linked by companyId or by links.company.id."""
    companies = {company.get("id"): company.get("name") for company in linked.get("companies", [])}
    company_of = {}
    for user in linked.get("users", []):
        link = (user.get("links") or {}).get("company") or {}
        company_of[user.get("id")] = companies.get(user.get("companyid") or link.get("id"))
    return _text(user_ids.map(company_of))


def _time_text(stamps: pd.Series) -> pd.Series:
    """Time texts; the year 1 is how the service writes no time."""
    text = _text(stamps)
    return text.mask(text.str.startswith("0001-").fillna(False).astype(bool))


def _text(values: pd.Series) -> pd.Series:
    return values.astype("str").where(values.notna())
