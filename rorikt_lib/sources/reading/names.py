"""What a source calls things → our terms."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.sources.reading.accept import quarantine
from rorikt_lib.sources.reading.format import RawTable, normalise
from rorikt_lib.sources.reading.large import without
from rorikt_lib.terms.reasons import Finding

LISTED = 10
# So much of an unknown value is shown, and what stands between those of one row: no value has two blanks together.
SHOWN = 100
_VALUE_ENDS = ";  "


def look_up(cells: pd.Series, terms: Mapping[str, str]) -> pd.Series:
    """Our term for each name; missing where the name is missing or not listed. Case and white space do not count."""
    known = {normalise(name): term for name, term in terms.items()}
    if cells.isna().all():
        return pd.Series(None, index=cells.index, dtype="str", name=cells.name)
    codes, names = pd.factorize(cells)
    found = pd.array([*(known.get(normalise(name)) for name in names), None], dtype="str")
    return pd.Series(found.take(codes), index=cells.index, name=cells.name)


def translate(table: str, raw: RawTable, names: Mapping[str, Mapping[str, str]]) -> tuple[RawTable, pd.DataFrame]:
    """The rows with our terms in the fields of `names` (field → {their name: ours}), and those refused.

    A row with a name that is not listed goes to quarantine, which names it; an empty cell stays empty.
    """
    terms = {field: look_up(raw.frame[field], listed) for field, listed in names.items()}
    unknown = pd.DataFrame({field: raw.frame[field].notna() & term.isna() for field, term in terms.items()})
    refused = unknown.any(axis=1)
    rows = raw.frame[refused]
    translated = raw.frame.assign(**terms)
    known = RawTable(raw.source_file, without(translated, refused), raw.decimal)
    detail = _named(rows, unknown[refused])
    return known, quarantine(table, raw.source_file, rows, Finding.UNKNOWN_VALUE, detail)


def _named(rows: pd.DataFrame, unknown: pd.DataFrame) -> pd.Series:
    """Every unknown value of each row with its field, as `unknown_values` reads them."""
    named = pd.Series("", index=rows.index, dtype="str")
    for field in unknown:
        value = rows[field].str.replace(r"\s+", " ", regex=True).str.slice(0, SHOWN)
        named = named.where(~unknown[field], named + _VALUE_ENDS + field + ": '" + value.fillna("") + "'")
    return named.str.removeprefix(_VALUE_ENDS)


def unknown_values(refused: pd.DataFrame) -> pd.DataFrame:
    """One row per unknown value in `refused` (a quarantine): table, source_file, source_line, field, value."""
    rows = refused[refused["reason"] == Finding.UNKNOWN_VALUE]
    found = rows["detail"].str.split(_VALUE_ENDS).explode().str.extract(r"^(?P<field>\w+): '(?P<value>.*)'$")
    return rows[["table", "source_file", "source_line"]].join(found.dropna())
