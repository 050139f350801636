"""Signs that the PDF can show: those of the report's typeface, and of what Typst has besides."""

import re
import unicodedata
from functools import cache

import typst
from matplotlib.ft2font import FT2Font

from rorikt_lib.present import fonts

UNSHOWN = "■"
_TRIED = '#set document(title: "x")\n#set text(font: "{}")\n#"\\u{{{:x}}}"'
# Neither letters nor spaces: what turns the direction of a text, joins signs, or is not seen at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def showable(text: str) -> str:
    """`text` without what is not seen, and with a square for each sign that the PDF could not show."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return "".join(sign if sign.isascii() or is_shown(sign) else UNSHOWN for sign in seen)


@cache
def is_shown(sign: str) -> bool:
    """Whether a PDF can show the sign; Typst is asked about those that our typeface does not have."""
    if sign.isspace() or ord(sign) in _ours():
        return True
    try:
        source = _TRIED.format(fonts.FAMILY, ord(sign)).encode()
        typst.compile(source, pdf_standards=["ua-1"], font_paths=[fonts.FOLDER], ignore_system_fonts=True)
    except (typst.TypstError, UnicodeEncodeError):
        return False
    return True


@cache
def _ours() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(FT2Font(str(file)).get_charmap()) for file in fonts.FILES))
