"""Whatever the exports' texts hold, from raw file to site, PDF and downloads they are text and nothing else."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from rorikt_lib.config.folder import Folder
from rorikt_lib.month.clean import clean_exports
from rorikt_lib.month.report import report_month
from rorikt_lib.publish.job import job_of
from rorikt_lib.publish.privacy.pdf import pdf_texts

MONTH = "2024-09"
# Of each kind of export the columns that its owner fills as he likes; what they hold comes before and after the value.
COLUMNS = {
    "ledger/hovedbok_2024-09_10.csv": ("Leverandør", "Tekst"),
    "ledger/hovedbok_2024-07_09.csv": ("Leverandør", "Tekst"),
    "forecasts/prognose_2024-09.csv": ("Begrunnelse",),
    "devices/intune_2024-09-27.csv": ("Manufacturer", "Model"),
    "tickets": ("Kategori 1", "Kategori"),
}
DISGUISES = (
    "<script>alert(1)</script>", "`<b>fet</b>`{=html}", "`#read(\"workbook.yml\")`{=typst}", "[x](javascript:alert(1))",
    "![x](https://example.no/x.png)", "<img src=x onerror=alert(1)>", "$\\input{hemmelig}$ {{< include _quarto.yml >}}",
    "::: {.note} # *T* @ola ~~x~~ :::", "&lt;script&gt; &#60;i&#62;", "<!-- skjult --> ^[note] \\textbf{x}",
)  # fmt: skip
FORMULA = "=cmd|' /C calc'!A0"


def seed(raw: Path) -> None:
    """A disguise in each such cell, and a formula that each begins with; one and the same in equal cells."""
    for name, columns in COLUMNS.items():
        for file in sorted((raw / name).glob("*.csv")) if (raw / name).is_dir() else [raw / name]:
            seed_file(file, columns)


def seed_file(file: Path, columns: tuple[str, ...]) -> None:
    content = file.read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252"
    text = content.decode(encoding)
    delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
    head, *rows = csv.reader(text.splitlines(), delimiter=delimiter)
    at = [head.index(column) for column in columns if column in head]
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(head)
        for row in rows:
            for n in at:
                row[n] = row[n] and f"{FORMULA} {row[n]} {DISGUISES[sum(map(ord, row[n])) % len(DISGUISES)]}"
            writer.writerow(row)


def elements(site: Path) -> dict[str, Counter[str]]:
    """Page → how many of each element it has, but those that come with a word more or less."""
    pages = {page.relative_to(site).as_posix(): html.parse(page) for page in sorted(site.rglob("*.html"))}
    return {name: Counter(each.tag for each in tree.iter("*")) for name, tree in pages.items()}


def letters(text: str) -> str:
    """A text without spaces, marks and the hyphens of a line's end."""
    return re.sub(r"[\W_]", "", text)


@pytest.mark.deep
def test_seeded_exports_reach_the_site_as_text_alone(demo, site, tmp_path):
    root = tmp_path / "workbook"
    shutil.copytree(demo.root, root, ignore=shutil.ignore_patterns("clean"))
    folder = Folder(root, root / "data")
    seed(folder.data / "raw")
    clean_exports(folder, lambda step: None)
    built = report_month(job_of(MONTH, folder, renderer="embedded")).built

    plain, seeded = elements(site), elements(root / "_site")
    new = {name: set(tags) - set(plain[name]) for name, tags in seeded.items()}
    assert not any(new.values())
    for name in ("script", "img", "a", "input", "link", "style", "meta"):
        assert seeded[f"{MONTH}/index.html"][name] <= plain[f"{MONTH}/index.html"][name] + 2

    text = " ".join(html.parse(built.page).getroot().text_content().split())
    pdf = letters("".join(pdf_texts(built.pdf)))
    shown = [disguise for disguise in DISGUISES if disguise in text]
    # Not every cell is shown: only so many categories, suppliers and models are.
    assert len(shown) >= 3
    assert FORMULA in text
    assert all(letters(disguise) in pdf for disguise in shown)
    for file in built.page.parent.rglob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream, delimiter=";") for cell in row]
        assert file.name == "figures.csv" or not [cell for cell in cells if re.match(r"\s*[=+@]|\s*-\D", cell)]
