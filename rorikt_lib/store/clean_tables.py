"""The data root on disk: clean tables are replaced all at once, and a reader gets a whole table or an error.

data/raw/ holds the exports, data/clean/TABLE.parquet the clean tables, data/clean/quarantine/TABLE.csv the rows
that could not be read: as text alone, because the people who mend an export open them in a spreadsheet.
"""

import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from pyarrow import parquet

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.store.checksums import code_checksum, sum_of_file, sum_of_texts
from rorikt_lib.store.clean_mark import FINGERPRINT, fingerprint_of, has_expired, mark
from rorikt_lib.store.folders import checksums, raw_files
from rorikt_lib.store.replace import link_or_copy, replace_folder
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty, validate

README, FILES = "README.md", "files"
_QUARANTINE = "quarantine"


def write_clean(
    tables: dict[str, pd.DataFrame],
    root: Path,
    fingerprint: str = "",
    entries: Iterable[str] = (),
    holds_until: dt.datetime | None = None,
) -> None:
    """Replace the clean tables by these, all or nothing. Each is validated; a schema error leaves the old ones.

    fingerprint, holds_until: what they were made from, and how long the same gives the same; see clean_mark.
    entries: those of files_read that are still of use; the others go with the old tables.
    """
    if missing := sorted(CLEAN_TABLES.keys() ^ tables.keys()):
        raise ValueError(f"not exactly the clean tables: {', '.join(missing)}")
    place = root / "clean"

    def fill(folder: Path) -> None:
        _write(tables, folder)
        (folder / FINGERPRINT).write_text(mark(fingerprint, holds_until), encoding="utf-8")
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
        link_or_copy(old / name, new / name)


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
    return read_clean_with_sum(table, root)[0]


def read_clean_with_sum(table: str, root: Path) -> tuple[pd.DataFrame, str]:
    """As `read_clean`, and the checksum of just the bytes that were read: see `sum_of_clean`."""
    place, files = _place_of(table, root), {path: path.read_bytes() for path in _files_of(table, root)}
    frame = _quarantine(files.values()) if table == _QUARANTINE else pd.read_parquet(io.BytesIO(files[place]))
    if list(frame.columns) != list(empty(table).columns):
        raise InputError("the clean table is of another version", file=place, remedy="run rorikt clean")
    return frame, sum_of_texts(*((path.name, hashlib.sha256(read).hexdigest()) for path, read in files.items()))


def has_rows(table: str, root: Path) -> bool:
    """Whether a clean table, not the quarantine, has rows. InputError where it is not there."""
    (file,) = _files_of(table, root)
    return parquet.read_metadata(file).num_rows > 0


def sum_of_clean(table: str, root: Path) -> str:
    """A checksum of a clean table as it is on disk. InputError where it is not there."""
    return sum_of_texts(*((path.name, sum_of_file(path)) for path in _files_of(table, root)))


def _files_of(table: str, root: Path) -> list[Path]:
    if table not in CLEAN_TABLES:
        raise KeyError(f"no clean table is called {table}")
    place = _place_of(table, root)
    if not place.exists():
        raise InputError("there is no such clean table", file=place, remedy="run rorikt clean first")
    return sorted(place.glob("*.csv")) if table == _QUARANTINE else [place]


def _place_of(table: str, root: Path) -> Path:
    return root / "clean" / (_QUARANTINE if table == _QUARANTINE else f"{table}.parquet")


def _quarantine(files: Iterable[bytes]) -> pd.DataFrame:
    columns = dict.fromkeys(empty(_QUARANTINE).columns, "str") | {"source_line": "int64"}
    told = {"sep": ";", "dtype": columns, "keep_default_na": False, "encoding": "utf-8-sig"}
    parts = [pd.read_csv(io.BytesIO(file), **told) for file in files]
    return pd.concat([empty(_QUARANTINE), *parts], ignore_index=True)


def fingerprint(root: Path, settings: Settings, sums: dict[Path, str] | None = None) -> str:
    """A checksum of all that the clean tables are made from: names and bytes of the exports, settings and code.

    sums: of the exports, where somebody has them already.
    """
    raw = root / "raw"
    sums = checksums(raw_files(raw)) if sums is None else sums
    told = ((path.relative_to(raw).as_posix(), of_file) for path, of_file in sums.items())
    return sum_of_texts(*(text for one in told for text in one), settings.model_dump_json(), code_checksum())


def is_current(root: Path, expected: str) -> bool:
    """Whether all clean tables are there, made from just what `expected` (see fingerprint) stands for, read as now."""
    folder = root / "clean"
    names = [FINGERPRINT, _QUARANTINE, *(f"{name}.parquet" for name in CLEAN_TABLES if name != _QUARANTINE)]
    there = all((folder / name).exists() for name in names)
    return there and fingerprint_of(root) == expected and not has_expired(root)
