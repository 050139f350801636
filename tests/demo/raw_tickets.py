"""The raw ticket exports read with nothing of the workbook's own readers: an independent witness."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd

STAMPS = {"Opprettet": "created", "Løst": "resolved", "Lukket": "closed"}
# What the lists call what the API pages call otherwise.
KINDS = {"Feilmelding": "Feil", "Forespørsel": "Tjenesteforespørsel"}
# After the API pages, and before them; the latest extract first.
LATER = "saker_2024-12.csv"
LISTS = [
    "saker_2024-09_2024-10.csv", "saker_2024_til_27-09.csv", "saker_2023.csv", "saker_2022-07_2023-06.csv",
    "saker_2022.csv",
]  # fmt: skip
OPENS, CLOSES = dt.time(8), dt.time(15, 30)
# Public holidays on weekdays, and the two days the desk keeps closed, October 2023 to December 2024.
CLOSED = {
    *(dt.date(2023, 12, d) for d in (25, 26)), dt.date(2024, 1, 1), dt.date(2024, 3, 28), dt.date(2024, 3, 29),
    dt.date(2024, 4, 1), dt.date(2024, 5, 1), dt.date(2024, 5, 9), dt.date(2024, 5, 17), dt.date(2024, 5, 20),
    *(dt.date(2024, 12, d) for d in (24, 25, 26, 31)),
}  # fmt: skip


def tickets(folder: Path) -> pd.DataFrame:
    """One row per case that counts, in its latest state: kind, priority, category, created, solved (local time), waited.

    Cases that only the lists know were solved before 2024 or created in December; all others are in the API pages, but
    for how many minutes they waited, and what became in December of those that were open.
    """
    pages = [_page(path) for path in sorted(folder.glob("*.json"))]
    later, *lists = [read_list(folder / name) for name in (LATER, *LISTS)]
    rows = pd.concat([later, *pages, *lists], ignore_index=True).drop_duplicates("number")
    waited = pd.concat([later, *lists]).drop_duplicates("number").set_index("number").waited
    solved = rows.resolved.fillna(rows.closed.where(rows.done))
    return rows.assign(solved=solved, waited=rows.number.map(waited).fillna(0))[~rows.skip]


def _page(path: Path) -> pd.DataFrame:
    page = json.loads(path.read_text(encoding="utf-8"))
    names = {
        kind: {e["id"]: e["name"] for e in page["linked"][kind]}
        for kind in ("tickettypes", "priorities", "categories", "sources")
    }
    core = {e["id"]: e["coreStatus"] for e in page["linked"]["statuses"]}
    rows = pd.DataFrame(page["tickets"])
    local = {
        c: pd.to_datetime(rows[c], utc=True).dt.tz_convert("Europe/Oslo").dt.tz_localize(None) for c in STAMPS.values()
    }
    return pd.DataFrame(
        {
            "number": rows.requestNumber.astype(str), "kind": rows.ticketTypeId.map(names["tickettypes"]),
            "priority": rows.priorityId.map(names["priorities"]), "category": rows.category1Id.map(names["categories"]),
            "source": rows.sourceId.map(names["sources"]), "done": rows.statusId.map(core) >= 50,
            "skip": rows.isMarkedForDeletion | (rows.requestTypeId == 2), "reopened": rows.reopenedCount, **local,
        }
    )  # fmt: skip


def read_list(path: Path) -> pd.DataFrame:
    """The rows of one list that can be read: number, kind, priority, category, source, done, skip, waited, times."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    mark = "\t" if "\t" in text[:200] else ";"
    cells = [line.split(mark) for line in text.splitlines()]
    rows = pd.DataFrame([c for c in cells[1:] if len(c) == len(cells[0])], columns=cells[0])
    rows = rows[(rows["Opprettet"] != "########") & (rows["Prioritet"] != "Planlagt")]
    times = {
        ours: pd.to_datetime(rows[theirs], format="%d.%m.%Y %H:%M", errors="coerce") for theirs, ours in STAMPS.items()
    }
    return pd.DataFrame(
        {
            "number": rows["Saksnr"], "kind": rows["Type"].replace(KINDS), "priority": rows["Prioritet"],
            "category": rows["Kategori 1"], "source": rows["Kilde"], "done": rows["Status"].isin(["Løst", "Lukket"]),
            "skip": rows["Status"] == "Sammenslått", "waited": pd.to_numeric(rows["Ventetid (min)"]).fillna(0), **times,
        }
    )  # fmt: skip


def desk_minutes(start: dt.datetime, end: dt.datetime) -> float:
    """Minutes of open desk between two local times, day by day."""
    total, day = 0.0, start.date()
    while day <= end.date():
        if day.weekday() < 5 and day not in CLOSED:
            first = max(start, dt.datetime.combine(day, OPENS))
            last = min(end, dt.datetime.combine(day, CLOSES))
            total += max((last - first).total_seconds() / 60, 0)
        day += dt.timedelta(days=1)
    return total
