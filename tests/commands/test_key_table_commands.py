"""rorikt share and rorikt audit: what they say of a key table, as text and JSON, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from command_line import refused, rorikt, rorikt_process
from typer.testing import CliRunner

from rorikt_lib.cli import app
from rorikt_lib.errors import InputError

PUBLISHED = Path(__file__).parent.parent / "published"
TABLE = "Kategori;Post;Kostnad;Nøkkel Molde;Nøkkel Rauma\nDrift;PC-er;1000;2;1\nDrift;Linjer;100;1;0\n"


@pytest.fixture
def table(tmp_path):
    def write(text: str = TABLE, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def answered(*arguments: object) -> dict:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.exception
    return json.loads(result.stdout)


def problem(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError), result
    return str(result.exception)


def totals(found: dict) -> dict[str, float]:
    return {row["municipality"]: row["amount"] for row in found["totals"]}


def test_costs_are_shared_by_their_keys_and_add_up(table):
    found = answered("share", table())
    cells = [(row["item"], row["municipality"], row["key"], row["amount"]) for row in found["items"]]
    assert cells == [
        ("PC-er", "Molde", 2, 667),
        ("PC-er", "Rauma", 1, 333),
        ("Linjer", "Molde", 1, 100),
        ("Linjer", "Rauma", 0, 0),
    ]
    assert totals(found) == {"Molde": 767, "Rauma": 333}
    assert found["sum"] == 1100
    assert [row["share"] for row in found["totals"]] == pytest.approx([2300 / 3300, 1000 / 3300])


@pytest.mark.parametrize(("unit", "sums"), [("1000", [1000, 0]), ("0,01", [766.67, 333.33]), ("100", [800, 300])])
def test_any_rounding_unit_adds_up(table, unit, sums):
    found = answered("share", table(), "--unit", unit)
    assert [row["amount"] for row in found["totals"]] == sums


def test_an_amount_that_is_no_multiple_of_the_unit_is_reported_with_what_it_was_rounded_to(table):
    keys = table("Kommune;Folketall\nMolde;3\nRauma;1\n")
    found = answered("share", keys, "--amount", "88438669", "--unit", "1000")
    assert (found["amount"], found["sum"]) == (88438669, 88439000)
    assert (
        "Shared 88,439,000 kroner (88,438,669 at the rounding unit)"
        in rorikt("share", keys, "--amount", "88438669", "--unit", "1000").stderr
    )


def test_an_amount_is_shared_by_the_only_keys_there_are(table):
    keys = table("Kommune;Folketall\nMolde;3\nRauma;1\n")
    assert totals(answered("share", keys, "--amount", "1 000,50", "--unit", "0.01")) == {
        "Molde": 750.38,
        "Rauma": 250.12,
    }
    assert totals(answered("share", keys, "--amount", "-100")) == {"Molde": -75, "Rauma": -25}


def test_a_model_shares_the_published_table_to_the_printed_totals():
    found = answered("share", PUBLISHED / "allocation_2025.csv", "--model", "Kostnadsdrivere", "--amount", 96343000)
    assert totals(found) == {
        "Aukra": 7516639, "Hustadvika": 18726351, "Molde": 46379051, "Rauma": 11282073, "Vestnes": 12438886,
    }  # fmt: skip
    assert [round(100 * row["share"], 2) for row in found["totals"]] == [7.80, 19.44, 48.14, 11.71, 12.91]


def test_costs_may_stand_in_a_file_of_their_own_and_a_year_be_chosen(table):
    keys = table(
        "År;Kategori;Post;Kommune;Nøkkel\n2024;A;a;Molde;1\n2024;A;a;Rauma;1\n2025;A;a;Molde;3\n2025;A;a;Rauma;1\n"
    )
    costs = table("År;Kategori;Post;Kostnad\n2024;A;a;50\n2025;A;a;100\n", "costs.csv")
    assert totals(answered("share", keys, "--costs", costs, "--year", 2025)) == {"Molde": 75, "Rauma": 25}
    assert "several years: 2024, 2025" in problem("share", keys, "--costs", costs)
    assert "the table has no 2026" in problem("share", keys, "--costs", costs, "--year", 2026)


def test_a_title_above_the_header_is_skipped(table):
    assert totals(answered("share", table("Kostnader 2025;;;;\n" + TABLE))) == totals(answered("share", table()))


def test_each_items_own_cost_is_a_model_with_and_without_the_amount(table):
    own = answered("share", table(), "--model", "own_cost")
    assert totals(own) == totals(answered("share", table())) == {"Molde": 767, "Rauma": 333}
    assert totals(answered("share", table(), "--model", "own_cost", "--amount", 1100)) == totals(own)
    assert "they differ by 100" in problem("share", table(), "--model", "own_cost", "--amount", 1200)


def test_what_lacks_or_is_wrong_is_reported_with_its_file(table):
    keys = table("Kategori;Post;Kommune;Nøkkel\nA;a;Molde;1\nA;b;Molde;0\n", "keys.csv")
    for text, told in {
        "Kategori;Post;Kostnad\nA;a;10\n": "costs.csv: neither cost nor weight: b",
        "Kategori;Post;Kostnad\nA;a;10\nA;b;5\n": "keys.csv: item 'b': the keys are all zero",
        "Kategori;Post;Kostnad\nA;a;10\nA;c;5\n": "keys.csv: a cost without keys: c",
        "Kategori;Post;Kostnad;Andel\nA;a;10;2\n": "costs.csv: item 'a' has both a cost (10) and a weight (2)",
        "År;Kategori;Post;Kostnad\n2024;A;a;10\n": "costs.csv: ",
    }.items():
        assert f"/{told}" in problem("share", keys, "--costs", table(text, "costs.csv")), told


def test_the_text_shows_items_subtotals_total_and_shares(table):
    result = run("share", table(TABLE + "Lisens;Visma;300;1;1\n"))
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["DRIFT", "767", "333", "1,100"] in lines
    assert ["TOTAL", "917", "483", "1,400"] in lines
    assert ["Share", "65.48%", "34.52%"] in lines


@pytest.mark.parametrize(
    ("text", "arguments", "told_problem"),
    [
        (TABLE.replace("PC-er;1000;2;1", "PC-er;1000;2;"), [], "table.csv, line 2: PC-er: no key for Rauma"),
        (TABLE.replace("PC-er;1000;2;1", "PC-er;1000;0;0"), [], "table.csv: item 'PC-er': the keys are all zero"),
        (TABLE.replace("PC-er;1000;2;1", "PC-er;1000;2;-1"), [], "item 'PC-er': the key of Rauma is negative (-1)"),
        (TABLE, ["--model", "Nettverk"], "no sharing model is called Nettverk. Remedy: use one of: Kostnadsdrivere"),
        (TABLE, ["--model", "Kostnadsdrivere"], "Remedy: give --amount"),
        (TABLE, ["--amount", "1200"], "the items cost 1100, but it has 1200: they differ by 100"),
        (TABLE, ["--amount", "mye"], "--amount mye is not a number"),
        (TABLE, ["--unit", "0"], "the rounding unit 0 is not above zero"),
        ("Kommune;Folketall\nMolde;3\n", [], "the table has keys, but no costs"),
        ("Kategori;Post;Kostnad;Beløp Molde\nA;a;1;1\n", [], "the table has no keys"),
    ],
)
def test_what_cannot_be_shared_is_refused_with_the_remedy(table, text, arguments, told_problem):
    assert told_problem in problem("share", table(text), *arguments)


def test_the_audit_of_the_published_table_reads_its_totals_beside_it_and_names_hustadvika():
    found = answered("audit", PUBLISHED / "allocation_2025.csv")
    licences = "Lisens, vedlikehold, support"
    assert found["missing"] == [{"category": licences, "municipality": "Hustadvika", "difference": 994134}]
    assert [(e["check"], e["municipality"], e["difference"]) for e in found["errors"]] == [
        ("subtotal", "Hustadvika", 994134), ("category", "SUM", 994134),
    ]  # fmt: skip
    text = run("audit", PUBLISHED / "allocation_2025.csv").stdout
    assert f"{licences}: the printed rows lack 994,134 kroner" in text
    assert "Hustadvika 994,134" in text


def test_the_totals_may_be_named_and_a_table_without_amounts_is_refused(table):
    printed = table("Kategori;Post;Kostnad;Nøkkel Molde;Beløp Molde\nA;a;10;1;10\n", "printed.csv")
    assert answered("audit", printed)["errors"] == []
    below = table("Kategori;Budsjett;Beløp Molde\nA;25;25\n", "sums.csv")
    errors = answered("audit", printed, "--totals", below)["errors"]
    assert [(e["check"], e["difference"]) for e in errors] == [("subtotal", 15), ("category", 15)]
    assert "table.csv: nothing in the table can be recomputed" in problem("audit", table())


@pytest.mark.parametrize(
    ("name", "errors", "rounding"),
    [
        ("savings_2025_revised", [("SUM (published)", "amount", 3000)], []),
        ("contributions", [], [("SUM", "nok_1000", -1)]),
        ("financial_plan_2025-2028", [], [("SUM", "2027", -1), ("SUM", "2028", -1)]),
        ("budget_walk_2025_adjustments", [], []),
        ("investment_distribution_2025", [], []),
    ],
)
def test_the_sums_of_published_lists_are_audited_and_the_measures_are_3000_off(name, errors, rounding):
    found = answered("audit", PUBLISHED / f"{name}.csv")
    for kind, expected in {"errors": errors, "rounding": rounding}.items():
        assert [(e["category"], e["item"], e["difference"]) for e in found[kind]] == [
            (label, column, apart) for label, column, apart in expected
        ]


def test_a_lists_sums_are_each_of_the_rows_since_the_one_before(table):
    text = "År;Post;Beløp;Antall\n2024;a;1;5\n2024;b;2,50;5\n2024;Sum;3,50;10\n2025;a;4;1\n2025;Sum;5;1\n"
    errors = answered("audit", table(text))["errors"]
    assert [(e["item"], e["printed"], e["computed"], e["difference"]) for e in errors] == [("Beløp", 5, 4, 1)]


def test_a_list_that_begins_with_its_sum_has_its_rows_below_it(table):
    text = "Rad;2025\nSum;30\nMolde;20\nRauma;15\nVekst i prosent;4\n"
    assert [e["difference"] for e in answered("audit", table(text))["errors"]] == [-5]


@pytest.mark.deep
def test_a_refused_table_is_one_line_and_a_shared_one_is_on_standard_output(tmp_path, table):
    assert "no such file" in refused("share", tmp_path / "none.csv").lower()
    done = rorikt_process("share", table())
    assert done.returncode == 0
    assert "Shared 1,100 kroner among 2 municipalities" in done.stderr


def test_an_amount_that_can_be_read_both_ways_needs_the_decimal_sign(table):
    keys = table("Kommune;Folketall\nMolde;3\nRauma;1\n")
    assert "--amount 1.000 can be 1000 and 1,000" in problem("share", keys, "--amount", "1.000")
    assert answered("share", keys, "--amount", "1.000", "--decimal-sign", ",")["sum"] == 1000
    assert "--decimal-sign ; is none" in problem("share", keys, "--amount", "1", "--decimal-sign", ";")
    assert "--decimal-sign" in problem("share", table("Kommune;Folketall\nMolde;1.200\nRauma;2.100\n"), "--amount", "1")
