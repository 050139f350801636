"""The language of the report: its folder beside this file holds every name and sentence that a reader sees.

A folder more is a language more; which one is in use is said in terms.language. What a folder lacks is as in the
reference, and tests/present/test_languages.py names it. Names of files and of members in figures.csv are those of the
reference whatever the language, so that what reads them need not know it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from rorikt_lib.errors import InputError
from rorikt_lib.terms.language import REFERENCE, current

ROOM = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """What a language calls things: the YAML files of its folder."""

    locale: Locale
    labels: dict[str, str | list[str]]
    members: dict[str, dict[str, str]]
    captions: dict[str, Any]
    forms: dict[str, str]
    figures: dict[str, dict[str, str]]
    page: dict[str, Any]
    shipped: dict[str, dict[str, str]]


def languages() -> list[str]:
    """Codes of the languages that the report can be written in."""
    return sorted(file.parent.name for file in ROOM.glob("*/captions.yml"))


@cache
def words(code: str) -> Words:
    """The words of a language; InputError where there is none of that code."""
    if code not in languages():
        remedy = f"use one of: {', '.join(languages())}"
        raise InputError(f"the report has no language '{code}'", file="workbook.yml", remedy=remedy)
    read = {name: _read(code, name) for name in ("labels", "members", "captions", "forms", "page", "shipped")}
    return Words(locale=Locale.parse(code), figures=_read(code, "figure_names"), **read)


@cache
def _read(code: str, name: str) -> dict[str, Any]:
    """One of its files."""
    file = ROOM / code / f"{name}.yml"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    own = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    return own if code == REFERENCE else _completed(own, _read(REFERENCE, name))


def _completed(own: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    both = {
        name: _completed(own[name], one) for name, one in reference.items() if isinstance(one, dict) and name in own
    }
    return {**reference, **own, **both}


def _own() -> Words:
    return words(current())


def locale() -> Locale:
    """How numbers and dates are written."""
    return _own().locale


def tag() -> str:
    """What the language is called in documents: `nb-NO`."""
    return mark("tag")


def pages() -> Path:
    """Pages that serve all months, for workbooks without their own."""
    return ROOM / current() / "pages"


def label(column: str, table: str = "") -> str:
    """What a column is called, in the table of that key where that is otherwise; KeyError where nobody named it."""
    return _label(column, table)[0]


def meaning(column: str, table: str = "") -> str:
    """What a column means, where its name does not say it; else empty."""
    return _label(column, table)[1]


def _label(column: str, table: str) -> list[str]:
    labels = _own().labels
    named = labels.get(f"{table}.{column}") or labels[column]
    return [named, ""] if isinstance(named, str) else named


def members(column: str) -> dict[str, str]:
    """Our terms in a column, each as the report writes it."""
    return _own().members.get(column, {})


def member(column: str, value: object) -> str:
    """A value as the report writes it: our terms in its language, anything else as it is."""
    return _member(_own(), column, value)


def stable_member(column: str, value: object) -> str:
    """A value as figures.csv has it, whatever the language."""
    return _member(words(REFERENCE), column, value)


def _member(of: Words, column: str, value: object) -> str:
    return of.members.get(column, {}).get(str(value)) or of.members["any"].get(str(value), str(value))


def shown_member(text: str) -> str:
    """A member of figures.csv as the report writes it: our terms in its language, anything else as it is."""
    return _shown(current()).get(text, text)


@cache
def _shown(code: str) -> dict[str, str]:
    reference, own = words(REFERENCE).members, words(code).members
    return {name: own[column][term] for column, terms in reference.items() for term, name in terms.items()}


def figure_name(figure: str, column: str, table: str) -> str:
    """A figure's own name, else that of its family and the label of its column in a table; without one, the family."""
    named, labels = _own().figures, _own().labels
    family = named["families"].get(figure.partition(".")[0], "")
    label_ = label(column, table) if column in labels or f"{table}.{column}" in labels else ""
    lower = label_ if label_[:2].isupper() else label_[:1].lower() + label_[1:]
    return named["names"].get(figure) or ", ".join(filter(None, (family, lower)))


def caption(kind: str, key: str) -> str:
    """What stands at a table or chart (kind: tables, charts, definitions, amounts), or empty where nothing does."""
    return _own().captions[kind].get(key, "")


def text(key: str) -> str:
    """A longer text; where it has names in braces, what they stand for is put in by format."""
    return _own().captions["texts"][key]


def form(key: str) -> str:
    """A heading or note of what people fill in; names in braces are put in by format."""
    return _own().forms[key]


def mark(key: str) -> str:
    """A word or two in a chart, a date or a page, where no column's name serves."""
    return _own().captions["marks"][key]


def unit_name(unit: str) -> str:
    """A unit as the head of a column has it; empty where none is said."""
    return _own().captions["units"].get(unit, "")


def page_words(is_demo: bool, *, of_month: bool = True) -> dict[str, str]:
    """What a web page says around its text, by the templates' names; of a demo only where it is one.

    of_month: whether it is of a monthly report, or tells of all of them, and not of another document.
    """
    said = _own().page["words"] | ({} if of_month else _own().page["document"])
    return {name: text for name, text in said.items() if is_demo or not name.startswith("demo")}


def term_forms() -> dict[str, list[str]]:
    """The place of an entry of the glossary → what it is called in a text, besides its own name."""
    return _own().page["terms"]


def sum_name() -> str:
    """What a row of sums is called."""
    return _own().captions["sum"]


def heading(title: str) -> str:
    """A heading of the notebooks or of _quarto.yml in the language; one of a workbook's own as it is."""
    return _own().shipped.get("headings", {}).get(title, title)
