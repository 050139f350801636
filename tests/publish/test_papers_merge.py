"""Papers with what is attached to them are one PDF to who reads it, to a screen reader too."""

from __future__ import annotations

import logging
import shutil
import subprocess
from math import ceil, floor
from pathlib import Path

import numpy as np
import pytest
from papers_merged import attached, compiled, shell, untagged, wrong_tags
from pdf_reading import root_of, tables_without_headers
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, Fit, NameObject, TextStringObject

from rorikt_lib.errors import InputError
from rorikt_lib.publish.papers.assemble import Attachment, fill
from rorikt_lib.publish.papers.look import Look, look
from rorikt_lib.publish.pdf_tags import elements, kids, tag_row_headers


def papers(folder: Path, *pdfs: Path, has_room: bool = True) -> Path:
    """Papers with attachments, after one case each."""
    pages = [look(pdf).pages for pdf in pdfs]
    made = shell(folder / "papers.pdf", *pages)
    names = [
        [f"Vedlegg {n}, side {page} av {count}" for page in range(1, count + 1)] for n, count in enumerate(pages, 1)
    ]
    fill(made, [Attachment(f"vedlegg-{n}", pdf, names[n - 1], has_room) for n, pdf in enumerate(pdfs, 1)])
    return made


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sources")
    made = attached(folder / "budget.pdf"), attached(folder / "report.pdf", "Rapport")
    for pdf in made:
        tag_row_headers(pdf)
    return made


@pytest.fixture(scope="module")
def merged(sources, tmp_path_factory) -> Path:
    return papers(tmp_path_factory.mktemp("merged"), *sources)


def destinations(reader: PdfReader, outline: list) -> list:
    return [
        destinations(reader, each) if isinstance(each, list) else (each.title, reader.get_destination_page_number(each))
        for each in outline
    ]


def declares(pdf: Path) -> bool:
    return b"<pdfuaid:part>1</pdfuaid:part>" in PdfReader(pdf).root_object["/Metadata"].get_data()


def drawn(pdf: Path, folder: Path) -> list[np.ndarray]:
    """Each page in red, green and blue, 72 dots an inch; skips the test where there is no poppler."""
    if not shutil.which("pdftoppm"):
        pytest.skip("no pdftoppm here")
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "72", str(pdf), str(folder / "page")], check=True, capture_output=True)
    return [np.asarray(Image.open(file)).astype(int) for file in sorted(folder.glob("page-*"))]


def test_attachments_take_the_place_of_empty_pages_under_a_line_with_the_running_number(merged):
    texts = [page.extract_text() for page in PdfReader(merged).pages]
    own = {2: "Budsjett", 3: "avsnitt to", 5: "Rapport", 6: "avsnitt to"}
    assert len(texts) == 7
    for number, text in own.items():
        assert text in texts[number - 1]
        assert f"Vedlegg {1 + number // 4} · side {number} av 7" in texts[number - 1]
    assert "Sak 2" in texts[3]
    assert "Eventuelt" in texts[6]


def test_tags_and_pages_say_the_same_of_each_other(merged, sources):
    for pdf in (*sources, merged):
        assert wrong_tags(pdf) == []
    assert len(list(elements(root_of(merged), "/Link"))) == 5 + 2 + 2 * 3  # contents, cases, attachments


def test_a_screen_reader_reads_on_from_a_heading_into_its_attachment_in_that_ones_language(merged):
    (document,) = kids(root_of(merged))
    read = [(kid["/S"], kid.get("/T")) for kid in kids(document) if kid["/S"] in ("/H1", "/H2", "/Part")]
    assert read == [
        ("/H1", "Innhold"),
        *(each for n in "12" for each in (("/H1", f"Sak {n}"), ("/H2", f"Vedlegg {n}"), ("/Part", f"Vedlegg {n}"))),
        ("/H1", "Eventuelt"),
    ]
    part = next(elements(document, "/Part"))
    assert part["/Lang"] == "nn-NO"
    assert [heading["/T"] for heading in elements(part, "/H1")] == ["Budsjett", "Tall"]


