"""The yearly documents from an open workbook: which year, which budget, which model, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts, make_postings
from norwegian import typed

from rorikt_lib.errors import InputError
from rorikt_lib.report import budget, charges, cuts, figures, investments, scenarios, settlement, sharing, step_prices
from rorikt_lib.report.records import records
from rorikt_lib.report.show import each, table
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


def book_of(month: str = "2024-09", root: Path = Path("nowhere"), years=(2023, 2024), **given: pd.DataFrame):
    return make_book(month, root=root, allocation_keys=make_keys(dict.fromkeys(years, SHARES)), **given)


@pytest.fixture
def content(tmp_path):
    def write(path: str, text: str) -> Path:
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("month", "years", "expected"),
    [("2024-09", (2023, 2024), 2024), ("2023-12", (2023, 2024, 2025), 2024), ("2021-12", (2023,), None)],
)
def test_the_budgets_year_is_the_newest_with_keys_up_to_next_year(month, years, expected):
    assert charges.budget_year(book_of(month, years=years)) == expected


def test_without_keys_there_is_nothing_and_no_error():
    book = make_book()
    assert charges.budget_year(book) is None
    chapters = (sharing, budget, cuts, investments, settlement, step_prices, scenarios)
    for declared in figures.all_tables().values():
        if declared in [
            given for chapter in chapters for given in vars(chapter).values() if given is not sharing.COSTS
        ]:
            assert records(declared, book).empty
            assert table(declared, book).text == each(declared, book).text == ""


def test_the_adopted_budget_is_shared_and_each_year_has_its_own():
    years = sharing.YEARLY_AMOUNTS.frame(book_of()).set_index(["year", "municipality"])
    assert years.amount_nok[2024, "Molde"] == Decimal("35790800")
    assert years.amount_nok[2023, "SUM"] == 83_866_000
    assert years.cost_share[2024, "Rauma"] == 0.1


def test_the_walk_goes_from_last_years_adopted_budget_and_its_end_is_the_budget(content):
    book = book_of(root=content("budgets/2025.yml", "steps_nok: {Vekst: 523000}\n"), years=(2025,))
    rules = book.settings.sharing.model_copy(update={"model_of_year": {2025: "Vedtatte andeler"}})
    book = replace(book, settings=book.settings.model_copy(update={"sharing": rules}))
    assert budget.WALK.frame(book).amount_nok.tolist() == [89_477_000, 523_000, 90_000_000]
    assert sharing.KEYS.frame(book).amount_nok.sum() == 90_000_000


def test_steps_that_arrive_elsewhere_than_what_was_adopted_are_refused(content):
    book = book_of(root=content("budgets/2024.yml", "steps_nok: {Vekst: 1}\n"))
    with pytest.raises(InputError, match=r"2024.yml: the steps arrive at 83866001, but 89477000 was adopted"):
        sharing.KEYS.frame(book)


def ledger(budget: float, actual: float, forecast: float | None = None, year: int = 2024):
    given = {"postings": make_postings({"period": f"{year}-03", "amount_nok": actual}),
             "budget_lines": make_budget({"year": year, "amount_nok": budget})}  # fmt: skip
    if forecast is not None:
        given["adopted_forecasts"] = make_forecasts({"amount_nok": forecast})
    return given


def test_the_months_variance_is_shared_by_the_years_shares_and_adds_up():
    made = sharing.DEVIATION.frame(book_of(**ledger(1000, 10, 897.5)))
    assert made.set_index("municipality").variance_nok.to_dict() == {
        "Aukra": 10, "Hustadvika": 21, "Molde": 41, "Rauma": 10, "Vestnes": 21, "SUM": 103,
    }  # fmt: skip


def test_without_a_forecast_nobody_is_reported_a_variance_before_the_year_is_over():
    assert sharing.DEVIATION.frame(book_of(**ledger(1000, 10))).empty
    december = sharing.DEVIATION.frame(book_of("2024-12", **ledger(1000, 900)))
    assert december.variance_nok.iloc[-1] == 100


def test_the_settlement_is_of_the_last_year_that_is_over_from_the_ledger():
    given = ledger(1000, 1100.5, year=2023)
    for month, year in {"2024-09": 2023, "2023-12": 2023}.items():
        book = book_of(month, **given)
        assert settlement.settled_year(book) == year
        made = settlement.OPERATING.frame(book).set_index("municipality")
        assert made.amount_nok["Molde"] == Decimal("-40.2")
        assert made.amount_nok["SUM"] == Decimal("-100.5")


def test_a_year_without_a_ledger_is_not_settled():
    assert settlement.OPERATING.frame(book_of(budget_lines=make_budget({"year": 2023}))).empty


def test_an_account_of_investments_is_settled_by_its_own_years_shares(content):
    told = "investment_account: {year: 2023, spent_nok: 100, paid_nok: {Aukra: 30, Hustadvika: 30, Molde: 30, Rauma: 5, Vestnes: 5}}"
    made = settlement.INVESTMENT.frame(book_of(root=content("budgets/2024.yml", told)))
    assert made.amount_nok.tolist() == [20, 10, -10, -5, -15, 0]


PAID = "paid_nok: {Aukra: 40, Hustadvika: 40, Molde: 40, Rauma: 40, Vestnes: 40}"


def test_an_account_that_does_not_say_what_was_spent_has_what_the_ledger_has_without_vat(content):
    invested = {"kind": "investment", "line": "App-utvikling", "period": "2023-07", "amount_nok": 125.0}
    folder = content("budgets/2024.yml", f"investment_account: {{year: 2023, {PAID}}}")
    made = settlement.INVESTMENT.frame(book_of(root=folder, postings=make_postings(invested)))
    assert made.spent_nok.tolist() == [10, 20, 40, 10, 20, 100]
    assert made.amount_nok.iloc[-1] == 100
    # Nothing is known to have been spent: then nothing is to be paid back.
    assert settlement.INVESTMENT.frame(book_of(root=folder)).empty


@pytest.mark.parametrize(("month", "is_settled"), [("2023-11", False), ("2023-12", True), ("2024-09", True)])
def test_an_account_is_settled_when_its_year_is_over_and_stands_in_the_report_that_ends_it(content, month, is_settled):
    folder = content("budgets/2024.yml", f"investment_account: {{year: 2023, spent_nok: 100, {PAID}}}")
    book = book_of(month, root=folder)
    assert settlement.INVESTMENT.frame(book).empty != is_settled
    is_year_end = month == "2023-12"
    assert (table(settlement.INVESTED_IN_THE_YEAR, book).text != "") == is_year_end
    assert (settlement.invested_in_the_year(book) is not None) == is_year_end


def test_what_ends_a_year_has_its_own_account_and_not_the_one_before_it(content):
    """Next year's keys may not be there yet: the newest budget is then the year's own, with the account before it."""
    folder = content("budgets/2024.yml", f"investment_account: {{year: 2023, spent_nok: 50, {PAID}}}")
    december = book_of("2024-12", root=folder)
    assert settlement.INVESTMENT.frame(december).empty
    assert settlement.invested_in_the_year(december) is None
    assert settlement.INVESTMENT.frame(book_of("2024-11", root=folder)).year.iloc[0] == 2023
    content("budgets/2025.yml", f"investment_account: {{year: 2024, spent_nok: 100, {PAID}}}")
    for years in ((2023, 2024), (2023, 2024, 2025)):
        made = settlement.INVESTMENT.frame(book_of("2024-12", root=folder, years=years))
        assert (made.year.unique().tolist(), made.spent_nok.iloc[-1]) == ([2024], 100)


def test_in_december_the_settlement_stands_instead_of_the_months_variance():
    given = ledger(1000, 1100.5, year=2023)
    december, november = (book_of(month, **given) for month in ("2023-12", "2023-11"))
    assert table(sharing.DEVIATION, december).text == table(settlement.OF_THE_YEAR, november).text == ""
    assert "−40,20" in table(settlement.OF_THE_YEAR, december).text
    assert sharing.deviation_summary(december) is None
    assert "merforbruk på 100,50 kroner" in settlement.of_the_year(december)
    assert settlement.of_the_year(november) is None


def test_a_frame_without_a_share_goes_by_the_municipalitys_own(content):
    told = "measures: {frame: {municipality: Molde, amount_nok: 32000000}, amounts_nok: {Kutt: -9000000}}"
    row = cuts.FRAME.frame(book_of(root=content("budgets/2024.yml", told))).iloc[0]
    assert (row.total_nok, row.needed_nok, row.left_nok) == (80_000_000, -9_477_000, -477_000)


def test_last_year_and_this_differ_by_cost_alone_where_the_shares_are_the_same():
    made = budget.CHANGES.frame(book_of()).set_index("municipality")
    assert (made.key_effect_nok == 0).all()
    assert made.change_nok["SUM"] == 89_477_000 - 83_866_000


def test_a_model_whose_keys_the_year_lacks_is_left_out():
    assert sharing.MODELS.frame(book_of()).sharing_model.unique().tolist() == ["Vedtatte andeler"]


def test_only_scenarios_of_the_budgets_year_are_worked_out_and_a_wrong_one_is_named(content):
    content("scenarios/a.yml", "title: A\nyear: 2024\nleaves: [Rauma]\n")
    folder = content("scenarios/b.yml", "title: B\nyear: 2025\nleaves: [Oslo]\n")
    made = scenarios.SCENARIOS.frame(book_of(root=folder))
    assert made.title.unique().tolist() == ["A"]
    assert made.set_index("municipality").change_nok["SUM"] == 0
    content("scenarios/a.yml", "title: A\nyear: 2024\nleaves: [Oslo]\n")
    with pytest.raises(InputError, match=r"a.yml: no municipality is called Oslo"):
        scenarios.SCENARIOS.frame(book_of(root=folder))


# Two categories, so that each has its sum; Bookup is for Rauma alone.
TWO = [
    (2025, "Drift", "PC-er", {"Molde": 3, "Rauma": 1}, 8_000_000),
    (2025, "Lisens", "Bookup", {"Molde": 0, "Rauma": 1}, 1_000_000),
]


def two_categories(content, items=TWO):
    """A year of two categories without a model: its items at their cost, 9 million in all."""
    keys = [(year, category, item, place, key) for year, category, item, own, _ in items for place, key in own.items()]
    costs = [(year, category, item, cost, None) for year, category, item, _, cost in items]
    given = {
        name: tables.validate(name, pd.DataFrame(rows, columns=tables.empty(name).columns))
        for name, rows in {"allocation_keys": keys, "allocation_costs": costs}.items()
    }
    book = make_book(root=content("budgets/2025.yml", "steps_nok: {Mindre: -80477000}\n"), **given)
    own = book.settings.sharing.model_copy(update={"model_of_year": {}})
    return replace(book, settings=book.settings.model_copy(update={"sharing": own}))


def cells(text: str) -> list[str]:
    return [line for line in typed(text).splitlines() if line.startswith("|")]


def test_the_amounts_are_published_with_the_sums_of_items_categories_and_municipalities(content):
    book = two_categories(content)
    lines = cells(table(sharing.AMOUNTS, book).text)
    assert lines[0] == "| Post | Molde | Rauma | Sum |"
    assert lines[2] == "| PC-er | 6 000 000 | 2 000 000 | 8 000 000 |"
    assert lines[3] == "| **Sum Drift** | **6 000 000** | **2 000 000** | **8 000 000** |"
    assert lines[4] == "| Bookup |  | 1 000 000 | 1 000 000 |"
    assert lines[-1] == "| **Sum** | **6 000 000** | **3 000 000** | **9 000 000** |"


def test_every_sum_of_the_amounts_is_a_figure(content):
    made = records(sharing.AMOUNTS, two_categories(content)).set_index("member").value
    assert made["2025|Drift|PC-er|SUM"] == 8_000_000
    assert made["2025|Lisens|Rauma"] == made["2025|Lisens|SUM"] == 1_000_000
    assert made["2025|Molde"] == 6_000_000
    assert made["2025|SUM"] == 9_000_000
    assert "2025|Lisens|Bookup|Molde" not in made


def test_the_share_of_each_category_is_published_where_there_are_several(content):
    lines = cells(table(sharing.CATEGORIES, two_categories(content)).text)
    assert lines[2:] == [
        "| Drift | 75,00 % | 25,00 % |",
        "| Lisens | 0,00 % | 100,00 % |",
        "| **Sum** | **66,67 %** | **33,33 %** |",
    ]
    assert table(sharing.CATEGORIES, book_of()).text == ""


def test_an_item_that_two_categories_have_is_kept_apart(content):
    items = [(2025, "A", "x", {"Molde": 1}, 8_000_000), (2025, "B", "x", {"Molde": 1}, 1_000_000)]
    book = two_categories(content, items)
    assert set(sharing.KEYS.frame(book).row) == {"x (A)", "x (B)"}
    assert set(sharing.KEYS.frame(book)["item"]) == {"x"}


def test_what_a_step_is_made_of_is_a_table_of_its_own_found_by_its_id(content):
    told = "steps_nok: {Vekst: 0, Kutt: 5, Nytt: 1}\nparts_nok: {Kutt: {x: 2, y: 3}, Nytt: {z: 2}}\n"
    book = book_of(root=content("budgets/2025.yml", told), years=(2025,))
    assert [part.key for part in budget.STEPS.parts(book)] == ["trinn-1", "trinn-2"]
    text = each(budget.STEPS, book, budget.step_summary).text
    assert text.startswith("«Kutt» er 5 kroner, satt sammen slik:\n\n| Justering | Beløp |\n| --- | ---: |\n| x | 2 |")
    assert (
        "| **Sum** | **5** |\n\n: Hva «Kutt» er satt sammen av. Kroner. {#tabell-trinn-1}\n\n«Nytt» er oppgitt til 1"
        in text
    )
    made = records(budget.STEPS, book).set_index(["figure", "member"]).value
    assert made["budget.adjustment_difference", "Nytt|SUM"] == -1


def test_each_scenario_is_a_table_of_its_own_with_frame_and_invoices_where_anything_is_invoiced(content):
    content("scenarios/a.yml", "title: A\nyear: 2025\nleaves: [Rauma]\n")
    content("scenarios/b.yml", "title: B\nyear: 2025\nfinancing: {alternative: paid_by_each, category: Drift}\n")
    book = two_categories(content)
    leaves, invoiced = scenarios.SCENARIOS.parts(book)
    assert (leaves.key, invoiced.key) == ("scenario-a", "scenario-b")
    assert "invoiced_nok" not in leaves.published(book)
    assert {"frame_nok", "invoiced_nok"} <= {*invoiced.published(book)}
    text = each(scenarios.SCENARIOS, book, scenarios.heading, scenarios.described).text
    assert [line for line in text.splitlines() if line.startswith("#")] == ["## A", "## B"]
    assert ": A; andelene er av rammen. Kroner. {#tabell-scenario-a}" in text
    assert len(records(scenarios.SCENARIOS, book).query("figure == 'scenario.invoiced'")) == 6


def test_numbers_of_parts_are_noted_and_words_that_someone_wrote_are_noted_as_theirs(content):
    content("scenarios/a.yml", "title: 20 flere\nyear: 2025\nleaves: [Rauma]\n")
    numbers = each(scenarios.SCENARIOS, two_categories(content), scenarios.heading, scenarios.described).numbers
    assert {(number.text, number.how) for number in numbers} >= {("20 flere", "quoted"), ("2,0", "size of figure")}
