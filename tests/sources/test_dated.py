"""When a file was taken, what of it a month could know, and its checksum: an earlier month's list stays as it is."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from test_saft_parts import entries, parts

from rorikt_lib.config.folder import Folder
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.month.clean import clean_exports
from rorikt_lib.report import quality
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.sources.dated import _counted
from rorikt_lib.workbook import month_as_it_is

LEDGER = "Periode;Bilagsdato;Konto;Beløp\n"
CASES = "Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min)\n"
PCS = "Device name;Last check-in;OS version;Serial number\n"
REGISTER = "Serienr;Kommune;Brukergruppe;Innkjøpt\n"
STOCK = "Dato;Kommune;Brukergruppe;På lager;Bestilt ikke levert\n"
FORECAST = "Periode;Type;Linje;Beløp\n"


def case(number: int, created: str) -> str:
    return f"{number};Feil;Lav;Ny;;Molde;E-post;{created} 08:00;;;0\n"


def saft(made_on: str) -> str:
    header = f"<Header><AuditFileDateCreated>{made_on}</AuditFileDateCreated></Header>"
    return f"<AuditFile>{header}{entries(1, 100, (1, 100))}</AuditFile>"


def many(line: str) -> str:
    return "".join(line.format(day) for day in range(1, 31))


def month_of_exports(month: str) -> dict[str, str]:
    """What is put in data/raw for a month, YYYY-MM: a file of each kind."""
    year, number = month.split("-")
    return {
        f"ledger/hovedbok-{month}.csv": LEDGER + f"{year}{number};05.{number}.{year};195;100\n",
        f"tickets/saker-{month}.csv": CASES + many(f"{number}{{0:02}};Feil;Lav;Ny;;Molde;E-post;{{0:02}}.{number}.{year} 08:00;;;0\n"),
        f"devices/pc-{month}.csv": PCS + many(f"PC{{0}};{month}-{{0:02}}T08:00:00Z;10.0.22631;SN{{0:05}}\n"),
        f"devices/lager-{month}.csv": STOCK + f"28.{number}.{year};Molde;Ansatt;1;2\n",
        f"forecasts/prognose-{month}.csv": FORECAST + f"{year}{number};drift;Lønn;5\n",
        f"usage/portal-{month}.csv": "Dato;Visninger;Unike brukere\n" + many(f"{{0:02}}.{number}.{year};9;3\n"),
    }  # fmt: skip


@pytest.fixture
def put(tmp_path):
    """put(files) writes them to data/raw; put.clean(files) gives the clean tables of all that is there."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "data" / "raw" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "data" / "raw"

    return write


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (LEDGER + "202409;05.09.2024;195;1\n202409;27.09.2024;195;2\n", "2024-09-27"),
        # Typed wrong: the voucher is booked in September, and nobody books one of next year.
        (LEDGER + "202409;05.09.2024;195;1\n202409;27.09.2025;195;2\n", "2024-09-05"),
        (LEDGER + "202409;05.09.2042;195;1\n202409;05.09.1924;195;2\n", None),
        ("Periode;Konto;Beløp\n202409;195;1\n", None),
        (PCS + many("PC{0};2024-09-{0:02}T08:00:00Z;10.0.22631;SN{0:05}\n") + "P;2025-03-01T08:00:00Z;10;SN00099\n", "2024-09-30"),
        (REGISTER + many("SN{0:05};Molde;Ansatt;{0:02}.09.2024\n") + "SN00099;Molde;Ansatt;01.09.2025\n", "2024-09-30"),
        (REGISTER + many("SN{0:05};Molde;Ansatt;{0:02}.07.2024\n") + "S88888;Molde;Ansatt;15.09.2024\nS99999;Molde;Ansatt;15.09.2024\n", "2024-09-15"),
        (STOCK + "27.09.2024;Molde;Ansatt;1;2\n", "2024-09-27"),
        (CASES + case(1, "02.09.2024") + case(2, "03.09.2024"), "2024-09-03"),
        (FORECAST + "202409;drift;Lønn;5\n", None),
        ("År;Versjon;Konto;Beløp\n2024;Vedtatt;195;5\n", None),
    ],
)  # fmt: skip
def test_the_day_a_file_was_taken_is_the_newest_date_in_it_that_can_be(put, text, day):
    (found,) = clean_raw(put({"x.csv": text}), demo_settings())["sources"].taken_on
    assert found == pd.Timestamp(day) if day else pd.isna(found)


@pytest.mark.parametrize(
    ("said", "day"),
    [("2024-02-05", "2024-02-05"), ("2024-02-05T10:11:12", "2024-02-05"), ("2099-01-01", "2024-01-15"), ("x", "2024-01-15")],
)  # fmt: skip
def test_a_file_that_says_when_it_was_made_was_taken_then(put, said, day):
    assert clean_raw(put({"a.xml": saft(said)}), demo_settings())["sources"].taken_on.tolist() == [pd.Timestamp(day)]


