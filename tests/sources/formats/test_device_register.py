from __future__ import annotations

from golden_pairs import GOLDEN, check_golden, clean_path

from rorikt_lib.sources.formats.device_register import FORMAT


def test_the_golden_register_in_windows_1252_gives_the_expected_purchases(settings):
    check_golden("device_register", clean_path(GOLDEN / "device_register" / "raw.csv", FORMAT, settings))


def test_every_row_is_clean_quarantined_or_set_aside(settings):
    cleaned = clean_path(GOLDEN / "device_register" / "raw.csv", FORMAT, settings)
    assert len(cleaned.frame) + len(cleaned.quarantine) + cleaned.set_aside == 8


def test_a_purchase_without_owner_is_quarantined_and_one_without_date_kept(clean_text):
    cleaned = clean_text(FORMAT, "Serienr;Kommune;Brukergruppe;Innkjøpt\nA1;;Elev;01.08.2023\nA2;Molde;Elev;\n")
    assert cleaned.quarantine[["reason", "detail"]].values.tolist() == [["missing_value", "municipality"]]
    assert cleaned.frame["serial_no"].tolist() == ["A2"]


def test_a_purchase_date_that_cannot_be_read_is_not_taken_for_a_missing_one(clean_text):
    cleaned = clean_text(FORMAT, "Serienr;Kommune;Brukergruppe;Innkjøpt\nA1;Molde;Elev;høsten 2023\n")
    assert cleaned.frame.empty
    assert cleaned.quarantine["reason"].tolist() == ["unreadable_value"]
