"""What is private by its shape: e-mail addresses, telephone and identity numbers, paths on a machine.

The numbers of the report are the reason that a telephone number is known by its shape: ours are grouped in threes,
Norwegian telephone numbers as 3-2-3 or 2-2-2-2. Eight digits in a row are one where they are neither a date nor one of
the month's figures; eleven are an identity number where date and control digits say so, however they are grouped.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from rorikt_lib.publish.privacy.identity import is_identity_number

# What is private; messages say it in these words.
PrivateKind = StrEnum(
    "PrivateKind",
    {
        "EMAIL": "an e-mail address",
        "PHONE": "a telephone number",
        "IDENTITY": "an identity number",
        "PATH": "a path on a machine",
        "NAME": "a person's name",
        "USER_NAME": "a user name",
    },
)


class Private(NamedTuple):
    """Something private in a text. start, end: where in the text as `readable` gives it."""

    kind: PrivateKind
    start: int
    end: int


GAP = r"[ .\-\u00a0\u2009\u202f]"
# A number is one of its own beside others of as many digits, as in a list.
_ALONE = r"(?:(?<![\w-])(?<!\d[.,])|(?<=\b\d{8}[,-]))"
_ENDED = r"(?!\w|-(?![2-9]\d{7}\b)|[.,]\d(?!\d{7}\b))"
_AT, _DOT = r"(?:\s?@\s?|%40|\s?[(\[{](?:at|a|alfa|krøllalfa)[)\]}]\s?)", r"(?:\.|\s?[(\[{](?:dot|punktum)[)\]}]\s?)"
_EMAIL = re.compile(rf"[\w.+'-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[^\W_]{{2,}}", re.IGNORECASE)
_LABEL = r"\b(?:tel|tlf|telefon|mobil|ring|sms)"
_PHONE = re.compile(
    rf"(?<!\w)(?:\+|00){GAP}?47\)?{GAP}?\(?\d(?:{GAP}?\d){{7}}\b"
    # Of other countries: an amount with a sign is grouped in threes throughout.
    rf"|(?<!\w)\+(?!\d{{1,3}}(?:{GAP}\d{{3}})+(?!{GAP}?\d))[1-9]\d{{0,2}}{GAP}\(?\d\)?(?:{GAP}?\d){{6,11}}(?!\d)"
    rf"|(?<!\w)\+[1-9]\d{{8,13}}\b|(?<!\w)\+\d{{1,3}}{GAP}?\(\d{{1,4}}\){GAP}?\d(?:{GAP}?\d){{5,9}}\b"
    rf"|(?<![\d.,\u202f])\d{{3}}{GAP}\d{{2}}{GAP}\d{{3}}(?![\d\u202f])"
    rf"|(?<![\d.,\u202f])\d{{2}}(?:{GAP}\d{{2}}){{3}}(?![\d\u202f])"
    rf"|(?<![\d.,\u202f])[2-9]\d{GAP}\d{{2}}{GAP}(?!19|20)\d{{4}}(?![\d\u202f])"
    # After its label a number may be grouped in any way; without a colon or the like not as an amount is.
    rf"|{_LABEL}\w{{0,8}}\b(?:[.:]| ?nr\.?:?| er){{1,3}}\W{{0,2}}\d(?:[ ./-]?\d){{7}}(?!\d)"
    rf"|{_LABEL}\w{{0,8}}\b\W{{0,3}}(?!\d{{1,3}}(?: \d{{3}})+(?! ?\d))\d(?:[ /-]?\d){{7}}(?!\d)|{_LABEL}\d{{8}}\b",
    re.IGNORECASE,
)
_BARE = re.compile(rf"{_ALONE}[2-9]\d{{7}}{_ENDED}")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BREAK = r"[\s.\-–/:]"
# With its control digits it may stand beside anything but a digit.
_IDENTITY = re.compile(
    rf"(?<!\d)(?:(?:\d{{2}}{_BREAK}{{0,2}}){{2}}\d{{2}}[\s.\-–/:,+(]{{0,3}}"
    rf"(?:\d{{3}}{_BREAK}{{0,2}}\d{{2}}|(?:\d ){{4}}\d)"
    rf"|\d{{3}}[ \u00a0.]\d{{3}}[ \u00a0.]\d{{3}}[ \u00a0.]\d{{2}}|\d{{4}} \d{{4}} \d{{3}}|\d{{5}} \d{{6}}"
    rf"|\d(?:[ \u00a0]\d){{10}})(?!\d)"
)
_DATED = re.compile(rf"(?<!\d)(\d\d)[./-](\d\d)[./-](?:19|20)(\d\d){_BREAK}{{1,3}}(\d{{3}} ?\d\d)(?!\d)")
# Checksums and the like hold every number sooner or later.
_HEX = re.compile(r"\b[0-9a-f]{24,}\b", re.IGNORECASE)
DRIVE = re.compile(r"\b[A-Za-z]:[\\/](?!/)[\w ]+")
HOME = re.compile(r"[\\/](?:users|brukere|home|documents and settings)\b", re.IGNORECASE)
_PATH = re.compile(
    rf"(?<![\w/.:])/(?:home|Users|Volumes|root|tmp|var|opt|mnt|srv|usr|private)/[\w.-]+|{DRIVE.pattern}"
    r"|(?:file|smb)://|%\w+%\\|(?<![\w:/])//[\w-]+/[\w$.-]+|(?<!\\)\\\\[\w.-]+\\[\w$.-]+"
)
# DOMAIN\user, as Windows writes who somebody is.
_ACCOUNT = re.compile(
    r"(?<![\w\\/:.-])(?:[A-Z][A-Z0-9-]{1,14}\\[A-Za-z][\w.-]{2,19}|[a-z][a-z0-9-]{1,14}\\[a-z]+[.\d][\w.-]{1,19})(?![\w\\])"
)
_PATTERNS = {
    PrivateKind.EMAIL: _EMAIL,
    PrivateKind.PATH: _PATH,
    PrivateKind.USER_NAME: _ACCOUNT,
    PrivateKind.PHONE: _PHONE,
}
# Quick looks: most texts hold nothing that all of a pattern's texts have.
_EIGHT_DIGITS = re.compile(r"\d(?:\W{0,3}\d){7}")
_LOOKS = {
    PrivateKind.EMAIL: re.compile(r"@|%40|[\[({](?:at|a|alfa|krøllalfa)[\])}]", re.IGNORECASE),
    PrivateKind.PATH: re.compile(r"[/\\]"),
    PrivateKind.USER_NAME: re.compile(r"\\"),
    PrivateKind.PHONE: _EIGHT_DIGITS,
}


class _Shown(dict[int, str]):
    """Sign → as it is seen: a digit of any script as ours, nothing of what takes no place. Each looked up once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign.isdigit() and not sign.isascii():
            sign = str(unicodedata.digit(sign))
        self[code] = "" if unicodedata.category(sign) == "Cf" else sign
        return self[code]


