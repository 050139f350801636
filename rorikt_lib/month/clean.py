"""The clean tables made anew from the exports."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.folder import Folder
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import fingerprint, is_current, write_clean
from rorikt_lib.store.locks import one_at_a_time

LOCK = "clean.lock"


def told_of(tables: dict[str, pd.DataFrame], folder: Folder) -> str:
    """What was made and where, as a sentence."""
    sources = tables["sources"]
    return (
        f"Cleaned {len(sources)} files into {folder.data / 'clean'}: {sources.rows_clean.sum()} rows used, "
        f"{sources.rows_quarantined.sum()} unreadable, {len(tables['findings'])} findings."
    )


def clean_exports(
    folder: Folder, progress: Callable[[str], None], *, only_if_changed: bool = False
) -> dict[str, pd.DataFrame] | None:
    """The clean tables of a workbook, also on disk; None where they are up to date and only changes count."""
    root, settings = folder.data, folder.settings
    if only_if_changed and is_current(root, fingerprint(root, settings)):
        return None
    with one_at_a_time(root / LOCK, lambda: progress("waiting for another run that cleans them")):
        mark = fingerprint(root, settings)
        if only_if_changed and is_current(root, mark):
            return None
        tables = clean_raw(root / "raw", settings, progress)
        progress("clean tables")
        write_clean(tables, root, mark)
    return tables
