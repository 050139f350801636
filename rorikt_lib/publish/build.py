"""One document from chapters to site."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from rorikt_lib.config.folder import SETTINGS
from rorikt_lib.config.month_file import Report
from rorikt_lib.errors import InputError
from rorikt_lib.present.sentences import facts
from rorikt_lib.present.sentences import summary as words
from rorikt_lib.publish import embedded, quarto, site
from rorikt_lib.publish.about import about, cover, facts_of, subtitle
from rorikt_lib.publish.assemble import Body, Material, assemble
from rorikt_lib.publish.attachments import write_attachments, write_images
from rorikt_lib.publish.decisions import decisions_of
from rorikt_lib.publish.execute import execute
from rorikt_lib.publish.front_matter import Link, Stamp, draft_of, front_matter
from rorikt_lib.publish.job import CSV, Job
from rorikt_lib.publish.kept_chapters import CHAPTERS, KeptChapters
from rorikt_lib.publish.kept_pages import KeptPages
from rorikt_lib.publish.margins import write_margins
from rorikt_lib.publish.methods import with_methods, write_figures
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.outputs import CHARTS, Chapter, read_chapter
from rorikt_lib.publish.papers.filled import fill_papers
from rorikt_lib.publish.papers.meeting import NOTHING, Brought, brought
from rorikt_lib.publish.privacy.gate import Gate, gate_of, site_gate
from rorikt_lib.publish.provenance import library_version
from rorikt_lib.publish.revision import Revision, folder_of
from rorikt_lib.publish.served import served
from rorikt_lib.publish.shelf import shelved
from rorikt_lib.publish.spreadsheets import write_spreadsheets
from rorikt_lib.report.show import DOWNLOADS
from rorikt_lib.store.replace import link_or_copy
from rorikt_lib.store.spreadsheets import inert_texts
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import Workbook

_RENDER = {"quarto": quarto.render, "embedded": embedded.render}
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What a build made. missing: narratives that nobody wrote, and so sections that the report does not have.

    read: files beside those of data and content that the document is made of → their checksums then. version: the day
    that its first page has.
    """

    page: Path
    pdf: Path
    figures: Path
    excel: Path
    missing: tuple[str, ...]
    read: Mapping[str, str] = field(default_factory=dict)
    version: dt.date | None = None


def build_report(
    job: Job,
    figures: pd.DataFrame,
    progress: Progress = lambda message: None,
    revision: Revision | None = None,
    opened: Workbook | None = None,
) -> Built:
    """One document, a draft, added to the job's site, which stays as it was where anything fails.

    For the only run of the document (see `job.only_run`); others may be built at the same time.

    figures: one row per figure, dimension and member (figures.csv). progress: called with what is being done.
    revision: of one that was approved before, which stays beside it. opened: the month that the figures are of, of
    whose sources terms are explained, and what its report lacks told on the first page; then chapters and pages of the
    last run are taken where they would be the same. None: it has all sources, and nothing is taken.
    """
    site.refuse_foreign(job.out)
    report = job.report
    _refuse_unknown_pages(job, report)
    _refuse_equal_names(job)
    of_meeting = brought(job) if job.kind.meeting else NOTHING
    with _only_whole(job.made):
        bodies = _make(job, report, figures, progress, revision, opened, of_meeting)
    progress("site")
    folder = folder_of(job.name, revision.number) if revision else job.name
    with site.only_publisher(job.build):
        _publish(job, bodies, folder, gate_of(job.folder, figures))
    missing = tuple(file.relative_to(job.folder.root).as_posix() for body in bodies.values() for file in body.missing)
    return Built(*(job.out / folder / name for name in job.files), missing, of_meeting.read, report.version)


