"""Years ahead at constant shares, and investments: gross, without VAT, less what last year left unspent."""

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.rounding import Number, exact, split
from rorikt_lib.terms.sums import with_sum


def years_ahead(
    shares: Mapping[str, Fraction], year: int, budget: Number, growth_percent: Mapping[int, Number], unit: Number = 1
) -> pd.DataFrame:
    """One row per year and municipality, and SUM: year, municipality, amount_nok; the budget's year first.

    shares: exact. growth_percent: year → growth from the year before, on the unrounded amount; the years follow on
    `year` without a gap, else InputError. A year's amounts add up to its total, itself rounded to the unit.
    """
    if [*growth_percent] != [*range(year + 1, year + 1 + len(growth_percent))]:
        percents = ", ".join(map(str, growth_percent))
        raise InputError(f"growth is given for {percents}", remedy=f"give each year from {year + 1}, in order")
    amount, parts = exact(budget), []
    for of_year in [year, *growth_percent]:
        amount *= 1 + exact(growth_percent.get(of_year, 0)) / 100
        parts.append(_shared(shares, amount, unit).assign(year=of_year))
    return pd.concat(parts, ignore_index=True)[["year", "municipality", "amount_nok"]]


def without_vat(gross: Number, vat_rate: Number) -> Fraction:
    """An amount without VAT; vat_rate: 0.25 is 25 % on top of the net amount."""
    return exact(gross) / (1 + exact(vat_rate))


def investment_plan(
    shares: Mapping[str, Fraction], frames: Mapping[int, Number], vat_rate: Number, unit: Number = 1
) -> pd.DataFrame:
    """One row per year and municipality, and SUM: year, municipality, frame_nok, vat_nok, on_account_nok.

    frames: year → frame with VAT. frame_nok: the part of it; on_account_nok: of the frame without VAT, which is paid;
    vat_nok: their difference, which is compensated.
    """
    parts = []
    for year, frame in frames.items():
        gross = _shared(shares, exact(frame), unit).rename(columns={"amount_nok": "frame_nok"})
        net = _shared(shares, without_vat(frame, vat_rate), unit).amount_nok
        parts.append(gross.assign(year=year, vat_nok=gross.frame_nok - net, on_account_nok=net))
    columns = ["year", "municipality", "frame_nok", "vat_nok", "on_account_nok"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def investment_distribution(
    shares: Mapping[str, Fraction], frame: Number, vat_rate: Number, underspend: Number = 0, unit: Number = 1
) -> pd.DataFrame:
    """One row per municipality, and SUM: frame_nok, on_account_nok, underspend_nok (≤ 0) and total_payment_nok.

    underspend: what was paid on account last year but not spent, without VAT, above 0; it is set off by this year's
    shares. Each column is shared by itself, in multiples of unit; total_payment_nok is what the rows then come to.
    """
    table = investment_plan(shares, {0: frame}, vat_rate, unit).drop(columns=["year", "vat_nok"])
    table["underspend_nok"] = _shared(shares, -exact(underspend), unit).amount_nok
    return table.assign(total_payment_nok=table.on_account_nok + table.underspend_nok)


def _shared(shares: Mapping[str, Fraction], amount: Fraction, unit: Number) -> pd.DataFrame:
    parts = split(amount, shares, unit, "the shares")
    table = pd.DataFrame({"municipality": [*parts], "amount_nok": [*parts.values()]})
    return with_sum(table, "municipality", ["amount_nok"])