def test_each_file_has_its_own_checksum_be_it_an_archive_a_part_of_an_export_or_a_copy(put):
    text = LEDGER + "202409;05.09.2024;195;1\n"
    folder = put(parts() | {"a/x.csv": text, "b/copy.csv": text})
    with zipfile.ZipFile(folder / "saft.zip", "w") as archive:
        archive.writestr("saft.xml", saft("2024-02-05"))
    tables = clean_raw(folder, demo_settings())
    given = {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.rglob("*.*")}
    assert tables["sources"].set_index("source_file").sha256.to_dict() == given
    rows = tables["source_rows"].groupby("source_file").rows.sum()
    # A part without entries has no row at all; a copy's rows are those of the first.
    clean = tables["sources"].set_index("source_file").rows_clean
    assert rows.to_dict() == {name: n for name, n in clean.to_dict().items() if n or name == "b/copy.csv"}


@pytest.fixture
def list_of(put, tmp_path):
    """list_of(month) → the month's two lists of files and the table of checksums, of all that lies in data/raw."""
    (tmp_path / "workbook.yml").write_text((DEMO / "workbook.yml").read_text("utf-8"), encoding="utf-8")

    def tables(month: str) -> list[pd.DataFrame]:
        folder = Folder(tmp_path, tmp_path / "data")
        clean_exports(folder, lambda step: None)
        book = month_as_it_is(month, folder)
        return [table.published(book) for table in (quality.SOURCES, quality.LATER, quality.CHECKSUMS)]

    return tables


@pytest.mark.deep
def test_later_exports_dropped_into_raw_do_not_change_an_earlier_months_list(put, list_of):
    put(month_of_exports("2024-09"))
    before = list_of("2024-09")
    assert before[0].source_file.tolist() == sorted(month_of_exports("2024-09"))
    put(month_of_exports("2024-10") | {"ledger/a.xml": saft("2024-02-05").replace("2024<", "2025<")})
    for first, second in zip(before, list_of("2024-09"), strict=True):
        pd.testing.assert_frame_equal(first, second)
    assert len(list_of("2024-10")[0]) == 2 * len(before[0])


def test_the_checksums_of_a_month_are_those_of_its_files(put, list_of):
    folder = put(month_of_exports("2024-09") | month_of_exports("2024-10"))
    *_, sums = list_of("2024-09")
    assert dict(zip(sums.source_file, sums.sha256, strict=True)) == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in month_of_exports("2024-09")
    }


def test_an_export_of_both_months_leaves_the_list_of_the_earlier_and_stands_apart(put, list_of):
    put(month_of_exports("2024-09"))
    before, *_ = list_of("2024-09")
    both = CASES + "".join(month_of_exports(month)[f"tickets/saker-{month}.csv"].removeprefix(CASES) for month in ("2024-09", "2024-10"))  # fmt: skip
    put({"tickets/alle.csv": both})
    after, later, _ = list_of("2024-09")
    pd.testing.assert_frame_equal(before, after)
    assert later.drop(columns="format").to_numpy().tolist() == [
        ["tickets/alle.csv", pd.Timestamp("2024-10-30"), pd.Timestamp("2024-09-30"), 60, 30, 0, 0, 30]
    ]


@pytest.mark.parametrize(
    "times",
    [
        ["2024-09-02 08:15", "2024-09-02 08:15", "2024-09-01 07:00", None, "1960-01-01"],
        ["2024-09-02 08:15:00.5", "2024-09-02 08:15", None],
        ["1600-01-01", "2900-01-01 12:00", "2900-01-01 12:00"],
        [None, None],
    ],
)
def test_rows_are_counted_for_each_pair_of_times_in_their_order(times):
    pairs = [(at, day) for at in times for day in times]
    at, day = (
        pd.Series(pd.to_datetime([*of], format="ISO8601")).astype("datetime64[us]") for of in zip(*pairs, strict=True)
    )
    at, day = at.dt.tz_localize("UTC").dt.tz_convert("Europe/Oslo"), day.dt.normalize()
    found = _counted(at, day)
    last = pd.Timestamp("9999-01-01")
    expected = Counter(zip(at.dt.tz_convert(None).fillna(last), day.fillna(last), strict=True))
    told = zip(found["at"].dt.tz_convert(None).fillna(last), found["dated_on"].fillna(last), strict=True)
    assert [*zip(told, found["rows"], strict=True)] == sorted(expected.items())
    assert [str(dtype) for dtype in found.dtypes] == ["datetime64[us, Europe/Oslo]", "datetime64[us]", "int64"]
