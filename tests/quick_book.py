"""A workbook that is made in seconds: a year of a small ledger and a few cases, two chapters, a text and a page beside."""

from __future__ import annotations

from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell
from notebook_files import parameters, write_notebook
from unwatched import export, small_workbook

from rorikt_lib.config.folder import Folder, open_folder
from rorikt_lib.month.stamp import Request
from rorikt_lib.store.manifest import Sums, sums_of

MONTHS = ["2024-07", "2024-08", "2024-09"]
ORDER = """
rorikt:
  chapters:
    - {notebook: costs}
    - {title: Aktiviteter, chapters: [{notebook: desk}, {title: Teknisk, narrative: teknisk}]}
  pages:
    - {file: forlop.html, title: Forløpet, chapters: [{notebook: course, unnumbered: true}]}
"""
OPENS = (
    "from rorikt_lib.report import {module}\n"
    "from rorikt_lib.report.show import chart, say, table\n"
    "from rorikt_lib.workbook import open_month\n\n"
    "book = open_month(period, workbook, data)"
)


def _chapter(root: Path, name: str, title: str, module: str, *cells: str) -> None:
    given = parameters("period = None\nworkbook = None\ndata = None")
    opens = new_code_cell(OPENS.format(module=module))
    file = root / "notebooks" / f"{name}.ipynb"
    write_notebook(file, new_markdown_cell(f"# {title}"), given, opens, *map(new_code_cell, cells))


def ledger(months: list[str] = MONTHS, amount: int = 1000) -> str:
    """Postings of 2023 and of these months of 2024."""
    rows = ["Bilagsnr;Bilagsdato;Periode;Konto;Ansvar;Prosjekt;Tekst;Beløp"]
    for n, month in enumerate([f"2023-{m:02d}" for m in range(1, 13)] + [f"2024-{m:02d}" for m in range(1, 10)]):
        if month[:4] == "2023" or month <= months[-1]:
            day = f"15.{month[5:]}.{month[:4]}"
            rows += [
                f"{n}{k};{day};{month.replace('-', '')};{k};100;;Tekst;{amount + 7 * n},00" for k in ("010", "240")
            ]
    return "\n".join(rows) + "\n"


def cases(of_september: int = 3) -> str:
    """A case a week since July, and some more of September."""
    rows = ["Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min)"]
    days = [f"{d:02d}.{m:02d}.2024" for m in (7, 8, 9) for d in (2, 9, 16, 23, 30)] + ["11.09.2024"] * of_september
    rows += [
        f"{n};Feilmelding;Medium;Løst;Nettverk;Molde kommune;Telefon;{day} 08:00;{day} 12:00;;"
        for n, day in enumerate(days, start=1)
    ]
    return "\n".join(rows) + "\n"


def quick_book(root: Path) -> Folder:
    """The workbook in a new folder."""
    small_workbook(root)
    export(root, "ledger.csv", ledger())
    export(root, "cases.csv", cases())
    (root / "_quarto.yml").write_text(ORDER, encoding="utf-8")
    _chapter(root, "costs", "Kostnader", "economy", "table(economy.COSTS, book)", "chart(economy.COURSE_CHART, book)")
    _chapter(root, "desk", "Kundeservice", "service_desk", "say(book, service_desk.created_summary)")
    _chapter(root, "course", "Hele året", "service_desk", "say(book, service_desk.largest_categories)")
    for month in MONTHS:
        write_text(root, month, f"Rutinearbeid i {month}.")
    return open_folder(root)


def write_text(root: Path, month: str, text: str) -> Path:
    """What people wrote of a month."""
    file = root / "content" / month / "teknisk.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")
    return file


def request_of(folder: Folder) -> Request:
    """What a report of it is asked for with."""
    return Request(folder, folder.site, "embedded", {}, strict=False)


def site_of(folder: Folder) -> Sums:
    """Every file of its site, by its checksum."""
    return sums_of(folder.site)
