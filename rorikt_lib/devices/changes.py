"""Change since last month (2.1.1): PCs replaced, new and gone, and whether stock and orders cover the need."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.devices.extracts import in_both
from rorikt_lib.devices.terms import UNKNOWN
from rorikt_lib.terms.period import year_of
from rorikt_lib.terms.schemas import USER_GROUPS

COUNTS = ["replaced", "gone", "added"]
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
    owners = pd.MultiIndex.from_product([municipalities, USER_GROUPS], names=_OWNER)
    owners = owners.append(pd.MultiIndex.from_tuples([(UNKNOWN, UNKNOWN)], names=_OWNER).intersection(counts.index))
    return counts.reindex(owners).fillna(0).astype(int).reset_index()


def coverage(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """One row per municipality and user group: due, available, covered_share and to_order; last month's to_order.

    due: expired and expiring; available: in stock and on order. covered_share: of what is due, at most 1; missing
    where nothing is. now, before: see rollover.rollover; to_order_before is missing where `before` has no rows.
    """
    table = now.assign(due=now.expired + now.expiring, available=now.in_stock + now.on_order)
    table["covered_share"] = ((table.due - table.to_order) / table.due).where(table.due > 0)
    known = before.rename(columns={"to_order": "to_order_before"})[[*_OWNER, "to_order_before"]]
    table = table.merge(known, on=_OWNER, how="left", validate="one_to_one")
    return table[[*_OWNER, "due", "available", "covered_share", "to_order_before", "to_order"]].astype(
        {"to_order_before": "Int64"}
    )
