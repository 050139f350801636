"""Account and project → the report's line; what nobody claims stops the run."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.classify import classify


def rows(*cells: tuple[str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["account", "project"], dtype="str")
    return frame.assign(source_file="hovedbok.csv", source_line=range(2, len(cells) + 2))


def test_the_first_three_digits_of_the_account_choose_the_expense_type(settings):
    classified = classify(rows(("010", None), ("01000", None), ("19599", None), ("271", None), ("700", None)), settings)
    expected = ["Lønn", "Lønn", "Lisens, vedlikehold og support", "Konsulenter", "Inntekter"]
    assert classified["expense_type"].tolist() == expected
    assert (classified["kind"] == "operating").all()


def test_an_investment_project_is_its_own_line_whatever_the_account(settings):
    classified = classify(rows(("200", "6201"), ("999", "6201"), ("200", None)), settings)
    assert classified["expense_type"].tolist() == ["Grunnmur del 3", "Grunnmur del 3", "Kjøp/leasing"]
    assert classified["kind"].tolist() == ["investment", "investment", "operating"]


def test_accounts_that_no_type_claims_are_named_with_their_rows_and_the_first_place(settings):
    frame = rows(("010", None), ("411", None), ("580", None), ("411", None))
    problem = (
        r"^hovedbok\.csv, line 3: no expense type claims the account 411 \(2 rows\), 580 \(1 rows\)\. "
        r"Remedy: add it to ledger\.expense_types"
    )
    with pytest.raises(InputError, match=problem):
        classify(frame, settings)


def test_at_most_ten_accounts_are_named(settings):
    with pytest.raises(InputError, match=r"409 \(1 rows\) and 5 more\. "):
        classify(rows(*((f"{account}", None) for account in range(400, 415))), settings)


def test_a_project_that_is_not_in_the_settings_is_named(settings):
    with pytest.raises(InputError, match=r"line 2: no project in the settings has the code 9999 \(1 rows\)\. "):
        classify(rows(("200", "9999")), settings)


def test_what_the_export_says_itself_is_kept(settings):
    given = rows(("X1", None), ("010", None)).assign(kind=["operating", None], expense_type=["Konsulenter", None])
    assert classify(given, settings)["expense_type"].tolist() == ["Konsulenter", "Lønn"]
