"""What a document says of itself, besides its chapters: on the cover, in its Excel files, and to the front page."""

import datetime as dt

from rorikt_lib.config.month_file import Report
from rorikt_lib.present.sentences import revision as words
from rorikt_lib.publish.front_matter import day_text, draft_of
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.revision import Revision
from rorikt_lib.publish.spreadsheets import About, Beside


def subtitle(job: Job) -> str:
    """What its period is called, below its title."""
    return job.called[:1].upper() + job.called[1:]


def cover(job: Job) -> list[dict[str, str]]:
    """What the kind of document has on the cover besides, of what the document's own file says: title and text each."""
    own = job.own if job.kind.cover else {}
    return [{"title": title, "text": _text(own[key])} for title, key in job.kind.cover.items() if key in own]


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return (day_text(value) or "") if isinstance(value, dt.date) else str(value)


def about(job: Job, report: Report, revision: Revision | None) -> About:
    """What the Excel files say of the document."""
    own, number = job.settings.organisation, revision.number if revision else 1
    return About(
        title=job.title,
        organisation=own.name,
        responsible_unit=own.responsible_unit,
        month=job.month,
        demo=job.is_demo,
        revision=words.name(number) if number > 1 else "",
        beside={link["file"]: Beside(link["title"], report.pages.get(link["file"])) for link in job.links},
        period="" if job.document.is_month else job.called,
    ).stamped(draft_of(report))


def facts_of(job: Job) -> dict[str, str | bool]:
    """What report.json says of a document that is no monthly report."""
    told = {"kind": job.document.kind, "period": job.document.period, "name": job.name, "title": job.title}
    return told | ({} if job.has_data else {"has_data": False})
