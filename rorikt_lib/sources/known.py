"""What a source calls things must be known where it decides a number: an unknown name stops the run.

The limit to the quarantine is for damaged rows, and these are not: every one says what it is, in words that nobody has
explained yet.
"""

import pandas as pd
import yaml

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.device_register import owner_names
from rorikt_lib.sources.formats.mapped import posting_terms
from rorikt_lib.sources.reading.cases import term_names
from rorikt_lib.sources.reading.names import LISTED, unknown_values

# Whose PC or share it is, is not among these: a municipality that is not one of ours has no term.
_EXPLAINED = {
    "tickets": {"type", "priority", "status", "is_deleted", "sla_met_source"},
    "device_register": {"user_group"},
    "device_stock": {"user_group"},
    "postings": {"kind", "line", "side"},
    "budget_lines": {"kind", "line", "side"},
}
_DEVICES = ["device_register", "device_stock"]
_FIRST_FILES = 3


def is_unknown(refused: pd.DataFrame) -> pd.Series:
    """Which rows of a quarantine (each index once) are refused for a name that settings can explain."""
    return pd.Series(refused.index.isin(_explainable(refused).index), index=refused.index)


def _explainable(refused: pd.DataFrame) -> pd.DataFrame:
    """The unknown values of names.unknown_values that settings can explain."""
    found = unknown_values(refused)
    return found[[field in _EXPLAINED.get(table, ()) for table, field in zip(found.table, found.field, strict=True)]]


def refuse_unknown(refused: pd.DataFrame, formats: dict[str, str], settings: Settings) -> None:
    """InputError with each unknown name, its count, its files and the line that explains it, when there are any.

    refused: the quarantine of all files. formats: what each file was read as, by its name.
    """
    unknown = _explainable(refused)
    if unknown.empty:
        return
    unknown = unknown.assign(place=unknown["source_file"].map(formats).astype("str"))
    groups = [*unknown.groupby(["table", "place", "field", "value"], sort=False)]
    groups.sort(key=lambda group: -len(group[1]))
    problems = [_problem(field, value, rows) for (_, _, field, value), rows in groups[:LISTED]]
    remedies = [_remedy(table, form, field, value, settings) for (table, form, field, value), _ in groups[:LISTED]]
    more = [f"{len(groups) - LISTED} more"] if len(groups) > LISTED else []
    first = groups[0][1].iloc[0]
    raise InputError(
        "; ".join([*problems, *more]),
        file=first["source_file"],
        line=int(first["source_line"]),
        remedy=f"say in workbook.yml what it is: {'; '.join(dict.fromkeys(remedies))}",
    )


def _problem(field: str, value: str, rows: pd.DataFrame) -> str:
    files = rows["source_file"].value_counts()
    named = ", ".join(f"{count} in {file}" for file, count in files.iloc[:_FIRST_FILES].items())
    more = f" and {len(files) - _FIRST_FILES} more files" if len(files) > _FIRST_FILES else ""
    return f"unknown {field} '{value}' in {len(rows)} rows ({named}{more})"


def _remedy(table: str, form: str, field: str, value: str, settings: Settings) -> str:
    place, terms = _explained(table, form, field, settings)
    line = yaml.safe_dump({value: str(terms[0])}, allow_unicode=True, width=1000).strip()
    others = f" (or {', '.join(terms[1:])})" if terms[1:] else ""
    return f"under {place} the line `{line}`{others}"


def _explained(table: str, form: str, field: str, settings: Settings) -> tuple[str, list[str]]:
    """Where the settings explain the names of a field, and the terms to choose from."""
    mapped = [name for name in form.split(" + ") if name in settings.mappings]
    if table in _DEVICES:
        return "devices.values.user_group", [*dict.fromkeys(owner_names(settings)["user_group"].values())]
    known = term_names(settings) if table == "tickets" else posting_terms(settings)
    terms = [*dict.fromkeys(known[field].values())]
    own = [name for name in mapped if settings.mappings[name].table == table]
    place = f"mappings.{own[0]}" if own else "tickets" if table == "tickets" else "ledger"
    return f"{place}.values.{field}", terms
