"""PCs as they were seen, their purchases, and stock."""

from typing import ClassVar

import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

from rorikt_lib.terms.enums import UserGroup
from rorikt_lib.terms.schemas.base import Table, day, optional


class Devices(Table):
    """One row per PC and extract. extracted_on: the newest check-in of the device export it was in.

    purchased_on is missing where the purchase register does not know the PC; it is never guessed.
    """

    extracted_on: Series[DateTime] = day()
    serial_no: str
    name: str = optional()
    manufacturer: str = optional()
    model: str = optional()
    municipality: str = optional()
    user_group: str = optional(isin=[*UserGroup])
    purchased_on: Series[DateTime] = day(nullable=True)
    last_seen_on: Series[DateTime] = day(nullable=True)
    os_build: str = optional()

    class Config:
        unique: ClassVar = ["extracted_on", "serial_no"]


class DeviceRegister(Table):
    """One row per PC in the purchase registers: its latest purchase.

    other_municipalities: those that the registers give the PC to besides, `Nordvik; Sørvik`; missing where none.
    """

    serial_no: str = pa.Field(unique=True)
    municipality: str
    user_group: str = pa.Field(isin=[*UserGroup])
    purchased_on: Series[DateTime] = day(nullable=True)
    other_municipalities: str = optional()


class DeviceStock(Table):
    """One row per municipality, user group and date: PCs in stock, and ordered but not delivered."""

    date: Series[DateTime] = day()
    municipality: str
    user_group: str = pa.Field(isin=[*UserGroup])
    in_stock: int = pa.Field(ge=0)
    on_order: int = pa.Field(ge=0)
