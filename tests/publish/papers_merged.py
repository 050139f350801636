"""PDFs to put together in tests, and what a PDF's tags, links and pages say of each other, read apart from the library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject

from rorikt_lib.present import fonts

SHELL = """
#set document(title: [Møtepapirer], date: none)
#set text(font: "Inter", lang: "nb", region: "NO")
#set page(paper: "a4")
#let strip(name) = place(top + right, dx: -2.5cm, dy: 0.6cm, text(size: 8pt)[
  #name · side #context counter(page).display() av #context counter(page).final().first()])
#let attached(name, pages, key) = for n in range(pages) {
  page(margin: 0pt, foreground: pdf.artifact(strip(name)), if n == 0 {
    place(top + left, dx: 2.5cm, dy: 0.5cm, block[#text(size: 9pt)[#heading(level: 2, name) #label("pages:" + key)]])
  })
}
#title[Møtepapirer]
#outline(depth: 2)
"""
ATTACHED = """
#set document(title: [{title}], date: none)
#set text(font: "Inter", lang: "nn", region: "NO")
#set page(paper: "a4", {page})
#show link: set text(fill: red)
#v(2cm)
= {title}
Les meir i #link(<tall>)[avsnitt to], eller på #link("https://example.org/")[nettstaden].
#table(columns: 2, table.header([Kommune], [Sum]), [Molde], [12], [Rauma], [7])
#pdf.attach("tall.csv", bytes("a,b"), relationship: "data", mime-type: "text/csv", description: "Tall")
#pagebreak()
= Tall <tall>
Dette er avsnitt to. #link(<tall>)[Opp]
"""


def compiled(source: str, pdf: Path, **options: object) -> Path:
    """A Typst text as a PDF, PDF/UA-1 unless said otherwise."""
    written = pdf.with_suffix(".typ")
    written.write_text(source, encoding="utf-8")
    given = {"pdf_standards": ["ua-1"]} | options
    typst.compile(written, output=pdf, font_paths=[fonts.FOLDER], ignore_system_fonts=True, **given)
    return pdf


def shell(pdf: Path, *pages: int) -> Path:
    """Papers of one case for each attachment, which has so many pages, keys `vedlegg-1` and on."""
    cases = [
        f'= Sak {n}\nSe #link(label("pages:vedlegg-{n}"))[vedlegg {n}].\n#attached("Vedlegg {n}", {count}, "vedlegg-{n}")\n'
        for n, count in enumerate(pages, 1)
    ]
    return compiled(SHELL + "".join(cases) + "= Eventuelt\nSlutt.\n", pdf)


def attached(pdf: Path, title: str = "Budsjett", page: str = "") -> Path:
    """Two pages with headings, links, a table and a file in it."""
    return compiled(ATTACHED.format(title=title, page=page), pdf)


def untagged(pdf: Path, source: Path) -> Path:
    """A PDF with all that it draws, and none of its tags."""
    writer = PdfWriter(clone_from=PdfReader(source))
    for key in ("/StructTreeRoot", "/MarkInfo"):
        del writer.root_object[key]
    writer.write(pdf)
    return pdf


def wrong_tags(pdf: Path) -> list[str]:
    """What in a PDF's tags contradicts its pages: texts without tag, tags without text, links that lead to neither."""
    reader = PdfReader(pdf)
    tree = reader.root_object["/StructTreeRoot"]
    pairs = tree["/ParentTree"]["/Nums"]
    parents = {int(pairs[n]): pairs[n + 1] for n in range(0, len(pairs), 2)}
    shown, links, ids = _said(tree)
    wrong = [f"{number} of the parent tree twice" for number, n in Counter(map(int, pairs[::2])).items() if n > 1]
    wrong += ["the parent tree is not in order"] * (sorted(parents) != [int(each) for each in pairs[::2]])
    wrong += ["the next number is not the next"] * (int(tree["/ParentTreeNextKey"]) <= max(parents))
    wrong += [f"{name} names {n} elements" for name, n in Counter(ids).items() if n > 1]
    named = list(tree["/IDTree"]["/Names"][::2]) if "/IDTree" in tree else []
    wrong += ["names of elements and of the tree differ"] * (sorted(ids) != named)
    drawn = set()
    for number, page in enumerate(reader.pages, 1):
        of_page = page.indirect_reference.idnum
        for text in _texts(page):
            drawn.add((of_page, text))
            leads_to = parents[int(page["/StructParents"])].get_object()[text].idnum
            if shown.get((of_page, text)) != leads_to:
                wrong.append(f"page {number}: text {text} is of another element than said")
        for link in page.get("/Annots", []):
            if links.get(link.idnum) != parents[int(link.get_object()["/StructParent"])].idnum:
                wrong.append(f"page {number}: a link is of another element than said")
    known = {page.indirect_reference.idnum for page in reader.pages}
    wrong += [f"a tag of a page that is not there: {page}" for page, _ in shown if page not in known]
    wrong += [f"a tag of text {text} that is not drawn" for page, text in shown.keys() - drawn]
    return wrong


def _texts(page: DictionaryObject) -> list[int]:
    marks = [of[1] for of, operator in page.get_contents().operations if operator == b"BDC"]
    return [int(mark["/MCID"]) for mark in marks if isinstance(mark, DictionaryObject) and "/MCID" in mark]


def _said(tree: DictionaryObject) -> tuple[dict, dict, list[str]]:
    """Page and number → element; link → element; the elements' names."""
    shown: dict[tuple[int, int], int] = {}
    links: dict[int, int] = {}
    ids: list[str] = []
    waiting: list[tuple[object, IndirectObject | None, IndirectObject | None]] = [(tree.raw_get("/K"), None, None)]
    while waiting:
        raw, element, page = waiting.pop()
        held = raw.get_object()
        if isinstance(held, list):
            waiting += [(each, element, page) for each in held]
        elif isinstance(held, int):
            assert (page.idnum, held) not in shown
            shown[page.idnum, int(held)] = element.idnum
        elif held.get("/Type") == "/OBJR":
            links[held.raw_get("/Obj").idnum] = element.idnum
        elif held.get("/Type") == "/MCR":
            shown[held.raw_get("/Pg").idnum if "/Pg" in held else page.idnum, int(held["/MCID"])] = element.idnum
        else:
            assert element is None or held.raw_get("/P").idnum == element.idnum
            ids += [held["/ID"]] if "/ID" in held else []
            if "/K" in held:
                waiting.append((held.raw_get("/K"), raw, held.get("/Pg", page)))
    return shown, links, ids
