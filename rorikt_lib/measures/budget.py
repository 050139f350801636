"""The yearly documents: the budget's walk, years ahead, investments, settlement, step prices and scenarios."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.budget_file import StepPrices
from rorikt_lib.config.scenario_file import read_scenarios
from rorikt_lib.errors import InputError
from rorikt_lib.measures.economy import cost_table
from rorikt_lib.measures.sharing import budget_nok, budget_of, budget_year, charges, shares
from rorikt_lib.sharing import budget, plan, scenario, settlement, steps
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import year_of
from rorikt_lib.workbook import Workbook


def budget_walk(book: Workbook) -> pd.DataFrame:
    """Budsjett: from last year's budget to this one's; see sharing.budget.walk. No rows without steps."""
    year = budget_year(book)
    given = budget_of(book, year).steps_nok
    start = book.settings.ledger.adopted_budget_nok.get(year - 1) if year else None
    if start is None or not given:
        return budget.walk(0, {}, "", "").head(0)
    return budget.walk(start, given, f"Budsjett {year - 1}", f"Budsjett {year}")


def budget_parts(book: Workbook) -> pd.DataFrame:
    """Budsjett: what the steps are made up of: step, adjustment, amount_nok, printed_nok, difference_nok.

    One row per adjustment and SUM; the SUM row's printed_nok is the step's amount.
    """
    own = budget_of(book, budget_year(book))
    parts = [
        budget.listed(amounts, "adjustment", own.steps_nok[step]).assign(step=step)
        for step, amounts in own.parts_nok.items()
    ]
    columns = ["step", "adjustment", "amount_nok", "printed_nok", "difference_nok"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def budget_measures(book: Workbook) -> pd.DataFrame:
    """Budsjett: the measures and their SUM against the one that was printed; see sharing.budget.listed."""
    own = budget_of(book, budget_year(book)).measures
    return budget.listed(own.amounts_nok if own else {}, "measure", own.printed_sum_nok if own else None).iloc[
        : None if own else 0
    ]


def frame_check(book: Workbook) -> pd.DataFrame:
    """Budsjett: whether the measures bring the budget to one municipality's frame; see sharing.budget.frame_check.

    Before those columns: municipality, frame_nok and cost_share, as they were given. No rows where no frame is.
    """
    year = budget_year(book)
    own, now = budget_of(book, year).measures, budget_nok(book, year) if year else None
    if own is None or now is None:
        return budget.frame_check(0, 0, {}).assign(municipality="", frame_nok=0.0, cost_share=0.0).head(0)
    frame = own.frame
    share = frame.share if frame.share is not None else shares(book, year)[frame.municipality]
    total = budget.total_of_frame(frame.amount_nok, share, frame.rounded_to_nok)
    given = {"municipality": frame.municipality, "frame_nok": frame.amount_nok, "cost_share": float(share)}
    return budget.frame_check(total, now, own.amounts_nok).assign(**given)


def years_ahead(book: Workbook) -> pd.DataFrame:
    """Økonomiplan: the budget's year and those ahead, at constant shares; see sharing.plan.years_ahead."""
    year = budget_year(book)
    growth, by_share = budget_of(book, year).growth_percent, shares(book, year)
    if not growth or not by_share:
        return pd.DataFrame(columns=["year", "municipality", "amount_nok", "growth"])
    table = plan.years_ahead(by_share, year, budget_nok(book, year), growth)
    return table.assign(growth=table.year.map({y: percent / 100 for y, percent in growth.items()}))


def investment_plan(book: Workbook) -> pd.DataFrame:
    """Investeringer: frames, compensated VAT and payment per year; see sharing.plan.investment_plan."""
    year = budget_year(book)
    own, by_share = budget_of(book, year).investments, shares(book, year)
    frames = own.frames_nok if own and by_share else {}
    return plan.investment_plan(by_share, frames, book.settings.sharing.vat_rate, own.rounded_to_nok if own else 1)


def investment_distribution(book: Workbook) -> pd.DataFrame:
    """Investeringer: the first year's frame and what is to be paid; see sharing.plan.investment_distribution."""
    year = budget_year(book)
    own, by_share = budget_of(book, year).investments, shares(book, year)
    columns = ["municipality", "frame_nok", "on_account_nok", "underspend_nok", "total_payment_nok"]
    if own is None or year not in own.frames_nok or not by_share:
        return pd.DataFrame(columns=columns)
    rate = book.settings.sharing.vat_rate
    return plan.investment_distribution(by_share, own.frames_nok[year], rate, own.underspend_nok, own.rounded_to_nok)


def settled_year(book: Workbook) -> int:
    """The last year that is over at the end of the report's month."""
    return year_of(book.month) - (not book.month.endswith("-12"))


def operating_settlement(book: Workbook) -> pd.DataFrame:
    """Avregning: the settled year's budget − actual, by its shares; see sharing.settlement.settle_operating.

    From the ledger, closing entries included. No rows where the year has no shares, no budget or no postings.
    """
    year = settled_year(book)
    by_share = shares(book, year)
    total = cost_table(book.at(f"{year}-12"), "operating").set_index("expense_type").loc[SUM]
    variance = total.budget_nok - total.actual_nok
    if not by_share or pd.isna(variance) or not total.actual_nok:
        return pd.DataFrame(columns=["municipality", "cost_share", "amount_nok", "rounding_nok"])
    return settlement.settle_operating(round(float(variance), 2), by_share)


def investment_settlement(book: Workbook) -> pd.DataFrame:
    """Avregning: paid on account − share of spent, where the budget's file has a year's account of investments."""
    own = budget_of(book, budget_year(book)).investment_account
    by_share = shares(book, own.year) if own else {}
    if not by_share:
        return pd.DataFrame(columns=["municipality", "cost_share", "paid_nok", "spent_nok", "amount_nok"])
    return settlement.settle_investment(own.paid_nok, own.spent_nok, by_share)


def step_service(book: Workbook) -> StepPrices | None:
    """Budsjett: the service that has a price in steps, as the budget's file tells it; None where it tells of none."""
    return budget_of(book, budget_year(book)).step_prices


def step_prices(book: Workbook) -> pd.DataFrame:
    """Budsjett: the steps of a price; see sharing.steps.price_table."""
    own = step_service(book)
    return steps.price_table(own.up_to if own else {})


def growth_cost(book: Workbook) -> pd.DataFrame:
    """Budsjett: what growth costs; see sharing.steps.growth_cost."""
    own = step_service(book)
    return steps.growth_cost(own.up_to, own.count, own.growth) if own else steps.growth_cost({0: 0}, 0, [])


def scenarios(book: Workbook) -> pd.DataFrame:
    """Scenarioer: each file in content/scenarios of the budget's year against it; see sharing.scenario.compare.

    Before those columns: scenario (the file's name), title, description and dropped (items that went with those who
    left, in words). No rows where the budget's year has no keys.
    """
    year, parts = budget_year(book), []
    base = charges(book, year)
    of_year = {name: given for name, given in read_scenarios(book.content).items() if given.year == year}
    for name, given in of_year.items() if base else []:
        try:
            outcome = scenario.work_out(base, given)
            compared = scenario.compare(base, outcome)
        except InputError as error:
            raise error.placed(book.content / "scenarios" / f"{name}.yml") from None
        told = {"scenario": name, "title": given.title, "description": given.description}
        parts.append(compared.assign(**told, dropped="; ".join(outcome.dropped)))
    columns = ["scenario", "title", "description", "dropped", *scenario.COLUMNS]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
