"""A stand-in for what costs time in the forecast, where it is not what a test is about."""

from __future__ import annotations

import pytest
from ledgers import average_rest

from rorikt_lib.ledger.forecast import smoothing


@pytest.fixture
def cheap_smoothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoothing, "_rest", average_rest)
