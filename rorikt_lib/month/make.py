"""A month made, or found as it was made: what every command that makes reports calls. Imports little until it must."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from rorikt_lib.config.order import REPORT_PAGE
from rorikt_lib.errors import ChangedMeanwhile, InputError
from rorikt_lib.month.stamp import Request, Stamp, as_it_was, is_shared_as_it_was, keep_stamp
from rorikt_lib.terms.documents import monthly

if TYPE_CHECKING:
    from rorikt_lib.month.report import Reported
    from rorikt_lib.publish.job import Job

Tell = Callable[[str], None]
# How often a report is begun whose inputs change while it is made, and after how many seconds: of what is being copied
# there is more by then.
_TRIES, _PAUSE = 3, 2.0


class How(StrEnum):
    """What came of it."""

    MADE = "made"
    UNCHANGED = "unchanged"
    APPROVED = "approved"


@dataclass(frozen=True)
class Made:
    """A month that stands on the site. month: of another document, its name.

    told: its last line, of what was made and where. reported: where it was made.

    begun_anew: whether an earlier try was given up, of which others that are made at the same time may have read.
    """

    month: str
    how: How
    page: Path
    told: str
    reported: Reported | None = None
    begun_anew: bool = False


def make_month(
    request: Request,
    month: str | None,
    progress: Tell = lambda step: None,
    tell: Tell = lambda line: None,
    *,
    revise: str | None = None,
    fresh: bool = False,
    recorded: Callable[[], None] = lambda: None,
    at_a_time: int | None = None,
    others_follow: bool = False,
) -> Made:
    """The report of a month (the newest by default), on the site; InputError where it is refused.

    What has not changed since it was made is left as it is; what was approved is served as it was approved, unless
    revise says why it is made anew. fresh: nothing is taken from an earlier run. progress: told what is being done.
    tell: told a line of what its reader should know. recorded: called once what the month says is kept, so that the
    next one may begin. at_a_time: how many chapters or pages are made side by side. others_follow: what tells of all
    months is left to `tell_of_all`. Where what it is made of is changed meanwhile, it is begun anew.
    """
    how = {"revise": revise, "fresh": fresh, "recorded": recorded, "at_a_time": at_a_time}
    how |= {"others_follow": others_follow}

    def make(asked: Request, of: str) -> Made:
        return _make(asked, month, of, progress, tell, **how)

    return begun_anew_until_whole(request, make, lambda asked: _made_from(asked, month), progress)


def begun_anew_until_whole(
    request: Request, make: Callable[[Request, str], Made], made_from: Callable[[Request], str], progress: Tell
) -> Made:
    """What `make` makes of inputs that nobody changes meanwhile; where they are, it is begun anew, a few times.

    made_from: a checksum of what it is made from, which `make` is given as it was before.
    """
    tries = _TRIES
    while True:
        tries -= 1
        # A request of its own, which knows nothing of what the inputs were; and those, before anything is read.
        asked = replace(request)
        of = made_from(asked)
        try:
            return replace(make(asked, of), begun_anew=tries < _TRIES - 1)
        except InputError as error:
            # Half of the old and half of the new may contradict each other in any way.
            is_changed = isinstance(error, ChangedMeanwhile) or made_from(replace(request)) != of
            if not is_changed:
                raise
            if not tries:
                told = f"what it is made of changes all the time, and at last: {error.without_quotes}"
                changing = ChangedMeanwhile(told, remedy="run it again when nothing is copied any more")
                changing.is_of_export = error.is_of_export
                raise changing from error
            progress("what it is made of has changed meanwhile: beginning anew")
            sleep(_PAUSE)


def _made_from(request: Request, month: str | None) -> str:
    """A checksum of all that a month is made from; of the newest, of all but its texts and what earlier ones keep."""
    return request.of_month(month) if month else request.of_all


def _make(
    request: Request,
    month: str | None,
    of: str,
    progress: Tell,
    tell: Tell,
    *,
    revise: str | None,
    fresh: bool,
    recorded: Callable[[], None],
    at_a_time: int | None,
    others_follow: bool,
) -> Made:
    if not fresh and revise is None and (stamp := as_it_was(request, month)):
        recorded()
        return unchanged(request, stamp, tell)

    progress("starting")
    # First: it settles how many threads what is imported after it has.
    from rorikt_lib.publish.zygote import begin_zygote  # isort: skip
    from rorikt_lib.month.clean import clean_exports, told_of
    from rorikt_lib.month.report import report_month
    from rorikt_lib.publish.job import job_of, only_run
    from rorikt_lib.publish.kept_chapters import CHAPTERS, files_opened
    from rorikt_lib.workbook import newest_month

    given = request.folder, request.out, request.renderer, request.parameters, at_a_time
    job = job_of(month, *given, others_follow=others_follow)

    def approved() -> Made | None:
        if made := stands_approved(job, revise, tell, progress):
            recorded()
            if not others_follow:
                tell_of_all(request)
        return made

    if month and (made := approved()):
        return made
    # Before anything that has threads.
    begin_zygote(is_first=fresh or job.is_first)

    def cleans(file: str) -> None:
        progress(f"cleaning {file}")

    if tables := clean_exports(request.folder, cleans, only_if_changed=True, fresh=fresh):
        tell(told_of(tables, request.folder))
    job = job if month else replace(job, document=monthly(newest_month(request.folder)))
    if not month and (made := approved()):
        return made
    of = of if month else request.of_month(job.month)
    with only_run(job, progress):
        # Another run may have made it while this one waited.
        if not fresh and revise is None and (stamp := as_it_was(request, job.month)):
            recorded()
            return unchanged(request, stamp, tell)
        if fresh:
            forget(job)
        reported = report_month(job, progress, strict=request.strict, revise=revise, recorded=recorded)
        lasting, once = what_to_say(job, reported)
        if revise is None:
            files = files_opened(job.kept / CHAPTERS, job.notebooks)
            keep_stamp(request, job.document, of, lasting, files, is_newest=month is None)
    for line in (*lasting, *once):
        tell(line)
    return Made(job.month, How.MADE, reported.built.page, rendered(job, reported), reported)


def tell_of_all(request: Request) -> None:
    """The site's front page and whatever else tells of all its documents, where that is not what was published last."""
    if request.out.exists() and not is_shared_as_it_was(request):
        from rorikt_lib.publish.build import publish_shared
        from rorikt_lib.publish.job import job_of

        publish_shared(job_of(None, request.folder, request.out, request.renderer, request.parameters))


