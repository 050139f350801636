"""Sentences about invoices that suppliers' rhythms make expected this year."""

import pandas as pd

from rorikt_lib.ledger.invoice_list import SMALL_NOK
from rorikt_lib.present.amounts import scale_of
from rorikt_lib.present.nn.grammar import called, count, kroner, listed
from rorikt_lib.present.numbers import month_alone
from rorikt_lib.present.stated import number, total
from rorikt_lib.present.tables import plain


def summary(invoices: pd.DataFrame) -> str | None:
    """How much is expected, in how many invoices, and the largest of them; None where none is expected."""
    if invoices.empty:
        return None
    lines, largest = list(invoices.line.unique()), invoices.loc[invoices.amount_nok.idxmax()]
    scale, when = scale_of([total(invoices.amount_nok), largest.amount_nok]), f"i {_month(largest.expected_month)}"
    of, sender = listed([*map(called, lines)]), plain(largest.supplier_name)
    if len(invoices) == 1:
        return f"For {of} er det venta 1 faktura til før året er slutt: {scale.amount(largest.amount_nok)} frå {sender}, {when}."
    amounts = f"{count(number(invoices.line), 'faktura', 'fakturaar')} til før året er slutt, på til saman"
    return (
        f"For {of} er det venta {amounts} {scale.amount(total(invoices.amount_nok))}. "
        f"Den største, {scale.amount(largest.amount_nok)} frå {sender}, er venta {when}."
    )


def others(suppliers: float) -> str:
    """What a row that gathers invoices of several suppliers is called."""
    return f"Andre ({count(suppliers, 'leverandør', 'leverandørar')})"


def caption(table: pd.DataFrame) -> str:
    """Caption of the list of invoices; says which are gathered, where some are."""
    text = "Venta fakturaar som ikkje er komne, etter den faste rytmen til leverandørane."
    return f"{text} Andre: venta beløp under {kroner(SMALL_NOK)}." if (table.suppliers > 1).any() else text


def months(first: str, until: str) -> str:
    """`oktober`, or `oktober–november`."""
    return _month(first) if first == until else f"{_month(first)}–{_month(until)}"


def _month(month: str) -> str:
    return month_alone(month)
