"""One run from its first line in the log to its last: whatever happens, it is logged, told and given an exit code."""

from __future__ import annotations

import time
import traceback
from pathlib import Path

from rorikt_lib.commands.run.notify import Teller, open_teller
from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import Busy, ChangedMeanwhile, InputError, Undelivered, of_disk
from rorikt_lib.month.make import How
from rorikt_lib.month.stamp import Request, is_told, note_told
from rorikt_lib.month.unattended import Asked, Ended, Run, check_period, duration_of, fail_made, run_month
from rorikt_lib.present.sentences import unattended as words
from rorikt_lib.publish.provenance import library_version
from rorikt_lib.store.folders import is_demo
from rorikt_lib.store.run_log import OnlyRun, RunLog
from rorikt_lib.terminal import console, done, progress
from rorikt_lib.terms.language import use

# How a run ended → its exit code and what it is called. 2 is that of any command that refuses its input.
CODES = {
    Ended.MADE: (0, "made"),
    Ended.UNCHANGED: (0, "as it was made, nothing to do"),
    Ended.APPROVED: (0, "approved already, nothing to do"),
    Ended.FAILED: (1, "failed"),
    Ended.REFUSED: (2, "refused"),
    Ended.WARNED: (3, "made with warnings"),
    Ended.MISSING: (4, "sources missing"),
    Ended.BUSY: (5, "another run is at work"),
}
FAILED = CODES[Ended.FAILED][0]
# Nobody is told of a run that had nothing to do: whoever approved the report has, and the other run will.
UNTOLD = (Ended.APPROVED, Ended.BUSY)
_LEVEL = dict.fromkeys([Ended.MADE, Ended.UNCHANGED, Ended.APPROVED], "info")
_LEVEL |= dict.fromkeys([Ended.WARNED, Ended.BUSY], "warning")


def attempt(
    folder: Folder, log: RunLog, period: str, wait: str, *, strict: bool, out: Path | None, renderer: str
) -> int:
    """The exit code. What nobody foresaw is raised again, when it is logged and told."""
    begun, run = time.monotonic(), Run()
    request = Request(folder, (out or folder.site).resolve(), renderer, {}, strict=False)
    log.write("start", version=library_version(), period=period, wait=wait, strict=strict)
    tellers: list[Teller] = []
    crash: BaseException | None = None
    try:
        with OnlyRun(folder.data):
            tellers += open_teller(folder)
            asked = Asked(check_period(period), duration_of(wait), strict)
            _run(request, asked, run, log)
    except (InputError, OSError) as error:
        run.error = of_disk(error) if isinstance(error, OSError) else error
        run.ended = _ended_by(error)
    except BaseException as error:
        run.ended, crash = Ended.FAILED, error
    try:
        if run.ended not in UNTOLD and not (_is_unchanged(run) and is_told(request, run.month)):
            _tell(tellers, request, run, crash, log, strict=strict)
    finally:
        code = _end(run, crash, log, time.monotonic() - begun)
    if crash:
        raise crash
    return code


def _run(request: Request, asked: Asked, run: Run, log: RunLog) -> None:
    with progress(f"Running {asked.period}") as show:

        def step(message: str) -> None:
            log.write("step", what=message)
            show(message)

        run_month(request, asked, run, log, step)


def _ended_by(error: InputError | OSError) -> Ended:
    """That a disk is full or a right is lacking, or that exports change all the time, is no fault of what they hold."""
    kinds = {Busy: Ended.BUSY, Undelivered: Ended.MISSING, ChangedMeanwhile: Ended.FAILED, InputError: Ended.REFUSED}
    return next((ended for kind, ended in kinds.items() if isinstance(error, kind)), Ended.FAILED)


def _is_unchanged(run: Run) -> bool:
    return bool(run.made) and run.made.how == How.UNCHANGED


def _tell(
    tellers: list[Teller], request: Request, run: Run, crash: BaseException | None, log: RunLog, *, strict: bool
) -> None:
    """Tells all who are to be told. One who cannot be told is a warning: what was made stays made."""
    if not tellers:
        return
    use(request.folder.settings.language)
    title, body = message(request.folder, request.out, run, _named(crash) if crash else None)
    failed = [teller.name for teller in tellers if not teller.tell(title, body)]
    log.write("notified", "warning" if failed else "info", told=len(tellers) - len(failed), failed=failed)
    if run.made and not failed:
        note_told(request, run.month)
    for name in failed:
        console.print(f"Warning: {name} could not be told", soft_wrap=True)
    if failed and run.made:
        run.ended = Ended.WARNED
        if strict:
            fail_made(run, len(failed))


def message(folder: Folder, site: Path, run: Run, crash: str | None) -> tuple[str, str]:
    """Title and text of a notification, in the report's language. crash: what kind of error nobody foresaw."""
    own, link = folder.settings.organisation, folder.settings.unattended.link
    page = run.made.page.resolve().relative_to(site).as_posix() if run.made else None
    said = crash or run.reason
    # Who has not been told of it yet is told as of a new one.
    ended = Ended.MADE if run.ended == Ended.UNCHANGED else run.ended
    title = words.title(own.report_title, run.month, ended, len(run.remarks))
    shown = run.lacks if run.ended == Ended.MISSING else run.remarks
    remarks = [remark.translated for remark in shown]
    address = f"{link.rstrip('/')}/{page}" if link and page else None
    return title, words.body(run.month, ended, remarks, said, address, is_demo(folder.data))


def _end(run: Run, crash: BaseException | None, log: RunLog, seconds: float) -> int:
    """Says how it ended, in the log and on standard error; the exit code."""
    code, name = CODES[run.ended]
    facts = {"ended": name, "code": code, "month": run.month, "seconds": round(seconds, 1)}
    facts |= {"warnings": len(run.remarks)} if run.made else {}
    facts |= {"reason": run.reason} if run.error else {}
    facts |= {"reason": _named(crash), "at": _place(crash)} if crash else {}
    log.write("end", _LEVEL.get(run.ended, "error"), **facts)
    log.close()
    for remark in run.remarks:
        console.print(f"Warning: {remark.text}", soft_wrap=True)
    if log.failed:
        console.print(f"Warning: the log lacks lines: {of_disk(log.failed)}", soft_wrap=True)
    if run.error:
        console.print(f"rorikt: {run.error}", soft_wrap=True)
    page = f" {run.made.page}." if run.made else ""
    done(f"{run.month or 'No month'}: {name} ({code}).{page} Log: {log.path}")
    return code


def _named(crash: BaseException) -> str:
    """What kind of error it is; a signal or the keyboard is none of the program's."""
    return "ended from outside" if isinstance(crash, KeyboardInterrupt) else type(crash).__name__


def _place(crash: BaseException) -> str | None:
    """Where in the code it was raised: its message may repeat what stands in an export."""
    frames = traceback.extract_tb(crash.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else None
