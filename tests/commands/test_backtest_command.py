"""rorikt backtest: what it says of a ledger, against sums by hand, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml
from click.testing import Result
from command_line import refused, rorikt, told
from typer.testing import CliRunner

from rorikt_lib.cli import app
from rorikt_lib.commands.backtest.text import METHODS
from rorikt_lib.demo.make import DEMO
from rorikt_lib.errors import InputError
from rorikt_lib.terms.period import shift

COUNCIL = """
table: postings
columns: {period: period, posted_on: posted, account: unit, supplier_id: payee, amount_nok: amount}
date_format: "%Y-%m-%d"
decimal_sign: "."
"""
YEARS = range(2011, 2016)
UNEVEN = [0, 3, -2, 8, 1, -4, 6, 2, 11, -3, 5, 9]


def ledger(years: range = YEARS) -> pd.DataFrame:
    """Postings in calendar periods: two lines in every month, the larger last; and one without a line each year."""
    rows = []
    for year in years:
        for month, more in enumerate(UNEVEN, start=1):
            period = f"{year}-{month:02d}"
            rows.append((period, "Energy", "S1", 40.0 + 5 * more + year % 3))
            rows.append((period, "Rent", "S2", 300.0 + more * (year % 4)))
        rows.append((f"{year}-06", None, None, 7.5))
    table = pd.DataFrame(rows, columns=["period", "unit", "supplier_id", "amount_nok"])
    return table.assign(posted_on=pd.to_datetime(table.period + "-20"))


def extra(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["period", "unit", "amount_nok"])
    return table.assign(posted_on=pd.to_datetime(table.period + "-20"), supplier_id="S3")


def error_of_run_rate(table: pd.DataFrame, years: range, known: int) -> tuple[float, float]:
    """WAPE and bias of the run rate, line by line and year by year, in calendar years."""
    errors, booked = [], []
    for line in ("Energy", "Rent"):
        for year in years:
            own = table[(table.unit == line) & table.period.str.startswith(str(year))]
            so_far = own.amount_nok[own.period <= f"{year}-{known:02d}"].sum()
            errors.append(so_far * 12 / known - own.amount_nok.sum())
            booked.append(own.amount_nok.sum())
    return sum(map(abs, errors)) / sum(booked), sum(errors) / sum(booked)


@pytest.fixture
def given(tmp_path):
    """given(frame) → the path of a Parquet file with it."""

    def write(frame: pd.DataFrame, name: str = "ledger") -> Path:
        path = tmp_path / f"{name}.parquet"
        frame.to_parquet(path, index=False)
        return path

    return write


@pytest.fixture(scope="module")
def usual(tmp_path_factory) -> dict:
    """The JSON object of the ledger as it is."""
    path = tmp_path_factory.mktemp("usual") / "ledger.parquet"
    ledger().to_parquet(path, index=False)
    return tried(path, "--group", "unit")


@pytest.fixture
def mapped(monkeypatch, tmp_path):
    """Two mappings in workbook.yml: periods as they are, and periods that count from April."""
    workbook = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))
    plain = yaml.safe_load(COUNCIL)
    workbook["mappings"] = {"plain": plain, "april": plain | {"fiscal_year_start": 4}}
    path = tmp_path / "workbook.yml"
    path.write_text(yaml.safe_dump(workbook), encoding="utf-8")
    monkeypatch.setenv("RORIKT_WORKBOOK", str(tmp_path))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["backtest", *map(str, arguments)])


def tried(*arguments: object) -> dict:
    """The JSON object of a command that went well."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.exception
    return json.loads(result.stdout)


def refusal(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError), result.output
    return str(result.exception)


def values(found: dict, part: str, measure: str, **keys: object) -> list:
    rows = [row for row in found[part] if all(row[key] == value for key, value in keys.items())]
    return [row[measure] for row in sorted(rows, key=lambda row: row["known_months"])]


def as_council(table: pd.DataFrame, first_month: int = 1) -> pd.DataFrame:
    """As the council exports it: periods as numbers, that count from the month."""
    period = [shift(month, 1 - first_month).replace("-", "") for month in table.period]
    return pd.DataFrame(
        {
            "period": period,
            "posted": table.posted_on.dt.strftime("%Y-%m-%d"),
            "unit": table.unit,
            "payee": table.supplier_id,
            "amount": table.amount_nok,
        }
    )


