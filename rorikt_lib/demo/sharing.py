"""Key and cost tables of the budgets of 2023–2025, as the published inputs have them."""

from pathlib import Path

import pandas as pd

from rorikt_lib.demo.data import PUBLISHED
from rorikt_lib.demo.text_files import csv_lines, write_lines

YEAR = 2025
# Where only the shares that came out are known, they are the keys of one item.
ALL_COSTS, ADOPTED = "Alle kostnader", "Vedtatt andel"


def write_sharing(folder: Path) -> list[Path]:
    """The drivers of 2025 (semicolon, Windows-1252), their costs, and the adopted shares before (UTF-8)."""
    items = [(category, *item) for category, rows in PUBLISHED["drivers_2025"].items() for item in rows]
    drivers = _keys([(YEAR, category, item, keys) for category, item, _, keys in items])
    known = [(YEAR, category, item, cost) for category, item, cost, _ in items if cost is not None]
    costs = pd.DataFrame(known, columns=["År", "Kategori", "Post", "Kostnad"])
    earlier = _keys([(year, ALL_COSTS, ADOPTED, shares) for year, shares in PUBLISHED["adopted_shares"].items()])
    return [
        write_lines(folder / f"nokler_{YEAR}.csv", csv_lines(drivers), "cp1252"),
        write_lines(folder / f"kostnader_{YEAR}.csv", csv_lines(costs)),
        write_lines(folder / "vedtatte_andeler.csv", csv_lines(earlier), "utf-8-sig"),
    ]


def _keys(items: list[tuple]) -> pd.DataFrame:
    rows = [
        (year, category, item, place, f"{key:.15g}".replace(".", ","))
        for year, category, item, keys in items
        for place, key in zip(PUBLISHED["places"], keys, strict=True)
    ]
    return pd.DataFrame(rows, columns=["År", "Kategori", "Post", "Kommune", "Nøkkel"])
