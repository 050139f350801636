"""The raw ledger exports read with nothing of the workbook's own readers: an independent witness."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
from lxml import etree

TEXTS = {"Periode": str, "Konto": str, "Prosjekt": str, "Bilagsnr": str}
# The board paper's line for each kind of account, by the KOSTRA art's first digits.
LINES = {
    "0": "Lønn", "13": "Samband og Tele", "195": "Lisens, vedlikehold og support",
    "20": "Kjøp/leasing", "22": "Kjøp/leasing", "24": "Lisens, vedlikehold og support", "27": "Konsulenter",
    "6": "Inntekter", "70": "Inntekter", "71": "Inntekter", "75": "Inntekter", "77": "Inntekter",
}  # fmt: skip
STAFF_AND_PREMISES = "Drift av stab og lokaler"


def ledger(folder: Path) -> pd.DataFrame:
    """period (YYYYMM), account, project (may be missing), amount_nok, and file of every line, each delivered once."""
    lists = [_list(path) for path in sorted(folder.glob("*.csv")) if not path.stem.endswith("_ny")]
    excel = pd.read_excel(folder / "hovedbok_2024_1halvaar.xlsx", skiprows=2, dtype=TEXTS, engine="calamine")
    parts = [*lists, excel.assign(amount_nok=excel["Beløp"])]
    rows = pd.concat(parts).rename(columns={"Periode": "period", "Konto": "account", "Prosjekt": "project"})
    rows = rows[["period", "account", "project", "Bilagsnr", "Tekst", "amount_nok"]]
    rows = rows.drop_duplicates()
    saft = pd.concat([saft_lines(saft_root(folder / name)) for name in ("saft_2022.xml", "saft_2024-11.zip")])
    return pd.concat([rows, saft[~saft.account.str.startswith("2.")]], ignore_index=True)


def _list(path: Path) -> pd.DataFrame:
    content = path.read_bytes()
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252")
    cells = [line.split(";") for line in text.splitlines()]
    rows = pd.DataFrame([c for c in cells if len(c) == len(cells[0])], columns=cells[0])
    rows = rows[rows["Periode"].str.fullmatch(r"\d{6}") & rows["Bilagsdato"].str.fullmatch(r"\d\d\.\d\d\.\d{4}")]
    amounts = [
        _number(rows[name]) * sign for name, sign in (("Beløp", 1), ("Debet", 1), ("Kredit", -1)) if name in rows
    ]
    amount = pd.concat(amounts, axis=1).sum(axis=1, min_count=1)
    return rows.assign(amount_nok=amount, Prosjekt=rows["Prosjekt"].replace("", None)).dropna(subset="amount_nok")


def _number(cells: pd.Series) -> pd.Series:
    minus = cells.str.contains("-")
    digits = cells.str.replace(r"[^\d,]", "", regex=True).str.replace(",", ".")
    return pd.to_numeric(digits, errors="coerce") * minus.map({True: -1, False: 1})


def saft_root(path: Path) -> etree._Element:
    if path.suffix != ".zip":
        return etree.parse(path).getroot()
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(archive.namelist()[0]))


def saft_lines(root: etree._Element) -> pd.DataFrame:
    """One row per Line: voucher, period, account, project, amount_nok."""
    rows = []
    for transaction in root.iterfind(".//{*}Transaction"):
        period = f"{transaction.findtext('{*}PeriodYear')}{int(transaction.findtext('{*}Period')):02d}"
        for line in transaction.iterfind("{*}Line"):
            kinds = {a.findtext("{*}AnalysisType"): a.findtext("{*}AnalysisID") for a in line.iterfind("{*}Analysis")}
            debit = line.findtext("{*}DebitAmount/{*}Amount")
            amount = float(debit) if debit else -float(line.findtext("{*}CreditAmount/{*}Amount"))
            rows.append((transaction.findtext("{*}TransactionID"), period, line.findtext("{*}AccountID"),
                         kinds.get("PROSJEKT"), amount))  # fmt: skip
    return pd.DataFrame(rows, columns=["voucher", "period", "account", "project", "amount_nok"])


def line_of(account: str) -> str:
    """The board paper's line."""
    return next((line for start, line in LINES.items() if account.startswith(start)), STAFF_AND_PREMISES)
