"""What of a ledger the forecast is tried on, and what is left out of it and why: lines, rows and NOK."""

import numpy as np
import pandas as pd

from rorikt_lib.commands.backtest.ask import Trial
from rorikt_lib.terms.period import last_period

USED = "used"


def lines_by_size(trial: Trial) -> list[str]:
    """The lines tried, the largest first."""
    return _size(trial)[trial.tried].sort_values(ascending=False, kind="stable").index.tolist()


def lines_left_out(trial: Trial) -> pd.DataFrame:
    """One row per line that is not tried, the largest first: line, reason, share (of all lines' NOK in the years)."""
    share = (_size(trial) / _size(trial).sum()).reindex(list(trial.reasons))
    table = pd.DataFrame({"line": list(trial.reasons), "reason": list(trial.reasons.values()), "share": share.array})
    return table.sort_values("share", ascending=False, kind="stable", ignore_index=True)


def _size(trial: Trial) -> pd.Series:
    """NOK per line: what each of its years came to, cost or income, added up."""
    year = trial.booked.columns.str[:4].astype(int)
    months = trial.booked.loc[:, year.isin(trial.years)]
    return months.T.groupby(months.columns.str[:4]).sum().abs().sum()


def rows_by_use(trial: Trial) -> dict[str, int]:
    """Rows that are used, and those left out by reason: with the unreadable they are all that the file has."""
    rows, last = trial.postings, max(trial.years)
    reasons = {
        f"without {trial.group}": rows.line.isna(),
        f"after {last}": rows.period > last_period(f"{last}-12"),
        "on lines left out": ~rows.line.isin(trial.tried),
    }
    use = pd.Series(np.select(list(reasons.values()), list(reasons), USED)).value_counts()
    counts = {name: int(use.get(name, 0)) for name in [USED, *reasons]}
    return {name: count for name, count in (counts | trial.ledger.left_out).items() if count}


def blank_nok(trial: Trial) -> float:
    """NOK of the postings without a line."""
    return float(trial.postings.amount_nok[trial.postings.line.isna()].sum())
