"""The month's files: what each begins as."""

from __future__ import annotations

from pathlib import Path

from rorikt_lib.commands.doctor.line import State
from rorikt_lib.commands.doctor.sources import sources
from rorikt_lib.commands.files import filled, write_new
from rorikt_lib.commands.new.form import form_rows, workbook_of
from rorikt_lib.commands.new.texts import incidents, texts
from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import InputError
from rorikt_lib.present.language import form, stable_member
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.language import using
from rorikt_lib.terms.period import last_day, shift
from rorikt_lib.workbook import Workbook, open_month

FORMS = "forms"
_TEMPLATES = Path(__file__).with_name("templates")


def begin(month: str, folder: Folder) -> tuple[Path, Path | None]:
    """The month's folder of content and the form of its forecast (None without a ledger), written.

    InputError where the exports do not reach the month, or a file is there already; nothing is written then.
    """
    place, file = folder.content / month, folder.data / FORMS / f"prognose-{month}.xlsx"
    if there := next((path for path in (place, file) if path.exists()), None):
        raise InputError(f"{month} is begun already", file=there, remedy="write on there, or move it away first")
    book = open_month(month, folder)
    has_ledger = book.has(Source.LEDGER)
    sheet = workbook_of(form_rows(book), month) if has_ledger else b""
    write_new(place, files(book, file if has_ledger else None))
    if has_ledger:
        write_new(file.parent, {file.name: sheet})
    return place, file if has_ledger else None


def files(book: Workbook, sheet: Path | None) -> dict[str, str]:
    """Name of each file of the month's folder → what it begins as, in the workbook's language."""
    with using(book.settings.language):
        return _files(book, sheet)


def _files(book: Workbook, sheet: Path | None) -> dict[str, str]:
    begun = texts(book)
    lacking = [line for line in sources(book) if line.state == State.LACKS]
    given = {
        "month": book.month,
        "last_day": last_day(book.month),
        "next_month": shift(book.month, 1),
        "lacking": lacking,
        "sheet": sheet,
        "raw": book.data_root / "raw" / "forecasts",
        "texts": list(begun),
        "has_tickets": book.has(Source.TICKETS),
        "cases": _cases(book),
        "form": form,
    }
    written = ["report.yml", "CHECKLIST.md"] + (["hendelser.yml"] if given["has_tickets"] else [])
    made = {name: filled(_TEMPLATES, f"{name}.j2", given) for name in written}
    return made | {f"{name}.md": text for name, text in begun.items()}


def _cases(book: Workbook) -> list[dict[str, str]]:
    """The serious cases as hendelser.yml writes them: a priority as the settings call it."""
    called: dict[str, str] = {}
    for name, term in book.settings.tickets.priority_names.items():
        called.setdefault(term, name)
    return [
        {
            "date": f"{case.date:%Y-%m-%d}",
            "municipality": stable_member("municipality", case.municipality),
            "priority": called[case.priority],
        }
        for case in incidents(book).itertuples()
    ]
