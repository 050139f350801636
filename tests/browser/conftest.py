"""A browser, and the demo's site to look at with it. Without Chromium these tests are skipped: see the README."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsing import TIMEOUT, Reader, chromium, serving


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    """Chromium, as it is installed; nothing is downloaded."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install -e '.[test]'")
    if (program := chromium()) is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    # Its own sandbox does not work as root.
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=options, timeout=TIMEOUT)
        yield Reader(browser)
        browser.close()


@pytest.fixture(scope="session")
def address_of(site_of: Callable[[str], Path]) -> Iterator[Callable[[str], str]]:
    """address_of(month) → where the demo's site with that month is served while the tests run."""
    with ExitStack() as stack:
        served: dict[str, str] = {}

        def address(month: str) -> str:
            if month not in served:
                served[month] = stack.enter_context(serving(site_of(month)))
            return served[month]

        yield address
