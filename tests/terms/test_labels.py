"""Every code that a reader of the report can meet has a Norwegian name in fields.py, and no name is left over."""

from __future__ import annotations

import ast

import pytest

from rorikt_lib.config.settings import ROOT
from rorikt_lib.sources import read_file
from rorikt_lib.sources.formats import saft, ticket_api
from rorikt_lib.terms.fields import MEMBERS

LIBRARY = ROOT / "rorikt_lib"
FILES = [*sorted((LIBRARY / "sources").glob("*.py")), LIBRARY / "tickets" / "oddities.py"]
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
STRINGS = {node.value for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def given_to(function: str) -> set[str]:
    """The string constants that are third or fourth argument of the calls of a function."""
    calls = [node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", None) == function]
    return {
        arg.value
        for call in named
        for arg in call.args[2:4]
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    }


def test_every_finding_and_reason_has_a_norwegian_name():
    codes = given_to("finding") | given_to("quarantine")
    assert len(codes) > 20
    assert {code for code in codes if code.isidentifier()} <= MEMBERS["finding"].keys()


@pytest.mark.parametrize("code", MEMBERS["finding"])
def test_no_name_is_left_over(code):
    assert code in STRINGS


def test_every_format_has_a_norwegian_name():
    formats = {form.name for form in read_file.FORMATS} | {saft.NAME, ticket_api.NAME}
    assert formats == MEMBERS["format"].keys()
