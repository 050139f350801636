"""The ledger, budget and forecast exports as one table each."""

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.combine.classify import classify
from rorikt_lib.sources.combine.duplicates import flag_overlaps, without_repeats
from rorikt_lib.sources.reading.accept import error_at, finding
from rorikt_lib.terms.period import shift
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

_BUDGET_KEY = ["year", "version", "account", "cost_centre", "project", "month"]
_HALF_ORE = 0.005
# Two files that agree on the sums of so many accounts have one budget.
_SEVERAL = 2
_DECISION_KEY = ["period", "kind", "line"]


def combine_postings(parts: list[pd.DataFrame], settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per ledger line of all exports, classified, and what was found. Lines delivered twice are flagged."""
    if not any(map(len, parts)):
        return empty("postings"), empty("findings")
    rows = classify(_stacked(parts), settings)
    flagged, overlaps = flag_overlaps(rows.assign(posting_id=_ids(rows[["source_file", "source_line"]])))
    return flagged, pd.concat([overlaps, missing_months(rows["period"])])


def _ids(places: pd.DataFrame) -> pd.Series:
    """file#line of each posting; file#line.2 and so on where a line has many, as in an XML file."""
    ids = places["source_file"] + "#" + places["source_line"].astype("str")
    if not places.duplicated().any():
        return ids
    again = places.groupby(["source_file", "source_line"]).cumcount()
    return ids.where(again == 0, ids + "." + (again + 1).astype("str"))


def missing_months(periods: pd.Series) -> pd.DataFrame:
    """A finding for each month without postings between the first month and the last; closing entries are no month."""
    months = {month for month in periods.unique() if not month.endswith("-13")}
    found, month = [empty("findings")], min(months, default="")
    while months and month < max(months):
        found.append(finding("postings", None, Finding.MISSING_MONTH, int(month not in months), month))
        month = shift(month, 1)
    return pd.concat(found)


def combine_budgets(parts: list[pd.DataFrame], settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per budget line, classified. A line that two files have counts once; InputError where they differ."""
    if not any(map(len, parts)):
        return empty("budget_lines"), empty("findings")
    rows = _stacked(parts)
    _refuse_year_beside_months(rows)
    once, found = without_repeats("budget_lines", classify(rows, settings), _BUDGET_KEY)
    _refuse_other_spelling(once)
    return once, found


def _refuse_other_spelling(rows: pd.DataFrame) -> None:
    """InputError where two files have one budget in other columns or spellings: their accounts' sums are the same."""
    if rows["source_file"].nunique() < 2:
        return
    account = rows["account"].str.replace(".", "", regex=False).str.lstrip("0")
    keys = [rows["source_file"], rows["year"], rows["version"], account]
    sums = rows["amount_nok"].groupby(keys).sum().round(2).reset_index()
    for (year, version), budget in sums.groupby(["year", "version"]):
        seen: dict[tuple, str] = {}
        for file, lines in budget.groupby("source_file"):
            content = tuple(zip(lines["account"], lines["amount_nok"], strict=True))
            if len(content) >= _SEVERAL and content in seen:
                row = rows[(rows["source_file"] == file) & (rows["year"] == year)].iloc[0]
                problem = f"the budget {version} of {year} has the accounts' sums that {seen[content]} has"
                raise error_at(row, problem, "keep one of the two files, or give one of them another version")
            seen[content] = file


def _refuse_year_beside_months(rows: pd.DataFrame) -> None:
    """InputError where one thing has a budget for the year and others for its months: it would be counted twice.

    So has an account whose months make its year, although one of these is by cost centre and the other is not.
    """
    key = [name for name in _BUDGET_KEY if name != "month"]
    yearly = rows["month"].isna()
    if yearly.all() or not yearly.any():
        return
    both = yearly.groupby([rows[name] for name in key], dropna=False).transform("nunique") > 1
    account = [rows[name] for name in ("year", "version", "account")]
    of_year, of_months = (
        rows["amount_nok"].where(which, 0.0).groupby(account).transform("sum") for which in (yearly, ~yearly)
    )
    both |= of_year.ne(0) & ((of_year - of_months).abs() < _HALF_ORE)
    if both.any():
        row = rows[both & yearly].iloc[0]
        named = ", ".join(str(row[name]) for name in key if pd.notna(row[name]))
        raise error_at(row, f"{named} has a budget both for the year and for months of it", "keep one of the two")


def combine_forecasts(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per decision. InputError where one is given twice in a file, or otherwise in another file."""
    if not any(map(len, parts)):
        return empty("adopted_forecasts"), empty("findings")
    rows = _stacked(parts)
    twice = rows[rows.duplicated([*_DECISION_KEY, "source_file"])]
    if len(twice):
        row = twice.iloc[0]
        problem = f"the forecast of {row['line']} for {row['period']} is given a second time"
        raise error_at(row, problem, "keep one of them")
    return without_repeats("adopted_forecasts", rows, _DECISION_KEY)


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([part for part in parts if len(part)], ignore_index=True)
