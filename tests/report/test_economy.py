"""Costs, forecasts and expected invoices of an open month: what the tables have, what is shown of it, what is a figure."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml
from books import history
from builders import make_book, make_budget, make_forecasts, make_postings
from norwegian import typed

from rorikt_lib.config.month_file import Report
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.course import months_in
from rorikt_lib.report import economy, forecast, invoices
from rorikt_lib.report.records import records
from rorikt_lib.terms.period import last_months
from rorikt_lib.workbook import Workbook

INVESTMENT = {"kind": "investment", "line": "App-utvikling"}
MONTHS = [m for year in (2023, 2024) for m in months_in(year)][:21]
LICENCE = "Lisens, vedlikehold og support"


def one_year_before(month: str = "2024-09", **given: pd.DataFrame) -> Workbook:
    """A month with one year behind it: a model, that cannot be tried."""
    return make_book(month, postings=make_postings(*({"period": m} for m in MONTHS)), **given)


def _year(year: int, amounts: list[float]) -> list[dict]:
    return [{"period": f"{year}-{n:02d}", "amount_nok": a} for n, a in enumerate(amounts, start=1)]


def test_the_course_adds_up_month_by_month_and_ends_with_the_reports_month():
    postings = make_postings(*_year(2024, [10, 20, 0, 5, 1]), {"period": "2023-12", "amount_nok": 999})
    book = make_book("2024-04", postings=postings, budget_lines=make_budget({"amount_nok": 120}))
    course = economy.COURSE.frame(book)
    assert course.month.tolist() == months_in(2024)
    assert course.actual_nok[:4].tolist() == [10, 30, 30, 35]
    assert course.actual_nok[4:].isna().all()
    assert course.budget_nok.tolist() == pytest.approx([10 * n for n in range(1, 13)])
    assert course.behind_nok[:4].tolist() == pytest.approx([0, -10, 0, 5])


def test_the_course_of_a_whole_year_ends_with_its_actuals_and_its_budget():
    postings = make_postings(*_year(2024, [10] * 12), {"period": "2024-13", "amount_nok": 7, "line": "Konsulenter"})
    budget = make_budget({"amount_nok": 100, "month": 2}, {"amount_nok": -30, "line": "Inntekter"})
    last = economy.COURSE.frame(make_book("2024-12", postings=postings, budget_lines=budget)).iloc[-1]
    assert last[["actual_nok", "budget_nok"]].tolist() == pytest.approx([127, 70])


def test_a_project_that_is_over_has_a_mark_and_the_column_is_there_only_where_one_is():
    over = make_postings(INVESTMENT | {"amount_nok": 5_000.0})
    book = make_book(postings=over, budget_lines=make_budget(INVESTMENT | {"amount_nok": 1_000.0}))
    assert economy.INVESTMENTS.published(book).columns.tolist() == [
        "line", "actual_nok", "budget_nok", "variance_nok", "mark",
    ]  # fmt: skip
    assert economy.INVESTMENTS.frame(book).mark.fillna("").tolist() == ["over_budget", ""]
    assert "for App-utvikling (5\u202f000 mot 1\u202f000 kroner)." in economy.overspent_projects(book)
    within = make_book(postings=over, budget_lines=make_budget(INVESTMENT | {"amount_nok": 9_000.0}))
    assert "mark" not in economy.INVESTMENTS.published(within)


def test_model_and_adopted_forecast_stand_side_by_side_with_their_difference_and_the_reason():
    table = forecast.COMPARED.frame(history()).set_index("line")
    assert table.index[-1] == "SUM"
    assert table.adopted_nok[LICENCE] == 4_000_000
    difference = table.model_nok - table.adopted_nok
    assert difference.notna().sum() == 2
    pd.testing.assert_series_equal(table.difference_nok, difference, check_names=False)
    assert table.reason[LICENCE] == "Avtaler er sagt opp"


@pytest.mark.parametrize("book", [one_year_before("2024-12"), make_book(postings=make_postings({}))])
def test_a_year_that_is_over_and_a_month_without_model_have_nothing_to_compare(book):
    assert forecast.COMPARED.frame(book).empty
    assert forecast.COMPARED.published(book).empty


def test_a_table_without_interval_or_adopted_forecast_leaves_their_columns_out():
    assert forecast.COMPARED.published(one_year_before()).columns.tolist() == ["line", "model_nok"]


def _month(period: str, model: float, booked: float) -> dict:
    none = dict.fromkeys(["next_month_nok", "committed_nok", "committed_next_nok"], 0.0)
    return none | {"period": period, "line": "Lønn", "model_nok": model, "booked_nok": booked, "reading": "steady"}


@pytest.mark.parametrize(("month", "shown"), [("2024-11", True), ("2024-12", False)])
def test_decembers_model_is_no_forecast_to_show_the_change_of(monkeypatch, month, shown):
    months = pd.DataFrame(_month(m, 100.0 * n, 10.0 * n) for n, m in enumerate(months_in(2024), start=1))
    monkeypatch.setattr(forecast, "forecasts_by_month", lambda book: months)
    book = make_book(month)
    assert forecast.MODEL_BRIDGE.frame(book).change_nok.tolist() == [100.0, 100.0]
    assert forecast.MODEL_BRIDGE.published(book).empty == (not shown)


def _expected(*rows: tuple[str, str, str, float], line: str = "Tele") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["supplier_name", "rhythm", "expected_month", "amount_nok"])
    return table.assign(line=line, last_month="2024-09", last_nok=table.amount_nok * 0.9, invoice=1)


@pytest.fixture
def shown(monkeypatch):
    """The list of the given expected invoices: as it is published, and its caption."""

    def published(*invoice_rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        rows = pd.concat(invoice_rows, ignore_index=True)
        monkeypatch.setattr(invoices, "counted_on", lambda book: rows)
        book = make_book()
        return invoices.LISTED.published(book), invoices.LISTED.captioned(book)

    return published


def test_months_of_a_series_are_reported_in_words_and_lines_stand_only_where_there_are_several(shown):
    series = [("Drift AS", "monthly", f"2024-{n}", 100e3) for n in (10, 11, 12)]
    table, _ = shown(_expected(*series, ("Årlig AS", "yearly", "2024-12", 1.2e6)))
    assert "line" not in table
    assert table.supplier_name.tolist() == ["Drift AS", "Årlig AS", "SUM"]
    assert table.expected_months.tolist()[:2] == ["oktober–desember", "desember"]
    both, _ = shown(_expected(*series), _expected(("B", "yearly", "2024-10", 9.0), line="Kurs"))
    assert both.columns[0] == "line"
    assert both.line.iloc[-1] == "SUM"


def test_small_invoices_of_a_long_list_are_gathered_under_one_name_and_the_caption_says_so(shown):
    small = [(f"Leverandør {n}", "yearly", "2024-11", 99_999.0) for n in range(20)]
    table, caption = shown(_expected(("Stor AS", "yearly", "2024-10", 100_000.0), *small))
    assert table.supplier_name.tolist() == ["Stor AS", "Andre (20 leverandører)", "SUM"]
    assert caption.endswith("Andre: ventet beløp under 100\u202f000 kroner. Tall i hele 1000.")
    _, without = shown(_expected(*small[:3]))
    assert "Andre" not in without


EARLIER = [{"period": period, "amount_nok": 100.0} for period in last_months("2024-08", 20)]


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    book = make_book(
        postings=make_postings(*EARLIER, {"amount_nok": 434.56}, INVESTMENT | {"amount_nok": 500.0}),
        budget_lines=make_budget({"amount_nok": 2000.0}, INVESTMENT | {"amount_nok": 400.0}),
        adopted_forecasts=make_forecasts({"amount_nok": 2500.0}, {"amount_nok": 900.0, "period": "2024-08"}),
    )
    declared = [economy.COSTS, economy.INVESTMENTS, economy.COURSE, forecast.MODEL]
    return pd.concat([records(table, book) for table in declared], ignore_index=True)


@pytest.mark.parametrize(
    ("figure", "dimension", "member", "value"),
    [
        ("operating_costs.actual", "expense_type", "Lønn", 1234.56),
        ("operating_costs.budget", "expense_type", "SUM", 2000),
        ("operating_costs.variance", "expense_type", "Lønn", -500),
        ("operating_costs.forecast", "expense_type", "Lønn", 2500),
        # Last year's remainder: there is no earlier year to try anything else on.
        ("operating_costs.model_forecast", "expense_type", "Lønn", 1234.56 + 300),
        ("operating_costs.model_so_far", "month", "2024-09", 1234.56),
        ("operating_costs.actual_so_far", "month", "2024-08", 800),
        ("investment_costs.actual", "project", "App-utvikling", 500),
        ("investment_costs.variance", "project", "SUM", -100),
    ],
)
def test_the_figures_of_costs_are_there_once_with_their_unit(figures, figure, dimension, member, value):
    is_it = (figures.figure == figure) & (figures.dimension == dimension) & (figures.member == member)
    assert figures[is_it][["period", "unit"]].to_numpy().tolist() == [["2024-09", "NOK"]]
    assert figures[is_it].value.item() == pytest.approx(value)


def test_what_is_not_known_is_no_record(figures):
    assert not ((figures.figure == "operating_costs.forecast") & (figures.member == "Konsulenter")).any()


@pytest.fixture(scope="module")
def steady() -> Workbook:
    """Wages and a lease through two years and nine months."""
    months = last_months("2024-09", 33)
    wages = [{"period": m, "amount_nok": 1000.0 + 10 * (n % 7) + n} for n, m in enumerate(months)]
    lease = {"line": "Kjøp/leasing", "supplier_id": "1", "supplier_name": "Leie AS", "amount_nok": 50.0}
    return make_book(postings=make_postings(*wages, *(lease | {"period": m} for m in months)))


def test_the_forecasts_figures_are_those_that_the_page_shows(steady):
    tables = [forecast.MODEL, economy.COURSE, forecast.MODEL_BRIDGE]
    value = pd.concat([records(table, steady) for table in tables]).set_index(["figure", "dimension", "member"]).value
    value = value[~value.index.duplicated()]
    total = economy.model_forecast(steady).set_index("line").loc["SUM"]
    for name, column in {"model_forecast": "model_nok", "model_low": "low_nok", "model_high": "high_nok"}.items():
        assert value[f"operating_costs.{name}", "expense_type", "SUM"] == total[column]
    ends = {"model_so_far": "model_nok", "model_so_far_low": "low_nok", "model_so_far_high": "high_nok"}
    for name, column in ends.items():
        assert value[f"operating_costs.{name}", "month", "2024-12"] == pytest.approx(total[column])
        assert (f"operating_costs.{name}", "month", "2024-08") not in value
    bridge = ["previous", "booked_apart", "new_invoices", "outlook_change"]
    parts = [value[f"operating_costs.model_{part}", "expense_type", "SUM"] for part in bridge]
    assert sum(parts) == pytest.approx(total.model_nok)


def test_expected_invoices_are_figures_by_line_and_month(steady):
    found = pd.concat([records(table, steady) for table in (invoices.BY_LINE, invoices.BY_MONTH)])
    assert set(found.figure) == {"operating_costs.expected_invoices"}
    assert dict(zip(found.member, found.value, strict=True)) == {
        "Kjøp/leasing": 150, "SUM": 150, "Kjøp/leasing|2024-10": 50, "Kjøp/leasing|2024-11": 50, "Kjøp/leasing|2024-12": 50,
    }  # fmt: skip


def _december(root, told: str, *forecasts: dict, month: str = "2024-12") -> Workbook:
    """A month of a year whose wages came to 300 thousand less than budgeted, and whose project to 2.5 million more."""
    file = root / "content" / month / "report.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(told, encoding="utf-8")
    return make_book(
        month,
        root=root,
        report=Report(**yaml.safe_load(told)),
        postings=make_postings({"amount_nok": 700_000.0}, INVESTMENT | {"amount_nok": 3_500_000.0}),
        budget_lines=make_budget({"amount_nok": 1_000_000.0}, INVESTMENT | {"amount_nok": 1_000_000.0}),
        adopted_forecasts=make_forecasts(*forecasts),
    )


def test_in_december_lines_with_a_reason_are_told_with_what_they_came_to(tmp_path):
    book = _december(tmp_path, "reasons: {Lønn: Ledige *stillinger*., App-utvikling: Utvidet.}")
    assert typed(economy.reasons(book)) == (
        r"-   **Lønn**, 300 000 kroner bedre enn budsjettert: Ledige \*stillinger\*."
    )
    assert typed(economy.project_reasons(book)) == (
        "-   **App-utvikling**, 2,5 millioner kroner dårligere enn budsjettert: Utvidet."
    )


def test_a_reason_that_report_yml_does_not_have_is_the_last_that_was_given_for_the_forecast(tmp_path):
    forecasts = [
        {"period": "2024-08", "amount_nok": 1.0, "reason": "Første."},
        {"period": "2024-10", "amount_nok": 1.0, "reason": "Siste."},
        {"period": "2023-10", "amount_nok": 1.0, "reason": "I fjor."},
    ]
    assert economy.reasons(_december(tmp_path, "{}", *forecasts)).endswith("Siste.")
    own = _december(tmp_path, "reasons: {Lønn: Egen.}", *forecasts)
    assert economy.reasons(own).endswith("Egen.")
    assert economy.reasons(_december(tmp_path, "{}", *forecasts, month="2024-11")) is None


def test_a_reason_of_a_line_that_the_report_does_not_have_is_refused_with_its_file(tmp_path):
    with pytest.raises(InputError, match=r"2024-12/report.yml: no line is called Lonn"):
        economy.reasons(_december(tmp_path, "reasons: {Lonn: Ledige stillinger.}"))
