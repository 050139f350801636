"""Sentences about investments as the municipalities are invoiced for them."""

import pandas as pd

from rorikt_lib.present.numbers import integer
from rorikt_lib.present.stated import figure


def summary(table: pd.DataFrame, year: int | None) -> str | None:
    """The year's frame, what is paid without VAT, and what last year's underspend takes off; None without a frame."""
    if table.empty:
        return None
    total = table.iloc[-1]
    frame = f"Investeringsrammen for {year} er {integer(total.frame_nok)} kroner med mva. Uten mva er det {integer(total.on_account_nok)} som betales a konto."
    if not total.underspend_nok:
        return frame
    return f"{frame} Mindreforbruket fra {year - 1}, {integer(-figure(total.underspend_nok))} uten mva, trekkes fra, så det skal betales {integer(total.total_payment_nok)} kroner."