@contextmanager
def _only_whole(made: Path) -> Iterator[None]:
    """A new folder `made`, of which nothing is left where the disk takes no more: half of it is of no use."""
    shutil.rmtree(made, ignore_errors=True)
    try:
        yield
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _make(
    job: Job,
    report: Report,
    figures: pd.DataFrame,
    progress: Progress,
    revision: Revision | None,
    opened: Workbook | None,
    of_meeting: Brought,
) -> dict[str, Body]:
    """Pages, PDF and figures in the document's build folder; what each page says, by its file."""
    chapters = _execute(job, progress, opened)
    sources = [source for source in Source if not opened or opened.has(source)]
    told = facts.of_settings(job.settings, job.month, sources)
    material = Material(chapters, job.folder.content, job.texts, figures, told)
    pages = {page.file: assemble(page.chapters, material) for page in job.order.pages}
    bodies = {REPORT_PAGE: of_meeting.body + assemble(job.order.chapters, material)}
    bodies |= {file: body for file, body in pages.items() if body.markdown.strip()}
    bodies = {file: with_methods(body, chapters.values()) for file, body in bodies.items()}
    lacking = words.lacking(opened.lacking if opened and job.document.is_month else [])
    _write_documents(job, report, bodies, lacking, revision, of_meeting)
    _write_what_they_name(job, report, chapters, figures, bodies, revision)
    of_meeting.write(job.made)
    progress(f"web pages and PDFs, {job.renderer}")
    _render_all(job, bodies, KeptPages(job.kept / "pages", quarto.told(job.renderer)) if opened else None)
    return bodies


def _render_all(job: Job, bodies: Iterable[str], kept: KeptPages | None) -> None:
    # Quarto's own files are beside the documents, one set for all.
    with ThreadPoolExecutor(job.at_a_time if job.renderer == "embedded" else 1) as pool:
        for _ in pool.map(lambda name: _render_page(job, name, kept), bodies):
            pass


def _render_page(job: Job, name: str, kept: KeptPages | None) -> None:
    page = job.made / name
    document, pdf = page.with_suffix(".qmd"), job.made / job.pdf_of(name)
    if kept and kept.take(document, page, pdf):
        write_margins(document)
        return
    render(job.renderer, document, page, pdf)
    if kept:
        kept.keep(document, page, pdf)


def render(renderer: quarto.Renderer, document: Path, page: Path, pdf: Path | None) -> None:
    """A document as a web page with its margins in print and, where asked for, as a PDF, beside what it names."""
    write_margins(document)
    _RENDER[renderer](document, page, pdf)
    if pdf:
        fill_papers(document, pdf)


def _links(job: Job, bodies: Mapping[str, Body]) -> list[Link]:
    """The pages beside the report that have something to say."""
    return [link for link in job.links if link["file"] in bodies]


def _execute(job: Job, progress: Progress, opened: Workbook | None) -> dict[str, Chapter]:
    progress(f"{len(job.notebooks)} chapters")
    given = {"period": job.month, "workbook": str(job.folder.root), "data": str(job.folder.data)}
    given |= {"document": job.document.period}
    folder = job.made / "notebooks"
    kept = KeptChapters(job.kept / CHAPTERS, opened.given_to_all, opened.sum_of) if opened else None

    def done(name: str) -> None:
        progress(f"chapter {name} done")

    executed = execute(job.notebooks, folder, given, job.parameters, done, kept, job.at_a_time)
    return {file.stem: read_chapter(file) for file in executed}


def _refuse_unknown_pages(job: Job, report: Report) -> None:
    known = [link["file"] for link in job.links]
    if unknown := [file for file in report.pages if file not in known]:
        file = job.folder.content / job.texts / "report.yml"
        remedy = f"use one of: {', '.join(known)}"
        raise InputError(f"no page beside the report is called {unknown[0]}", file=file, remedy=remedy)


def _refuse_equal_names(job: Job) -> None:
    """InputError where the PDF of a page beside the report would stand in place of the report's own."""
    if same := [link["title"] for link in job.links if job.pdf_of(link["file"]) == job.pdf]:
        what, remedy = f"the report and its page {same[0]} both have {job.pdf}", "give one of them another title"
        raise InputError(what, file=job.folder.root / SETTINGS, remedy=remedy)