def test_tables_of_attachments_keep_their_headers(merged):
    assert tables_without_headers(merged) == (2, [])


def test_bookmarks_of_attachments_stand_under_their_headings(merged):
    reader = PdfReader(merged)
    assert destinations(reader, reader.outline) == [
        ("Sak 1", 0), [("Vedlegg 1", 1), [("Budsjett", 1), ("Tall", 2)]],
        ("Sak 2", 3), [("Vedlegg 2", 4), [("Rapport", 4), ("Tall", 5)]],
        ("Eventuelt", 6),
    ]  # fmt: skip


def test_links_lead_to_the_page_that_was_meant_though_two_attachments_use_the_same_name(merged):
    reader = PdfReader(merged)
    assert targets(reader, 0) == [0, 1, 3, 4, 6, 1]  # the contents, and the case's own link
    assert targets(reader, 1) == [2, "https://example.org/"]
    assert targets(reader, 4) == [5, "https://example.org/"]
    assert targets(reader, 5) == [5]


def targets(reader: PdfReader, page: int) -> list:
    numbers = {each.indirect_reference.idnum: n for n, each in enumerate(reader.pages)}
    named = {name: numbers[place.page.idnum] for name, place in reader.named_destinations.items()}
    found = []
    for link in (each.get_object() for each in reader.pages[page]["/Annots"]):
        place = link["/Dest"] if "/Dest" in link else link["/A"]["/URI"]
        found.append(named.get(place, str(place)) if isinstance(place, str) else numbers[place[0].idnum])
    return found


def test_files_in_attachments_are_in_the_papers_named_after_them(merged):
    assert PdfReader(merged).attachments == {"vedlegg-1/tall.csv": [b"a,b"], "vedlegg-2/tall.csv": [b"a,b"]}


def test_the_same_inputs_make_the_same_bytes(sources, merged, tmp_path):
    assert papers(tmp_path, *sources).read_bytes() == merged.read_bytes()


def test_what_is_attached_looks_as_it_did_below_the_line(sources, merged, tmp_path):
    own, all_pages = drawn(sources[0], tmp_path / "own"), drawn(merged, tmp_path / "all")
    line = len(own[0]) * 12 // 297  # to 1.2 cm down
    for before, after in zip(own, all_pages[1:3], strict=True):
        assert (before < 200).any()
        assert np.array_equal(before[line:], after[line:])
        assert (after[:line] < 200).any()


def test_papers_say_that_they_are_pdf_ua_where_all_that_is_attached_does(merged, sources, tmp_path):
    plain = compiled('#set text(lang: "nb")\n= Notat', tmp_path / "plain.pdf", pdf_standards=[])
    assert [look(pdf) for pdf in (sources[0], plain)] == [Look(2, True, True), Look(1, True, False)]
    assert declares(merged)
    assert not declares(papers(tmp_path, plain))
    assert wrong_tags(tmp_path / "papers.pdf") == []


def test_what_has_no_tags_is_read_page_by_page_or_called_by_its_name(sources, tmp_path):
    source = untagged(tmp_path / "untagged.pdf", sources[0])
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.add_blank_page(595, 842)
    writer.write(source)
    assert look(source) == Look(3, False, False)
    made = papers(tmp_path, source, sources[1], has_room=False)
    assert wrong_tags(made) == []
    assert not declares(made)
    part = next(elements(root_of(made), "/Part"))
    assert [kid["/S"] for kid in kids(part)] == ["/P", "/Link", "/Link", "/P", "/Link", "/Figure"]
    assert kids(part)[-1]["/Alt"] == "Vedlegg 1, side 3 av 3"


