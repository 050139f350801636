"""The small project, built once for all tests that read its site."""

from __future__ import annotations

from pathlib import Path

import pytest
from approving import job_in, render
from project import FIGURES, MONTH, make_project

from rorikt_lib.config.folder import open_folder
from rorikt_lib.publish.build import Built, build_report
from rorikt_lib.publish.job import job_of


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one's own, to spoil."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def make_small():
    """make_small(root) → a project of one's own there."""
    return make_project


@pytest.fixture(scope="session")
def drafted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with the draft of its month, as `rorikt report` leaves it."""
    root = make_project(tmp_path_factory.mktemp("drafted") / "project")
    render(job_in(root))
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small project's report, embedded renderer."""
    root = make_project(tmp_path_factory.mktemp("publish") / "project")
    return build_report(job_of(MONTH, open_folder(root), None, "embedded"), FIGURES, print)
