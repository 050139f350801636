"""Kernels forked from a process that has imported what chapters use: importing is most of what a chapter costs.

That is this process's zygote, where it has one. It may have had threads from the start, as who works for a scheduler
has: then it is a server that imports for itself.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from threading import Lock
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from rorikt_lib.publish.zygote import zygote

_STARTING = Lock()


class _Forked(NamedTuple):
    """A kernel. poll: its exit code, None while it runs. wait: until it has one."""

    pid: int
    poll: Callable[[], int | None]
    wait: Callable[[], object]


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel where jupyter_client's own starts an interpreter. Only for systems that fork safely: Linux."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Where the kernel listens. cmd: the kernel's command line, of which the options count."""
        given = cmd[cmd.index("ipykernel_launcher") + 1 :], kwargs["env"], kwargs.get("cwd")
        forked = _of_zygote(*given) or _of_server(*given)
        # The part of Popen's interface that is asked for. A signal goes to the kernel alone: its group is that of
        # whoever builds the report.
        send = partial(os.kill, forked.pid)
        self.process = SimpleNamespace(
            **dict.fromkeys(["stdin", "stdout", "stderr"]), **forked._asdict(), send_signal=send,
            kill=partial(send, signal.SIGKILL), terminate=partial(send, signal.SIGTERM),
        )  # fmt: skip
        self.pid = forked.pid
        return self.connection_info


def _of_zygote(*given: Any) -> _Forked | None:
    own = zygote()
    pid = own.start(*given) if own else None
    # Whoever waits for it has polled until it had ended.
    return _Forked(pid, poll := partial(own.poll, pid), poll) if own and pid else None


def _of_server(*given: Any) -> _Forked:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["rorikt_lib.publish.warm_server"])
    process = context.Process(target=_run, args=given)
    # A started process imports the main module: an unguarded script would build the report once more.
    with _STARTING:
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = main
    return _Forked(process.pid or 0, lambda: process.exitcode, process.join)


def _run(options: list[str], env: dict[str, str], cwd: str | None) -> None:
    from rorikt_lib.publish.warm_kernel import run

    run(options, env, cwd)
