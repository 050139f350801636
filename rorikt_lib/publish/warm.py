"""Kernels forked from a process that has imported what chapters use: importing is most of what a chapter costs."""

import multiprocessing
import os
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

KERNEL = "rorikt_lib.publish.warm_kernel"


class Forked:
    """A process started by multiprocessing, with the part of Popen's interface that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        process.start()
        self.process, self.pid = process, process.pid
        self.kill, self.terminate = process.kill, process.terminate

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self.process.exitcode

    def wait(self) -> int | None:
        """The exit code, once it has ended."""
        self.process.join()
        return self.process.exitcode

    def send_signal(self, signum: int) -> None:
        """The signal goes to the process alone: its group is that of who builds the report."""
        os.kill(self.pid, signum)


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel where jupyter_client's own starts an interpreter. Only for systems that fork safely: Linux."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Where the kernel listens. cmd: the kernel's command line, of which the options count."""
        options = cmd[cmd.index("ipykernel_launcher") + 1 :]
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([KERNEL])
        self.process = Forked(context.Process(target=_run, args=(options, kwargs["env"], kwargs.get("cwd"))))
        self.pid = self.process.pid
        return self.connection_info


def _run(options: list[str], env: dict[str, str], cwd: str | None) -> None:
    from rorikt_lib.publish.warm_kernel import run

    run(options, env, cwd)
