"""Every column a reader sees has a Norwegian label, and what it shows is in no other language."""

from __future__ import annotations

import re

import pytest

from rorikt_lib.present import language
from rorikt_lib.present.language import label, member
from rorikt_lib.report.development import TOPICS
from rorikt_lib.report.figures import all_tables as declared_tables
from rorikt_lib.terms.language import REFERENCE

WORDS = language.words(REFERENCE)

ENGLISH = {
    "actual", "adopted", "alert", "amount", "and", "budget", "case", "cases", "category", "change", "cost", "count", "date",
    "day", "days", "file", "forecast", "high", "hours", "in", "line", "low", "mean", "month", "need", "number", "of", "open",
    "order", "priority", "read", "reason", "request", "rows", "share", "source", "stock", "table", "the", "time",
    "unit", "unknown", "users", "variance", "views", "within", "year",
}  # fmt: skip


def test_every_column_that_a_declared_table_shows_has_a_label_and_every_number_a_unit():
    declared = declared_tables().values()
    assert len(declared) > 60
    for table in declared:
        assert all(label(column, table.key) for column in table.shown)
        assert all(table.unit(column) not in {"", "text"} for column in table.figures), table.key


def test_no_label_is_left_over():
    tables = [*declared_tables().values(), *(topic.table for topic in TOPICS)]
    columns = {column for table in tables for column in [*table.shown, *table.figures]}
    named = {name.split(".")[-1] for name in WORDS.labels}
    drawn = {"actual_nok", "budget_nok", "forecast_nok", "model_nok", "adopted_nok"}
    lists = {"serial_no", "model", "purchased_on", "replace_on", "last_seen_on", "doubt", "is_open"}
    assert named <= columns | drawn | lists


def test_what_is_not_our_term_stays_as_it_is():
    assert member("category", "Nettverk") == "Nettverk"
    assert member("year", 2024) == "2024"
    assert member("month", "2024-09") == "2024-09"


def test_no_name_caption_or_term_is_english():
    texts = [*_texts(WORDS.labels), *_texts(WORDS.members), *_texts(WORDS.captions)]
    assert len(texts) > 400
    words = {word for text in texts for word in re.findall(r"\w+", re.sub(r"\{\w+\}", " ", text).lower())}
    assert words & ENGLISH == set()


def _texts(given: object) -> list[str]:
    if isinstance(given, dict):
        return [text for one in given.values() for text in _texts(one)]
    return [text for one in given for text in _texts(one)] if isinstance(given, list) else [str(given)]


def test_a_column_without_a_label_is_an_error():
    with pytest.raises(KeyError, match="mystery"):
        label("mystery")
