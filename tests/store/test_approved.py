"""What was approved is kept as it was: never written again, whole or not at all, and one changed byte is found."""

from __future__ import annotations

import datetime as dt
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.store import approved
from rorikt_lib.store.approved import approved_folder, copy_published, damage, intact, keep, read_approved
from rorikt_lib.store.folders import DEMO_MARK
from rorikt_lib.store.manifest import Manifest, sums_of

FILES = {
    "index.html": b"<p>75 018</p>",
    "figures.csv": b"figure\n",
    "assets/report.css": b"",
    "r.pdf": bytes(range(256)),
}


def published(folder: Path, files: dict[str, bytes] = FILES) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def manifest_of(folder: Path, revision: int = 1, period: str = "2024-09") -> Manifest:
    now = dt.datetime(2024, 10, 11, 7, tzinfo=dt.UTC)
    return Manifest(
        period=period, revision=revision, reason=None, approved_by="Styret", approved_on=dt.date(2024, 10, 11),
        approved_at=now, rendered_at=now, renderer="embedded", workbook="0.1.0", published=sums_of(folder), sources={},
    )  # fmt: skip


def kept(root: Path, revision: int = 1, period: str = "2024-09") -> approved.Approved:
    folder = published(root / "made")
    return keep(root, manifest_of(folder, revision, period), folder)


def told(root: Path) -> list[str]:
    return [f"{found.how} {found.file.relative_to(approved_folder(root)).as_posix()}" for found in damage(root)]


def test_what_is_kept_is_read_as_it_was_and_cannot_be_written_to(tmp_path):
    folder = kept(tmp_path).folder
    (found,) = read_approved(tmp_path)
    assert found.manifest == manifest_of(tmp_path / "made")
    assert {
        path.relative_to(folder / "site").as_posix(): path.read_bytes() for path in (folder / "site").rglob("*.*")
    } == FILES
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o444}
    assert told(tmp_path) == []
    assert intact(found) == found


def test_nothing_that_is_kept_is_written_again(tmp_path):
    folder = kept(tmp_path).folder
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*.*")}
    published(tmp_path / "made", {"index.html": b"<p>75 918</p>"})
    with pytest.raises(
        InputError, match=r"2024-09-1: it is approved already, and is never written again\. Remedy: .*--revise"
    ):
        keep(tmp_path, manifest_of(tmp_path / "made"), tmp_path / "made")
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*.*")} == before


@given(data=st.data())
def test_one_changed_byte_anywhere_is_found_and_its_file_named(data, tmp_path_factory):
    root = tmp_path_factory.mktemp("changed")
    folder = kept(root).folder
    file = data.draw(
        st.sampled_from(sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size))
    )
    content = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    file.chmod(0o644)
    file.write_bytes(content)
    (found,) = told(root)
    assert found.startswith("changed")
    assert file.name in found


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda f: (f / "site" / "figures.csv").unlink(), ["missing 2024-09-1/site/figures.csv"]),
        (lambda f: (f / "site" / "more.txt").write_text("x"), ["added 2024-09-1/site/more.txt"]),
        (lambda f: (f / "note.txt").write_text("x"), ["added 2024-09-1/note.txt"]),
        (lambda f: (f / "manifest.json").unlink(), ["missing 2024-09-1/manifest.json"]),
        (lambda f: (f / "manifest.sha256").unlink(), ["missing 2024-09-1/manifest.sha256"]),
        (
            lambda f: f.rename(f.with_name("2024-09-3")),
            ["missing 2024-09-1", "missing 2024-09-2", "changed (or its manifest.sha256) 2024-09-3/manifest.json"],
        ),
    ],
)  # fmt: skip
def test_what_is_missing_or_added_is_named(harm, said, tmp_path):
    harm(kept(tmp_path).folder)
    assert told(tmp_path) == said


def test_a_damaged_file_is_refused_by_name_wherever_it_would_be_used(tmp_path):
    found = kept(tmp_path)
    (found.site / "index.html").chmod(0o644)
    (found.site / "index.html").write_bytes(b"<p>75 918</p>")
    with pytest.raises(
        InputError, match=r"index\.html: the file is not what was approved \(changed\)\. Remedy: restore"
    ):
        intact(found)
    (found.folder / "manifest.json").chmod(0o644)
    (found.folder / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json: .*not as it was written"):
        read_approved(tmp_path)


@pytest.mark.parametrize("fault", ["copyfile", "fsync"])
def test_a_freeze_that_fails_half_way_leaves_nothing_and_the_next_one_is_whole(fault, tmp_path, monkeypatch):
    calls = []

    def full(*arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(*arguments)

    module = {"copyfile": approved.shutil, "fsync": os}[fault]
    real = getattr(module, fault)
    with monkeypatch.context() as patched:
        patched.setattr(module, fault, full)
        with pytest.raises(OSError, match="No space left"):
            kept(tmp_path)
    assert read_approved(tmp_path) == []
    assert [path.name for path in approved_folder(tmp_path).iterdir()] == [".lock"]
    kept(tmp_path)
    assert told(tmp_path) == []


def test_what_a_crash_left_half_written_is_no_approval_and_is_cleared_away(tmp_path):
    half = approved_folder(tmp_path) / ".2024-09-1-4711-new" / "site"
    published(half)
    assert read_approved(tmp_path) == []
    assert told(tmp_path) == []
    kept(tmp_path)
    assert not half.exists()


def test_files_that_change_while_they_are_kept_are_refused(tmp_path):
    manifest = manifest_of(published(tmp_path / "made"))
    published(tmp_path / "made", {"index.html": b"<p>75 918</p>"})
    with pytest.raises(InputError, match=r"index\.html"):
        keep(tmp_path, manifest, tmp_path / "made")
    assert read_approved(tmp_path) == []


def test_what_is_served_may_be_written_to_and_taken_away(tmp_path):
    found = kept(tmp_path)
    copy_published(found.manifest.published, found.site, tmp_path / "_site")
    assert sums_of(tmp_path / "_site") == found.manifest.published
    assert all(
        os.access(path, os.W_OK) and path.stat().st_mode & stat.S_IWUSR for path in (tmp_path / "_site").rglob("*")
    )


def test_months_and_revisions_come_in_order(tmp_path):
    for period, revision in (("2024-10", 1), ("2024-09", 2), ("2024-09", 10), ("2024-09", 1)):
        kept(tmp_path, revision, period)
    names = [(found.manifest.period, found.manifest.revision) for found in read_approved(tmp_path)]
    assert names == [("2024-09", 1), ("2024-09", 2), ("2024-09", 10), ("2024-10", 1)]
    assert len(read_approved(tmp_path, "2024-10")) == 1


def test_what_was_approved_of_the_demo_is_kept_apart(tmp_path):
    own = approved_folder(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / DEMO_MARK).write_text("", encoding="utf-8")
    assert approved_folder(tmp_path) == own / "demo"
