"""A term of ours is written once, in terms/; the code that means it names the member of its list."""

from __future__ import annotations

import ast
from enum import EnumType
from itertools import chain
from pathlib import Path

import rorikt_lib
from rorikt_lib.present.language import words
from rorikt_lib.terms import enums, fields, reasons
from rorikt_lib.terms.language import REFERENCE
from rorikt_lib.terms.schemas import CLEAN_TABLES

CODE = Path(rorikt_lib.__file__).parent
TERMS = {
    str(term) for module in (enums, reasons) for terms in vars(module).values() if isinstance(terms, EnumType)
    for term in terms if terms is not enums.Source
}  # fmt: skip  # A source is called as its table, its folder and its chapter are.
# Some columns are called like a term: of cases, open is how many are.
COLUMNS = {
    *(label.rpartition(".")[2] for label in words(REFERENCE).labels),
    *fields._BY_COLUMN,
    *chain.from_iterable(table.to_schema().columns for table in CLEAN_TABLES.values()),
}
# And these words mean something else where they stand: a key of a file, the name of a figure, a table or a format.
OTHERWISE = {
    "cli.py": {"data"},
    "commands/backtest/ask.py": {"calendar"},
    "commands/options.py": {"data"},
    "config/document_kind.py": {"data"},
    "config/folder.py": {"data"},
    "config/mapping.py": {"waiting"},
    "demo/budget.py": {"operating"},
    "demo/devices.py": {"day"},
    "demo/ledger.py": {"day"},
    "demo/make.py": {"data"},
    "demo/saft_parts.py": {"balance_accounts"},
    "demo/december.py": {"closed"},
    "demo/ticket_writers.py": {"closed"},
    "demo/tickets.py": {"closed", "merged"},
    "demo/usage.py": {"portal", "chatbot"},
    "ledger/forecast/outlook.py": {"commitments"},
    "month/unattended.py": {"days", "waiting"},
    "present/numbers.py": {"written"},
    "publish/build.py": {"data"},
    "publish/checks.py": {"data"},
    "publish/inert.py": {"data"},
    "publish/kept_chapters.py": {"calendar"},
    "publish/outputs.py": {"data"},
    "report/declare.py": {"rules"},
    "report/development.py": {"portal"},
    "report/forecast.py": {"adopted"},
    "report/key_figures.py": {"portal"},
    "report/narrative.py": {"days"},
    "report/settlement.py": {"operating", "investment"},
    "report/usage.py": {"portal", "chatbot"},
    "sources/formats/case_events.py": {"written"},
    "sources/formats/ticket_api.py": {"closed"},
    "sources/formats/usage.py": {"portal", "chatbot"},
    "sources/reading/parse.py": {"day"},
    "tickets/elapsed.py": {"clock"},
}


def _written_out(file: Path) -> set[str]:
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return TERMS.intersection(node.value for node in nodes if isinstance(node, ast.Constant)) - COLUMNS


def test_a_term_that_the_code_means_is_not_written_out():
    found = {file.relative_to(CODE).as_posix(): _written_out(file) for file in CODE.rglob("*.py")}
    assert {name: words for name, words in found.items() if words and name.split("/")[0] != "terms"} == OTHERWISE
