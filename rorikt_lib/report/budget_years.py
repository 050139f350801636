"""Budsjettsak: the years ahead as a paper has them, and what the first year's investment frame pays for."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.present.sentences import budget_case as words
from rorikt_lib.report.budget import PLAN
from rorikt_lib.report.charges import budget_of, budget_year
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.investments import PLAN as INVESTMENT_PLAN
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook

PLAN_AS_PRINTED = replace(
    PLAN, key="okonomiplan-sak", columns=["municipality", "year", "amount_nok"], across="year", total=True
)

# Of plans, besides the municipalities.
ROWS = ["growth", "frame_nok", "vat_nok", "on_account_nok"]


def growth(book: Workbook) -> pd.DataFrame:
    """The budget's growth in each of the years ahead: plan_row, year, growth."""
    table = PLAN.frame(book)
    return table[(table.municipality == SUM) & table.growth.notna()].assign(plan_row="growth")


PLAN_GROWTH = Table(
    "okonomiplan-vekst",
    growth,
    {"year": "year", "municipality": "municipality"},
    named("financial_plan", "growth"),
    columns=["plan_row", "year", "growth"],
    across="year",
)


def projects(book: Workbook) -> pd.DataFrame:
    """The projects of the first year's frame, and SUM: see config.budget_file.Project, whose name is `project` here."""
    year = budget_year(book)
    own = budget_of(book, year).investments
    columns = ["number", "group", "project", "basis", "description", "finish", "estimate_nok"]
    given = [one.model_dump() for one in (own.projects if own else [])]
    rows = [one | {"project": one["name"]} for one in given]
    return with_sum(pd.DataFrame(rows, columns=columns), "project", ["estimate_nok"]).assign(year=year)


PROJECTS = Table(
    "investeringsprosjekter",
    projects,
    ["year", "project"],
    named("investment_project", estimate_nok="estimate"),
    columns=["group", "number", "project", "basis", "finish", "estimate_nok"],
    if_known=["basis", "finish"],
    total=True,
    amounts="kroner",
)


def investment_plan_rows(book: Workbook) -> pd.DataFrame:
    """The plan as a paper has it, a row each: the frame with VAT, what is compensated, what each municipality pays.

    Columns: plan_row (of ROWS, or a municipality), year, amount_nok. on_account_nok: what they pay together.
    """
    table = INVESTMENT_PLAN.frame(book)
    whole, places = table[table.municipality == SUM], table[table.municipality != SUM]
    parts = [
        whole.assign(plan_row="frame_nok", amount_nok=whole.frame_nok),
        whole.assign(plan_row="vat_nok", amount_nok=whole.vat_nok),
        places.assign(plan_row=places.municipality, amount_nok=places.on_account_nok),
        whole.assign(plan_row="on_account_nok", amount_nok=whole.on_account_nok),
    ]
    return pd.concat(parts, ignore_index=True)[["plan_row", "year", "amount_nok"]]


INVESTMENT_PLAN_AS_PRINTED = Table(
    "investeringsplan-sak",
    investment_plan_rows,
    ["year", "plan_row"],
    named("investment_plan", amount_nok="row"),
    columns=["plan_row", "year", "amount_nok"],
    across="year",
    total=True,
)


project_texts = from_book(words.project_texts, PROJECTS)
