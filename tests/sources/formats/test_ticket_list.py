from __future__ import annotations

import pandas as pd
import pytest
from golden_pairs import GOLDEN, check_golden, clean_path

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.ticket_list import FORMAT, HEADERS

HEADER = ";".join(HEADERS)
ROW = "1;Feilmelding;Lav;Ny;Konto;Molde;E-post;01.09.2024 08:00;;;;0"


def test_the_golden_export_gives_the_expected_cases(settings):
    check_golden("ticket_list", clean_path(GOLDEN / "ticket_list" / "raw.csv", FORMAT, settings))


def test_every_row_is_clean_quarantined_or_set_aside(settings):
    cleaned = clean_path(GOLDEN / "ticket_list" / "raw.csv", FORMAT, settings)
    assert len(cleaned.frame) + len(cleaned.quarantine) + cleaned.set_aside == 11


def test_the_subject_is_kept_nowhere(settings):
    cleaned = clean_path(GOLDEN / "ticket_list" / "raw.csv", FORMAT, settings)
    kept = pd.concat([cleaned.frame.astype("str"), cleaned.quarantine.astype("str")]).to_csv()
    assert "Umulig dato" not in kept
    assert "Treg linje" not in kept


@pytest.mark.parametrize("lost", ["Saksnr", "Løst", "Lukket", "Kilde", "Firma", "Ventetid (min)"])
def test_a_list_without_a_needed_column_is_refused_and_the_column_named(clean_text, lost):
    place = list(HEADERS).index(lost)
    lines = [";".join(c for i, c in enumerate(text.split(";")) if i != place) for text in (HEADER, ROW)]
    with pytest.raises(InputError, match=lost.replace("(", r"\(").replace(")", r"\)")):
        clean_text(FORMAT, "\n".join(lines) + "\n")


def test_a_list_without_first_response_is_read(clean_text):
    lines = [text.split(";") for text in (HEADER, ROW)]
    text = "\n".join(";".join(c for i, c in enumerate(line) if i != list(HEADERS).index("Besvart")) for line in lines)
    assert clean_text(FORMAT, text + "\n").frame["responded_at"].isna().all()


@pytest.mark.parametrize(
    ("status", "resolved", "closed", "expected", "imputed"),
    [
        ("Lukket", "", "05.09.2024 10:00", "2024-09-05 10:00", True),
        ("Lukket", "04.09.2024 10:00", "05.09.2024 10:00", "2024-09-04 10:00", False),
        ("Under arbeid", "", "05.09.2024 10:00", None, False),
        ("Lukket", "", "", None, False),
    ],
)
def test_only_a_closed_case_without_resolved_time_is_resolved_when_it_was_closed(
    clean_text, status, resolved, closed, expected, imputed
):
    row = f"1;Feilmelding;Lav;{status};Konto;Molde;E-post;01.09.2024 08:00;;{resolved};{closed};0"
    case = clean_text(FORMAT, f"{HEADER}\n{row}\n").frame.iloc[0]
    if expected is None:
        assert pd.isna(case["resolved_at"])
    else:
        assert case["resolved_at"] == pd.Timestamp(expected, tz="Europe/Oslo")
    assert case["resolved_at_imputed"] == imputed


@pytest.mark.parametrize("channel", ["Sikkerhetsovervåkning", "sikkerhetsovervåkning "])
def test_a_case_from_the_security_monitoring_is_an_alert(clean_text, channel):
    row = f"1;Feilmelding;Lav;Ny;Konto;Molde;{channel};01.09.2024 08:00;;;;0"
    assert clean_text(FORMAT, f"{HEADER}\n{row}\n{ROW}\n").frame["is_alert"].tolist() == [True, False]


def test_winter_and_summer_times_are_local(clean_text):
    rows = [ROW.replace("01.09.2024", day) for day in ("15.01.2024", "15.07.2024")]
    created = clean_text(FORMAT, "\n".join([HEADER, *rows]) + "\n").frame["created_at"]
    assert [t.utcoffset().total_seconds() / 3600 for t in created] == [1, 2]


def test_the_same_list_from_excel_gives_the_same_cases(clean_text, tmp_path, settings):
    row = ROW.replace(";;;;0", ";;02.09.2024 09:30;;12,5")
    cells = dict(zip(HEADERS, row.split(";"), strict=True))
    typed = {"Saksnr": 1, "Ventetid (min)": 12.5}
    typed |= {name: pd.to_datetime(cells[name], dayfirst=True) for name in ("Opprettet", "Løst")}
    pd.DataFrame([cells | typed]).to_excel(tmp_path / "raw.xlsx", index=False, engine="xlsxwriter")
    excel = clean_path(tmp_path / "raw.xlsx", FORMAT, settings).frame
    text = clean_text(FORMAT, f"{HEADER}\n{row}\n").frame
    pd.testing.assert_frame_equal(excel.drop(columns="source_file"), text.drop(columns="source_file"))
