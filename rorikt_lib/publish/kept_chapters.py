"""Executed chapters of a month's last run: taken again where all that they were made from is as it was."""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rorikt_lib.publish.outputs import source_cells, whole
from rorikt_lib.store import traces
from rorikt_lib.store.checksums import LIBRARY, sum_of_file, sum_of_texts, sum_of_words
from rorikt_lib.store.replace import replace_file
from rorikt_lib.store.traces import Read, read_trace
from rorikt_lib.workbook import changed_meanwhile

CHAPTERS = "chapters"
# What a chapter may import and still say the same each time: what it opens by these is noted. Anything else may read
# what nobody notes, or tell the time.
_NOTED = {
    "rorikt_lib", "pandas", "numpy", "matplotlib", "seaborn", "scipy", "IPython", "__future__",
    "calendar", "collections", "csv", "dataclasses", "decimal", "fractions", "functools", "itertools", "json", "math",
    "operator", "pathlib", "re", "statistics", "string", "textwrap", "typing",
}  # fmt: skip
# What tells of time, chance or this machine, or looks at files without opening them; or hides what it does.
_TELLING = re.compile(
    r"\b(now|today|utcnow|exists|is_file|is_dir|stat|glob|rglob|iterdir|listdir|scandir|walk|random|sample|environ|getenv"
    r"|import_module|__import__|exec|eval|getattr)\b"
)
_IMPORTED = re.compile(r"^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w., ]+))", re.MULTILINE)


@dataclass(frozen=True)
class KeptChapters:
    """folder: where they are kept, one of each name. base: a checksum of what all chapters are made from.

    sum_of: the checksum of an input of the month, by its name (see Workbook.sum_of).
    """

    folder: Path
    base: str
    sum_of: Callable[[str], str]

    def take(self, chapter: Path, parameters: Mapping[str, Any], executed: Path) -> bool:
        """Puts the chapter as it ran before at `executed`, where a run would say the same; whether it would."""
        try:
            told = json.loads(self._told(chapter).read_text(encoding="utf-8"))
            reads = [Read(*read) for read in told["reads"]]
            is_same = told["base"] == self._base(chapter, parameters) and all(map(self._is_as_it_was, reads))
            if is_same and told["sum"] == sum_of_file(self.folder / chapter.name):
                shutil.copyfile(self.folder / chapter.name, executed)
                return True
        except (OSError, ValueError, TypeError, KeyError):  # nothing is kept, or it is damaged
            pass
        return False

    def keep(self, chapter: Path, parameters: Mapping[str, Any], executed: Path, trace: Path) -> None:
        """Keeps a chapter that has run, with what it read; not one that may not say the same another time.

        InputError where an input has changed since it was first read.
        """
        reads = read_trace(trace)
        for read in reads:
            if read.kind == traces.INPUT and read.sum != self.sum_of(read.name):
                raise changed_meanwhile(read.name)
        self._told(chapter).unlink(missing_ok=True)
        kinds = {read.kind for read in reads}
        if traces.MONTH not in kinds or traces.UNKNOWN in kinds or not _is_known(chapter):
            return
        content = executed.read_bytes()
        replace_file(self.folder / chapter.name, content)
        base, known = self._base(chapter, parameters), sum_of_file(self.folder / chapter.name)
        told = {"base": base, "sum": known, "reads": reads}
        replace_file(self._told(chapter), json.dumps(told, indent=1).encode())

    def _told(self, chapter: Path) -> Path:
        return self.folder / f"{chapter.stem}.json"

    def _base(self, chapter: Path, parameters: Mapping[str, Any]) -> str:
        given = json.dumps(parameters, sort_keys=True, default=str)
        return sum_of_texts(self.base, sum_of_words(), sum_of_file(chapter), given)

    def _is_as_it_was(self, read: Read) -> bool:
        match read.kind:
            case traces.MONTH:
                return True
            case traces.INPUT:
                return self.sum_of(read.name) == read.sum
            case traces.CODE:
                return sum_of_file(LIBRARY / read.name) == read.sum
            case traces.FILE:
                return sum_of_file(Path(read.name)) == read.sum
        return False


def files_opened(folder: Path, chapters: Iterable[Path]) -> dict[str, str] | None:
    """Every file that the chapters opened by themselves → its checksum then; None where one of them is not kept."""
    found: dict[str, str] = {}
    for chapter in chapters:
        told = folder / f"{chapter.stem}.json"
        if not told.exists():
            return None
        reads = (Read(*read) for read in json.loads(told.read_text(encoding="utf-8"))["reads"])
        found |= {read.name: read.sum for read in reads if read.kind == traces.FILE}
    return found


def _is_known(chapter: Path) -> bool:
    """Whether all that the chapter's own cells can read is noted, by what they import and the words in them."""
    source = "\n".join(
        whole(cell.get("source", "")) for _, cell in source_cells(chapter) if cell["cell_type"] == "code"
    )
    found = (match.groups() for match in _IMPORTED.finditer(source))
    names = (name for one, several in found for name in (one or several).split(","))
    imported = {name.split(".")[0].split()[0] for name in names if name.strip()}
    return imported <= _NOTED and not _TELLING.search(source)
