"""The clean tables made anew from the exports."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.folder import Folder
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import fingerprint, is_current, write_clean
from rorikt_lib.store.folders import checksums, raw_files


def clean_exports(
    folder: Folder, progress: Callable[[str], None], *, only_if_changed: bool = False
) -> dict[str, pd.DataFrame] | None:
    """The clean tables of a workbook, also on disk; None where they are up to date and only changes count."""
    root, settings = folder.data, folder.settings
    sums = checksums(raw_files(root / "raw"))
    mark = fingerprint(root, settings, sums)
    if only_if_changed and is_current(root, mark):
        return None
    tables = clean_raw(root / "raw", settings, progress, sums=sums)
    write_clean(tables, root, mark)
    return tables