def test_the_errors_of_the_run_rate_are_those_worked_out_by_hand(usual):
    assert usual["years"] == [2013, 2014, 2015]
    for known in (3, 6, 9):
        wape, bias = error_of_run_rate(ledger(), range(2013, 2016), known)
        row = {"method": "run_rate", "known_months": known}
        assert values(usual, "total", "wape", **row) == [pytest.approx(wape)]
        assert values(usual, "total", "bias", **row) == [pytest.approx(bias)]
        of_2014, _ = error_of_run_rate(ledger(), range(2014, 2015), known)
        assert values(usual, "per_year", "wape", year=2014, **row) == [pytest.approx(of_2014)]


def test_every_line_and_year_has_every_method_at_three_six_and_nine_months(usual):
    assert {row["method"] for row in usual["total"]} == set(METHODS)
    for part, key, names in (("per_line", "line", ["Energy", "Rent"]), ("per_year", "year", [2013, 2014, 2015])):
        asked = {(row[key], row["method"], row["known_months"]) for row in usual[part]}
        assert asked == {(name, method, known) for name in names for method in METHODS for known in (3, 6, 9)}
        assert len(usual[part]) == len(asked)


def test_only_the_chosen_forecast_has_an_interval_and_others_have_null(usual):
    covered = {row["method"] for row in usual["total"] if row["coverage"] is not None}
    assert covered == {"chosen"}
    assert all(0 <= row["coverage"] <= 1 for row in usual["sum"])


def test_the_sum_of_lines_of_cost_has_the_bias_of_them_all_and_no_larger_error(usual):
    assert values(usual, "sum", "bias") == pytest.approx(values(usual, "total", "bias", method="chosen"))
    of_sum, of_lines = values(usual, "sum", "wape"), values(usual, "total", "wape", method="chosen")
    assert all(whole <= lines + 1e-12 for whole, lines in zip(of_sum, of_lines, strict=True))


@pytest.mark.deep
def test_every_row_of_the_file_is_used_or_reported_with_the_reason(given):
    more = extra(
        [("2016-01", "Rent", 1), ("2016-02", "Late", 1), ("2012-05", "Seldom", 85.0), ("2014-05", "Seldom", 15)]
    )
    table = pd.concat([ledger(), more]).assign(is_duplicate=False)
    table = pd.concat([table, table.head(2).assign(is_duplicate=True), table.head(1).assign(amount_nok=None)])
    found = tried(given(table), "--group", "unit")
    assert found["rows"] == {"used": 120, "unreadable": 1}
    assert found["left_out"]["rows"] == {"without unit": 5, "after 2015": 2, "on lines left out": 2, "duplicate": 2}
    assert len(table) == 120 + 1 + 5 + 2 + 2 + 2
    assert found["left_out"]["blank_nok"] == 5 * 7.5


@pytest.mark.deep
def test_a_line_left_out_is_named_with_reason_and_its_share_of_the_years_nok(given):
    turning = [(f"{year}-05", "Turning", 100.0 if year % 2 else -100) for year in YEARS]
    table = pd.concat([ledger(), extra([("2014-05", "Seldom", 50.0), *turning])])
    found = tried(given(table), "--group", "unit")
    in_years = ledger().dropna(subset="unit").query("period >= '2013'").amount_nok.sum() + 350
    assert found["left_out"]["lines"] == [
        {"line": "Turning", "reason": "cost in some years, income in others", "share": pytest.approx(300 / in_years)},
        {"line": "Seldom", "reason": "a year without postings", "share": pytest.approx(50 / in_years)},
    ]
    assert found["lines"] == ["Rent", "Energy"]


@pytest.mark.deep
def test_what_was_booked_after_the_years_asked_for_plays_no_part(given, usual):
    later = ledger(range(2016, 2018)).query("unit != 'Energy'").assign(amount_nok=-1000.0)
    path = given(pd.concat([ledger(), later]), "later")
    asked = tried(path, "--group", "unit", "--years", "2013-2015")
    assert asked["years"] == usual["years"]
    assert asked["total"] == usual["total"]
    assert asked["lines"] == ["Rent", "Energy"]
    assert "no line has postings, of one sign" in refusal(path, "--group", "unit")