# The narrow space that parts thousands is kept as it is, which normalising would not.
_SHOWN = _Shown({0: "\u202f"})


def readable(text: str) -> str:
    """A text as a reader sees it: one way of writing each sign, without those that take no place."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.replace("\u00a0", " ").replace("\u202f", "\0")).translate(_SHOWN)


def private_shapes(text: str, figures: Collection[str] = ()) -> Iterator[Private]:
    """What is private in a readable text, by its shape. figures: the month's numbers of eight digits, ungrouped."""
    for kind, look in _LOOKS.items():
        if look.search(text):
            yield from (Private(kind, *found.span()) for found in _PATTERNS[kind].finditer(text))
    if not _EIGHT_DIGITS.search(text):
        return
    yield from (Private(PrivateKind.IDENTITY, *span) for span in _identities(text))
    for found in _BARE.finditer(text):
        if not _DATE.fullmatch(found[0]) and found[0] not in figures:
            yield Private(PrivateKind.PHONE, *found.span())


def _identities(text: str) -> Iterator[tuple[int, int]]:
    """Where identity numbers stand, however they are grouped."""
    without = _HEX.sub(lambda found: "x" * len(found[0]), text)
    for found in _IDENTITY.finditer(without):
        if is_identity_number(re.sub(r"\D", "", found[0])):
            yield found.span()
    for found in _DATED.finditer(without):
        if is_identity_number(re.sub(r"\D", "", "".join(found.groups()))):
            yield found.span()
