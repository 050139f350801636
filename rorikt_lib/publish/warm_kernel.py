"""What a warm kernel has imported before it starts. Imported by the process that forks kernels, and by no other."""

import multiprocessing
import os
from threading import Thread

# A kernel's sums are small: threads of its own would only be in the way of the chapter beside it. Read at import.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import matplotlib.pyplot  # noqa: F401
import matplotlib_inline.backend_inline  # noqa: F401
from ipykernel.kernelapp import IPKernelApp

import rorikt_lib.report.figures
import rorikt_lib.report.show  # noqa: F401


def run(options: list[str], env: dict[str, str], cwd: str | None) -> None:
    """Is the kernel, until it is asked to stop. env: its whole environment."""
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=str(os.getppid()))
    if cwd:
        os.chdir(cwd)
    Thread(target=_end_with_who_builds, daemon=True).start()
    IPKernelApp.launch_instance(options)


def _end_with_who_builds() -> None:
    """A kernel whose builder was killed would wait for it for ever, and with it whoever reads the builder's output."""
    builder = multiprocessing.parent_process()
    if builder:
        builder.join()
        os._exit(1)
