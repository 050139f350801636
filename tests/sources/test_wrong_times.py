"""A wrong time in an export of cases or PCs is flagged, and decides nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.workbook import _months

HEADER = "Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min)\n"


def row(number: int, created: str, resolved: str = "") -> str:
    state = "Løst" if resolved else "Ny"
    return f"{number};Feil;Lav;{state};;Molde;E-post;{created} 08:00;{resolved and resolved + ' 12:00'};;0\n"


def month_of_cases(month: int, first: int) -> str:
    return "".join(row(first + day, f"{day:02}.{month:02}.2024", f"{day:02}.{month:02}.2024") for day in range(1, 31))


@pytest.fixture
def clean(tmp_path):
    def of(**files: str) -> dict[str, pd.DataFrame]:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return clean_raw(tmp_path, demo_settings())

    return of


def test_an_event_later_than_its_extract_makes_no_old_export_the_newest_and_no_month_covered(clean):
    old = HEADER + month_of_cases(9, 100) + row(1, "02.09.2024") + row(2, "02.09.2024", "24.12.2024")
    new = HEADER + month_of_cases(10, 200) + row(1, "02.09.2024", "15.10.2024")
    tables = clean(old=old, new=new)
    assert tables["tickets"].set_index("request_no").status["1"] == "closed"
    assert _months(tables["tickets"]).max() == "2024-10"
    assert sorted(tables["sources"].taken_on.dt.strftime("%m-%d")) == ["09-30", "10-30"]


def test_dates_of_1970_or_2042_are_flagged_and_never_decide_anything(clean):
    wrong = row(3, "03.09.2024", "01.01.2042") + row(4, "03.09.2024", "01.01.1970") + row(5, "01.01.1970")
    old = HEADER + month_of_cases(9, 100) + row(1, "02.09.2024") + wrong
    tables = clean(old=old, new=HEADER + month_of_cases(10, 200) + row(1, "02.09.2024", "15.10.2024"))
    cases = tables["tickets"].set_index("request_no")
    assert cases.status["1"] == "closed"
    assert cases.resolved_at[["3", "4"]].isna().all()
    assert _months(tables["tickets"]).tolist() == ["2024-09", "2024-10"]
    flagged = tables["findings"].query("finding == 'impossible_time'")
    assert flagged.detail.tolist() == ["line 33: resolved_at 01.01.2042 12:00; line 34: resolved_at 01.01.1970 12:00"]
    assert tables["quarantine"].detail.tolist() == ["created_at: '01.01.1970 08:00'"]


def test_a_month_is_covered_when_cases_were_resolved_in_it(clean):
    tables = clean(only=HEADER + row(1, "20.08.2024", "02.09.2024"))
    assert _months(tables["tickets"]).tolist() == ["2024-08", "2024-09"]


def test_a_check_in_of_another_year_does_not_date_an_extract_of_pcs(clean):
    rows = [f"PC{n};2024-09-{n:02}T08:00:00Z;10.0.22631;SN{n:05}" for n in range(1, 31)]
    wrong = ["PC91;2042-01-01T08:00:00Z;10.0.22631;SN00091", "PC92;2025-03-01T08:00:00Z;10.0.22631;SN00092"]
    tables = clean(pcs="\n".join(["Device name;Last check-in;OS version;Serial number", *rows, *wrong]))
    assert tables["devices"].extracted_on.dt.date.astype(str).unique().tolist() == ["2024-09-30"]
    assert tables["findings"].query("finding == 'impossible_time'")["count"].tolist() == [1]
