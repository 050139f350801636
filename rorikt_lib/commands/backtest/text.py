"""The outcome of a backtest as English text and tables for a terminal."""

import calendar
from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.table import Table

from rorikt_lib.commands import WORDS
from rorikt_lib.commands.backtest.ask import span
from rorikt_lib.ledger.forecast.backtest import KNOWN_MONTHS
from rorikt_lib.terminal import on_standard_output, plain_table
from rorikt_lib.terms.enums import Method

# What each method is called, in every text.
METHODS: dict[str, str] = WORDS["methods"]
MEASURES = {"wape": "WAPE", "bias": "Bias", "coverage": "Cover"}
NAMED = 5
# The tables are put in order by it: the middle one.
ORDERED_BY = ("wape", KNOWN_MONTHS[1])


def show(found: dict[str, Any]) -> None:
    """Writes the outcome to standard output: in the terminal's width, or plain and uncut where it is piped."""
    console = on_standard_output()
    for line in [*_header(found), "", WORDS["legend"], ""]:
        console.print(line, soft_wrap=True)
    console.print(_methods(found))
    console.print()
    console.print(_lines(found))


def _header(found: dict[str, Any]) -> Iterator[str]:
    start = found["fiscal_start"]
    begin = f", each from {calendar.month_name[start]}" if start != 1 else ""
    yield f"{found['file']}: read as {found['format']}, in lines by {found['group']}"
    yield f"Years forecast, each from those before it: {span(found['years'])}{begin}"
    if found["periods"] == "fiscal":
        yield f"Periods left as they are: most were posted {start - 1} months later, so they count from then already"
    uses = found["rows"] | found["left_out"]["rows"]
    blank = {f"without {found['group']}": f" ({found['left_out']['blank_nok']:,.0f} NOK)"}
    yield "Rows: " + "; ".join(f"{count:,} {use}{blank.get(use, '')}" for use, count in uses.items())
    yield f"Lines: {len(found['lines'])} tried"
    left_out = pd.DataFrame(found["left_out"]["lines"], columns=["line", "reason", "share"])
    for reason, lines in left_out.groupby("reason"):
        more = f" and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
        names = ", ".join(lines.line.head(NAMED))
        yield f"Left out, {reason}: {len(lines)} ({lines.share.sum():.1%} of NOK): {names}{more}"


def _methods(found: dict[str, Any]) -> Table:
    table = _pivoted(found["total"], "method")
    order = table.drop(index=Method.CHOSEN).sort_values(ORDERED_BY, na_position="last").index
    table = table.loc[[Method.CHOSEN, *order]].rename(index=METHODS)
    sums = {Method.CHOSEN: "Chosen, the lines' sum", Method.LAST_YEAR_REMAINDER: "The sum as last year's remainder"}
    whole = _pivoted(found["sum"] + found["sum_last_year"], "method").rename(index=sums)
    return _drawn(pd.concat([table.iloc[:1], whole, table.iloc[1:]]), "Method")


def _lines(found: dict[str, Any]) -> Table:
    chosen = [row for row in found["per_line"] if row["method"] == Method.CHOSEN]
    return _drawn(_pivoted(chosen, "line").reindex(found["lines"]), "Line (chosen forecast)")


def _pivoted(records: list[dict[str, Any]], row: str) -> pd.DataFrame:
    """One row per method or line, one column per measure and number of known months."""
    table = pd.DataFrame(records).astype(dict.fromkeys(MEASURES, float))
    wide = table.pivot(index=row, columns="known_months", values=list(MEASURES))
    return wide.reindex(columns=pd.MultiIndex.from_product([MEASURES, KNOWN_MONTHS]))


def _drawn(table: pd.DataFrame, title: str) -> Table:
    drawn = plain_table()
    drawn.add_column(title, vertical="bottom", overflow="fold")
    for measure, months in table.columns:
        drawn.add_column(f"{MEASURES[measure]}\n{months}", justify="right", no_wrap=True)
    for name, shares in zip(table.index, table.to_numpy(), strict=True):
        drawn.add_row(name, *("" if pd.isna(share) else f"{round(share * 100, 1) + 0.0:.1f}" for share in shares))
    return drawn
