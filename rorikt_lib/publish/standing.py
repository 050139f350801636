"""What stands on the site: its months and other documents, what each has published, and where its tables are."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rorikt_lib.publish.month_facts import FACTS, name_of, read_facts
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.report.editions import Edition, Editions
from rorikt_lib.store.records_file import read_records
from rorikt_lib.store.snapshots import FIGURES

_ID = re.compile(r'\sid="(tabell-[\w-]+)"')


@dataclass(frozen=True)
class Standing:
    """A folder of the site with a document, or a revision of one. facts: what its report.json says."""

    folder: Path
    facts: dict[str, Any]

    @property
    def counts(self) -> bool:
        """Whether it is what counts of its document, and not a revision that is kept beside it."""
        return self.folder.name == self.name

    @property
    def name(self) -> str:
        """The document's name, of a monthly report its month."""
        return name_of(self.facts)

    @property
    def has_tables(self) -> bool:
        """Whether it is made of data, which its tables and figures show."""
        return self.facts.get("document", {}).get("has_data", True)

    def has(self, file: str) -> bool:
        """Whether it has a file of that name."""
        return (self.folder / file).is_file()

    def address(self, table: str = "") -> str:
        """Of a table of it, seen from the site's front page; of its report, where the table is on none of its pages."""
        page = self._pages.get(f"tabell-{table}")
        return f"{self.folder.name}/{page}#tabell-{table}" if page else f"{self.folder.name}/{REPORT_PAGE}"

    @cached_property
    def _pages(self) -> dict[str, str]:
        """The id of each table → the page it is on, the report's own first."""
        pages = sorted(self.folder.glob("*.html"), key=lambda page: (page.name != REPORT_PAGE, page.name))
        found: dict[str, str] = {}
        for page in pages:
            found |= {key: page.name for key in _ID.findall(page.read_text(encoding="utf-8")) if key not in found}
        return found


def standing(site: Path) -> list[Standing]:
    """The monthly reports of a site, the newest month first."""
    return [one for one in _all(site) if "document" not in one.facts]


def documents(site: Path) -> list[Standing]:
    """The other documents of a site, those of a kind together, the newest period first."""
    found = [one for one in _all(site) if "document" in one.facts]
    return sorted(found, key=lambda one: one.facts["document"]["kind"])


def _all(site: Path) -> list[Standing]:
    folders = sorted((file.parent for file in site.glob(f"*/{FACTS}")), key=lambda folder: folder.name, reverse=True)
    return [Standing(folder, read_facts(folder)) for folder in folders]


def editions_of(months: list[Standing]) -> Editions | None:
    """What the months have published; None where none has figures."""
    with_figures = [month for month in reversed(months) if month.counts and month.has(FIGURES)]
    editions = (
        Edition(month.facts["month"], read_records(month.folder / FIGURES), month.facts["draft"])
        for month in with_figures
    )
    return Editions(tuple(editions)) if with_figures else None
