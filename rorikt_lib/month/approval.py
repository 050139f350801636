"""The life of a month's report: a draft, approved, revised, approved again. What was approved stays as it was."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd
from lxml import html

from rorikt_lib.config.folder import ORDER, SETTINGS
from rorikt_lib.config.month_file import refuse_written_approval
from rorikt_lib.errors import InputError
from rorikt_lib.publish import site
from rorikt_lib.publish.approve import refuse_edited, stamped
from rorikt_lib.publish.build import Built
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.provenance import library_version
from rorikt_lib.publish.revision import Revision, folder_of
from rorikt_lib.publish.served import places, served
from rorikt_lib.store.approved import (
    Approved,
    Difference,
    Manifest,
    Sums,
    damage,
    differences,
    intact,
    keep,
    read_approved,
    read_figures,
    sound,
    sum_of,
    sums_of,
)
from rorikt_lib.store.drafts import Draft, drop_draft, keep_draft, read_draft
from rorikt_lib.store.folders import files_below
from rorikt_lib.terms.figure_changes import changed_figures
from rorikt_lib.terms.period import first_day
from rorikt_lib.terms.schemas import TIME_ZONE
from rorikt_lib.workbook import Workbook


class Life(NamedTuple):
    """Where a month's report has come to: what was approved of it last, and the draft of its next revision."""

    last: Approved | None
    draft: Path | None


def life_of(job: Job) -> Life:
    """What is kept and what stands on the job's site."""
    last = next(reversed(read_approved(job.folder.data, job.month)), None)
    draft = job.out / (folder_of(job.month, last.manifest.revision + 1) if last else job.month)
    return Life(last, draft if draft.exists() else None)


def today() -> dt.date:
    """Where the reports are read."""
    return dt.datetime.now(ZoneInfo(TIME_ZONE)).date()


def refuse_approved(job: Job, reason: str | None) -> None:
    """InputError where the month was approved and no reason is given to revise it, or the other way round."""
    last = life_of(job).last
    if last and reason is None:
        remedy = f'to change what it says, run rorikt report {job.month} --revise "why"'
        raise InputError(f"{job.month} is approved, and not rendered again", file=last.folder, remedy=remedy)
    if reason is not None and not last:
        problem = f"nothing of {job.month} is approved that could be revised"
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


def record_draft(job: Job, book: Workbook, built: Built, revision: Revision | None) -> None:
    """Keeps how the month was rendered, so that it can be approved as it is."""
    draft = Draft(
        period=job.month,
        revision=revision.number if revision else 1,
        reason=revision.reason if revision else None,
        version=book.report.version,
        rendered_at=dt.datetime.now(dt.UTC),
        renderer=job.renderer,
        workbook=library_version(),
        document=(job.made / REPORT_PAGE).with_suffix(".qmd").read_text(encoding="utf-8"),
        published=sums_of(built.page.parent),
        sources=sources_of(book, job.notebooks),
    )
    keep_draft(job.folder.data, draft)


def sources_of(book: Workbook, chapters: Iterable[Path]) -> Sums:
    """Every file that the month is made from: the exports as they were read, and the workbook's own files, now."""
    exports = book.table("sources")
    read = {f"raw/{file}": checksum for file, checksum in zip(exports.source_file, exports.sha256, strict=True)}
    of_other_months = [path for path in book.content.glob("????-??") if path.name != book.month]
    written = [path for path in files_below(book.content) if not any(path.is_relative_to(o) for o in of_other_months)]
    root = book.folder.root
    files = [root / SETTINGS, root / ORDER, *written, *chapters]
    own = [path for path in files if path.is_relative_to(root) and path.exists()]
    return read | {path.relative_to(root).as_posix(): sum_of(path) for path in own}


def approve_month(job: Job, by: str, on: dt.date | None = None) -> Approved:
    """Keeps the month's draft, as it stands on the job's site, for good, and puts it there as what was approved.

    by: who approved it, a role or a board. on: the day, today by default. InputError where there is no draft, where it
    is not as it was rendered, and for a day that cannot be; nothing is kept then, and the site is as it was.
    """
    by, on = _role(by), _day(on or today(), job.month)
    site.refuse_foreign(job.out)
    with site.only_build(job.build):
        folder = _to_approve(job)
        kept = _keep_draft(job, folder, by, on) if site.read_facts(folder)["draft"] else _keep_old(job, folder, by, on)
        _put_in_place(job)
    drop_draft(job.folder.data, job.month)
    return kept


def _role(by: str) -> str:
    role = " ".join(by.split())
    if not role:
        raise InputError("nobody has approved it", remedy='say who, a role or a board, as --by "Styret"')
    return role


