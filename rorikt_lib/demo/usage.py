"""Use of the portal (launched in April 2024) and of the chatbot, per day and per month."""

from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.demo.data import MADE_UP, PUBLISHED
from rorikt_lib.demo.exact import generator, land
from rorikt_lib.demo.text_files import csv_lines, write_lines
from rorikt_lib.terms.period import first_day, last_day

HOLIDAY_SHARE = 0.12


def write_usage(folder: Path) -> list[Path]:
    """Daily and monthly lists of the portal, daily lists of the chatbot."""
    random = generator("usage")
    months = [_month(month) for month in MADE_UP["portal"]]
    daily = pd.concat([_days(month, views, unique, random) for month, views, unique, _ in months])
    monthly = pd.DataFrame(months, columns=["Måned", "Visninger", "Unike brukere", "Unike brukere siden lansering"])
    inquiries = sorted((MADE_UP["inquiries"] | PUBLISHED["chatbot"]).items())
    chatbot = pd.concat([_spread(month, count, "Henvendelser", random) for month, count in inquiries])
    return [
        write_lines(folder / "kompetanseportalen_dager_2024.csv", csv_lines(_dated(daily))),
        write_lines(folder / "kompetanseportalen_maaneder_2024.csv", csv_lines(monthly.astype(str)), "cp1252"),
        write_lines(folder / "chatbot_2024.csv", csv_lines(_dated(chatbot), delimiter=","), "utf-8-sig"),
    ]


def _month(month: str) -> tuple[str, int, int, int]:
    """The month with views, unique users and unique users since launch: as published, else made up."""
    published = PUBLISHED["portal"].get(month, (None, None, None))
    return (month, *[p if p is not None else own for p, own in zip(published, MADE_UP["portal"][month], strict=True)])


def _spread(month: str, total: int, name: str, random: np.random.Generator) -> pd.DataFrame:
    """One row per day of the month; the days add up to the total, weekends are quiet."""
    days = pd.date_range(first_day(month), last_day(month))
    weights = random.uniform(0.6, 1.4, len(days)) * np.where(days.day_of_week < 5, 1.0, HOLIDAY_SHARE)
    return pd.DataFrame({"Dato": days, name: land(weights, total)})


def _days(month: str, views: int, unique: int, random: np.random.Generator) -> pd.DataFrame:
    """A day has fewer users than views; those who come back make the days' users more than the month's."""
    frame = _spread(month, views, "Visninger", random)
    users = np.ceil(frame["Visninger"] * random.uniform(0.3, 0.5, len(frame))).astype(int)
    return frame.assign(**{"Unike brukere": np.minimum(users, unique)})


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(Dato=frame["Dato"].dt.strftime("%d.%m.%Y")).astype(str)
