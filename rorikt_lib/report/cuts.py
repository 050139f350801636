"""Budsjett: the frame that a municipality sets, and whether the cuts bring the budget within it."""

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.present.sentences import cuts as words
from rorikt_lib.report.charges import budget_nok, budget_of, budget_year, shares
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.sharing import budget
from rorikt_lib.workbook import Workbook


def cuts(book: Workbook) -> pd.DataFrame:
    """The cuts and their SUM against the one that was printed; see sharing.budget.listed."""
    own = budget_of(book, budget_year(book)).cuts
    table = budget.listed(own.amounts_nok if own else {}, "measure", own.printed_sum_nok if own else None)
    return table.head(len(table) if own else 0)


CUTS = Table(
    "tiltak",
    cuts,
    ["measure"],
    named("budget", amount_nok="measure", printed_nok="measure_printed", difference_nok="measure_difference"),
    columns=["measure", "amount_nok"],
    total=True,
    amounts="kroner",
)
FRAME_COLUMNS = [
    "frame_nok",
    "cost_share",
    "own_share",
    "budget_nok",
    "total_nok",
    "needed_nok",
    "measures_nok",
    "left_nok",
]


def frame_check(book: Workbook) -> pd.DataFrame:
    """Whether the cuts bring the budget to one municipality's frame; see sharing.budget.frame_check.

    Besides those columns: municipality, frame_nok and cost_share, as they were given; own_share: its share as the costs
    are shared, missing where it has none. No rows where no frame is.
    """
    year = budget_year(book)
    own, now = budget_of(book, year).cuts, budget_nok(book, year) if year else None
    if own is None or now is None:
        return pd.DataFrame(columns=["municipality", *FRAME_COLUMNS])
    frame = own.frame
    own_share = shares(book, year).get(frame.municipality)
    share = frame.share if frame.share is not None else own_share
    if share is None:
        problem = f"{frame.municipality} has no share of {year}, which its frame is compared with"
        remedy = "give measures.frame.share, or the municipality keys"
        raise InputError(problem, file=book.content / "budgets" / f"{year}.yml", remedy=remedy)
    total = budget.total_of_frame(frame.amount_nok, share, frame.rounded_to_nok)
    given = {"municipality": frame.municipality, "frame_nok": frame.amount_nok, "cost_share": float(share)}
    given["own_share"] = float("nan") if own_share is None else float(own_share)
    return budget.frame_check(total, now, own.amounts_nok).assign(**given)


FRAME = Table(
    "ramme",
    frame_check,
    ["municipality"],
    named("budget_frame", **{c: c.removesuffix("_nok").removeprefix("cost_") for c in FRAME_COLUMNS}),
)

frame_summary = from_book(words.frame_summary, FRAME)
cuts_summary = from_book(words.cuts_summary, CUTS)
