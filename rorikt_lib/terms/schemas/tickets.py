"""Cases, and the changes of their state."""

import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

from rorikt_lib.terms.enums import TicketStatus, TicketType, Waiting
from rorikt_lib.terms.schemas.base import Table, instant, optional


class Tickets(Table):
    """One row per case.

    paused_minutes: waiting time in minutes, not counted as resolution time, on the clock that tickets.paused_clock of
    the settings says. reopened: how often it was opened again, where the source counts that. resolved_at_imputed: a
    closed case without a resolved time; resolved_at is then the time it was closed. sla_met_source: the source system's
    own verdict, where the export has one.
    """

    ticket_id: str = pa.Field(unique=True)
    request_no: str = optional()
    type: str = pa.Field(isin=[*TicketType])
    priority: str
    category: str = optional()
    municipality: str = optional()
    channel: str = optional()
    status: str = pa.Field(isin=[*TicketStatus])
    created_at: Series[DateTime] = instant(nullable=False)
    responded_at: Series[DateTime] = instant()
    resolved_at: Series[DateTime] = instant()
    closed_at: Series[DateTime] = instant()
    paused_minutes: float = pa.Field(ge=0)
    reopened: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    is_alert: bool
    resolved_at_imputed: bool
    is_deleted: bool
    sla_met_source: pd.BooleanDtype = pa.Field(nullable=True)


class TicketEvents(Table):
    """One row per change of a case that its export has: the state it was in from then on, in the export's order."""

    ticket_id: str
    at: Series[DateTime] = instant(nullable=False)
    state: str = pa.Field(isin=[*TicketStatus, *Waiting])
