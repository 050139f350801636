"""The two Markdown dialects, each one list of pandoc extensions, and text that no dialect reads as anything else.

What people write is read as NARRATIVE, and written anew as DOCUMENT, which chapters are in. Neither has anything that
runs, loads or is addressed to one renderer alone: no raw HTML, TeX or Typst, no mathematics, citations or divisions.
"""

import json
import re
from typing import Any

import pypandoc

# CommonMark, whose elements know their lines, with the little that the report needs besides.
NARRATIVE = "commonmark+sourcepos+bracketed_spans+definition_lists+pipe_tables+smart"
# What an assembled document is read as, once for both renderers. What a later pandoc adds to a dialect is not in it.
DOCUMENT = (
    "markdown_strict-raw_html+all_symbols_escapable+auto_identifiers+backtick_code_blocks+blank_before_blockquote"
    "+blank_before_header+bracketed_spans+definition_lists+escaped_line_breaks+header_attributes+implicit_figures"
    "+intraword_underscores+link_attributes+pipe_tables+smart+space_in_atx_header+startnum+table_attributes+table_captions"
)

# Besides markup, what pandoc would make typographic: quotes, `--` and `..`.
_MARKUP = re.compile(r"""[\\`*_{}\[\]<>$|~^#@&"']|-(?=-)|\.(?=\.)""")
# What begins a list, a definition or a line below a heading where it begins a paragraph.
_BEGINNING = re.compile(r"[-+:%=!](?!\\)|(?<=\d)[.)]")
_NUMBERED = re.compile(r"\d+(?=[.)])")
_ESCAPED = re.compile(r"\\([^\w\s])")


def read(text: str, dialect: str) -> list[dict[str, Any]]:
    """The blocks of `text`, as pandoc's own parser has them."""
    return read_whole(text, dialect)["blocks"]


def read_whole(text: str, dialect: str) -> dict[str, Any]:
    """`text` as a document of pandoc's own."""
    # The dialects are ours: asking pandoc for the formats it knows would start it twice more.
    return json.loads(pypandoc.convert_text(text, "json", format=dialect, verify_format=False))


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown would read as markup, wherever it stands."""
    return at_start(escaped(" ".join(text.split())))


def escaped(text: str) -> str:
    """`text` with nothing in it that Markdown would read as markup amid a paragraph."""
    return _MARKUP.sub(r"\\\g<0>", text)


def at_start(text: str) -> str:
    """Escaped text whose first characters begin no list, definition or heading."""
    number = _NUMBERED.match(text)
    first = number.end() if number else 0
    return f"{text[:first]}\\{text[first:]}" if _BEGINNING.match(text, first) else text


def unescaped(text: str) -> str:
    """What a reader sees of escaped text."""
    return _ESCAPED.sub(r"\1", text)


def attribute(text: str) -> str:
    """`text` on one line, for an attribute between double quotes."""
    return re.sub(r'[\\"&]', r"\\\g<0>", " ".join(text.split()))
