"""The annual report's tables of people and money: against plain sums of what is booked, and what people wrote."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts, make_postings, make_tickets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rorikt_lib.config.month_file import Report
from rorikt_lib.errors import InputError, Undelivered
from rorikt_lib.report import annual, annual_economy, annual_financing, annual_forecasts
from rorikt_lib.report.annual_year import annual_year, closed
from rorikt_lib.report.declare import said
from rorikt_lib.terms.schemas import empty

MONTHS = [f"{year}-{number:02d}" for year in (2021, 2022, 2023) for number in range(1, 13)]
LINES = ["Lønn", "Konsulenter", "Inntekter"]
EVERY_MONTH = [{"period": month, "amount_nok": 1000.0} for month in MONTHS]


def _book(tmp_path: Path, month: str = "2023-12", text: str = "", **given_tables: pd.DataFrame):
    if text:
        file = tmp_path / "content" / "annual" / "2023.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    tables = {"postings": make_postings(*EVERY_MONTH)} | given_tables
    return make_book(month, root=tmp_path, **tables)


@pytest.mark.parametrize(("month", "year"), [("2023-12", 2023), ("2023-11", 2022), ("2024-01", 2023)])
def test_the_annual_report_is_about_the_last_year_that_is_over(tmp_path, month, year):
    assert annual_year(_book(tmp_path, month)) == year


def test_a_year_that_nothing_tells_of_has_no_annual_report(tmp_path):
    """Exports of keys reach every month, whatever years they are of."""
    nothing = {"postings": empty("postings"), "allocation_keys": empty("allocation_keys")}
    with pytest.raises(
        InputError, match=r"2023\.yml: neither the exports nor this file tell anything of 2023.*Remedy: "
    ):
        annual.refuse_untold(_book(tmp_path, **nothing))
    annual.refuse_untold(_book(tmp_path))
    annual.refuse_untold(_book(tmp_path, text="meetings: 4", **nothing))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(LINES), st.sampled_from([*MONTHS, "2023-13"]), st.integers(-(10**8), 10**8)),
        max_size=20,
    )
)
def test_each_years_results_are_the_sums_of_what_was_booked_in_it(tmp_path, drawn):
    rows = [{"line": line, "period": month, "amount_nok": ore / 100} for line, month, ore in drawn]
    book = _book(tmp_path, postings=make_postings(*EVERY_MONTH, *rows))
    table = annual_economy.OPERATING_YEARS.frame(book).set_index(["year", "line"]).actual_nok
    for year in (2021, 2022, 2023):
        by_line = {
            line: sum(ore for of, month, ore in drawn if of == line and month[:4] == str(year)) for line in LINES
        }
        by_line["Lønn"] += 12 * 100_000
        for line, ore in by_line.items():
            assert table[year, line] == pytest.approx(ore / 100)
        assert table[year, "SUM"] == pytest.approx(sum(by_line.values()) / 100)


def test_the_lines_stand_in_the_reports_order_and_the_sum_last_whatever_year_has_them(tmp_path):
    project = {"kind": "investment", "line": "Klientsikkerhet", "period": "2023-03"}
    earlier = project | {"line": "App-utvikling", "period": "2022-03"}
    book = _book(tmp_path, postings=make_postings(*EVERY_MONTH, project, earlier))
    shown = annual_economy.INVESTED_YEARS.published(book)
    assert [*dict.fromkeys(shown.line)] == ["App-utvikling", "Klientsikkerhet", "SUM"]


def test_a_project_that_nothing_was_booked_on_in_any_year_is_not_among_the_years_but_among_what_was_planned(tmp_path):
    project = {"kind": "investment", "line": "Klientsikkerhet", "period": "2023-03"}
    earlier = project | {"period": "2022-03"}
    planned = {"kind": "investment", "line": "App-utvikling", "period": "2023-03", "amount_nok": 0.0}
    book = _book(tmp_path, postings=make_postings(*EVERY_MONTH, project, earlier, planned))
    assert [*dict.fromkeys(annual_economy.INVESTED_YEARS.published(book).line)] == ["Klientsikkerhet", "SUM"]
    assert [*annual_economy.INVESTED.published(book).line] == ["App-utvikling", "Klientsikkerhet", "SUM"]


def test_ten_years_at_most_stand_side_by_side_and_none_that_lacks_a_month(tmp_path):
    months = [f"{year}-{number:02d}" for year in range(2010, 2024) for number in range(1, 13)]
    kept = [{"period": month, "amount_nok": 1.0} for month in months if month != "2020-05"]
    book = _book(tmp_path, postings=make_postings(*kept))
    assert annual_economy.years_known(book) == [2014, 2015, 2016, 2017, 2018, 2019, 2021, 2022, 2023]


def test_one_year_alone_has_no_table_of_years(tmp_path):
    book = _book(tmp_path, postings=make_postings(*EVERY_MONTH[-12:]))
    assert annual_economy.OPERATING_YEARS.published(book).empty
    assert len(annual_economy.OPERATING.published(book)) > len(LINES)


def test_a_year_that_the_ledger_has_not_the_whole_of_is_refused_with_the_months_that_lack(tmp_path):
    rows = [row for row in EVERY_MONTH if row["period"] not in ("2023-02", "2023-07")]
    with pytest.raises(Undelivered, match="no postings of 2023-02, 2023-07, so 2023 has no annual report"):
        annual_economy.OPERATING.frame(_book(tmp_path, postings=make_postings(*rows)))
    assert annual_economy.OPERATING.frame(_book(tmp_path, "2024-03", postings=make_postings(*rows))).empty


PROJECT = {"kind": "investment", "line": "App-utvikling"}


@pytest.mark.parametrize(
    ("spent", "budget", "told"),
    [
        (None, None, None),
        (0.0, 900_000.0, "I 2023 ble det ikke investert noe, mot et budsjett på 900\u202f000 kroner."),
        (300_000.0, None, "I 2023 ble det investert for 300\u202f000 kroner. Det var ikke budsjettert med noe."),
        (
            300_000.0,
            900_000.0,
            "I 2023 ble det investert for 300\u202f000 kroner, mot et budsjett på 900\u202f000 kroner; 600\u202f000 kroner er "
            "ikke brukt.",
        ),
        (
            1_000_000.0,
            900_000.0,
            "I 2023 ble det investert for 1,0 millioner kroner, mot et budsjett på 0,9 millioner kroner; 0,1 millioner kroner "
            "mer enn budsjettert.",
        ),
    ],
)
def test_what_was_invested_is_told_against_what_was_planned(tmp_path, spent, budget, told):
    booked = [PROJECT | {"period": "2023-04", "amount_nok": spent}] if spent is not None else []
    planned = [PROJECT | {"year": 2023, "amount_nok": budget}] if budget is not None else []
    budgets = make_budget(
        {"year": 2023, "amount_nok": 12_000.0}, {"year": 2023, **PROJECT, "amount_nok": 0.0}, *planned
    )
    budgets = (
        budgets if spent is not None or budget is not None else make_budget({"year": 2023, "amount_nok": 12_000.0})
    )
    book = _book(tmp_path, postings=make_postings(*EVERY_MONTH, *booked), budget_lines=budgets)
    assert said(annual_economy.invested_summary, book) == told
    assert annual_economy.INVESTED.published(book).empty == (told is None)


BUDGET = {"year": 2023, "amount_nok": 15_000.0}


def test_the_variance_is_budget_less_booked_though_managers_had_a_forecast(tmp_path):
    forecast = make_forecasts({"period": "2023-12", "amount_nok": 99_000.0})
    book = _book(tmp_path, budget_lines=make_budget(BUDGET), adopted_forecasts=forecast)
    row = annual_economy.OPERATING.frame(book).set_index("line").loc["Lønn"]
    assert (row.budget_nok, row.actual_nok, row.variance_nok) == (15_000, 12_000, 3_000)


def test_the_outcome_is_a_part_of_the_frame_that_the_board_adopted(tmp_path):
    book = _book(tmp_path, budget_lines=make_budget(BUDGET))
    outcome = annual_economy.OUTCOMES.frame(book).set_index("year")
    assert outcome.variance_nok[2023] == 3_000
    assert outcome.variance_share[2023] == 3_000 / 83_866_000
    assert pd.isna(outcome.variance_share[2021])


def test_a_reason_is_the_years_own_else_the_last_that_was_given_for_a_forecast(tmp_path):
    budget = make_budget(
        BUDGET, BUDGET | {"line": "Konsulenter"}, BUDGET | {"line": "Samband og Tele", "amount_nok": 400.0}
    )
    forecasts = make_forecasts(
        {"period": "2023-09", "line": "Konsulenter", "reason": "Færre oppdrag"},
        {"period": "2023-10", "line": "Konsulenter", "reason": "Enda færre oppdrag"},
        {"period": "2023-11", "line": "Konsulenter"},
        {"period": "2023-10", "line": "Lønn", "reason": "Ledige stillinger"},
    )
    text = "explanations: {Lønn: Vakanser}\n"
    table = annual_economy.REASONS.frame(_book(tmp_path, text=text, budget_lines=budget, adopted_forecasts=forecasts))
    assert dict(zip(table.line, table.reason, strict=True)) == {"Konsulenter": "Enda færre oppdrag", "Lønn": "Vakanser"}
    assert table.variance_nok.tolist() == [15_000, 3_000]
    of_december = Report(reasons={"Konsulenter": "Utsatte prosjekter", "Lønn": "Streik"})
    table = annual_economy.REASONS.frame(
        _book(tmp_path, text=text, report=of_december, budget_lines=budget, adopted_forecasts=forecasts)
    )
    assert dict(zip(table.line, table.reason, strict=True)) == {"Konsulenter": "Utsatte prosjekter", "Lønn": "Vakanser"}


def test_a_reason_for_a_line_that_the_report_has_not_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"annual/2023.yml: no line is called Lonn\. Remedy: use one of: Lønn"):
        annual_economy.REASONS.frame(_book(tmp_path, text="explanations: {Lonn: Vakanser}\n"))


def test_staffing_adds_up_and_deliveries_stand_as_they_were_written(tmp_path):
    text = "staffing: [{name: A, positions: 2.4}, {name: B, positions: 15}, {name: C, positions: 5}]\n"
    text += "deliveries: [{area: Helse, text: Ny løsning.}]\n"
    book = _book(tmp_path, text=text)
    table = annual.STAFFING.published(book)
    assert table.department.tolist() == ["A", "B", "C", "SUM"]
    assert table.positions.iloc[-1] == pytest.approx(22.4)
    assert annual.DELIVERIES.published(book).to_dict("records") == [{"area": "Helse", "delivery": "Ny løsning."}]
    assert (
        said(annual.staffing_summary, book) == "Ved utgangen av 2023 var det 22,4 stillinger, fordelt på 3 avdelinger."
    )


def test_each_member_has_approved_or_not_on_its_day(tmp_path):
    book = _book(tmp_path, text="members_approved: {Molde: 2024-03-19, Aukra: 2024-03-01}\n")
    table = annual.MEMBERS.frame(book).set_index("municipality")
    assert table.approval.to_dict() == {
        "Aukra": "granted", "Hustadvika": "pending", "Molde": "granted", "Rauma": "pending", "Vestnes": "pending",
    }  # fmt: skip
    assert table.approved_on["Molde"] == pd.Timestamp("2024-03-19")
    assert said(annual.approval_summary, book) == "Av 5 kommuner har 2 godkjent årsmeldingen."


def test_an_approval_by_nobody_that_is_known_is_refused(tmp_path):
    with pytest.raises(
        InputError,
        match=r"Ålesund did not share the service when 2023 ended\. Remedy: use under members_approved: Aukra, ",
    ):
        annual.MEMBERS.frame(_book(tmp_path, text="members_approved: {Ålesund: 2024-03-19}\n"))


def test_requests_that_nobody_has_but_as_a_number_are_told_and_refused_where_the_exports_have_them(tmp_path):
    text = "requests: 17700\nmeetings: 7\ncases: 45\n"
    told = said(annual.board_summary, _book(tmp_path, text=text))
    assert (
        told
        == "Styret hadde 7 møter og behandlet 45 saker i 2023. Kundeservice behandlet om lag 17\u202f700 henvendelser."
    )
    with pytest.raises(InputError, match="requests are given, but the exports have the cases of 2023"):
        annual.BOARD.frame(_book(tmp_path, tickets=make_tickets({"created_at": "2023-02-01 08:00"})))


def test_what_the_year_lacks_is_told(tmp_path):
    told = said(annual.lacking, _book(tmp_path))
    assert told == (
        "Det er ikke levert data om kundeservice, PC-er, kostnadsfordeling og bemanning for 2023, så det er ikke med i "
        "årsmeldingen."
    )


def _keys(year: int, **keys: float) -> pd.DataFrame:
    rows = [
        {"year": year, "category": "Folketall", "item": "Innbyggerportal", "municipality": place, "key": float(key)}
        for place, key in keys.items()
    ]
    return pd.concat([empty("allocation_keys"), pd.DataFrame(rows)], ignore_index=True)


def test_a_model_of_equal_parts_and_inhabitants_is_told_by_its_parts(tmp_path):
    book = _book(tmp_path, allocation_keys=_keys(2023, Aukra=3000, Molde=27000))
    sharing = book.settings.sharing.model_copy(update={"model_of_year": {2023: "Likt og folketall"}})
    book = make_book(
        "2023-12", root=tmp_path, postings=book.given["postings"], allocation_keys=book.given["allocation_keys"]
    )
    object.__setattr__(book, "settings", book.settings.model_copy(update={"sharing": sharing}))
    table = annual_financing.FINANCING.frame(book).set_index("municipality")
    for place, inhabitants in (("Aukra", 3000), ("Molde", 27000)):
        share = Fraction(3, 10) / 2 + Fraction(7, 10) * Fraction(inhabitants, 30000)
        assert table.cost_share[place] == pytest.approx(float(share))
        assert abs(float(table.amount_nok[place]) - float(share) * 83_866_000) < 1
    assert table.amount_nok["SUM"] == 83_866_000
    parts = annual_financing.FINANCING_PARTS.frame(book).set_index(["category", "municipality"])
    assert parts.category_share["Likt", "Aukra"] == pytest.approx(0.3)
    assert parts.amount_nok["Folketall", "SUM"] == 0.7 * 83_866_000
    told = said(annual_financing.financing_summary, book)
    assert "Det er fordelt med 30\u00a0% etter «Likt» og 70\u00a0% etter «Folketall»." in told


def test_forecasts_are_held_against_what_the_year_came_to(tmp_path):
    lines = make_book().settings.ledger.report_lines["operating"]
    adopted = {"2023-06": 14_000.0, "2023-10": 11_500.0}
    rows = [
        {"period": month, "line": line, "amount_nok": nok if line == "Lønn" else 0.0}
        for month, nok in adopted.items()
        for line in lines
    ]
    postings = make_postings(*EVERY_MONTH, {"period": "2023-12", "amount_nok": 1000.0})
    book = _book(tmp_path, postings=postings, adopted_forecasts=make_forecasts(*rows))
    table = annual_forecasts.FORECASTS.frame(book).set_index("month")
    assert table.adopted_off_nok.to_dict() == {"2023-06": 1000, "2023-10": -1500}
    assert (table.result_nok == 13_000).all()
    # Every month before was as the one before it, and so the model says of the year.
    assert table.model_off_nok.to_dict() == {"2023-06": pytest.approx(-1000), "2023-10": pytest.approx(-1000)}
    told = said(annual_forecasts.forecasts_summary, book)
    assert "Vedtatt prognose i juni var 14\u202f000 kroner, 1\u202f000 kroner høyere enn regnskapet" in told


def test_a_year_without_forecasts_says_so(tmp_path):
    assert said(annual_forecasts.forecasts_summary, _book(tmp_path)) == (
        "Det ble ikke vedtatt eller publisert noen prognose for 2023."
    )


def test_the_year_is_closed_at_its_end_and_counts_all_its_cases(tmp_path):
    report = tmp_path / "content" / "2023-12" / "report.yml"
    report.parent.mkdir(parents=True)
    report.write_text("cut_off: {tickets: 2023-12-20T12:00, devices: 2023-12-20}\n", encoding="utf-8")
    whole = closed(_book(tmp_path, "2024-05"))
    assert (whole.month, f"{whole.ticket_cut_off:%Y-%m-%d}") == ("2023-12", "2023-12-31")
    assert f"{whole.device_cut_off:%Y-%m-%d}" == "2023-12-20"