def unchanged(request: Request, stamp: Stamp, tell: Tell) -> Made:
    """The document as it stands; what was said of it when it was made is said again."""
    for line in stamp.said:
        tell(line)
    month, page = stamp.month, request.out / stamp.month / REPORT_PAGE
    told = f"{month} is as it was made, and so is all it is made of: {page}. To make it all the same: --fresh."
    return Made(month, How.UNCHANGED, page, told)


def rendered(job: Job, reported: Reported) -> str:
    """The last line of a document that was made: what, and where it is."""
    built = reported.built
    # The page of a document without data leads to no figures: there are none.
    of_figures = (built.excel, built.figures) if job.has_data else ()
    files = ", ".join(map(str, (built.page, built.pdf, *of_figures)))
    return f"Rendered {job.name} with the {job.renderer} renderer: {files}."


def forget(job: Job) -> None:
    """Removes all that this run could take from an earlier one."""
    from rorikt_lib.publish.privacy.passed import NAME as LOOKED_THROUGH
    from rorikt_lib.store.memory import MEMORY

    for folder in (job.kept, job.folder.data / MEMORY / job.month):
        shutil.rmtree(folder, ignore_errors=True)
    (job.build / LOOKED_THROUGH).unlink(missing_ok=True)


def stands_approved(job: Job, revise: str | None, tell: Tell, progress: Tell) -> Made | None:
    """What was approved of a document and is not to be revised, on the site as it was; None where it is to be made."""
    from rorikt_lib.month.approval import serve_approved
    from rorikt_lib.month.life import refuse_approved

    if revise is not None:
        refuse_approved(job, revise)
        return None
    progress(f"looking whether {job.name} is approved")
    life = serve_approved(job)
    if life is None:
        return None
    said, page = life.last.manifest, job.out / job.name / REPORT_PAGE
    if life.draft:
        tell(f"There is a draft of its next revision: {life.draft / REPORT_PAGE}")
    told = (
        f"{job.name} was approved on {said.approved_on} by {said.approved_by} (revision {said.revision}), and is not "
        f'rendered again: {page}. To change what it says: --revise "why".'
    )
    return Made(job.name, How.APPROVED, page, told)


def what_to_say(job: Job, reported: Reported) -> tuple[list[str], list[str]]:
    """What those who read or send the report should know, a line each: what it lacks; and what has just been done."""
    from rorikt_lib.month.remarks import known_before, of_log

    log, built = reported.log, reported.built
    said = [job.notice] if job.notice else []
    is_month = job.document.is_month
    known = known_before(job.month, job.folder, reported.lacking) if is_month else []
    said += [f"Warning: {remark.text}" for remark in known]
    done = [f"Warning: {remark.text}" for remark in of_log(log)]
    for note in [] if reported.notes is None else reported.notes.itertuples():
        said.append(f"hendelser.yml: no such case by the cut-off: {note.date:%Y-%m-%d}, {note.municipality}")
    if built.missing:
        said.append(f"Left out, not written: {', '.join(built.missing)}")
    if is_month and (reported.lists or "devices" not in reported.lacking):
        said.append(f"PCs to follow up, by serial number and not published: {reported.lists or 'none this month'}")
    kept = {"forecasts": log and log.log, "the months' figures": reported.snapshot}
    if told := ", ".join(f"{what} in {file}" for what, file in kept.items() if file):
        done.append(f"Kept: {told}")
    return said, done
