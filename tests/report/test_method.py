"""What stands about each table of how it was computed: its sources, its filters, its functions and its figures' names."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib import import_module

import pandas as pd
import pytest
from books import rich
from builders import make_book, make_postings, make_tickets

from rorikt_lib.config.folder import SETTINGS, SHIPPED, Folder
from rorikt_lib.demo.make import DEMO
from rorikt_lib.present.numbers import reading, written
from rorikt_lib.report import backlog, economy, forecast, quality, restated, service_level, sharing, usage
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.figures import all_chapters, all_tables, collect, of_documents
from rorikt_lib.report.method import definition_of, functions, method_of
from rorikt_lib.report.show import each, table
from rorikt_lib.store.clean_tables import write_clean
from rorikt_lib.terms.figure_changes import KEY
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty
from rorikt_lib.workbook import if_there, once, open_month

NOTEBOOKS = "".join(path.read_text("utf-8") for path in sorted((SHIPPED / "notebooks").glob("*.ipynb")))
SHOWN = {
    of.key: of
    for chapter in all_chapters()
    for name, of in vars(chapter).items()
    if isinstance(of, Table)
    and re.search(rf"\b(table|each)\({chapter.__name__.rpartition('.')[2]}\.{name}\b", NOTEBOOKS)
}


@pytest.fixture(scope="module")
def book():
    return rich()


def method(of: Table, book):
    with reading(), written():
        return method_of(of, book)


def test_most_tables_are_shown():
    assert len(SHOWN) > 50
    assert {"driftskostnader", "sla", "scenario", "kilder", "kilder-senere", "sjekksummer"} <= SHOWN.keys()


@pytest.mark.parametrize("key", all_tables())
def test_each_function_that_is_named_is_there(key):
    named_functions = functions(all_tables()[key])
    assert named_functions
    for name in named_functions:
        module, _, function = name.rpartition(".")
        assert module.startswith("rorikt_lib.")
        assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize("key", SHOWN)
def test_each_table_says_what_it_counts(key):
    assert definition_of(key).endswith(".")


def test_the_functions_stand_in_the_order_that_they_are_called_in():
    named_functions = [name.rpartition(".")[2] for name in functions(service_level.SLA)]
    assert (
        named_functions.index("solutions") < named_functions.index("sla_compliance") < named_functions.index("_within")
    )
    part = replace(sharing.YEARLY_SHARES, apart=lambda frame: {"a": frame}).parts(rich())
    assert [functions(one) for one in part] == [functions(sharing.YEARLY_SHARES)]


@pytest.mark.parametrize("key", SHOWN)
def test_a_table_is_made_of_its_sources_and_of_nothing_else(key, book):
    of = SHOWN[key]
    frame = if_there(of.frame, book)
    if frame is None:
        return
    read = book.sources_of(of.compute)
    # Which files there are is asked for messages alone.
    given = {name: rows if name in read | {"sources"} else rows.head(0) for name, rows in book.given.items()}
    alone = replace(book, given=given, _tables={}, _made={}, _reading=[])
    pd.testing.assert_frame_equal(of.frame(alone), frame)


RESTATED = {
    "tickets", "ticket_events", "findings", "incidents", "postings", "budget_lines", "adopted_forecasts", "usage",
    "snapshots",
}  # fmt: skip


@pytest.mark.parametrize(
    ("of", "sources"),
    [
        (economy.COSTS, {"postings", "budget_lines", "adopted_forecasts"}),
        (forecast.MODEL, {"postings"}),
        (backlog.INCIDENTS, {"tickets", "ticket_events"}),
        (usage.PORTAL, {"usage"}),
        (restated.RESTATED, RESTATED),
        (quality.UNREAD, {"quarantine", "source_rows"}),
    ],
    ids=lambda given: getattr(given, "key", ""),
)
def test_what_was_worked_out_before_is_a_source_too(of, sources, book):
    # Nothing is made of what is not there.
    there = {name for name in sources if len(book.given.get(name, ()))}
    for _ in range(2):
        assert method(of, book).sources.keys() == there
    # Another month, in which nothing was worked out before.
    assert method(of, rich()).sources.keys() == there


def test_a_source_that_is_not_there_is_none():
    assert method(economy.COSTS, make_book(postings=make_postings({}))).sources.keys() == {"postings"}


CALLS: list[str] = []


@once
def remembered(book) -> pd.DataFrame:
    CALLS.append(book.month)
    return pd.DataFrame({"month": [book.month], "created": [len(book.table("tickets"))]})


def test_what_another_process_has_worked_out_has_its_sources(tmp_path):
    kept = {name: empty(name) for name in CLEAN_TABLES} | {"tickets": make_tickets({})}
    write_clean(kept, tmp_path / "data", "made from these")
    (tmp_path / SETTINGS).write_bytes((DEMO / SETTINGS).read_bytes())
    of = Table("saker-i-prove", from_book(lambda frame: frame, remembered), ["month"], named("tickets", "created"))
    found = [open_month("2024-09", Folder(tmp_path, tmp_path / "data")).sources_of(of.compute) for _ in range(2)]
    assert found == [{"tickets"}] * 2
    assert CALLS == ["2024-09"]


def test_the_figures_of_a_table_are_those_that_figures_csv_has(book):
    known = set(collect(book, *of_documents())[KEY].itertuples(index=False, name=None))
    for of in SHOWN.values():
        if if_there(of.frame, book) is not None:
            own = method(of, book)
            assert set(map(tuple, own.figures)) <= known
            assert {name for name, *_ in own.figures} <= set(
                re.findall(r"[a-z_0-9]+\.[a-z_0-9]+", own.text.replace("\\", ""))
            )


def test_each_part_of_a_table_has_a_method_of_its_own(book):
    of = replace(sharing.YEARLY_AMOUNTS, apart=lambda frame: {"en": frame.head(2), "to": frame.tail(2)})
    told = each(of, book).metadata["rorikt"]["methods"] if len(of.frame(book)) else None
    shown = table(economy.COSTS, book).metadata["rorikt"]["methods"]
    assert [one["key"] for one in shown] == ["driftskostnader"]
    assert told is None or [one["key"] for one in told] == ["belop-ar-en", "belop-ar-to"]


def test_a_method_names_no_place_on_the_machine(book):
    told = json.dumps([method(of, book).text for of in SHOWN.values() if if_there(of.frame, book) is not None])
    assert str(SHIPPED) not in told
    assert not re.search(r"(?<![\w.])/(?:home|srv|tmp|work)/", told)
