"""The list of expected invoices: which of them the model counts on, and how they are put in rows."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.ledger.invoice_list import counted_on, listed


def expected(*given: tuple[str, str, str, float], line: str = "Tele") -> pd.DataFrame:
    table = pd.DataFrame(given, columns=["supplier_name", "rhythm", "expected_month", "amount_nok"])
    return table.assign(line=line, last_month="2024-09", last_nok=table.amount_nok * 0.9)


SOME = expected(
    ("Månedlig AS", "monthly", "2024-10", 100e3), ("Årlig AS", "yearly", "2024-12", 1.2e6), ("Liten AS", "yearly", "2024-10", 1e3),
    ("Månedlig AS", "monthly", "2024-11", 100e3), ("Månedlig AS", "monthly", "2024-12", 100e3), ("Månedlig AS", "yearly", "2024-12", 7e3),
)  # fmt: skip


def test_a_monthly_series_is_one_row_and_the_others_stand_by_month_and_size():
    table = listed(SOME)
    assert table.supplier_name.tolist() == ["Månedlig AS", "Liten AS", "Årlig AS", "Månedlig AS", "SUM"]
    assert table.first_month.tolist()[:4] == ["2024-10", "2024-10", "2024-12", "2024-12"]
    assert table.expected_month.tolist()[:4] == ["2024-12", "2024-10", "2024-12", "2024-12"]
    assert table.amount_nok.tolist() == [300e3, 1e3, 1.2e6, 7e3, 1.508e6]
    assert table.suppliers.tolist()[:4] == [1] * 4
    assert table.row.tolist() == [1, 2, 3, 4, 5]


def test_quarterly_invoices_stand_each_in_its_month():
    table = listed(expected(("A", "quarterly", "2024-07", 5.0), ("A", "quarterly", "2024-10", 5.0)))
    assert table[["first_month", "expected_month"]].to_numpy().tolist()[:2] == [["2024-07"] * 2, ["2024-10"] * 2]


@pytest.mark.parametrize(("count", "shown"), [(19, 20), (20, 2)])
def test_in_a_list_of_more_than_twenty_the_small_ones_are_gathered(count, shown):
    small = [(f"Leverandør {n}", "yearly", "2024-11", 99_999.0) for n in range(count)]
    table = listed(expected(("Stor AS", "yearly", "2024-10", 100_000.0), *small))
    assert len(table) - 1 == shown
    assert table.amount_nok.iloc[:-1].sum() == table.amount_nok.iloc[-1] == 100_000 + count * 99_999
    assert (table.suppliers == 20).any() == (shown == 2)


def test_the_gathered_keep_their_line_where_they_have_one_in_common():
    names = [f"Leverandør {n}" for n in range(21)]
    rows = [expected((name, "yearly", "2024-11", 9.0), line=line) for name in names for line in ("Tele", "Kurs")]
    assert listed(pd.concat(rows[::2], ignore_index=True)).line.tolist() == ["Tele", "SUM"]
    both = listed(pd.concat(rows[:22], ignore_index=True))
    assert both.line.isna().tolist() == [True, False]


def test_the_sum_is_named_in_the_first_column_that_is_shown():
    assert listed(SOME)[["line", "supplier_name"]].iloc[-1].tolist() == ["SUM", "SUM"]
    other = expected(("B", "yearly", "2024-10", 9.0), line="Kurs")
    both = listed(pd.concat([SOME, other], ignore_index=True))
    assert both.line.iloc[-1] == "SUM"
    assert pd.isna(both.supplier_name.iloc[-1])


def test_of_no_invoices_there_is_no_list():
    assert listed(SOME[:0]).empty


def test_only_lines_of_cost_that_the_model_reads_by_their_invoices_are_counted_on():
    all_lines = pd.concat(
        [
            SOME,
            expected(("A", "yearly", "2024-10", 5.0), line="Lønn"),
            expected(("I", "monthly", "2024-10", -5.0), line="Inn"),
        ]
    )
    readings = pd.DataFrame({"line": ["Lønn", "Tele", "Inn"], "reading": ["calendar", "commitments", "commitments"]})
    assert counted_on(all_lines, readings).line.unique().tolist() == ["Tele"]
