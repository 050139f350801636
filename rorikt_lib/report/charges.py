"""The yearly documents' ground: the budget of a year, whose costs they are, and the keys that share them."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from pathlib import Path

from rorikt_lib.config.budget_file import Budget, read_budget
from rorikt_lib.config.sharing import OWN_COST
from rorikt_lib.errors import InputError
from rorikt_lib.sharing import allocate, items, model
from rorikt_lib.sharing.blame import in_files
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.rounding import exact
from rorikt_lib.terms.period import year_of
from rorikt_lib.workbook import Workbook, if_there


def budget_year(book: Workbook) -> int | None:
    """The newest year with sharing keys, next year's at the most; None where there is none."""
    years = book.table("allocation_keys").year
    known = years[years <= year_of(book.month) + 1]
    return None if known.empty else int(known.max())


def refuse_without_budget(book: Workbook, year: str | None) -> None:
    """InputError where the month reaches no keys of `year`, or nobody has said what is to be shared by them.

    None asks for no year.
    """
    if not year:
        return
    known = if_there(budget_year, book)
    if known != int(year):
        newest = f"the newest are of {known}" if known else "there are none"
        remedy = f"put the keys and costs of {year} there, or name a year that has them"
        problem = f"no sharing keys of {year} are read in {book.month}: {newest}"
        raise InputError(problem, file=book.data_root / "raw", remedy=remedy)
    if not charges(book, known):
        remedy = (
            f"write steps_nok there, from the budget of {known - 1} that workbook.yml has under adopted_budget_nok, "
            f"or have the one of {year} there too"
        )
        raise InputError(f"the budget of {year} is not known", file=_budget_file(book, known), remedy=remedy)


def budget_of(book: Workbook, year: int | None) -> Budget:
    """The year's file in content/budgets; one that says nothing where there is none."""
    budget = read_budget(year, book.content) if year else None
    book.note("budget_file", budget is not None)
    return budget or Budget()


def budget_nok(book: Workbook, year: int) -> Fraction | None:
    """The year's budget: what its walk arrives at, or what workbook.yml says was adopted; None where neither is given.

    InputError where both are given and differ.
    """
    # A file that has no steps says nothing of the budget, and is no source of it.
    own = read_budget(year, book.content) or Budget()
    book.note("budget_file", bool(own.steps_nok))
    adopted, steps = book.settings.ledger.adopted_budget_nok, own.steps_nok
    if not steps or year - 1 not in adopted:
        return exact(adopted[year]) if year in adopted else None
    walked = exact(adopted[year - 1]) + sum(map(exact, steps.values()))
    if walked != adopted.get(year, walked):
        problem = f"the steps arrive at {float(walked):.0f}, but {adopted[year]} was adopted"
        remedy = "correct a step, or adopted_budget_nok in workbook.yml"
        raise InputError(problem, file=_budget_file(book, year), remedy=remedy)
    return walked


def charges(book: Workbook, year: int | None, name: str | None = None) -> list[Charge]:
    """The year's costs, exact, and their keys, under the year's model or the one called `name`.

    None where the year has no keys, or no budget to share: under OWN_COST the costs are what is shared, and the budget,
    where it is known, must be theirs. Without a model in workbook.yml, items are charged at their cost.
    """
    rules = book.settings.sharing
    name = name or rules.model_of_year.get(year)
    total = budget_nok(book, year) if year else None
    if (total is None and name != OWN_COST) or not (book.table("allocation_keys").year == year).any():
        return []
    # Which files those are is asked where something is wrong alone: what is right is not made of it.
    of_year = partial(_files_of, book, year=year)
    with in_files(partial(of_year, "allocation_keys"), partial(of_year, "allocation_costs")):
        own = items.items(*items.of_year(book.table("allocation_keys"), book.table("allocation_costs"), year))
        by_cost = name in (None, OWN_COST)
        found = model.charges(own, total) if by_cost else model.model_charges(rules.models[name], own, total)
        # What nothing can be shared by is told here, with the file, not where the amounts are shown.
        allocate.exact_totals(found)
    return found


def _files_of(book: Workbook, table: str, year: int) -> str:
    """The exports that a table of keys or costs is made of, in words where there are none."""
    sources = book.table("sources")
    files = sources.source_file[sources.table.str.split(" + ", regex=False).map(lambda names: table in names)]
    what = {"allocation_keys": "keys", "allocation_costs": "costs"}[table]
    return f"{', '.join(files)} ({what} of {year})" if len(files) else f"no file of {what}"


@contextmanager
def in_budget_file(book: Workbook, year: int | None) -> Iterator[None]:
    """Errors from within are said to be in the year's file in content/budgets, unless they name a file already."""
    try:
        yield
    except InputError as error:
        raise error.placed(_budget_file(book, year)) from None


def _budget_file(book: Workbook, year: int | None) -> Path:
    return book.content / "budgets" / f"{year}.yml"


def shares(book: Workbook, year: int | None) -> dict[str, Fraction]:
    """Each municipality's exact share of the year's budget; empty where they are not known."""
    found = charges(book, year)
    return allocate.exact_shares(found) if found else {}
