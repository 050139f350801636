"""What to try the forecast on: a ledger file and the command's options → postings in fiscal years, and the years."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.forecast.backtest import booked_until, lines_to_try, years_to_try
from rorikt_lib.ledger.forecast.history import by_month, complete_years, count_from, fiscal_periods
from rorikt_lib.sources.ledger_file import Ledger, read_ledger


@dataclass(frozen=True)
class Trial:
    """A ledger to try the forecast on, in fiscal years.

    ledger: as the file was read. group: the column that makes the lines. fiscal_start: the calendar month that month 1
    is. periods: what the ledger's were, calendar or fiscal. postings: the ledger's, with period in fiscal years.
    years: those to forecast. booked: by_month of the postings up to the last of them. tried: its lines that are tried;
    reasons: why each other line is left out.
    """

    file: Path
    ledger: Ledger
    group: str
    fiscal_start: int
    periods: Literal["calendar", "fiscal"]
    postings: pd.DataFrame
    years: list[int]
    booked: pd.DataFrame
    tried: pd.Index
    reasons: dict[str, str]


def open_trial(
    file: Path,
    settings: Settings,
    mapping: str | None = None,
    group: str = "line",
    fiscal_start: str | None = None,
    years: str | None = None,
) -> Trial:
    """The trial that the command's options ask for; mapping and group as read_ledger has them.

    fiscal_start: 1 to 12; default what the file's mapping says, else 1. years: 2014-2020 or 2014; default years_to_try.
    InputError for a file or an option that nothing can be tried with.
    """
    asked = _years(years) if years else None
    start = _month(fiscal_start) if fiscal_start else None
    ledger = read_ledger(file, settings, mapping, group)
    mapped = settings.mappings.get(mapping or ledger.format)
    start = start or (mapped.fiscal_year_start if mapped else 1)
    periods = _periods(start, ledger.postings, mapped)
    postings = ledger.postings
    if periods == "calendar":
        postings = postings.assign(period=fiscal_periods(postings.period, start))
    chosen = _chosen(by_month(postings, "line"), asked, file)
    booked = by_month(booked_until(postings, chosen), "line")
    tried, reasons = _lines(booked, file)
    return Trial(file, ledger, group, start, periods, postings, chosen, booked, tried, reasons)


def _periods(start: int, postings: pd.DataFrame, mapping: Mapping | None) -> Literal["calendar", "fiscal"]:
    """Whether they count from the fiscal year's first month already; what a mapping moved is the calendar's."""
    is_mapped = mapping is not None and mapping.fiscal_year_start != 1
    return "fiscal" if not is_mapped and count_from(postings.period, postings.posted_on, start) else "calendar"


def _month(text: str) -> int:
    if not re.fullmatch(r"0?[1-9]|1[0-2]", text):
        raise InputError(f"--fiscal-start {text} is no month", remedy="write its number, for example 4 for April")
    return int(text)


def _years(text: str) -> list[int]:
    found = re.fullmatch(r"((?:19|20)\d\d)(?:[-–]((?:19|20)\d\d))?", text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if last < first:
        raise InputError(f"--years {text} is no span of years", remedy="write for example 2014-2020, or 2014")
    return list(range(first, last + 1))


def _chosen(booked: pd.DataFrame, asked: list[int] | None, file: Path) -> list[int]:
    """The years to forecast: those asked for, or all that can be."""
    possible = complete_years(booked)[1:]
    if not possible:
        whole = ", ".join(map(str, complete_years(booked))) or "none"
        remedy = "give a ledger of three years or more, each with postings in all its months"
        raise InputError(f"too few complete years to try a forecast on; complete: {whole}", file=file, remedy=remedy)
    if asked is not None and (wrong := sorted({*asked} - {*possible})):
        why = "as a year must be complete and have a complete one before it"
        raise InputError(f"--years: {span(wrong)} cannot be tried, {why}", file=file, remedy=f"use {span(possible)}")
    return asked or years_to_try(booked)


def _lines(booked: pd.DataFrame, file: Path) -> tuple[pd.Index, dict[str, str]]:
    tried, reasons = lines_to_try(booked)
    if tried.empty:
        remedy = "use --group with a column of fewer values, or --years that end earlier"
        raise InputError("no line has postings, of one sign, in every complete year", file=file, remedy=remedy)
    return tried.index, reasons


def span(years: list[int]) -> str:
    """2014–2020, or the years one by one where some in between are missing."""
    if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return ", ".join(map(str, years))
