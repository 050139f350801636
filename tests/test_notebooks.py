"""The notebooks as an analyst meets them: clean in git, runnable top to bottom, calls and narrative only."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import nbformat
import pytest

from rorikt_lib.config.folder import SHIPPED

NOTEBOOKS = sorted((SHIPPED / "notebooks").glob("*.ipynb"))
MAX_LINES = 14


@pytest.mark.deep
def test_every_notebook_runs_from_top_to_bottom_with_its_defaults(demo):
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", "-c", os.devnull, *NOTEBOOKS],
        env={**os.environ, "RORIKT_WORKBOOK": str(demo.root)},
        check=False,
        capture_output=True,
        text=True,
        cwd=SHIPPED,
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert re.search(r"\d+ passed", run.stdout)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_holds_no_output_and_no_logic(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert not cell.outputs, cell.id
            assert cell.execution_count is None, cell.id
            assert cell.source.count("\n") < MAX_LINES, cell.id
            assert not re.search(r"^\s*(def |class )|read_csv|\.merge\(", cell.source, re.MULTILINE), cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_parameters_cell_whose_month_is_the_newest_unless_given(path):
    cells = nbformat.read(path, as_version=4).cells
    tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert "period = None\nworkbook = None" in tagged[0]
