"""Sentences and the table of chapter 1 about invoices that suppliers' rhythms make expected this year."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import MONTHS, kroner
from rorikt_lib.present.prose.words import count, listed
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.fields import SUM

# A longer list has the invoices under this amount gathered in one row.
MOST_ROWS = 20
SMALL_NOK = 100_000
OTHERS = "Andre ("
SERIES = ["expense_type", "supplier_name", "rhythm"]


def counted_on(expected: pd.DataFrame, model: pd.DataFrame) -> pd.DataFrame:
    """The expected invoices that the model reckons with: of lines of cost that it reads by their suppliers' rhythms.

    expected: see measures.expected_invoices. model: see measures.model_forecast.
    """
    by_line = expected.groupby("expense_type").amount_nok.sum()
    lines = model.expense_type[(model.reading == "commitments") & (model.expense_type.map(by_line) > 0)]
    return expected[expected.expense_type.isin(lines)]


def expected_in_short(invoices: pd.DataFrame) -> str | None:
    """How much is expected, in how many invoices, and the largest of them; None where none is expected."""
    if invoices.empty:
        return None
    lines, largest = list(invoices.expense_type.unique()), invoices.loc[invoices.amount_nok.idxmax()]
    told = (
        f"For {listed(lines)} ventes {count(len(invoices), 'faktura', 'fakturaer')} til før året er slutt, "
        f"på til sammen {kroner(invoices.amount_nok.sum())}."
    )
    return (
        f"{told} Den største, {kroner(largest.amount_nok)} fra {plain(largest.supplier_name)}, "
        f"ventes i {_month(largest.expected_month)}."
    )


def expected_table(invoices: pd.DataFrame) -> pd.DataFrame:
    """One row per expected invoice and a SUM row, in the order of month and amount; a monthly series is one row.

    A list of more than MOST_ROWS has those under SMALL_NOK gathered. With a column for the line where there are several.
    """
    is_monthly = invoices.rhythm == "monthly"
    series = invoices.assign(of_its_own=invoices.index.where(~is_monthly, -1)).groupby([*SERIES, "of_its_own"])
    rows = series.agg(
        first=("expected_month", "min"), until=("expected_month", "max"), amount_nok=("amount_nok", "sum"),
        last_month=("last_month", "max"), last_nok=("last_nok", "last"),
    ).reset_index()  # fmt: skip
    rows = rows.sort_values(["first", "amount_nok", "supplier_name"], ascending=[True, False, True], kind="stable")
    rows = _small_gathered(rows)
    rows["expected_months"] = [_months(r.first, r.until) for r in rows.itertuples()]
    total = pd.DataFrame({"expense_type": [SUM], "supplier_name": [SUM], "amount_nok": [rows.amount_nok.sum()]})
    shown = ["supplier_name", "rhythm", "expected_months", "amount_nok", "last_month", "last_nok"]
    table = pd.concat([rows, total.head(len(rows))], ignore_index=True)
    if invoices.expense_type.nunique() < 2:
        return table[shown]
    table.loc[len(table) - 1, "supplier_name"] = ""
    return table[["expense_type", *shown]]


def _small_gathered(rows: pd.DataFrame) -> pd.DataFrame:
    small = rows[rows.amount_nok < SMALL_NOK]
    if len(rows) <= MOST_ROWS or len(small) < 2:
        return rows
    name = f"{OTHERS}{count(small.supplier_name.nunique(), 'leverandør', 'leverandører')})"
    gathered = {"supplier_name": name, "expense_type": "", "rhythm": "", "amount_nok": small.amount_nok.sum()}
    months = {"first": small["first"].min(), "until": small.until.max()}
    return pd.concat([rows.drop(index=small.index), pd.DataFrame([gathered | months])], ignore_index=True)


def expected_caption(table: pd.DataFrame) -> str:
    """Caption of `expected_table`; says which invoices are gathered, where some are."""
    told = "Ventede fakturaer som ikke er kommet, etter leverandørenes faste rytme. Tall i hele 1000."
    has_others = table.supplier_name.str.startswith(OTHERS).any()
    return f"{told} Andre: ventet beløp under {kroner(SMALL_NOK)}." if has_others else told


def _months(first: str, until: str) -> str:
    return _month(first) if first == until else f"{_month(first)}–{_month(until)}"


def _month(month: str) -> str:
    return MONTHS[int(month[5:]) - 1]
