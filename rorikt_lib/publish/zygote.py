"""A process forked from this one that forks kernels: what chapters use is imported once for both."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

import rorikt_lib.publish.one_thread  # noqa: F401
from rorikt_lib.alone import alone
from rorikt_lib.store.checksums import LIBRARY

# What makes reports, and no chapter: one that imports it all the same is to be seen importing it.
_OF_REPORTS = ("cli", "commands", "month", "publish", "sources", "terminal")
_START, _POLL = "start", "poll"
# Of prctl: the signal that a process gets when the one that forked it ends.
_SIGNAL_OF_PARENTS_END = 1


class Zygote:
    """Forks kernels, one after the other, until the process that it was forked from ends."""

    def __init__(self, line: Connection) -> None:
        self._line, self._lock, self._owner = line, Lock(), os.getpid()

    @property
    def is_ours(self) -> bool:
        """Whether it was forked from this process, rather than from one that this was forked from."""
        return self._owner == os.getpid()

    def start(self, options: list[str], env: dict[str, str], cwd: str | None) -> int | None:
        """The process that is the kernel now; None where the zygote is no more."""
        return self._asked(_START, options, env, cwd)

    def poll(self, kernel: int) -> int | None:
        """The exit code of a kernel; None while it runs. All end with their zygote."""
        code = self._asked(_POLL, kernel)
        return -signal.SIGKILL if code is None and self._line.closed else code

    def _asked(self, what: str, *given: Any) -> Any:
        with self._lock:
            try:
                self._line.send((what, *given))
                return self._line.recv()
            except (EOFError, OSError):
                self._line.close()
                return None


_zygotes: list[Zygote] = []


def zygote() -> Zygote | None:
    """This process's, if it has one."""
    return next((one for one in _zygotes if one.is_ours), None)


def begin_zygote(is_first: bool = False) -> None:
    """Forks one, where there is none yet, and this process has one thread and runs on Linux.

    It shares what has been imported here; what else chapters use it imports when the first kernel is asked for.
    is_first: nothing is kept of what is made, so that its costs are shared here and its charts drawn there.
    """
    if sys.platform != "linux" or zygote():
        return
    if is_first:
        # Who makes the month and its chapters both use these, which take long to import.
        import holidays.countries  # noqa: F401
        import scipy.optimize  # noqa: F401

        import rorikt_lib.publish.run_chapter  # noqa: F401
    with alone() as is_alone:
        if is_alone:
            _zygotes[:] = [_forked()]


def _forked() -> Zygote:
    ours, theirs = Pipe()
    # What there is stays: neither process looks through it again, and so neither copies the memory it is in.
    gc.freeze()
    # Who interrupts the command interrupts it alone.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    if os.fork() == 0:
        with suppress(BaseException):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            ours.close()
            _serve(theirs)
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    theirs.close()
    return Zygote(ours)


def _serve(line: Connection) -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    run = None
    while True:
        what, *given = line.recv()
        run = run or _ready()
        line.send(_start(partial(run, *given), line) if what == _START else _poll(*given))


def _ready() -> Callable[..., None]:
    """What is the kernel, when all that it uses has been imported."""
    from rorikt_lib.publish.warm_kernel import get_ready, run

    for name in [name for name in sys.modules if name.startswith(LIBRARY.name) and _room(name) in _OF_REPORTS]:
        del sys.modules[name]
    get_ready()
    return run


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _start(run: Callable[[], None], line: Connection) -> int:
    if pid := os.fork():
        return pid
    code = 1
    with suppress(BaseException):
        ctypes.CDLL(None).prctl(_SIGNAL_OF_PARENTS_END, signal.SIGKILL)
        line.close()
        run()
        code = 0
    os._exit(code)


_ended: dict[int, int] = {}


def _poll(kernel: int) -> int | None:
    if kernel not in _ended:
        pid, status = os.waitpid(kernel, os.WNOHANG)
        if pid:
            _ended[kernel] = os.waitstatus_to_exitcode(status)
    return _ended.get(kernel)
