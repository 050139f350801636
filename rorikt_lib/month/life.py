"""Where a document has come to, and how it goes on: a draft, a draft of a revision, or nothing more to render."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from rorikt_lib.config.content_files import is_read_for
from rorikt_lib.config.folder import DOCUMENTS, SETTINGS
from rorikt_lib.config.month_file import refuse_written_approval
from rorikt_lib.errors import InputError
from rorikt_lib.publish import site
from rorikt_lib.publish.build import Built
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.provenance import library_version
from rorikt_lib.publish.revision import Revision, folder_of
from rorikt_lib.publish.served import served
from rorikt_lib.publish.spreadsheets import TABLES
from rorikt_lib.store.approved import Approved, intact, read_approved, read_figures
from rorikt_lib.store.drafts import Draft, keep_draft
from rorikt_lib.store.folders import files_below
from rorikt_lib.store.manifest import Sums, sum_of, sums_of
from rorikt_lib.terms.figure_changes import changed_figures
from rorikt_lib.terms.months import is_month
from rorikt_lib.workbook import Workbook


class Life(NamedTuple):
    """Where a document has come to: what was approved of it last, and the draft of its next revision."""

    last: Approved | None
    draft: Path | None


def life_of(job: Job) -> Life:
    """What is kept and what stands on the job's site."""
    last = next(reversed(read_approved(job.folder.data, job.name)), None)
    draft = job.out / (folder_of(job.name, last.manifest.revision + 1) if last else job.name)
    return Life(last, draft if draft.exists() else None)


def refuse_approved(job: Job, reason: str | None) -> None:
    """InputError where the document was approved and no reason is given to revise it, or the other way round."""
    # What cannot be served beside it would stop the site after all is rendered.
    served(job.folder.data)
    last = life_of(job).last
    if last and reason is None:
        remedy = f'to change what it says, run {job.command_line} --revise "why"'
        raise InputError(f"{job.name} is approved, and not rendered again", file=last.folder, remedy=remedy)
    if reason is not None and not last:
        problem = f"nothing of {job.name} is approved that could be revised"
        raise InputError(problem, remedy="leave --revise out: a draft is simply rendered again")
    if reason is not None and not reason.strip():
        raise InputError("no reason is given for the revision", remedy='write it, as --revise "Faktura ført sent"')


def refuse_unkept(job: Job, book: Workbook) -> None:
    """InputError where the site has a report that its own text calls approved, and of which nothing is kept.

    A draft would take its place, and what the board has read would be gone.
    """
    stands = job.out / job.month
    if not life_of(job).last and stands.exists() and not (site.read_facts(stands) or {}).get("draft", True):
        refuse_written_approval(book.report, job.month, book.content)


def revision_of(job: Job, reason: str | None, figures: pd.DataFrame) -> Revision | None:
    """The revision that is being made, against what was approved last; None where nothing was."""
    last = life_of(job).last
    if not last:
        return None
    changes = changed_figures(read_figures(intact(last)), figures)
    return Revision(last.manifest.revision + 1, " ".join((reason or "").split()), changes)


def record_draft(job: Job, book: Workbook | None, built: Built, revision: Revision | None) -> None:
    """Keeps how the document was rendered, so that it can be approved as it is. book: None where it has no data."""
    draft = Draft(
        period=job.name,
        revision=revision.number if revision else 1,
        reason=revision.reason if revision else None,
        version=built.version,
        rendered_at=dt.datetime.now(dt.UTC),
        renderer=job.renderer,
        workbook=library_version(),
        document=(job.made / REPORT_PAGE).with_suffix(".qmd").read_text(encoding="utf-8"),
        tables=(job.made / TABLES).read_text(encoding="utf-8"),
        published=sums_of(built.page.parent),
        sources=sources_of(job, book),
    )
    keep_draft(job.folder.data, draft)


def sources_of(job: Job, book: Workbook | None) -> Sums:
    """Every file that a document is made from: the exports as they were read, and the workbook's own files, now."""
    root, content = job.folder.root, job.folder.content
    read = _exports(book.table("sources")) if book else {}
    files = [root / SETTINGS, root / DOCUMENTS / f"{job.document.kind}.yml", *job.notebooks]
    files += [root / job.kind.order] if job.kind.order else []
    files += [path for path in files_below(content) if _is_of(job, path.relative_to(content))]
    own = [path for path in files if path.is_relative_to(root) and path.exists()]
    return read | {path.relative_to(root).as_posix(): sum_of(path) for path in own}


def _exports(sources: pd.DataFrame) -> Sums:
    return {f"raw/{file}": checksum for file, checksum in zip(sources.source_file, sources.sha256, strict=True)}


def _is_of(job: Job, written: Path) -> bool:
    """Whether a file, seen from content/, is among what the document is made from; of other months no report.yml is."""
    texts = (job.month, job.texts)
    is_of_other = is_month(written.parts[0]) and written.parts[0] not in texts
    return is_read_for(written, *texts) and not is_of_other
