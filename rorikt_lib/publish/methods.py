"""What each table of a page leads to: its files, and at the end of the page how it was computed, with its figures."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd

from rorikt_lib.present.language import mark, text
from rorikt_lib.present.sentences import grammar
from rorikt_lib.present.sentences import method as words
from rorikt_lib.publish.assemble import Body
from rorikt_lib.publish.outputs import Chapter
from rorikt_lib.report.method import Method
from rorikt_lib.report.show import DOWNLOADS, SPREADSHEETS
from rorikt_lib.terms.figure_changes import KEY

# What stands between the links of a caption.
_BETWEEN = "\u00a0·\u00a0"
_CAPTION = re.compile(r"^(?P<text>: .+?) (?P<id>\{#tabell-(?P<key>[\w-]+)( \.folded)?\})$", re.MULTILINE)


def with_methods(body: Body, chapters: Iterable[Chapter]) -> Body:
    """`body` with links in its tables' captions, and a last section that says how each table was computed."""
    known = {method.key: method for chapter in chapters for method in chapter.methods}
    keys = [found["key"] for piece in body.texts for found in _CAPTION.finditer(piece) if found["key"] in known]
    if not keys:
        return body
    sheets = {sheet.file for chapter in chapters for sheet in chapter.sheets}
    texts = [_CAPTION.sub(lambda found: _with_links(found, known, sheets), piece) for piece in body.texts]
    return Body((*texts, _section([known[key] for key in keys])), body.missing)


def _with_links(found: re.Match[str], known: Collection[str], sheets: Collection[str]) -> str:
    """A caption that ends with links to the table's files, on the web, and to how it was computed."""
    file, key = f"tabell-{found['key']}", found["key"]
    to_files = links_to_files(file) if file in sheets else ""
    to_method = f"[{mark('method')}](#{words.method_id(key)})" if key in known else ""
    on_web = f"[{to_files}{_BETWEEN if to_method else ''}]{{.web}}" if to_files else ""
    links = f"{on_web}{to_method}"
    return f"{found['text']} [{links}]{{.of-table}} {found['id']}" if links else found[0]


def links_to_files(file: str) -> str:
    """A link to each spreadsheet of a table. file: its name without ending."""
    return _BETWEEN.join(f"[{mark(kind)}]({DOWNLOADS}/{file}.{kind})" for kind in SPREADSHEETS)


def _section(methods: list[Method]) -> str:
    sources = {key: told for method in methods for key, told in method.sources.items()}
    entries = [_entry(grammar.capitalised(name), words.source_id(key), what) for key, (name, what) in sources.items()]
    entries += [_entry(words.of_table(method.key), words.method_id(method.key), method.text) for method in methods]
    # Longer than the report itself: the page shows it to those who ask, and paper has it whole.
    head = f'# {mark("methods")} {{.unnumbered unfolds="{mark("show_methods")}"}}'
    return "\n\n".join([head, text("methods"), *entries])


def _entry(term: str, anchor: str, paragraphs: str) -> str:
    """A term that can be referred to, and its definitions."""
    return "\n".join([f"[{term}]{{#{anchor}}}", *(f":   {each}\n" for each in paragraphs.split("\n\n"))])


def write_figures(folder: Path, chapters: Iterable[Chapter], figures: pd.DataFrame) -> None:
    """The figures of each table, as figures.csv has them, in files of their own in `folder`."""
    place = {key: row for row, key in enumerate(figures[KEY].itertuples(index=False, name=None))}
    for method in (method for chapter in chapters for method in chapter.methods if method.figures):
        own = sorted({place[key] for key in map(tuple, method.figures) if key in place})
        figures.iloc[own].to_csv(folder / words.figures_file(method.key), index=False, lineterminator="\n")
