"""The cells of a mapped export, under our names and read as its mapping says."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.mapping import MAPPED_FIELDS, Mapping
from rorikt_lib.sources.formats import RawTable
from rorikt_lib.sources.names import look_up
from rorikt_lib.sources.parse import parse_date, parse_instant

_SPREADSHEET_DATE = r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{5}(?:[.,]\d+)?"


def read_cells(raw: RawTable, mapping: Mapping) -> pd.DataFrame:
    """Raw cells under our names: missing marks gone, their values replaced where listed; not yet the constants."""
    absent = pd.Series(None, index=raw.frame.index, dtype="str")
    frame = pd.DataFrame(dict.fromkeys(MAPPED_FIELDS[mapping.table], absent))
    for field, header in mapping.columns.items():
        frame[field] = told(raw.frame[header], mapping)
    for field, names in mapping.values.items():
        frame[field] = look_up(frame[field], names).fillna(frame[field])
    return frame


def told(cells: pd.Series, mapping: Mapping) -> pd.Series:
    """The cells without those that the mapping says mean nothing."""
    return cells.mask(cells.isin(mapping.missing)) if mapping.missing else cells


def read_day(cells: pd.Series, mapping: Mapping) -> pd.Series:
    """Days by the mapping's date_format, or as spreadsheets store them."""
    return parse_date(cells, mapping.date_format).fillna(parse_date(_stored(cells)))


def read_instant(cells: pd.Series, mapping: Mapping) -> pd.Series:
    """Instants in Europe/Oslo by the mapping's date_format and time_zone, in ISO, or as spreadsheets store them."""
    written = parse_instant(cells, mapping.date_format, mapping.time_zone)
    if written.notna().all():
        return written
    return written.fillna(parse_instant(_stored(cells), zone=mapping.time_zone))


def _stored(cells: pd.Series) -> pd.Series:
    """Dates as spreadsheets store them, whatever the mapping says: ISO, or days since 1899-12-30."""
    return cells.where(cells.str.fullmatch(_SPREADSHEET_DATE).fillna(False).astype(bool))
