"""The doctor's round: everything that a report needs, in the order that it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from rorikt_lib.commands.doctor.documents import documents
from rorikt_lib.commands.doctor.line import Line, State, lacks, ok, stops
from rorikt_lib.commands.doctor.machine import disk, installed
from rorikt_lib.commands.doctor.sources import freshness, sources
from rorikt_lib.commands.doctor.texts import references
from rorikt_lib.commands.run.notify import open_teller
from rorikt_lib.config.folder import Folder, open_folder
from rorikt_lib.config.month_file import refuse_written_approval
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.month.checks import refuse_failed
from rorikt_lib.month.clean import clean_exports
from rorikt_lib.month.coverage import refuse_missing
from rorikt_lib.publish.kinds import kind_of, order_of
from rorikt_lib.report.narrative import written_text
from rorikt_lib.store.approved import damage, read_approved
from rorikt_lib.terms.documents import REPORT
from rorikt_lib.workbook import Workbook, month_as_it_is, refuse_unreached


def look(
    workbook: Path | None, data: Path | None, month: str | None, progress: Callable[[str], None]
) -> tuple[str | None, list[Line]]:
    """The month looked at (None where it did not come to that), and a line for each thing.

    month: by default the newest that has data. Nothing is written but the clean tables, where exports have changed.
    """
    lines = installed()
    try:
        folder = open_folder(workbook, data)
        lines += [disk(folder.root, folder.data), _settings(folder.settings, folder), _statement(folder.settings)]
        lines += [*_notification(folder), *documents(folder)]
    except (InputError, OSError) as error:
        return None, [*lines, stops("settings", error)]
    try:
        clean_exports(folder, progress, only_if_changed=True)
        book = month_as_it_is(month, folder)
    except (InputError, OSError) as error:
        return None, [*lines, stops("exports", error)]
    return book.month, [*lines, *_doubts(book), *sources(book), freshness(book), *_texts(book), *_refusals(book)]


def can_report(lines: list[Line]) -> bool:
    """Whether nothing stops a report."""
    return all(line.state != State.STOPS for line in lines)


def _settings(settings: Settings, folder: Folder) -> Line:
    names = len(settings.municipalities)
    return ok("settings", f"{folder.root}: {settings.organisation.name}, {names} municipalities")


def _statement(settings: Settings) -> Line:
    """Whether pages lead to the accessibility statement that a public site must have."""
    if settings.organisation.accessibility:
        return ok("accessibility", "pages link to the statement")
    remedy = "set organisation.accessibility in workbook.yml"
    return lacks(
        "accessibility", "pages do not link to an accessibility statement, which a public site must have", remedy
    )


def _notification(folder: Folder) -> Iterator[Line]:
    """Whether those can be told how `rorikt run` ends whom the settings name."""
    if not (named := len(folder.settings.unattended.notify)):
        return
    try:
        open_teller(folder)
    except InputError as error:
        yield Line(State.LACKS, "notification", str(error))
    else:
        yield ok("notification", f"{named} {'address' if named == 1 else 'addresses'}")


def _doubts(book: Workbook) -> Iterator[Line]:
    read, refused = len(book.table("sources")), len(book.table("quarantine"))
    said = f"{read} files read, {refused} rows unreadable"
    yield lacks("exports", said, "rorikt check lists them: mend and export again") if refused else ok("exports", said)


def _texts(book: Workbook) -> Iterator[Line]:
    """What people have written for the month, of what the report has room for."""
    folder = book.content / book.month
    names = order_of(book.folder, kind_of(book.folder, REPORT)).narratives
    absent = [name for name in names if not written_text(folder / f"{name}.md")]
    if absent:
        problem = f"{len(names) - len(absent)} of {len(names)} written in {folder}; not {', '.join(absent)}"
        remedy = f"write them, or leave them out; rorikt new {book.month} begins them where none is"
        yield lacks("texts", problem, remedy)
    else:
        yield ok("texts", f"all {len(names)} written")
    yield from references(book, list(names))
    yield _approval(book)


def _approval(book: Workbook) -> Line:
    """What was approved of the month, and whether it and all else that was approved is as it was."""
    root, month = book.data_root, book.month
    if harmed := next(damage(root), None):
        return lacks("approval", f"not as approved: {harmed}", "restore data/approved from a backup; see rorikt verify")
    if kept := read_approved(root, month):
        said = kept[-1].manifest
        done = f"revision {said.revision} on {said.approved_on} by {said.approved_by}; --revise makes another"
        return ok("approval", done)
    try:
        refuse_written_approval(book.report, month, book.content)
    except InputError as error:
        return stops("approval", error)
    remedy = f'when it is approved, run rorikt approve {month} --by "Styret"'
    return lacks("approval", "the report is a draft and says so", remedy)


def _refusals(book: Workbook) -> Iterator[Line]:
    """What a report of the month would be refused for."""
    try:
        for refuse in (refuse_unreached, refuse_missing, refuse_failed):
            refuse(book)
    except InputError as error:
        yield stops("report", error)
    else:
        yield ok("report", f"nothing stops a report of {book.month}")
