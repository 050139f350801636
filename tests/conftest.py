"""What many tests need: the settings, the real data beside the repository, a format at work on a text.

What takes long to make (the demo's exports and figures, the site) is made once for all workers of a run, and read
only: a test that writes to it takes a copy. pytest --hypothesis-profile deep tries each property on more examples.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pandas as pd
import pytest
from filelock import FileLock
from golden_pairs import clean_path

from rorikt_lib.config.settings import ROOT, Settings, load_settings

if TYPE_CHECKING:
    from rorikt_lib.sources.reading.format import Cleaned, Format

Make = Callable[[Path], object]

for name, examples in {"quick": 5, "deep": 12}.items():
    # A busy machine is no fault; a fixture that gives a folder or a function is no state.
    hypothesis.settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.load_profile("quick")


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published and real data; tests that need it are skipped where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.exists():
        pytest.skip("no ../shared here")
    return folder


@pytest.fixture
def clean_text(tmp_path: Path, settings: Settings) -> Callable[..., Cleaned]:
    """clean_text(format, text) → what the format makes of a CSV file with that text."""

    def clean(form: Format, text: str, encoding: str = "utf-8") -> Cleaned:
        path = tmp_path / "raw.csv"
        path.write_bytes(text.encode(encoding))
        return clean_path(path, form, settings)

    return clean


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Make], Path]:
    """made_once(name, make) → the folder `name` that `make(folder)` has filled, once for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Make) -> Path:
        folder, done = run / name, run / f"{name}.done"
        with FileLock(run / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def demo_root(made_once: Callable[[str, Make], Path]) -> Path:
    """A data root with the demo exports and their clean tables."""
    from rorikt_lib.demo.make import make_demo
    from rorikt_lib.sources.clean import clean_raw
    from rorikt_lib.store.clean_tables import fingerprint, write_clean

    def make(root: Path) -> None:
        make_demo(root)
        settings = load_settings()
        write_clean(clean_raw(root / "raw", settings), root, fingerprint(root, settings))

    return made_once("demo", make)


@pytest.fixture(scope="session")
def demo_figures(demo_root: Path, made_once: Callable[[str, Make], Path]) -> Callable[[str], pd.DataFrame]:
    """demo_figures(month) → all figures of a month of the demo."""
    from rorikt_lib.report.figures import collect
    from rorikt_lib.workbook import open_month

    def figures_of(month: str) -> pd.DataFrame:
        def make(folder: Path) -> None:
            collect(open_month(month, demo_root)).to_pickle(folder / "figures.pkl")

        return pd.read_pickle(made_once(f"figures-{month}", make) / "figures.pkl")

    return figures_of


@pytest.fixture(scope="session")
def site_of(
    demo_root: Path, demo_figures: Callable[[str], pd.DataFrame], made_once: Callable[[str, Make], Path]
) -> Callable[[str], Path]:
    """site_of(month) → its site as the embedded renderer makes it; _build, with the chapters as they ran, is beside."""

    def made(month: str) -> Path:
        return made_once(f"site-{month}", lambda folder: _build(month, demo_root, folder, demo_figures)) / "_site"

    return made


@pytest.fixture(scope="session")
def site(site_of: Callable[[str], Path]) -> Path:
    """The site of 2024-09."""
    return site_of("2024-09")


def _build(month: str, demo_root: Path, folder: Path, demo_figures: Callable[[str], pd.DataFrame]) -> None:
    from rorikt_lib.publish.build import build_report
    from rorikt_lib.publish.job import job_of

    build_report(job_of(month, demo_root, folder / "_site", "embedded"), demo_figures(month))
