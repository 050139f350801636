"""A document is approved, served as it was approved, and the draft of a revision withdrawn."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from lxml import html

from rorikt_lib.errors import InputError
from rorikt_lib.month.life import Life, life_of
from rorikt_lib.month.verify import differences_of_site
from rorikt_lib.publish import site
from rorikt_lib.publish.approve import refuse_edited, refuse_private, stamped
from rorikt_lib.publish.checks import check_folder
from rorikt_lib.publish.job import Job, only_run
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.privacy.gate import site_gate
from rorikt_lib.publish.served import served
from rorikt_lib.store.approved import Approved, keep
from rorikt_lib.store.drafts import Draft, drop_draft, read_draft
from rorikt_lib.store.manifest import Manifest, sum_of, sums_of
from rorikt_lib.terms.period import first_day
from rorikt_lib.terms.schemas import TIME_ZONE

# In a document's own file: member → the day that it approved it.
MEMBERS = "members_approved"


def today() -> dt.date:
    """Where the reports are read."""
    return dt.datetime.now(ZoneInfo(TIME_ZONE)).date()


def approve_document(
    job: Job, by: str, on: dt.date | None = None, progress: Callable[[str], None] = lambda step: None
) -> Approved:
    """Keeps the document's draft, as it stands on the job's site, for good, and puts it there as what was approved.

    by: who approved it, a role or a board. on: the day, today by default. InputError where there is no draft, where it
    is not as it was rendered, where a member has yet to approve it, and for a day that cannot be; nothing is kept then,
    and the site is as it was.
    """
    by = _role(by)
    site.refuse_foreign(job.out)
    read = read_draft(job.folder.data, job.name)
    _refuse_without_members(job, read)
    with only_run(job, progress), site.only_publisher(job.build):
        folder = _to_approve(job)
        if read_draft(job.folder.data, job.name) != read:
            problem = f"{job.name} was made anew while this waited"
            raise InputError(problem, file=folder, remedy="approve it when it is read as it is now")
        on = _day(on or today(), job, folder)
        # What cannot be served, or stand, beside it would stop the site after it is kept.
        others = [folder.name, *served(job.folder.data)]
        check_folder(job.out, job.machine_paths, site_gate(job.folder), month=site.NONE, but=others)
        kept = _keep_draft(job, folder, by, on) if site.read_facts(folder)["draft"] else _keep_old(job, folder, by, on)
        _put_in_place(job)
    drop_draft(job.folder.data, job.name)
    return kept


def _role(by: str) -> str:
    role = " ".join(by.split())
    if not role:
        raise InputError("nobody has approved it", remedy='say who, a role or a board, as --by "Styret"')
    return role


def _refuse_without_members(job: Job, draft: Draft | None) -> None:
    """InputError where each member is to approve such a document, and by its own file one of them has not.

    And where that file is not as the draft was made of it: the draft may say that some have not.
    """
    if not job.kind.approved_by_each:
        return
    given = job.own.get(MEMBERS) or {}
    members = [member.name for member in job.settings.members(job.month)]
    if not isinstance(given, dict):
        remedy = f"write there each municipality and its day, as {members[0]}: 2025-04-01"
        raise InputError(f"{MEMBERS} does not say who has approved {job.name}", file=job.own_file, remedy=remedy)
    lacking = [name for name in members if not isinstance(given.get(name), dt.date)]
    if lacking:
        problem = f"{job.name} is not approved by {', '.join(lacking)}"
        remedy = f"write the day of each under {MEMBERS}, as {lacking[0]}: 2025-04-01"
        raise InputError(problem, file=job.own_file, remedy=remedy)
    own = job.own_file.relative_to(job.folder.root).as_posix()
    if draft and draft.sources.get(own) != sum_of(job.own_file):
        remedy = f"run {job.command_line}, and approve it when it is read"
        raise InputError(f"{job.name} was made before this was changed", file=job.own_file, remedy=remedy)


def _day(on: dt.date, job: Job, folder: Path) -> dt.date:
    """The day of the approval; InputError for one that has not come, or is before what was approved was there.

    The documents of a year may be approved before it begins.

    folder: what is approved.
    """
    if on > today():
        raise InputError(f"{on} has not come yet", remedy="approve it when it is approved")
    last, version = life_of(job).last, site.read_facts(folder)["version"]
    before = {job.name: first_day(job.month)} if job.document.is_month else {}
    before |= {f"the report's version, {version}": dt.date.fromisoformat(version)} if version else {}
    if last:
        before[f"revision {last.manifest.revision}, {last.manifest.approved_on}"] = last.manifest.approved_on
    if late := next((name for name, day in before.items() if on < day), None):
        raise InputError(f"{on} is before {late}", remedy="give the day it was approved, as --on 2024-10-11")
    return on


def _to_approve(job: Job) -> Path:
    """The folder of the site that has the document's draft."""
    last, draft = life_of(job)
    if draft and (draft / site.FACTS).exists():
        return draft
    if last:
        said = f"{job.name} is approved already, on {last.manifest.approved_on} by {last.manifest.approved_by}"
        remedy = f'to change what it says, run {job.command_line} --revise "why"'
        raise InputError(said, file=last.folder, remedy=remedy)
    remedy = f"run {job.command_line}, and approve it when it is read"
    raise InputError(f"{job.name} is not on the site", file=job.out, remedy=remedy)


