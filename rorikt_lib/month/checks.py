"""Whether the month may be published: a rule of ledger.checks or report.checks that fails stops the report."""

import math
from pathlib import Path

import pandas as pd

from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.checks import failures
from rorikt_lib.report import checks
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import Workbook

# Rule of ledger.checks → the message about the lines that break it (found against expected), and the remedy.
MESSAGES = read_yaml(Path(__file__).with_name("rules.yml"), dict[str, tuple[str, str]])
_CLEAN = MESSAGES["sum_differs"][1]


def refuse_failed(book: Workbook) -> None:
    """InputError that says every rule that fails and names all its lines, with both amounts in NOK."""
    if not book.has(Source.LEDGER):
        return
    tables = (book.table(name) for name in ("postings", "budget_lines", "adopted_forecasts"))
    failed = failures(*tables, book.month, book.settings.ledger)
    if failed.empty:
        return
    problems = [f"{MESSAGES[rule][0]}: {_named(rows)}" for rule, rows in failed.groupby("rule", sort=False)]
    remedy = "; ".join(dict.fromkeys(MESSAGES[rule][1] for rule in failed.rule))
    raise _refused(book, problems, remedy)


def _named(rows: pd.DataFrame) -> str:
    return ", ".join(f"{row.line} ({_nok(row.found_nok)} against {_nok(row.against_nok)})" for row in rows.itertuples())


def _nok(amount: float) -> str:
    return "nothing" if math.isnan(amount) else f"{amount:,.2f}"


def refuse_contradictions(figures: pd.DataFrame, book: Workbook) -> None:
    """InputError that says every rule that the month's figures break, and names the figures, with both numbers."""
    failed = checks.failures(figures, book.month)
    if failed.empty:
        return
    failed["named"] = [f"{row.figure} ({row.found:,.2f} against {row.against:,.2f})" for row in failed.itertuples()]
    problems = [f"{rule}: {', '.join(rows.named)}" for rule, rows in failed.groupby("rule", sort=False)]
    raise _refused(book, problems, f"{_CLEAN}; if it fails again, report this fault with these figures")


def _refused(book: Workbook, problems: list[str], remedy: str) -> InputError:
    problem = f"{book.month} cannot be published: {'; '.join(problems)}"
    return InputError(problem, file=book.data_root / "raw", remedy=remedy)
