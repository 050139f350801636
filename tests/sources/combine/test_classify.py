"""Account and project → the report's line; what nobody claims stops the run."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_postings
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.ledger.costs import cost_table
from rorikt_lib.sources.combine.classify import classify
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.schemas import empty


def rows(*cells: tuple[str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["account", "project"], dtype="str")
    return frame.assign(source_file="hovedbok.csv", source_line=range(2, len(cells) + 2))


def test_the_first_three_digits_of_the_account_choose_the_expense_type(settings):
    classified = classify(rows(("010", None), ("01000", None), ("19599", None), ("271", None), ("700", None)), settings)
    expected = ["Lønn", "Lønn", "Lisens, vedlikehold og support", "Konsulenter", "Inntekter"]
    assert classified["line"].tolist() == expected
    assert (classified["kind"] == "operating").all()


def test_an_investment_project_is_its_own_line_whatever_the_account(settings):
    classified = classify(rows(("200", "6201"), ("999", "6201"), ("200", None)), settings)
    assert classified["line"].tolist() == ["Grunnmur del 3", "Grunnmur del 3", "Kjøp/leasing"]
    assert classified["kind"].tolist() == ["investment", "investment", "operating"]


def test_accounts_that_no_type_claims_are_named_with_their_rows_and_the_first_place(settings):
    frame = rows(("010", None), ("411", None), ("580", None), ("411", None))
    problem = (
        r"^hovedbok\.csv, line 3: no expense type claims the account 411 \(2 rows\), 580 \(1 rows\)\. "
        r"Remedy: .*add it to ledger\.expense_types"
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
    listed = rows(("X1", None), ("010", None)).assign(kind=["operating", None], line=["Konsulenter", None])
    assert classify(listed, settings)["line"].tolist() == ["Konsulenter", "Lønn"]


@pytest.mark.parametrize("account", ["010", "X1", "700"])
def test_a_given_line_that_is_an_investment_project_says_the_kind(settings, account):
    listed = rows((account, None)).assign(line="Innbyggerportal")
    assert classify(listed, settings)[["kind", "line"]].to_numpy().tolist() == [["investment", "Innbyggerportal"]]


@pytest.mark.parametrize(
    ("kind", "line", "project", "named"),
    [
        ("operating", "Innbyggerportal", None, "operating Innbyggerportal"),
        ("investment", "Lønn", None, "investment Lønn"),
        ("investment", None, None, "investment without project"),
        (None, "Lønn", "6101", "investment Lønn"),
        ("operating", "Bil", None, "operating Bil"),
    ],
)
def test_a_line_that_the_report_has_not_is_refused_with_its_rows_and_the_first_place(
    settings, kind, line, project, named
):
    frame = rows(("010", None), ("010", project), ("010", project))
    listed = frame.assign(
        kind=pd.Series([None, kind, kind], dtype="str"), line=pd.Series([None, line, line], dtype="str")
    )
    problem = rf"^hovedbok\.csv, line 3: the report has no line {named} \(2 rows\)\. Remedy: let mappings in workbook"
    with pytest.raises(InputError, match=problem):
        classify(listed, settings)


def test_at_most_ten_lines_that_the_report_has_not_are_named(settings):
    frame = rows(*[("010", None)] * 12).assign(line=[f"Linje {n}" for n in range(12)])
    with pytest.raises(InputError, match=r"Linje 9 \(1 rows\) and 2 more\. "):
        classify(frame, settings)


def test_an_investment_without_a_project_is_on_the_line_that_the_settings_name_for_it(settings):
    classes = {"0": "investment", "1": "operating"}
    used = with_ledger(settings, art_digits=(2, 4), account_classes=classes, without_project="Uten prosjekt")
    classified = classify(rows(("01950", None), ("01950", "6201"), ("11950", None), ("11950", "6201")), used)
    software = "Lisens, vedlikehold og support"
    assert classified["line"].tolist() == ["Uten prosjekt", "Grunnmur del 3", software, software]
    assert classified["kind"].tolist() == ["investment", "investment", "operating", "operating"]


def test_what_is_said_to_be_on_the_line_without_a_project_is_an_investment(settings):
    used = with_ledger(settings, without_project="Uten prosjekt")
    listed = rows(("010", None), ("010", None)).assign(line=["Uten prosjekt", None], kind=[None, "investment"])
    classified = classify(listed, used)
    assert classified[["kind", "line"]].to_numpy().tolist() == [["investment", "Uten prosjekt"]] * 2
    assert used.ledger.report_lines[Kind.INVESTMENT][-1] == "Uten prosjekt"


POSTING = st.fixed_dictionaries(
    {
        "account": st.sampled_from(["010", "195", "700", "X1"]),
        "project": st.sampled_from([None, None, "6101", "6201"]),
        "kind": st.sampled_from([None, None, "operating", "investment"]),
        "line": st.sampled_from([None, None, "Lønn", "Innbyggerportal"]),
        "amount_nok": st.integers(-1000, 1000),
    }
)


@given(st.lists(POSTING, min_size=1, max_size=4))
def test_the_reports_lines_add_up_to_the_postings_or_the_run_stops(settings, given_rows):
    postings = make_postings(*({"amount_nok": float(row["amount_nok"])} for row in given_rows))
    cells = pd.DataFrame(given_rows)[["account", "project", "kind", "line"]].astype("str")
    try:
        postings = classify(postings.assign(**cells), settings)
    except InputError:
        return
    tables = [
        cost_table(postings, empty("budget_lines"), empty("adopted_forecasts"), kind, "2024-09", settings.ledger)
        for kind in Kind
    ]
    assert sum(table["actual_nok"].iloc[:-1].sum() for table in tables) == sum(row["amount_nok"] for row in given_rows)


def with_ledger(settings, **changes):
    return settings.model_copy(update={"ledger": settings.ledger.model_copy(update=changes)})


CLASSES = {"0": "investment", "1": "operating", "2": "balance"}


def test_art_in_other_digits_than_the_settings_say_stops_the_run(settings):
    frame = rows(("10100", None), ("11950", None), ("12400", None), ("120", None))
    problem = r"^hovedbok\.csv, line 2: 3 of 4 accounts, as 10100, .* in the digits 2 to 4\. Remedy: write art_digits: \[2, 4\]"
    with pytest.raises(InputError, match=problem):
        classify(frame, settings)


def test_class_art_and_sub_account_are_filed_by_class_and_art(settings):
    used = with_ledger(settings, art_digits=(2, 4), account_classes=CLASSES)
    classified = classify(rows(("10100", None), ("11950", "6201"), ("01950", "6201")), used)
    assert classified["line"].tolist() == ["Lønn", "Lisens, vedlikehold og support", "Grunnmur del 3"]
    assert classified["kind"].tolist() == ["operating", "operating", "investment"]
    with pytest.raises(InputError, match="line 2: the report has no line investment without project"):
        classify(rows(("01950", None)), used)
    with pytest.raises(InputError, match=r"no class of the report begins the account 31950 \(1 rows\)"):
        classify(rows(("10100", None), ("31950", None)), used)


def test_a_short_account_among_longer_ones_is_not_filed_under_another_line(settings):
    frame = rows(("1950", None), ("1200", None), ("2400", None), ("100", None))
    with pytest.raises(InputError, match=r"line 5: account 100 among accounts of 4 digits: it may be 0100"):
        classify(frame, settings)
    as_it_stands = classify(frame, with_ledger(settings, account_digits=3))
    assert as_it_stands["line"].iloc[-1] == "Drift av stab og lokaler"


def test_a_short_account_that_is_no_art_with_its_zeros_is_let_be(settings):
    assert len(classify(rows(("1950", None), ("1200", None), ("2400", None), ("270", None)), settings)) == 4


def test_a_company_plan_is_filed_by_settings_alone(settings):
    plan = {
        "art_digits": (1, 4), "income_arts": ["3000-3999"], "projects": [],
        "expense_types": {"Inntekter": ["3000-3999"], "Varer": ["4000-4999"], "Drift": ["5000-7999"]},
    }  # fmt: skip
    used = with_ledger(settings, **plan)
    classified = classify(rows(("3000", None), ("4300", None), ("6540", None)), used)
    assert classified["line"].tolist() == ["Inntekter", "Varer", "Drift"]
    assert used.ledger.is_income("3000")
    assert not used.ledger.is_income("6540")
