"""What all settings are made of: the strict base, plain kinds of values, and checks."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[float, Field(gt=0)]
Year = Annotated[int, Field(ge=1990, le=2100)]
_MONTH, _ARTS = r"^\d{4}-(0[1-9]|1[0-2])$", r"^\d{3,5}(-\d{3,5})?$"
DIGITS = r"^\d+$"
ADDRESS = r"^https?://[\w.-]+(?::\d+)?(?:/[\w./?=&%~+-]*)?$"
WORD = r"^[a-z]+(-[a-z]+)*$"
FOLDER = r"^(\.|[a-z0-9]+(-[a-z0-9]+)*)$"
HTTPS, EMAIL = r"^https://[\w.-]+(?:/[\w./?=&%~+-]*)?$", r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$"
CASE_NUMBER = r"^\d{4}/[A-Z]*\d+(-\d+)?$"
PDF_FILE = r"^[\w-]+(?:[/. ][\w-]+)*\.pdf$"
Month = Annotated[str, Field(pattern=_MONTH)]
Arts = Annotated[str, Field(pattern=_ARTS)]
# What a text must look like, in words: of the patterns above and of those that other files have.
PATTERNS = {
    DIGITS: 'digits in quotes, as "1"',
    _MONTH: "a month, as 2024-09",
    _ARTS: 'three to five digits, or two such with - between, in quotes: "270-279"',
    HTTPS: "an address that begins with https://",
    ADDRESS: "an address that begins with https:// or http://",
    rf"{HTTPS}|{EMAIL}": "an e-mail address, or an address that begins with https://",
    WORD: "a word of small letters, with - between them where they are several",
    FOLDER: "the name of a folder, of small letters, digits and -",
    CASE_NUMBER: "a year and a number, as 2024/M10-031 or 2024/31",
    PDF_FILE: "the name of a PDF file, as notat.pdf",
    r"^[a-z0-9-]+\.html$": "a name of small letters, digits and -, with .html at the end",
}


class Strict(BaseModel):
    """Base of all settings: frozen, a misspelt key is refused, and our terms are plain texts.

    The text below a field is what the JSON Schema, and with it an editor, says of the key.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=True, use_attribute_docstrings=True)


class Misplaced(ValueError):
    """What keys say against each other. at: the key to mend, below the model that finds it."""

    def __init__(self, problem: str, *at: str | int) -> None:
        super().__init__(problem)
        self.at = at


def complete(given: dict, needed: Iterable[str]) -> dict:
    """`given`; ValueError that names what is needed and not there."""
    if missing := [name for name in needed if name not in given]:
        raise ValueError(f"nothing is set for {', '.join(missing)}")
    return given


def distinct(names: list[str], *at: str | int) -> None:
    """ValueError that names what is given more than once. at: where that is, see Misplaced."""
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Misplaced(f"given twice: {', '.join(twice)}", *at)
