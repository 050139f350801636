"""Kernels forked from a process that has imported what chapters use: importing is most of what a chapter costs."""

import multiprocessing
import os
import sys
from functools import partial
from threading import Lock
from types import ModuleType, SimpleNamespace
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

_STARTING = Lock()


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel where jupyter_client's own starts an interpreter. Only for systems that fork safely: Linux."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Where the kernel listens. cmd: the kernel's command line, of which the options count."""
        options = cmd[cmd.index("ipykernel_launcher") + 1 :]
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["rorikt_lib.publish.warm_kernel"])
        process = context.Process(target=_run, args=(options, kwargs["env"], kwargs.get("cwd")))
        # A started process imports the main module: an unguarded script would build the report once more.
        with _STARTING:
            main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
            try:
                process.start()
            finally:
                sys.modules["__main__"] = main
        # The part of Popen's interface that is asked for. A signal goes to the kernel alone: its group is that of
        # whoever builds the report.
        self.process = SimpleNamespace(
            **dict.fromkeys(["stdin", "stdout", "stderr"]), kill=process.kill, terminate=process.terminate,
            send_signal=partial(os.kill, process.pid), poll=lambda: process.exitcode, wait=process.join,
        )  # fmt: skip
        self.pid = process.pid
        return self.connection_info


def _run(options: list[str], env: dict[str, str], cwd: str | None) -> None:
    from rorikt_lib.publish.warm_kernel import run

    run(options, env, cwd)
