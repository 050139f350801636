"""What every clean table is: exactly its columns, in their order; and the kinds of columns that they share."""

import sys
from importlib import import_module

import pandera.pandas as pa

TIME_ZONE = "Europe/Oslo"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
ACCOUNTING_PERIOD = r"^\d{4}-(0[1-9]|1[0-3])$"


def _settle_without_dask() -> None:
    """pandera asks whether there are Dask frames by importing them, which takes half a second of each process.

    None is checked here, so it is told that there are none.
    """
    name = "dask.dataframe"
    if name in sys.modules:
        return
    sys.modules[name] = None
    try:
        import_module("pandera.typing.dask")
    finally:
        del sys.modules[name]


_settle_without_dask()


def optional(**checks):
    """A text that may be missing."""
    return pa.Field(nullable=True, **checks)


def day(nullable: bool = False):
    """A date: midnight without a zone."""
    return pa.Field(nullable=nullable, dtype_kwargs={"unit": "us"})


def instant(nullable: bool = True):
    """A moment, in the zone Europe/Oslo."""
    return pa.Field(nullable=nullable, dtype_kwargs={"unit": "us", "tz": TIME_ZONE})


class Table(pa.DataFrameModel):
    """Base of the clean tables: exactly these columns, in this order."""

    class Config:
        strict = True
        coerce = True
        ordered = True
