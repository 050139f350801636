"""Golden pairs: a raw sample of each format and what must come of it."""

from __future__ import annotations

import pandas as pd
import pytest
import xlsxwriter
from golden_pairs import GOLDEN, check_golden, clean_path

from rorikt_lib.sources.formats import adopted_forecast, allocation, budget, forecast_form, ledger_list, saft
from rorikt_lib.sources.reading.rows import read_rows

PAIRS = {
    "ledger_list": ledger_list.FORMAT,
    "ledger_debit_credit": ledger_list.FORMAT,
    "budget": budget.FORMAT,
    "adopted_forecast": adopted_forecast.FORMAT,
    "forecast_form": forecast_form.FORMAT,
    "allocation_keys": allocation.KEYS,
    "allocation_costs": allocation.COSTS,
}


@pytest.mark.parametrize("folder", PAIRS)
def test_a_delimited_export_gives_its_golden_tables(folder, settings):
    check_golden(folder, clean_path(GOLDEN / folder / "raw.csv", PAIRS[folder], settings))


@pytest.mark.parametrize("name", ["version_130_prefix.xml", "version_120.xml"])
def test_a_saft_file_gives_its_golden_tables_with_and_without_a_prefix(name, settings):
    raw = saft.read(GOLDEN / "saft" / name, name)
    check_golden("saft", saft.clean(raw, settings))


def test_a_saft_file_all_on_one_line_gives_the_same_rows_and_refuses_only_the_bad_one(settings):
    cleaned = saft.clean(saft.read(GOLDEN / "saft_minified" / "raw.xml", "raw.xml"), settings)
    check_golden("saft_minified", cleaned)


@pytest.mark.parametrize("folder", ["budget", "adopted_forecast", "ledger_debit_credit"])
def test_the_same_export_as_an_excel_file_gives_the_same_tables(folder, settings, tmp_path):
    rows = read_rows(GOLDEN / folder / "raw.csv")[0]
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx") as book:
        sheet = book.add_worksheet()
        for line, cells in zip(rows.index, rows.itertuples(index=False), strict=True):
            sheet.write_row(line - 1, 0, ["" if pd.isna(cell) else cell for cell in cells])
    check_golden(folder, clean_path(tmp_path / "raw.xlsx", PAIRS[folder], settings))
