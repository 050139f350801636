"""What every clean table is: exactly its columns, in their order; and the kinds of columns that they share."""

import sys
from importlib import import_module
from types import ModuleType

TIME_ZONE = "Europe/Oslo"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
ACCOUNTING_PERIOD = r"^\d{4}-(0[1-9]|1[0-3])$"
# What pandera imports where it is installed, for frames and tests that are not made here.
_NOT_NEEDED = ("dask.dataframe", "hypothesis")


def _pandera() -> ModuleType:
    """pandera as it is where what it does not need here is not installed, which saves half a second of each process."""
    absent = [name for name in _NOT_NEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))
    try:
        import_module("pandera.typing.dask")
        return import_module("pandera.pandas")
    finally:
        for name in absent:
            del sys.modules[name]


pa = _pandera()


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
