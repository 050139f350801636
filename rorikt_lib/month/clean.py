"""The clean tables made anew from the exports."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pandas as pd

from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import InputError, Undelivered
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import fingerprint, is_current, write_clean
from rorikt_lib.store.files_read import FilesRead
from rorikt_lib.store.folders import checksums, raw_files
from rorikt_lib.store.locks import one_at_a_time
from rorikt_lib.terms.instants import noting_what_is_to_come, possible_from

LOCK = "clean.lock"


def told_of(tables: dict[str, pd.DataFrame], folder: Folder) -> str:
    """What was made and where, as a sentence."""
    sources = tables["sources"]
    return (
        f"Cleaned {len(sources)} files into {folder.data / 'clean'}: {sources.rows_clean.sum()} rows used, "
        f"{sources.rows_quarantined.sum()} unreadable, {len(tables['findings'])} findings."
    )


def clean_exports(
    folder: Folder, progress: Callable[[str], None], *, only_if_changed: bool = False, fresh: bool = False
) -> dict[str, pd.DataFrame] | None:
    """The clean tables of a workbook, also on disk; None where they are up to date and only changes count.

    An export that has not changed is not read again, unless all is to be fresh.
    """
    root, settings = folder.data, folder.settings
    if only_if_changed and not fresh and is_current(root, fingerprint(root, settings)):
        return None
    with one_at_a_time(root / LOCK, lambda: progress("waiting for another run that cleans them")):
        sums = checksums(raw_files(root / "raw"))
        mark = fingerprint(root, settings, sums)
        if only_if_changed and not fresh and is_current(root, mark):
            return None
        read_before = FilesRead(root, settings, fresh)
        with noting_what_is_to_come() as to_come, _said_to_be_of_export():
            tables = clean_raw(root / "raw", settings, progress, sums=sums, read_before=read_before)
        first = min([*to_come, *read_before.to_come], default=None)
        progress("clean tables")
        write_clean(tables, root, mark, read_before.used, possible_from(first) if first is not None else None)
    return tables


@contextmanager
def _said_to_be_of_export() -> Iterator[None]:
    try:
        yield
    except Undelivered:
        raise
    except InputError as error:
        error.is_of_export = True
        raise
