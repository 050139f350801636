"""What was posted since a report: why the costs of earlier months are not what it published (Om tallene)."""

import pandas as pd

from rorikt_lib.ledger.costs import counted
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.period import months_of

# The figures of earlier months that a later report shows again.
OF_LEDGER = ["operating_costs.actual_so_far"]
_BY = ["period", "line"]


def kept_postings(postings: pd.DataFrame, month: str) -> pd.DataFrame:
    """One row per period and operating line up to a month: how many postings count there, and their amount_nok.

    What a report keeps of the ledger, without texts, vouchers or suppliers.
    """
    rows = counted(postings, Kind.OPERATING)
    by = rows[months_of(rows.period) <= month].groupby(_BY).amount_nok
    table = pd.DataFrame({"postings": by.size(), "amount_nok": by.sum()})
    return table.reset_index().astype({"period": "str", "line": "str", "postings": "int64"})


def posted_since(then: pd.DataFrame, now: pd.DataFrame, month: str) -> tuple[int, float]:
    """How many operating postings of the year up to a month came less those that went, and their amount in NOK.

    then, now: see `kept_postings`.
    """
    (before, before_nok), (after, after_nok) = (_so_far(table, month) for table in (then, now))
    return after - before, after_nok - before_nok


def _so_far(table: pd.DataFrame, month: str) -> tuple[int, float]:
    months = months_of(table.period)
    rows = table[(months <= month) & (months >= f"{month[:4]}-01")]
    return int(rows.postings.sum()), float(rows.amount_nok.sum())
