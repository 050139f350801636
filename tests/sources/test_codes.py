"""Reason and finding codes stand in the calls that give them, where a search (and test_labels.py) finds them."""

from __future__ import annotations

import ast

import pytest

from rorikt_lib.config.settings import ROOT

SOURCES = sorted((ROOT / "rorikt_lib" / "sources").rglob("*.py"))
CODE_AT = {"finding": 2, "quarantine": 3}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_call_of_finding_and_quarantine_names_its_code(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    for call in calls:
        if (name := getattr(call.func, "id", None)) in CODE_AT:
            code = call.args[CODE_AT[name]]
            assert isinstance(code, ast.Constant), f"line {call.lineno}"
            assert code.value.isidentifier(), f"line {call.lineno}"
