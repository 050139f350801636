"""Several months of one workbook: those that are missing or changed are made, side by side.

A month begins when what the one before it says is kept, since it may tell of that; the rest of both goes side by side.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from rorikt_lib.errors import InputError, of_disk
from rorikt_lib.month.make import How, make_month, tell_of_all
from rorikt_lib.month.stamp import Request, as_it_was, has_stamp, is_made_of_the_same
from rorikt_lib.store.lines import heard, tell

# What is being done: how many months are done, and a few words of each that is being made.
Progress = Callable[[int, str], None]
_STEP, _RECORDED, _ENDED = "step", "recorded", "ended"
# What is said of a month that no process has begun.
_WAITS = "begins"
# How often a month is begun of which those before it become others.
_MOST_OFTEN = 3
# What renders pages keeps what it has seen, and each month more.
_MONTHS_A_PROCESS = 6


@dataclass(frozen=True)
class Outcome:
    """What came of a month. how: None where it could not be made. told: what was made and where, or what was wrong.

    said: what its reader should know, a line each. begun_anew: see make.Made.
    """

    month: str
    how: How | None
    told: str
    said: tuple[str, ...] = ()
    begun_anew: bool = False


def make_months(
    request: Request,
    months: Iterable[str],
    workers: int | None = None,
    progress: Progress = lambda done, doing: None,
    *,
    fresh: bool = False,
) -> list[Outcome]:
    """The months' reports, by month. workers: how many months are made at a time, by default one a processor.

    Last, where what tells of all months is refused, an outcome of no month that says why.
    """
    months = sorted(set(months))
    refused = _tell_of_all(request)
    standing = {} if fresh else {month: as_it_was(request, month) for month in months}
    outcomes = {month: Outcome(month, How.UNCHANGED, "as it was made") for month in months if standing.get(month)}
    told = partial(_told, progress, len(months))
    waiting = [month for month in months if month not in outcomes]
    begun = Counter()
    while waiting:
        begun.update(waiting)
        try:
            # What this process has seen of the inputs is not what the others are to see.
            made = _side_by_side(replace(request), waiting, workers or os.cpu_count() or 1, told, fresh)
        finally:
            # Also where it is ended in between: what was made is told of.
            progress(len(months), "what tells of all months")
            refused = _tell_of_all(request)
        outcomes |= made or {month: _lost(month) for month in waiting}
        has_failed = any(one.how is None or one.begun_anew for one in made.values())
        now = replace(request)
        waiting = [
            month
            for month in months
            if month not in outcomes
            or (begun[month] < _MOST_OFTEN and _is_of_what_is_gone(now, outcomes[month], has_failed))
        ]
        fresh = False
    return [outcomes[month] for month in months] + refused


def _tell_of_all(request: Request) -> list[Outcome]:
    """What came of the pages that tell of all months, where they are refused."""
    try:
        tell_of_all(request)
    except InputError as error:
        return [Outcome("", None, str(error))]
    return []


def _is_of_what_is_gone(request: Request, outcome: Outcome, has_failed: bool) -> bool:
    """Whether a month tells of what an earlier one has said, which says something else now.

    has_failed: whether that may be even of one of which nobody noted what it is made of.
    """
    if outcome.how not in (How.MADE, How.UNCHANGED) or not (has_failed or has_stamp(request, outcome.month)):
        return False
    return not is_made_of_the_same(request, outcome.month)


def _lost(month: str) -> Outcome:
    return Outcome(month, None, "the process that made it was ended from outside. Remedy: run it again")


def _told(progress: Progress, months: int, left: int, doing: dict[str, str]) -> None:
    progress(months - left, " · ".join(f"{month}: {step}" for month, step in sorted(doing.items())))


def _side_by_side(
    request: Request, months: list[str], workers: int, told: Callable[[int, dict[str, str]], None], fresh: bool
) -> dict[str, Outcome]:
    processes, events = multiprocessing.get_context("spawn"), SimpleQueue()
    running, doing, outcomes, waiting = {}, {}, {}, deque(months)
    is_kept = True  # what the month that was begun last says
    with (
        heard(events.put) as line,
        ProcessPoolExecutor(
            min(workers, len(waiting)), processes, _begin, (line,), max_tasks_per_child=_MONTHS_A_PROCESS
        ) as pool,
    ):
        try:
            while waiting or running:
                while waiting and is_kept and len(running) < workers:
                    last = waiting.popleft()
                    running[last] = _submitted(pool, events, request, last, fresh)
                    doing[last], is_kept = _WAITS, False
                told(len(waiting) + len(running), doing)
                month, what, step = events.get()
                if what == _STEP and month in running:
                    doing[month] = step
                elif what == _ENDED:
                    was_begun = doing.pop(month) != _WAITS
                    try:
                        outcomes[month] = running.pop(month).result()
                    except BrokenProcessPool:
                        # Those that another month's end took along are made in other processes.
                        outcomes |= {month: _lost(month)} if was_begun else {}
                is_kept |= month == last and what in (_RECORDED, _ENDED)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return outcomes


def _submitted(
    pool: ProcessPoolExecutor, events: SimpleQueue, request: Request, month: str, fresh: bool
) -> Future[Outcome]:
    try:
        future = pool.submit(one_month, request, month, fresh=fresh, at_a_time=1, others_follow=True)
    except BrokenProcessPool as error:
        future = Future()
        future.set_exception(error)
    future.add_done_callback(lambda _: events.put((month, _ENDED, "")))
    return future


_lines: list[Connection] = []


def _begin(line: Connection) -> None:
    _lines.append(line)


def one_month(request: Request, month: str | None, **how: Any) -> Outcome:
    """A month made in this process, and what came of it; what is wrong is told, never raised. how: see make_month."""

    def happens(what: str, step: str = "") -> None:
        for line in _lines:
            tell(line, month, what, step)

    said: list[str] = []
    step, recorded = partial(happens, _STEP), partial(happens, _RECORDED)
    try:
        made = make_month(request, month, step, said.append, recorded=recorded, **how)
    except Exception as error:  # the other months are made all the same
        known = of_disk(error) if isinstance(error, OSError) else error
        told = str(known) if isinstance(known, InputError) else f"{type(error).__name__}: {error}"
        return Outcome(month or "the newest month", None, told, tuple(said))
    return Outcome(made.month, made.how, made.told, tuple(said), made.begun_anew)


def summary(outcomes: Iterable[Outcome]) -> str:
    """How many months were made, were as they were, and could not be made."""
    hows = [outcome.how for outcome in outcomes if outcome.month]
    names = {How.MADE: "made", How.UNCHANGED: "as they were", How.APPROVED: "approved", None: "failed"}
    counts = {name: hows.count(how) for how, name in names.items()}
    months = "month" if len(hows) == 1 else "months"
    return f"{len(hows)} {months}: " + ", ".join(f"{count} {name}" for name, count in counts.items() if count)
