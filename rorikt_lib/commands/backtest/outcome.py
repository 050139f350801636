"""How near the forecast came, as one record: what `rorikt backtest --json` writes, and what its text is made of."""

from typing import Any

import pandas as pd

from rorikt_lib.commands.backtest.ask import Trial
from rorikt_lib.commands.backtest.tally import USED, blank_nok, lines_by_size, lines_left_out, rows_by_use
from rorikt_lib.ledger.forecast.backtest import summary, summary_of_sum
from rorikt_lib.terms.enums import Method


def outcome(trial: Trial, trials: pd.DataFrame) -> dict[str, Any]:
    """The record, of what JSON has; shares unrounded, None where there is none. trials: as `backtest` gives them.

    file, format (what it was read as), group (the column that makes the lines), fiscal_start (calendar month 1–12),
    periods ("calendar", moved where fiscal_start is not 1; or "fiscal", taken as they are), years, lines (the largest
    first); rows: used, unreadable; left_out: rows by reason, blank_nok (of rows without a line), and lines: line,
    reason, share (of all lines' NOK in the years).
    total, sum (of the lines), per_line and per_year: a record per method, known_months (and line or year): wape, bias,
    coverage (of the 80 % interval; the chosen forecast alone has one). sum_last_year: beside sum, the sum's own
    remainder of last year.
    """
    uses = rows_by_use(trial)
    return {
        "file": str(trial.file),
        "format": trial.ledger.format,
        **{name: getattr(trial, name) for name in ("group", "fiscal_start", "periods", "years")},
        "lines": lines_by_size(trial),
        "rows": {"used": uses.pop(USED), "unreadable": trial.ledger.unreadable},
        "left_out": {"rows": uses, "blank_nok": blank_nok(trial), "lines": _records(lines_left_out(trial))},
        "total": _records(summary(trials)),
        "sum": _records(summary_of_sum(trials)),
        "sum_last_year": _records(summary_of_sum(trials, Method.LAST_YEAR_REMAINDER)),
        "per_line": _records(summary(trials, "line")),
        "per_year": _records(summary(trials, "year")),
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")
