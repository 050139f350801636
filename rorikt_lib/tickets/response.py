"""First response: how many incidents were answered within their priority's response target."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import TicketType, Verdict
from rorikt_lib.tickets.cases import month_of, people
from rorikt_lib.tickets.elapsed import elapsed_minutes


def response_compliance(
    cases: pd.DataFrame, months: list[str], settings: TicketSettings, cut_off: pd.Timestamp
) -> pd.DataFrame:
    """One row per month and priority that has a target: incidents within, breached and unknown, and share_within.

    The month is that in which the case was created. share_within is of the known ones, missing where there are none.
    """
    answers = first_responses(cases, months, settings, cut_off)
    priorities = [p for p in settings.priorities if p in settings.first_response_minutes]
    index = pd.MultiIndex.from_product([months, priorities], names=["month", "priority"])
    count = answers.groupby(["month", "priority", "verdict"]).size().unstack()
    table = count.reindex(index=index, columns=[*Verdict]).fillna(0).astype(int).rename_axis(columns=None)
    known = table.within + table.breached
    return table.assign(share_within=(table.within / known).where(known > 0)).reset_index()


def all_priorities(compliance: pd.DataFrame) -> pd.DataFrame:
    """One row per month of `response_compliance`: each verdict and share_within over all priorities."""
    table = compliance.groupby("month", as_index=False)[[*Verdict]].sum()
    known = table.within + table.breached
    return table.assign(share_within=(table.within / known).where(known > 0))


def first_responses(
    cases: pd.DataFrame, months: list[str], settings: TicketSettings, cut_off: pd.Timestamp
) -> pd.DataFrame:
    """One row per incident created in one of `months` whose priority has a response target.

    Adds month, response_minutes, response_target_minutes and verdict: unknown where no response is registered, or one
    before the case was created. (Cases solved at once were surely answered, but to count only those would make every
    desk that registers no responses a perfect one.) A resolution before the registered response was the response.
    Where the desk registers responses, an open case without one is breached once its target has passed. Waiting is not
    taken off: nobody waits for an answer before the first. cases: see cases.as_of(cut_off).
    """
    target_minutes = settings.first_response_minutes
    rows = people(cases[(cases.type == TicketType.INCIDENT) & cases.priority.isin(target_minutes)])
    rows = rows.assign(month=month_of(rows.created_at))
    rows = rows[rows.month.isin(months)]
    answered = rows[["responded_at", "resolved_at"]].min(axis=1)
    is_known = rows.responded_at.notna() & (answered >= rows.created_at)
    minutes = elapsed_minutes(rows.priority, rows.created_at, answered.where(is_known), settings)
    target = rows.priority.map(target_minutes).astype(float)
    verdict = (minutes <= target).map({True: Verdict.WITHIN, False: Verdict.BREACHED}).where(is_known, Verdict.UNKNOWN)
    is_unanswered = rows.responded_at.isna() & rows.resolved_at.isna() & cases.responded_at.notna().any()
    until_now = elapsed_minutes(rows.priority, rows.created_at, pd.Series(cut_off, index=rows.index), settings)
    verdict = verdict.mask(is_unanswered & (until_now > target), Verdict.BREACHED)
    return rows.assign(response_minutes=minutes, response_target_minutes=target, verdict=verdict)
