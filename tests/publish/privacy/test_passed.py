"""A file is looked through once, and again as soon as anything that decides has changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.publish.checks import check_folder
from rorikt_lib.publish.inert import check_site
from rorikt_lib.publish.privacy import gate as gates
from rorikt_lib.publish.privacy.gate import Gate
from rorikt_lib.publish.privacy.passed import Passed
from rorikt_lib.publish.privacy.people import People, Place
from rorikt_lib.terms.persons import NameForm, key_of

MONTH = "2024-09"
NAMED = People({key_of(NameForm.FULL_NAME, "Ola", "Nordmann"): Place("cases.csv", 2, "requester")})


@pytest.fixture
def site(tmp_path) -> Path:
    site = tmp_path / "site"
    for name, text in (
        ("index.html", "Forside"),
        (f"{MONTH}/index.html", "Ola Nordmann meldte"),
        ("2024-08/index.html", "x"),
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"<html><body><p>{text}</p></body></html>", "utf-8")
    return site


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The files that were looked through, as they were."""
    files: list[str] = []
    pieces_of = gates.pieces_of
    monkeypatch.setattr(gates, "pieces_of", lambda file: files.append(file.parent.name) or pieces_of(file))
    return files


def looked_at(site: Path, read: list[str], gate: Gate | None = None, **more) -> list[str]:
    read.clear()
    passed = Passed(site.parent / "kept.json")
    check_folder(site, gate=gate, month=MONTH, passed=passed, **more)
    check_site(site, MONTH, passed)
    passed.keep()
    return sorted(read)


def test_what_has_not_changed_is_looked_through_once(site, read):
    assert looked_at(site, read) == ["2024-08", MONTH, "site"]
    assert looked_at(site, read) == []
    (site / "2024-08" / "index.html").write_text("<html><body><p>y</p></body></html>", "utf-8")
    assert looked_at(site, read) == ["2024-08"]
    check_folder(site, month=MONTH)
    assert sorted(read) == sorted(["2024-08", "2024-08", MONTH, "site"])


def test_what_may_do_something_stops_the_site_the_next_time_too_and_what_was_inert_is_not_looked_at_again(site, read):
    looked_at(site, read)
    (site / "2024-08" / "index.html").write_text("<html><body><p onclick='x'>y</p></body></html>", "utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match=r"^2024-08/index\.html: the attribute onclick"):
            looked_at(site, read)
    (site / "2024-08" / "index.html").write_text("<html><body><p>y</p></body></html>", "utf-8")
    looked_at(site, read)
    passed = Passed(site.parent / "kept.json")
    assert list(passed.but([*site.rglob("*.html")])) == []


def test_of_a_file_that_has_changed_only_new_texts_are_looked_through(site, read, monkeypatch):
    looked_at(site, read)
    texts: list[str] = []
    shapes = gates.private_shapes
    monkeypatch.setattr(gates, "private_shapes", lambda text, numbers: texts.append(text) or shapes(text, numbers))
    page = site / MONTH / "index.html"
    page.write_text("<html><body><p>Ola Nordmann meldte</p><p>Forside</p><p>Nytt</p></body></html>", "utf-8")
    assert looked_at(site, read) == [MONTH]
    assert texts == ["Nytt"]
    page.write_text("<html><body><p>Nytt</p><p>Ring 91234567</p></body></html>", "utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match="a telephone number"):
            looked_at(site, read)


def test_another_process_knows_what_passed(tmp_path):
    script = tmp_path / "sum.py"
    script.write_text(
        "from rorikt_lib.publish.privacy.gate import Gate\n"
        "from rorikt_lib.publish.privacy.people import People, Place\n"
        "people = People({f'{n}': Place('a.csv', n, 'name') for n in {'1', '2', '3'}}, frozenset(['a', 'b', 'c', 'd']))\n"
        "print(Gate(people, {'x', 'y', 'z'}, forbidden={'/a', '/b', '/c'}).checksum)\n"
    )
    environment = [os.environ | {"PYTHONHASHSEED": seed} for seed in ("1", "2", "3")]
    run = [subprocess.run([sys.executable, script], env=env, capture_output=True, check=True) for env in environment]
    assert len({done.stdout for done in run}) == 1
    assert Gate(NAMED).checksum != Gate().checksum != Gate(allowed=["x"]).checksum


def test_a_name_that_is_known_only_now_is_looked_for_in_what_passed_before(site, read):
    looked_at(site, read)
    with pytest.raises(InputError, match=f"^{MONTH}/index.html: a person's name"):
        looked_at(site, read, Gate(NAMED))
    # What was refused has not passed.
    with pytest.raises(InputError, match="a person's name"):
        looked_at(site, read, Gate(NAMED))
    assert looked_at(site, read, Gate(NAMED, allowed=["Ola Nordmann"])) == ["2024-08", MONTH, "site"]


def test_what_passed_for_a_number_of_the_report_is_looked_through_without_it(site, read):
    (site / MONTH / "index.html").write_text("<html><body><p>91234567</p></body></html>", "utf-8")
    assert looked_at(site, read, Gate(numbers=["91234567"])) == ["2024-08", MONTH, "site"]
    assert looked_at(site, read, Gate(numbers=["91234567", "12345678"])) == []
    with pytest.raises(InputError, match="a telephone number"):
        looked_at(site, read)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"x": 1}'])
def test_where_what_was_kept_is_damaged_all_is_looked_through(site, read, kept):
    looked_at(site, read)
    (site.parent / "kept.json").write_text(kept, "utf-8")
    assert looked_at(site, read) == ["2024-08", MONTH, "site"]
    assert json.loads((site.parent / "kept.json").read_text("utf-8"))
