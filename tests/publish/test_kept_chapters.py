"""A chapter runs again when what it read has changed, and only then; what may say something else each time always does."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell
from notebook_files import parameters, write_notebook

from rorikt_lib.errors import InputError
from rorikt_lib.publish import run_chapter as module
from rorikt_lib.publish.execute import execute
from rorikt_lib.publish.kept_chapters import KeptChapters

# As open_month and a table do.
READS = "from rorikt_lib.store import traces\ntraces.month_is_open(period)\ntraces.note('postings', 'as it is')\n"


class Desk:
    """A folder with chapters, what is kept of them, and the inputs of a month."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums = {"postings": "as it is"}
        self.base = "settings"

    def write(self, *cells: str, name: str = "one") -> Path:
        return write_notebook(self.folder / f"{name}.ipynb", parameters(), *map(new_code_cell, cells))

    def ran(self, *chapters: Path, **given: object) -> list[str]:
        """The names of those that ran, and were not taken as they were."""
        kept = KeptChapters(self.folder / "kept", self.base, self.sums.__getitem__)
        for trace in self.folder.glob("made/*"):
            trace.unlink()
        made = execute([*chapters], self.folder / "made", {"period": "2024-09"} | given, {}, lambda name: None, kept)
        assert all(path.exists() for path in made)
        return [path.stem for path in made if path.with_suffix(".trace").exists() or not _is_kept(path, kept)]


def _is_kept(made: Path, kept: KeptChapters) -> bool:
    file = kept.folder / made.name
    return file.exists() and file.read_bytes() == made.read_bytes()


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


def test_a_chapter_runs_once_and_then_when_anything_that_it_is_made_from_has_changed(desk):
    chapter = desk.write(READS)
    assert desk.ran(chapter) == ["one"]
    assert desk.ran(chapter) == []
    desk.base = "other settings"
    assert desk.ran(chapter) == ["one"]
    assert desk.ran(chapter, data="elsewhere") == ["one"]
    assert desk.ran(chapter, data="elsewhere") == []
    chapter = desk.write(READS, "1;")
    assert desk.ran(chapter, data="elsewhere") == ["one"]


def test_a_chapter_whose_table_has_changed_runs_and_the_one_beside_it_does_not(desk):
    table = desk.folder / "tickets"
    one, other = (
        desk.write(READS),
        desk.write(READS, f"traces.note('tickets', open({str(table)!r}).read())", name="other"),
    )
    for sums in ("as it is", "changed"):
        table.write_text(sums)
        desk.sums["tickets"] = sums
        assert desk.ran(one, other) == (["one", "other"] if sums == "as it is" else ["other"])
        assert desk.ran(one, other) == []


def test_an_input_that_is_another_than_the_figures_were_made_from_stops_the_report(desk):
    desk.sums["postings"] = "made anew"
    with pytest.raises(InputError, match=r"postings was changed while .*run it again"):
        desk.ran(desk.write(READS))


def test_a_file_that_a_cell_opens_by_itself_is_read_again_when_it_has_changed(desk):
    own = desk.folder / "own.csv"
    own.write_text("a\n1\n")
    chapter = desk.write(READS, f"import pandas as pd\nframe = pd.read_csv({str(own)!r})")
    assert desk.ran(chapter) == ["one"]
    assert desk.ran(chapter) == []
    own.write_text("a\n2\n")
    assert desk.ran(chapter) == ["one"]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("import datetime", id="tells the time"),
        pytest.param("import json, random as chance", id="is left to chance"),
        pytest.param("from urllib import request", id="asks elsewhere"),
        pytest.param("!true", id="starts another program"),
        pytest.param("import pandas as pd\nat = pd.Timestamp.now()", id="tells the time by a package"),
        pytest.param("from pathlib import Path\nfiles = [*Path('.').glob('*')]", id="lists files"),
        pytest.param("from pathlib import Path\nis_there = Path('x').exists()", id="asks whether a file is there"),
        pytest.param("clock = __import__('time')", id="hides what it imports"),
    ],
)
def test_a_chapter_that_may_say_something_else_each_time_always_runs(desk, cell):
    chapter = desk.write(READS, cell)
    assert desk.ran(chapter) == ["one"]
    assert desk.ran(chapter) == ["one"]


def test_a_chapter_that_opens_no_month_is_not_known_and_runs(desk):
    chapter = desk.write("1;")
    assert desk.ran(chapter) == ["one"]
    assert desk.ran(chapter) == ["one"]


def test_what_is_kept_and_damaged_is_made_again(desk):
    chapter = desk.write(READS)
    desk.ran(chapter)
    for name, content in (("one.json", "{"), ("one.ipynb", "{}"), ("one.json", '{"base": 1}')):
        (desk.folder / "kept" / name).write_text(content)
        assert desk.ran(chapter) == ["one"]
        assert desk.ran(chapter) == []


def test_the_modules_of_the_library_that_a_chapter_loads_are_part_of_it(desk, monkeypatch):
    chapter = desk.write(READS)
    desk.ran(chapter)
    told = (desk.folder / "kept" / "one.json").read_text()
    assert '"store/traces.py"' in told
    (desk.folder / "kept" / "one.json").write_text(
        told.replace('"store/traces.py",\n   "', '"store/traces.py",\n   "x')
    )
    assert desk.ran(chapter) == ["one"]


def test_what_runs_in_a_process_that_may_have_none_below_it_runs_in_an_interpreter_of_its_own(desk, monkeypatch):
    class Daemon:
        daemon = True

    monkeypatch.setattr(module.multiprocessing, "current_process", Daemon)
    monkeypatch.setattr(module, "WarmProvisioner", None)
    chapter = desk.write(READS)
    assert desk.ran(chapter) == ["one"]
    assert desk.ran(chapter) == []
