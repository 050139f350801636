"""Key table files and the commands' options → charges to share, or tables to audit."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.config.sharing import OWN_COST, SharingRule
from rorikt_lib.errors import InputError
from rorikt_lib.sharing.allocate import exact_totals
from rorikt_lib.sharing.audit import audit, audit_list
from rorikt_lib.sharing.blame import in_files
from rorikt_lib.sharing.items import items
from rorikt_lib.sharing.model import Charge, charges, model_charges
from rorikt_lib.sharing.rounding import exact
from rorikt_lib.sources.formats.key_table import KeyTable, read_key_table
from rorikt_lib.sources.formats.printed_list import read_list
from rorikt_lib.sources.reading.parse import UnclearSign, parse_amount
from rorikt_lib.sources.reading.written_numbers import SAY_IT

TOTALS = "_totals"


@dataclass(frozen=True)
class Asked:
    """What `rorikt share` was asked: the charges, and how to round them. year: of the table, None where it has none."""

    charges: list[Charge]
    unit: Fraction
    model: str | None
    year: int | None


def open_share(
    file: Path,
    settings: Settings,
    model: str | None = None,
    amount: str | None = None,
    unit: str = "1",
    costs: Path | None = None,
    year: int | None = None,
    sign: str | None = None,
) -> Asked:
    """The charges in a key table. costs: another file that the items' costs or weights are in. sign: before decimals.

    InputError for a model that is not in workbook.yml, a model without an amount, an amount or unit that is no number,
    and a table of several years where no year is asked for.
    """
    rules = [] if model is None else _rules(model, settings)
    check_sign(sign)
    table = read_key_table(file, settings.municipality_of, sign)
    paid = table.costs if costs is None else read_key_table(costs, settings.municipality_of, sign).costs
    chosen = _year(table.keys, year, file)
    if chosen is not None:
        table = KeyTable(*(part[_is_of(part, chosen)] for part in (table.keys, table.costs, table.totals)))
        paid = paid[_is_of(paid, chosen)]
        if costs is not None and paid.empty:
            raise InputError(f"there are no costs of {chosen}", file=costs, remedy="use a year that has costs")
    _refuse_blank(table.keys, file)
    budget = None if amount is None else number(amount, "--amount", sign)
    if rules and budget is None:
        raise InputError("a model says how an amount is shared, not how large it is", remedy="give --amount")
    if budget is None and paid.empty:
        what, remedy = "keys, but no costs" if costs is None else "no costs", "give --amount, or --costs FILE"
        raise InputError(f"the table has {what}", file=costs or file, remedy=remedy)
    with in_files(lambda: file, lambda: costs or file):
        found = items(table.keys, paid)
        made = model_charges(rules, found, budget) if rules else charges(found, budget)
        exact_totals(made)
    return Asked(made, number(unit, "--unit", sign), model, chosen)


def open_audit(
    file: Path, settings: Settings, totals: Path | None = None, sign: str | None = None
) -> tuple[pd.DataFrame, Path | None]:
    """What does not follow in a printed table (sharing.audit.audit, with year), and the file its totals are in.

    Of a list without keys its sums are audited (audit_list). totals: default the file beside it that is called
    NAME_totals, where there is one. sign: what stands before decimals, else as each column says it.
    """
    check_sign(sign)
    table = _key_table(file, settings, sign)
    if table is None or not _is_key_table(table):
        return audit_list(read_list(file, sign)).assign(year=None), None
    beside = file.with_stem(file.stem + TOTALS)
    totals = totals or (beside if beside.exists() else None)
    below = table.totals
    if totals is not None:
        of_file = read_key_table(totals, settings.municipality_of, sign).totals
        below = of_file if below.empty else pd.concat([below, of_file], ignore_index=True)
    years = list(dict.fromkeys(None if pd.isna(year) else year for year in table.keys.year)) or [None]
    try:
        tables = table.keys, table.costs, below
        parts = [audit(*(part[_is_of(part, year)] for part in tables)).assign(year=year) for year in years]
    except InputError as error:
        raise error.placed(file) from None
    return pd.concat(parts, ignore_index=True), totals


def _is_key_table(table: KeyTable) -> bool:
    """Whether amounts are printed, and keys beside them."""
    is_printed = table.keys.printed_nok.notna().any() or table.totals.printed_nok.notna().any()
    return bool(is_printed and (table.keys.empty or table.keys.key.notna().any()))


def _key_table(file: Path, settings: Settings, sign: str | None) -> KeyTable | None:
    """None for a list that names no municipalities in its head."""
    try:
        return read_key_table(file, settings.municipality_of, sign)
    except InputError as error:
        try:
            read_list(file, sign)
        except InputError:
            raise error from None
        return None


def check_sign(sign: str | None) -> None:
    """InputError where it is no decimal sign."""
    if sign not in (None, ",", "."):
        raise InputError(f"--decimal-sign {sign} is none", remedy="write --decimal-sign . or --decimal-sign ,")


def number(text: str, option: str, sign: str | None = None) -> Fraction:
    """The number that an option gives, `1 234,50` or `1234.50`; InputError where it is none, or two: `1.000`."""
    try:
        read = parse_amount(pd.Series([text], dtype="str", name=option), sign).item()
    except UnclearSign as error:
        raise InputError(error.problem, remedy=f"write it without grouping, or {SAY_IT}") from None
    if pd.notna(read):
        return exact(read)
    plain = "".join(text.split()).replace("\u2212", "-")
    try:
        return exact(plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain)
    except InputError:
        raise InputError(f"{option} {text} is not a number", remedy="write for example 96343000 or 0.01") from None


def _refuse_blank(keys: pd.DataFrame, file: Path) -> None:
    """InputError at the first line with an empty key, and for a table without any."""
    blank = keys[keys.key.isna()]
    if len(blank) and len(blank) < len(keys):
        row = blank.iloc[0]
        problem = f"{row['item']}: no key for {row.municipality}".removeprefix(": ")
        raise InputError(problem, file=file, line=int(row.line), remedy="write the key; 0 is not charged")
    if keys.empty or len(blank):
        remedy = "give the table a column per municipality, or Kommune and Nøkkel"
        raise InputError("the table has no keys", file=file, remedy=remedy)


def _rules(model: str, settings: Settings) -> list[SharingRule]:
    """The model's rules; none where each item is charged at its own cost."""
    models = settings.sharing.models | {OWN_COST: []}
    if model not in models:
        raise InputError(f"no sharing model is called {model}", remedy=f"use one of: {', '.join(models)}")
    return models[model]


def _year(keys: pd.DataFrame, asked: int | None, file: Path) -> int | None:
    """The year to share: the one asked for, or the only one; None where the table has no years."""
    years = sorted(keys.year.dropna().unique())
    known_years = ", ".join(map(str, years)) or "none"
    if asked is not None and asked not in years:
        raise InputError(f"the table has no {asked}", file=file, remedy=f"use a year that it has: {known_years}")
    if asked is None and len(years) > 1:
        raise InputError(f"the table has several years: {known_years}", file=file, remedy="say which one with --year")
    return asked if asked is not None else (years[0] if years else None)


def _is_of(part: pd.DataFrame, year: int | None) -> pd.Series:
    """Rows of a year; those without one are of every year."""
    return part.year.isna() | (part.year == year)
