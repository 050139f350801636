"""What is to be built: one month, from which folders to which, with which renderer and parameters."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rorikt_lib.config.folder import FRONT, NOTEBOOKS, ORDER, SHIPPED, Folder
from rorikt_lib.config.settings import Settings
from rorikt_lib.present.language import heading, pages
from rorikt_lib.publish import quarto, site
from rorikt_lib.publish.execute import AT_A_TIME, declared_parameters, refuse_unknown
from rorikt_lib.publish.front_matter import Link
from rorikt_lib.publish.order import REPORT_PAGE, Order, read_order
from rorikt_lib.store.drafts import draft_file
from rorikt_lib.store.file_names import plain
from rorikt_lib.store.folders import build_folder, is_demo
from rorikt_lib.store.locks import one_at_a_time
from rorikt_lib.terms.language import use
from rorikt_lib.terms.period import check_month, check_month_count

CSV = "figures.csv"
# The notebooks' parameters that say how many months are shown; see workbook.Workbook.
MONTH_COUNTS = ("trend_months", "sla_months")


@dataclass(frozen=True)
class Job:
    """One month to be built, of a workbook. out: the site.

    parameters: passed to the chapters that declare them. notice: one line about the choice of renderer, where there
    is something to say. at_a_time: how many chapters or pages are made side by side. others_follow: see site.publish.
    """

    month: str
    folder: Folder
    out: Path
    renderer: quarto.Renderer
    parameters: Mapping[str, Any]
    notice: str | None = None
    at_a_time: int = AT_A_TIME
    others_follow: bool = False

    @property
    def build(self) -> Path:
        """Where everything is made before it is published, beside the site."""
        return build_folder(self.out)

    @property
    def made(self) -> Path:
        """The month's part of the build folder."""
        return self.build / self.month

    @property
    def kept(self) -> Path:
        """What the month's next run may take from this one."""
        return self.build / "kept" / self.month

    @property
    def pdf(self) -> str:
        """Name of the report's PDF."""
        return f"{self._name}.pdf"

    @property
    def excel(self) -> str:
        """Name of the Excel file with all tables."""
        return f"{self._name}.xlsx"

    @property
    def _name(self) -> str:
        return f"{plain(self.settings.organisation.report_title) or 'rapport'}-{self.month}"

    def pdf_of(self, page: str) -> str:
        """Name of the PDF of a page: the report's, or that of a page beside it, called as the page."""
        return self.pdf if page == REPORT_PAGE else f"{Path(page).stem}-{self.month}.pdf"

    @property
    def files(self) -> tuple[str, ...]:
        """What a reader opens, by name: page, PDF, figures and tables."""
        return REPORT_PAGE, self.pdf, CSV, self.excel

    @cached_property
    def order(self) -> Order:
        """The report's chapters and the pages beside it."""
        return read_order(self.folder.own_or_shipped(ORDER))

    @property
    def notebooks(self) -> list[Path]:
        """The chapters' notebooks, each once, in the order of the report and then of the pages."""
        return [self.folder.own_or_shipped(f"{NOTEBOOKS}/{name}.ipynb") for name in self.order.notebooks]

    @property
    def links(self) -> list[Link]:
        """The pages beside the report."""
        return [{"file": page.file, "title": heading(page.title)} for page in self.order.pages]

    @property
    def yearly(self) -> list[str]:
        """Those of the pages beside the report that are about a year."""
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
    """While it lasts, nobody else makes, approves or withdraws the month: of these data, or for this site; others wait.

    waits: told where this run has to.
    """

    def told() -> None:
        waits(f"waiting for another run of {job.month}")

    of_data, of_site = draft_file(job.folder.data, job.month).with_suffix(".lock"), job.build / f"{job.month}.lock"
    with one_at_a_time(of_data, told), one_at_a_time(of_site, told):
        yield


def job_of(
    month: str | None,
    folder: Folder,
    out: Path | None = None,
    renderer: str = "auto",
    parameters: Mapping[str, Any] | None = None,
    at_a_time: int | None = None,
    *,
    others_follow: bool = False,
) -> Job:
    """The job of a month; InputError for what is wrong in it, before anything is computed.

    month: None where it is not known yet. out: the site's folder, _site/ of the workbook by default. renderer: auto,
    quarto or embedded.
    """
    chosen, notice = quarto.renderer(renderer)
    job = Job(
        month=check_month(month) if month else "",
        folder=folder,
        out=(out or folder.site).resolve(),
        renderer=chosen,
        parameters=parameters or {},
        notice=notice,
        at_a_time=at_a_time or AT_A_TIME,
        others_follow=others_follow,
    )
    use(folder.settings.language)
    site.refuse_foreign(job.out)
    refuse_unknown(job.parameters, set().union(*map(declared_parameters, job.notebooks)))
    for name, count in job.month_counts.items():
        check_month_count(count, name)
    return job
