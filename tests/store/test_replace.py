"""The old stands until the new is whole, and nothing half made is left beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rorikt_lib.store import replace
from rorikt_lib.store.replace import replace_file, replace_folder


def content_of(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def filled(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name).write_text(text)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that holds something, alone in the one that it is in."""
    place = tmp_path / "root" / "place"
    place.mkdir(parents=True)
    filled(place, a="old", b="old")
    return place


def fails(name: str, monkeypatch: pytest.MonkeyPatch, of: str, error: type[BaseException] = OSError) -> None:
    """Has the method `name` of every path that ends with `of` fail."""
    usual = getattr(Path, name)

    def method(self: Path, *given):
        if self.name.endswith(of):
            raise error("disk full")
        return usual(self, *given)

    monkeypatch.setattr(Path, name, method)


def test_a_file_is_made_with_its_folder_and_replaced(tmp_path):
    file = tmp_path / "folder" / "log.csv"
    replace_file(file, b"one")
    replace_file(file, b"two")
    assert content_of(tmp_path) == {"folder/log.csv": "two"}


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_scraps(tmp_path, monkeypatch, step):
    (tmp_path / "log.csv").write_text("old")
    fails(step, monkeypatch, "-new")
    with pytest.raises(OSError, match="disk full"):
        replace_file(tmp_path / "log.csv", b"new")
    assert content_of(tmp_path) == {"log.csv": "old"}


def test_a_folder_is_replaced_as_a_whole_and_stands_while_the_new_one_is_filled(place):
    def fill(new: Path) -> None:
        assert content_of(place) == {"a": "old", "b": "old"}
        filled(new, b="new", c="new")

    replace_folder(place, fill)
    assert content_of(place.parent) == {"place/b": "new", "place/c": "new"}


def test_a_folder_that_is_not_there_is_made_with_those_it_is_in(tmp_path):
    replace_folder(tmp_path / "deep" / "place", lambda new: filled(new, a="new"))
    assert content_of(tmp_path) == {"deep/place/a": "new"}


def test_what_is_in_the_making_can_lie_elsewhere(place, tmp_path):
    aside = tmp_path / "aside"

    def fill(new: Path) -> None:
        assert new.parent == aside
        assert [path.name for path in place.parent.iterdir()] == ["place"]
        filled(new, a="new")

    replace_folder(place, fill, aside)
    assert content_of(tmp_path) == {"root/place/a": "new"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_fill_that_fails_leaves_the_old_folder_and_no_scraps(place, error):
    def fill(new: Path) -> None:
        filled(new, a="new")
        raise error("stop")

    with pytest.raises(error, match="stop"):
        replace_folder(place, fill)
    assert content_of(place) == {"a": "old", "b": "old"}
    assert [path.name for path in place.parent.iterdir()] == ["place"]


@pytest.fixture
def in_two_steps(monkeypatch):
    """As on a system that cannot exchange two folders at once."""
    monkeypatch.setattr(replace, "_exchanged", lambda new, place: False)


@pytest.mark.skipif(sys.platform != "linux", reason="the system exchanges no folders")
def test_a_folder_is_there_at_every_moment_of_its_replacement(place):
    gone, stop = [], threading.Event()

    def watch() -> None:
        while not stop.is_set():
            if not (place / "b").exists():
                gone.append(place)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for n in range(300):
        replace_folder(place, lambda new, n=n: filled(new, b=str(n)))
    stop.set()
    watcher.join()
    assert not gone
    assert content_of(place.parent) == {"place/b": "299"}


def test_what_a_killed_process_left_half_made_goes_with_the_next_and_what_runs_is_left_alone(place):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    name = replace._new(place, place.parent).name
    half, others = place.with_name(name.replace(f"-{os.getpid()}-", f"-{ended.pid}-")), place.with_name(name)
    other_machines = place.with_name(".place-elsewhere-1-1-new")
    for folder in (half, others, other_machines):
        folder.mkdir()
    # That of a thread of this process, which is still at it.
    others = others.rename(others.with_name(name.replace("-new", "9-new")))
    replace_folder(place, lambda new: filled(new, a="new"))
    assert sorted(place.parent.iterdir()) == sorted([place, others, other_machines])


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_swap_that_fails_puts_the_old_folder_back(place, monkeypatch, in_two_steps, error):
    fails("rename", monkeypatch, "-new", error)
    with pytest.raises(error, match="disk full"):
        replace_folder(place, lambda new: filled(new, a="new"))
    assert content_of(place) == {"a": "old", "b": "old"}
    assert [path.name for path in place.parent.iterdir()] == ["place"]


def test_what_a_run_cut_short_put_aside_is_back_before_the_next_one_fills(place):
    place.rename(place.with_name(".place-old"))

    def fill(new: Path) -> None:
        assert content_of(place) == {"a": "old", "b": "old"}
        filled(new, a="new")

    replace_folder(place, fill)
    assert content_of(place.parent) == {"place/a": "new"}


def test_what_a_run_cut_short_had_already_replaced_is_not_put_back(place):
    filled_old = place.with_name(".place-old")
    filled_old.mkdir()
    filled(filled_old, a="older")
    with pytest.raises(ValueError, match="stop"):
        replace_folder(place, lambda new: (_ for _ in ()).throw(ValueError("stop")))
    assert content_of(place.parent) == {"place/a": "old", "place/b": "old"}
