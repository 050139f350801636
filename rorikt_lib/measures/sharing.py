"""The yearly documents: whose costs, by which keys, and what they come to."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from rorikt_lib.config.budget_file import Budget, read_budget
from rorikt_lib.errors import InputError
from rorikt_lib.measures.economy import cost_table
from rorikt_lib.sharing import allocate, budget, items, model
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.rounding import exact, split
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import year_of
from rorikt_lib.workbook import Workbook

AMOUNTS = ["category", "item", "municipality", "key", "amount_nok"]


def budget_year(book: Workbook) -> int | None:
    """The newest year with sharing keys, next year's at the most; None where there is none."""
    years = book.table("allocation_keys").year
    known = years[years <= year_of(book.month) + 1]
    return None if known.empty else int(known.max())


def budget_of(book: Workbook, year: int | None) -> Budget:
    """The year's file in content/budgets; one that says nothing where there is none."""
    return (read_budget(year, book.content) if year else None) or Budget()


def budget_nok(book: Workbook, year: int) -> Fraction | None:
    """The year's budget: what its walk arrives at, or what workbook.yml says was adopted; None where neither is told.

    InputError where both are told and differ.
    """
    adopted, steps = book.settings.ledger.adopted_budget_nok, budget_of(book, year).steps_nok
    if not steps or year - 1 not in adopted:
        return exact(adopted[year]) if year in adopted else None
    walked = exact(adopted[year - 1]) + sum(map(exact, steps.values()))
    if walked != adopted.get(year, walked):
        raise InputError(
            f"the steps arrive at {float(walked):.0f}, but {adopted[year]} was adopted",
            file=book.content / "budgets" / f"{year}.yml",
            remedy="correct a step, or adopted_budget_nok in workbook.yml",
        )
    return walked


def charges(book: Workbook, year: int | None, name: str | None = None) -> list[Charge]:
    """The year's costs, exact, and their keys, under the year's model or the one called `name`.

    None where the year has no keys or no budget. Without a model in workbook.yml, items are charged at their cost.
    """
    total = budget_nok(book, year) if year else None
    if total is None or not (book.table("allocation_keys").year == year).any():
        return []
    sharing = book.settings.sharing
    name = name or sharing.model_of_year.get(year)
    try:
        own = items.items(*items.of_year(book.table("allocation_keys"), book.table("allocation_costs"), year))
        return model.charges(own, total) if name is None else model.model_charges(sharing.models[name], own, total)
    except InputError as error:
        raise error.placed(f"keys and costs of {year}") from None


def shares(book: Workbook, year: int | None) -> dict[str, Fraction]:
    """Each municipality's exact share of the year's budget; empty where they are not known."""
    found = charges(book, year)
    return allocate.exact_shares(found) if found else {}


def allocation(book: Workbook) -> pd.DataFrame:
    """Kostnadsfordeling: one row per item and municipality of the budget's year; see sharing.allocate.allocate."""
    found = charges(book, budget_year(book))
    return allocate.allocate(found) if found else pd.DataFrame(columns=AMOUNTS)


def allocation_by_category(book: Workbook) -> pd.DataFrame:
    """Kostnadsfordeling: one row per category and municipality; see sharing.allocate.by_category."""
    return allocate.by_category(allocation(book))


def yearly_shares(book: Workbook) -> pd.DataFrame:
    """One row per year with keys, up to the budget's, and municipality: year, municipality, cost_share, amount_nok."""
    last = budget_year(book)
    years = sorted(int(y) for y in book.table("allocation_keys").year.unique() if last and y <= last)
    parts = []
    for year in years:
        if found := charges(book, year):
            table = allocate.by_municipality(allocate.allocate(found))
            share = table.municipality.map({p: float(s) for p, s in allocate.exact_shares(found).items()})
            parts.append(table.assign(year=year, cost_share=share))
    columns = ["year", "municipality", "cost_share", "amount_nok"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def sharing_models(book: Workbook) -> pd.DataFrame:
    """Kostnadsfordeling: the budget under each model that its keys reach: sharing_model, municipality, amount_nok."""
    year, parts = budget_year(book), []
    own = book.settings.sharing.model_of_year.get(year)
    for name in dict.fromkeys([own, *book.settings.sharing.models]) if own else []:
        try:
            found = charges(book, year, name)
        except InputError:
            continue  # Its keys or items are those of other years.
        if found:
            parts.append(allocate.by_municipality(allocate.allocate(found)).assign(sharing_model=name))
    columns = ["sharing_model", "municipality", "amount_nok"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def against_last_year(book: Workbook) -> pd.DataFrame:
    """Budsjett: each municipality's amount against the year before; see sharing.budget.against_last_year."""
    year = budget_year(book)
    now, before = (charges(book, y) for y in (year, year - 1)) if year else ([], [])
    return budget.against_last_year(before, now) if now and before else pd.DataFrame(columns=budget.CHANGES)


def deviation_by_municipality(book: Workbook) -> pd.DataFrame:
    """1.1: this month's operating variance as kroner per municipality by the year's shares, and SUM.

    Columns: municipality, cost_share, variance_nok (see ledger.costs.cost_table). No rows where the year has no shares,
    or neither forecasts nor the year's end say what the variance will be.
    """
    by_share = shares(book, year_of(book.month))
    table = cost_table(book, "operating").set_index("expense_type")
    known = table.forecast_nok.notna().any() or book.month.endswith("-12")
    total = table.variance_nok[SUM]
    columns = ["municipality", "cost_share", "variance_nok"]
    if not by_share or not known or pd.isna(total):
        return pd.DataFrame(columns=columns)
    parts = split(round(float(total), 2), by_share)
    rows = [(place, float(by_share[place]), float(amount)) for place, amount in parts.items()]
    return pd.DataFrame([*rows, (SUM, 1.0, float(sum(parts.values())))], columns=columns)
