"""A reader of exports by plain rules, one cell at a time, that shares nothing with the library it is to check.

It knows Python's csv, json and XML readers and the rules of docs/exports.md; it is slow, and refuses nothing itself:
of each cell it says what it can mean, and of a file whether it has the header at all.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

# Of each sample: header → (our field, what kind of cell it is); the fields that a row must have.
LEDGER = {
    "Bilagsnr": ("voucher_no", "text"), "Bilagsdato": ("posted_on", "date"), "Periode": ("period", "period"),
    "Konto": ("account", "account"), "Kontonavn": ("account_name", "text"), "Ansvar": ("cost_centre", "text"),
    "Funksjon": ("function", "text"), "Prosjekt": ("project", "text"), "Leverandørnr": ("supplier_id", "text"),
    "Leverandør": ("supplier_name", "text"), "Tekst": ("text", "text"), "Beløp": ("amount_nok", "number"),
    "Debet": ("debit_nok", "number"), "Kredit": ("credit_nok", "number"),
}  # fmt: skip
FORECAST = {"Periode": ("period", "period"), "Linje": ("line", "word"), "Begrunnelse": ("reason", "text")}
KEYS = {"År": ("year", "number"), "Kategori": ("category", "text"), "Post": ("item", "text")}
PORTAL = {"Visninger": ("views", "count"), "Unike brukere": ("unique_users", "count")}
SAMPLES: dict[str, tuple[dict[str, tuple[str, str]], set[str]]] = {
    "ledger_list": (LEDGER, {"account", "amount_nok"}),
    "ledger_debit_credit": (LEDGER, {"account"}),
    "budget": (
        {
            "År": ("year", "number"), "Versjon": ("version", "text"), "Konto": ("account", "account"),
            "Ansvar": ("cost_centre", "text"), "Prosjekt": ("project", "text"), "Måned": ("month", "number"),
            "Beløp": ("amount_nok", "number"),
        },
        {"year", "version", "account", "amount_nok"},
    ),
    "adopted_forecast": (FORECAST | {"Beløp": ("amount_nok", "number")}, {"period", "line", "amount_nok"}),
    "forecast_form": (FORECAST | {"Ny prognose": ("amount_nok", "number")}, {"period", "line", "amount_nok"}),
    "allocation_keys": (
        KEYS | {"Kommune": ("municipality", "place"), "Nøkkel": ("key", "number")},
        {"year", "category", "item", "municipality", "key"},
    ),
    "allocation_costs": (
        KEYS | {"Kostnad": ("cost_nok", "number"), "Andel": ("weight", "number")}, {"year", "category", "item"},
    ),
    "device_register": (
        {
            "Serienr": ("serial_no", "serial"), "Kommune": ("municipality", "place"),
            "Innkjøpt": ("purchased_on", "date"),
        },
        {"serial_no", "municipality"},
    ),
    "device_stock": (
        {
            "Dato": ("date", "date"), "Kommune": ("municipality", "place"), "På lager": ("in_stock", "count"),
            "Bestilt ikke levert": ("on_order", "count"),
        },
        {"date", "municipality", "in_stock", "on_order"},
    ),
    "intune": (
        {"Device name": ("name", "text"), "OS version": ("os_build", "text"), "Serial number": ("serial_no", "serial")},
        {"serial_no"},
    ),
    "portal": ({"Dato": ("date", "day")} | PORTAL, {"date", "views"}),
    "chatbot": ({"Dato": ("date", "day"), "Henvendelser": ("inquiries", "count")}, {"date", "inquiries"}),
    "ticket_list": (
        {
            "Saksnr": ("ticket_id", "text"), "Kategori 1": ("category", "text"), "Kilde": ("channel", "text"),
            "Opprettet": ("created_at", "time"), "Besvart": ("responded_at", "time"),
            "Ventetid (min)": ("paused_minutes", "waited"),
        },
        {"ticket_id", "created_at"},
    ),
}  # fmt: skip
DELIMITERS = ";,\t"
_BLANKS = "[ \u00a0\u2007\u2009\u202f]"


@dataclass
class Record:
    """One record of a delimited file: the physical lines it takes, from 1, and its cells."""

    first: int
    last: int
    cells: list[str]


def decoded(content: bytes) -> str | None:
    """UTF-8, UTF-16 with its mark, else Windows-1252; None where it is none of them."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for each in (encoding, "cp1252"):
        try:
            return content.decode(each)
        except UnicodeDecodeError:
            if encoding == "utf-16":
                return None
    return None


