"""Whatever an export's texts hold, they are text in what chapters show, and no formula in what they offer to download."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from books import rich
from builders import make_forecasts
from norwegian import sentences

from rorikt_lib.present.language import caption
from rorikt_lib.present.markdown import DOCUMENT, read
from rorikt_lib.present.sheets import csv_of, sheet_from
from rorikt_lib.report.declare import Table
from rorikt_lib.report.figures import all_chapters
from rorikt_lib.report.show import download, table
from rorikt_lib.terms.enums import Kind
from rorikt_lib.workbook import Workbook

# The columns that the exports fill as they like.
COLUMNS = [
    "account_name", "cost_centre", "project", "supplier_name", "text", "category", "channel", "name", "manufacturer", "model",
    "reason", "item", "detail", "source_file",
]  # fmt: skip
DISGUISES = [
    "<script>alert(1)</script> | {{< include /etc/passwd >}} `<b>`{=html}", "=cmd|' /C calc'!A0 [x](javascript:y) ![a](b)",
    "# *Tittel* ```{=typst}\n#read(\"x\")\n``` $x$ \\input{y} @ola", "::: {.note}\n<img src=x onerror=y>\n::: &lt;script&gt;",
    "1. [^1]: ~~x~~ <!-- a --> --- {#id} \"b\"", "@sum(1) \\ **x", "+1 | a | b | __y", "- x `y", "\t=1;=2,=3", "[x]: javascript:y 'z",
]  # fmt: skip


def seeded(text: str) -> Workbook:
    """A month with a bit of everything, whose texts of exports are this one."""
    given = rich()
    invested = make_forecasts({"kind": "investment", "line": "App-utvikling", "amount_nok": 900_000.0})
    adopted = pd.concat([given.given["adopted_forecasts"], invested], ignore_index=True)
    tables = {
        name: _with_projects(frame, text).assign(**{c: text for c in COLUMNS if c in frame and len(frame)})
        for name, frame in {**given.given, "adopted_forecasts": adopted}.items()
    }
    return replace(given, given=tables, _tables={}, _made={})


def _with_projects(frame: pd.DataFrame, text: str) -> pd.DataFrame:
    """With investments called this: those are lines that no setting names."""
    if not {"line", "kind"} <= {*frame}:
        return frame
    return frame.assign(line=frame.line.mask((frame.kind == Kind.INVESTMENT).astype(bool), text))


def declared() -> list[Table]:
    """The tables that stand in a page or are downloaded."""
    tables = [each for chapter in all_chapters() for each in vars(chapter).values() if isinstance(each, Table)]
    return [each for each in tables if each.caption or caption("tables", each.key)]


def shown(book: Workbook) -> str:
    """All tables with their captions, and all sentences."""
    tables = [table(each, book).text for each in declared()]
    said = [text for chapter in all_chapters() for text in sentences(chapter, book).values()]
    return "\n\n".join(filter(None, [*tables, *said]))


def kinds(markdown: str) -> list[str]:
    """What pandoc finds besides words, in its order."""
    found = re.findall(r'"t": "(\w+)"', json.dumps(read(markdown, DOCUMENT)))
    return [kind for kind in found if kind not in {"Str", "Space", "SoftBreak", "ColWidth", "ColWidthDefault"}]


@pytest.fixture(scope="module")
def of_words() -> list[str]:
    return kinds(shown(seeded("Ord")))


@pytest.mark.deep
@pytest.mark.parametrize("text", [pytest.param(t, marks=[pytest.mark.deep] * (n > 0)) for n, t in enumerate(DISGUISES)])
def test_no_text_of_an_export_is_markup(text, of_words):
    assert kinds(shown(seeded(text))) == of_words


@pytest.mark.deep
def test_no_text_of_an_export_is_a_formula_in_a_download():
    for text in DISGUISES:
        book = seeded(text)
        for each in declared():
            told = download(each, book).metadata["rorikt"].get("sheets", []) if caption("downloads", each.key) else []
            offered = "".join(csv_of(sheet_from(one)) for one in told)
            cells = [cell for row in csv.reader(io.StringIO(offered, newline=""), delimiter=";") for cell in row]
            assert not [cell for cell in cells if re.match(r"\s*[=+@]|\s*-\D", cell)]
