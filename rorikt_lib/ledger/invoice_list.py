"""Which expected invoices the model counts on, and the list of them that the report shows."""

import pandas as pd

from rorikt_lib.terms.enums import Reading, Rhythm
from rorikt_lib.terms.fields import SUM

# A longer list has the invoices under this amount gathered in one row.
MOST_ROWS = 20
SMALL_NOK = 100_000


def counted_on(expected: pd.DataFrame, model: pd.DataFrame) -> pd.DataFrame:
    """The expected invoices that the model counts on: of lines of cost that it reads by their suppliers' rhythms.

    expected: see commitments.expected_invoices. model: see year_end.model_forecast.
    """
    by_line = expected.groupby("line").amount_nok.sum()
    lines = model.line[(model.reading == Reading.COMMITMENTS) & (model.line.map(by_line) > 0)]
    return expected[expected.line.isin(lines)]


def listed(invoices: pd.DataFrame) -> pd.DataFrame:
    """One row per expected invoice and a SUM row, in the order of month and amount; a monthly series is one row.

    Columns: line, supplier_name, rhythm, first_month, expected_month (the last of a series), amount_nok, last_month,
    last_nok, suppliers (how many the row gathers) and row (number in the list). A list of more than MOST_ROWS has those
    under SMALL_NOK gathered in one row without names.
    """
    is_monthly = invoices.rhythm == Rhythm.MONTHLY
    of_its_own = invoices.index.where(~is_monthly, -1)
    series = invoices.assign(of_its_own=of_its_own).groupby(["line", "supplier_name", "rhythm", "of_its_own"])
    rows = series.agg(
        first_month=("expected_month", "min"), expected_month=("expected_month", "max"),
        amount_nok=("amount_nok", "sum"), last_month=("last_month", "max"), last_nok=("last_nok", "last"),
    ).reset_index().drop(columns="of_its_own").assign(suppliers=1)  # fmt: skip
    order = ["first_month", "amount_nok", "supplier_name"]
    rows = _small_gathered(rows.sort_values(order, ascending=[True, False, True], kind="stable"))
    total = pd.DataFrame({"line": [SUM], "supplier_name": [None], "amount_nok": [rows.amount_nok.sum()]})
    if rows.line.nunique() < 2:
        total["supplier_name"] = SUM
    table = pd.concat([rows, total.head(len(rows))], ignore_index=True)
    return table.assign(row=range(1, len(table) + 1))


def _small_gathered(rows: pd.DataFrame) -> pd.DataFrame:
    small = rows[rows.amount_nok < SMALL_NOK]
    if len(rows) <= MOST_ROWS or len(small) < 2:
        return rows
    lines = small.line.unique()
    gathered = {
        "line": lines[0] if len(lines) == 1 else None, "first_month": small.first_month.min(),
        "expected_month": small.expected_month.max(), "amount_nok": small.amount_nok.sum(),
        "suppliers": small.supplier_name.nunique(),
    }  # fmt: skip
    return pd.concat([rows.drop(index=small.index), pd.DataFrame([gathered])], ignore_index=True)