def _day(on: dt.date, month: str) -> dt.date:
    if on > today():
        raise InputError(f"{on} has not come yet", remedy="approve it when it is approved")
    if on < first_day(month):
        raise InputError(f"{on} is before {month}", remedy="give the day it was approved, as --on 2024-10-11")
    return on


def _to_approve(job: Job) -> Path:
    """The folder of the site that has the month's draft."""
    last, draft = life_of(job)
    if draft and (draft / site.FACTS).exists():
        return draft
    if last:
        said = f"{job.month} is approved already, on {last.manifest.approved_on} by {last.manifest.approved_by}"
        remedy = f'to change what it says, run rorikt report {job.month} --revise "why"'
        raise InputError(said, file=last.folder, remedy=remedy)
    remedy = f"run rorikt report {job.month}, and approve it when it is read"
    raise InputError(f"{job.month} is not on the site", file=job.out, remedy=remedy)


def _keep_draft(job: Job, folder: Path, by: str, on: dt.date) -> Approved:
    draft = refuse_edited(job, read_draft(job.folder.data, job.month), folder)
    with stamped(job, draft, folder, by, on) as final:
        known = draft.model_dump(exclude={"version", "document", "published"})
        return keep(job.folder.data, _manifest(known, final, by, on), final)


def _keep_old(job: Job, folder: Path, by: str, on: dt.date) -> Approved:
    """What an older version published with the stamp in it, as it stands."""
    facts = site.read_facts(folder)
    page = html.parse(folder / REPORT_PAGE).getroot()
    if facts["approved_on"] != on.isoformat() or by not in page.text_content():
        problem = f"the page says that it was approved on {facts['approved_on']}, or by someone else"
        raise InputError(problem, file=folder / REPORT_PAGE, remedy="give --by and --on as the page has them")
    known = {"period": job.month, "reason": None, "rendered_at": None, "renderer": None, "sources": {}}
    known |= {"revision": facts.get("revision", 1), "workbook": facts.get("workbook", "")}
    return keep(job.folder.data, _manifest(known, folder, by, on), folder)


def _manifest(known: dict[str, object], folder: Path, by: str, on: dt.date) -> Manifest:
    approval = {"approved_by": by, "approved_on": on, "approved_at": dt.datetime.now(dt.UTC)}
    return Manifest(**known, **approval, published=sums_of(folder))


def _put_in_place(job: Job, gone: tuple[str, ...] = ()) -> None:
    kept = served(job.folder.data)
    site.publish(None, job.out, job.build, job.front, job.settings, job.machine_paths, kept, gone)


def serve_approved(job: Job) -> Life | None:
    """What was approved of the month, put back on the site where it is not there as it was; None where nothing was."""
    life = life_of(job)
    if life.last and differences_of_site(job, job.month):
        with site.only_build(job.build):
            _put_in_place(job)
    return life if life.last else None


def withdraw_revision(job: Job) -> str:
    """Takes the draft of a revision off the site; the name of its folder there. What was approved stays."""
    last, draft = life_of(job)
    if not (last and draft):
        problem = f"{job.month} has no draft of a revision on the site"
        raise InputError(problem, file=job.out, remedy="there is nothing to withdraw")
    with site.only_build(job.build):
        _put_in_place(job, (draft.name,))
    drop_draft(job.folder.data, job.month)
    return draft.name


def verify(job: Job, month: str | None) -> list[Difference]:
    """Every file that is not what was approved, kept or on the job's site; of one month, where that is given."""
    return [*damage(job.folder.data, month), *differences_of_site(job, month), *_claims(job, month)]


def differences_of_site(job: Job, month: str | None) -> list[Difference]:
    """The files of the site that are not what was approved; a folder of it that is missing as a whole counts as one."""
    found: list[Difference] = []
    for name, kept in places(sound(job.folder.data, month)).items():
        folder = job.out / name
        found += differences(kept.manifest.published, folder) if folder.exists() else [Difference(folder, "missing")]
    return found


def _claims(job: Job, month: str | None) -> list[Difference]:
    """Months of the site that say that they are approved, and no approval is kept of them."""
    kept = places(sound(job.folder.data, month))
    others = [f.parent for f in sorted(job.out.glob(f"*/{site.FACTS}")) if f.parent.name not in kept]
    asked = [folder for folder in others if month is None or folder.name.startswith(month)]
    how = "says that it is approved, but no approval is kept"
    return [Difference(folder / site.FACTS, how) for folder in asked if not site.read_facts(folder)["draft"]]
