"""The lists of PCs to follow up: by serial number, in the data root, never on the site."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from builders import make_book, make_devices, make_register

from rorikt_lib.month.pc_lists import DOUBTS, EXPIRED, lists_folder, write_lists
from rorikt_lib.report.pc_doubts import doubtful_pcs
from rorikt_lib.report.pcs import expired_pcs
from rorikt_lib.store.file_names import plain
from rorikt_lib.store.folders import DEMO_MARK
from rorikt_lib.workbook import open_month

OLD = {"purchased_on": "2015-03-09", "name": "PC-KARI", "model": "Kontor 14", "manufacturer": "Nordlys Data"}


def _book(folder: Path, *pcs: dict, **tables):
    return make_book(root=folder, devices=make_devices(*pcs), **tables)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_each_municipality_has_a_list_of_its_expired_pcs_in_norwegian_and_without_names(tmp_path):
    pcs = [OLD | {"serial_no": "A1"}, OLD | {"serial_no": "B1", "municipality": "Rauma", "user_group": "pupil"}]
    folder = write_lists(_book(tmp_path, *pcs, OLD | {"serial_no": "new", "purchased_on": "2023-03-09"}))
    assert _rows(folder / EXPIRED.format("molde")) == [
        ["Kommune", "Brukergruppe", "Serienummer", "Modell", "Innkjøpt", "Skulle vært skiftet", "Sist sett"],
        ["Molde", "Ansatt", "A1", "Kontor 14", "09.03.2015", "09.03.2020", "20.09.2024"],
    ]
    assert _rows(folder / EXPIRED.format("rauma"))[1][:3] == ["Rauma", "Elev", "B1"]
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
    assert len(texts) == 2
    assert not any("KARI" in text for text in texts)


def test_pcs_to_look_into_are_listed_with_the_reason(tmp_path):
    undated = OLD | {"serial_no": "A1", "purchased_on": None, "municipality": None, "user_group": None}
    folder = write_lists(_book(tmp_path, undated, device_register=make_register({"serial_no": "never"})))
    assert [row[:4] + row[5:] for row in _rows(folder / DOUBTS)] == [
        ["Avklares", "Kommune", "Brukergruppe", "Serienummer", "Innkjøpt", "Sist sett"],
        ["Uten innkjøpsdato", "", "", "A1", "", "20.09.2024"],
        ["I innkjøpsregisteret, men aldri sett", "Molde", "Ansatt", "never", "01.06.2023", ""],
    ]


def test_the_month_s_lists_take_the_place_of_earlier_ones_and_none_are_left_where_there_are_no_such_pcs(tmp_path):
    folder = write_lists(_book(tmp_path, OLD | {"serial_no": "A1"}))
    assert write_lists(_book(tmp_path, OLD | {"serial_no": "A2", "municipality": "Aukra"})) == folder
    assert [path.name for path in folder.iterdir()] == [EXPIRED.format("aukra")]
    assert write_lists(_book(tmp_path)) is None
    assert not folder.exists()
    assert [*folder.parent.iterdir()] == []


def test_the_demo_s_lists_are_kept_apart(tmp_path):
    own = lists_folder(tmp_path, "2024-09")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / DEMO_MARK).write_text("", encoding="utf-8")
    assert lists_folder(tmp_path, "2024-09") == own.parent / "demo" / "2024-09"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Molde", "molde"),
        ("Ålesund kommune", "alesund-kommune"),
        ("Sør-Fron / Øst", "sor-fron-ost"),
        ("Hå æ é", "ha-ae-e"),
    ],
)
def test_a_municipality_s_name_is_plain_letters_in_a_file_s(name, expected):
    assert plain(name) == expected


def test_no_serial_number_reaches_the_site(demo, site):
    book = open_month("2024-09", demo)
    serials = {*expired_pcs(book).serial_no, *doubtful_pcs(book).serial_no}
    published = b"".join(
        path.read_bytes() for path in site.rglob("*") if path.suffix in {".html", ".csv", ".json", ".svg"}
    )
    assert len(serials) > 300
    assert not [serial for serial in serials if serial.encode() in published]
    assert not [path for path in site.rglob("*.csv") if "pc-er" in path.name]
