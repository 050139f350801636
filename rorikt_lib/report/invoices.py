"""Økonomirapport: invoices that suppliers' rhythms make expected before the year is over."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.ledger import commitments, invoice_list
from rorikt_lib.present.sentences import invoices as words
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.economy import model_forecast
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.language import REFERENCE, using
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook, once

PREFIX = "operating_costs"


@once
def expected_invoices(book: Workbook) -> pd.DataFrame:
    """See ledger.commitments.expected_invoices, of operating lines; invoice: a number among equals."""
    rows = commitments.expected_invoices(book.table("postings"), Kind.OPERATING, book.month).drop(columns="supplier_id")
    return rows.assign(invoice=rows.groupby(["line", "supplier_name", "expected_month"]).cumcount() + 1)


# The expected invoices that the model counts on.
counted_on = from_book(invoice_list.counted_on, expected_invoices, model_forecast)


def added_up(invoices: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """NOK of the invoices by these columns."""
    return invoices.groupby(by, as_index=False).amount_nok.sum()


def _amounts(by: list[str]) -> Callable[[Workbook], pd.DataFrame]:
    return from_book(added_up, expected_invoices, by)


EXPECTED = Table(
    "ventede-fakturaer-enkeltvis",
    counted_on,
    {"line": "expense_type", "supplier_name": "supplier", "expected_month": "month", "invoice": "invoice"},
    named("expected_invoices", amount_nok="amount"),
    columns=["line", "supplier_name", "expected_month", "amount_nok"],
)
BY_LINE = Table(
    "ventede-fakturaer-linje",
    from_book(with_sum, _amounts(["line"]), "line", ["amount_nok"]),
    {"line": "expense_type"},
    named(PREFIX, amount_nok="expected_invoices"),
)
BY_MONTH = Table(
    "ventede-fakturaer-maned",
    _amounts(["line", "expected_month"]),
    {"line": "expense_type", "expected_month": "month"},
    named(PREFIX, amount_nok="expected_invoices"),
)


def listed(book: Workbook) -> pd.DataFrame:
    """See ledger.invoice_list.listed; expected_months in words, and gathered suppliers named together.

    supplier: the same names as figures.csv has them, whatever the language.
    """
    rows = invoice_list.listed(counted_on(book))
    is_known = rows.first_month.notna()
    months = [words.months(r.first_month, r.expected_month) for r in rows[is_known].itertuples()]
    others = _gathered(rows)
    with using(REFERENCE):
        as_recorded = _gathered(rows)
    return rows.assign(
        supplier=rows.supplier_name.fillna(as_recorded),
        expected_months=pd.Series(months, index=rows.index[is_known], dtype="str"),
        supplier_name=rows.supplier_name.fillna(others),
    )


def _gathered(rows: pd.DataFrame) -> pd.Series:
    """What the rows that gather suppliers are called."""
    return rows.suppliers.map(words.others, na_action="ignore").where(rows.rhythm.isna())


LISTED = Table(
    "ventede-fakturaer",
    listed,
    {"line": "expense_type", "supplier": "supplier", "row": "row"},
    named("expected_invoices", "suppliers", amount_nok="listed", last_nok="last"),
    columns=["line", "supplier_name", "rhythm", "expected_months", "amount_nok", "last_month", "last_nok"],
    counts="suppliers",
    if_several=["line"],
    total=True,
    caption=lambda book, frame: words.caption(frame),
)

summary = from_book(words.summary, EXPECTED)
