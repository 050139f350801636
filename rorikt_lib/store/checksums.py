"""Checksums of what results are made from: files, the library's code, the packages it runs with. Imports little, so
that what has not changed is told at once."""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rorikt_lib.store.folders import checksum, files_below

LIBRARY = Path(__file__).resolve().parents[1]
_COMPILED = "__pycache__"


def sum_of_file(path: Path) -> str:
    """The SHA-256 of a file; empty where there is none."""
    try:
        return checksum(path)
    except FileNotFoundError:
        return ""


def sum_of_texts(*texts: object) -> str:
    """The SHA-256 of several texts, told apart."""
    digest = hashlib.sha256()
    for text in map(str, texts):
        digest.update(f"{len(text)}:{text}".encode())
    return digest.hexdigest()


def sum_of_files(base: Path, paths: Iterable[Path]) -> str:
    """One SHA-256 of the names, below `base`, and the bytes of files."""
    return sum_of_texts(*(text for path in paths for text in (path.relative_to(base).as_posix(), sum_of_file(path))))


def sum_of_folders(*folders: Path) -> str:
    """One SHA-256 of all files in folders; a folder that is not there has none."""
    return sum_of_texts(*(sum_of_files(folder, files_below(folder)) for folder in folders))


def code_checksum() -> str:
    """A checksum of the library: its code, templates, words and typefaces."""
    return sum_of_files(LIBRARY, _files())


@cache
def running_code() -> str:
    """The same of the code that this process runs: as it was when first asked."""
    return code_checksum()


@cache
def sum_of_words() -> str:
    """A checksum of the library's files that are no code, but for the templates of pages: words, rules, typefaces."""
    own = [path for path in _files() if path.suffix != ".py" and not path.is_relative_to(LIBRARY / "publish")]
    return sum_of_files(LIBRARY, own)


def _files() -> list[Path]:
    return sorted(path for path in LIBRARY.rglob("*") if path.is_file() and _COMPILED not in path.parts)


@cache
def installed() -> str:
    """A checksum of the interpreter's version and of all packages beside it, by name and version."""
    places = (Path(place) for place in sys.path if place.endswith("site-packages"))
    names = sorted(path.name for place in places if place.is_dir() for path in place.glob("*.dist-info"))
    return sum_of_texts(sys.version, *names)
