"""The made-up ledger as its exports: transaction lists (CSV, Excel) and SAF-T, with the flaws real exports have."""

import shutil
from pathlib import Path

import pandas as pd

from rorikt_lib.demo.data import MADE_UP
from rorikt_lib.demo.saft import write_saft
from rorikt_lib.demo.text_files import csv_lines, norwegian, write_excel, write_lines

GRAND_TOTAL = "hovedbok_2023-06.csv"
REPEATED_HEADER = "hovedbok_2023-07_09.csv"
UNREADABLE = "hovedbok_2023-10_12.csv"


def write_ledger(postings: pd.DataFrame, folder: Path) -> list[Path]:
    """All ledger exports; the paths written."""
    month, overlapping = postings.period, MADE_UP["ledger_2024"].items()
    return [
        write_saft(postings[month.str[:4] == "2022"], folder / "saft_2022.xml", "1.20"),
        *_write_2023(postings, folder),
        _write_half_year(postings[month.between("2024-01", "2024-06")], folder / "hovedbok_2024_1halvaar.xlsx"),
        *[_write_debit_credit(postings[month.isin(months)], folder / name) for name, months in overlapping],
        write_saft(postings[month == "2024-11"], folder / "saft_2024-11.zip", "1.30"),
    ]


def _write_2023(postings: pd.DataFrame, folder: Path) -> list[Path]:
    """Windows-1252 lists; one printed with a grand total, one page by page, one month delivered twice."""
    paths = []
    for name, (periods, style) in MADE_UP["ledger_2023"].items():
        rows = postings[postings.period.isin(periods)]
        lines = csv_lines(_listed(rows).assign(Beløp=[norwegian(a, **style) for a in rows.amount_oere]))
        if name == GRAND_TOTAL:
            total = norwegian(int(rows.amount_oere.sum()), **style)
            lines.append(";".join(["Sum totalt"] + [""] * (len(MADE_UP["ledger_headers"]) - 1) + [total]))
        if name == REPEATED_HEADER:
            lines.insert(len(lines) // 2, lines[0])
        if name == UNREADABLE:
            lines[300:300] = _unreadable(lines[299])
        paths.append(write_lines(folder / name, lines, "cp1252"))
    twice = folder / "hovedbok_2023-05_ny.csv"
    shutil.copyfile(folder / "hovedbok_2023-05.csv", twice)
    return [*paths, twice]


def _unreadable(line: str) -> list[str]:
    """Rows nobody can read: an amount too wide for its column, a lost date, a row cut short. They are no one's cost."""
    cells = line.split(";")
    wide = [*cells[:-1], "##########"]
    undated = [cells[0], "########", *cells[2:]]
    return [";".join(row) for row in (wide, undated, cells[:5])]


def _write_half_year(rows: pd.DataFrame, path: Path) -> Path:
    frame = _listed(rows).assign(Bilagsdato=rows.posted_on, Beløp=rows.amount_oere / 100)
    return write_excel(path, frame, title="Hovedbok 2024, 1. halvår (demodata)")


def _write_debit_credit(rows: pd.DataFrame, path: Path) -> Path:
    """UTF-8 with byte order mark; amounts in one of two columns."""
    amount = rows.amount_oere
    debit, credit = [norwegian(a) if a >= 0 else "" for a in amount], [norwegian(-a) if a < 0 else "" for a in amount]
    return write_lines(path, csv_lines(_listed(rows).assign(Debet=debit, Kredit=credit)), "utf-8-sig")


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows under the list's headers, all texts."""
    headers = MADE_UP["ledger_headers"]
    return rows.rename(columns=headers)[list(headers.values())].assign(
        Bilagsdato=rows.posted_on.dt.strftime("%d.%m.%Y"), Periode=rows.period.str.replace("-", "")
    )
