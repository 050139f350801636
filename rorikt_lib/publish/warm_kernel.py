"""What a warm kernel has imported before it starts: imported by the process that forks kernels, which gets ready."""

import gc
import io
import multiprocessing
import os
from threading import Thread

import holidays.countries  # noqa: F401
import ipykernel.debugger  # noqa: F401
import IPython.core.completerlib  # noqa: F401
import jinja2  # noqa: F401
import matplotlib.pyplot  # noqa: F401
import matplotlib_inline.backend_inline  # noqa: F401
import pandas.io.formats.html  # noqa: F401
import pyarrow.dataset
import pyarrow.parquet  # noqa: F401
import scipy.optimize  # noqa: F401
from ipykernel.kernelapp import IPKernelApp

import rorikt_lib.report.show  # noqa: F401
from rorikt_lib.present.charts.style import Drawing, new_chart, settle, styled
from rorikt_lib.report.figures import frames, of_documents
from rorikt_lib.store import traces
from rorikt_lib.store.checksums import installed, running_code
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty
from rorikt_lib.workbook import WHEN_OPENED

# How many more objects there may be before those that are no longer used are looked for: a chapter ends soon.
_NEW_OBJECTS = 50_000


def get_ready() -> None:
    """What each kernel would otherwise do when it is first asked for it: typeface, SVG, schemas, checksums.

    And its tables are taken from where the report's figures were worked out.
    """
    _draw().savefig(io.StringIO(), format="svg")
    for name in CLEAN_TABLES:
        empty(name)
    running_code(), installed(), traces.modules_loaded()
    declared = frames(*of_documents())
    WHEN_OPENED.append(lambda book: book.take(declared))
    gc.set_threshold(_NEW_OBJECTS)
    # What there is stays: no kernel looks through it, and so none copies the memory it is in.
    gc.freeze()


@styled
def _draw() -> Drawing:
    chart = new_chart(1)
    chart.subplots()
    settle(chart)
    return chart


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
