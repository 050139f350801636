"""Exports are not read again where they have not changed, and what comes of it is what reading them all gives."""

from __future__ import annotations

import io
import pickle
import random
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from rorikt_lib.config.folder import Folder
from rorikt_lib.demo.make import DEMO
from rorikt_lib.month.clean import clean_exports
from rorikt_lib.sources import clean as sources
from rorikt_lib.terms import instants

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SAMPLES = [
    "ledger_list/raw.csv", "ticket_list/raw.csv", "device_register/raw.csv", "intune/raw.csv", "device_stock/raw.csv",
    "portal/raw.csv", "chatbot/raw.csv", "adopted_forecast/raw.csv",
]  # fmt: skip
# Words of the samples that no list has, which stop a run.
UNKNOWN = ["Lærer", "Ekstrem"]


@pytest.fixture
def folder(tmp_path) -> Folder:
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    workbook = (DEMO / "workbook.yml").read_text(encoding="utf-8")
    # Of so small a file, half the rows may be damaged here.
    limited = re.sub("quarantine_limit: [0-9.]+", "quarantine_limit: 0.9", workbook)
    (tmp_path / "workbook.yml").write_text(limited, encoding="utf-8")
    for sample in SAMPLES:
        lines = (GOLDEN / sample).read_bytes().splitlines(keepends=True)
        known = [line for line in lines if not any(word.encode() in line for word in UNKNOWN)]
        (raw / f"{Path(sample).parent}.csv").write_bytes(b"".join(known))
    return Folder(tmp_path, tmp_path / "data")


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of the files that are read, in order."""
    names: list[str] = []
    tables = sources.read_tables
    monkeypatch.setattr(sources, "read_tables", lambda path, name, of: (names.append(name), tables(path, name, of))[1])
    return names


def cleaned(folder: Folder, fresh: bool = False) -> dict[str, bytes]:
    """Each file of the clean tables as bytes, made anew."""
    clean_exports(folder, lambda message: None, fresh=fresh)
    clean = folder.data / "clean"
    own = [path for path in clean.rglob("*") if path.is_file() and path.parent.name != "files"]
    return {path.relative_to(clean).as_posix(): path.read_bytes() for path in own}


def entries(folder: Folder) -> list[Path]:
    return sorted((folder.data / "clean" / "files").iterdir())


def edited(rng: random.Random, file: Path) -> None:
    """A row less, or two rows in the other order."""
    lines = file.read_bytes().splitlines(keepends=True)
    at = rng.randrange(1, len(lines))
    lines[at:] = rng.choice([lines[at + 1 :], lines[at:][::-1]])
    file.write_bytes(b"".join(lines))


def test_a_file_that_changed_is_read_again_and_no_other(folder, read):
    cleaned(folder)
    assert len(read) == len(SAMPLES)
    read.clear()
    file = folder.data / "raw" / "ledger_list.csv"
    file.write_bytes(file.read_bytes() + file.read_bytes().splitlines(keepends=True)[-1])
    cleaned(folder)
    assert read == ["ledger_list.csv"]


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edit_and_back_again_it_is_what_reading_all_gives(folder, seed):
    rng, raw = random.Random(seed), folder.data / "raw"
    first = cleaned(folder)
    before = {path: path.read_bytes() for path in raw.iterdir()}
    for file in rng.sample(sorted(before), 3):
        edited(rng, file)
        assert cleaned(folder) == cleaned(folder, fresh=True)
    for path, content in before.items():
        path.write_bytes(content)
    assert cleaned(folder) == first


def test_fresh_reads_all(folder, read):
    cleaned(folder)
    cleaned(folder, fresh=True)
    assert len(read) == 2 * len(SAMPLES)


def test_other_settings_read_all_again(folder, read):
    cleaned(folder)
    file = folder.root / "workbook.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("limit: 0.9", "limit: 0.8"), encoding="utf-8")
    cleaned(folder)
    assert len(read) == 2 * len(SAMPLES)


def test_a_file_under_another_name_is_read_again(folder, read):
    cleaned(folder)
    read.clear()
    (folder.data / "raw" / "portal.csv").rename(folder.data / "raw" / "portalen.csv")
    sources = pd.read_parquet(io.BytesIO(cleaned(folder)["sources.parquet"]))
    assert {"portalen.csv"} == {*sources.source_file} & {"portal.csv", "portalen.csv"}
    assert read == ["portalen.csv"]


def test_a_damaged_entry_is_made_anew(folder, read):
    first = cleaned(folder)
    damaged = entries(folder)
    damaged[0].write_bytes(b"")
    damaged[1].write_bytes(damaged[1].read_bytes()[:-100])
    damaged[2].write_bytes(pickle.dumps("something else"))
    read.clear()
    assert cleaned(folder) == first
    assert len(read) == 3
    assert cleaned(folder) == first
    assert len(read) == 3


def test_what_is_kept_of_files_that_are_gone_goes(folder):
    cleaned(folder)
    kept = {path.name for path in entries(folder)}
    (folder.data / "raw" / "portal.csv").unlink()
    cleaned(folder)
    assert {path.name for path in entries(folder)} < kept
    assert len(entries(folder)) == len(SAMPLES) - 1


def test_a_time_that_was_to_come_is_read_when_it_can_be(folder, read, monkeypatch):
    tickets = folder.data / "raw" / "ticket_list.csv"
    lines = tickets.read_text(encoding="utf-8-sig").splitlines()
    created = lines[0].split(";").index("Opprettet")
    cells = lines[1].split(";")
    cells[created] = "01.01.2090 10:00"
    tickets.write_text("\n".join([lines[0], ";".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    assert "quarantine/tickets.csv" in cleaned(folder)
    read.clear()
    latest = instants._latest
    monkeypatch.setattr(instants, "_latest", lambda zone: latest(zone) + pd.Timedelta(days=36_500))
    again = cleaned(folder)
    assert read == ["ticket_list.csv"]
    assert again == cleaned(folder, fresh=True)


def test_a_disk_without_room_for_it_cleans_all_the_same(folder, monkeypatch):
    first = cleaned(folder)
    shutil.rmtree(folder.data / "clean")

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rorikt_lib.store.files_read.replace_file", full)
    assert cleaned(folder) == first
    assert not (folder.data / "clean" / "files").exists()


def test_of_a_large_export_nothing_is_kept(folder, read, monkeypatch):
    sizes = sorted((path.stat().st_size, path.name) for path in (folder.data / "raw").iterdir())
    monkeypatch.setattr("rorikt_lib.store.files_read.LARGEST", sizes[-2][0])
    cleaned(folder)
    read.clear()
    cleaned(folder)
    assert read == [sizes[-1][1]]
