"""The small project, built once for all tests that read its site."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import FIGURES, MONTH, make_project

from rorikt_lib.config.folder import open_folder
from rorikt_lib.publish.build import Built, build_report
from rorikt_lib.publish.job import job_of


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one's own, to spoil."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small project's report, embedded renderer."""
    root = make_project(tmp_path_factory.mktemp("publish") / "project")
    return build_report(job_of(MONTH, open_folder(root), None, "embedded"), FIGURES, print)
