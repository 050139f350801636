"""What stops a report: each rule by what it must refuse and by the nearest it must let pass."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts, make_postings
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.ledger import checks
from rorikt_lib.month.checks import MESSAGES, refuse_failed
from rorikt_lib.workbook import open_month

LEDGER = demo_settings().ledger.model_copy(update={"adopted_budget_nok": {}, "credit_limit_nok": 50_000})
LINES = LEDGER.report_lines["operating"]
UNKNOWN = None


def costs(*rows: tuple) -> pd.DataFrame:
    """A cost table of (line, booked, budget, forecast) with the SUM row that belongs to it."""
    lines = pd.DataFrame(rows, columns=["line", "actual_nok", "budget_nok", "forecast_nok"])
    lines = lines.astype(dict.fromkeys(lines.columns[1:], float))
    lines.insert(3, "variance_nok", lines.budget_nok - lines.forecast_nok.fillna(lines.actual_nok))
    total = lines.drop(columns="line").sum(skipna=False).to_frame().T.assign(line="SUM")
    return pd.concat([lines, total], ignore_index=True)


def told(failed: pd.DataFrame) -> list[tuple]:
    """Failures as (line, found, against), missing as None."""
    rows = failed[["line", "found_nok", "against_nok"]].itertuples(index=False)
    return [tuple(None if pd.isna(value) else value for value in row) for row in rows]


def whole(month: str = "2024-09", **lines: dict) -> dict[str, pd.DataFrame]:
    """A sound operating year: every line has a budget, half of it booked and a forecast; `lines` replace a column."""
    budget = {line: -1_000_000.0 if line == "Inntekter" else 1_000_000.0 for line in LINES}
    forecast = {line: 1.1 * value for line, value in budget.items()} | lines.get("forecast", {})
    booked = {line: value / 2 for line, value in budget.items()} | lines.get("booked", {})
    budget |= lines.get("budget", {})
    return {
        "postings": make_postings(*({"line": k, "amount_nok": v, "period": month} for k, v in booked.items())),
        "budget_lines": make_budget(*({"line": k, "amount_nok": v} for k, v in budget.items())),
        "adopted_forecasts": make_forecasts(
            *({"line": k, "amount_nok": v, "period": month} for k, v in forecast.items() if v is not None)
        ),
    }


def failed_rules(tables: dict[str, pd.DataFrame], month: str = "2024-09", ledger=LEDGER) -> set[tuple[str, str]]:
    failed = checks.failures(**tables, month=month, settings=ledger)
    return set(zip(failed.rule, failed.line, strict=True))


def test_a_sound_year_passes_every_rule():
    assert failed_rules(whole()) == set()


# Sums


@pytest.mark.parametrize("column", ["actual_nok", "budget_nok", "variance_nok", "forecast_nok"])
def test_a_sum_an_ore_off_its_lines_is_refused_in_every_column(column):
    table = costs(("Lønn", 10.10, 20.20, 25), ("Inntekter", -5.05, -6, -7))
    assert checks.sum_differs(table).empty
    wrong = table.copy()
    wrong.loc[2, column] += 0.01
    assert checks.sum_differs(wrong).line.tolist() == [column]
    wrong.loc[2, column] -= 0.006
    assert checks.sum_differs(wrong).empty


def test_a_sum_is_missing_just_where_a_lines_amount_is():
    table = costs(("Lønn", 10, 20, 25), ("Inntekter", -5, -6, UNKNOWN))
    assert checks.sum_differs(table).empty
    table.loc[2, "forecast_nok"] = 25.0
    assert told(checks.sum_differs(table)) == [("forecast_nok", 25, None)]


def test_a_table_without_lines_adds_up_to_nothing():
    empty = pd.DataFrame([["SUM", 0.0, 0.0, 0.0, np.nan]], columns=costs(("Lønn", 0, 0, 0)).columns)
    assert checks.sum_differs(empty).empty
    assert checks.sum_differs(empty.assign(actual_nok=1.0)).line.tolist() == ["actual_nok"]


def test_every_delivered_amount_that_the_report_has_no_line_for_is_named():
    tables = whole(booked={"Bil": 70.0}, budget={"Hytte": 80.0}, forecast={"Båt": 90.0})
    failed = checks.failures(**tables, month="2024-09", settings=LEDGER)
    assert set(failed.rule) == {"amount_lost"}
    assert told(failed) == [("Bil", 0, 70), ("Hytte", 0, 80), ("Båt", 0, 90)]


def test_a_lost_project_is_named_and_rows_that_do_not_count_are_not_lost():
    project = {"kind": "investment", "line": "Brua", "amount_nok": 5.0}
    others = [{"period": "2023-09"}, {"period": "2024-10"}, {"is_duplicate": True}]
    tables = whole()
    for rows, expected in [([project], {("amount_lost", "Brua")}), ([project | other for other in others], set())]:
        postings = pd.concat([tables["postings"], make_postings(*rows)], ignore_index=True)
        assert failed_rules(tables | {"postings": postings}) == expected


def test_a_line_whose_amount_is_not_what_was_delivered_is_named_with_both():
    delivered = {"actual_nok": pd.Series({"Lønn": 10.0, "Inntekter": -5.0})}
    assert checks.amount_lost(costs(("Lønn", 10.004, 0, 0), ("Inntekter", -5, 0, 0)), delivered).empty
    assert told(checks.amount_lost(costs(("Lønn", 10.01, 0, 0), ("Inntekter", -5, 0, 0)), delivered)) == [
        ("Lønn", 10.01, 10)
    ]


def test_the_budget_by_month_adds_up_to_the_years_of_each_line():
    table = costs(("Lønn", 0, 1200.0, 0), ("Inntekter", 0, -240.0, 0))
    phased = pd.DataFrame({"2024-01": {"Lønn": 1100.0, "Inntekter": -240.0}, "2024-02": {"Lønn": 100.0}}).fillna(0.0)
    assert checks.budget_not_phased(table, phased).empty
    moved = phased + pd.DataFrame({"2024-01": {"Lønn": 7.0, "Inntekter": -7.0}, "2024-02": 0.0})
    assert told(checks.budget_not_phased(table, moved)) == [("Lønn", 1207, 1200), ("Inntekter", -247, -240)]
    assert told(checks.budget_not_phased(table, phased.loc[["Lønn"]])) == [("Inntekter", 0, -240)]


def test_a_year_without_a_budget_has_nothing_to_phase():
    phased = pd.DataFrame({"2024-01": {"Lønn": 0.0}})
    assert checks.budget_not_phased(costs(("Lønn", 10, UNKNOWN, UNKNOWN)), phased).empty


# Budget against the adopted budget


@pytest.mark.parametrize(("adopted", "refused"), [(900, False), (901, True), (899, True), (None, False)])
def test_the_budget_is_the_adopted_total_to_the_krone_where_one_is_known(adopted, refused):
    table = costs(("Lønn", 0, 1000.30, 0), ("Inntekter", 0, -100.10, 0))
    expected = [("SUM", pytest.approx(900.20), adopted)] if refused else []
    assert told(checks.budget_not_adopted(table, adopted)) == expected


def test_the_adopted_total_is_that_of_the_operating_budget_of_the_year_and_of_the_version_that_counts():
    tables = whole()
    extra = [
        {"kind": "investment", "line": "App-utvikling", "amount_nok": 5e6},
        {"year": 2023, "amount_nok": 7e6},
        {"version": "Forslag", "amount_nok": 9e6},
    ]
    tables["budget_lines"] = pd.concat([tables["budget_lines"], make_budget(*extra)], ignore_index=True)
    chosen = {"budget_versions": {2024: "Vedtatt"}, "adopted_budget_nok": {2024: 5_000_000, 2023: 1}}
    assert failed_rules(tables, ledger=LEDGER.model_copy(update=chosen)) == set()
    other = LEDGER.model_copy(update=chosen | {"adopted_budget_nok": {2024: 5_000_001}})
    assert failed_rules(tables, ledger=other) == {("budget_not_adopted", "SUM")}


def test_contributions_that_the_ledger_has_among_the_income_are_no_part_of_the_adopted_total():
    tables = whole()
    adopted = {"budget_versions": {}, "adopted_budget_nok": {2024: 38_502_000, 2023: 1}}
    paid = adopted | {"contributions_in_income_nok": {2024: 33_502_000, 2023: 1}}
    assert failed_rules(tables, ledger=LEDGER.model_copy(update=paid)) == set()
    assert failed_rules(tables, ledger=LEDGER.model_copy(update=adopted)) == {("budget_not_adopted", "SUM")}


def test_an_adopted_budget_that_was_not_delivered_is_refused():
    table = costs(("Lønn", 10, UNKNOWN, UNKNOWN))
    assert told(checks.budget_not_adopted(table, 900)) == [("SUM", None, 900)]


# Signs


@pytest.mark.parametrize(
    ("budget", "forecast", "refused"),
    [
        (-4_932_000, 7_322_800, True),
        (-4_932_000, -7_322_800, False),
        (500_000, -1, True),
        (500_000, 0, False),
        (0, -101_020, False),
        (500_000, UNKNOWN, False),
    ],
)
def test_a_forecast_of_the_other_sign_than_the_budget_is_refused(budget, forecast, refused):
    failed = checks.forecast_sign(costs(("Lønn", 1, 2, 3), ("A", 0, budget, forecast)))
    assert told(failed) == [("A", forecast, budget)] * refused


@pytest.mark.parametrize(
    ("line", "budget", "refused"),
    [
        ("Inntekter", 1, True),
        ("Inntekter", -1, False),
        ("Lønn", -1, True),
        ("Lønn", 1, False),
        ("Lønn", 0, False),
        ("Drift av stab og lokaler", -1, False),
    ],
)
def test_cost_accounts_are_budgeted_as_cost_and_income_accounts_as_income_but_a_line_with_both_is_free(
    line, budget, refused
):
    assert told(checks.budget_sign(costs((line, 0, budget, 0)), LEDGER)) == [(line, budget, 0)] * refused


def test_art_600_is_the_first_income_account():
    ledger = LEDGER.model_copy(update={"expense_types": {"Renter": ["500-599"], "Salg": ["600-601"]}})
    assert told(checks.budget_sign(costs(("Renter", 0, -5, 0), ("Salg", 0, 5, 0)), ledger)) == [
        ("Renter", -5, 0),
        ("Salg", 5, 0),
    ]


@pytest.mark.parametrize(
    ("month", "booked", "refused"),
    [
        ("2024-01", -99.0, False),
        ("2024-01", -101.0, True),
        ("2024-02", -101.0, True),
        ("2024-06", -299.0, False),
        ("2024-06", -301.0, True),
        ("2024-12", -599.0, False),
        ("2024-12", -1200.0, True),
        ("2024-06", 5000.0, False),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_booked_against_the_budgets_sign_by_more_than_half_an_even_course_is_refused(month, booked, refused, sign):
    failed = checks.booked_sign(costs(("A", sign * booked, sign * 1200, 0)), month)
    assert told(failed) == [("A", sign * booked, sign * 1200)] * refused


def test_booked_without_a_budget_has_no_sign_to_contradict():
    assert checks.booked_sign(costs(("A", -5e6, 0, 0), ("B", -5e6, UNKNOWN, 0)), "2024-06").empty


def test_a_ledger_with_its_signs_turned_is_refused_and_every_line_named():
    tables = whole()
    turned = tables["postings"].assign(amount_nok=lambda rows: -rows.amount_nok)
    failed = checks.failures(**(tables | {"postings": turned}), month="2024-09", settings=LEDGER)
    assert failed.line[failed.rule == "booked_sign"].tolist() == LINES


# Forecast against booked and budget


@pytest.mark.parametrize(
    ("booked", "budget", "forecast", "against"),
    [
        (52_009_374, 53_173_900, 54_648, 52_009_374),  # in thousands
        (52_009_374, 53_173_900, 5_464_820, 52_009_374),  # a digit lost
        (52_009_374, 53_173_900, 5_464_820_000, 53_173_900),  # in øre
        (52_009_374, 53_173_900, 546_482_000, 53_173_900),  # a digit too many
        (-6_162_801, -4_932_000, -7_323, 4_932_000),
        (2_602_188, 500_000, 2_602_200, None),  # five times the budget, but booked
        (100_000, 500_000, 2_500_000, None),
        (100_000, 500_000, 2_500_001, 500_000),
        (100_000, 500_000, 20_000, None),
        (100_000, 500_000, 19_999, 100_000),
        (25, 600_000, 0, None),  # put off
        (500, 0, 101_020, None),  # without a budget
        (0, 600_000, 3_000, None),  # nothing booked
        (500, 600_000, UNKNOWN, None),
        (500, UNKNOWN, 101_020, None),
        (101_020, UNKNOWN, 500, None),
    ],
)
def test_a_forecast_five_times_off_both_booked_and_budget_is_out_of_scale(booked, budget, forecast, against):
    expected = [] if against is None else [("A", forecast, against)]
    assert told(checks.forecast_scale(costs(("A", booked, budget, forecast)))) == expected


@pytest.mark.parametrize(
    ("booked", "budget", "forecast", "bare", "explained"),
    [
        (101_600, 90_000, 101_400, True, False),
        (101_400, 90_000, 100_600, False, False),  # 101 of 101 thousand
        (150_000, 90_000, 100_000, True, False),  # just the limit
        (150_001, 90_000, 100_000, True, True),
        (-150_001, -90_000, -100_000, True, True),
        (-90_000, -90_000, -100_000, False, False),  # income still to come
        (62_956, 0, 0, True, True),
        (-62_956, 0, 0, True, True),
        (-62_956, 90_000, 80_000, False, False),  # a credit so far
        (900_000, UNKNOWN, 100_000, True, True),
        (900_000, 90_000, UNKNOWN, False, False),
    ],
)
def test_a_forecast_below_booked_stands_only_with_a_reason_and_within_the_credit_limit(
    booked, budget, forecast, bare, explained
):
    table = costs(("A", booked, budget, forecast))
    assert told(checks.forecast_below_booked(table, [], 50_000)) == [("A", forecast, booked)] * bare
    assert told(checks.forecast_below_booked(table, ["B", "A"], 50_000)) == [("A", forecast, booked)] * explained


def test_the_reason_that_counts_is_the_months_own_and_the_lines_own():
    tables = whole(booked={"Lønn": 540_000.0}, forecast={"Lønn": 500_000.0})
    assert failed_rules(tables) == {("forecast_below_booked", "Lønn")}
    rows = tables["adopted_forecasts"]
    earlier = make_forecasts({"period": "2024-08", "reason": "Kreditnota ventes"})
    elsewhere = make_forecasts({"kind": "investment", "line": "Lønn", "amount_nok": 0.0, "reason": "Kreditnota ventes"})
    unexplained = pd.concat([rows, earlier], ignore_index=True)
    assert failed_rules(tables | {"adopted_forecasts": unexplained}) == {("forecast_below_booked", "Lønn")}
    other_kind = pd.concat([rows, elsewhere], ignore_index=True)
    assert ("forecast_below_booked", "Lønn") in failed_rules(tables | {"adopted_forecasts": other_kind})
    given_now = rows.assign(reason=rows.line.where(rows.line == "Lønn"))
    assert failed_rules(tables | {"adopted_forecasts": given_now}) == set()


def test_a_project_booked_over_its_forecast_is_reported_in_the_table_and_does_not_stop_the_report():
    tables = whole()
    project = {"kind": "investment", "line": "Helseplattformen"}
    tables["postings"] = pd.concat(
        [tables["postings"], make_postings(project | {"amount_nok": 62_956.0})], ignore_index=True
    )
    forecast = make_forecasts({"kind": "investment", "line": "Helseplattformen", "amount_nok": 0.0})
    tables["adopted_forecasts"] = pd.concat([tables["adopted_forecasts"], forecast], ignore_index=True)
    assert failed_rules(tables) == set()


def test_a_line_without_a_forecast_is_named_where_others_have_one():
    assert failed_rules(whole(forecast={"Lønn": None, "Inntekter": None})) == {
        ("forecast_missing", "Lønn"),
        ("forecast_missing", "Inntekter"),
    }


def test_a_month_that_nobody_forecast_is_no_failure():
    assert failed_rules(whole(forecast=dict.fromkeys(LINES))) == set()


def test_a_projects_forecast_is_missed_only_where_another_project_has_one():
    tables = whole()
    spent = make_postings({"kind": "investment", "line": "App-utvikling", "amount_nok": 9.0})
    tables["postings"] = pd.concat([tables["postings"], spent], ignore_index=True)
    assert failed_rules(tables) == set()
    forecast = make_forecasts({"kind": "investment", "line": "Grunnmur del 3", "amount_nok": 10.0})
    tables["adopted_forecasts"] = pd.concat([tables["adopted_forecasts"], forecast], ignore_index=True)
    assert failed_rules(tables) == {("forecast_missing", "App-utvikling")}


# All together


@given(st.lists(st.tuples(st.sampled_from(LINES), st.integers(-(10**9), 10**9)), max_size=12), st.integers(1, 12))
def test_tables_made_from_known_lines_always_add_up(drawn, month):
    """Whatever is booked: the rules on sums never refuse what the cost table itself has made."""
    rows = [{"line": line, "amount_nok": ore / 100, "period": f"2024-{month:02d}"} for line, ore in drawn]
    tables = whole() | {"postings": make_postings(*rows)}
    broken = {rule for rule, _ in failed_rules(tables, f"2024-{month:02d}")}
    assert not broken & {"sum_differs", "amount_lost", "budget_not_phased", "forecast_missing"}


def test_no_argument_is_edited():
    tables = whole(forecast={"Lønn": -1.0})
    kept = {name: frame.copy(deep=True) for name, frame in tables.items()}
    checks.failures(**tables, month="2024-09", settings=LEDGER)
    for name, frame in kept.items():
        assert_frame_equal(tables[name], frame)


def test_every_failed_rule_and_line_is_named_in_one_line_with_amounts_and_remedy():
    tables = whole(forecast={"Inntekter": 7_322_800.0, "Lønn": None}, booked={"Konsulenter": -2_000_000.0})
    with pytest.raises(InputError) as refused:
        refuse_failed(make_book(**tables))
    line = str(refused.value)
    assert line.startswith("nowhere/data/raw: 2024-09 cannot be published: ")
    for part in (
        "Inntekter (7,322,800.00 against -1,000,000.00)",
        "Lønn (nothing against 1,000,000.00)",
        "Konsulenter (-2,000,000.00 against 1,000,000.00)",
        "SUM (5,000,000.00 against 89,477,000.00)",
        "ledger.adopted_budget_nok",
        "Remedy: ",
    ):
        assert part in line
    assert "\n" not in line


def test_every_rule_has_its_words():
    rules = [*checks._of_kind(tuple(whole().values()), "operating", "2024-09", LEDGER)]
    rules += checks._of_operating(tuple(whole().values()), "2024-09", LEDGER)
    assert sorted(rules) == sorted(MESSAGES)


def test_a_sound_book_is_not_refused():
    year_unchecked = whole(month="2025-09")
    year_unchecked["budget_lines"] = year_unchecked["budget_lines"].assign(year=2025)
    refuse_failed(make_book("2025-09", **year_unchecked))


@pytest.mark.parametrize("month", ["2022-01", "2023-12", *(f"2024-{number:02d}" for number in range(6, 12))])
@pytest.mark.deep
def test_the_demo_months_pass_every_rule(demo, month):
    refuse_failed(open_month(month, demo))
