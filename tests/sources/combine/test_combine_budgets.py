"""Budgets of all files as one table."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.combine.ledger import combine_budgets
from rorikt_lib.terms.schemas import empty


def lines(*rows: tuple[str, int | None, float]) -> pd.DataFrame:
    """Account, month and amount of budget lines of 2024, as a format's clean gives them."""
    frame = pd.DataFrame(rows, columns=["account", "month", "amount_nok"]).assign(
        year=2024,
        version="Vedtatt",
        cost_centre="100",
        project=None,
        source_file="b.csv",
        source_line=range(2, len(rows) + 2),
    )
    types = empty("budget_lines").dtypes[["account", "month", "cost_centre", "project", "version"]]
    return frame.astype(types.to_dict())


def test_a_budget_for_the_year_and_for_its_months_is_refused(settings):
    rows = lines(("195", 1, 5.0), ("195", 2, 7.0), ("195", None, 12.0))
    with pytest.raises(InputError, match=r"^b\.csv, line 4: 2024, Vedtatt, 195, 100 has a budget both for the year"):
        combine_budgets([rows], settings)


def test_accounts_may_differ_in_whether_their_budget_is_by_month(settings):
    rows = lines(("195", 1, 5.0), ("200", None, 12.0))
    assert combine_budgets([rows], settings)[0]["amount_nok"].sum() == 17.0


def test_months_by_cost_centre_that_make_the_accounts_year_are_the_same_budget(settings):
    rows = lines(("195", 1, 5.0), ("195", 2, 7.0), ("195", None, 12.0))
    rows = rows.assign(cost_centre=pd.array(["100", "100", None], dtype="str"))
    with pytest.raises(InputError, match=r"^b\.csv, line 4: .*both for the year and for months"):
        combine_budgets([rows], settings)
    others = rows.assign(amount_nok=[5.0, 7.0, 30.0])
    assert combine_budgets([others], settings)[0]["amount_nok"].sum() == 42.0


@pytest.mark.parametrize("centre", ["0100", None, "IKT"])
def test_one_budget_in_two_files_with_other_cost_centres_is_refused(settings, centre):
    first = lines(("195", None, 5.0), ("200", None, 12.0))
    second = first.assign(source_file="c.csv", cost_centre=pd.array([centre] * 2, dtype="str"))
    with pytest.raises(InputError, match=r"^c\.csv, line 2: the budget Vedtatt of 2024 has .* b\.csv has.*Remedy: "):
        combine_budgets([first, second], settings)
    differs = second.assign(amount_nok=[5.0, 13.0])
    assert combine_budgets([first, differs], settings)[0]["amount_nok"].sum() == 35.0
