"""What a warm kernel has imported before it starts. Imported by the process that forks kernels, and by no other."""

import os

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
    IPKernelApp.launch_instance(options)
