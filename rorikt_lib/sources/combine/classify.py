"""Account and project → the report's line. What no line claims stops the run: it would be missing from a sum."""

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.combine.accounts import check_accounts
from rorikt_lib.sources.reading.accept import error_at
from rorikt_lib.sources.reading.large import rows_once
from rorikt_lib.terms.enums import Kind

_NAMED = 10
_DECIDING = ["source_file", "kind", "line", "project", "account"]
_ADD = "add it to {} in workbook.yml"
# Excel makes 990 of 0990, and may so have moved other accounts to lines that claim them.
_LOST_ZEROS = (
    "if Excel dropped leading zeros (990 for 0990), export with the account column as text; "
    "else add it to ledger.expense_types in workbook.yml"
)
_AGREE = (
    "let mappings in workbook.yml give expense types to operating rows, investment projects to investments; "
    "ledger.without_project names the line of investments that have none"
)


def classify(rows: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """`rows` with kind and line, from account and project; what is given already stays.

    A row on an investment project belongs to the project's line whatever its account, unless a class before the art
    says what it is (ledger.account_classes); any other to the expense type
    that claims the art of its account (ledger.art_digits). An investment without a project belongs to the line that
    ledger.without_project names. A given line that is an investment project says the kind too. InputError names the
    accounts or projects that nobody claims, and the given lines that the report has not, with file and line of the
    first; so rows carry source_file and source_line.
    """
    alike, first = rows_once(rows.reindex(columns=[*_DECIDING, "source_line"]), _DECIDING)
    found = _classified(first.assign(rows=np.bincount(alike, minlength=len(first))), settings)
    return rows.assign(**{name: pd.Series(found[name].array.take(alike), index=rows.index) for name in found})


def _classified(rows: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """kind and line of rows that differ in what decides these. rows: how many there are like each, besides."""
    projects = {project.code: project for project in settings.ledger.projects}
    given = rows[["kind", "line"]].astype("str")
    listed = rows["project"].isin(projects)
    unlisted = rows["project"].notna() & ~listed & given["line"].isna()
    _refuse(rows[unlisted], "project", "no project in the settings has the code", _ADD.format("ledger.projects"))
    lines = settings.ledger.report_lines
    by_line = given["line"].map(dict.fromkeys(lines[Kind.INVESTMENT], Kind.INVESTMENT)).astype("str")
    by_project = rows["project"].map({code: p.kind for code, p in projects.items()}).astype("str")
    by_class = _class_of(rows[given["kind"].fillna(by_line).isna()], settings).reindex(rows.index)
    kind = given["kind"].fillna(by_line).fillna(by_class).fillna(by_project).fillna(Kind.OPERATING)
    by_account = given["line"].isna() & (kind == Kind.OPERATING)
    check_accounts(rows[by_account], settings)
    claimed = settings.ledger.art_of(rows["account"]).map(settings.ledger.expense_type_of_art()).astype("str")
    names = rows["project"].map({code: p.name for code, p in projects.items()}).astype("str")
    invested = names.mask(rows["project"].isna(), settings.ledger.without_project)
    line = given["line"].fillna(invested.where(kind == Kind.INVESTMENT, claimed))
    homeless = rows[line.isna() & (kind == Kind.OPERATING)]
    _refuse(homeless, "account", "no expense type claims the account", _LOST_ZEROS)
    named = kind + " " + line.fillna("without project")
    is_line = named.isin([f"{of} {name}" for of, names in lines.items() for name in names])
    _refuse(rows.assign(line=named)[~is_line], "line", "the report has no line", _AGREE)
    return pd.DataFrame({"kind": kind, "line": line})


def _class_of(rows: pd.DataFrame, settings: Settings) -> pd.Series:
    """The kind that the class of the account says; missing where the settings have no classes."""
    if not settings.ledger.account_classes:
        return pd.Series(None, index=rows.index, dtype="str")
    kind = settings.ledger.class_of(rows["account"])
    unknown = rows[~kind.isin([*Kind])]
    problem = "no class of the report begins the account"
    _refuse(unknown, "account", problem, _ADD.format("ledger.account_classes"))
    return kind


def _refuse(rows: pd.DataFrame, column: str, problem: str, remedy: str) -> None:
    if rows.empty:
        return
    counts = rows.groupby(column, sort=False)["rows"].sum().head(_NAMED)
    others = rows[column].nunique() - len(counts)
    named = ", ".join(f"{code} ({count} rows)" for code, count in counts.items()) + f" and {others} more" * (others > 0)
    raise error_at(rows.iloc[0], f"{problem} {named}", remedy)
