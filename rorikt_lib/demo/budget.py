"""Budget 2022–2024 and the managers' adopted forecasts of June – October 2024."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.exact import land, oere
from rorikt_lib.demo.forecasts import FORECASTS
from rorikt_lib.demo.targets import INVESTMENTS_2023, INVESTMENTS_2024, OPERATING_2023, OPERATING_2024
from rorikt_lib.demo.text_files import csv_lines, norwegian, write_lines

VERSIONS = {2022: "Vedtatt", 2023: "Regulert", 2024: "Vedtatt"}
OPERATING_2022 = {
    "Lønn": 27_100_000,
    "Drift av stab og lokaler": 2_900_000,
    "Kjøp/leasing": 350_000,
    "Konsulenter": 900_000,
    "Lisens, vedlikehold og support": 47_900_000,
    "Samband og Tele": 4_250_000,
    "Inntekter": -5_900_000,
}
INVESTMENTS_2022 = {
    "Videreutvikling P360 og M365": 400_000,
    "Helseplattformen": 3_000_000,
    "Digitalisering teknisk sektor": 1_000_000,
    "App-utvikling": 800_000,
    "Grunnmur del 3": 1_500_000,
    "Klientsikkerhet": 1_000_000,
    "Uforutsette tiltak infrastruktur": 300_000,
}
# How a line's budget is spread: (account, cost centre, share).
ACCOUNTS = {
    "Lønn": [
        ("0100", "1410", 0.24), ("0100", "1420", 0.28), ("0100", "1430", 0.22), ("0900", "1400", 0.12),
        ("0990", "1400", 0.14),
    ],
    "Drift av stab og lokaler": [
        ("1200", "1420", 0.12), ("1500", "1430", 0.2), ("1700", "1430", 0.2), ("1900", "1400", 0.48),
    ],
    "Kjøp/leasing": [("2000", "1410", 0.4), ("2200", "1410", 0.6)],
    "Konsulenter": [("2700", "1430", 0.8), ("2710", "1400", 0.2)],
    "Lisens, vedlikehold og support": [("1950", "1450", 0.72), ("2400", "1450", 0.2), ("2410", "1420", 0.08)],
    "Samband og Tele": [("1300", "1420", 0.74), ("1310", "1410", 0.26)],
    "Inntekter": [("6500", "1400", 0.06), ("7000", "1430", 0.1), ("7100", "1410", 0.1), ("7500", "1450", 0.74)],
}  # fmt: skip
# Lines budgeted month by month in 2024, and the months' weights; the others have one amount for the year.
MONTHLY_2024 = {
    "Lønn": [8.0, 8.0, 8.0, 8.0, 8.0, 3.1, 8.2, 8.2, 8.2, 10.0, 8.6, 13.7],
    "Samband og Tele": [1.0] * 12,
}


def write_budget(settings: Settings, folder: Path) -> list[Path]:
    """One list per year."""
    operating = {
        2022: OPERATING_2022,
        2023: {line: budget for line, (_, budget) in OPERATING_2023.items()},
        2024: {line: budget for line, (_, budget, _) in OPERATING_2024.items()},
    }
    projects = {
        2022: INVESTMENTS_2022,
        2023: {project: budget for project, (_, budget) in INVESTMENTS_2023.items()},
        2024: {project: budget for project, (_, budget, _) in INVESTMENTS_2024.items()},
    }
    codes = {p.name: p.code for p in settings.ledger.projects}
    return [
        write_lines(
            folder / f"budsjett_{year}.csv",
            csv_lines(_listed(year, _operating(year, operating[year]) + _investments(projects[year], codes))),
        )
        for year in VERSIONS
    ]


def write_forecasts(folder: Path) -> list[Path]:
    """One list per month that managers adopted forecasts in."""
    paths = []
    for month in sorted({forecast.month for forecast in FORECASTS}):
        rows = [(month, f.kind, f.line, norwegian(oere(f.amount_nok)), f.reason) for f in FORECASTS if f.month == month]
        frame = pd.DataFrame(rows, columns=["Periode", "Type", "Linje", "Beløp", "Begrunnelse"])
        paths.append(write_lines(folder / f"prognose_{month}.csv", csv_lines(frame), "utf-8-sig"))
    return paths


Line = tuple[str, str, str | None, int | None, int]


def _operating(year: int, budget: dict[str, float]) -> list[Line]:
    """(account, cost centre, project, month, øre) adding up to each line's budget."""
    lines: list[Line] = []
    for line, amount in budget.items():
        accounts = ACCOUNTS[line]
        hundreds = land(np.array([share for *_, share in accounts]), round(amount / 100))
        for (account, centre, _), part in zip(accounts, hundreds * 10_000, strict=True):
            if year == 2024 and line in MONTHLY_2024:
                months = land(np.array(MONTHLY_2024[line]), int(part))
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
