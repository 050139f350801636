"""rorikt approve, verify, withdraw, and report of a month that is approved: what they say and end with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from approving import BY, bytes_of, job_in, render, with_value
from command_line import refused, rorikt
from project import FIGURES, MONTH

from rorikt_lib.store.approved import approved_folder, read_approved


@pytest.fixture
def root(tmp_path, drafted_once) -> Path:
    """The small project with the draft of its month on the site."""
    shutil.copytree(drafted_once, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def approved(root) -> Path:
    """The same, approved."""
    run = rorikt("approve", MONTH, "--by", BY, "--on", "2024-10-11", "--workbook", root)
    assert run.returncode == 0, run.stderr
    return root


def test_approve_says_what_was_kept_and_where_and_that_it_was_rendered_later(root):
    run = rorikt("approve", MONTH, "--by", BY, "--on", "2024-10-11", "--workbook", root)
    told = " ".join(run.stderr.split())
    (kept,) = read_approved(root / "data")
    assert f"Approved {MONTH}, revision 1: {len(kept.manifest.published)} files kept in {kept.folder}" in told
    assert "after the day it was approved" in told
    assert str(kept.manifest.approved_on) == "2024-10-11"


@pytest.mark.deep
def test_without_a_day_it_is_today(root):
    assert rorikt("approve", MONTH, "--by", BY, "--workbook", root).returncode == 0
    (kept,) = read_approved(root / "data")
    assert kept.manifest.approved_on >= kept.manifest.rendered_at.date()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2024-13", "--by", BY], "2024-13"),
        ([MONTH, "--by", BY, "--on", "2124-01-01"], "has not come yet"),
        (["2024-10", "--by", BY], "2024-10 is not on the site"),
        ([MONTH, "--by", " "], "nobody has approved it"),
    ],
)
def test_what_cannot_be_approved_is_one_line_with_the_remedy(arguments, told, root):
    line = refused("approve", *arguments, "--workbook", root)
    assert told in line
    assert "Remedy: " in line


def test_a_day_that_is_none_is_refused(root):
    assert rorikt("approve", MONTH, "--by", BY, "--on", "i går", "--workbook", root).returncode == 2


def test_report_of_an_approved_month_renders_nothing_and_says_so_though_exports_have_come(approved):
    before, archive = bytes_of(approved / "_site"), bytes_of(approved_folder(approved / "data"))
    (approved / "data" / "raw" / "ledger").mkdir()
    (approved / "data" / "raw" / "ledger" / "sent.csv").write_text("Bilagsnr;Beløp\n1;900 000\n", encoding="utf-8")
    run = rorikt("report", MONTH, "--workbook", approved)
    assert run.returncode == 0
    told = " ".join(run.stderr.split())
    assert f"was approved on 2024-10-11 by {BY} (revision 1), and is not rendered again" in told
    assert bytes_of(approved / "_site") == before
    assert bytes_of(approved_folder(approved / "data")) == archive
    assert not (approved / "data" / "clean").exists()


@pytest.mark.deep
def test_report_says_that_there_is_a_draft_of_a_revision_and_withdraw_takes_it_off(approved):
    render(job_in(approved), with_value(FIGURES, "tickets.created", 1290.0), "Sent ført")
    run = rorikt("report", MONTH, "--workbook", approved)
    assert f"draft of its next revision: {approved / '_site' / f'{MONTH}-2' / 'index.html'}" in " ".join(
        run.stderr.split()
    )
    assert rorikt("withdraw", MONTH, "--workbook", approved).returncode == 0
    assert not (approved / "_site" / f"{MONTH}-2").exists()
    assert "nothing to withdraw" in refused("withdraw", MONTH, "--workbook", approved)
    assert rorikt("verify", "--workbook", approved).returncode == 0


def test_verify_names_each_file_on_a_line_and_ends_with_1(approved):
    run = rorikt("verify", "--workbook", approved)
    assert (run.returncode, run.stdout) == (0, "")
    assert "As approved: 1 revisions" in run.stderr
    page = approved / "_site" / MONTH / "index.html"
    page.write_bytes(page.read_bytes().replace(b"2024", b"2025", 1))
    kept = approved_folder(approved / "data") / f"{MONTH}-1" / "site" / "figures.csv"
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes().replace(b"1245", b"1246"))
    run = rorikt("verify", MONTH, "--workbook", approved)
    assert run.returncode == 1
    assert run.stdout.splitlines() == [f"changed: {kept}", f"changed: {page}"]
    assert "Not as approved: 2" in run.stderr
    assert rorikt("verify", "2024-10", "--workbook", approved).returncode == 0


@pytest.mark.deep
def test_verify_of_another_site_says_that_the_month_is_missing_and_report_puts_it_there(approved, tmp_path):
    there = ["--workbook", approved, "--out", tmp_path / "other" / "_site"]
    run = rorikt("verify", *there)
    assert (run.returncode, len(run.stdout.splitlines())) == (1, 2)
    assert rorikt("report", MONTH, *there).returncode == 0
    assert rorikt("verify", *there).returncode == 0


def test_before_anything_is_approved_verify_says_so(root):
    run = rorikt("verify", "--workbook", root)
    assert run.returncode == 0
    assert "Nothing is approved yet" in run.stderr


def test_a_revision_without_a_reason_or_of_what_was_never_approved_is_refused(root):
    line = refused("report", MONTH, "--revise", "Sent ført", "--workbook", root)
    assert "nothing of 2024-09 is approved" in line


def test_the_kept_files_are_checked_by_a_tool_that_everybody_has(approved):
    seal = approved_folder(approved / "data") / f"{MONTH}-1" / "manifest.sha256"
    if not shutil.which("sha256sum"):
        pytest.skip("no sha256sum here")
    assert os.system(f'cd "{seal.parent}" && sha256sum --check --quiet {seal.name}') == 0
