"""The keys and costs of all files as one table each."""

import pandas as pd

from rorikt_lib.sources.reading.accept import error_at, finding
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

_ITEM = ["year", "category", "item"]


def combine_keys(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per year, item and municipality, and what was found. Parts: frames of allocation.clean_keys."""
    return _combined("allocation_keys", parts, [*_ITEM, "municipality"], ["key"])


def combine_costs(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per year and item, and what was found. Parts: frames of allocation.clean_costs."""
    return _combined("allocation_costs", parts, _ITEM, ["cost_nok", "weight"])


def _combined(
    table: str, parts: list[pd.DataFrame], key: list[str], values: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows in the files' order; one given again with the same values counts once, and is found.

    InputError where the values differ: nothing says which of them holds.
    """
    if not any(map(len, parts)):
        return empty(table), empty("findings")
    rows = pd.concat(parts, ignore_index=True)
    once = rows.drop_duplicates([*key, *values])
    if len(again := once[once.duplicated(key)]):
        row = again.iloc[0]
        problem = f"{', '.join(str(row[name]) for name in key)} is given with another number elsewhere"
        raise error_at(row, problem, "keep the row that holds")
    return once, finding(table, None, Finding.OVERLAPPING_ROWS, len(rows) - len(once))
