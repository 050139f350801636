"""Sentences about investments as the municipalities are invoiced for them."""

import pandas as pd

from rorikt_lib.present.numbers import integer
from rorikt_lib.present.stated import figure


def summary(table: pd.DataFrame, year: int | None) -> str | None:
    """The year's frame, what is paid without VAT, and what last year's underspend takes off; None without a frame."""
    if table.empty:
        return None
    total = table.iloc[-1]
    frame = (
        f"Investeringsrammen for {year} er {integer(total.frame_nok)} kroner med mva. Staten kompenserer mva, så kommunene "
        f"betaler {integer(total.on_account_nok)} kroner a konto."
    )
    if not total.underspend_nok:
        return frame
    without, gross = (integer(-figure(nok)) for nok in (total.underspend_nok, total.underspend_gross_nok))
    return (
        f"{frame} Fra det trekkes mindreforbruket fra {year - 1} slik budsjettet har det, {without} kroner uten mva ({gross} kroner med), så det "
        f"skal betales {integer(total.total_payment_nok)} kroner."
    )
