"""Change since last month, and through a year: PCs replaced, new and gone; whether stock and orders cover the need."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from rorikt_lib.devices.extracts import in_both
from rorikt_lib.terms.enums import UNKNOWN, UserGroup
from rorikt_lib.terms.period import year_of
from rorikt_lib.terms.sums import with_sum

COUNTS = ["replaced", "gone", "added"]
NEED = ["due", "available", "covered", "spare", "to_order_before", "to_order"]
_OWNER = ["municipality", "user_group"]


def changes(before: pd.DataFrame, now: pd.DataFrame, month: str, municipalities: list[str]) -> pd.DataFrame:
    """One row per municipality and user group, and last those unknown (where there are any): PCs.

    replaced: left the extract, and their lifetime ended in the report's year or before. gone: left it earlier than
    that, or nobody knows when they were bought. added: not in the extract before. Nothing links a new PC to the one
    it takes the place of, as the export's users are not read. before, now: whole extracts, see extracts.extract_of
    and terms.with_terms. No rows where either is empty, or both are the same extract: nothing can
    be compared then.
    """
    if before.empty or now.empty or before.extracted_on.max() == now.extracted_on.max():
        return pd.DataFrame(columns=[*_OWNER, *COUNTS])
    stayed, known = in_both(before.serial_no, now.serial_no)
    left, new = before[~stayed], now[~known]
    is_due = (left.replace_year <= year_of(month)).fillna(False)
    parts = {"replaced": left[is_due], "gone": left[~is_due], "added": new}
    counts = pd.DataFrame({name: part[_OWNER].fillna(UNKNOWN).value_counts() for name, part in parts.items()})
    owners = pd.MultiIndex.from_product([municipalities, [*UserGroup]], names=_OWNER)
    owners = owners.append(pd.MultiIndex.from_tuples([(UNKNOWN, UNKNOWN)], names=_OWNER).intersection(counts.index))
    return counts.reindex(owners).fillna(0).astype(int).reset_index()


def of_year(extracts: Sequence[pd.DataFrame], year: int, municipalities: list[str]) -> pd.DataFrame:
    """`changes` of the year from each extract to the next, added up; no rows where there are no two extracts.

    extracts: whole ones, oldest first, the last of the year before included. A PC that came and left between two
    extracts is in none, and so is not counted.
    """
    parts = [changes(before, now, f"{year}-12", municipalities) for before, now in pairwise(extracts)]
    if not parts:
        return pd.DataFrame(columns=[*_OWNER, *COUNTS])
    return pd.concat(parts).groupby(_OWNER, sort=False)[COUNTS].sum().reset_index()


def coverage(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """One row per municipality and user group, and SUM: how far stock and orders reach (PCs); last month's to_order.

    due: expired and expiring; available: in stock and on order. covered: of what is due, not to be ordered;
    covered_share: of what is due, at most 1, missing where nothing is. spare: available beyond what is due. These are
    missing where stock was never counted, and in SUM where it was not anywhere.
    now, before: see rollover.rollover; to_order_before is missing where `before` has no rows.
    """
    table = now.assign(due=now.expired + now.expiring, available=now.in_stock + now.on_order)
    covered = (table.due - table.to_order).where(table.available.notna()).astype("Int64")
    table = table.assign(covered=covered, spare=(table.available - table.due).clip(lower=0))
    known = before.rename(columns={"to_order": "to_order_before"})[[*_OWNER, "to_order_before"]]
    table = table.merge(known, on=_OWNER, how="left", validate="one_to_one").astype({"to_order_before": "Int64"})
    table = with_sum(table[[*_OWNER, *NEED]], "municipality")
    return table.assign(covered_share=(table.covered / table.due).where(table.due > 0))


def with_need(moves: pd.DataFrame, covered: pd.DataFrame) -> pd.DataFrame:
    """`changes` and its SUM, with what is to be ordered then and now. covered: see `coverage`; strays have no need."""
    need = covered[[*_OWNER, "to_order_before", "to_order", "covered_share"]].astype({"to_order": "Int64"})
    return with_sum(moves, "municipality", COUNTS).merge(need, on=_OWNER, how="left", validate="one_to_one")
