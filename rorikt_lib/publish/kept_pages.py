"""Rendered pages and PDFs of a month's last run: taken again where the document and what it names are as they were."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from rorikt_lib.store.checksums import installed, running_code, sum_of_file, sum_of_texts
from rorikt_lib.store.replace import replace_file

# Beside a document, but not what it shows.
_NOT_SHOWN = {"notebooks", "published", "assets"}
_ATTACHED = {".csv", ".xlsx"}


@dataclass(frozen=True)
class KeptPages:
    """folder: where they are kept, with the names they have. renderer: its name and version."""

    folder: Path
    renderer: str

    def take(self, document: Path, *made: Path) -> bool:
        """Puts what was made of the document before at `made`, where it would be the same; whether it would."""
        try:
            told = json.loads(self._told(document).read_text(encoding="utf-8"))
            kept = [self.folder / path.name for path in made]
            if told["of"] == self._of(document) and told["sums"] == [sum_of_file(path) for path in kept]:
                for path in made:
                    shutil.copyfile(self.folder / path.name, path)
                return True
        except (OSError, ValueError, TypeError, KeyError):  # nothing is kept, or it is damaged
            pass
        return False

    def keep(self, document: Path, *made: Path) -> None:
        """Keeps what was made of a document."""
        self._told(document).unlink(missing_ok=True)
        for path in made:
            replace_file(self.folder / path.name, path.read_bytes())
        told = {"of": self._of(document), "sums": [sum_of_file(path) for path in made]}
        replace_file(self._told(document), json.dumps(told, indent=1).encode())

    def _told(self, document: Path) -> Path:
        return self.folder / f"{document.stem}.json"

    def _of(self, document: Path) -> str:
        """A checksum of the document, of every file beside it that it names, and of what renders it."""
        text = document.read_text(encoding="utf-8")
        named = [(name, sum_of_file(document.parent / name)) for name in _files_beside(document.parent) if name in text]
        return sum_of_texts(running_code(), installed(), self.renderer, text, *named)


def _files_beside(folder: Path) -> list[str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = (path.relative_to(folder) for path in files)
    return [name.as_posix() for name in names if name.parts[0] not in _NOT_SHOWN and _is_shown(name)]


def _is_shown(name: Path) -> bool:
    """Whether a page that names it shows or attaches it; pages name each other, too."""
    return len(name.parts) > 1 or name.suffix in _ATTACHED
