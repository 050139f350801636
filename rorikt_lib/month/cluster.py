"""Months of several workbooks on a Dask cluster: of this machine, or of many that see the same folders.

A workbook's months go one after the other, since each may tell of those before it; workbooks are free of each other. A
worker that is lost is replaced, and what it was at is done again by another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rorikt_lib.errors import InputError
from rorikt_lib.month.span import Outcome, one_month
from rorikt_lib.month.stamp import Request

if TYPE_CHECKING:
    from distributed import Client

# How often a task is tried again whose worker was lost.
_RETRIES = 3
_ANSWERS_WITHIN = "10s"


class Of(NamedTuple):
    """What came of a month of a workbook. root: its folder."""

    root: Path
    outcome: Outcome


def make_everywhere(
    requests: Sequence[Request],
    months: Sequence[str | None],
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int, str], None] = lambda done, doing: None,
    *,
    fresh: bool = False,
) -> list[Of]:
    """The reports of these months of each workbook, in that order; None: its newest month.

    workers: how many processes of this machine, by default one a processor. scheduler: the address of a cluster's
    scheduler instead, tcp://host:8786. InputError where there is none.
    """
    with _client(workers, scheduler) as client:
        from distributed import as_completed

        futures = {}
        for one in requests:
            before = None
            for month in months:
                # The month before is waited for, whatever came of it.
                before = client.submit(_after, before, one, month, fresh, pure=False, retries=_RETRIES)
                futures[before] = one.folder.root
        for done, (future, outcome) in enumerate(as_completed(futures, with_results=True), start=1):
            progress(done, f"{futures[future].name} {outcome.month}")
        return [Of(root, future.result()) for future, root in futures.items()]


def _after(before: Outcome | None, request: Request, month: str | None, fresh: bool) -> Outcome:
    return one_month(request, month, fresh=fresh, at_a_time=1)


@contextmanager
def _client(workers: int | None, scheduler: str | None) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("Dask is not installed", remedy="pip install 'rorikt[cluster]'") from None
    if scheduler:
        try:
            client = Client(scheduler, timeout=_ANSWERS_WITHIN)
        except OSError:
            raise InputError(f"no scheduler answers at {scheduler}", remedy="start it with: dask scheduler") from None
        with client:
            yield client
        return
    # A worker's chapters run in processes of their own, which a daemon may not have.
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit=0) as cluster,
        Client(cluster) as client,
    ):
        yield client
