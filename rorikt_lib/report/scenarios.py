"""Scenarioer: what each municipality would pay if keys, costs, members or who pays the licences were others."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.config.scenario_file import read_scenarios
from rorikt_lib.errors import InputError
from rorikt_lib.present.charts import sharing as charts
from rorikt_lib.present.language import text
from rorikt_lib.present.sentences import scenarios as words
from rorikt_lib.report.charges import budget_year, charges
from rorikt_lib.report.declare import Chart, Table, from_book, named
from rorikt_lib.sharing import scenario
from rorikt_lib.workbook import Workbook, once


@once
def compared(book: Workbook) -> pd.DataFrame:
    """Each file in content/scenarios of the budget's year against it; see sharing.scenario.compare.

    Before those columns: scenario (the file's name), title, description and dropped (items that went with those who
    left, in words). No rows where the budget's year has no keys.
    """
    year, parts = budget_year(book), []
    base = charges(book, year)
    of_year = {name: given for name, given in read_scenarios(book.content).items() if given.year == year}
    book.note("scenarios", bool(of_year))
    for name, given in of_year.items() if base else []:
        try:
            outcome = scenario.work_out(base, given)
            table = scenario.compare(base, outcome)
        except InputError as error:
            raise error.placed(book.content / "scenarios" / f"{name}.yml") from None
        given_names = {"scenario": name, "title": given.title, "description": given.description}
        parts.append(table.assign(**given_names, dropped="; ".join(outcome.dropped)))
    columns = ["scenario", "title", "description", "dropped", *scenario.COLUMNS]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def by_scenario(table: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """The rows of each scenario by its name; frame and invoices are left out where all is in the frame."""
    parts = table.groupby("scenario", sort=False)
    apart = ["frame_nok", "invoiced_nok"]
    return {name: rows if rows.invoiced_nok.any() else rows.drop(columns=apart) for name, rows in parts}


_AMOUNTS = {"base_nok": "base", "frame_nok": "frame", "invoiced_nok": "invoiced"}
SCENARIOS = Table(
    "scenario",
    compared,
    ["scenario", "municipality"],
    named("scenario", "share_before", **_AMOUNTS, scenario_nok="total", change_nok="change", share_now="share"),
    columns=scenario.COLUMNS,
    if_known=["frame_nok", "invoiced_nok"],
    total=True,
    amounts="kroner",
    caption=lambda _, rows: words.caption(rows),
    apart=by_scenario,
)
OVERVIEW = Table(
    "scenarioer",
    SCENARIOS.frame,
    ["title", "municipality"],
    named("scenario", change_nok="change"),
    across="municipality",
    amounts="kroner",
)
CHART = Chart("scenarioer", [OVERVIEW], charts.scenario_changes, words.alt)

how = from_book(lambda compared: text("scenarios") if len(compared) else None, SCENARIOS)
heading, described = words.heading, words.described
