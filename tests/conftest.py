"""What many tests need: the settings, the real data beside the repository, a format at work on a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from golden_pairs import clean_path

from rorikt_lib.config.settings import ROOT, Settings, load_settings
from rorikt_lib.demo.make import make_demo
from rorikt_lib.figures import collect
from rorikt_lib.publish.build import build_report
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.sources.reading.format import Cleaned, Format
from rorikt_lib.store.clean_tables import fingerprint, write_clean
from rorikt_lib.workbook import open_month

# A busy machine is no fault; a fixture that gives a folder or a function is no state.
hypothesis.settings.register_profile(
    "rorikt", deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
hypothesis.settings.load_profile("rorikt")


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
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the demo exports and their clean tables."""
    root = tmp_path_factory.mktemp("demo")
    make_demo(root)
    settings = load_settings()
    write_clean(clean_raw(root / "raw", settings), root, fingerprint(root, settings))
    return root


@pytest.fixture(scope="session")
def site(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of 2024-09 as the embedded renderer makes it."""
    out = tmp_path_factory.mktemp("published") / "_site"
    figures = collect(open_month("2024-09", demo_root))
    build_report("2024-09", demo_root, out, "embedded", {}, figures)
    return out
