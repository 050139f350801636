"""What the commands found, as one JSON object: amounts exact, in kroner."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from rorikt_lib.commands.keytables.ask import Asked
from rorikt_lib.sharing.allocate import allocate, by_category, by_municipality, exact_shares, exact_totals
from rorikt_lib.sharing.audit import missing_rows


def share_outcome(file: Path, asked: Asked) -> dict[str, Any]:
    """items: what each municipality pays of each; categories: subtotals, with shares of them; totals: with shares.

    amount: what was shared; sum: that rounded to the unit, which the amounts add up to. A share is of exact amounts.
    """
    table = allocate(asked.charges, asked.unit)
    categories = by_category(table).rename(columns={"cost_share": "share"})
    amount = sum(exact_totals(asked.charges).values(), Fraction(0))
    shares = exact_shares(asked.charges) if amount else {}
    totals = by_municipality(table)
    totals["share"] = pd.Series([shares.get(place) for place in totals.municipality], dtype=object)
    return {
        "file": str(file),
        "model": asked.model,
        "year": None if asked.year is None else int(asked.year),
        "unit": plain(asked.unit),
        "amount": plain(amount),
        "sum": plain(sum(totals.amount_nok, Decimal(0))),
        "totals": _records(totals, ["municipality", "amount_nok", "share"]),
        "categories": _records(categories, ["category", "municipality", "amount_nok", "share"]),
        "items": _records(table, ["category", "item", "municipality", "key", "amount_nok"]),
    }


def audit_outcome(file: Path, totals: Path | None, found: pd.DataFrame) -> dict[str, Any]:
    """errors: what rounding does not explain; rounding: what it does; missing: what categories' rows lack, for whom."""
    is_rounding = found.is_rounding.astype(bool)
    columns = ["year", "check", "category", "item", "municipality", "printed_nok", "computed_nok", "difference_nok"]
    return {
        "file": str(file),
        "totals": None if totals is None else str(totals),
        "errors": _records(found[~is_rounding], columns),
        "rounding": _records(found[is_rounding], columns),
        "missing": _records(missing_rows(found), ["category", "municipality", "difference_nok"]),
    }


def plain(value: Any) -> Any:
    """A value as JSON has it: a whole number as int, another as float, nothing as None."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return int(value) if Fraction(value).denominator == 1 and not isinstance(value, float) else float(value)


def _records(table: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    """One object a row; the unit is left out of the names."""
    names = [name.removesuffix("_nok") for name in columns]
    return [dict(zip(names, map(plain, row), strict=True)) for row in table[columns].itertuples(index=False)]
