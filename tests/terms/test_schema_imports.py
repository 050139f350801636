"""What the clean tables' schemas cost a process that has other things installed."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("name", ["dask.dataframe", "hypothesis"])
def test_what_pandera_does_not_need_here_is_not_imported(name):
    pytest.importorskip(name)
    first = name.partition(".")[0]
    code = (
        f"import sys; from rorikt_lib.terms.schemas import empty; empty('persons'); sys.exit('{first}' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_pandera_does_not_need_here_can_be_imported_after_it():
    pytest.importorskip("hypothesis")
    code = "import rorikt_lib.terms.schemas; import hypothesis"
    subprocess.run([sys.executable, "-c", code], check=True)
