"""The outcome of a backtest as English text and tables for a terminal."""

from __future__ import annotations

import calendar
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from rorikt_lib.commands.backtest.ask import span
from rorikt_lib.ledger.forecast.backtest import CHOSEN, KNOWN_MONTHS

# What each method is called, in every text.
METHODS = {
    CHOSEN: "Chosen",
    "steady": "Steady: median of five with trend and season",
    "quiet": "Quiet: median of three with a level only",
    "calendar": "Calendar: last year's remainder, grown",
    "commitments": "Commitments: expected invoices",
    "damped_trend": "Damped trend (ETS)",
    "damped_trend_and_season": "Damped trend and season (ETS)",
    "run_rate": "Run rate",
    "last_year_remainder": "Last year's remainder",
    "three_year_remainder": "Three years' remainder",
    "last_year_phasing": "Last year's phasing",
    "three_year_phasing": "Three years' phasing",
}
MEASURES = {"wape": "WAPE", "bias": "Bias", "coverage": "Cover"}
NAMED = 5
# The tables are put in order by it: the middle one.
ORDERED_BY = ("wape", KNOWN_MONTHS[1])
# Wide enough for any line's name, where there is no terminal to fit in.
PIPED_WIDTH = 240
LEGEND = (
    "All in percent, by how many months were known. WAPE: the years' errors added up, of the sum booked.\n"
    "Bias: above zero where too much was forecast. Cover: years that came out within the 80 % interval; blank where\n"
    "there is none, for want of an earlier year to measure it by."
)


def show(found: dict[str, Any]) -> None:
    """Writes the outcome to standard output: in the terminal's width, or plain and uncut where it is piped."""
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    for line in [*_header(found), "", LEGEND, ""]:
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
        yield (
            f"Left out, {reason}: {len(lines)} ({lines.share.sum():.1%} of NOK): "
            + ", ".join(lines.line.head(NAMED)) + more
        )  # fmt: skip


def _methods(found: dict[str, Any]) -> Table:
    table = _pivoted(found["total"], "method")
    order = table.drop(index=CHOSEN).sort_values(ORDERED_BY, na_position="last").index
    table = table.loc[[CHOSEN, *order]].rename(index=METHODS)
    whole = _pivoted(found["sum"], "method").rename(index={CHOSEN: "Chosen, the lines' sum"})
    return _drawn(pd.concat([table.iloc[:1], whole, table.iloc[1:]]), "Method")


def _lines(found: dict[str, Any]) -> Table:
    chosen = [row for row in found["per_line"] if row["method"] == CHOSEN]
    return _drawn(_pivoted(chosen, "line").reindex(found["lines"]), "Line (chosen forecast)")


def _pivoted(records: list[dict[str, Any]], row: str) -> pd.DataFrame:
    """One row per method or line, one column per measure and number of known months."""
    table = pd.DataFrame(records).astype(dict.fromkeys(MEASURES, float))
    wide = table.pivot(index=row, columns="known_months", values=list(MEASURES))
    return wide.reindex(columns=pd.MultiIndex.from_product([MEASURES, KNOWN_MONTHS]))


def _drawn(table: pd.DataFrame, title: str) -> Table:
    drawn = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    drawn.add_column(title, vertical="bottom", overflow="fold")
    for measure, months in table.columns:
        drawn.add_column(f"{MEASURES[measure]}\n{months}", justify="right", no_wrap=True)
    for name, shares in zip(table.index, table.to_numpy(), strict=True):
        drawn.add_row(name, *("" if pd.isna(share) else f"{round(share * 100, 1) + 0.0:.1f}" for share in shares))
    return drawn
