"""Cost sharing: År; Kategori; Post; Kommune; Nøkkel, and År; Kategori; Post; Kostnad or Andel."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.accept import accept, finding, quarantine
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_amount, parse_integer
from rorikt_lib.terms.schemas import empty

KEY_HEADERS = {"År": "year", "Kategori": "category", "Post": "item", "Kommune": "municipality", "Nøkkel": "key"}
COST_HEADERS = {"År": "year", "Kategori": "category", "Post": "item", "Kostnad": "cost_nok", "Andel": "weight"}
_ITEM = ["year", "category", "item"]
_CHARGES = ["cost_nok", "weight"]


def clean_keys(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per year, item and municipality. An empty key is refused: 0 is what says that nothing is charged."""
    rows, unknown = translate("allocation_keys", raw, {"municipality": settings.municipality_of})
    key = parse_amount(rows.frame["key"], raw.decimal)
    parsed = rows.frame.assign(year=_year(rows.frame["year"]), key=key.where(key >= 0))
    good, refused = accept("allocation_keys", rows, parsed, [*KEY_HEADERS.values()])
    return Cleaned("allocation_keys", good, pd.concat([unknown, refused]))


def clean_costs(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per year and item, with its cost in NOK or its weight in the category; one of them is needed."""
    weight = parse_amount(raw.frame["weight"], raw.decimal)
    parsed = raw.frame.assign(
        year=_year(raw.frame["year"]),
        cost_nok=parse_amount(raw.frame["cost_nok"], raw.decimal),
        weight=weight.where(weight > 0),
    )
    good, refused = accept("allocation_costs", raw, parsed, _ITEM)
    free = good[_CHARGES].isna().all(axis=1)
    lacking = quarantine(
        "allocation_costs", raw.source_file, raw.frame.loc[good.index[free]], "missing_value", "cost_nok"
    )
    return Cleaned("allocation_costs", good[~free], pd.concat([refused, lacking]))


def _year(cells: pd.Series) -> pd.Series:
    return parse_integer(cells).where(lambda year: year.between(1990, 2100))


def combine_keys(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per year, item and municipality; see _combined."""
    return _combined("allocation_keys", parts, [*_ITEM, "municipality"], ["key"])


def combine_costs(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per year and item; see _combined."""
    return _combined("allocation_costs", parts, _ITEM, _CHARGES)


def _combined(
    table: str, parts: list[pd.DataFrame], key: list[str], values: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows in the files' order. One given again with the same values counts once and is found; InputError where
    the values differ, as which of them holds cannot be told."""
    if not any(map(len, parts)):
        return empty(table), empty("findings")
    rows = pd.concat(parts, ignore_index=True)
    once = rows.drop_duplicates([*key, *values])
    if len(again := once[once.duplicated(key)]):
        row = again.iloc[0]
        raise InputError(
            f"{', '.join(str(row[name]) for name in key)} is given with another number elsewhere",
            file=row["source_file"],
            line=int(row["source_line"]),
            remedy="keep the row that holds",
        )
    return once, finding(table, None, "overlapping_rows", len(rows) - len(once))


KEYS = Format("allocation_keys", "allocation_keys", KEY_HEADERS, frozenset(KEY_HEADERS.values()), clean_keys)
COSTS = Format(
    "allocation_costs",
    "allocation_costs",
    COST_HEADERS,
    frozenset(_ITEM),
    clean_costs,
    one_of=tuple(frozenset([name]) for name in _CHARGES),
)
