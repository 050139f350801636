"""The audit finds what was changed in a printed table, says by how much and for whom, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.audit import audit
from rorikt_lib.sources.formats.key_table import read_key_table

TABLE = """Kategori;Post;Kostnad;Nøkkel Molde;Nøkkel Rauma;Beløp Molde;Beløp Rauma
Drift;PC-er;1000;3;1;750;250
Drift;Linjer;301;1;1;151;151
Lisens;Visma;600;2;1;400;200
"""
TOTALS = """Kategori;Andel;Budsjett;Beløp Molde;Beløp Rauma
Drift;0,68;1301;901;401
Lisens;0,32;600;400;200
Sum;1;1901;1301;601
"""


@pytest.fixture
def errors_in(tmp_path):
    """The audit's findings beyond rounding, of the two tables with a text replaced by another."""

    def found(old: str = "", new: str = "", rounding: bool = False) -> list[tuple]:
        tables = []
        for name, text in {"table": TABLE, "totals": TOTALS}.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
            tables.append(read_key_table(path))
        assert not old or old in TABLE + TOTALS
        table = audit(tables[0].keys, tables[0].costs, tables[1].totals)
        rows = table[table.is_rounding.astype(bool) == rounding]
        return [(r.check, r.category, r.item, r.municipality, int(r.difference_nok)) for r in rows.itertuples()]

    return found


def test_a_table_that_follows_has_no_errors(errors_in):
    assert errors_in() == []


def test_rounding_is_kept_apart(errors_in):
    assert ("item", "Drift", "Linjer", "SUM", 1) in errors_in(rounding=True)


def test_a_changed_cell_is_found_with_its_item(errors_in):
    assert errors_in("750;250", "770;250") == [
        ("cell", "Drift", "PC-er", "Molde", 20), ("item", "Drift", "PC-er", "SUM", 20),
    ]  # fmt: skip


def test_cells_moved_between_municipalities_are_both_found_though_the_item_adds_up(errors_in):
    assert errors_in("750;250", "740;260") == [
        ("cell", "Drift", "PC-er", "Molde", -10), ("cell", "Drift", "PC-er", "Rauma", 10),
    ]  # fmt: skip


def test_a_changed_subtotal_is_found_in_its_category_and_against_the_total(errors_in):
    assert errors_in("901;401", "951;401") == [
        ("subtotal", "Drift", "", "Molde", 50), ("column", "SUM", "", "Molde", -50),
    ]  # fmt: skip


def test_a_row_that_is_not_printed_is_found_with_what_each_municipality_lacks(errors_in):
    assert errors_in("Drift;PC-er;1000;3;1;750;250\n", "") == [
        ("subtotal", "Drift", "", "Molde", 750), ("subtotal", "Drift", "", "Rauma", 250),
        ("category", "Drift", "", "SUM", 1000),
    ]  # fmt: skip


def test_a_share_that_is_not_the_categorys_part_is_found(errors_in):
    assert errors_in("Lisens;0,32", "Lisens;0,36") == [("share", "Lisens", "", "SUM", 600 - 684)]


def test_a_total_that_is_not_the_sum_of_the_categories_is_found(errors_in):
    assert ("total", "SUM", "", "SUM", 100) in errors_in("Sum;1;1901", "Sum;1;2001")


def test_a_printed_weight_that_is_only_rounded_is_no_error_and_another_is(tmp_path):
    text = "Kategori;Post;Kostnad;Andel;Nøkkel Molde;Beløp Molde\nL;a;88235;9 %;1;88235\nL;b;558824;{};1;558824\n"
    text += "L;c;352941;35 %;1;352941\nL;Sum;1000000;;;1000000\n"
    found = {}
    for share in ("56 %", "52 %"):
        path = tmp_path / "weights.csv"
        path.write_text(text.format(share), encoding="utf-8")
        table = read_key_table(path)
        result = audit(table.keys, table.costs, table.totals)
        found[share] = result[~result.is_rounding.astype(bool)]["item"].tolist()
    assert found["56 %"] == []
    assert "b" in found["52 %"]


def test_an_empty_cell_says_nothing_is_paid_which_is_wrong_where_there_is_a_key(errors_in):
    assert errors_in("750;250", ";250") == [
        ("cell", "Drift", "PC-er", "Molde", -750), ("item", "Drift", "PC-er", "SUM", -750),
    ]  # fmt: skip
    assert errors_in("3;1;750;250", "0;1;;1000") == [
        ("subtotal", "Drift", "", "Molde", 750), ("subtotal", "Drift", "", "Rauma", -750),
    ]  # fmt: skip


@pytest.mark.parametrize("row", ["Andel;;;68,4 %;31,6 %\n", "Andel i prosent;;;68,4;31,6\n", "Andel;;;0,684;0,316\n"])
def test_a_printed_share_of_the_total_is_audited_to_its_last_digit(errors_in, row):
    assert errors_in("1301;601\n", "1301;601\n" + row) == []
    wrong = errors_in("1301;601\n", "1301;601\n" + row.replace("68,4", "65,4").replace("0,684", "0,654"))
    assert [(check, place) for check, _, _, place, _ in wrong] == [("part", "Molde")]


def test_a_settlement_is_audited_to_the_ore(tmp_path):
    path = tmp_path / "settlement.csv"
    path.write_text("Kommune;Andel;Beløp\nMolde;75 %;-75,33\nRauma;25 %;-24,92\nSum;;-100,00\n", encoding="utf-8")
    table = read_key_table(path)
    found = audit(table.keys, table.costs, table.totals)
    rows = found[~found.is_rounding.astype(bool)]
    assert [(r.check, r.municipality, float(r.difference_nok)) for r in rows.itertuples()] == [
        ("cell", "Molde", -0.33), ("cell", "Rauma", 0.08), ("total", "SUM", 0.25),
    ]  # fmt: skip


def test_a_table_without_printed_amounts_is_refused(tmp_path):
    path = tmp_path / "keys.csv"
    path.write_text("Kommune;Nøkkel\nMolde;3\nRauma;1\n", encoding="utf-8")
    table = read_key_table(path)
    with pytest.raises(InputError, match="no amounts are printed"):
        audit(table.keys, table.costs, table.totals)


@given(st.sampled_from([750, 250, 400, 200]), st.integers(2, 10**6))
def test_any_cell_that_is_off_by_more_than_a_krone_is_found(tmp_path_factory, cell, off):
    path = tmp_path_factory.mktemp("cells") / "table.csv"
    path.write_text(TABLE.replace(str(cell), str(cell + off), 1), encoding="utf-8")
    table = read_key_table(path)
    found = audit(table.keys, table.costs, table.totals)
    rows = found[(found.check == "cell") & ~found.is_rounding.astype(bool)]
    assert rows.difference_nok.tolist() == [off]
