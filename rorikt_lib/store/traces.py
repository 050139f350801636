"""What a chapter reads while it runs, in the file that RORIKT_TRACE names: so that it need not run again for nothing.

A line of JSON each: the kind of what was read, its name and its checksum. Where nobody asks for it, nothing is written.
"""

import json
import os
import sys
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from rorikt_lib.store.checksums import LIBRARY, sum_of_file

ASKED_FOR = "RORIKT_TRACE"
# That a month was opened, and its inputs, by the names that Workbook.sum_of knows; files that a cell opened by itself;
# modules of the library; and what a cell did that nobody can say to be the same again.
MONTH, INPUT, FILE, CODE, UNKNOWN = "month", "input", "file", "code", "unknown"
_CELLS = ("<ipython-input", "ipykernel_")
_NOT_REPEATED = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "socket.connect",
    "urllib.Request",
)


class Read(NamedTuple):
    """Something that was read. sum: its checksum then."""

    kind: str
    name: str
    sum: str = ""


class _Trace:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.told: set[Read] = set()
        self.opened: set[str] = set()
        self.has_month = False

    def tell(self, *reads: Read) -> None:
        new = [read for read in dict.fromkeys(reads) if read not in self.told]
        if not new and self.told:
            return
        self.told.update(new)
        with self.file.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(read)}\n" for read in new)

    def flush(self, *_: object) -> None:
        """What has been opened and imported so far; called after each cell."""
        opened, self.opened = self.opened, set()
        self.tell(*(Read(FILE, name, sum_of_file(Path(name))) for name in sorted(opened)))
        self.tell(*(Read(CODE, name, checksum) for name, checksum in modules_loaded().items()))

    def audit(self, event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(given[0], str | bytes | os.PathLike) and _is_of_cell(sys._getframe(1)):
            path = os.path.abspath(os.fsdecode(given[0]))
            if not path.startswith((sys.prefix, sys.base_prefix, str(LIBRARY))) and os.path.isfile(path):
                self.opened.add(path)
        elif event in _NOT_REPEATED and _is_of_cell(sys._getframe(1)):
            self.tell(Read(UNKNOWN, event))


_traces: list[_Trace] = []
# Module → its file and checksum.
_of_modules: dict[str, tuple[str, str]] = {}


def begin() -> None:
    """From here on, what a cell opens by itself is noted. Once a process; nothing where nobody asks."""
    if _traces or not os.environ.get(ASKED_FOR):
        return
    trace = _Trace(Path(os.environ[ASKED_FOR]))
    _traces.append(trace)
    sys.addaudithook(trace.audit)
    if shell := _shell():
        shell.events.register("post_run_cell", trace.flush)
    trace.flush()


def is_followed() -> bool:
    """Whether what is read here is noted: the report takes what is shown, and not JupyterLab."""
    return bool(_traces)


def month_is_open(month: str) -> None:
    """From here on, inputs that are read are noted: whoever takes a chapter has opened its month, too."""
    for trace in _traces:
        trace.has_month = True
        trace.tell(Read(MONTH, month))


def note(name: str, checksum: str) -> None:
    """An input was read, directly or for a result that was recalled."""
    for trace in _traces:
        if trace.has_month:
            trace.tell(Read(INPUT, name, checksum))


def read_trace(file: Path) -> list[Read]:
    """What was noted in a file; nothing where there is none."""
    if not file.exists():
        return []
    return [Read(*json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def modules_loaded() -> dict[str, str]:
    """Each of the library's files that has been loaded, below the library → its checksum when this was first asked."""
    # A copy is made at once, while other threads import.
    for name, module in sys.modules.copy().items():
        is_new = name.partition(".")[0] == LIBRARY.name and name not in _of_modules
        if is_new and (file := getattr(module, "__file__", None)):
            _of_modules[name] = os.path.relpath(file, LIBRARY), sum_of_file(Path(file))
    return dict(sorted(_of_modules.values()))


def _is_of_cell(frame: FrameType | None) -> bool:
    """Whether a cell does this by itself, rather than through the library, or the kernel for its own ends."""
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(str(LIBRARY)):
            return False
        if any(sign in name for sign in _CELLS):
            return True
        frame = frame.f_back
    return False


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
