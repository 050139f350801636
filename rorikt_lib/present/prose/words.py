"""Small pieces of Norwegian that sentences are made of."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import MONTHS, integer, million, month_name, percent


def count(number: float, one: str, many: str) -> str:
    """`1 sak`, `2 saker`; `ingen saker` for none."""
    if number == 0:
        return f"ingen {many}"
    return f"{integer(number)} {one if number == 1 else many}"


def listed(items: list[str]) -> str:
    """`a`, `a og b`, `a, b og c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} og {items[-1]}" if items else ""


def change(now: float, before: float) -> str | None:
    """`en økning på 12 (4,1 %)`, `en nedgang på …`, `uendret`; None when either is missing."""
    if pd.isna(now) or pd.isna(before):
        return None
    if now == before:
        return "uendret"
    share = f" ({percent(abs(now - before) / before)})" if before else ""
    return f"en {'økning' if now > before else 'nedgang'} på {integer(abs(now - before))}{share}"


def changes(now: float, earlier: dict[str, float]) -> str:
    """`, en økning på 12 (4,1 %) fra august og en nedgang på 3 fra september året før`; empty when nothing is known."""
    known = {name: change(now, before) for name, before in earlier.items()}
    parts = [f"{words} fra {name}" for name, words in known.items() if words]
    return f", {listed(parts)}" if parts else ""


def result(variance_nok: float) -> str:
    """`et mindreforbruk på 1,9 millioner kroner`, `et merforbruk på …`; `et avvik på 0,0 …` for none."""
    name = "avvik" if not variance_nok else "mindreforbruk" if variance_nok > 0 else "merforbruk"
    return f"et {name} på {million(abs(variance_nok))}"


def capitalised(text: str) -> str:
    """The first letter in upper case."""
    return text[:1].upper() + text[1:]


def month_seen_from(month: str, seen_from: str) -> str:
    """`august`, or `september 2023` where the year is another."""
    return MONTHS[int(month[5:]) - 1] if month[:4] == seen_from[:4] else month_name(month)
