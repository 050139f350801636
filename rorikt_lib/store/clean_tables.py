"""The data root on disk: clean tables are replaced all at once, and a reader gets a whole table or an error.

data/raw/ holds the exports, data/clean/TABLE.parquet the clean tables, data/clean/quarantine/TABLE.csv the rows
that could not be read: as text alone, because the people who mend an export open them in a spreadsheet.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.store.folders import checksums, raw_files
from rorikt_lib.store.replace import replace_folder
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty, validate

README, FILES = "README.md", "files"
_QUARANTINE = "quarantine"
_FINGERPRINT = "fingerprint.txt"
_CODE = Path(__file__).resolve().parents[1]


def write_clean(
    tables: dict[str, pd.DataFrame], root: Path, fingerprint: str = "", entries: Iterable[str] = ()
) -> None:
    """Replace the clean tables by these, all or nothing. Each is validated; a schema error leaves the old ones.

    entries: those of files_read that are still of use; the others go with the old tables.
    """
    if missing := sorted(CLEAN_TABLES.keys() ^ tables.keys()):
        raise ValueError(f"not exactly the clean tables: {', '.join(missing)}")
    place = root / "clean"

    def fill(folder: Path) -> None:
        _write(tables, folder)
        (folder / _FINGERPRINT).write_text(fingerprint, encoding="utf-8")
        if (place / README).exists():
            shutil.copy2(place / README, folder)
        _take_over(place / FILES, folder / FILES, entries)

    replace_folder(place, fill)


def _take_over(old: Path, new: Path, entries: Iterable[str]) -> None:
    """The entries under their new folder too, without a copy where the disk can have a file in two places."""
    there = [name for name in sorted(entries) if (old / name).is_file()]
    if there:
        new.mkdir()
    for name in there:
        try:
            os.link(old / name, new / name)
        except OSError:
            shutil.copy2(old / name, new / name)


def _write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    (folder / _QUARANTINE).mkdir()
    for name, frame in tables.items():
        valid = validate(name, frame)
        if name != _QUARANTINE:
            valid.to_parquet(folder / f"{name}.parquet", index=False)
            continue
        for table, rows in valid.groupby("table"):
            rows.to_csv(folder / _QUARANTINE / f"{table}.csv", sep=";", index=False, encoding="utf-8-sig")


def read_clean(table: str, root: Path) -> pd.DataFrame:
    """A clean table, as terms.schemas describes it. InputError where it is not there or is of another version."""
    if table not in CLEAN_TABLES:
        raise KeyError(f"no clean table is called {table}")
    folder = root / "clean"
    path = folder / (_QUARANTINE if table == _QUARANTINE else f"{table}.parquet")
    if not path.exists():
        raise InputError("there is no such clean table", file=path, remedy="run rorikt clean first")
    frame = _read_quarantine(path) if table == _QUARANTINE else pd.read_parquet(path)
    if list(frame.columns) != list(empty(table).columns):
        raise InputError("the clean table is of another version", file=path, remedy="run rorikt clean")
    return frame


def _read_quarantine(folder: Path) -> pd.DataFrame:
    columns = dict.fromkeys(empty(_QUARANTINE).columns, "str") | {"source_line": "int64"}
    files = sorted(folder.glob("*.csv"))
    parts = [pd.read_csv(f, sep=";", dtype=columns, keep_default_na=False, encoding="utf-8-sig") for f in files]
    return pd.concat([empty(_QUARANTINE), *parts], ignore_index=True)


def fingerprint(root: Path, settings: Settings, sums: dict[Path, str] | None = None) -> str:
    """A checksum of all that the clean tables are made from: names and bytes of the exports, settings and code.

    sums: of the exports, where somebody has them already.
    """
    raw = root / "raw"
    sums = checksums(raw_files(raw)) if sums is None else sums
    return _checksum(raw, sums, settings.model_dump_json() + code_checksum())


def code_checksum() -> str:
    """A checksum of the library's code."""
    return _checksum(_CODE, checksums(sorted(_CODE.rglob("*.py"))))


@cache
def running_code() -> str:
    """The same of the code that this process runs: as it was when first asked."""
    return code_checksum()


def _checksum(base: Path, sums: dict[Path, str], more: str = "") -> str:
    digest = hashlib.sha256(more.encode())
    for path, of_file in sums.items():
        digest.update(path.relative_to(base).as_posix().encode())
        digest.update(bytes.fromhex(of_file))
    return digest.hexdigest()


def fingerprint_of(root: Path) -> str:
    """The checksum that the clean tables were made from, as `fingerprint` gave it; empty where there are none."""
    file = root / "clean" / _FINGERPRINT
    return file.read_text(encoding="utf-8") if file.exists() else ""


def is_current(root: Path, expected: str) -> bool:
    """Whether all clean tables are there, made from just what `expected` (see fingerprint) stands for."""
    folder = root / "clean"
    names = [_FINGERPRINT, _QUARANTINE, *(f"{name}.parquet" for name in CLEAN_TABLES if name != _QUARANTINE)]
    there = all((folder / name).exists() for name in names)
    return there and fingerprint_of(root) == expected
