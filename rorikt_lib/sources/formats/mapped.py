"""Other systems' ledgers and ticket exports, as workbook.yml describes them under `mappings`: no code of their own.

Periods written yyyypp count the fiscal year's months from its first. See mapping.Mapping for what can be described.
"""

from dataclasses import replace
from functools import partial

import pandas as pd

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.ledger_list import (
    AMOUNTS,
    net,
    of_rows,
    parse_account,
    with_amount,
    with_period,
    without_balance,
)
from rorikt_lib.sources.formats.mapped_budget import clean_budget, posting_terms, unfold
from rorikt_lib.sources.formats.mapped_cells import read_cells, read_day
from rorikt_lib.sources.formats.mapped_tickets import clean_tickets
from rorikt_lib.sources.reading.accept import accept
from rorikt_lib.sources.reading.cases import term_names
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.large import without
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_amount, parse_ledger_period
from rorikt_lib.sources.reading.sides import HEADER_PLACE, by_side
from rorikt_lib.sources.reading.totals import carries_total, is_label, total_rows


def formats(settings: Settings) -> list[Format]:
    """One format per mapping. All its headers must be there; a raw column has its header as its name.

    A value or constant that is none of our terms is an InputError that names it.
    """
    for name, mapping in settings.mappings.items():
        known = term_names(settings) if mapping.table == "tickets" else posting_terms(settings)
        for field, terms in known.items():
            given = [*mapping.values.get(field, {}).values(), *filter(None, [mapping.constants.get(field)])]
            _check_terms(f"mappings.{name}: {field}", given, sorted({*terms.values()}))
    return [_format(name, mapping) for name, mapping in settings.mappings.items()]


def _check_terms(place: str, given: list[str], terms: list[str]) -> None:
    if wrong := sorted({*given} - {*terms}):
        remedy = f"use one of: {'; '.join(terms)}"
        raise InputError(f"{place}: unknown {', '.join(wrong)}", file="workbook.yml", remedy=remedy)


def _format(name: str, mapping: Mapping) -> Format:
    others = [*mapping.amounts, *filter(None, [mapping.last_event_by, mapping.event_at])]
    headers = frozenset({*mapping.columns.values(), *others})
    cleaners = {
        "postings": clean_postings,
        "budget_lines": clean_budget,
        "tickets": partial(clean_tickets, name=name),
    }
    clean = partial(cleaners[mapping.table], mapping=mapping)
    names, extra_cells = {h: h for h in sorted(headers)}, mapping.extra_cells == "ignore"
    unfolded = partial(unfold, mapping=mapping)
    return Format(
        name,
        mapping.table,
        names,
        headers,
        clean,
        extra_cells=extra_cells,
        described=mapping.table == "budget_lines",
        side_remedy=_side_remedy(name, mapping),
        unfold=unfolded,
    )


def _side_remedy(name: str, mapping: Mapping) -> str | None:
    """What to do about a column of debit and credit that the mapping does not read, where it would matter."""
    read = {"side", "debit_nok"} & {*mapping.columns, *mapping.constants}
    if mapping.table == "tickets" or read or mapping.credit_amounts == "signed":
        return None
    return (
        f"say in workbook.yml mappings.{name}.columns: {{side: '{HEADER_PLACE}'}}; or mappings.{name}.credit_amounts: "
        "signed, where the amounts have their signs without it"
    )


def clean_postings(raw: RawTable, settings: Settings, mapping: Mapping) -> Cleaned:
    """One row per posting, not yet classified, unless line (the report's line or project) is mapped.

    amount_nok: cost +, income −; debit counts +, credit −. Total rows and balance accounts are set aside.
    """
    written = read_cells(raw, mapping)
    filled = written.fillna(mapping.constants)
    parsed = _parsed(filled, mapping, settings)
    sides = replace(raw, frame=filled)
    parsed = parsed.assign(**by_side(sides, parsed["amount_nok"], settings, mapping.credit_amounts))
    table = RawTable(raw.source_file, written, mapping.decimal_sign)
    carrying = carries_total(written, net(parsed))
    is_total, totals = total_rows("postings", table, parsed[AMOUNTS], _marks(written, parsed), carrying)
    rows, balance, aside = without_balance(replace(table, frame=without(filled, is_total)), settings)
    rows, unknown = translate("postings", rows, posting_terms(settings))
    parsed = of_rows(parsed, rows.frame.index).assign(kind=rows.frame["kind"], line=rows.frame["line"])
    good, unread = accept("postings", rows, parsed, ["account", "side"])
    good, undated, dated = with_period(good, rows)
    good, unclear = with_amount(good, rows)
    refused, findings = pd.concat([unknown, unread, undated, unclear]), pd.concat([totals, balance, dated])
    return Cleaned("postings", good, refused, findings, int(is_total.sum()) + aside)


def _parsed(cells: pd.DataFrame, mapping: Mapping, settings: Settings) -> pd.DataFrame:
    """Cells of postings as values; an account that is no number stays as it is."""
    return cells.assign(
        **{amount: parse_amount(cells[amount], mapping.decimal_sign) for amount in AMOUNTS},
        posted_on=read_day(cells["posted_on"], mapping),
        period=calendar_period(parse_ledger_period(cells["period"]), mapping.fiscal_year_start),
        account=parse_account(cells["account"], settings).fillna(cells["account"]),
    )


def _marks(written: pd.DataFrame, parsed: pd.DataFrame) -> pd.DataFrame:
    """What a posting has and a total row has not: a period or date, or a voucher or account that is no total's label.

    A constant of the mapping is in every row, so it says nothing.
    """
    when = parsed[["period", "posted_on"]].where(written[["period", "posted_on"]].notna())
    return when.assign(**{name: written[name].mask(is_label(written[name])) for name in ("account", "voucher_no")})


def calendar_period(periods: pd.Series, fiscal_year_start: int) -> pd.Series:
    """YYYY-MM of the calendar for periods (YYYY-PP) of a fiscal year whose period 01 is month `fiscal_year_start`.

    2010-09 of a year from April is 2010-12, 2010-10 is 2011-01. Closing entries (13) stay 13 in a calendar year;
    in any other they belong to the year's last month.
    """
    if fiscal_year_start == 1:
        return periods
    codes, names = pd.factorize(periods)
    months = [12 * int(p[:4]) + min(int(p[5:]), 12) + fiscal_year_start - 2 for p in names]
    texts = [f"{month // 12}-{month % 12 + 1:02d}" for month in months]
    return pd.Series(pd.array([*texts, None], dtype="str").take(codes), index=periods.index)
