"""The workbook that computed a month."""

from __future__ import annotations

import subprocess
from importlib.metadata import version

from rorikt_lib.publish.provenance import library_version


def test_the_version_names_the_commit_where_there_is_one(monkeypatch):
    def described(command, **options):
        return subprocess.CompletedProcess(command, 0, stdout="1a2b3c4-dirty\n")

    monkeypatch.setattr(subprocess, "run", described)
    assert library_version() == f"{version('rorikt')} (1a2b3c4-dirty)"


def test_the_version_is_the_package_alone_where_git_does_not_answer(monkeypatch):
    def absent(command, **options):
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", absent)
    assert library_version() == version("rorikt")
