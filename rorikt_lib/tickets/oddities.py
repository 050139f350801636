"""What is odd in the cases themselves, counted for the reader (Om tallene)."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.tickets.elapsed import elapsed_minutes
from rorikt_lib.tickets.history import are_spread

# The longest that five municipalities leave a service desk alone: Maundy Thursday to Easter Monday.
LONGEST_SILENCE = pd.Timedelta(days=5)


def is_silent(newest: pd.Timestamp, cut_off: pd.Timestamp) -> bool:
    """Whether nothing has happened for so long that exports seem to be missing; not where nothing ever has."""
    return bool(cut_off - newest > LONGEST_SILENCE)


def has_stopped(created: pd.Series, newest: pd.Timestamp, cut_off: pd.Timestamp) -> bool:
    """Whether exports surely end before the cut-off: silent, and for longer than any time between two cases before."""
    longest = created[created <= newest].sort_values().diff().max()
    return is_silent(newest, cut_off) and bool(cut_off - newest > longest)


def oddities(cases: pd.DataFrame, history: pd.DataFrame, settings: TicketSettings) -> pd.DataFrame:
    """One row per finding that there are cases of: finding, count. cases: see cases.as_of; history: case_history.

    `reopened_cases`: opened again after they had been closed, as the system counts or its history says.
    `paused_longer_than_open`: waited longer, by what the system says, than its priority's clock ran: they count as 0
    minutes. `pauses_spread`: waited by the calendar, nobody knows when, so that it is taken to be spread evenly over
    the case's life (see history.spread_pauses).
    """
    reopened = history.ticket_id[history.reopened > 0]
    waited = cases[(cases.paused_minutes > 0) & (cases.resolved_at >= cases.created_at)]
    passed = elapsed_minutes(waited.priority, waited.created_at, waited.resolved_at, settings)
    found = {
        Finding.REOPENED_CASES: (cases.reopened.fillna(0) > 0) | cases.ticket_id.isin(reopened),
        Finding.PAUSED_LONGER_THAN_OPEN: waited.paused_minutes > passed,
        Finding.PAUSES_SPREAD: are_spread(cases, history, settings),
    }
    counts = pd.DataFrame({"finding": [*found], "count": [int(holds.sum()) for holds in found.values()]})
    return counts[counts["count"] > 0].reset_index(drop=True)
