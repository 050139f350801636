"""Numbers and texts in one column of a spreadsheet: what a number looks like says nothing of the texts."""

from __future__ import annotations

import zipfile

import pytest
import xlsxwriter

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.read_file import read_file

HEADER = ["Bilagsnr", "Bilagsdato", "Periode", "Konto", "Tekst", "Beløp"]


def total(tmp_path, amounts: list[object], sign: str | None = None, **cells) -> float:
    """The sum of a ledger in Excel with these amounts; InputError where it is refused."""
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for row, amount in enumerate(amounts, start=1):
            sheet.write_row(row, 0, [row, "05.01.2024", cells.get("period", 202401), "195", cells.get("text", "a")])
            (sheet.write_string if isinstance(amount, str) else sheet.write_number)(row, 5, amount)
    settings = demo_settings().model_copy(update={"decimal_sign": {"ledger_list": sign} if sign else {}})
    (frame,) = [part.frame for part in read_file(tmp_path / "raw.xlsx", "raw.xlsx", settings).parts if len(part.frame)]
    return frame["amount_nok"].sum()


@pytest.mark.parametrize("text", ["1,234", "-1.234", "kr 12,345", "1.000,-", "(1,234)", "1.234-"])
def test_a_number_beside_it_does_not_say_how_a_text_in_a_spreadsheet_is_read(tmp_path, text):
    with pytest.raises(InputError, match=r"^raw\.xlsx, line 3: amount_nok .* can be .*Remedy: .*decimal_sign"):
        total(tmp_path, [100.5, text, 7, -0.25])


@pytest.mark.parametrize(("sign", "right"), [(".", 1341.25), (",", 108.484)])
def test_the_settings_say_how_a_text_beside_numbers_of_a_spreadsheet_is_read(tmp_path, sign, right):
    assert total(tmp_path, [100.5, "1,234", 7, -0.25], sign) == pytest.approx(right)


def test_a_text_of_one_reading_says_how_the_others_are_read_and_numbers_are_numbers(tmp_path):
    assert total(tmp_path, [100.5, "1.234", "2,5", -1234.125, 1e-7]) == pytest.approx(100.5 + 1234 + 2.5 - 1234.125)
    assert total(tmp_path, [100.5, "1,234.00"], ".") == 1334.5


@pytest.mark.parametrize("period", ["2024-01-01", "2024-01-01 00:00:00", "2024-01"])
def test_a_period_that_a_spreadsheet_has_made_a_date_is_its_month(tmp_path, period):
    assert total(tmp_path, [5, 6], period=period) == 11


def test_a_part_that_is_not_as_it_was_written_is_not_read(tmp_path):
    whole, damaged = tmp_path / "raw.xlsx", tmp_path / "damaged.xlsx"
    total(tmp_path, ["100"], text="Checkpoint")
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(damaged, "w", zipfile.ZIP_STORED) as copy:
        for info in archive.infolist():
            copy.writestr(info.filename, archive.read(info))
    damaged.write_bytes(damaged.read_bytes().replace(b"Checkpoint", b"Chequpoint"))
    with pytest.raises(
        InputError, match=r"^damaged\.xlsx: not a readable Excel file \(xl/sharedStrings\.xml is damaged"
    ):
        read_file(damaged, "damaged.xlsx", demo_settings())
