"""The yearly documents from an open workbook: which year, which budget, which model, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts, make_postings

from rorikt_lib import measures
from rorikt_lib.errors import InputError
from rorikt_lib.figures.sharing import budget, sharing
from rorikt_lib.terms import schemas as tables

PLACES = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]
SHARES = {"Aukra": 0.1, "Hustadvika": 0.2, "Molde": 0.4, "Rauma": 0.1, "Vestnes": 0.2}


def make_keys(years: dict[int, dict[str, float]]) -> pd.DataFrame:
    """Adopted shares: one item a year."""
    rows = [
        (year, "Alle kostnader", "Vedtatt andel", place, key)
        for year, keys in years.items()
        for place, key in keys.items()
    ]
    frame = pd.DataFrame(rows, columns=tables.empty("allocation_keys").columns)
    return tables.validate("allocation_keys", frame)


def book_of(month: str = "2024-09", content: Path = Path("nowhere"), years=(2023, 2024), **given: pd.DataFrame):
    return make_book(month, content=content, allocation_keys=make_keys(dict.fromkeys(years, SHARES)), **given)


@pytest.fixture
def content(tmp_path):
    def write(path: str, text: str) -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("month", "years", "expected"),
    [("2024-09", (2023, 2024), 2024), ("2023-12", (2023, 2024, 2025), 2024), ("2021-12", (2023,), None)],
)
def test_the_budgets_year_is_the_newest_with_keys_up_to_next_year(month, years, expected):
    assert measures.budget_year(book_of(month, years=years)) == expected


def test_without_keys_there_is_nothing_and_no_error():
    book = make_book()
    assert measures.budget_year(book) is None
    for part in [*sharing(book), *budget(book)]:
        assert part.empty


def test_the_adopted_budget_is_shared_and_each_year_has_its_own():
    table = measures.yearly_shares(book_of()).set_index(["year", "municipality"])
    assert table.amount_nok[2024, "Molde"] == Decimal("35790800")
    assert table.amount_nok[2023].sum() == 83_866_000
    assert table.cost_share[2024, "Rauma"] == 0.1


def test_the_walk_goes_from_last_years_adopted_budget_and_its_end_is_the_budget(content):
    book = book_of(content=content("budgets/2025.yml", "steps_nok: {Vekst: 523000}\n"), years=(2025,))
    rules = book.settings.sharing.model_copy(update={"model_of_year": {2025: "Vedtatte andeler"}})
    book = replace(book, settings=book.settings.model_copy(update={"sharing": rules}))
    assert measures.budget_walk(book).amount_nok.tolist() == [89_477_000, 523_000, 90_000_000]
    assert measures.allocation(book).amount_nok.sum() == 90_000_000


def test_steps_that_arrive_elsewhere_than_what_was_adopted_are_refused(content):
    book = book_of(content=content("budgets/2024.yml", "steps_nok: {Vekst: 1}\n"))
    with pytest.raises(InputError, match=r"2024.yml: the steps arrive at 83866001, but 89477000 was adopted"):
        measures.allocation(book)


def ledger(budget: float, actual: float, forecast: float | None = None, year: int = 2024):
    given = {"postings": make_postings({"period": f"{year}-03", "amount_nok": actual}),
             "budget_lines": make_budget({"year": year, "amount_nok": budget})}  # fmt: skip
    if forecast is not None:
        given["adopted_forecasts"] = make_forecasts({"amount_nok": forecast})
    return given


def test_the_months_variance_is_shared_by_the_years_shares_and_adds_up():
    table = measures.deviation_by_municipality(book_of(**ledger(1000, 10, 897.5)))
    assert table.set_index("municipality").variance_nok.to_dict() == {
        "Aukra": 10, "Hustadvika": 21, "Molde": 41, "Rauma": 10, "Vestnes": 21, "SUM": 103,
    }  # fmt: skip


def test_without_a_forecast_nobody_is_told_a_variance_before_the_year_is_over():
    assert measures.deviation_by_municipality(book_of(**ledger(1000, 10))).empty
    december = measures.deviation_by_municipality(book_of("2024-12", **ledger(1000, 900)))
    assert december.variance_nok.iloc[-1] == 100


def test_the_settlement_is_of_the_last_year_that_is_over_from_the_ledger():
    given = ledger(1000, 1100.5, year=2023)
    for month, year in {"2024-09": 2023, "2023-12": 2023}.items():
        book = book_of(month, **given)
        assert measures.settled_year(book) == year
        table = measures.operating_settlement(book).set_index("municipality")
        assert table.amount_nok["Molde"] == Decimal("-40.2")
        assert table.amount_nok["SUM"] == Decimal("-100.5")


def test_a_year_without_a_ledger_is_not_settled():
    assert measures.operating_settlement(book_of(budget_lines=make_budget({"year": 2023}))).empty


def test_an_account_of_investments_is_settled_by_its_own_years_shares(content):
    told = "investment_account: {year: 2023, spent_nok: 100, paid_nok: {Aukra: 30, Hustadvika: 30, Molde: 30, Rauma: 5, Vestnes: 5}}"
    table = measures.investment_settlement(book_of(content=content("budgets/2024.yml", told)))
    assert table.amount_nok.tolist() == [20, 10, -10, -5, -15, 0]


def test_a_frame_without_a_share_goes_by_the_municipalitys_own(content):
    told = "measures: {frame: {municipality: Molde, amount_nok: 32000000}, amounts_nok: {Kutt: -9000000}}"
    row = measures.frame_check(book_of(content=content("budgets/2024.yml", told))).iloc[0]
    assert (row.total_nok, row.needed_nok, row.left_nok) == (80_000_000, -9_477_000, -477_000)


def test_last_year_and_this_differ_by_cost_alone_where_the_shares_are_the_same():
    table = measures.against_last_year(book_of()).set_index("municipality")
    assert (table.key_effect_nok == 0).all()
    assert table.change_nok["SUM"] == 89_477_000 - 83_866_000


def test_a_model_whose_keys_the_year_lacks_is_left_out():
    assert measures.sharing_models(book_of()).sharing_model.unique().tolist() == ["Vedtatte andeler"]


def test_only_scenarios_of_the_budgets_year_are_worked_out_and_a_wrong_one_is_named(content):
    content("scenarios/a.yml", "title: A\nyear: 2024\nleaves: [Rauma]\n")
    folder = content("scenarios/b.yml", "title: B\nyear: 2025\nleaves: [Oslo]\n")
    table = measures.scenarios(book_of(content=folder))
    assert table.title.unique().tolist() == ["A"]
    assert table.set_index("municipality").change_nok["SUM"] == 0
    content("scenarios/a.yml", "title: A\nyear: 2024\nleaves: [Oslo]\n")
    with pytest.raises(InputError, match=r"a.yml: no municipality is called Oslo"):
        measures.scenarios(book_of(content=folder))