def records(text: str, delimiter: str) -> list[Record]:
    """As Python's csv module separates them.

    One of several lines that has not as many cells as most lines is no record: a quotation mark opened it that nothing
    closes where it should. Its lines are records, each by itself.
    """
    lines = io.StringIO(text, newline="").readlines()
    usual = Counter(len(cells) for line in lines for cells in csv.reader([line], delimiter=delimiter)).most_common(1)
    reader = csv.reader(lines, delimiter=delimiter)
    found, before = [], 0
    for cells in reader:
        if reader.line_num > before + 1 and len(cells) != usual[0][0]:
            alone = enumerate(lines[before : reader.line_num], before + 1)
            found += [Record(n, n, next(csv.reader([line], delimiter=delimiter), [])) for n, line in alone]
        else:
            found.append(Record(before + 1, reader.line_num, cells))
        before = reader.line_num
    return [Record(each.first, each.last, [cell.strip() for cell in each.cells]) for each in found]


def name_of(header: str) -> str:
    """A header without what does not count in it."""
    return " ".join(header.replace("\u00a0", " ").strip(" \"'*\ufeff").casefold().split())


def header_of(rows: list[Record], sample: str) -> tuple[int, dict[str, int]] | None:
    """Place of the first row that has all headers a sample's rows need, and our field → column."""
    headers, needed = SAMPLES[sample]
    known = {name_of(theirs): ours for theirs, (ours, _) in headers.items()}
    for place, row in enumerate(rows):
        columns = {known[name_of(cell)]: i for i, cell in enumerate(row.cells) if name_of(cell) in known}
        if needed <= columns.keys():
            return place, columns
    return None


