"""The made-up ledger as SAF-T Financial: full double entry, master files, control totals."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd

from rorikt_lib.demo.saft_parts import ANALYSES, header, kroner, master_files, tag, tags
from rorikt_lib.demo.text_files import CREATED

NAMESPACE = "urn:StandardAuditFile-Taxation-Financial:NO"
BANK, PAYABLE, RECEIVABLE, WAGES_DUE = "2.10.20", "2.32.75", "2.13.10", "2.32.10"


def write_saft(postings: pd.DataFrame, path: Path, version: str) -> Path:
    """`postings` (at least one whole voucher) as one SAF-T file, zipped when the path says so."""
    entries = double_entry(postings)
    debit = int(entries.amount_oere.clip(lower=0).sum())
    prefix = "n1" if version == "1.30" else ""
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    parts = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<AuditFile {name}="{NAMESPACE}">',
        header(version, entries.period.min(), entries.period.max()),
        master_files(entries, version),
        "<GeneralLedgerEntries>",
        tag("NumberOfEntries", entries.voucher_no.nunique()),
        tag("TotalDebit", kroner(debit)),
        tag("TotalCredit", kroner(debit)),
        "<Journal>" + tags(JournalID="HB", Description="Hovedbok", Type="HB"),
        *[_transaction(voucher, rows) for voucher, rows in entries.groupby("voucher_no", sort=False)],
        "</Journal></GeneralLedgerEntries></AuditFile>",
    ]
    text = "\n".join(parts)
    return _save((_prefixed(text, prefix) if prefix else text).encode(), path)


def _save(content: bytes, path: Path) -> Path:
    if path.suffix != ".zip":
        path.write_bytes(content)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(path.with_suffix(".xml").name, CREATED.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, content)
    return path


def double_entry(postings: pd.DataFrame) -> pd.DataFrame:
    """`postings` with each voucher's counter entry on a balance account, and a payment of suppliers each month."""
    first = postings.drop_duplicates("voucher_no").set_index("voucher_no")
    balance = postings.groupby("voucher_no").amount_oere.sum()
    counter = first.reindex(balance.index).assign(amount_oere=-balance, text="Motpost")
    art = counter.account.str[0]
    account = pd.Series(PAYABLE, counter.index).mask(art.isin(["6", "7"]), RECEIVABLE).mask(art == "0", WAGES_DUE)
    counter = counter.assign(account=account, cost_centre=None, function=None, project=None).reset_index()
    entries = pd.concat([postings, counter[counter.amount_oere != 0], _payments(counter)], ignore_index=True)
    return entries.sort_values(["period", "voucher_no"], kind="stable", ignore_index=True)


def _payments(counter: pd.DataFrame) -> pd.DataFrame:
    """One voucher per month: the month's supplier debt paid from the bank. Only balance accounts."""
    debt = counter[counter.account == PAYABLE].groupby("period").amount_oere.sum()
    voucher = "9" + debt.index.str.replace("-", "")
    posted = pd.to_datetime(debt.index.str[:4] + "-" + debt.index.str[5:].str.replace("13", "12") + "-28")
    paid = pd.DataFrame({"voucher_no": voucher, "posted_on": posted, "period": debt.index, "text": "Remittering"})
    amounts = {PAYABLE: -debt.to_numpy(), BANK: debt.to_numpy()}
    return pd.concat([paid.assign(account=account, amount_oere=amount) for account, amount in amounts.items()])


def _transaction(voucher: str, rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    day = first.posted_on.strftime("%Y-%m-%d")
    head = tags(
        TransactionID=voucher, Period=int(first.period[5:]), PeriodYear=first.period[:4], TransactionDate=day,
        Description=escape(first.text), SystemEntryDate=day, GLPostingDate=day,
    )  # fmt: skip
    lines = [_line(row) for row in rows.itertuples()]
    return tag("Transaction", "\n".join([head, *lines]))


def _line(row) -> str:
    analyses = "".join(
        tag("Analysis", tags(AnalysisType=kind, AnalysisID=getattr(row, column)))
        for kind, (_, column) in ANALYSES.items()
        if pd.notna(getattr(row, column))
    )
    supplier = tag("SupplierID", row.supplier_id) if pd.notna(row.supplier_id) and row.account[0] not in "067" else ""
    side = "DebitAmount" if row.amount_oere >= 0 else "CreditAmount"
    text = tags(Description=escape(row.text), **{side: tag("Amount", kroner(abs(row.amount_oere)))})
    return tag("Line", tags(RecordID=row.Index + 1, AccountID=row.account) + analyses + supplier + text)


def _prefixed(text: str, prefix: str) -> str:
    """Every element name with its namespace prefix; the declaration line stays."""
    declaration, _, body = text.partition("\n")
    opened = body.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
    return f"{declaration}\n{opened}"
