"""The made-up cases as their exports: lists (CSV, Excel) as they stood on a day, and API pages (JSON)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.case_times import END
from rorikt_lib.demo.data import MADE_UP
from rorikt_lib.demo.text_files import csv_lines, write_excel, write_lines
from rorikt_lib.terms.enums import Priority, TicketType
from rorikt_lib.terms.schemas import TIME_ZONE

TIMES = ["created", "responded", "resolved", "closed"]
LIST_TIMES = ["Opprettet", "Besvart", "Løst", "Lukket"]
LIST_TYPES = {TicketType.INCIDENT: "Feilmelding", TicketType.REQUEST: "Forespørsel"}
PRIORITIES = {Priority.LOW: "Lav", Priority.MEDIUM: "Medium", Priority.HIGH: "Høy", Priority.CRITICAL: "Kritisk"}
PAGES_FROM = "2024-01-01"
UNREADABLE = "saker_2022-07_2023-06.csv"
EXCEL_MONTH = ("saker_2024-05.xlsx", "2024-05-01", "2024-06-01", "2024-06-03")
# After the pages: what they have as open, and what was created since.
YEAR_END_LIST = ("saker_2024-12.csv", "2025-01-01", "2025-01-03")
PAGE = 1000
API_TYPES = {TicketType.INCIDENT: "Feil", TicketType.REQUEST: "Tjenesteforespørsel"}
API_PRIORITIES = PRIORITIES | {Priority.MEDIUM: "Normal"}


def write_tickets(tickets: pd.DataFrame, settings: Settings, folder: Path) -> list[Path]:
    """All ticket exports; the paths written."""
    paths, open_before = [], pd.Series(False, index=tickets.index)
    listed = ~tickets.is_deleted & ~tickets.is_change
    for name, (since, before, extract, delimiter, encoding) in MADE_UP["ticket_lists"].items():
        chosen = listed & ((tickets.created >= since) | open_before) & (tickets.created < before)
        lines = csv_lines(_as_list(as_of(tickets[chosen], extract)), delimiter)
        if name == UNREADABLE:
            lines[500:500] = _unreadable(lines[499], delimiter)
        paths.append(write_lines(folder / name, lines, encoding))
        open_before = as_of(tickets, extract)[["resolved", "closed"]].isna().all(axis=1)
    name, since, before, extract = EXCEL_MONTH
    month = as_of(tickets[listed & (tickets.created >= since) & (tickets.created < before)], extract)
    excel = _as_list(month).assign(**{h: month[t] for h, t in zip(LIST_TIMES, TIMES, strict=True)})
    paths.append(write_excel(folder / name, excel.assign(**{"Ventetid (min)": month.paused_minutes})))
    name, before, extract = YEAR_END_LIST
    open_before = as_of(tickets, END)[["resolved", "closed"]].isna().all(axis=1)
    rest = as_of(tickets[listed & open_before & (tickets.created < before)], extract)
    paths.append(write_lines(folder / name, csv_lines(_as_list(rest)), "utf-8-sig"))
    is_new = (tickets.created >= PAGES_FROM) | (as_of(tickets, PAGES_FROM)[["resolved", "closed"]].isna().all(axis=1))
    return [*paths, *_write_pages(tickets[is_new & ~tickets.is_merged & (tickets.created < END)], settings, folder)]


def as_of(tickets: pd.DataFrame, instant: str) -> pd.DataFrame:
    """The cases as they stood at an instant: later times are not there yet, nor what a case waits that is not done."""
    times = {name: tickets[name].where(tickets[name] < pd.Timestamp(instant)) for name in TIMES}
    is_done = times["resolved"].notna() | times["closed"].notna()
    return tickets.assign(**times, paused_minutes=tickets.paused_minutes.where(is_done, 0))


def _status(tickets: pd.DataFrame) -> pd.Series:
    """Name of each case's status."""
    states = {
        "Sammenslått": tickets.is_merged,
        "Lukket": tickets.closed.notna(),
        "Løst": tickets.resolved.notna(),
        "Ny": tickets.responded.isna(),
        "Venter på bruker": tickets.number % 5 == 0,
        "Venter på leverandør": tickets.number % 7 == 0,
    }
    status = np.select(list(states.values()), list(states), "Under arbeid")
    return pd.Series(status, index=tickets.index)


