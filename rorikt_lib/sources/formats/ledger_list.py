"""Visma-type transaction list (CSV or Excel): Bilagsnr; Bilagsdato; Periode; Konto; … Beløp, or Debet and Kredit."""

import re
from functools import partial

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import finding, quarantine, refusals
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.large import each_once, holds, without
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_amount, parse_date, parse_ledger_period
from rorikt_lib.sources.reading.sides import HEADERS as SIDES
from rorikt_lib.sources.reading.sides import by_side, side_names, side_remedy
from rorikt_lib.sources.reading.totals import carries_total, total_rows
from rorikt_lib.terms.reasons import Finding

HEADERS = {
    "Bilagsnr": "voucher_no",
    "Bilagsdato": "posted_on",
    "Periode": "period",
    "Konto": "account",
    "Kontonavn": "account_name",
    "Ansvar": "cost_centre",
    "Funksjon": "function",
    "Prosjekt": "project",
    "Leverandørnr": "supplier_id",
    "Leverandør": "supplier_name",
    "Tekst": "text",
    "Beløp": "amount_nok",
    "Debet": "debit_nok",
    "Kredit": "credit_nok",
} | SIDES
# No \s, \d or \b: with those pandas would match row by row in Python.
_SALDO = "(?:saldo|balanse)(?:en)?"
_WHEN = (
    "(?:[ .:,]+(?:overført|fra|til|ved|pr|per|i|forrige|foregående|fjoråret|år|året|periode|perioden|måned|konto|art))"
)
_BALANCE = (
    rf"(?i)^ *(?:(?:inn|ut)g(?:ående|\.)? ?{_SALDO}(?:$|[^a-zæøå].*)"
    r"|(?:opening|closing) balances?(?:$|[^a-z].*)|(?:balance )?(?:brought|carried) forward(?:$|[^a-z].*)"
    rf"|(?:åpnings|avslutnings){_SALDO}(?:$|[^a-zæøå].*)|overført {_SALDO}{_WHEN}*[ 0-9./:-]*"
    rf"|{_SALDO}{_WHEN}+[ 0-9./:-]*|(?:IB|UB)(?: ?/ ?(?:IB|UB))?[ :.]*(?:konto)?[ 0-9./-]*)$"
)
# So much a row says that has no voucher, though the others have; one with a voucher may be the rest of a bill.
_BARE_BALANCE = rf"(?i)^ *{_SALDO}[ 0-9./:-]*$"
_MOST = 0.5
_OPENING_PERIOD = r"^(?:19|20)[0-9][0-9][-./ ]?00$"
AMOUNTS = ["amount_nok", "debit_nok", "credit_nok"]
# What a posting has no more once it has one amount with its sign.
_LEFT = ["debit_nok", "credit_nok", "side"]


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per posting, not yet classified. amount_nok: cost +, income −; Debet counts +, Kredit −, as D/K says.

    Total rows are set aside, and the finding says whether the printed total is the sum of the rows above it.
    A row without period takes its date's month; a row with neither is quarantined.
    """
    amounts = pd.DataFrame({name: parse_amount(raw.frame[name], raw.decimal) for name in AMOUNTS})
    sided = by_side(raw, amounts["amount_nok"], settings)
    amounts = amounts.assign(amount_nok=sided["amount_nok"])
    values = raw.frame.assign(
        **amounts,
        side=sided["side"],
        posted_on=parse_date(raw.frame["posted_on"]),
        period=parse_ledger_period(raw.frame["period"]),
        account=parse_account(raw.frame["account"], settings),
    )
    carrying = carries_total(raw.frame, net(amounts))
    is_total, found = total_rows("postings", raw, amounts, values[["account", "posted_on"]], carrying)
    lines = RawTable(raw.source_file, without(raw.frame, is_total), raw.decimal)
    rows, balance, aside = without_balance(lines, settings)
    rows, unknown = translate("postings", rows, {"side": side_names(settings)})
    values = of_rows(values, rows.frame.index)
    bad, unread = refusals("postings", rows, values, ["account", "side"])
    # The texts of so many rows are copied once, when it is known which of them are good.
    good, undated, dated = with_period(without(values[["period", "posted_on", *AMOUNTS]], bad), rows)
    good, unclear = with_amount(good, rows)
    texts = of_rows(values[values.columns.difference([*_LEFT, *good.columns], sort=False)], good.index)
    whole = texts.assign(**good)[values.columns.drop(_LEFT)]
    refused, findings = pd.concat([unknown, unread, undated, unclear]), pd.concat([found, balance, dated])
    return Cleaned("postings", whole, refused, findings, int(is_total.sum()) + aside)


def of_rows(values: pd.DataFrame, rows: pd.Index) -> pd.DataFrame:
    """The values of those rows; they themselves, and no copy, where these are all."""
    return values if len(values) == len(rows) else values.loc[rows]


def parse_account(cells: pd.Series, settings: Settings) -> pd.Series:
    """Account numbers; a spreadsheet that took 010 for a number has made it 10."""
    digits = settings.ledger.account_digits or settings.ledger.art_digits[1]
    return each_once(cells, lambda texts: texts.where(texts.str.fullmatch(r"[0-9][0-9.]*")).str.zfill(digits))


def says_balance(text: str) -> bool:
    """Whether a text prints an opening or closing balance (IB, Inngående saldo)."""
    return re.match(_BALANCE, text) is not None


def without_balance(raw: RawTable, settings: Settings) -> tuple[RawTable, pd.DataFrame, int]:
    """The rows that are on no balance account and print no balance, findings on the others, and how many they are.

    What prints a balance says so in its text or voucher (IB, Inngående saldo), or is of period 00.
    """
    text, voucher = raw.frame["text"], raw.frame["voucher_no"]
    opening = holds(text, _BALANCE) | holds(voucher, _BALANCE)
    if voucher.notna().mean() > _MOST:
        opening |= voucher.isna() & holds(text, _BARE_BALANCE)
    opening |= holds(raw.frame["period"], _OPENING_PERIOD)
    balance = each_once(raw.frame["account"], partial(_is_of_balance, settings=settings)) & ~opening
    found = [
        finding("postings", raw.source_file, Finding.BALANCE_ACCOUNTS, int(balance.sum())),
        finding("postings", raw.source_file, Finding.OPENING_BALANCES, int(opening.sum())),
    ]
    aside = balance | opening
    kept = RawTable(raw.source_file, without(raw.frame, aside), raw.decimal)
    return kept, pd.concat(found), int(aside.sum())


def _is_of_balance(accounts: pd.Series, settings: Settings) -> pd.Series:
    read = parse_account(accounts, settings).fillna(accounts)
    return read.str.startswith(settings.ledger.balance_beginnings).fillna(False).astype(bool)


def with_period(good: pd.DataFrame, rows: RawTable) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Postings that have a period, those refused for want of period and date, and findings on what was lacking."""
    lacks_period, lacks_date = good["period"].isna(), good["posted_on"].isna()
    neither = lacks_period & lacks_date
    months = good.loc[lacks_period, "posted_on"].dt.strftime("%Y-%m")
    known = without(good.assign(period=good["period"].fillna(months)) if len(months) else good, neither)
    refused = rows.frame.loc[good.index[neither]]
    found = [
        finding("postings", rows.source_file, Finding.PERIOD_FROM_DATE, int((lacks_period & ~lacks_date).sum())),
        finding("postings", rows.source_file, Finding.MISSING_DATE, int((lacks_date & ~lacks_period).sum())),
    ]
    detail = "neither period nor date"
    return known, quarantine("postings", rows.source_file, refused, Finding.MISSING_VALUE, detail), pd.concat(found)


