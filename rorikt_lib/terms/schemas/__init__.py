"""The clean tables: a module a source, one schema a table, its first docstring line the grain.

Rows are flagged rather than dropped. Money is NOK, costs positive and income negative. Instants carry the
zone Europe/Oslo; dates are midnight timestamps without a zone. A text that may be absent is missing, not empty.
"""

from functools import cache

import pandas as pd

from rorikt_lib.terms.schemas.base import TIME_ZONE, Table
from rorikt_lib.terms.schemas.beforehand import holds
from rorikt_lib.terms.schemas.devices import DeviceRegister, Devices, DeviceStock
from rorikt_lib.terms.schemas.ledger import AdoptedForecasts, BudgetLines, Postings
from rorikt_lib.terms.schemas.persons import Persons
from rorikt_lib.terms.schemas.quality import Findings, Quarantine, SourceRows, Sources
from rorikt_lib.terms.schemas.sharing import AllocationCosts, AllocationKeys
from rorikt_lib.terms.schemas.tickets import TicketEvents, Tickets
from rorikt_lib.terms.schemas.usage import Usage

__all__ = ["CLEAN_TABLES", "TIME_ZONE", "empty", "validate"]

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
    "persons": Persons,
    "sources": Sources,
    "source_rows": SourceRows,
    "quarantine": Quarantine,
    "findings": Findings,
}


@cache
def empty(table: str) -> pd.DataFrame:
    """The named clean table with no rows. One frame for all who ask: pandas copies it when it is written to."""
    return pd.DataFrame(CLEAN_TABLES[table].empty())


def validate(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` in the named table's column order and types; pandera's SchemaError names what does not fit."""
    if frame.empty:
        return empty(table)
    schema = CLEAN_TABLES[table].to_schema()
    ordered = frame.reindex(columns=[*schema.columns]).reset_index(drop=True)
    return ordered if holds(schema, ordered, empty(table)) else schema.validate(ordered)
