"""Budsjettsak: a municipality's frame step by step, what the cuts mean, and what each municipality then pays."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.present.sentences import budget_case as words
from rorikt_lib.report.charges import budget_of, budget_year, shares
from rorikt_lib.report.cuts import CUTS, FRAME
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.sharing import YEARLY_AMOUNTS
from rorikt_lib.sharing import budget
from rorikt_lib.workbook import Workbook

# In the order of their rows.
ROWS = ["frame_nok", "total_nok", "budget_nok", "needed_nok", "measures_nok", "printed_nok", "left_nok"]


def frame_rows(book: Workbook) -> pd.DataFrame:
    """From a municipality's frame to what is left to cut: frame_row (of ROWS), amount_nok; see report.cuts.frame_check.

    printed_nok: the sum of the measures that the paper has, where it is another than theirs.
    """
    found, total = FRAME.frame(book), CUTS.frame(book).tail(1)
    if found.empty:
        return pd.DataFrame(columns=["frame_row", "amount_nok"])
    amounts = found.iloc[0]
    known = {row: amounts[row] for row in ROWS if row in amounts}
    if total.difference_nok.any():
        known["printed_nok"] = total.printed_nok.iloc[0]
    return pd.DataFrame([(row, known[row]) for row in ROWS if row in known], columns=["frame_row", "amount_nok"])


FRAME_ROWS = Table("ramme-sak", frame_rows, ["frame_row"], named("budget_frame", amount_nok="row"), amounts="kroner")


def measures_noted(book: Workbook) -> pd.DataFrame:
    """The cuts and their SUM; consequence: what each means. See report.cuts.cuts."""
    own, cuts = budget_of(book, budget_year(book)).cuts, CUTS.frame(book)
    return cuts.assign(consequence=cuts.measure.map(own.consequences if own else {}).astype(object))


MEASURES = replace(
    CUTS,
    key="tiltak-sak",
    compute=measures_noted,
    columns=["measure", "amount_nok", "consequence"],
    if_known=["consequence"],
)


def revised(book: Workbook) -> pd.DataFrame:
    """What each municipality pays when the budget is cut to the frame; see sharing.budget.revised.

    No rows where no frame is below the budget.
    """
    year, found = budget_year(book), FRAME.frame(book)
    if found.empty or found.needed_nok.iloc[0] >= 0:
        return pd.DataFrame(columns=["municipality", "amount_nok", "revised_nok", "change_nok"])
    years = YEARLY_AMOUNTS.frame(book)
    own = years[years.year == year].set_index("municipality").amount_nok
    return budget.revised(shares(book, year), found.total_nok.iloc[0], own.to_dict())


REVISED = Table(
    "reviderte-bidrag",
    revised,
    ["municipality"],
    named("budget_revised", amount_nok="before", revised_nok="amount", change_nok="change"),
    total=True,
    amounts="kroner",
)

revised_summary = from_book(words.revised_summary, REVISED)