@pytest.mark.deep
def test_one_year_can_be_asked_for(given):
    found = tried(given(ledger()), "--group", "unit", "--years", "2014")
    assert found["years"] == [2014]
    assert {row["year"] for row in found["per_year"]} == {2014}
    assert found["left_out"]["rows"]["after 2014"] == 24


@pytest.mark.parametrize("years", ["2014-2012", "14", "2014-", "2014-2015-2016", "last"])
def test_a_span_of_years_that_is_none_is_refused_with_an_example(given, years):
    line = refusal(given(ledger()), "--group", "unit", "--years", years)
    assert years in line
    assert "2014-2020" in line


@pytest.mark.parametrize(("years", "named"), [("2010-2013", "2010, 2011"), ("2015-2016", "2016"), ("2011", "2011")])
def test_years_that_cannot_be_forecast_are_named_with_those_that_can(given, years, named):
    line = refusal(given(ledger()), "--group", "unit", "--years", years)
    assert "ledger.parquet" in line
    assert "2012–2015" in line
    assert all(year in line for year in named.split(", "))


@pytest.mark.parametrize("month", ["0", "13", "April", "4.5", "-1"])
def test_a_fiscal_start_that_is_no_month_is_refused(given, month):
    line = refusal(given(ledger()), "--group", "unit", f"--fiscal-start={month}")
    assert f"--fiscal-start {month} is no month" in line
    assert "4 for April" in line


@pytest.mark.deep
def test_one_ledger_gives_the_same_result_however_its_fiscal_years_are_written(given, mapped):
    table = ledger(range(2011, 2017)).query("'2011-04' <= period <= '2016-03'")
    calendar, fiscal = given(as_council(table), "calendar"), given(as_council(table, first_month=4), "fiscal")
    found = [
        tried(calendar, "--mapping", "plain", "--group", "unit", "--fiscal-start", "4"),
        tried(fiscal, "--mapping", "april", "--group", "unit"),
        tried(fiscal, "--mapping", "april", "--group", "unit", "--fiscal-start", "4"),
        tried(fiscal, "--mapping", "plain", "--group", "unit", "--fiscal-start", "4"),
        tried(given(table, "clean"), "--group", "unit", "--fiscal-start", "04"),
    ]
    assert [one["periods"] for one in found] == ["calendar", "calendar", "calendar", "fiscal", "calendar"]
    assert {one["fiscal_start"] for one in found} == {4}
    assert found[0]["years"] == [2013, 2014, 2015]
    for one in found[1:]:
        assert one["total"] == found[0]["total"]


@pytest.mark.deep
def test_periods_that_count_from_the_fiscal_start_already_are_left_as_they_are_and_it_is_reported(given, mapped):
    path = given(as_council(ledger(), first_month=4))
    shown = run(path, "--mapping", "plain", "--group", "unit", "--fiscal-start", "4").stdout
    assert "Periods left as they are" in shown
    assert "3 months" in shown
    assert "Periods" not in run(path, "--mapping", "april", "--group", "unit").stdout


def test_periods_without_dates_are_taken_for_calendar_months(given):
    table = ledger().drop(columns="posted_on")
    found = tried(given(table), "--group", "unit", "--fiscal-start", "4")
    assert (found["periods"], found["years"]) == ("calendar", [2013, 2014])


@pytest.mark.deep
def test_closing_entries_belong_to_their_december_in_any_fiscal_year(given):
    table = ledger()
    closing = table.assign(period=table.period.str.replace("-12", "-13"))
    for start in ("1", "4"):
        with_13, with_12 = (
            tried(given(rows), "--group", "unit", "--fiscal-start", start, "--years", "2014")["total"]
            for rows in (pd.concat([closing, extra([(f"{y}-12", "Rent", 0.0) for y in YEARS])]), table)
        )
        for one, other in zip(with_13, with_12, strict=True):
            assert one == pytest.approx(other, nan_ok=True)


