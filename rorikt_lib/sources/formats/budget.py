"""Budget: År; Versjon; Konto; Ansvar; Prosjekt; Måned (may be empty or absent); Beløp."""

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.formats.ledger_list import parse_account
from rorikt_lib.sources.reading.accept import accept
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_amount, parse_integer
from rorikt_lib.sources.reading.sides import HEADERS as SIDES
from rorikt_lib.sources.reading.sides import by_side, side_names, side_remedy
from rorikt_lib.sources.reading.totals import carries_sum_of_parts, total_rows

HEADERS = {
    "År": "year",
    "Versjon": "version",
    "Konto": "account",
    "Ansvar": "cost_centre",
    "Prosjekt": "project",
    "Måned": "month",
    "Beløp": "amount_nok",
} | SIDES
# What the cost centres of a budget are parts of.
WHOLE = ["year", "version", "account", "project", "month"]
_REQUIRED = ["year", "version", "account", "amount_nok"]
_DECIDING = [*_REQUIRED, "side"]


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per budget line, not yet classified. month: 1–12 or missing. amount_nok: cost +, income −."""
    sided = by_side(raw, parse_amount(raw.frame["amount_nok"], raw.decimal), settings)
    amounts = sided[["amount_nok"]]
    parsed = raw.frame.assign(
        **sided,
        year=parse_integer(raw.frame["year"]).where(lambda year: year.between(1990, 2100)),
        account=parse_account(raw.frame["account"], settings),
        month=parse_integer(raw.frame["month"]).where(lambda month: month.between(1, 12)),
    )
    carrying = carries_sum_of_parts(raw.frame, sided["amount_nok"], WHOLE, "cost_centre")
    is_total, found = total_rows("budget_lines", raw, amounts, parsed[["account"]], carrying)
    rows = RawTable(raw.source_file, raw.frame[~is_total], raw.decimal)
    rows, unknown = translate("budget_lines", rows, {"side": side_names(settings)})
    good, refused = accept("budget_lines", rows, parsed.loc[rows.frame.index], _DECIDING)
    good, refused = good.drop(columns="side"), pd.concat([unknown, refused])
    return Cleaned("budget_lines", good, refused, found, int(is_total.sum()))


FORMAT = Format("budget", "budget_lines", HEADERS, frozenset(_REQUIRED), clean, side_remedy=side_remedy("budget"))
