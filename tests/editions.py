"""What months published, made up for tests: rows of figures.csv, and a site that they stand on."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from rorikt_lib.publish.month_facts import FACTS
from rorikt_lib.report.editions import Edition, Editions

COLUMNS = ["figure", "period", "dimension", "member", "value", "unit"]
Row = tuple[str, str, str, float, str]


def records(month: str, *rows: Row) -> pd.DataFrame:
    """figures.csv of a month: figure, dimension, member, value and unit of each row."""
    return pd.DataFrame([(row[0], month, *row[1:]) for row in rows], columns=COLUMNS).astype({"value": float})


def edition(month: str, *rows: Row, is_draft: bool = False) -> Edition:
    return Edition(month, records(month, *rows), is_draft)


def editions(*all_of_them: Edition) -> Editions:
    return Editions(all_of_them)


def costs(name: str, value: float) -> Row:
    return f"operating_costs.{name}", "expense_type", "SUM", value, "NOK"


def forecast(month: str, nok: float, budget: float = 89_477_000.0) -> tuple[Row, ...]:
    """The adopted forecast of a month, as its own and by month, and the budget."""
    by_month = ("operating_costs.adopted_by_month", "month|expense_type", f"{month}|SUM", nok, "NOK")
    return costs("forecast", nok), costs("budget", budget), by_month


def open_cases(**by_day: float) -> tuple[Row, ...]:
    return tuple(
        ("backlog.open", "date|total", f"{day[1:].replace('_', '-')}|total", n, "cases") for day, n in by_day.items()
    )


def of_month(figure: str, month: str, value: float, unit: str) -> Row:
    return figure, "month", month, value, unit


def everything(month: str, before: str, factor: float = 1.0) -> tuple[Row, ...]:
    """A month with each figure that the pages across months show."""
    parts = [
        *forecast(month, 87_539_100.0 * factor),
        costs("model_forecast", 90_693_561.2 * factor),
        of_month("operating_costs.actual_so_far", before, 70_000_000.0, "NOK"),
        of_month("operating_costs.actual_so_far", month, 75_017_691.2 * factor, "NOK"),
        of_month("operating_costs.budget_so_far", month, 73_144_962.3, "NOK"),
        ("investment_costs.forecast", "project", "SUM", 5_586_020.0 * factor, "NOK"),
        ("investment_costs.budget", "project", "SUM", 9_000_000.0, "NOK"),
        ("devices.to_order", "municipality", "SUM", 483.0, "PCs"),
        ("devices.to_order", "municipality", "Molde", 184.0, "PCs"),
        ("devices.to_order_last_month", "municipality", "SUM", 480.0, "PCs"),
        ("rules.share_within_target", "", "", 0.9, "share"),
        ("usage.views", "date|channel", f"{month}-27|Kompetanseportalen", 105.0, "views"),
        ("forecast_trial.wape", "method|known_months|expense_type", "Modellen|9|SUM", 0.01, "share"),
    ]
    for of, size in ((before, 1.0), (month, factor)):
        parts += [
            ("backlog.open", "date|total", f"{of}-27|total", round(458.0 * size), "cases"),
            of_month("tickets.created", of, round(1245 * size), "cases"),
            of_month("tickets.resolved", of, round(1265 * size), "cases"),
            of_month("tickets.alerts", of, round(84 * size), "alerts"),
            of_month("sla.share_within", of, 0.85 * min(size, 1.1), "share"),
            of_month("sla.within", of, 850, "cases"),
            of_month("sla.breached", of, 150, "cases"),
            ("usage.views", "month|channel", f"{of}|Kompetanseportalen", round(1961 * size), "views"),
            ("usage.unique_users", "month|channel", f"{of}|Kompetanseportalen", 375.0, "users"),
        ]
        for priority, cases in (("Lav", 9.0), ("Medium", 500.0)):
            parts += [
                (f"resolution.{name}", "month|priority", f"{of}|{priority}", value, unit)
                for name, value, unit in (
                    ("cases", cases, "cases"), ("target", 3.0, "days"), ("mean", 3.4, "days"), ("median", 0.6 * size, "days"),
                )
            ]  # fmt: skip
    return tuple(parts)


PAGE = '<html lang="nb"><body><main><h2>x</h2>{}</main></body></html>'


def put(site: Path, one: Edition, folder: str = "", tables: tuple[str, ...] = (), **facts: object) -> Path:
    """A month's folder on a site: its figures, a page with these tables, and its facts."""
    place = site / (folder or one.month)
    place.mkdir(parents=True)
    one.figures.to_csv(place / "figures.csv", index=False)
    ids = "".join(f'<table id="tabell-{key}"></table>' for key in tables)
    (place / "index.html").write_text(PAGE.format(ids), encoding="utf-8")
    known = {"month": one.month, "revision": 1, "demo": False, "pdf": "x.pdf", "pages": [], "version": None}
    known |= {"draft": one.is_draft, "status": "Utkast" if one.is_draft else "Godkjent", "approved_on": None}
    (place / FACTS).write_text(json.dumps(known | facts), encoding="utf-8")
    return place
