"""What a source calls things → our terms."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.sources.reading.accept import quarantine
from rorikt_lib.sources.reading.format import RawTable, normalise
from rorikt_lib.terms.reasons import Finding

LISTED = 10


def look_up(cells: pd.Series, terms: Mapping[str, str]) -> pd.Series:
    """Our term for each name; missing where the name is missing or not listed. Case and white space do not count."""
    known = {normalise(name): term for name, term in terms.items()}
    codes, names = pd.factorize(cells)
    found = pd.array([*(known.get(normalise(name)) for name in names), None], dtype="str")
    return pd.Series(found.take(codes), index=cells.index, name=cells.name)


def translate(table: str, raw: RawTable, names: Mapping[str, Mapping[str, str]]) -> tuple[RawTable, pd.DataFrame]:
    """The rows with our terms in the fields of `names` (field → {their name: ours}), and those refused.

    A row with a name that is not listed goes to quarantine; an empty cell stays empty.
    """
    terms = {field: look_up(raw.frame[field], listed) for field, listed in names.items()}
    unknown = pd.DataFrame({field: raw.frame[field].notna() & term.isna() for field, term in terms.items()})
    refused = unknown.any(axis=1)
    first = unknown[refused].idxmax(axis=1)
    details = [f"{field}: '{raw.frame.at[line, field][:60]}'" for line, field in first.items()]
    rows = raw.frame[refused]
    detail = pd.Series(details, index=rows.index, dtype="str")
    known = RawTable(raw.source_file, raw.frame.assign(**terms)[~refused], raw.decimal)
    return known, quarantine(table, raw.source_file, rows, Finding.UNKNOWN_VALUE, detail)
