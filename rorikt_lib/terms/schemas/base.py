"""What every clean table is: exactly its columns, in their order; and the kinds of columns that they share."""

import pandera.pandas as pa

TIME_ZONE = "Europe/Oslo"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
ACCOUNTING_PERIOD = r"^\d{4}-(0[1-9]|1[0-3])$"


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