def numbers(text: str, column: list[str]) -> set[Decimal]:
    """What a number can mean beside the others of its column; nothing where it is none.

    `1,234.50` has one reading. Else a comma is the decimal sign; a point (or blank, or apostrophe) groups thousands,
    unless it cannot: then it is the decimal sign, of the whole column.
    """
    plain = re.sub(_BLANKS, " ", text).replace("\u2212", "-").replace("\u2013", "-").strip()
    plain = re.sub(r"(?i)^kr\b\.?|,-$|\b(?:kr\.?|nok)$", "", plain).strip()
    found = re.fullmatch(r"\((?P<a>[^()]*)\)|(?P<m>[-+]?)(?P<b>[^-+()]*)|(?P<c>[^-+()]*)-", plain)
    if not found:
        return set()
    bare = next(part for part in (found["a"], found["b"], found["c"]) if part is not None).strip()
    minus = found["a"] is not None or found["c"] is not None or found["m"] == "-"
    grouped = re.fullmatch(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:([ '.])[0-9]{3})(?:\1[0-9]{3})*)(,[0-9]*)?|,[0-9]+", bare)
    pointed = re.fullmatch(r"[0-9]+\.[0-9]*|\.[0-9]+", bare)
    meant = set()
    american = re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]*", bare)
    if american:
        meant.add(Decimal(bare.replace(",", "")))
    elif grouped and not (pointed and any(must_be_decimal(each) for each in column)):
        meant.add(Decimal(re.sub(r"[ '.]", "", bare).replace(",", ".").rstrip(".") or "0"))
    elif pointed:
        meant.add(Decimal(bare))
    return {-value if minus else value for value in meant}


def counts(text: str) -> set[Decimal]:
    """The same of what is counted: there are no parts of one, so that three digits behind a sign are thousands."""
    grouped = re.fullmatch(r"(-?[1-9][0-9]{0,2})([.,][0-9]{3})+", text.strip())
    return {Decimal(re.sub("[.,]", "", text.strip()))} if grouped else numbers(text, [])


def must_be_decimal(text: str) -> bool:
    """Whether the point in a number cannot group thousands."""
    return bool(
        re.fullmatch(r"[-(]?(?:[0-9]+\.(?:[0-9]{0,2}|[0-9]{4,})|0\.[0-9]*|[0-9]{4,}\.[0-9]*)[-)]?", text.strip())
    )


def date(text: str) -> dt.date | None:
    """A day: ISO, eight digits, Norwegian with two or four digits of the year, or a spreadsheet's serial number."""
    found = time(text)
    return found.date() if found else None


def time(text: str) -> dt.datetime | None:
    """The same with or without a time of day."""
    clock = r"(?:[T ](?P<h>[0-9]{1,2}):(?P<n>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.[0-9]{1,9})?)?)?"
    ways = (
        rf"(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}}){clock}",
        rf"(?P<y>[0-9]{{4}})(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}){clock}",
        rf"(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.(?P<y>[0-9]{{4}}|[0-9]{{2}}){clock}",
    )
    for way in ways:
        if found := re.fullmatch(way, text.strip()):
            part = {name: int(digits or 0) for name, digits in found.groupdict().items()}
            year = part["y"] if len(found["y"]) == 4 else part["y"] + (2000 if part["y"] < 69 else 1900)
            try:
                return dt.datetime(year, part["m"], part["d"], part["h"], part["n"], part["s"])
            except ValueError:
                return None
    if re.fullmatch(r"[2-7][0-9]{4}(?:[.,][0-9]+)?", text.strip()):
        days = float(text.strip().replace(",", "."))
        return dt.datetime(1899, 12, 30) + dt.timedelta(seconds=round(days * 86_400))
    return None


def can_be(text: str) -> bool:
    """Whether anything of a case can have been at a time: in this century, and not to come."""
    moment = time(text)
    return moment is not None and dt.datetime(2000, 1, 1) <= moment <= dt.datetime.now() + dt.timedelta(days=1)


def period(text: str) -> str | None:
    """YYYY-MM, of which 13 is the closing of the year."""
    plain = re.sub(r"[.,]0+$", "", text.strip())
    first, last = (re.fullmatch(way, plain) for way in (r"([0-9]{4})[./ -]?([0-9]{2})", r"([0-9]{2})[./-]([0-9]{4})"))
    year, month = first.groups() if first else last.groups()[::-1] if last else ("", "0")
    return f"{year}-{month}" if year[:2] in ("19", "20") and 1 <= int(month) <= 13 else None


def day_or_month(text: str) -> dt.date | None:
    """A day, or the first of a month."""
    month = period(text)
    return dt.date.fromisoformat(f"{month}-01") if month and not month.endswith("13") else date(text)


@dataclass
class Saft:
    """What a SAF-T file says: its lines as (account, øre), and whether it adds up."""

    lines: list[tuple[str, Decimal]]
    adds_up: bool


def saft(content: bytes) -> Saft | None:
    """None where it is no XML, or says what is no number."""
    try:
        root = ET.fromstring(content)
        entries = next(part for part in root if _local(part) == "GeneralLedgerEntries")
        lines, adds_up, debit, credit, count = [], _local(root) == "AuditFile", Decimal(0), Decimal(0), 0
        for transaction in (each for each in entries.iter() if _local(each) == "Transaction"):
            own = [_saft_line(each) for each in transaction if _local(each) == "Line"]
            lines += [(account, d - c) for account, d, c in own]
            adds_up &= sum(d for _, d, _ in own) == sum(c for _, _, c in own)
            debit, credit = debit + sum(d for _, d, _ in own), credit + sum(c for _, _, c in own)
            count += 1
        printed = {
            _local(each): Decimal(each.text.strip()) for each in entries if _local(each).startswith(("To", "Num"))
        }
    except (ET.ParseError, ArithmeticError, StopIteration, AttributeError, KeyError, LookupError, ValueError):
        return None
    expected = {"NumberOfEntries": count, "TotalDebit": debit, "TotalCredit": credit}
    return Saft(lines, adds_up and printed == expected)


def _saft_line(line: ET.Element) -> tuple[str, Decimal, Decimal]:
    parts = {_local(each): each for each in line}
    side = {}
    for name in ("DebitAmount", "CreditAmount"):
        amounts = [each.text for each in parts.get(name, []) if _local(each) == "Amount"]
        side[name] = Decimal(amounts[-1].strip()) if amounts else Decimal(0)
    return parts["AccountID"].text.strip(), side["DebitAmount"], side["CreditAmount"]


def _local(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def tickets(content: bytes) -> list[dict] | None:
    """The tickets of an API page; None where it is no JSON of that shape."""
    try:
        page = json.loads(content.decode("utf-8-sig"))
        found = [{key.lower(): value for key, value in each.items()} for each in page["tickets"]]
    except (ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return None
    return found
