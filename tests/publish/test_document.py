"""A document is read once; titles and names on it are text, whatever they hold."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html
from pypdf import PdfReader

from rorikt_lib.present.language import page_words, tag
from rorikt_lib.publish.document import as_read, split, written
from rorikt_lib.publish.embedded import render
from rorikt_lib.publish.inert import refuse_active

HOSTILE = [
    '</title><script>alert(1)</script> "A" & B', '#read("/etc/passwd") $x$ *y* _z_ @ola `w`', "1. utkast {{< meta title >}}",
    "- = + / liste // ikke kommentar", r"C:\kart\lag \newpage [x](javascript:y) <b>", "{=html} ::: ---\n...\ntittel: x",
]  # fmt: skip
NAMES = ["title", "subtitle", "organisation", "version", "status", "approved-on", "approved-by", "responsible-unit"]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_the_cover_and_the_files_metadata_say_is_text(tmp_path, text):
    facts = dict.fromkeys(NAMES, text) | {
        "lacking": text,
        "lang": tag(),
        "words": page_words(is_demo=True),
        "figures": "figures.csv",
        "pages": [{"file": "a.html", "title": text}],
    }
    document = tmp_path / "index.qmd"
    document.write_text(written(facts, "# Kapittel\n\nTekst.\n"), encoding="utf-8")
    (tmp_path / "figures.csv").write_text("figure\n", encoding="utf-8")
    render(document, tmp_path / "index.html", tmp_path / "a.pdf")
    refuse_active((tmp_path / "index.html").read_bytes(), tmp_path / "index.html")
    page = html.parse(tmp_path / "index.html").getroot()
    told = [page.xpath("//h1")[0], *page.xpath("//dd"), page.xpath('//p[@class="lacking"]')[0]]
    assert {bare(element.text_content()) for element in told} == {bare(text)}
    assert bare(text.lower()) in bare(page.xpath("//title")[0].text_content()).lower()
    pdf = PdfReader(tmp_path / "a.pdf")
    assert bare(pdf.metadata.author) == bare(text)
    assert bare(pdf.pages[0].extract_text()).replace("'", "’").count(bare(text).replace("'", "’")) >= len(NAMES)


def test_a_document_has_its_facts_and_its_text(tmp_path):
    document = tmp_path / "a.qmd"
    document.write_text(written({"title": "A: *b*", "draft": True, "none": None}, "Tekst\n"), encoding="utf-8")
    assert split(document.read_text(encoding="utf-8")) == (
        {"title": "A: *b*", "draft": True, "none": None},
        "\nTekst\n",
    )
    assert split("Tekst\n---\nmer") == ({}, "Tekst\n---\nmer")
    meta = json.loads(as_read(document).read_text(encoding="utf-8"))["meta"]
    assert meta["title"]["c"] == [
        {"t": "RawInline", "c": ["html", "A: *b*"]},
        {"t": "RawInline", "c": ["typst", '#"A: *b*";']},
    ]
    assert "none" not in meta
