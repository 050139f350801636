"""What is to be built: one document, from which folders to which, with which renderer and parameters."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from rorikt_lib.config.document_kind import NO_DATA, Kind, read_own
from rorikt_lib.config.folder import FRONT, NOTEBOOKS, SHIPPED, Folder
from rorikt_lib.config.month_file import Report, read_report, read_version
from rorikt_lib.config.order import REPORT_PAGE, Order
from rorikt_lib.config.settings import Settings
from rorikt_lib.present.language import heading, pages
from rorikt_lib.present.periods import period_name
from rorikt_lib.publish import quarto, site
from rorikt_lib.publish.execute import AT_A_TIME, declared_parameters, refuse_unknown
from rorikt_lib.publish.front_matter import Link
from rorikt_lib.publish.kinds import kind_of, order_of, texts_of
from rorikt_lib.store.drafts import draft_file
from rorikt_lib.store.file_names import plain
from rorikt_lib.store.folders import build_folder, is_demo
from rorikt_lib.store.locks import one_at_a_time
from rorikt_lib.terms.documents import Document, monthly
from rorikt_lib.terms.language import use
from rorikt_lib.terms.period import check_month, check_month_count

CSV = "figures.csv"
# The notebooks' parameters that say how many months are shown; see workbook.Workbook.
MONTH_COUNTS = ("trend_months", "sla_months")


@dataclass(frozen=True)
class Job:
    """One document to be built, of a workbook. out: the site.

    document: of the newest month, before that is known, without a period. parameters: passed to the chapters that
    declare them. notice: one line about the choice of renderer, where there is something to say. at_a_time: how many
    chapters or pages are made side by side. others_follow: see site.publish.
    """

    document: Document
    folder: Folder
    out: Path
    renderer: quarto.Renderer
    parameters: Mapping[str, Any]
    notice: str | None = None
    at_a_time: int = AT_A_TIME
    others_follow: bool = False

    @property
    def month(self) -> str:
        """The month whose data it is made of; see Document."""
        return self.document.month

    @property
    def name(self) -> str:
        """What the document is called: of a monthly report, its month."""
        return self.document.name

    @cached_property
    def kind(self) -> Kind:
        """The kind of document."""
        return kind_of(self.folder, self.document.kind)

    @property
    def has_data(self) -> bool:
        """Whether it is made of a month's data."""
        return self.kind.data != NO_DATA

    @property
    def title(self) -> str:
        """What such documents are called."""
        return heading(self.kind.title) or self.settings.organisation.report_title

    @property
    def called(self) -> str:
        """What its period is called."""
        return period_name(self.document.period)

    @property
    def command_line(self) -> str:
        """What makes it."""
        return f"rorikt {self.kind.command or self.document.kind} {self.document.period}"

    @property
    def texts(self) -> str:
        """The folder of its texts, seen from content/."""
        return texts_of(self.kind, self.document)

    @property
    def report(self) -> Report:
        """Its report.yml."""
        if self.document.is_month:
            return read_report(self.month, self.folder.content)
        return read_version(self.folder.content / self.texts)

    @property
    def own_file(self) -> Path:
        """The file with its own facts, beside the folder of its texts."""
        return self.folder.content / f"{self.texts}.yml"

    @property
    def own(self) -> dict[str, Any]:
        """What that says, where there is one."""
        return read_own(self.own_file)

    @property
    def build(self) -> Path:
        """Where everything is made before it is published, beside the site."""
        return build_folder(self.out)

    @property
    def made(self) -> Path:
        """The document's part of the build folder."""
        return self.build / self.name

    @property
    def kept(self) -> Path:
        """What the document's next run may take from this one."""
        return self.build / "kept" / self.name

    @property
    def is_first(self) -> bool:
        """Whether no run before this one has left anything that it may take."""
        return not self.kept.exists()

    @property
    def pdf(self) -> str:
        """Name of the document's PDF."""
        return f"{self._name}.pdf"

    @property
    def excel(self) -> str:
        """Name of the Excel file with all tables."""
        return f"{self._name}.xlsx"

    @property
    def _name(self) -> str:
        return f"{plain(self.title) or 'rapport'}-{self.document.period}"

    def pdf_of(self, page: str) -> str:
        """Name of the PDF of a page: the document's, or that of a page beside it, called as the page."""
        return self.pdf if page == REPORT_PAGE else f"{Path(page).stem}-{self.document.period}.pdf"

    @property
    def files(self) -> tuple[str, ...]:
        """What a reader opens, by name: page, PDF, figures and tables."""
        return REPORT_PAGE, self.pdf, CSV, self.excel

    @cached_property
    def order(self) -> Order:
        """The document's chapters and the pages beside it."""
        return order_of(self.folder, self.kind)

    @property
    def notebooks(self) -> list[Path]:
        """The chapters' notebooks, each once, in the order of the document and then of the pages."""
        return [self.folder.own_or_shipped(f"{NOTEBOOKS}/{name}.ipynb") for name in self.order.notebooks]

    @property
    def links(self) -> list[Link]:
        """The pages beside the document."""
        return [{"file": page.file, "title": heading(page.title)} for page in self.order.pages]

    @property
    def yearly(self) -> list[str]:
        """Those of the pages beside the document that are about a year."""
        return [page.file for page in self.order.pages if page.yearly]

    @property
    def month_counts(self) -> dict[str, int]:
        """Those of the parameters that say how many months are shown."""
        return {name: self.parameters[name] for name in MONTH_COUNTS if name in self.parameters}

    @property
    def settings(self) -> Settings:
        """What workbook.yml says."""
        return self.folder.settings

    @property
    def front(self) -> Path:
        """What the front page says."""
        own, of_language = self.folder.own_or_shipped(FRONT), pages() / FRONT
        return of_language if of_language.exists() and own.parent != self.folder.root else own

    @property
    def machine_paths(self) -> list[Path]:
        """Folders that no page may name."""
        return [self.folder.root, self.folder.data, SHIPPED, self.out]

    @property
    def is_demo(self) -> bool:
        """Whether the raw data are demo data."""
        return is_demo(self.folder.data)


