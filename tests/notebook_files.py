"""Chapters for tests, as files."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook


def parameters(source: str = 'period = "2024-09"\ndata = None'):
    """A cell tagged `parameters`."""
    return new_code_cell(source, metadata={"tags": ["parameters"]})


def write_notebook(path: Path, *cells) -> Path:
    """A chapter without outputs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = new_notebook(cells=list(cells), metadata={"language_info": {"name": "python"}})
    nbformat.write(notebook, path)
    return path
