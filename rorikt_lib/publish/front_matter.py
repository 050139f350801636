"""The YAML block at the start of a document, which both renderers' templates read; with it, the page's stamp."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rorikt_lib.config.month_file import Report
from rorikt_lib.config.organisation import Organisation
from rorikt_lib.present import numbers
from rorikt_lib.present.language import member, page_words, tag, term_forms
from rorikt_lib.publish.document import split, written
from rorikt_lib.terms.enums import ReportStatus

# file and title of a page.
Link = dict[str, str]


@dataclass(frozen=True)
class Stamp:
    """How far a page has come, as it says itself. status: none where the page has none of its own."""

    status: str | None = None
    version: dt.date | None = None
    approved_on: dt.date | None = None
    approved_by: str | None = None

    @property
    def is_draft(self) -> bool:
        """Whether nobody has approved the report yet; it says so on every page."""
        return self.status == ReportStatus.DRAFT

    @property
    def metadata(self) -> dict[str, str | None]:
        """What the templates call it."""
        return {
            "version": day_text(self.version),
            "status": self.status and member("status", self.status),
            "approved-on": day_text(self.approved_on),
            "approved-by": self.approved_by,
        }


def draft_of(report: Report) -> Stamp:
    """The stamp of a document until it is approved."""
    return Stamp(ReportStatus.DRAFT, report.version)


def front_matter(
    title: str,
    month: str,
    stamp: Stamp,
    organisation: Organisation,
    demo: bool,
    more: Mapping[str, str | list[Link] | None],
    words: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The block of a page. more: what the page leads to, and what else it says, by the template's name.

    month: empty where the page is of no monthly report; more has the subtitle then. words: those around the text that
    are others here, by the template's name.
    """
    given = {
        "title": title,
        "subtitle": month and numbers.month_name(month).capitalize(),
        "month": month,
        "lang": tag(),
        "organisation": organisation.name,
        "responsible-unit": organisation.responsible_unit,
        **accessibility(organisation),
        **more,
        "words": page_words(demo, of_month=bool(month)) | words,
        "terms": term_forms(),
    }
    return _written({key: value for key, value in given.items() if value} | {"demo": demo}, stamp, "")


def accessibility(organisation: Organisation) -> dict[str, str]:
    """What pages say of the site's accessibility, by the templates' names; nothing where it is not set."""
    if (said := organisation.accessibility) is None:
        return {}
    return {"accessibility-statement": said.statement, "accessibility-contact": said.contact_address}


def stamped_anew(document: str, stamp: Stamp) -> str:
    """A document with another stamp, and nothing else in it another.

    One that was made before documents had the words around their text is given them.
    """
    known, text = split(document)
    known = {"words": page_words(bool(known["demo"])), "terms": term_forms()} | known
    return _written({key: value for key, value in known.items() if key not in Stamp().metadata}, stamp, text)


def _written(known: dict[str, object], stamp: Stamp, text: str) -> str:
    said = {key: value for key, value in stamp.metadata.items() if value}
    flags = {"draft": stamp.is_draft, "marked": stamp.is_draft or bool(known["demo"])}
    return written(known | said | flags, text)


def day_text(date: dt.date | None) -> str | None:
    """`27. september 2024`, the number never alone at the end of a line."""
    return numbers.day(date).replace(". ", ".\u00a0") if date else None
