"""What many tests need: the settings, the real data beside the repository, a format at work on a text.

What takes long to make (the demo's exports and figures, the site) is made once for all workers of a run, and read
only: a test that writes to it takes a copy. pytest --hypothesis-profile deep tries each property on more examples.
"""

from __future__ import annotations

import gc
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

from rorikt_lib.config.folder import SHIPPED, Folder
from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.make import DEMO, demo_settings

if TYPE_CHECKING:
    from rorikt_lib.sources.reading.format import Cleaned, Format

Make = Callable[[Path], object]

for name, examples in {"quick": 3, "deep": 8}.items():
    # A busy machine is no fault; a fixture that gives a folder or a function is no state.
    hypothesis.settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.load_profile("quick")

# What a workbook of one's own says is no matter of the tests: commands that are given none work in the demo's.
os.environ["RORIKT_WORKBOOK"] = str(DEMO)
os.environ.pop("RORIKT_DATA", None)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it for garbage took a fourth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return demo_settings()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published and real data; tests that need it are skipped where it is not."""
    folder = SHIPPED.parent / "shared"
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
def demo(made_once: Callable[[str, Make], Path]) -> Folder:
    """The demo, with its exports and their clean tables."""
    from rorikt_lib.demo.make import make_demo
    from rorikt_lib.month.clean import clean_exports

    def make(root: Path) -> None:
        make_demo(root)
        clean_exports(Folder(root, root / "data"), lambda step: None)

    root = made_once("demo", make)
    return Folder(root, root / "data")


@pytest.fixture(scope="session")
def demo_root(demo: Folder) -> Path:
    """The demo's data root."""
    return demo.data


@pytest.fixture(scope="session")
def demo_figures(demo: Folder, made_once: Callable[[str, Make], Path]) -> Callable[..., pd.DataFrame]:
    """demo_figures(month, *chapters) → all figures of a month of the demo; chapters: of other documents, too."""
    from rorikt_lib.report.figures import collect
    from rorikt_lib.workbook import open_month

    def figures_of(month: str, *chapters: str) -> pd.DataFrame:
        def make(folder: Path) -> None:
            collect(open_month(month, demo), *chapters).to_pickle(folder / "figures.pkl")

        return pd.read_pickle(made_once("-".join(["figures", month, *chapters]), make) / "figures.pkl")

    return figures_of


@pytest.fixture(scope="session")
def site_of(
    demo: Folder, demo_figures: Callable[..., pd.DataFrame], made_once: Callable[[str, Make], Path]
) -> Callable[[str], Path]:
    """site_of(month) → its site as the embedded renderer makes it; _build, with the chapters as they ran, is beside."""

    def made(month: str) -> Path:
        return made_once(f"site-{month}", lambda folder: _build(month, demo, folder, demo_figures)) / "_site"

    return made


@pytest.fixture(scope="session")
def site(site_of: Callable[[str], Path]) -> Path:
    """The site of 2024-09."""
    return site_of("2024-09")


def _build(month: str, demo: Folder, folder: Path, demo_figures: Callable[[str], pd.DataFrame]) -> None:
    from rorikt_lib.publish.build import build_report
    from rorikt_lib.publish.job import job_of

    build_report(job_of(month, demo, folder / "_site", "embedded"), demo_figures(month))
