"""The clean tables made anew from the exports."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.folder import Folder
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import fingerprint, is_current, write_clean


def clean_exports(
    folder: Folder, progress: Callable[[str], None], *, only_if_changed: bool = False
) -> dict[str, pd.DataFrame] | None:
    """The clean tables of a workbook, also on disk; None where they are up to date and only changes count."""
    root, settings = folder.data, folder.settings
    mark = fingerprint(root, settings)
    if only_if_changed and is_current(root, mark):
        return None
    tables = clean_raw(root / "raw", settings, progress)
    progress("clean tables")
    write_clean(tables, root, mark)
    return tables
