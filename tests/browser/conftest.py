"""A browser, and the demo's site to look at with it. Without Chromium these tests are skipped: see the README."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from browsing import DOCUMENTS, MONTH, QUARTO, TIMEOUT, Reader, chromium, serving

from rorikt_lib.config.folder import Folder
from rorikt_lib.month.report import figures_of
from rorikt_lib.publish import quarto
from rorikt_lib.publish.build import build_report
from rorikt_lib.publish.job import job_of
from rorikt_lib.publish.kinds import named, with_month


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


@pytest.fixture(autouse=True)
def _closed(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "reader" in request.fixturenames:
        request.getfixturevalue("reader").close_fresh()


@pytest.fixture(scope="session")
def sites(
    site_of: Callable[[str], Path],
    demo: Folder,
    demo_figures: Callable[[str], pd.DataFrame],
    made_once: Callable[[str, Callable[[Path], object]], Path],
) -> Callable[[str], Path]:
    """sites(month) → the demo's site with that month, or one of DOCUMENTS; of QUARTO, MONTH's as Quarto renders it."""

    def make(folder: Path) -> None:
        build_report(job_of(MONTH, demo, folder / "_site", "quarto"), demo_figures(MONTH))

    def document(name: str, folder: Path) -> None:
        job = job_of(with_month(demo, named(demo, name)), demo, folder / "_site", "embedded")
        build_report(job, figures_of(job.document, demo))

    def site(month: str) -> Path:
        if month in DOCUMENTS:
            return made_once(f"site-{month}", partial(document, month)) / "_site"
        if month != QUARTO:
            return site_of(month)
        if (quarto.quarto_version() or (0,)) < quarto.OLDEST:
            pytest.skip("no Quarto 1.9 or newer here")
        return made_once(f"site-{QUARTO}-{MONTH}", make) / "_site"

    return site


@pytest.fixture(scope="session")
def address_of(sites: Callable[[str], Path]) -> Iterator[Callable[[str], str]]:
    """address_of(month) → where that site is served while the tests run."""
    with ExitStack() as stack:
        served: dict[str, str] = {}

        def address(month: str) -> str:
            if month not in served:
                served[month] = stack.enter_context(serving(sites(month)))
            return served[month]

        yield address
