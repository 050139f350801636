"""The small project at work: rendered, read, approved and revised, as the commands do it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
from builders import make_book
from project import FIGURES, MONTH

from rorikt_lib.config.folder import open_folder
from rorikt_lib.config.month_file import read_report
from rorikt_lib.month.approval import approve_document
from rorikt_lib.month.life import record_draft, refuse_approved, revision_of
from rorikt_lib.publish.build import Built, build_report
from rorikt_lib.publish.job import Job, job_of
from rorikt_lib.store.approved import Approved

BY, ON = "Styret for ROR-IKT", dt.date(2024, 10, 11)
SOURCES = pd.DataFrame({"source_file": ["ledger/september.csv"], "sha256": ["ab" * 32]})


def job_in(root: Path, out: Path | None = None, renderer: str = "embedded") -> Job:
    return job_of(MONTH, open_folder(root), out, renderer)


def render(job: Job, figures: pd.DataFrame = FIGURES, revise: str | None = None) -> Built:
    """As `rorikt report` does, with these figures."""
    refuse_approved(job, revise)
    book = make_book(MONTH, root=job.folder.root, report=read_report(MONTH, job.folder.content), sources=SOURCES)
    revision = revision_of(job, revise, figures)
    built = build_report(job, figures, revision=revision)
    record_draft(job, replace(book, folder=job.folder), built, revision)
    return built


def approve(job: Job, on: dt.date = ON) -> Approved:
    return approve_document(job, BY, on)


def with_value(figures: pd.DataFrame, figure: str, value: float) -> pd.DataFrame:
    """The figures with one of them another."""
    return figures.assign(value=figures.value.where(figures.figure != figure, value))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