@contextmanager
def only_run(job: Job, waits: Callable[[str], None] = lambda message: None) -> Iterator[None]:
    """While it lasts, nobody else makes, approves or withdraws it: of these data, or for this site; others wait.

    waits: told where this run has to.
    """

    def told() -> None:
        waits(f"waiting for another run of {job.name}")

    of_data, of_site = draft_file(job.folder.data, job.name).with_suffix(".lock"), job.build / f"{job.name}.lock"
    with one_at_a_time(of_data, told), one_at_a_time(of_site, told):
        yield


def job_of(
    of: str | Document | None,
    folder: Folder,
    out: Path | None = None,
    renderer: str = "auto",
    parameters: Mapping[str, Any] | None = None,
    at_a_time: int | None = None,
    *,
    others_follow: bool = False,
) -> Job:
    """The job of a document; InputError for what is wrong in it, before anything is computed.

    of: the document, or the month of a report; None where that is not known yet. out: the site's folder, _site/ of the
    workbook by default. renderer: auto, quarto or embedded.
    """
    chosen, notice = quarto.renderer(renderer)
    job = Job(
        document=of if isinstance(of, Document) else monthly(check_month(of) if of else ""),
        folder=folder,
        out=(out or folder.site).resolve(),
        renderer=chosen,
        parameters=parameters or {},
        notice=notice,
        at_a_time=at_a_time or AT_A_TIME,
        others_follow=others_follow,
    )
    job = replace(job, parameters={**job.kind.parameters, **job.parameters})
    use(folder.settings.language)
    site.refuse_foreign(job.out)
    refuse_unknown(job.parameters, job.kind.own_parameters.union(*map(declared_parameters, job.notebooks)))
    for name, count in job.month_counts.items():
        check_month_count(count, name)
    return job
