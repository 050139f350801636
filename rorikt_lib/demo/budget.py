"""Budget 2022–2024 and the managers' adopted forecasts of June – October 2024."""

from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.data import MADE_UP, PUBLISHED
from rorikt_lib.demo.exact import land, oere
from rorikt_lib.demo.text_files import csv_lines, norwegian, write_lines

VERSIONS = {2022: "Vedtatt", 2023: "Regulert", 2024: "Vedtatt"}
# The month whose adopted forecasts are published.
PUBLISHED_MONTH = "2024-09"


def write_budget(settings: Settings, folder: Path) -> list[Path]:
    """One list per year."""
    operating, projects = (
        {2022: MADE_UP[f"{kind}_2022"]}
        | {y: {line: budget for line, (_, budget, *_) in PUBLISHED[f"{kind}_{y}"].items()} for y in (2023, 2024)}
        for kind in ("operating", "investments")
    )
    codes = {p.name: p.code for p in settings.ledger.projects}
    lists = {year: _operating(year, operating[year]) + _investments(projects[year], codes) for year in VERSIONS}
    frames = {folder / f"budsjett_{year}.csv": _listed(year, lines) for year, lines in lists.items()}
    return [write_lines(path, csv_lines(frame)) for path, frame in frames.items()]


def write_forecasts(folder: Path) -> list[Path]:
    """One list per month that managers adopted forecasts in."""
    paths = []
    for month in sorted({PUBLISHED_MONTH, *MADE_UP["forecast_months"]}):
        rows = [
            (month, kind, line, norwegian(oere(nok)), MADE_UP["reasons"].get(line, {}).get(month, ""))
            for kind, name in {"drift": "operating", "investering": "investments"}.items()
            for line, nok in sorted(_adopted(month, name).items())
        ]
        frame = pd.DataFrame(rows, columns=["Periode", "Type", "Linje", "Beløp", "Begrunnelse"])
        paths.append(write_lines(folder / f"prognose_{month}.csv", csv_lines(frame), "utf-8-sig"))
    return paths


def _adopted(month: str, kind: str) -> dict[str, float]:
    """NOK of the year per line, as adopted in a month of 2024."""
    if month == PUBLISHED_MONTH:
        return {line: forecast for line, (_, _, forecast) in PUBLISHED[f"{kind}_2024"].items()}
    place = MADE_UP["forecast_months"].index(month)
    return {line: course[place] for line, course in MADE_UP[f"{kind}_forecasts"].items()}


Line = tuple[str, str, str | None, int | None, int]


def _operating(year: int, budget: dict[str, float]) -> list[Line]:
    """(account, cost centre, project, month, øre) adding up to each line's budget."""
    lines: list[Line] = []
    for line, amount in budget.items():
        accounts = MADE_UP["budget_accounts"][line]
        hundreds = land(np.array([share for *_, share in accounts]), round(amount / 100))
        for (account, centre, _), part in zip(accounts, hundreds * 10_000, strict=True):
            if year == 2024 and line in MADE_UP["monthly_2024"]:
                months = land(np.array(MADE_UP["monthly_2024"][line]), int(part))
                lines += [(account, centre, None, n, int(m)) for n, m in enumerate(months, start=1)]
            else:
                lines.append((account, centre, None, None, int(part)))
    return lines


def _investments(budget: dict[str, float], codes: dict[str, str]) -> list[Line]:
    return [("2700", "1430", codes[project], None, oere(amount)) for project, amount in budget.items()]


def _listed(year: int, lines: list[Line]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=["Konto", "Ansvar", "Prosjekt", "Måned", "oere"])
    frame.insert(0, "År", str(year))
    frame.insert(1, "Versjon", VERSIONS[year])
    return frame.assign(Måned=frame["Måned"].astype("Int64"), Beløp=frame.oere.map(norwegian)).drop(columns="oere")
