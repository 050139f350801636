"""What pages of a PDF draw: put at another place, marked for the tags, drawn over by another page's."""

from collections.abc import Callable, Sequence

from pypdf import PageObject, Transformation
from pypdf.generic import ContentStream, DictionaryObject, NameObject, NumberObject, RectangleObject

# A4 in points, as Typst has it, the part of it that a page gets that was not made for the papers, and how high it goes:
# above is the line at the top of each page.
A4 = (595.2756, 841.8898)
PART, TOP = 0.92, 0.94

_NUMBER = NameObject("/MCID")


def mark(page: PageObject, kind: str, number: int) -> None:
    """All that a page draws becomes one text of the tags, by its number on the page."""
    # Numbers that a page without a tree has all the same lead nowhere.
    before = f"{kind} <</MCID {number}>> BDC\nq\n".encode()
    _change(page, lambda drawn: before + drawn.replace(b"/MCID", b"/Unused") + b"\nQ\nEMC\n")


def fit(page: PageObject) -> Transformation:
    """A page of any paper stands, made smaller and upright, on an A4 page. Returns where its points are then."""
    box = page.cropbox
    left, bottom, width, height = map(float, (box.left, box.bottom, box.width, box.height))
    upright = Transformation().translate(-left - width / 2, -bottom - height / 2).rotate(-page.rotation)
    wide, high = (height, width) if page.rotation % 180 else (width, height)
    scale = min(PART * A4[0] / wide, PART * A4[1] / high, 1)
    placed = upright.scale(scale).translate(A4[0] / 2, TOP * A4[1] - high * scale / 2)
    matrix = " ".join(f"{number:.6f}" for number in placed.ctm)
    clipped = f"q {matrix} cm {left} {bottom} {width} {height} re W n\n".encode()
    _change(page, lambda drawn: clipped + drawn + b"\nQ\n")
    for key in ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit"):
        page.pop(key, None)
    page[NameObject("/MediaBox")] = RectangleObject((0, 0, *A4))
    return placed


def renumber(page: PageObject, by: int) -> None:
    """The tags' texts on a page have numbers that are higher by so much."""
    drawn = _drawn(page)
    for operands, operator in drawn.operations if by else ():
        if operator == b"BDC" and isinstance(operands[1], DictionaryObject) and _NUMBER in operands[1]:
            operands[1][_NUMBER] = NumberObject(operands[1][_NUMBER] + by)
    page.replace_contents(drawn)


def draw_over(pages: Sequence[PageObject], above: Sequence[PageObject]) -> None:
    """Each page draws what the one above it draws too, last."""
    for page, over in zip(pages, above, strict=True):
        page.replace_contents(_drawn(page))
        page.merge_page(over)
        page.compress_content_streams()


def _change(page: PageObject, change: Callable[[bytes], bytes]) -> None:
    drawn = _drawn(page)
    drawn.set_data(change(drawn.get_data()))
    page.replace_contents(drawn)


def _drawn(page: PageObject) -> ContentStream:
    """What a page draws, taken from it: several may share it, and change in what each does with it."""
    drawn = page.get_contents()
    page.pop("/Contents", None)
    return ContentStream(None, page.indirect_reference.pdf) if drawn is None else drawn
