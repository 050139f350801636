"""The renderer that is always there: the pandoc and typst wheels. Writes web pages and the PDF."""

from collections.abc import Sequence
from pathlib import Path

import pypandoc
import typst

from rorikt_lib.errors import InputError
from rorikt_lib.present import fonts
from rorikt_lib.publish.document import as_read
from rorikt_lib.publish.pdf_tags import tag_row_headers

TEMPLATES = Path(__file__).parent / "templates"
_HTML_OPTIONS = ["--shift-heading-level-by=1", f"--lua-filter={TEMPLATES / 'page.lua'}"]


def render(document: Path, page: Path, pdf: Path) -> None:
    """The assembled document as a web page and as a PDF/UA-1 file, beside what it names."""
    read = as_read(document)
    convert(read, "html5", page, "month.html", _HTML_OPTIONS)
    _compile(read, pdf)


def _compile(read: Path, pdf: Path) -> None:
    source = read.with_suffix(".typ")
    convert(read, "typst", source, "month.typ")
    try:
        options = {"root": read.parent, "font_paths": [fonts.FOLDER], "ignore_system_fonts": True}
        typst.compile(source, output=pdf, pdf_standards=["ua-1"], **options)
    except typst.TypstError as error:
        remedy = "mend the chapter or the narrative it comes from"
        raise InputError(f"no PDF: {error.message}", file=source, remedy=remedy) from None
    tag_row_headers(pdf)


def convert(read: Path, to: str, output: Path, template: str, options: Sequence[str] = ()) -> None:
    """One document, as pandoc has read it, through pandoc, with a template of this package and the shared filter."""
    given = [f"--template={TEMPLATES / template}", f"--lua-filter={TEMPLATES / 'filter.lua'}", "--wrap=none", *options]
    # Both formats are ours: asking pandoc for those it knows would start it twice more.
    how = {"format": "json", "outputfile": output, "extra_args": ["--standalone", *given], "verify_format": False}
    pypandoc.convert_file(read, to, **how)