def test_a_pdf_that_is_nothing_but_a_page_is_attached(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(200, 300)
    writer.write(tmp_path / "page.pdf")
    made = papers(tmp_path, tmp_path / "page.pdf", has_room=False)
    assert "Vedlegg 1 · side 2 av 3" in PdfReader(made).pages[1].extract_text()
    assert wrong_tags(made) == []


@pytest.mark.parametrize(
    "page", ["flipped: true", "width: 30cm, height: 50cm", "width: 9cm, height: 11cm", "90", "180"]
)
def test_pages_of_another_paper_stand_upright_below_the_line_with_their_links(page, tmp_path):
    source = attached(tmp_path / "a.pdf", page="" if page.isdigit() else page)
    if page.isdigit():
        writer = PdfWriter(clone_from=PdfReader(source))
        for each in writer.pages:
            each.rotate(int(page))
        writer.write(source)
    made = PdfReader(papers(tmp_path, source, has_room=False))
    assert wrong_tags(tmp_path / "papers.pdf") == []
    shown = drawn(tmp_path / "papers.pdf", tmp_path / "all")[1]
    before = drawn(source, tmp_path / "own")[0]
    first = made.pages[1]
    assert [round(float(side)) for side in first.mediabox] == [0, 0, 595, 842]
    below = shown[len(shown) * 12 // 297 :]
    assert np.sum(below < 128) == pytest.approx(np.sum(before < 128) * scale_of(before, shown) ** 2, rel=0.25)
    # Links are drawn in red, which nothing else is: all of it stands where one can be followed.
    red = shown[:, :, 0] > shown[:, :, 1] + 60
    for link in first["/Annots"]:
        left, bottom, right, top = (float(side) for side in link.get_object()["/Rect"])
        around = slice(floor(842 - top) - 1, ceil(842 - bottom) + 1), slice(floor(left) - 1, ceil(right) + 1)
        assert red[around].any()
        red[around] = False
    assert not red.any()


def scale_of(before: np.ndarray, after: np.ndarray) -> float:
    """What a page is made smaller by where it gets 92 % of an A4 page, and is not made larger."""
    return min(1, 0.92 * min(after.shape[0] / before.shape[0], after.shape[1] / before.shape[1]))


def test_nothing_of_an_attachment_starts_by_itself(sources, tmp_path):
    source = tmp_path / "script.pdf"
    writer = PdfWriter(clone_from=PdfReader(sources[0]))
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("varsel")}
    script = writer._add_object(DictionaryObject(action))
    writer.root_object[NameObject("/OpenAction")] = script
    writer.root_object["/Names"][NameObject("/JavaScript")] = script
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    page["/Annots"][0].get_object()[NameObject("/A")] = script
    writer.write(source)
    assert b"varsel" in source.read_bytes()
    assert b"varsel" not in papers(tmp_path, source).read_bytes()


def test_links_that_a_pdf_gives_as_actions_or_by_the_older_names_are_followed(tmp_path):
    source = tmp_path / "a.pdf"
    writer = PdfWriter(clone_from=PdfReader(untagged(source, attached(tmp_path / "b.pdf"))))
    writer.add_annotation(0, Link(rect=(50, 50, 90, 70), target_page_index=1, fit=Fit.fit()))
    writer.write(source)
    made = PdfReader(papers(tmp_path, source, has_room=False))
    assert targets(made, 1) == [2, "https://example.org/", 2]


def test_a_pdf_that_cannot_be_attached_is_refused_by_its_name(sources, tmp_path):
    def refused(name: str, content: bytes | None) -> str:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=name) as error:
            look(tmp_path / name)
        return str(error.value)

    locked = PdfWriter(clone_from=PdfReader(sources[0]))
    locked.encrypt("hemmelig")
    locked.write(tmp_path / "locked.pdf")
    empty = PdfWriter()
    empty.write(tmp_path / "empty.pdf")
    content = sources[0].read_bytes()
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    assert "No such file" in refused("missing.pdf", None)
    assert "is not a PDF" in refused("word.pdf", b"PK\x03\x04 a document")
    assert "is locked" in refused("locked.pdf", None)
    assert "no pages" in refused("empty.pdf", None)
    assert "cannot be read" in refused("half.pdf", content[: len(content) // 3])
    assert "cannot be read" in refused("header.pdf", b"%PDF-1.7\n")


def test_the_one_part_of_the_writer_that_is_not_public_gives_an_object_its_reference():
    writer = PdfWriter()
    made = DictionaryObject()
    reference = writer._add_object(made)
    assert made.indirect_reference == reference
    assert reference.get_object() is made
