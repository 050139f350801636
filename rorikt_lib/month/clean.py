"""The clean tables made anew from the exports."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.folder import Folder
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import fingerprint, is_current, write_clean
from rorikt_lib.store.files_read import FilesRead
from rorikt_lib.store.folders import checksums, raw_files


def clean_exports(
    folder: Folder, progress: Callable[[str], None], *, only_if_changed: bool = False, fresh: bool = False
) -> dict[str, pd.DataFrame] | None:
    """The clean tables of a workbook, also on disk; None where they are up to date and only changes count.

    An export that has not changed is not read again, unless all is to be fresh.
    """
    root, settings = folder.data, folder.settings
    sums = checksums(raw_files(root / "raw"))
    mark = fingerprint(root, settings, sums)
    if only_if_changed and not fresh and is_current(root, mark):
        return None
    read_before = FilesRead(root, settings, fresh)
    tables = clean_raw(root / "raw", settings, progress, sums=sums, read_before=read_before)
    write_clean(tables, root, mark, read_before.used)
    return tables
