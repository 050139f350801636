"""Why a number counts other cases today than it did in a report: one cause for each case that came or went."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.reasons import RestatedCause
from rorikt_lib.tickets.membership import KEY, MemberText, membership
from rorikt_lib.tickets.volume import month_end

# One row per case: all that decides which numbers it counts in. No text, and no one's name.
CASE_COLUMNS = [
    "ticket_id", "type", "priority", "category", "municipality", "created_at", "resolved_at", "resolved_at_imputed",
    "paused_minutes", "is_alert",
]  # fmt: skip
# Those that a case can have; the last of them fits what is left.
CASE_CAUSES = [cause for cause in RestatedCause if cause is not RestatedCause.RULES]
# These count a case by what it was when it was created; all others also by when it was resolved.
_BY_CREATION = ["tickets.created", "tickets.alerts"]


@dataclass(frozen=True)
class Known:
    """The cases (CASE_COLUMNS at least) as they stood at a cut-off; see cases.as_of."""

    cases: pd.DataFrame
    cut_off: pd.Timestamp


def count_causes(
    numbers: pd.DataFrame,
    then: Known,
    now: pd.DataFrame,
    registered: pd.DataFrame,
    settings: TicketSettings,
    written: MemberText,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per row of `numbers` (KEY), one column per case cause: cases that came less cases that went.

    now: the cases as the later report counts them. registered: ticket_id and is_deleted of every case today.
    written, earlier: see membership; of those that were opened again after the report it knew nothing.
    """
    months = sorted(numbers.month.unique())
    place = numbers[KEY].assign(row=numbers.index)
    before = None if earlier is None else earlier[earlier.reopened_at <= then.cut_off]
    counted = [
        membership(cases[CASE_COLUMNS], months, settings, written, solved)
        .merge(place, on=KEY, validate="many_to_one")
        .assign(change=change)
        for cases, solved, change in ((now, earlier, 1), (then.cases, before, -1))
    ]
    differ = pd.concat(counted).drop_duplicates(["row", "ticket_id"], keep=False, ignore_index=True)
    cause = _causes(differ, *(_states(cases, differ) for cases in (then.cases, now)), then.cut_off, registered)
    count = differ.change.groupby([differ.row, cause]).sum().unstack()
    return count.reindex(index=numbers.index, columns=CASE_CAUSES).fillna(0).astype(int)


def _states(cases: pd.DataFrame, differ: pd.DataFrame) -> pd.DataFrame:
    """The case of each row of `differ` as it was known; missing where it was not."""
    known = cases[CASE_COLUMNS].assign(is_known=True)
    return differ[["ticket_id"]].merge(known, how="left", on="ticket_id", validate="many_to_one")


def _causes(
    differ: pd.DataFrame, then: pd.DataFrame, now: pd.DataFrame, cut_off: pd.Timestamp, registered: pd.DataFrame
) -> pd.Series:
    """The cause of each row of `differ` (KEY, ticket_id): the first of CASE_CAUSES that fits. cut_off: the report's."""
    was_known, is_known = then.is_known.notna(), now.is_known.notna()
    in_both = was_known & is_known
    settled = in_both & _settled_otherwise(differ, then, now)
    solved_since = settled & then.resolved_at.isna() & (now.resolved_at > cut_off)
    imputed = then.resolved_at_imputed.eq(True) | now.resolved_at_imputed.eq(True)
    is_deleted = differ.ticket_id.map(registered.set_index("ticket_id").is_deleted)
    again = then.resolved_at.notna() & ~(now.resolved_at <= cut_off)
    fits = {
        RestatedCause.DELETED: ~is_known & is_deleted.eq(True),
        RestatedCause.GONE: ~is_known & is_deleted.isna(),
        RestatedCause.AFTER_CUT_OFF: (~was_known & (now.created_at > cut_off)) | solved_since,
        RestatedCause.REGISTERED_LATE: ~was_known & is_known,
        RestatedCause.RECLASSIFIED: in_both & _reclassified(differ, then, now),
        RestatedCause.MOVED: in_both & (differ.by == "municipality") & _unlike(then, now, "municipality"),
        RestatedCause.IMPUTED: settled & imputed & now.resolved_at.notna(),
        RestatedCause.REOPENED: settled & again,
        RestatedCause.RESOLVED_LATE: settled & then.resolved_at.isna(),
    }
    return pd.Series(np.select([*fits.values()], [*fits], default=CASE_CAUSES[-1]), index=differ.index, name="cause")


def _reclassified(differ: pd.DataFrame, then: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Whether what the number is divided by, or chooses its cases by, has become another."""
    of_sla = differ.figure.str.startswith("sla.")
    decides = {
        "is_alert": True,
        "type": of_sla | (differ.by == "type"),
        "priority": of_sla,
        "category": differ.by == "category",
    }
    return pd.concat([_unlike(then, now, name) & where for name, where in decides.items()], axis=1).any(axis=1)


def _settled_otherwise(differ: pd.DataFrame, then: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Whether another resolved time, or none, is why the number counts the case otherwise."""
    ends = differ.month.map({month: month_end(month) for month in differ.month.unique()})
    for_open = (then.resolved_at <= ends) != (now.resolved_at <= ends)
    other_time = _unlike(then, now, "resolved_at").where(differ.figure != "backlog.open", for_open)
    return other_time & ~differ.figure.isin(_BY_CREATION)


def _unlike(then: pd.DataFrame, now: pd.DataFrame, column: str) -> pd.Series:
    one, other = then[column], now[column]
    return (one != other) & ~(one.isna() & other.isna())
