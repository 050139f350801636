"""Sentences about expected invoices."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.present.nb import invoices

SOME = pd.DataFrame(
    {
        "line": "Tele",
        "supplier_name": ["Månedlig AS", "Årlig AS", "Liten AS", "Månedlig AS", "Månedlig AS", "Månedlig AS"],
        "expected_month": ["2024-10", "2024-12", "2024-10", "2024-11", "2024-12", "2024-12"],
        "amount_nok": [100e3, 1.2e6, 1e3, 100e3, 100e3, 7e3],
    }
)


def test_what_is_expected_is_reported_with_its_largest_invoice():
    assert invoices.summary(SOME) == (
        "For Tele ventes 6 fakturaer til før året er slutt, på til sammen 1,5 millioner kroner. "
        "Den største, 1,2 millioner kroner fra Årlig AS, ventes i desember."
    )
    assert invoices.summary(SOME[:0]) is None


@pytest.mark.parametrize(
    ("first", "until", "sentence"),
    [("2024-10", "2024-12", "oktober–desember"), ("2024-10", "2024-10", "oktober"), ("2024-07", "2024-07", "juli")],
)
def test_a_series_is_reported_from_its_first_month_to_its_last(first, until, sentence):
    assert invoices.months(first, until) == sentence


@pytest.mark.parametrize(("suppliers", "sentence"), [([1, 1, None], False), ([1, 20, None], True)])
def test_the_caption_says_which_invoices_are_gathered_where_some_are(suppliers, sentence):
    caption = invoices.caption(pd.DataFrame({"suppliers": suppliers}))
    assert ("Andre: ventet beløp under 100\u202f000 kroner." in caption) == sentence
    assert invoices.others(20) == "Andre (20 leverandører)"
