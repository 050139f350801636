"""The cells of a mapped export, under our names and read as its mapping says."""

import re

import pandas as pd

from rorikt_lib.config.mapping import MAPPED_FIELDS, Mapping
from rorikt_lib.sources.reading.format import RawTable
from rorikt_lib.sources.reading.names import look_up
from rorikt_lib.sources.reading.parse import parse_date, parse_instant

_SPREADSHEET_DATE = r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{5}(?:[.,]\d+)?"
_TIME_OF_DAY = re.compile(r"[T ,]*%[HI].*")


def read_cells(raw: RawTable, mapping: Mapping) -> pd.DataFrame:
    """Raw cells under our names: missing marks gone, their values replaced where listed; not yet the constants."""
    absent = pd.Series(None, index=raw.frame.index, dtype="str")
    frame = pd.DataFrame(dict.fromkeys(MAPPED_FIELDS[mapping.table], absent))
    for field, header in mapping.columns.items():
        frame[field] = without_missing(raw.frame[header], mapping)
    for field, names in mapping.values.items():
        frame[field] = look_up(frame[field], names).fillna(frame[field])
    return frame


def without_missing(cells: pd.Series, mapping: Mapping) -> pd.Series:
    """The cells without those that the mapping says mean nothing."""
    return cells.mask(cells.isin(mapping.missing)) if mapping.missing else cells


def read_day(cells: pd.Series, mapping: Mapping) -> pd.Series:
    """Days by the mapping's date_format, or as spreadsheets store them."""
    return parse_date(cells, mapping.date_format).fillna(parse_date(_stored(cells)))


def read_instant(cells: pd.Series, mapping: Mapping) -> pd.Series:
    """Instants in Europe/Oslo by the mapping's date_format and time_zone, in ISO, or as spreadsheets store them.

    A day in that format without its time of day is its midnight.
    """
    instants = parse_instant(cells, mapping.date_format, mapping.time_zone)
    if (instants.isna() & cells.notna()).any():
        instants = instants.fillna(parse_instant(_stored(cells), zone=mapping.time_zone))
    day = _TIME_OF_DAY.sub("", mapping.date_format)
    if "%y" in day.lower() and (unread := cells[instants.isna() & cells.notna()]).size:
        instants = instants.fillna(parse_instant(unread, day, mapping.time_zone))
    return instants


def _stored(cells: pd.Series) -> pd.Series:
    """Dates as spreadsheets store them, whatever the mapping says: ISO, or days since 1899-12-30."""
    return cells.where(cells.str.fullmatch(_SPREADSHEET_DATE).fillna(False).astype(bool))
