from __future__ import annotations

import pandas as pd
import pytest
from golden_pairs import GOLDEN, check_golden, clean_path

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.intune import FORMAT

HEADER = "Device name,Last check-in,OS version,Serial number,Manufacturer,Model,Primary user UPN,OS"


def row(serial: str = "PF-1", seen: str = "2024-09-26 06:30:00.0000000", system: str = "Windows") -> str:
    return f"PC-1,{seen},10.0.22631.4169,{serial},LENOVO,20W0,upn-1,{system}"


def test_the_golden_export_gives_the_expected_pcs(settings):
    check_golden("intune", clean_path(GOLDEN / "intune" / "raw.csv", FORMAT, settings))


def test_every_row_is_clean_quarantined_or_set_aside(settings):
    cleaned = clean_path(GOLDEN / "intune" / "raw.csv", FORMAT, settings)
    assert len(cleaned.frame) + len(cleaned.quarantine) + cleaned.set_aside == 9


def test_the_user_is_kept_nowhere(settings):
    cleaned = clean_path(GOLDEN / "intune" / "raw.csv", FORMAT, settings)
    assert "upn" not in cleaned.frame.to_csv() + cleaned.quarantine.to_csv()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-09-27 11:03:12.0000000", "2024-09-27"),
        ("2024-09-27 11:03:12", "2024-09-27"),
        ("2024-09-27T11:03:12Z", "2024-09-27"),
        ("27.09.2024 11:03", "2024-09-27"),
        ("9/27/2024 11:03:12 AM", "2024-09-27"),
        ("9/10/2024 11:03:12 PM", "2024-09-11"),
        ("2024-09-27 21:59:59.9999999", "2024-09-27"),
        ("2024-09-27 22:00:00.0000000", "2024-09-28"),
        ("2024-12-27 22:59:59.0000000", "2024-12-27"),
    ],
)
def test_a_check_in_is_utc_and_counts_on_its_local_day(clean_text, written, day):
    cleaned = clean_text(FORMAT, f"{HEADER}\n{row(seen=written)}\n")
    assert cleaned.frame["last_seen_on"].tolist() == [pd.Timestamp(day)]


@pytest.mark.parametrize("written", ["9/10/2024", "9/10/2024 11:03", "27/9/2024 11:03:12", "i går"])
def test_a_date_whose_day_and_month_cannot_be_distinguished_is_quarantined(clean_text, written):
    cleaned = clean_text(FORMAT, f"{HEADER}\n{row(seen=written)}\n")
    assert cleaned.frame.empty
    assert cleaned.quarantine["detail"].tolist() == [f"last_seen_on: '{written}'"]


@pytest.mark.parametrize("written", ["", "0001-01-01 00:00:00.0000000", "1/1/0001 12:00:00 AM", "01.01.0001 00:00"])
def test_a_pc_that_never_checked_in_is_kept_without_a_date(clean_text, written):
    assert clean_text(FORMAT, f"{HEADER}\n{row(seen=written)}\n").frame["last_seen_on"].isna().tolist() == [True]


@pytest.mark.parametrize(
    "serial",
    ["", "0", "00000000", "Default string", "DEFAULT STRING", "To be filled by O.E.M.", "System Serial Number", "None",
     "N/A", "Not Specified", "INVALID", "-", "123456789"],
)  # fmt: skip
def test_a_pc_whose_serial_number_names_no_pc_is_set_aside_and_counted(clean_text, serial):
    cleaned = clean_text(FORMAT, f"{HEADER}\n{row(serial)}\n{row('PF-2')}\n")
    assert cleaned.frame["serial_no"].tolist() == ["PF-2"]
    assert cleaned.set_aside == 1
    assert cleaned.findings[["finding", "count"]].values.tolist() == [["unusable_serial", 1]]


@pytest.mark.parametrize("serial", ["PF-1000", "0A1B2C", "1234567X", "NONE-7", "SN0"])
def test_a_serial_number_that_only_resembles_a_placeholder_is_kept(clean_text, serial):
    assert clean_text(FORMAT, f"{HEADER}\n{row(serial)}\n").frame["serial_no"].tolist() == [serial]


@pytest.mark.parametrize("system", ["iOS", "iPadOS", "Android (fully managed)", "android"])
def test_phones_and_tablets_are_set_aside(clean_text, system):
    cleaned = clean_text(FORMAT, f"{HEADER}\n{row('F1', system=system)}\n{row('PF-2')}\n")
    assert cleaned.frame["serial_no"].tolist() == ["PF-2"]
    assert cleaned.findings[["finding", "count"]].values.tolist() == [["mobile_devices", 1]]


def test_an_export_without_serial_numbers_is_refused(clean_text):
    with pytest.raises(InputError, match="Serial number"):
        clean_text(FORMAT, "Device name,Last check-in,OS version\nPC-1,2024-09-26 06:30:00,10.0.1\n")
