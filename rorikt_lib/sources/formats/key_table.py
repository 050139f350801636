"""A key table as people write or print it: keys, costs and printed amounts, one row an item or one a municipality.

Wide: Kategori; Post; Kostnad or Andel; then a column per municipality of keys (`Nøkkel Nordvik`, or its name alone) and
of printed amounts (`Beløp Nordvik`). Long: Kategori; Post; Kommune; Nøkkel; Beløp. Simple: Kommune, and a column per
set of keys. Rows without an item are totals: of their category, or of all.
Costs may be in a table of their own, without municipalities.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.format import normalise
from rorikt_lib.sources.reading.rows import read_rows
from rorikt_lib.sources.reading.totals import is_label
from rorikt_lib.sources.reading.written_numbers import read_numbers
from rorikt_lib.terms.fields import SUM

LABELS = {
    "år": "year", "year": "year",
    "kategori": "category", "category": "category",
    "post": "item", "item": "item",
    "kommune": "municipality", "municipality": "municipality",
    "kostnad": "cost_nok", "cost": "cost_nok", "budsjett": "cost_nok", "budget": "cost_nok",
    "andel": "weight", "weight": "weight", "vekt": "weight", "budget_share": "weight", "share": "weight",
    "nøkkel": "key", "key": "key",
    "beløp": "printed_nok", "amount": "printed_nok", "published": "printed_nok", "trykt": "printed_nok",
}  # fmt: skip
_OF_PLACE = re.compile(r"(?i)^(nøkkel|key|beløp|published|amount|trykt)[ _](.+)$")
_SUM_WORD = r"(?i)\b(?:sum|total(?:t|sum)?)\b"
_TEXTS = ["category", "item", "municipality"]
_NUMBERS = ["cost_nok", "weight", "key", "printed_nok"]
# Our field, and the municipality, that a header names.
Column = tuple[str | None, str | None]
_COLUMNS = ["line", "year", *_TEXTS, *_NUMBERS]


@dataclass(frozen=True)
class KeyTable:
    """A key table in the columns of the clean tables; numbers are Fractions, or None where the cell is empty.

    Categories and items that the table does not have are empty texts.
    keys: line, year, category, item, municipality, key, printed_nok. costs: line, year, category, item, cost_nok,
    weight. totals: line, year, category (SUM: of all), municipality (missing: of all), cost_nok, weight, printed_nok.
    """

    keys: pd.DataFrame
    costs: pd.DataFrame
    totals: pd.DataFrame


def read_key_table(path: Path, municipality_of: Mapping[str, str] | None = None, sign: str | None = None) -> KeyTable:
    """The tables in `path`. municipality_of: other names of municipalities → theirs. sign: of decimals, else as the
    columns say.

    InputError, with file and line, for a file without municipalities, a header that stands twice, and a number that
    cannot be read, or in two ways.
    """
    rows, _ = read_rows(path)
    known = {normalise(other): name for other, name in (municipality_of or {}).items()}
    cells = _long(rows, path, known, sign)
    is_total = _is_total(cells)
    item, total = cells[~is_total].fillna({"category": "", "item": ""}), cells[is_total]
    places = total.municipality.mask(is_label(total.municipality))
    total = total.assign(category=_category_of(total, item), municipality=places)
    return KeyTable(
        item[["line", "year", *_TEXTS, "key", "printed_nok"]].dropna(subset="municipality").reset_index(drop=True),
        _costs(item, path),
        total[["line", "year", "category", "municipality", "cost_nok", "weight", "printed_nok"]].reset_index(drop=True),
    )


def _long(rows: pd.DataFrame, path: Path, known: Mapping[str, str], sign: str | None) -> pd.DataFrame:
    """One row per item and municipality, with _COLUMNS."""
    if rows.empty:
        raise InputError("the file has no rows", file=path, remedy="export it again")
    # A title above the header fills one cell, merged or not.
    filled = rows.fillna("").ne("").sum(axis=1)
    rows = rows.loc[filled[filled > 1].index[0] :] if (filled > 1).any() else rows
    head = [_column(name, known) for name in rows.iloc[0].fillna("")]
    line = int(rows.index[0])
    if twice := sorted({" ".join(filter(None, c)) for c in head if head.count(c) > 1 and any(c)}):
        raise InputError(f"two columns for the same: {', '.join(twice)}", file=path, line=line, remedy="keep one")
    parts = _parts(rows.iloc[0].fillna(""), rows.iloc[1:].where(rows.iloc[1:] != ""), head, known)
    if not parts:
        found = "; ".join(rows.iloc[0].fillna(""))
        remedy = "have a column Kommune, or one per municipality (Nøkkel NAME)"
        raise InputError(f"no municipalities; headers found: {found}", file=path, line=line, remedy=remedy)
    table = pd.concat([p.rename_axis("line").reset_index() for p in parts]).sort_values("line", kind="stable")
    return _parsed(table.reindex(columns=_COLUMNS).reset_index(drop=True), path, sign)


def _parts(header: pd.Series, body: pd.DataFrame, head: list[Column], known: Mapping[str, str]) -> list[pd.DataFrame]:
    """The rows by field, a frame for each municipality or set of keys; none where the table has no municipalities."""
    labels = {name: body[i] for i, (name, place) in enumerate(head) if name and not place}
    places = list(dict.fromkeys(place for _, place in head if place))
    if "municipality" in labels:
        labels["municipality"] = labels["municipality"].map(lambda n: _place(n, known), na_action="ignore")
        return _by_municipality(labels, header, body, head)
    if places:
        own = {place: {n: body[i] for i, (n, p) in enumerate(head) if p == place} for place in places}
        return [pd.DataFrame(labels | {"municipality": place} | cells) for place, cells in own.items()]
    return [pd.DataFrame(labels)] if "item" in labels and labels.keys() & {"cost_nok", "weight"} else []


def _column(header: str, known: Mapping[str, str]) -> Column:
    """Our field and the municipality that a header names; neither where it is no such header."""
    name = normalise(header)
    if name in LABELS:
        return LABELS[name], None
    if name in known:
        return "key", known[name]
    found = _OF_PLACE.match(header.strip())
    return (LABELS[normalise(found[1])], _place(found[2], known)) if found else (None, None)


def _place(name: str, known: Mapping[str, str]) -> str:
    return known.get(normalise(name), name.strip())


def _by_municipality(
    labels: dict[str, pd.Series], header: pd.Series, body: pd.DataFrame, head: list[Column]
) -> list[pd.DataFrame]:
    """A table with a column Kommune: its key, or else one item for each column of numbers that is no other field."""
    if "item" in labels or "key" in labels:
        return [pd.DataFrame(labels)]
    if "weight" in labels:
        labels = {name: cells for name, cells in labels.items() if name != "weight"} | {"key": labels["weight"]}
        return [pd.DataFrame(labels)]
    drivers = [i for i, (name, _) in enumerate(head) if name is None and header[i]]
    shared = {n: labels[n] for n in ("year", "municipality") if n in labels}
    return [pd.DataFrame(shared | {"item": header[i], "key": body[i]}) for i in drivers] or [pd.DataFrame(labels)]


def _parsed(table: pd.DataFrame, path: Path, sign: str | None) -> pd.DataFrame:
    numbers = {name: read_numbers(table[name], table.line, path, sign) for name in [*_NUMBERS, "year"]}
    years = numbers.pop("year").map(int, na_action="ignore")
    texts = {name: table[name].astype("str") for name in _TEXTS}
    return table.assign(**numbers, **texts, year=years)


def _is_total(cells: pd.DataFrame) -> pd.Series:
    """Rows that no item is named in while others of the table have one, and those that say Sum or Total."""
    named = cells[_TEXTS].apply(is_label).any(axis=1)
    if cells["item"].notna().any():
        return named | cells["item"].isna()
    return named | (cells.category.notna() & cells.key.isna())


def _category_of(total: pd.DataFrame, items: pd.DataFrame) -> pd.Series:
    """What each total row adds up: the category it is in or names, the last one above a Delsum, or SUM."""
    names = {normalise(name): name for name in items.category if name}
    texts = total.category.fillna("") + " " + total["item"].fillna("")
    named = texts.str.replace(_SUM_WORD, "", regex=True).map(lambda text: names.get(normalise(text), SUM))
    above = total.line.map(lambda line: items.category[items.line < line].iloc[-1:].sum() or SUM)
    own = total.category.mask(is_label(total.category)).fillna(named.mask(texts.str.contains(r"(?i)\bdelsum"), above))
    return own.astype("str")


def _costs(cells: pd.DataFrame, path: Path) -> pd.DataFrame:
    """One row per item; its cost and weight may stand on each of its rows, or on one."""
    by = ["year", "category", "item"]
    given = cells.dropna(subset=["cost_nok", "weight"], how="all")
    for name in ("cost_nok", "weight"):
        differs = given.groupby(by, dropna=False)[name].transform("nunique") > 1
        if differs.any():
            first = given[differs].iloc[0]
            problem = f"item '{first['item']}' has two different costs"
            raise InputError(problem, file=path, line=int(first.line), remedy="keep one")
    return given.drop_duplicates(by)[["line", *by, "cost_nok", "weight"]].reset_index(drop=True)