@pytest.mark.deep
def test_the_text_has_the_figures_of_the_json_in_percent(given, usual):
    lines = run(given(ledger()), "--group", "unit").stdout.splitlines()

    def percents(part: str, **keys: object) -> list[float]:
        return [share * 100 for name in ("wape", "bias", "coverage") for share in values(usual, part, name, **keys)]

    for name, part, keys in (
        ("Chosen", "total", {"method": "chosen"}),
        ("Chosen, the lines' sum", "sum", {}),
        ("Rent", "per_line", {"method": "chosen", "line": "Rent"}),
    ):
        (shown,) = [line.removeprefix(name).split() for line in lines if line.startswith(f"{name} ")]
        assert [float(text) for text in shown] == pytest.approx(percents(part, **keys), abs=0.051)
        assert "-0.0" not in shown
    (shown,) = [line.removeprefix("Run rate").split() for line in lines if line.startswith("Run rate ")]
    assert len(shown) == 6


@pytest.mark.deep
def test_the_methods_come_in_the_order_of_their_error_at_six_months_the_chosen_first(given, usual):
    text = run(given(ledger()), "--group", "unit").stdout
    at_six = {row["method"]: row["wape"] for row in usual["total"] if row["known_months"] == 6}
    names = [METHODS[name] for name in sorted(at_six, key=lambda name: (name != "chosen", at_six[name]))]
    starts = [text.index(f"\n{name} ") for name in names]
    assert starts == sorted(starts)
    assert text.index("\nRent ") < text.index("\nEnergy ")


@pytest.mark.deep
def test_at_most_five_lines_left_out_are_named_and_the_rest_counted(given):
    few = extra([("2014-05", f"Unit {n}", 10.0 - n) for n in range(7)])
    text = run(given(pd.concat([ledger(), few])), "--group", "unit").stdout
    assert "a year without postings: 7 (" in text
    assert "Unit 0, Unit 1, Unit 2, Unit 3, Unit 4 and 2 more" in text


@pytest.mark.deep
def test_names_that_look_like_markup_are_shown_as_they_are(given):
    table = ledger().replace({"unit": {"Rent": "[red]Rent[/red] :smile: " + "x" * 100}})
    assert "\n[red]Rent[/red] :smile: " + "x" * 100 + " " in run(given(table), "--group", "unit").stdout


def test_two_complete_years_are_tried_without_an_interval(given):
    found = tried(given(ledger(range(2014, 2016))), "--group", "unit")
    assert found["years"] == [2015]
    assert values(found, "total", "coverage", method="chosen") == [None] * 3


@pytest.mark.parametrize("table", [ledger(range(2014, 2015)), ledger().query("not period.str.endswith('-07')")])
def test_a_ledger_with_too_few_complete_years_is_refused_by_name(given, table):
    line = refusal(given(table), "--group", "unit")
    assert "ledger.parquet" in line
    assert "complete: " + ("2014" if len(table) < 30 else "none") in line


def test_a_ledger_without_a_line_in_every_year_is_refused_with_the_remedy(given):
    table = ledger().assign(unit=ledger().period.str[:4])
    line = refusal(given(table), "--group", "unit")
    assert "ledger.parquet" in line
    assert "--group" in line


def test_accounts_that_no_expense_type_claims_lead_to_another_group(given, mapped):
    line = refusal(given(as_council(ledger().dropna())), "--mapping", "plain")
    assert "no expense type claims the account" in line
    assert "--group" in line


@pytest.mark.deep
def test_results_go_to_standard_output_and_the_last_line_of_standard_error_says_what_was_done(given):
    path = given(ledger())
    whole = rorikt("backtest", path, "--group", "unit", "--json")
    assert whole.returncode == 0
    assert json.loads(whole.stdout)["file"] == str(path)
    assert told(whole) == [f"Tried the forecast on 2 lines of {path} in 2013–2015: on standard output."]


def test_a_ledger_of_unknown_headers_is_one_line_that_says_where_to_describe_them(given):
    line = refused("backtest", given(as_council(ledger())))
    assert "ledger.parquet" in line
    assert "payee" in line
    assert "mappings in workbook.yml" in line


@pytest.mark.deep
def test_the_demo_ledger_is_tried_by_expense_type(demo_root, settings):
    found = tried(demo_root / "clean" / "postings.parquet")
    # The only one with two complete years before it.
    assert found["years"] == [2024]
    assert {*found["lines"]} <= {*settings.ledger.expense_types}
    assert values(found, "total", "wape", method="chosen")[2] < 0.2
