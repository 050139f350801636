"""Many examples of one rule: a few in each run, and all of them in the deeper one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first(values: Iterable[Any], quick: int = 2) -> list[Any]:
    """Parameters of a test with one argument: all but the first few are tried by make test-deep alone."""
    return [value if n < quick else pytest.param(value, marks=pytest.mark.deep) for n, value in enumerate(values)]


def first_rows(rows: Iterable[tuple], quick: int = 2) -> list[Any]:
    """Parameters of a test with several arguments, as `first` has them."""
    return [row if n < quick else pytest.param(*row, marks=pytest.mark.deep) for n, row in enumerate(rows)]