def _write_documents(
    job: Job,
    report: Report,
    bodies: Mapping[str, Body],
    lacking: str | None,
    revision: Revision | None = None,
    of_meeting: Brought = NOTHING,
) -> None:
    """One text for the document and one for each page, in its build folder. lacking: on the first page.

    The document is what is approved, and carries the stamp; a page beside it has its own status, or none.
    """
    organisation = job.settings.organisation
    titles = {REPORT_PAGE: job.title} | {link["file"]: link["title"] for link in job.links}
    said = revision.metadata(job.name) if revision else {}
    of_report = {"excel": job.excel, "pages": _links(job, bodies), "lacking": lacking, "cover": cover(job), **said}
    of_report |= of_meeting.facts
    of_other, month = ({}, job.month) if job.document.is_month else ({"subtitle": subtitle(job)}, "")
    for name, body in bodies.items():
        is_report = name == REPORT_PAGE
        stamp = draft_of(report) if is_report else Stamp(report.pages.get(name))
        more = {"page": Path(name).stem, "figures": CSV, "pdf": job.pdf_of(name)}
        more |= of_other | (of_report if is_report else {"report": REPORT_PAGE})
        more |= {} if job.has_data else {"figures": None, "excel": None}
        head = front_matter(titles[name], month, stamp, organisation, job.is_demo, more, job.kind.words)
        first = revision.markdown if revision and is_report else ""
        (job.made / name).with_suffix(".qmd").write_text(head + first + body.markdown, encoding="utf-8")


def _write_what_they_name(
    job: Job,
    report: Report,
    chapters: Mapping[str, Chapter],
    figures: pd.DataFrame,
    bodies: Mapping[str, Body],
    revision: Revision | None,
) -> None:
    """Charts, images, downloads, style, figures and facts, in the document's build folder."""
    write_attachments(job.made, chapters.values())
    write_images(job.made, [body.markdown for body in bodies.values()], job.folder.content / job.texts)
    write_spreadsheets(job.made, job.excel, shelved(bodies, chapters.values()), about(job, report, revision))
    write_figures(job.made, chapters.values(), figures)
    site.copy_assets(job.made)
    inert_texts(figures).to_csv(job.made / CSV, index=False, lineterminator="\n")
    made = {"month": job.month, "revision": revision.number if revision else 1, "demo": job.is_demo}
    made |= {"pdf": job.pdf, "excel": job.excel, "pages": _links(job, bodies), "workbook": library_version()}
    made |= {} if job.document.is_month else {"document": facts_of(job)}
    made |= {"of_year": job.yearly} | decisions_of(chapters[name] for name in sorted(chapters))
    site.write_facts(job.made, made, draft_of(report))


def publish_shared(job: Job) -> None:
    """What tells of all documents of the job's site, made anew. job: of any. InputError: see `site.publish`."""
    approved, gate = served(job.folder.data), site_gate(job.folder)
    with site.only_publisher(job.build):
        given = job.build, job.front, job.settings, job.machine_paths
        site.publish(None, job.out, *given, approved, gate=gate, workbook=job.folder)


def _publish(job: Job, bodies: Mapping[str, Body], folder: str, gate: Gate) -> None:
    """Puts what readers get, and nothing else of the build folder, into a folder of the site."""
    month = job.made / "published" / folder
    month.mkdir(parents=True)
    beside = [link["file"] for link in _links(job, bodies)]
    for name in (*job.files, *beside, *map(job.pdf_of, beside), site.FACTS):
        link_or_copy(job.made / name, month / name)
    for name in (CHARTS, DOWNLOADS, "assets"):
        shutil.copytree(job.made / name, month / name, copy_function=link_or_copy)
    approved = served(job.folder.data)
    site.publish(
        month,
        job.out,
        job.build,
        job.front,
        job.settings,
        job.machine_paths,
        approved,
        gate=gate,
        workbook=job.folder,
        others_follow=job.others_follow,
    )
