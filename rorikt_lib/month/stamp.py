"""Whether a month, or another document, stands as it was made: all that it is made from is as it was, and the site has
it. Imports little, so that it is told at once.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from rorikt_lib.config.content_files import is_read_for
from rorikt_lib.config.folder import DOCUMENTS, FRONT, NOTEBOOKS, ORDER, SETTINGS, SHIPPED, Folder
from rorikt_lib.publish.provenance import library_version
from rorikt_lib.publish.shared import is_as_published
from rorikt_lib.store.checksums import code_checksum, installed, sum_of_file, sum_of_files, sum_of_folders, sum_of_texts
from rorikt_lib.store.clean_mark import has_expired, mark_of
from rorikt_lib.store.drafts import draft_file
from rorikt_lib.store.folders import build_folder, files_below, is_demo, lists_folder, raw_files
from rorikt_lib.store.history import sum_of_history, sum_of_own
from rorikt_lib.store.manifest import sums_of
from rorikt_lib.store.replace import replace_file
from rorikt_lib.terms.documents import Document

NEWEST, TOLD = "newest.json", "told.json"


@dataclass(frozen=True)
class Request:
    """What a report is asked for with. out: the site's folder. renderer: as it was asked for."""

    folder: Folder
    out: Path
    renderer: str
    parameters: Mapping[str, Any]
    strict: bool

    @property
    def build(self) -> Path:
        """Where the stamps are, beside the site."""
        return build_folder(self.out)

    @cached_property
    def of_all(self) -> str:
        """A checksum of what every document is made from: exports, settings, chapters, code, renderer, options."""
        raw, root = self.folder.data / "raw", self.folder.root
        # A workbook may have some of its own, and take the others from the library.
        chapters = [place / name for name in (NOTEBOOKS, DOCUMENTS) for place in (root, SHIPPED)]
        files = [place / name for place in (root, SHIPPED) for name in (ORDER, FRONT)] + [root / SETTINGS]
        options = self.renderer, _quarto(), json.dumps(self.parameters, sort_keys=True, default=str), self.strict
        places = self.out, self.folder.data, is_demo(self.folder.data)
        made_from = sum_of_files(raw, raw_files(raw)), sum_of_folders(*chapters), *map(sum_of_file, files)
        return sum_of_texts(*made_from, code_checksum(), installed(), library_version(), *options, *places)

    def of_month(self, month: str) -> str:
        """A checksum of all that a month is made from."""
        return self._of(month, month)

    def of_document(self, document: Document, texts: str) -> str:
        """A checksum of all that a document is made from. texts: their folder in content/."""
        return self._of(document.month, document.month, texts)

    def _of(self, month: str, *texts: str) -> str:
        content = self.folder.content
        written = [path for path in files_below(content) if is_read_for(path.relative_to(content), *texts)]
        return sum_of_texts(self.of_all, sum_of_files(content, written), sum_of_history(self.folder.data, month))


def _quarto() -> str:
    """Which Quarto answers: where it is, and when that was put there."""
    found = shutil.which("quarto")
    return f"{os.path.realpath(found)} {Path(found).stat().st_mtime_ns}" if found else ""


@dataclass(frozen=True)
class Stamp:
    """What is kept of what was made. month: of another document, its name. said: what the command had to say of it."""

    month: str
    said: tuple[str, ...]


def as_it_was(request: Request, month: str | None) -> Stamp | None:
    """The month (the newest by default) as it was made, if it still stands so; None where it must be made."""
    month = month or _known_newest(request)
    return _stands(request, month, lambda told: request.of_month(month)) if month else None


def document_as_it_was(request: Request, document: Document, texts: str) -> Stamp | None:
    """As `as_it_was`, of a document that is no monthly report. texts: their folder in content/.

    The month whose data it was made of is the one that it would be made of now, where the exports are as they were.
    """
    return _stands(
        request, document.name, lambda told: request.of_document(replace(document, month=told["month"]), texts)
    )


def _stands(request: Request, name: str, of: Callable[[dict[str, Any]], str]) -> Stamp | None:
    """What is kept of a document, where it stands as it was made. of: what it is made of, by what was kept of it."""
    told = _read(_file(request, name))
    if not told or told["of"] != of(told) or told["made"] != _made(request, name):
        return None
    if any(sum_of_file(Path(name)) != of for name, of in told["files"].items()) or not is_shared_as_it_was(request):
        return None
    if has_expired(request.folder.data):
        return None
    return Stamp(name, tuple(told["said"]))


def is_made_of_the_same(request: Request, month: str) -> bool:
    """Whether a month would be made of what it was made of, wherever it stands."""
    told = _read(_file(request, month))
    return bool(told) and told["of"] == request.of_month(month)


def has_stamp(request: Request, month: str) -> bool:
    """Whether anything is noted of a month."""
    return _file(request, month).exists()


def is_shared_as_it_was(request: Request) -> bool:
    """Whether the site's front page, and whatever else is of no month, is what was published last."""
    return is_as_published(request.build, request.out, request.folder)


def keep_stamp(
    request: Request,
    document: Document,
    of: str,
    said: Sequence[str],
    files: Mapping[str, str] | None,
    *,
    is_newest: bool = False,
) -> None:
    """Notes that a document was made. of: what it is made of, as it was before. is_newest: it was not named.

    files: what chapters opened by themselves, with checksums; None where one may say something else each time, and so
    must run.
    """
    file = _file(request, document.name)
    if files is None:
        file.unlink(missing_ok=True)
        return
    told = {"of": of, "made": _made(request, document.name), "said": list(said), "files": dict(files)}
    told |= {} if document.is_month else {"month": document.month}
    replace_file(file, json.dumps(told, indent=1).encode())
    if is_newest:
        replace_file(request.build / NEWEST, json.dumps({"of": request.of_all, "month": document.month}).encode())


def is_told(request: Request, month: str) -> bool:
    """Whether those who are to know of a month as it was made have been told; see `note_told`."""
    stamp = sum_of_file(_file(request, month))
    return bool(stamp) and _read(request.build / TOLD).get(month) == stamp


def note_told(request: Request, month: str) -> None:
    """Notes that all who are to know of a month have been told of it as it stands."""
    told = _read(request.build / TOLD) | {month: sum_of_file(_file(request, month))}
    replace_file(request.build / TOLD, json.dumps(told, indent=1).encode())


def _made(request: Request, name: str) -> str:
    """A checksum of all that a run makes of a document: on the site, and for those who approve or follow up."""
    root = request.folder.data
    kept = sum_of_own(root, name), sum_of_file(draft_file(root, name)), sum_of_folders(lists_folder(root, name))
    return sum_of_texts(mark_of(root), *sums_of(request.out / name).items(), *kept)


def _known_newest(request: Request) -> str | None:
    told = _read(request.build / NEWEST)
    return told["month"] if told and told["of"] == request.of_all else None


def _file(request: Request, name: str) -> Path:
    return request.build / "stamps" / f"{name}.json"


def _read(file: Path) -> dict[str, Any]:
    """What a file in the build folder says; nothing where it is not there or is damaged."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