def _keep_draft(job: Job, folder: Path, by: str, on: dt.date) -> Approved:
    draft = refuse_edited(job, read_draft(job.folder.data, job.name), folder)
    with stamped(job, draft, folder, by, on) as final:
        known = draft.model_dump(exclude={"version", "document", "published", "tables"})
        return keep(job.folder.data, _manifest(known, final, by, on), final)


def _keep_old(job: Job, folder: Path, by: str, on: dt.date) -> Approved:
    """What an older version published with the stamp in it, as it stands."""
    facts = site.read_facts(folder)
    page = html.parse(folder / REPORT_PAGE).getroot()
    if facts["approved_on"] != on.isoformat() or by not in page.text_content():
        problem = f"the page says that it was approved on {facts['approved_on']}, or by someone else"
        raise InputError(problem, file=folder / REPORT_PAGE, remedy="give --by and --on as the page has them")
    refuse_private(job, folder)
    known = {"period": job.name, "reason": None, "rendered_at": None, "renderer": None, "sources": {}}
    known |= {"revision": facts.get("revision", 1), "workbook": facts.get("workbook", "")}
    return keep(job.folder.data, _manifest(known, folder, by, on), folder)


def _manifest(known: dict[str, object], folder: Path, by: str, on: dt.date) -> Manifest:
    approval = {"approved_by": by, "approved_on": on, "approved_at": dt.datetime.now(dt.UTC)}
    return Manifest(**known, **approval, published=sums_of(folder))


def _put_in_place(job: Job, gone: tuple[str, ...] = ()) -> None:
    kept = served(job.folder.data)
    given = job.build, job.front, job.settings, job.machine_paths, kept, gone
    site.publish(None, job.out, *given, site_gate(job.folder), job.folder)


def serve_approved(job: Job) -> Life | None:
    """What was approved of it, put back on the site where it is not there as it was; None where nothing was."""
    life = life_of(job)
    if life.last and differences_of_site(job, job.name):
        with site.only_publisher(job.build):
            _put_in_place(job)
    return life if life.last else None


def withdraw_revision(job: Job, progress: Callable[[str], None] = lambda step: None) -> str:
    """Takes the draft of a revision off the site; the name of its folder there. What was approved stays."""
    with only_run(job, progress):
        last, draft = life_of(job)
        if not (last and draft):
            problem = f"{job.name} has no draft of a revision on the site"
            raise InputError(problem, file=job.out, remedy="there is nothing to withdraw")
        with site.only_publisher(job.build):
            _put_in_place(job, (draft.name,))
        drop_draft(job.folder.data, job.name)
    return draft.name
