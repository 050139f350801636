"""The clean tables: one schema each, its first docstring line the grain.

Rows are flagged rather than dropped. Money is NOK, costs positive and income negative. Instants carry the
zone Europe/Oslo; dates are midnight timestamps without a zone. A text that may be absent is missing, not empty.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

TIME_ZONE = "Europe/Oslo"
KINDS = ["operating", "investment"]
PRIORITIES = ["low", "medium", "high", "critical"]
TICKET_TYPES = ["incident", "request"]
TICKET_STATUSES = ["open", "closed"]
WAITING = ["waiting_user", "waiting_supplier"]
USER_GROUPS = ["staff", "pupil"]
CHANNELS = ["portal", "chatbot"]
SPANS = ["day", "month"]

_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_ACCOUNTING_PERIOD = r"^\d{4}-(0[1-9]|1[0-3])$"


def _text(**checks):
    return pa.Field(nullable=True, **checks)


def _day(nullable: bool = False):
    return pa.Field(nullable=nullable, dtype_kwargs={"unit": "us"})


def _instant(nullable: bool = True):
    return pa.Field(nullable=nullable, dtype_kwargs={"unit": "us", "tz": TIME_ZONE})


class Table(pa.DataFrameModel):
    """Base of the clean tables: exactly these columns, in this order."""

    class Config:
        strict = True
        coerce = True
        ordered = True


class Postings(Table):
    """One row per ledger line.

    posting_id: source_file#source_line. period: YYYY-MM, 13 = closing entries. amount_nok: NOK, cost +, income −.
    expense_type: the report's line, or the project's name for investments; balance lines are not here.
    is_duplicate: the same line was delivered in another file too; not counted.
    """

    posting_id: str = pa.Field(unique=True)
    voucher_no: str = _text()
    posted_on: Series[DateTime] = _day(nullable=True)
    period: str = pa.Field(str_matches=_ACCOUNTING_PERIOD)
    account: str
    account_name: str = _text()
    cost_centre: str = _text()
    function: str = _text()
    project: str = _text()
    supplier_id: str = _text()
    supplier_name: str = _text()
    text: str = _text()
    amount_nok: float
    kind: str = pa.Field(isin=KINDS)
    expense_type: str
    is_duplicate: bool
    source_file: str
    source_line: int


class BudgetLines(Table):
    """One row per budget line. month: 1–12, missing when the budget is for the year. amount_nok: cost +, income −."""

    year: int
    version: str
    account: str
    cost_centre: str = _text()
    project: str = _text()
    month: pd.Int64Dtype = pa.Field(nullable=True, ge=1, le=12)
    amount_nok: float
    kind: str = pa.Field(isin=KINDS)
    expense_type: str


class AdoptedForecasts(Table):
    """One row per manager's decision: the year's forecast of one line as of a period. amount_nok: cost +."""

    period: str = pa.Field(str_matches=_MONTH)
    kind: str = pa.Field(isin=KINDS)
    line: str
    amount_nok: float
    reason: str = _text()


class Tickets(Table):
    """One row per case.

    paused_minutes: waiting time in minutes, not counted as resolution time. reopened: how often it was opened again,
    where the source counts that. resolved_at_imputed: a closed case without a resolved time; resolved_at is then the
    time it was closed. sla_met_source: the source system's own verdict, where the export has one.
    """

    ticket_id: str = pa.Field(unique=True)
    request_no: str = _text()
    type: str = pa.Field(isin=TICKET_TYPES)
    priority: str = pa.Field(isin=PRIORITIES)
    category: str = _text()
    municipality: str = _text()
    channel: str = _text()
    status: str = pa.Field(isin=TICKET_STATUSES)
    created_at: Series[DateTime] = _instant(nullable=False)
    responded_at: Series[DateTime] = _instant()
    resolved_at: Series[DateTime] = _instant()
    closed_at: Series[DateTime] = _instant()
    paused_minutes: float = pa.Field(ge=0)
    reopened: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    is_alert: bool
    resolved_at_imputed: bool
    is_deleted: bool
    sla_met_source: pd.BooleanDtype = pa.Field(nullable=True)


class TicketEvents(Table):
    """One row per change of a case that its export tells: the state it was in from then on, in the export's order."""

    ticket_id: str
    at: Series[DateTime] = _instant(nullable=False)
    state: str = pa.Field(isin=[*TICKET_STATUSES, *WAITING])


