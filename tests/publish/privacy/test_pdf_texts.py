"""A PDF is read whole: pages, alternative texts, links and metadata; cells side by side stay apart."""

from __future__ import annotations

import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ContentStream, DictionaryObject, NameObject

from rorikt_lib.publish.privacy.pdf import _ESCAPE, _bytes_of, _unescaped, pdf_texts
from rorikt_lib.publish.privacy.shapes import private_shapes, readable

PAGE = """#set document(title: [Tittel], author: "Ola Å. Forfatter", keywords: ("nøkkel-ord",))
= Overskrift
Én setning på 01019012345 sier (alt) \\\\ og «dette» – Æ Ø Å.
#link("https://example.no/kari-nordmann")[lenke]
#table(columns: 4, [91], [23], [45], [67])
#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'><text y='9'>i tegningen</text></svg>"), alt: "alternativ tekst")
"""


def texts(tmp_path, **options) -> str:
    (tmp_path / "a.typ").write_text(PAGE, encoding="utf-8")
    typst.compile(tmp_path / "a.typ", output=tmp_path / "a.pdf", **options)
    return "\n".join(pdf_texts(tmp_path / "a.pdf"))


def test_everything_that_a_pdf_says_is_read(tmp_path):
    found = texts(tmp_path, pdf_standards=["ua-1"])
    for said in ("Overskrift", "Én setning på 01019012345 sier (alt) \\ og «dette» – Æ Ø Å.", "Ola Å. Forfatter",
                 "nøkkel-ord", "alternativ tekst", "https://example.no/kari-nordmann", "i tegningen"):  # fmt: skip
        assert said in found, said


def test_what_is_said_of_a_part_is_no_text_of_the_part(tmp_path):
    """Its language and alternative text are written in other codes than the letters of the typeface."""
    shown = texts(tmp_path, pdf_standards=["ua-1"]).split("\u241e")
    assert "alternativ tekst" in shown
    letters = {letter for part in shown[: shown.index("alternativ tekst")] for letter in part}
    assert letters <= {*PAGE, *"\n"}


def test_cells_side_by_side_do_not_make_a_telephone_number(tmp_path):
    assert [*private_shapes(readable(texts(tmp_path, pdf_standards=["ua-1"]).split("\n")[0]))] == []


def test_words_of_a_pdf_from_elsewhere_are_apart_where_their_letters_stand_apart(tmp_path):
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject(
        {NameObject("/F1"): DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn = ContentStream(None, writer)
    drawn.set_data(b"BT /F1 12 Tf 20 100 Td (Kari) Tj 60 0 Td (Nordmann) Tj ET")
    page.replace_contents(drawn)
    writer.write(tmp_path / "a.pdf")
    assert "Kari Nordmann" in " ".join(" ".join(pdf_texts(tmp_path / "a.pdf")).split())


_PIECES = [
    rb"\101",
    rb"\7",
    rb"\53",
    rb"\400",
    rb"\n",
    rb"\b",
    rb"\(",
    rb"\)",
    rb"\\",
    rb"\x41",
    rb"\N",
    b"\\\r\n",
    b"a",
    b"7",
    b"\xe5",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(b"".join))
def test_a_string_is_read_alike_whether_pythons_own_reader_can_read_it_or_not(held):
    assert _bytes_of(b"(" + held + b")") == _ESCAPE.sub(_unescaped, held)
