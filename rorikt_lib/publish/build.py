"""One month from chapters to site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from rorikt_lib.config.content import Report, read_report
from rorikt_lib.config.settings import ROOT, Organisation, load_settings
from rorikt_lib.present.show import DOWNLOADS
from rorikt_lib.publish import embedded, quarto, site
from rorikt_lib.publish.assemble import Body, Link, Material, assemble, front_matter
from rorikt_lib.publish.attachments import write_attachments
from rorikt_lib.publish.execute import execute
from rorikt_lib.publish.order import REPORT_PAGE, Order, read_order
from rorikt_lib.publish.outputs import FIGURES, Chapter, read_chapter
from rorikt_lib.publish.provenance import workbook_version
from rorikt_lib.store.folders import is_demo
from rorikt_lib.terms.period import check_month

CSV = "figures.csv"
RENDER = {"quarto": quarto.render, "embedded": embedded.render}
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What a build made, and the renderer that served.

    missing: narratives that nobody wrote, and so sections that the report does not have. notice: one line about the
    choice of renderer, where there is something to say.
    """

    page: Path
    pdf: Path
    figures: Path
    missing: tuple[str, ...]
    renderer: str
    notice: str | None


@dataclass(frozen=True)
class Job:
    """One month to be built. root: the folder with _quarto.yml, index.qmd, notebooks and content."""

    month: str
    data_root: Path
    out: Path
    root: Path

    @property
    def build(self) -> Path:
        """Where everything is made before it is published, beside the site."""
        return self.out.parent / "_build"

    @property
    def folder(self) -> Path:
        """The month's part of the build folder."""
        return self.build / self.month

    @property
    def pdf(self) -> str:
        """Name of the PDF file."""
        return f"okonomi-og-aktivitetsrapport-{self.month}.pdf"

    @property
    def files(self) -> tuple[str, ...]:
        """What a reader opens, by name: page, PDF and figures."""
        return REPORT_PAGE, self.pdf, CSV

    @cached_property
    def order(self) -> Order:
        """The report's chapters and the pages beside it."""
        return read_order(self.root / "_quarto.yml")

    @property
    def links(self) -> list[Link]:
        """The pages beside the report."""
        return [{"file": page.file, "title": page.title} for page in self.order.pages]

    @property
    def organisation(self) -> Organisation:
        """Who reports."""
        return load_settings(self.root / "workbook.yml").organisation

    @property
    def is_demo(self) -> bool:
        """Whether the raw data are demo data."""
        return is_demo(self.data_root)


def build_report(
    period: str,
    data_root: Path,
    out: Path,
    renderer: str,
    parameters: Mapping[str, Any],
    figures: pd.DataFrame,
    progress: Progress = lambda message: None,
    root: Path = ROOT,
) -> Built:
    """The report of one month, added to the site `out`, which stays as it was where anything fails.

    renderer: auto, quarto or embedded. figures: one row per figure, dimension and member (figures.csv). parameters:
    passed to the chapters that declare them. progress: called with what is being done.
    """
    job = Job(check_month(period), data_root.resolve(), out.resolve(), root)
    chosen, notice = quarto.renderer(renderer)
    site.refuse_foreign(job.out)
    with site.only_build(job.build):
        bodies = _make(job, chosen, parameters, figures, progress)
        progress("site")
        _publish(job)
    missing = tuple(file.relative_to(root).as_posix() for body in bodies for file in body.missing)
    return Built(*(job.out / job.month / name for name in job.files), missing, chosen, notice)


def _make(
    job: Job, renderer: quarto.Renderer, parameters: Mapping[str, Any], figures: pd.DataFrame, progress: Progress
) -> list[Body]:
    """Pages, PDF and figures in the month's build folder; what each page says."""
    report = read_report(job.month, job.root / "content")
    shutil.rmtree(job.folder, ignore_errors=True)
    chapters = _execute(job, parameters, progress)
    material = Material(chapters, job.root / "content", job.month, figures)
    bodies = {REPORT_PAGE: assemble(job.order.chapters, material)}
    bodies |= {page.file: assemble(page.chapters, material) for page in job.order.pages}
    _write_documents(job, report, bodies)
    _write_what_they_name(job, report, chapters, figures)
    progress(f"web pages and PDF, {renderer}")
    for name in bodies:
        page = job.folder / name
        RENDER[renderer](page.with_suffix(".qmd"), page, job.folder / job.pdf if name == REPORT_PAGE else None)
    return list(bodies.values())


def _execute(job: Job, parameters: Mapping[str, Any], progress: Progress) -> dict[str, Chapter]:
    names = job.order.notebooks
    progress(f"{len(names)} chapters")
    executed = execute(
        [job.root / "notebooks" / f"{name}.ipynb" for name in names],
        job.folder / "notebooks",
        {"period": job.month, "data": str(job.data_root)},
        parameters,
        lambda name: progress(f"chapter {name} done"),
    )
    return {name: read_chapter(file) for name, file in zip(names, executed, strict=True)}


def _write_documents(job: Job, report: Report, bodies: Mapping[str, Body]) -> None:
    """One document for the report and one for each page, in the month's build folder."""
    titles = {REPORT_PAGE: job.organisation.report_title} | {link["file"]: link["title"] for link in job.links}
    for name, body in bodies.items():
        links = {"pdf": job.pdf, "pages": job.links} if name == REPORT_PAGE else {"report": REPORT_PAGE}
        links["figures"] = CSV
        head = front_matter(titles[name], job.month, report, job.organisation, job.is_demo, links)
        (job.folder / name).with_suffix(".qmd").write_text(head + body.markdown, encoding="utf-8")


def _write_what_they_name(job: Job, report: Report, chapters: Mapping[str, Chapter], figures: pd.DataFrame) -> None:
    """Pictures, downloads, style, figures and facts, in the month's build folder."""
    write_attachments(job.folder, chapters.values())
    site.copy_assets(job.folder)
    figures.to_csv(job.folder / CSV, index=False, lineterminator="\n")
    told = report.model_dump(mode="json", include={"version", "status", "approved_on"})
    marks = {"demo": job.is_demo, "draft": report.is_draft}
    facts = {"month": job.month, "pdf": job.pdf, "pages": job.links, "workbook": workbook_version(), **marks, **told}
    (job.folder / site.FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")


def _publish(job: Job) -> None:
    """Puts what readers get, and nothing else of the build folder, into the site."""
    month = job.folder / "published" / job.month
    month.mkdir(parents=True)
    for name in (*job.files, *(link["file"] for link in job.links), site.FACTS):
        shutil.copy(job.folder / name, month)
    for name in (FIGURES, DOWNLOADS, "assets"):
        shutil.copytree(job.folder / name, month / name)
    machine_paths = [job.root, job.data_root, job.out]
    site.publish(month, job.out, job.build, job.root / "index.qmd", job.organisation, machine_paths)
