"""The language of the report: its folder beside this file holds every name and sentence that a reader sees."""

from pathlib import Path
from typing import Any

import yaml
from babel import Locale

CODE, TAG = "nb", "nb-NO"
LOCALE = Locale.parse(CODE)
# Pages that serve all months, for workbooks without their own.
PAGES = Path(__file__).parent / CODE / "pages"


def _read(name: str) -> dict[str, Any]:
    text = (Path(__file__).parent / CODE / f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


_LABELS: dict[str, str | list[str]] = _read("labels")
_MEMBERS: dict[str, dict[str, str]] = _read("members")
_CAPTIONS: dict[str, Any] = _read("captions")
_FORMS: dict[str, str] = _read("forms")
_FIGURES: dict[str, dict[str, str]] = _read("figure_names")
_PAGE: dict[str, Any] = _read("page")
# What a web page says around its text, by the templates' names.
PAGE_WORDS: dict[str, str] = _PAGE["words"]
# The place of an entry of the glossary → what it is called in a text, besides its own name.
TERM_FORMS: dict[str, list[str]] = _PAGE["terms"]


def label(column: str, table: str = "") -> str:
    """What a column is called, in the table of that key where that is otherwise; KeyError where nobody named it."""
    return _label(column, table)[0]


def meaning(column: str, table: str = "") -> str:
    """What a column means, where its name does not say it; else empty."""
    return _label(column, table)[1]


def _label(column: str, table: str) -> list[str]:
    named = _LABELS.get(f"{table}.{column}") or _LABELS[column]
    return [named, ""] if isinstance(named, str) else named


def members(column: str) -> dict[str, str]:
    """Our terms in a column, each as the report writes it."""
    return _MEMBERS.get(column, {})


def member(column: str, value: object) -> str:
    """A value as the report writes it: our terms in its language, anything else as it is."""
    return members(column).get(str(value)) or members("any").get(str(value), str(value))


def figure_name(figure: str, column: str, table: str) -> str:
    """A figure's own name, else that of its family and the label of its column in a table; without one, the family."""
    family = _FIGURES["families"].get(figure.partition(".")[0], "")
    label_ = label(column, table) if column in _LABELS or f"{table}.{column}" in _LABELS else ""
    lower = label_ if label_[:2].isupper() else label_[:1].lower() + label_[1:]
    return _FIGURES["names"].get(figure) or ", ".join(filter(None, (family, lower)))


def caption(kind: str, key: str) -> str:
    """What stands at a table or chart (kind: tables, charts, definitions, amounts), or empty where nothing does."""
    return _CAPTIONS[kind].get(key, "")


def text(key: str) -> str:
    """A longer text; where it has names in braces, what they stand for is put in by format."""
    return _CAPTIONS["texts"][key]


def form(key: str) -> str:
    """A heading or note of what people fill in; names in braces are put in by format."""
    return _FORMS[key]


def mark(key: str) -> str:
    """A word or two in a chart, a date or a page, where no column's name serves."""
    return _CAPTIONS["marks"][key]


def unit_name(unit: str) -> str:
    """A unit as the head of a column has it; empty where none is said."""
    return _CAPTIONS["units"].get(unit, "")


SUM_NAME: str = _CAPTIONS["sum"]
