"""The XML of SAF-T Financial as a stream: a transaction is forgotten once its lines are taken.

Elements are matched by local name: the standard's own examples have its namespace with a prefix, without, or not
at all. Entities are not expanded, nothing is fetched, and a document type is refused: the standard has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from lxml import etree

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.ledger_list import says_balance
from rorikt_lib.sources.formats.saft_analyses import Analyses, Analysis, SplitError
from rorikt_lib.sources.reading.rows import opened

_MADE_ON = "AuditFileDateCreated"
_TOTALS = ["NumberOfEntries", "TotalDebit", "TotalCredit"]
_TAKEN = [*_TOTALS, _MADE_ON, "Account", "Supplier", "Customer", "AnalysisTypeTableEntry", "Transaction", "Journal"]
# The amount of an analysis (1.30: on its own side; before: on the line's), and what it says of the side.
_SHARES = {"AnalysisAmount": 0, "DebitAnalysisAmount": 1, "CreditAnalysisAmount": -1}
# As XML Schema has decimals, and no larger than a ledger's: Decimal would also read other scripts and 1E999999999.
_DECIMAL = re.compile(r"[-+]?(?:[0-9]{1,15}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_SAFE = {"resolve_entities": False, "load_dtd": False, "no_network": True, "remove_comments": True, "remove_pis": True}
_REMEDY = "export the SAF-T file again, or ask the supplier of the ledger system"


@dataclass
class Ledger:
    """What one pass over a file collects. rows and lines: one a Line, or a part of it where its analyses split it.

    entries, debit, credit: what they add up to. journal: what the journal that is being read is called. made_on:
    the day that the file says it was made, as it writes it.
    """

    source_file: str
    accounts: dict[str, str] = field(default_factory=dict)
    suppliers: dict[str, str] = field(default_factory=dict)
    analyses: Analyses = field(default_factory=Analyses)
    journal: str = ""
    made_on: str = ""
    printed: dict[str, tuple[Decimal, int]] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    entries: int = 0
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)

    def error(self, problem: str, line: int | None) -> InputError:
        """The error that refuses the file."""
        return InputError(problem, file=self.source_file, line=line, remedy=_REMEDY)


def read_ledger(path: Path, source_file: str) -> Ledger:
    """All of one file; InputError where it is not SAF-T, does not balance or contradicts its control totals."""
    ledger = Ledger(source_file)
    _read_into(ledger, path)
    _check_totals(ledger, ledger)
    return ledger


def read_parts(files: dict[Path, str]) -> list[Ledger]:
    """The parts of one export, in their order: the master files of one serve the others.

    A part's control totals are those of its lines, or those of all the parts'; a part without entries needs none.
    """
    whole = Ledger("")
    ledgers = []
    for path, name in files.items():
        listed = Analyses(whole.analyses.dimension_of, whole.analyses.listed)
        ledgers.append(Ledger(name, whole.accounts, whole.suppliers, listed))
        _read_into(ledgers[-1], path)
    for ledger in ledgers:
        whole.entries += ledger.entries
        whole.debit += ledger.debit
        whole.credit += ledger.credit
    for ledger in ledgers:
        if ledger.entries or ledger.printed:
            _check_totals(ledger, whole)
    return ledgers


def _read_into(ledger: Ledger, path: Path) -> None:
    with opened(path, ledger.source_file) as stream:
        for element in _elements(stream, ledger):
            _take(element, ledger)


def _elements(stream, ledger: Ledger) -> Iterator[etree._Element]:
    """The elements of interest, each emptied after use together with all before it."""
    events = etree.iterparse(stream, tag=[f"{{*}}{name}" for name in _TAKEN], **_SAFE)
    try:
        checked = False
        for _, element in events:
            checked = checked or _check_document(element, ledger)
            yield element
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]
        _check_document(events.root, ledger)
    except etree.XMLSyntaxError as error:
        raise ledger.error(f"not well-formed XML ({error.msg})", error.lineno) from None


def _check_document(element: etree._Element, ledger: Ledger) -> bool:
    document = element.getroottree()
    if document.docinfo.doctype:
        raise ledger.error("the file has a document type (DOCTYPE), which SAF-T has not", 1)
    if (root := _local(document.getroot().tag)) != "AuditFile":
        raise ledger.error(f"not SAF-T Financial: the root element is {root}, not AuditFile", 1)
    return True


def _take(element: etree._Element, ledger: Ledger) -> None:
    name, cells = _local(element.tag), _children(element)
    if name == "Transaction":
        _take_transaction(element, cells, ledger)
    elif name == "Account":
        ledger.accounts[_text(cells, "AccountID")] = _text(cells, "AccountDescription")
    elif name == "Supplier":
        ledger.suppliers[_text(cells, "SupplierID")] = _text(cells, "Name")
    elif name == "Journal":
        ledger.journal = ""
    elif name == _MADE_ON:
        ledger.made_on = (element.text or "").strip()
    elif name == "AnalysisTypeTableEntry":
        said = [_text(cells, cell) for cell in ("AnalysisType", "AnalysisTypeDescription", "AnalysisID")]
        ledger.analyses.add_entry(*said)
    elif name in _TOTALS and _local(element.getparent().tag) == "GeneralLedgerEntries":
        ledger.printed[name] = (_number(element.text, element.sourceline, ledger), element.sourceline)


def _take_transaction(transaction: etree._Element, cells: dict[str, etree._Element], ledger: Ledger) -> None:
    lines = [child for child in transaction if _local(child.tag) == "Line"]
    common = {
        "voucher_no": _text(cells, "TransactionID"),
        "posted_on": _text(cells, "TransactionDate"),
        "period": _period(transaction, cells, ledger),
    }
    taken = [_line(line, ledger) for line in lines]
    debit, credit = (sum((each[side] for each in taken), Decimal(0)) for side in (1, 2))
    if debit != credit:
        problem = f"transaction {common['voucher_no']} does not balance: debit − credit = {debit - credit:f}"
        raise ledger.error(problem, transaction.sourceline)
    ledger.rows += _with_supplier([common | row for rows, *_ in taken for row in rows], _text(cells, "SupplierID"))
    ledger.lines += [line.sourceline for line, (rows, *_) in zip(lines, taken, strict=True) for _ in rows]
    ledger.entries += 1
    ledger.debit += debit
    ledger.credit += credit


def _period(transaction: etree._Element, cells: dict[str, etree._Element], ledger: Ledger) -> str:
    """YYYY-MM; 00 where the journal or the transaction is said to be an opening balance; empty where not given."""
    # The journal's own cells are gone once its first transaction is read.
    if not ledger.journal:
        of_journal = _children(transaction.getparent())
        ledger.journal = _text(of_journal, "Description") or _text(of_journal, "JournalID")
    voucher_type = _text(cells, "VoucherDescription") or _text(cells, "VoucherType")
    said = [ledger.journal, voucher_type, _text(cells, "Description"), _text(cells, "TransactionType")]
    year = _text(cells, "PeriodYear")
    if any(text and says_balance(text) for text in said):
        return f"{year or _text(cells, 'TransactionDate')[:4]}-00"
    number = _text(cells, "Period")
    return "-".join(filter(None, [year, (number.lstrip("0") or "0").zfill(2)])) if number else ""


def _line(line: etree._Element, ledger: Ledger) -> tuple[list[dict[str, str]], Decimal, Decimal]:
    """The cells of the line, or of each part of it, and the line's debit and credit."""
    cells = _children(line)
    sides = [side for side in ("DebitAmount", "CreditAmount") if side in cells]
    if len(sides) != 1:
        raise ledger.error("the line has not just one of DebitAmount and CreditAmount", line.sourceline)
    amount = _number(_text(_children(cells[sides[0]]), "Amount"), line.sourceline, ledger)
    debit, credit = (amount, Decimal(0)) if sides == ["DebitAmount"] else (Decimal(0), amount)
    row = {
        "account": _text(cells, "AccountID"),
        "supplier_id": _text(cells, "SupplierID"),
        "text": _text(cells, "Description"),
    }
    try:
        parts = ledger.analyses.split(_analyses(line, 1 if credit == 0 else -1, ledger), debit - credit)
    except SplitError as error:
        raise ledger.error(str(error), line.sourceline) from None
    return [row | {"amount_nok": f"{share:f}"} | dimensions for dimensions, share in parts], debit, credit


