"""The renderer that Quarto brings, where it is installed. Same document, filter and templates as the embedded one."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Literal

from rorikt_lib.errors import InputError
from rorikt_lib.present.language import tag
from rorikt_lib.publish import embedded
from rorikt_lib.publish.document import as_read, written
from rorikt_lib.publish.pdf_tags import tag_row_headers

Renderer = Literal["quarto", "embedded"]
CHOICES = ("auto", "quarto", "embedded")
OLDEST = (1, 9)  # the first whose PDFs are PDF/UA-1
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def renderer(choice: str) -> tuple[Renderer, str | None]:
    """The renderer to use, and a one-line notice where a Quarto that is there cannot serve.

    choice: auto (Quarto where a new enough one is on PATH), quarto (that or an InputError) or embedded.
    """
    if choice not in CHOICES:
        raise InputError(f"no renderer '{choice}'", remedy=f"use one of: {', '.join(CHOICES)}")
    version = None if choice == "embedded" else quarto_version()
    if choice == "embedded" or (choice == "auto" and version is None):
        return "embedded", None
    if version and version >= OLDEST:
        return "quarto", None
    wanted = ".".join(map(str, OLDEST))
    found = f"Quarto {'.'.join(map(str, version))} is older than {wanted}" if version else "no Quarto on PATH"
    if choice == "quarto":
        raise InputError(found, remedy=f"install Quarto {wanted} or newer, or use --renderer embedded")
    return "embedded", f"{found}: the embedded renderer serves"


def told(chosen: Renderer) -> str:
    """A renderer's name, and the version of one that is not installed with the library."""
    return f"{chosen} {quarto_version()}" if chosen == "quarto" else chosen


def quarto_version() -> tuple[int, ...] | None:
    """(1, 9, 38), or None where no Quarto answers."""
    try:
        answer = subprocess.run(["quarto", "--version"], capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\d+(\.\d+)+", answer.stdout)
    return tuple(map(int, found[0].split("."))) if found else None


def render(document: Path, page: Path, pdf: Path) -> None:
    """The assembled document as a web page and as a PDF/UA-1 file, beside what it names.

    Quarto is given an empty document, which templates/read.lua fills with what pandoc has read: of the text itself,
    its own extensions would make something else.
    """
    folder, read = document.parent, as_read(document)
    # The document itself stays as it is: it is what a report is approved from.
    given = document.with_stem(f"{document.stem}-quarto")
    given.write_text(written({"lang": tag(), "read": read.name}, ""), encoding="utf-8")
    shutil.copytree(embedded.TEMPLATES, folder, dirs_exist_ok=True)
    (folder / "quarto.yml").rename(folder / "_quarto.yml")
    command = ["quarto", "render", given.name]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        remedy = "mend the chapter or the narrative it comes from, or use --renderer embedded"
        raise InputError(f"Quarto: {problem_in(run.stderr)}", file=document, remedy=remedy)
    given.with_suffix(".html").replace(page)
    given.with_suffix(".pdf").replace(pdf)
    tag_row_headers(pdf)


def problem_in(told: str) -> str:
    """The line of what Quarto told that says what is wrong, without the colours of a terminal."""
    lines = _COLOUR.sub("", told).splitlines()
    return next((line.strip() for line in lines if "error" in line.lower()), "Quarto stopped")
