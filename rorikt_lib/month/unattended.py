"""A month's run that nobody watches: see that the exports are there, make the draft, say how it ended."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from rorikt_lib.config.folder import SETTINGS, Folder
from rorikt_lib.errors import InputError, Undelivered, of_disk
from rorikt_lib.month.approval import today
from rorikt_lib.month.clean import clean_exports
from rorikt_lib.month.coverage import refuse_missing
from rorikt_lib.month.freshness import Age, State, ages, refuse_old
from rorikt_lib.month.make import How, Made, make_month
from rorikt_lib.month.remarks import Remark, found_after, known_before, of_ages, what_is_missing
from rorikt_lib.month.stamp import Request
from rorikt_lib.publish.job import job_of
from rorikt_lib.report.breaches import notes_without_case
from rorikt_lib.store.approved import read_approved
from rorikt_lib.store.folders import raw_files
from rorikt_lib.store.run_log import RunLog
from rorikt_lib.terms.period import check_month, shift
from rorikt_lib.workbook import Workbook, if_there, month_as_it_is, newest_month, refuse_unreached

LAST_MONTH, NEWEST = "last-month", "newest"
# How often it is looked whether exports have come.
POLL = dt.timedelta(seconds=60)
# How a run ends. WARNED: made with warnings, or as it was made with such. UNCHANGED, APPROVED: nothing was to be done.
Ended = StrEnum("Ended", "MADE UNCHANGED WARNED APPROVED MISSING REFUSED FAILED BUSY")
_DURATION = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_WITHOUT = "mend what the warnings name, or run without --strict"
# What goes on in time, to be replaced where time must not pass.
now, sleep = time.monotonic, time.sleep


@dataclass(frozen=True)
class Asked:
    """What a run is to do. period: see `month_of`. wait: how long for exports that are late or missing."""

    period: str
    wait: dt.timedelta = dt.timedelta()
    strict: bool = False


@dataclass
class Run:
    """How far a run has come. month: None where it is not known yet. made: None where no draft stands.

    lacks: the sources that are not as they should be, which tell why no draft could be made. error: what stopped it.
    """

    ended: Ended = Ended.FAILED
    month: str | None = None
    remarks: list[Remark] = field(default_factory=list)
    lacks: list[Remark] = field(default_factory=list)
    made: Made | None = None
    error: InputError | None = None

    @property
    def reason(self) -> str | None:
        """What is in the way, see `told_of`."""
        return told_of(self.error) if self.error else None


def told_of(error: InputError) -> str:
    """What is in the way, for the log and for others: without what may be a person's, or this machine's."""
    if error.is_of_export:
        return ": ".join(filter(None, [error.file_and_line, "an export cannot be used, see rorikt check"]))
    return error.without_quotes


def duration_of(text: str) -> dt.timedelta:
    """`90s`, `30m`, `12h` or `3d`; InputError for anything else."""
    if not (found := _DURATION.fullmatch(text)):
        raise InputError(f"'{text}' is not a duration", remedy="write a number and s, m, h or d, as 30m, 12h or 3d")
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})


def check_period(text: str) -> str:
    """The period of a run unchanged, or InputError where it is none."""
    if text in (LAST_MONTH, NEWEST):
        return text
    try:
        return check_month(text)
    except InputError as error:
        raise error.or_else(f"{LAST_MONTH} or {NEWEST}") from None


def run_month(request: Request, asked: Asked, run: Run, log: RunLog, progress: Callable[[str], None]) -> None:
    """The draft of the asked month, unless it is approved; `run` tells how far it came, whatever is raised.

    Undelivered where exports are missing, InputError where the report is refused.
    """
    folder = request.folder
    renderer = job_of(None, folder, request.out, request.renderer).renderer
    if asked.period != NEWEST:
        run.month = shift(f"{today():%Y-%m}", -1) if asked.period == LAST_MONTH else asked.period
        if _is_approved(folder, run.month):
            run.ended = Ended.APPROVED
            return
    _await_exports(folder, asked, run, log, progress)
    if _is_approved(folder, run.month):
        run.ended = Ended.APPROVED
        return
    book = month_as_it_is(run.month, folder)
    run.remarks = _warn([*of_ages(ages(book)), *known_before(run.month, folder, book.lacking)], log)
    if asked.strict:
        _refuse_remarks(run.remarks)
    log.write("making", renderer=renderer)
    run.made = make_month(request, run.month, progress)
    if run.made.how == How.APPROVED:
        run.ended = Ended.APPROVED
    else:
        _made(run, book, asked, log)


def _is_approved(folder: Folder, month: str) -> bool:
    return bool(read_approved(folder.data, month))


def _made(run: Run, book: Workbook, asked: Asked, log: RunLog) -> None:
    """What stands now, made or as it was made."""
    reported, page = run.made.reported, f"{run.month}/{run.made.page.name}"
    if reported:
        log.write("made", page=page, left_out=list(reported.built.missing))
    else:
        log.write("unchanged", page=page)
    notes = reported.notes if reported else if_there(notes_without_case, book)
    more = _warn(found_after(reported and reported.log, notes), log)
    run.remarks += more
    run.ended = Ended.WARNED if run.remarks else Ended.MADE if reported else Ended.UNCHANGED
    if more and asked.strict:
        fail_made(run, len(more))


def _warn(remarks: list[Remark], log: RunLog) -> list[Remark]:
    for remark in remarks:
        log.write("warning", "warning", what=remark.kind, **remark.given)
    return remarks


def fail_made(run: Run, warnings: int) -> None:
    """Warnings that only show when the draft is made are errors with --strict; the draft stands."""
    run.ended = Ended.FAILED
    run.error = InputError(f"the draft is made, but {_warnings(warnings)}", remedy=_WITHOUT)


def _refuse_remarks(remarks: list[Remark]) -> None:
    """What would be a warning is an error; that exports are late or lacking is told as such."""
    if not remarks:
        return
    refusal = Undelivered if {one.kind for one in remarks} & {"late", "no_exports"} else InputError
    raise refusal(_warnings(len(remarks)), remedy=_WITHOUT)


def _warnings(number: int) -> str:
    return f"{number} {'warning is an error' if number == 1 else 'warnings are errors'} with --strict"


def _await_exports(folder: Folder, asked: Asked, run: Run, log: RunLog, progress: Callable[[str], None]) -> None:
    """Comes back when no source is late, or when the time for waiting is over and nothing is in the way.

    InputError or OSError where something still is.
    """
    until = now() + asked.wait.total_seconds()
    while True:
        lie, trouble = _as_they_lie(folder), None
        try:
            found = _look(folder, asked, run, log, progress)
            waited_for = [str(age) for age in found if age.state != State.FRESH]
        except (InputError, OSError) as error:
            trouble, waited_for = error, [told_of(of_disk(error) if isinstance(error, OSError) else error)]
        patience = _patience(trouble, until)
        if waited_for and now() < patience:
            log.write("waiting", waited_for=waited_for)
            progress(f"waiting for {'; '.join(waited_for)}")
        if not waited_for or not _change(folder, lie, patience):
            if trouble:
                raise trouble
            return


def _patience(trouble: InputError | OSError | None, until: float) -> float:
    """How long it is waited that exports change. What cannot be read may be half copied, and then is whole soon."""
    if trouble is None or isinstance(trouble, OSError | Undelivered):
        return until
    return min(until, now() + POLL.total_seconds()) if trouble.is_of_export else now()


def _change(folder: Folder, lie: object, patience: float) -> bool:
    """Whether exports or settings become others than they were, while there is patience."""
    while (is_same := _as_they_lie(folder) == lie) and now() < patience:
        sleep(min(POLL.total_seconds(), patience - now()))
    return not is_same


def _look(folder: Folder, asked: Asked, run: Run, log: RunLog, progress: Callable[[str], None]) -> list[Age]:
    """How new each source is; Undelivered where the month cannot be made of what there is."""
    run.lacks = []
    clean_exports(folder, progress, only_if_changed=True)
    run.month = newest_month(folder) if asked.period == NEWEST else run.month
    book = month_as_it_is(run.month, folder)
    found = ages(book)
    run.lacks = what_is_missing(found)
    refuse_unreached(book)
    refuse_missing(book)
    for age in found:
        log.write("source", source=age.source, state=age.state, newest=age.newest, expected=age.expected)
    refuse_old(found, book)
    return found


def _as_they_lie(folder: Folder) -> list[tuple[str, int, int]] | None:
    """Name, size and time of each export and of the settings: whether any has changed, without reading them.

    None where they cannot be looked at, as while one is being replaced.
    """
    try:
        paths = [*raw_files(folder.data / "raw"), folder.root / SETTINGS]
        files = ((path, path.stat()) for path in paths)
        return [(str(path), of.st_size, of.st_mtime_ns) for path, of in files]
    except (InputError, OSError):
        return None