def _analyses(line: etree._Element, side: int, ledger: Ledger) -> list[Analysis]:
    """What the line's analyses say, but for those without a value; side: 1 for a debit line, −1 for a credit line."""
    said = []
    for element in line:
        if _local(element.tag) != "Analysis":
            continue
        cells, share = _children(element), None
        kind = _text(cells, "AnalysisType")
        for name, sign in _SHARES.items():
            if name in cells and ledger.analyses.place(kind)[0]:
                place = cells[name].sourceline
                share = (sign or side) * _number(_text(_children(cells[name]), "Amount"), place, ledger)
        if value := _text(cells, "AnalysisID"):
            said.append((kind, value, share))
    return said


def _with_supplier(rows: list[dict[str, str]], supplier: str) -> list[dict[str, str]]:
    """The supplier stands on the liability's line; the cost's line gets it where the transaction has just one."""
    named = {row["supplier_id"] for row in rows} - {""}
    common = supplier or (named.pop() if len(named) == 1 else "")
    return [row | {"supplier_id": row["supplier_id"] or common} for row in rows]


def _check_totals(ledger: Ledger, whole: Ledger) -> None:
    """InputError where the printed totals are neither those of the file nor those of the whole export."""
    counted, of_all = (
        dict(zip(_TOTALS, (Decimal(each.entries), each.debit, each.credit), strict=True)) for each in (ledger, whole)
    )
    for name, value in counted.items():
        if name not in ledger.printed:
            raise ledger.error(f"GeneralLedgerEntries has no {name}", None)
        printed, line = ledger.printed[name]
        if printed not in (value, of_all[name]):
            raise ledger.error(f"{name} says {printed:f}, but the transactions give {value:f}", line)


def _number(text: str | None, line: int, ledger: Ledger) -> Decimal:
    written = (text or "").strip()
    if not _DECIMAL.fullmatch(written):
        raise ledger.error(f"'{written[:60]}' is not a number of at most 15 digits", line)
    return Decimal(written)


def _children(element: etree._Element) -> dict[str, etree._Element]:
    """Local name → child; of several alike the last."""
    return {_local(child.tag): child for child in element}


def _text(cells: dict[str, etree._Element], name: str) -> str:
    return (cells[name].text or "").strip() if name in cells else ""


@cache
def _local(tag: str) -> str:
    return etree.QName(tag).localname
