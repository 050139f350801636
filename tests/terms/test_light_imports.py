"""What answers at once imports nothing that takes long."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["month.make", "month.document", "publish.kinds", "cli"])
def test_what_is_told_at_once_is_told_without_pandas(module):
    code = f"import sys, rorikt_lib.{module}; sys.exit('pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