def _as_list(tickets: pd.DataFrame) -> pd.DataFrame:
    times = {h: tickets[t].dt.strftime("%d.%m.%Y %H:%M") for h, t in zip(LIST_TIMES, TIMES, strict=True)}
    return pd.DataFrame(
        {
            "Saksnr": tickets.number.astype(str),
            "Type": tickets.type.map(LIST_TYPES),
            "Prioritet": tickets.priority.map(PRIORITIES),
            "Status": _status(tickets),
            "Kategori 1": tickets.category,
            "Kategori 2": "",
            "Firma": tickets.municipality + " kommune",
            "Kilde": tickets.channel,
            **times,
            "Ventetid (min)": tickets.paused_minutes.astype(str).mask(tickets.paused_minutes == 0),
            "Emne": "Gjelder " + tickets.category.str.lower(),
        }
    )


def _unreadable(line: str, delimiter: str) -> list[str]:
    """Rows nobody can read: a lost date, a lost priority, a row cut short. They are no one's case."""
    cells = line.split(delimiter)
    undated = ["19998", *cells[1:8], "########", *cells[9:]]
    unranked = ["19999", cells[1], "", *cells[3:]]
    return [delimiter.join(row) for row in (undated, unranked, cells[:6])]


def _write_pages(tickets: pd.DataFrame, settings: Settings, folder: Path) -> list[Path]:
    names = {"categories": sorted(tickets.category.unique()), "sources": sorted(tickets.channel.unique())}
    names |= {"companies": settings.municipality_names}
    codes = {name: {value: i for i, value in enumerate(values, start=1)} for name, values in names.items()}
    rows = _as_api(as_of(tickets, END), codes)
    paths = []
    for number, first in enumerate(range(0, len(rows), PAGE), start=1):
        page = rows.iloc[first : first + PAGE]
        users = page[["userId", "companyId"]].drop_duplicates("userId")
        content = {
            "tickets": [
                {name: None if pd.isna(value) else value for name, value in row.items()}
                for row in page.drop(columns="companyId").to_dict("records")
            ],
            "linked": _linked(names, users),
        }
        path = folder / f"pureservice_2024_side_{number:02d}.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8")
        paths.append(path)
    return paths


def _as_api(tickets: pd.DataFrame, codes: dict[str, dict[str, int]]) -> pd.DataFrame:
    """One row per ticket under the API's names; times in UTC."""
    status_codes = {name: i for i, name in enumerate(MADE_UP["statuses"], start=1)}
    times = {name: _utc(tickets[name]) for name in TIMES}
    newest = tickets[TIMES].max(axis=1)
    return pd.DataFrame(
        {
            "id": tickets.number + 310_000,
            "requestNumber": tickets.number,
            "subject": "Gjelder " + tickets.category.str.lower(),
            "statusId": _status(tickets).map(status_codes),
            "priorityId": tickets.priority.map({p: i for i, p in enumerate(API_PRIORITIES, start=1)}),
            "ticketTypeId": tickets.type.map({t: i for i, t in enumerate(API_TYPES, start=1)}),
            "requestTypeId": np.where(tickets.is_change, 2, 1),
            "category1Id": tickets.category.map(codes["categories"]),
            "sourceId": tickets.channel.map(codes["sources"]),
            "userId": 50_000 + 10_000 * tickets.municipality.map(codes["companies"]) + tickets.user,
            "companyId": tickets.municipality.map(codes["companies"]),
            "visibility": 1,
            "isMarkedForDeletion": tickets.is_deleted,
            "reopenedCount": tickets.reopened,
            **times,
            "modified": _utc(newest),
        }
    )


def _utc(local: pd.Series) -> pd.Series:
    """Local times as UTC texts with Z; the hour that autumn repeats counts as summer time."""
    summer = np.full(len(local), True)
    placed = local.dt.tz_localize(TIME_ZONE, ambiguous=summer, nonexistent="shift_forward")
    return placed.dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def _linked(names: dict[str, list[str]], users: pd.DataFrame) -> dict[str, list[dict]]:
    def listed(values) -> list[dict]:
        return [{"id": i, "name": name} for i, name in enumerate(values, start=1)]

    return {
        "statuses": [row | {"coreStatus": MADE_UP["statuses"][row["name"]]} for row in listed(MADE_UP["statuses"])],
        "priorities": listed(API_PRIORITIES.values()),
        "tickettypes": listed(API_TYPES.values()),
        "categories": listed(names["categories"]),
        "sources": listed(names["sources"]),
        "companies": listed(f"{name} kommune" for name in names["companies"]),
        "users": users.set_axis(["id", "companyId"], axis=1).to_dict("records"),
    }