def net(amounts: pd.DataFrame) -> pd.Series:
    """The amount of each row, or its debit less its credit; missing where it has none."""
    debit, credit = amounts["debit_nok"], amounts["credit_nok"]
    moved = (debit.fillna(0) - credit.fillna(0)).where(debit.notna() | credit.notna())
    return amounts["amount_nok"].fillna(moved)


def with_amount(good: pd.DataFrame, rows: RawTable) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Postings with one amount_nok, and those refused: no amount, debit and credit both, or an amount besides.

    A zero beside an amount is no second amount.
    """
    debit, credit = good["debit_nok"], good["credit_nok"]
    both = debit.fillna(0).ne(0) & credit.fillna(0).ne(0)
    moved = (debit.fillna(0) - credit.fillna(0)).where(debit.notna() | credit.notna())
    amount = net(good)
    differs = (amount - moved).abs() > 0.005
    none, differing = rows.frame.loc[good.index[amount.isna()]], rows.frame.loc[good.index[differs & ~both]]
    refused = [
        quarantine("postings", rows.source_file, none, Finding.MISSING_AMOUNT),
        quarantine("postings", rows.source_file, rows.frame.loc[good.index[both]], Finding.DEBIT_AND_CREDIT),
        quarantine("postings", rows.source_file, differing, Finding.AMOUNTS_DIFFER),
    ]
    lost = amount.isna() | both | differs
    kept = without(good.assign(amount_nok=amount), lost)
    return kept.drop(columns=_LEFT, errors="ignore"), pd.concat(refused)


_ONE_OF = tuple(frozenset({when, *nok}) for when in ("period", "posted_on") for nok in (AMOUNTS[:1], AMOUNTS[1:]))
FORMAT = Format(
    "ledger_list", "postings", HEADERS, frozenset({"account"}), clean, _ONE_OF, side_remedy=side_remedy("ledger_list")
)
