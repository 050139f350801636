"""How one chapter runs: papermill, and a kernel of this interpreter. Takes long to import: see execute."""

import logging
import multiprocessing
import queue
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from rorikt_lib.errors import ChangedMeanwhile, InputError
from rorikt_lib.publish.outputs import source_cells
from rorikt_lib.publish.warm import WarmProvisioner
from rorikt_lib.store import traces

logging.getLogger("papermill").setLevel(logging.ERROR)
CELL_SECONDS = 300
# What nbclient says of it.
_DIED_AT_START = "Kernel died before replying to kernel_info"
# The kernel's own log is of no use to who builds a report: what fails in a cell is reported with the cell. Nor is what
# was typed. What a chapter reads is noted from its first cell on.
_TRACES = f"--InteractiveShellApp.exec_lines=__import__('{traces.__name__}', fromlist=['begin']).begin()"
_OPTIONS_OF_KERNEL = ["--log-level=CRITICAL", "--HistoryManager.enabled=False", _TRACES]
_SPEC = KernelSpec(
    argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *_OPTIONS_OF_KERNEL],
    display_name="Python 3",
    language="python",
    # The debugger's remark about frozen modules would end up as output of the first cell. Chapters run side by side:
    # with threads of their own for small sums they take several times as long.
    env={"PYDEVD_DISABLE_FILE_VALIDATION": "1", "OPENBLAS_NUM_THREADS": "1"},
)


class ThisInterpreter(AsyncKernelManager):
    """Starts the kernel in the interpreter that runs, whatever a kernel called python3 elsewhere points at."""

    # Where the kernel notes what it reads.
    trace: Path

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # A daemon may have no processes that are forked for it.
        if sys.platform == "linux" and not multiprocessing.current_process().daemon:
            self.provisioner = WarmProvisioner(kernel_spec=self.kernel_spec, parent=self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is."""
        spec = KernelSpec(**_SPEC.to_dict())
        spec.env = _SPEC.env | {traces.ASKED_FOR: str(self.trace)}
        return spec


_OPTIONS = {
    "kernel_name": "python3", "language": "python",
    "progress_bar": False, "execution_timeout": CELL_SECONDS,
    # Written once, when it has run: writing it anew at each cell took longer than the cells.
    "request_save_on_cell_execute": False,
    # A chapter leaves nothing behind that its kernel would have to put in order.
    "shutdown_kernel": "immediate",
}  # fmt: skip


def run_chapter(chapter: Path, executed: Path, parameters: Mapping[str, Any], trace: Path) -> None:
    """Runs a chapter, and writes it with its outputs. InputError with the cell that fails.

    trace: where the kernel notes what it reads.
    """
    trace.unlink(missing_ok=True)
    kernel = type(ThisInterpreter.__name__, (ThisInterpreter,), {"trace": trace})
    try:
        _execute(chapter, executed, parameters, kernel)
    except papermill.PapermillExecutionError as error:
        raise _failure(chapter, executed, error) from None
    except (CellTimeoutError, DeadKernelError, RuntimeError, queue.Empty) as error:
        # The last two: a kernel that does not answer when it is started, or while it runs.
        reason = (str(error).strip().splitlines() or ["the kernel does not answer"])[0]
        raise InputError(reason, file=chapter, remedy="run the notebook in JupyterLab and mend it") from None


def _execute(
    chapter: Path, executed: Path, parameters: Mapping[str, Any], kernel: type[ThisInterpreter], tries: int = 3
) -> None:
    try:
        papermill.execute_notebook(chapter, executed, dict(parameters), kernel_manager_class=kernel, **_OPTIONS)
    except RuntimeError as error:
        # Between the choice of a kernel's ports and its start another program may have taken one. No cell has run then.
        if tries == 1 or _DIED_AT_START not in str(error):
            raise
        _execute(chapter, executed, parameters, kernel, tries - 1)


def _failure(chapter: Path, executed: Path, error: papermill.PapermillExecutionError) -> InputError:
    failed = (
        n for n, cell in source_cells(executed) if any(o["output_type"] == "error" for o in cell.get("outputs", []))
    )
    where = f"{chapter}, cell {next(failed)}"
    reason = (error.evalue.strip().splitlines() or ["no message"])[-1]
    remedy = "run the notebook in JupyterLab and mend the cell"
    kind = {kind.__name__: kind for kind in (InputError, ChangedMeanwhile)}.get(error.ename)
    if not kind:
        return InputError(f"{error.ename}: {reason}", file=where, remedy=remedy)
    problem, _, own_remedy = reason.partition(". Remedy: ")
    return kind(problem, file=where, remedy=own_remedy or remedy)
