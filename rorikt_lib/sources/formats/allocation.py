"""Cost sharing: År; Kategori; Post; Kommune; Nøkkel, and År; Kategori; Post; Kostnad or Andel."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.accept import accept, quarantine
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_amount, parse_integer
from rorikt_lib.sources.reading.totals import is_label, total_rows
from rorikt_lib.terms.reasons import Finding

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
    """One row per year and item, with its cost in NOK or its weight in the category; one of them is needed.

    InputError where an item has both: which of them counts would be a guess.
    """
    amounts = pd.DataFrame({name: parse_amount(raw.frame[name], raw.decimal) for name in _CHARGES})
    items = raw.frame[["category", "item"]]
    labelled = items.apply(is_label).any(axis=1)
    is_total, found = total_rows("allocation_costs", raw, amounts, raw.frame[["item"]].mask(labelled))
    _refuse_other_sums(raw.source_file, found)
    raw = replace(raw, frame=raw.frame[~is_total])
    weight = amounts["weight"]
    parsed = raw.frame.assign(
        year=_year(raw.frame["year"]),
        cost_nok=amounts["cost_nok"],
        weight=weight.where(weight > 0),
    )
    good, refused = accept("allocation_costs", raw, parsed, _ITEM)
    if (both := good[_CHARGES].notna().all(axis=1)).any():
        line = good.index[both][0]
        row = good.loc[line]
        problem = f"item '{row['item']}' has both a cost ({row.cost_nok:g}) and a weight ({row.weight:g})"
        remedy = "keep the cost, or the weight where it shares what the costs leave"
        raise InputError(problem, file=raw.source_file, line=int(line), remedy=remedy)
    free = good[_CHARGES].isna().all(axis=1)
    rows = raw.frame.loc[good.index[free]]
    lacking = quarantine("allocation_costs", raw.source_file, rows, Finding.MISSING_VALUE, "cost_nok")
    return Cleaned("allocation_costs", good[~free], pd.concat([refused, lacking]), found, int(is_total.sum()))


def _refuse_other_sums(source_file: str, found: pd.DataFrame) -> None:
    """InputError where a row that says Sum is not the sum of the rows above: it may be an item that is called so."""
    differing = found[found["finding"] == Finding.TOTAL_ROW_DIFFERS]
    if len(differing):
        line, _, numbers = differing["detail"].iloc[0].partition(": ")
        problem = f"the row says that it is a sum, and is not that of the rows above ({numbers})"
        remedy = "mend or remove the row, or call the item something else"
        raise InputError(problem, file=source_file, line=int(line), remedy=remedy)


def _year(cells: pd.Series) -> pd.Series:
    return parse_integer(cells).where(lambda year: year.between(1990, 2100))


KEYS = Format("allocation_keys", "allocation_keys", KEY_HEADERS, frozenset(KEY_HEADERS.values()), clean_keys)
_ONE_OF = tuple(frozenset([name]) for name in _CHARGES)
COSTS = Format("allocation_costs", "allocation_costs", COST_HEADERS, frozenset(_ITEM), clean_costs, _ONE_OF)
