"""Whether the month may be published: a rule of ledger.checks or report.checks that fails stops the report."""

import math
from pathlib import Path

import pandas as pd

from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.checks import failures
from rorikt_lib.report import checks
from rorikt_lib.report.figures import collect
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import Workbook, once

# Rule of ledger.checks → the message about the lines that break it (found against expected), and the remedy.
MESSAGES = read_yaml(Path(__file__).with_name("rules.yml"), dict[str, tuple[str, str]])
_CLEAN = MESSAGES["sum_differs"][1]


def refuse_failed(book: Workbook) -> None:
    """InputError that says every rule that fails and names all its lines, with both amounts in NOK."""
    failed = _failed(book) if book.has(Source.LEDGER) else pd.DataFrame()
    if failed.empty:
        return
    problems = [f"{MESSAGES[rule][0]}: {_named(rows)}" for rule, rows in failed.groupby("rule", sort=False)]
    remedy = "; ".join(dict.fromkeys(MESSAGES[rule][1] for rule in failed.rule))
    raise _refused(book, problems, remedy)


@once
def _failed(book: Workbook) -> pd.DataFrame:
    tables = (book.table(name) for name in ("postings", "budget_lines", "adopted_forecasts"))
    return failures(*tables, book.month, book.settings.ledger)


def _named(rows: pd.DataFrame) -> str:
    return ", ".join(f"{row.line} ({_nok(row.found_nok)} against {_nok(row.against_nok)})" for row in rows.itertuples())


def _nok(amount: float) -> str:
    return "nothing" if math.isnan(amount) else f"{amount:,.2f}"


@once
def contradictions(book: Workbook, *chapters: str) -> pd.DataFrame:
    """What the month's figures break, as report.checks.failures has it. chapters: of other documents, too."""
    return checks.failures(collect(book, *chapters), book.month)


def refuse_contradictions(failed: pd.DataFrame, book: Workbook) -> None:
    """InputError that says every rule that figures break, and names the figures, with both numbers."""
    if failed.empty:
        return
    told = [f"{row.figure} ({row.found:,.2f} against {row.against:,.2f})" for row in failed.itertuples()]
    by_rule = failed.assign(told=told).groupby("rule", sort=False)
    problems = [f"{rule}: {', '.join(rows.told)}" for rule, rows in by_rule]
    raise _refused(book, problems, f"{_CLEAN}; if it fails again, report this fault with these figures")


def _refused(book: Workbook, problems: list[str], remedy: str) -> InputError:
    problem = f"{book.month} cannot be published: {'; '.join(problems)}"
    return InputError(problem, file=book.data_root / "raw", remedy=remedy)
