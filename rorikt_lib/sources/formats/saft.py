"""SAF-T Financial, the Norwegian ledger standard (1.10, 1.20 and 1.30; .xml, also zipped) → postings."""

from pathlib import Path

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.formats import saft_xml
from rorikt_lib.sources.formats.ledger_list import parse_account, with_period, without_balance
from rorikt_lib.sources.reading.accept import accept, finding
from rorikt_lib.sources.reading.format import Cleaned, RawTable
from rorikt_lib.sources.reading.names import LISTED
from rorikt_lib.sources.reading.parse import parse_accounting_period, parse_date
from rorikt_lib.terms.instants import possible
from rorikt_lib.terms.reasons import Finding

NAME = "saft"
FIELDS = [
    "voucher_no", "posted_on", "period", "account", "cost_centre", "function", "project", "supplier_id", "text",
    "amount_nok",
]  # fmt: skip


def read(path: Path, source_file: str) -> RawTable:
    """One row per Line of the file, or part of it, as text; index = its place, from 0. amount_nok: debit +, credit −.

    A line whose analyses split it over several cost centres, projects or functions is a row for each of these.
    Besides FIELDS the names of account and supplier. A file that is not SAF-T, whose control totals are not those
    of its lines, with a transaction that does not balance, or with a line that its parts do not make, is an InputError.
    """
    return _table(saft_xml.read_ledger(path, source_file))


def read_parts(files: dict[Path, str]) -> list[RawTable]:
    """The same for each part of an export in several files, in their order; files: their names as errors give them."""
    return [_table(ledger) for ledger in saft_xml.read_parts(files)]


def _table(ledger: saft_xml.Ledger) -> RawTable:
    frame = pd.DataFrame(ledger.rows, columns=FIELDS, dtype="str")
    names = {"account_name": ("account", ledger.accounts), "supplier_name": ("supplier_id", ledger.suppliers)}
    frame = frame.assign(**{name: frame[code].map(known).astype("str") for name, (code, known) in names.items()})
    frame = frame.apply(lambda cells: cells.where(cells != ""))
    told = {Finding.UNREAD_ANALYSES: ledger.analyses.unread, Finding.UNLISTED_ANALYSES: ledger.analyses.unlisted}
    found = [
        finding("postings", ledger.source_file, name, counts.total(), "; ".join(sorted(counts)[:LISTED]))
        for name, counts in told.items()
    ]
    lines = pd.Series(ledger.lines, dtype="int64")
    made_on = possible(parse_date(pd.Series([ledger.made_on[:10]])))[0]
    return RawTable(ledger.source_file, frame, decimal=".", lines=lines, findings=pd.concat(found), taken_on=made_on)


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per posting, not yet classified; balance accounts are set aside. amount_nok: cost +, income −.

    Index of the frame, as everywhere, and source_line of the quarantine: line number.
    """
    rows, found, set_aside = without_balance(raw, settings)
    parsed = rows.frame.assign(
        posted_on=parse_date(rows.frame["posted_on"]),
        period=parse_accounting_period(rows.frame["period"]),
        account=parse_account(rows.frame["account"], settings),
        amount_nok=rows.frame["amount_nok"].astype("float64"),
    )
    good, refused = accept("postings", rows, parsed, ["account", "amount_nok"])
    good, undated, dated = with_period(good, rows)
    refused = pd.concat([refused, undated])
    return Cleaned(
        "postings",
        good.set_axis(raw.lines.loc[good.index].to_numpy(), axis=0),
        refused.assign(source_line=raw.lines.loc[refused["source_line"]].to_numpy()),
        pd.concat([raw.findings, found, dated]),
        set_aside,
        taken_on=raw.taken_on,
    )
