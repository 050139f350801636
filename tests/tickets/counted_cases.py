"""The service desk's numbers by plain loops over cases: what counts what, with nothing of the library but its words."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import Any

import pandas as pd
from builders import oslo

LABELS = {"incident": "Feilmelding", "request": "Tjenesteforespørsel"}
LABELS |= {"low": "Lav", "medium": "Medium", "high": "Høy", "critical": "Kritisk"}
MEMBERS = {
    "total": ["total"],
    "type": ["incident", "request"],
    "priority": ["low", "medium", "high", "critical"],
    "category": ["Nettverk", "Skriver"],
    "municipality": ["Molde", "Aukra"],
}
DIVIDED = {
    "tickets.created": ["total", "type", "category", "municipality"],
    "tickets.resolved": ["total", "type"],
    "tickets.alerts": ["total"],
    "backlog.open": ["total", "type"],
    "sla.within": ["total", "priority"],
    "sla.breached": ["total", "priority"],
}
Case = dict[str, Any]


def ends_of(month: str) -> pd.Timestamp:
    """The first instant after the month."""
    year, number = int(month[:4]), int(month[5:])
    return oslo(f"{year + number // 12}-{number % 12 + 1:02d}-01 00:00")


def known(case: Case, cut_off: pd.Timestamp) -> Case | None:
    """The case as it stood at the cut-off."""
    if case["is_deleted"] or case["created_at"] > cut_off:
        return None
    resolved = case["resolved_at"]
    return case | {"resolved_at": None if resolved is not None and resolved > cut_off else resolved}


def counts_in(case: Case, cut_off: pd.Timestamp, months: list[str]) -> set[tuple[str, str]]:
    """The figures and months that count the case. A solved one took minutes or weeks: either is plain to see."""
    seen = known(case, cut_off)
    if seen is None:
        return set()
    created, resolved = seen["created_at"], seen["resolved_at"]
    found = {("tickets.alerts" if seen["is_alert"] else "tickets.created", f"{created:%Y-%m}")}
    if resolved is not None and not seen["is_alert"]:
        found.add(("tickets.resolved", f"{resolved:%Y-%m}"))
        if seen["type"] == "incident":
            quick = resolved - created < pd.Timedelta(hours=1.5) or seen["paused_minutes"] > 1e6
            found.add((f"sla.{'within' if quick else 'breached'}", f"{resolved:%Y-%m}"))
    for month in months:
        solved = resolved is not None and resolved < ends_of(month)
        if created < ends_of(month) and not solved and not seen["is_alert"]:
            found.add(("backlog.open", month))
    return {(figure, month) for figure, month in found if month in months}


def numbers_of(case: Case, cut_off: pd.Timestamp, months: list[str]) -> set[tuple[str, str, str, str]]:
    """figure, by, month and member of each number that counts the case."""
    return {
        (figure, by, month, "total" if by == "total" else LABELS.get(case[by], case[by]))
        for figure, month in counts_in(case, cut_off, months)
        for by in DIVIDED[figure]
    }


def records_of(cases: list[Case], period: str, cut_off: pd.Timestamp, months: list[str]) -> pd.DataFrame:
    """The records of figures.csv, also of what is 0. The report's own month ends at the cut-off."""
    count: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for figure, columns in DIVIDED.items():
        for by, month in product(columns, months):
            count |= {(figure, by, month, LABELS.get(m, m)): 0 for m in MEMBERS[by]}
    for case in cases:
        for number in numbers_of(case, cut_off, months):
            count[number] += 1
    return pd.DataFrame([_record(period, cut_off, *number, value) for number, value in count.items()])


def _record(period: str, cut_off: pd.Timestamp, figure: str, by: str, month: str, member: str, value: int) -> dict:
    if figure == "backlog.open":
        end = min(cut_off, ends_of(month) - pd.Timedelta(microseconds=1))
        dimension, member = f"date|{by}", f"{end:%Y-%m-%d}|{member}"
    else:
        dimension = "month" if by == "total" else f"month|{by}"
        member = month if by == "total" else f"{month}|{member}"
    return {
        "figure": figure, "period": period, "dimension": dimension, "member": member, "value": float(value),
        "unit": "cases",
    }  # fmt: skip
