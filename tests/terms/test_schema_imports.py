"""What the clean tables' schemas cost a process that has other things installed."""

from __future__ import annotations

import subprocess
import sys

import pytest


def test_dask_is_not_imported_to_know_that_no_frame_of_it_is_checked():
    pytest.importorskip("dask.dataframe")
    code = "import sys; from rorikt_lib.terms.schemas import empty; empty('persons'); sys.exit('dask' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
