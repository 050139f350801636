"""Other systems' budgets, as workbook.yml describes them: a row a year or a month, or a column for each."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.formats.budget import WHOLE
from rorikt_lib.sources.formats.ledger_list import parse_account
from rorikt_lib.sources.formats.mapped_cells import read_cells, without_missing
from rorikt_lib.sources.reading.accept import accept
from rorikt_lib.sources.reading.format import Cleaned, RawTable
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_amount, parse_integer, parse_ledger_period
from rorikt_lib.sources.reading.sides import by_side, side_names
from rorikt_lib.sources.reading.totals import carries_sum_of_parts, is_label, total_rows
from rorikt_lib.terms.enums import Kind

_NEEDED = ["year", "version", "account", "amount_nok", "side"]


def posting_terms(settings: Settings) -> dict[str, dict[str, str]]:
    """Our terms in the fields of postings and budgets that have them."""
    lines = {line: line for names in settings.ledger.report_lines.values() for line in names}
    return {"kind": {kind: kind for kind in Kind}, "line": lines, "side": side_names(settings)}


def unfold(raw: RawTable, mapping: Mapping) -> list[RawTable]:
    """One table for each column of amounts, of the rows with an amount there; one without any is in the first."""
    if not mapping.amounts:
        return [raw]
    headers = [*mapping.amounts]
    filled = raw.frame[headers].apply(without_missing, mapping=mapping).notna()
    filled[headers[0]] |= ~filled.any(axis=1)
    return [replace(raw, frame=raw.frame[filled[h]].drop(columns=[o for o in headers if o != h])) for h in headers]


def clean_budget(raw: RawTable, settings: Settings, mapping: Mapping) -> Cleaned:
    """One row per budget line, not yet classified, unless line is mapped; total rows are set aside.

    raw: one of the tables of `unfold`. month: 1–12, or missing where the amount is the year's. amount_nok: cost +,
    income −.
    """
    written = read_cells(raw, mapping)
    span = {}
    for header in raw.frame.columns.intersection(list(mapping.amounts)):
        written["amount_nok"] = without_missing(raw.frame[header], mapping)
        year, _, month = mapping.amounts[header].partition("-")
        span = {"year": year} | ({"month": month} if month else {})
    sides = replace(raw, frame=written.fillna(mapping.constants))
    amounts = parse_amount(written["amount_nok"], mapping.decimal_sign)
    sided = by_side(sides, amounts, settings, mapping.credit_amounts)
    account = written["account"].mask(is_label(written["account"])).to_frame()
    table = replace(raw, frame=written, decimal=mapping.decimal_sign)
    carrying = carries_sum_of_parts(written, sided["amount_nok"], [*WHOLE, "period"], "cost_centre")
    is_total, totals = total_rows("budget_lines", table, sided[["amount_nok"]], account, carrying)
    filled = written[~is_total].fillna(mapping.constants | span)
    rows, unknown = translate("budget_lines", replace(table, frame=filled), posting_terms(settings))
    parsed = _parsed(rows.frame, sided, settings)
    good, refused = accept("budget_lines", rows, parsed, _NEEDED)
    good = good.drop(columns=["period", "side"])
    return Cleaned("budget_lines", good, pd.concat([unknown, refused]), totals, int(is_total.sum()))


def _parsed(cells: pd.DataFrame, sided: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Cells of a budget as values; an account that is no number stays as it is."""
    period = parse_ledger_period(cells["period"]).where(lambda periods: ~periods.str.endswith("-13"))
    of_period = {"year": period.str[:4].astype("Int64"), "month": period.str[5:].astype("Int64")}
    year = parse_integer(cells["year"]).where(lambda years: years.between(1990, 2100))
    month = parse_integer(cells["month"]).where(lambda months: months.between(1, 12))
    return cells.assign(
        year=year.fillna(of_period["year"]),
        month=month.where(cells["month"].notna(), of_period["month"]),
        period=period,
        account=parse_account(cells["account"], settings).fillna(cells["account"]),
        **sided.loc[cells.index],
    )
