"""An unchanged month is left as it stands, a changed one is made, and what is taken from earlier runs is what a fresh one gives."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import papermill
import pytest
from quick_book import MONTHS, cases, ledger, quick_book, request_of, site_of, write_text
from unwatched import export, http_sink, last, logged, run

from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import ChangedMeanwhile, InputError
from rorikt_lib.month import make, report, stamp
from rorikt_lib.month.make import How, Made, make_month
from rorikt_lib.month.stamp import as_it_was
from rorikt_lib.store import clean_mark
from rorikt_lib.store.clean_mark import FINGERPRINT
from rorikt_lib.store.folders import log_path, snapshots_folder
from rorikt_lib.terms import instants
from rorikt_lib.workbook import changed_meanwhile

MONTH = "2024-08"


@pytest.fixture(scope="module")
def made_book(tmp_path_factory) -> Folder:
    """A workbook whose August is made."""
    folder = quick_book(tmp_path_factory.mktemp("book") / "book")
    assert make_month(request_of(folder), MONTH).how == How.MADE
    return folder


@pytest.fixture
def book(made_book, tmp_path) -> Folder:
    """The same, to be changed: made where it is, since a report is of its folder."""
    saved = tmp_path / "saved"
    shutil.copytree(made_book.root, saved, symlinks=True)
    yield made_book
    shutil.rmtree(made_book.root)
    shutil.copytree(saved, made_book.root, symlinks=True)


def stands(folder: Folder, month: str | None = MONTH) -> bool:
    return as_it_was(request_of(folder), month) is not None


def _write(name: str, text: str) -> Callable[[Folder], None]:
    def write(folder: Folder) -> None:
        file = folder.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write


def _add(name: str, text: str = "\n") -> Callable[[Folder], None]:
    def add(folder: Folder) -> None:
        (file,) = folder.root.glob(name)
        file.write_bytes(file.read_bytes() + text.encode())

    return add


def _remove(name: str) -> Callable[[Folder], None]:
    def remove(folder: Folder) -> None:
        (found,) = folder.root.glob(name)
        shutil.rmtree(found) if found.is_dir() else found.unlink()

    return remove


CHANGES = {
    "an export": _add("data/raw/cases.csv"),
    "a new export": _write("data/raw/more.csv", "x"),
    "settings": _add("workbook.yml", "\n# a remark\n"),
    "a text of the month": lambda folder: write_text(folder.root, MONTH, "Noe annet."),
    "the month's cut-offs": _write(f"content/{MONTH}/report.yml", "version: 2024-09-04\n"),
    "another month's cut-offs": _write("content/2024-07/report.yml", "version: 2024-09-04\n"),
    "a budget": _write("content/budgets/2025.yml", "{}"),
    "a page's text": _write("content/definisjoner.md", "[Sak]{#def-sak}\n:   Noe.\n"),
    "a chapter": _add("notebooks/desk.ipynb", " "),
    "the order": _add("_quarto.yml", "\n"),
    "the front page": _write("index.qmd", "---\ntitle: Rapporter\n---\n"),
    "the page": _add(f"_site/{MONTH}/index.html", " "),
    "a page too many": _write(f"_site/{MONTH}/more.html", " "),
    "the PDF is gone": _remove(f"_site/{MONTH}/okonomi*.pdf"),
    "the front page is gone": _remove("_site/index.html"),
    "a style sheet of the site": _add("_site/assets/report.css", " "),
    "the site is gone": _remove("_site"),
    "clean tables are gone": _remove("data/clean"),
    "the draft is gone": _remove(f"data/drafts/{MONTH}.json"),
    "its forecasts are gone": _remove("data/forecasts/log.csv"),
    "its snapshot is gone": _remove("data/snapshots/2024-08-1"),
    "the stamp is damaged": _write(f"_build/stamps/{MONTH}.json", "["),
    "the stamp is another": _write(f"_build/stamps/{MONTH}.json", "[]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_month_is_made_again_when_anything_that_it_is_made_of_or_that_was_made_has_changed(book, change):
    assert stands(book)
    CHANGES[change](book)
    assert not stands(book)


OF_NO_MATTER = {
    "a text of another month": lambda folder: write_text(folder.root, "2024-09", "Noe annet."),
    "another month on the site": _write("_site/2024-07/index.html", "<html>"),
    "a note among the exports": _write("data/raw/NOTE.md", "Fra regnskapet."),
    "the build folder": _remove("_build/2024-08"),
}


@pytest.mark.parametrize("change", OF_NO_MATTER)
def test_a_month_is_left_alone_when_something_else_has_changed(book, change):
    OF_NO_MATTER[change](book)
    assert stands(book)


def test_a_change_that_is_taken_back_leaves_the_month_as_it_was_made(book):
    file = book.root / "data" / "raw" / "cases.csv"
    content = file.read_bytes()
    file.write_bytes(content + b"\n")
    assert not stands(book)
    file.write_bytes(content)
    assert stands(book)


def test_what_earlier_reports_keep_is_part_of_a_month_and_what_later_ones_keep_is_not(book):
    log = log_path(book.data)
    header, row, *_ = log.read_text("utf-8").splitlines()
    assert row.startswith(MONTH)
    text = log.read_text("utf-8")
    log.write_text(text + row.replace(MONTH, "2024-09", 1) + "\n", "utf-8")
    assert stands(book)
    # Recorded after the month's own: it could not know of it.
    log.write_text(text + row.replace(MONTH, "2024-07", 1) + "\n", "utf-8")
    assert stands(book)
    log.write_text(text.replace(header, header + "\n" + row.replace(MONTH, "2024-07", 1), 1), "utf-8")
    assert not stands(book)


def test_other_options_are_another_report(book):
    request = request_of(book)
    for other in (
        stamp.Request(book, request.out, "quarto", {}, strict=False),
        stamp.Request(book, request.out, "embedded", {"trend_months": 3}, strict=False),
        stamp.Request(book, request.out, "embedded", {}, strict=True),
        stamp.Request(book, book.root / "other" / "_site", "embedded", {}, strict=False),
    ):
        assert as_it_was(other, MONTH) is None


@pytest.mark.parametrize("part", ["code_checksum", "installed", "library_version", "_quarto"])
def test_another_version_of_library_package_or_renderer_makes_it_again(book, monkeypatch, part):
    assert stands(book)
    monkeypatch.setattr(stamp, part, lambda: "another")
    assert not stands(book)


def test_what_a_chapter_opens_by_itself_is_part_of_the_month_and_one_that_may_tell_the_time_always_runs(book):
    own = book.root / "data" / "own.csv"
    own.write_text("a\n1\n")
    chapter = book.root / "notebooks" / "desk.ipynb"
    text = chapter.read_text("utf-8")
    reads = f"import pandas as pd\\nown = pd.read_csv('{own}')\\nbook = open_month"
    chapter.write_text(text.replace("book = open_month", reads), "utf-8")
    make_month(request_of(book), MONTH)
    assert stands(book)
    own.write_text("a\n2\n")
    assert not stands(book)
    chapter.write_text(text.replace("book = open_month", "import time\\nbook = open_month"), "utf-8")
    make_month(request_of(book), MONTH)
    assert not stands(book)


def test_a_chapter_of_the_library_counts_where_the_workbook_has_some_of_its_own(book, monkeypatch, tmp_path):
    shipped = tmp_path / "shipped"
    shutil.copytree(stamp.SHIPPED / "notebooks", shipped / "notebooks")
    monkeypatch.setattr(stamp, "SHIPPED", shipped)
    before = request_of(book).of_all
    (shipped / "notebooks" / "40-usage.ipynb").write_text("{}")
    assert request_of(book).of_all != before


def test_what_was_said_of_a_month_is_said_again_where_it_is_left_as_it_is(book):
    told: list[str] = []
    made = make_month(request_of(book), MONTH, tell=told.append)
    assert made.how == How.UNCHANGED
    assert any(line.startswith("PCs to follow up") for line in told)
    assert not any(line.startswith("Kept: ") for line in told)
    assert str(made.page) in made.told


def test_the_newest_month_is_known_again_while_the_exports_are_as_they_were(book):
    request = request_of(book)
    newest = make_month(request, None)
    assert (newest.how, newest.month) == (How.MADE, "2024-09")
    again = make_month(request_of(book), None)
    assert (again.how, again.month) == (How.UNCHANGED, "2024-09")
    export(book.root, "cases.csv", cases(5))
    assert not stands(book, None)


def fresh_of(folder: Folder, month: str = MONTH) -> dict[str, str]:
    """What a run gives that takes nothing from earlier ones."""
    assert make_month(request_of(folder), month, fresh=True).how == How.MADE
    return site_of(folder)


def test_what_is_taken_from_an_earlier_run_is_what_a_fresh_one_gives(book, monkeypatch):
    ran = _ran(monkeypatch)
    export(book.root, "cases.csv", cases(7))
    write_text(book.root, MONTH, "Etter en endring.")
    make_month(request_of(book), MONTH)
    assert ran() == ["course", "desk"]
    reused = site_of(book)
    assert fresh_of(book) == reused
    assert ran() == ["costs", "course", "desk"]


def _ran(monkeypatch) -> Callable[[], list[str]]:
    """The chapters that were run since it was asked last."""
    run, names = papermill.execute_notebook, []

    def noted(chapter: Path, *given, **named):
        names.append(chapter.stem)
        return run(chapter, *given, **named)

    monkeypatch.setattr(papermill, "execute_notebook", noted)

    def since() -> list[str]:
        found = sorted(names)
        names.clear()
        return found

    return since


def test_a_month_that_could_not_be_made_leaves_nothing_that_says_it_was(book):
    kept = log_path(book.data).read_bytes()
    _write("notebooks/desk.ipynb", "no notebook")(book)
    with pytest.raises(InputError, match=r"desk\.ipynb: no notebook"):
        make_month(request_of(book), "2024-09")
    assert log_path(book.data).read_bytes() == kept
    assert [folder.name for folder in snapshots_folder(book.data).glob("2*")] == ["2024-08-1"]
    assert not stands(book, "2024-09")


def test_what_changes_while_a_report_is_made_of_it_is_made_anew(book, monkeypatch):
    build, tries = report.build_report, []
    monkeypatch.setattr(make, "sleep", lambda seconds: None)

    def changed(*given, **named):
        tries.append(1)
        if len(tries) == 1:
            export(book.root, "cases.csv", cases(7))
            raise changed_meanwhile("tickets")
        return build(*given, **named)

    monkeypatch.setattr(report, "build_report", changed)
    steps: list[str] = []
    assert make_month(request_of(book), MONTH, steps.append, fresh=True).how == How.MADE
    assert stands(book)
    assert len(tries) == 2
    assert "what it is made of has changed meanwhile: beginning anew" in steps
    monkeypatch.undo()
    again = site_of(book)
    assert fresh_of(book) == again


def test_what_changes_all_the_time_is_refused_and_nothing_of_it_is_kept(book, monkeypatch):
    def changed(*_: object, **__: object) -> None:
        raise changed_meanwhile("tickets")

    kept = log_path(book.data).read_bytes()
    monkeypatch.setattr(make, "sleep", lambda seconds: None)
    monkeypatch.setattr(report, "build_report", changed)
    with pytest.raises(ChangedMeanwhile, match="changes all the time, and at last: tickets was changed"):
        make_month(request_of(book), "2024-09")
    assert log_path(book.data).read_bytes() == kept


def test_a_month_holds_until_a_time_in_its_exports_that_was_to_come_is_no_more(book, monkeypatch):
    export(
        book.root,
        "cases.csv",
        cases(4).replace(";Molde kommune;Telefon;11.09.2024", ";Molde kommune;Telefon;01.01.2090", 1),
    )
    make_month(request_of(book), MONTH)
    assert stands(book)
    mark = book.data / "clean" / FINGERPRINT
    fingerprint, until = mark.read_text("utf-8").splitlines()
    assert until.startswith("2089-12-3")
    latest = instants._latest
    monkeypatch.setattr(instants, "_latest", lambda zone: latest(zone) + pd.Timedelta(days=36_500))
    monkeypatch.setattr(clean_mark, "now", lambda: dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
    assert not stands(book)
    told: list[str] = []
    assert make_month(request_of(book), MONTH, tell=told.append).how == How.MADE
    assert any(line.startswith("Cleaned 2 files") for line in told)
    assert mark.read_text("utf-8") == fingerprint
    assert stands(book)


@pytest.mark.parametrize("until", ["soon", "2024-10-01T00:00:00"])
def test_a_mark_that_is_damaged_has_the_exports_cleaned_again(book, until):
    mark = book.data / "clean" / FINGERPRINT
    mark.write_text(f"{mark.read_text('utf-8')}\n{until}", "utf-8")
    make_month(request_of(book), MONTH)
    assert until not in mark.read_text("utf-8")


def test_what_the_front_page_says_anew_is_published_where_the_month_is_approved(book, monkeypatch):
    approved = Made(MONTH, How.APPROVED, book.site / MONTH / "index.html", "approved")
    monkeypatch.setattr(make, "stands_approved", lambda *_: approved)
    _write("index.qmd", "---\ntitle: Rapporter\n---\n\nNytt ord om rapportene.\n")(book)
    page = (book.site / MONTH / "index.html").read_bytes()
    assert make_month(request_of(book), MONTH).how == How.APPROVED
    assert "Nytt ord om rapportene" in (book.site / "index.html").read_text("utf-8")
    assert (book.site / MONTH / "index.html").read_bytes() == page
    published = (book.site / "index.html").stat().st_mtime_ns
    make_month(request_of(book), MONTH)
    assert (book.site / "index.html").stat().st_mtime_ns == published


def test_of_a_month_as_it_was_made_those_are_told_who_have_not_been(book):
    with http_sink() as (port, got):
        _add("workbook.yml", f'\nunattended:\n  notify: ["json://127.0.0.1:{port}"]\n')(book)
        make_month(request_of(book), MONTH)
        ended = [run(book.root, "--renderer", "embedded", period=MONTH).returncode for _ in range(2)]
    assert ended == [0, 0]
    assert [told["title"] for told in got] == ["Økonomi- og aktivitetsrapport august 2024: utkast er laget"]


def test_a_run_that_nobody_watches_leaves_a_month_as_it_was_made_and_makes_it_for_others(book):
    assert run(book.root, "--renderer", "embedded", period=MONTH).returncode == 0
    assert [line["page"] for line in logged(book.root) if line["event"] == "unchanged"] == [f"{MONTH}/index.html"]
    assert last(book.root)["ended"] == "as it was made, nothing to do"
    write_text(book.root, MONTH, "Noe annet.")
    assert run(book.root, "--renderer", "embedded", period=MONTH).returncode == 0
    assert [line["page"] for line in logged(book.root) if line["event"] == "made"] == [f"{MONTH}/index.html"]
    assert stands(book)


def test_two_runs_of_a_month_at_once_make_it_once(book):
    export(book.root, "cases.csv", cases(9))
    with ThreadPoolExecutor(2) as runs:
        made = list(runs.map(lambda _: make_month(request_of(book), MONTH).how, range(2)))
    assert sorted(made) == [How.MADE, How.UNCHANGED]


EDITS: dict[str, Callable[[Folder, random.Random], object]] = {
    "cases": lambda folder, chance: export(folder.root, "cases.csv", cases(chance.randrange(9))),
    "ledger": lambda folder, chance: export(folder.root, "ledger.csv", ledger(amount=chance.randrange(900, 1100))),
    "text": lambda folder, chance: write_text(folder.root, chance.choice(MONTHS), f"Tekst {chance.randrange(3)}."),
    "settings": lambda folder, chance: _replaced(
        folder.root / "workbook.yml", "report_title: ", f"report_title: Ny{chance.randrange(2)} "
    ),
    "chapter": lambda folder, chance: _replaced(
        folder.root / "notebooks" / "desk.ipynb", "Kundeservice", chance.choice(["Brukerstøtte", "Kundeservice"])
    ),
    "month": lambda folder, chance: make_month(request_of(folder), chance.choice(MONTHS)),
}


def _replaced(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_a_run_gives_what_a_fresh_one_gives(tmp_path, seed):
    """Edits, there and back, each followed by a run; now and then all is made anew, and nothing differs."""
    chance, folder = random.Random(seed), quick_book(tmp_path / "book")
    for _ in range(6):
        for name in chance.sample(sorted(EDITS), 2):
            EDITS[name](folder, chance)
        make_month(request_of(folder), MONTH)
        reused = site_of(folder)
        assert fresh_of(folder) == reused, seed
