"""data/lists/: the month's PCs by serial number, for those who follow them up. Never a part of the site.

PERIOD/ holds a file of the expired PCs still in use for each municipality that has any, and one of the PCs that
somebody must look into. They are made again with each report, and hold no names of users or PCs.
"""

import shutil
from functools import partial
from pathlib import Path

import pandas as pd

from rorikt_lib.present.language import label, member
from rorikt_lib.report.pc_doubts import doubtful_pcs
from rorikt_lib.report.pcs import expired_pcs
from rorikt_lib.store.file_names import plain
from rorikt_lib.store.folders import lists_folder
from rorikt_lib.store.replace import replace_folder
from rorikt_lib.store.spreadsheets import inert_texts
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import Workbook

EXPIRED, DOUBTS = "utgatte-pc-er-{}.csv", "pc-er-til-avklaring.csv"


def write_lists(book: Workbook) -> Path | None:
    """The month's lists, in place of earlier ones; their folder. None, and no lists, where there are no such PCs.

    Where the report has no PCs at all, lists that are there stay.

    CSV as Norwegian spreadsheets open it: semicolon, UTF-8 with byte order mark.
    """
    if not book.has(Source.DEVICES):
        return None
    folder = lists_folder(book.data_root, book.month)
    expired, doubtful = expired_pcs(book), doubtful_pcs(book)
    tables = {EXPIRED.format(plain(name)): rows for name, rows in expired.groupby("municipality")}
    tables |= {DOUBTS: doubtful} if len(doubtful) else {}
    if not tables:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    replace_folder(folder, partial(_write, tables))
    return folder


def _write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    for name, rows in tables.items():
        written = inert_texts(_in_norwegian(rows))
        written.to_csv(folder / name, sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _in_norwegian(rows: pd.DataFrame) -> pd.DataFrame:
    days = rows.select_dtypes("datetime")
    texts = rows.assign(**{name: days[name].dt.strftime("%d.%m.%Y") for name in days})
    named = {name: texts[name].map(lambda value, name=name: member(name, value), na_action="ignore") for name in texts}
    return pd.DataFrame(named).rename(columns=label)