class Devices(Table):
    """One row per PC and extract. extracted_on: the newest check-in of the device export it stood in.

    purchased_on is missing where the purchase register does not know the PC; it is never guessed.
    """

    extracted_on: Series[DateTime] = _day()
    serial_no: str
    name: str = _text()
    manufacturer: str = _text()
    model: str = _text()
    municipality: str = _text()
    user_group: str = _text(isin=USER_GROUPS)
    purchased_on: Series[DateTime] = _day(nullable=True)
    last_seen_on: Series[DateTime] = _day(nullable=True)
    os_build: str = _text()

    class Config:
        unique: ClassVar = ["extracted_on", "serial_no"]


class DeviceRegister(Table):
    """One row per PC in the purchase registers: its latest purchase.

    other_municipalities: those that the registers give the PC to besides, `Rauma; Vestnes`; missing where none.
    """

    serial_no: str = pa.Field(unique=True)
    municipality: str
    user_group: str = pa.Field(isin=USER_GROUPS)
    purchased_on: Series[DateTime] = _day(nullable=True)
    other_municipalities: str = _text()


class DeviceStock(Table):
    """One row per municipality, user group and date: PCs in stock, and ordered but not delivered."""

    date: Series[DateTime] = _day()
    municipality: str
    user_group: str = pa.Field(isin=USER_GROUPS)
    in_stock: int = pa.Field(ge=0)
    on_order: int = pa.Field(ge=0)


class Usage(Table):
    """One row per date, span and channel.

    span: day, or month (date is then its first day). Unique users of a month are not the sum of its days, so a
    month's figure is there only when the source gives it. unique_users_since_launch: at the end of the month.
    """

    date: Series[DateTime] = _day()
    span: str = pa.Field(isin=SPANS)
    channel: str = pa.Field(isin=CHANNELS)
    views: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    unique_users: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    unique_users_since_launch: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    inquiries: pd.Int64Dtype = pa.Field(nullable=True, ge=0)


class AllocationKeys(Table):
    """One row per year, item and municipality: what the item's cost is shared by. key 0: the item is not charged."""

    year: int
    category: str
    item: str
    municipality: str
    key: float = pa.Field(ge=0)


class AllocationCosts(Table):
    """One row per year and item: its cost, or its weight among the items that share what the category's costs leave."""

    year: int
    category: str
    item: str
    cost_nok: float = pa.Field(nullable=True)
    weight: float = pa.Field(nullable=True, gt=0)


class Sources(Table):
    """One row per file in data/raw: what it was read as, its checksum and how many of its rows were used.

    rows_read = rows_clean + rows_quarantined + rows_set_aside (balance accounts, total rows, repeated headers,
    older events of a case). newest: the newest date in it, as the extract carries no clock.
    """

    source_file: str = pa.Field(unique=True)
    format: str
    table: str
    sha256: str
    newest: Series[DateTime] = _day(nullable=True)
    rows_read: int
    rows_clean: int
    rows_quarantined: int
    rows_set_aside: int


class Quarantine(Table):
    """One row per raw row that could not be read: where it stands, why, and its text. Never published."""

    table: str
    source_file: str
    source_line: int
    reason: str
    detail: str
    raw: str


class Findings(Table):
    """One row per thing found in the exports that a reader should know of. count: rows or files concerned."""

    table: str
    source_file: str = _text()
    finding: str
    count: int
    detail: str = _text()


CLEAN_TABLES: dict[str, type[Table]] = {
    "postings": Postings,
    "budget_lines": BudgetLines,
    "adopted_forecasts": AdoptedForecasts,
    "tickets": Tickets,
    "ticket_events": TicketEvents,
    "devices": Devices,
    "device_register": DeviceRegister,
    "device_stock": DeviceStock,
    "usage": Usage,
    "allocation_keys": AllocationKeys,
    "allocation_costs": AllocationCosts,
    "sources": Sources,
    "quarantine": Quarantine,
    "findings": Findings,
}


@cache
def empty(table: str) -> pd.DataFrame:
    """The named clean table with no rows. One frame for all who ask: pandas copies it when it is written to."""
    return CLEAN_TABLES[table].empty()


def validate(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` in the named table's column order and types; pandera's SchemaError names what does not fit."""
    schema = CLEAN_TABLES[table]
    columns = list(schema.to_schema().columns)
    return schema.validate(frame.reindex(columns=columns).reset_index(drop=True))
