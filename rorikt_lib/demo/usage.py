"""Use of the portal (launched in April 2024) and of the chatbot, per day and per month."""

from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.demo.data import MADE_UP, PUBLISHED
from rorikt_lib.demo.exact import generator, land
from rorikt_lib.demo.text_files import csv_lines, write_lines
from rorikt_lib.terms.period import first_day, last_day

HOLIDAY_SHARE = 0.12
CHRISTMAS = pd.to_datetime(["2024-12-24", "2024-12-25", "2024-12-26", "2024-12-31"])


def write_usage(folder: Path) -> list[Path]:
    """Daily and monthly lists of the portal, daily lists of the chatbot; December 2024 has files of its own."""
    to_november = MADE_UP["portal"], MADE_UP["inquiries"] | PUBLISHED["chatbot"]
    december = MADE_UP["portal_of_december"], MADE_UP["inquiries_of_december"]
    return [
        *_lists(folder, "2024", *to_november, generator("usage")),
        *_lists(folder, "2024-12", *december, generator("usage december")),
    ]


def _lists(
    folder: Path, name: str, portal: dict[str, list], inquiries: dict[str, int], random: np.random.Generator
) -> list[Path]:
    months = [_month(month, own) for month, own in portal.items()]
    daily = pd.concat([_days(month, views, unique, random) for month, views, unique, _ in months])
    monthly = pd.DataFrame(months, columns=["Måned", "Visninger", "Unike brukere", "Unike brukere siden lansering"])
    counts = sorted(inquiries.items())
    chatbot = pd.concat([_spread(month, count, "Henvendelser", random) for month, count in counts])
    return [
        write_lines(folder / f"kompetanseportalen_dager_{name}.csv", csv_lines(_dated(daily))),
        write_lines(folder / f"kompetanseportalen_maaneder_{name}.csv", csv_lines(monthly.astype(str)), "cp1252"),
        write_lines(folder / f"chatbot_{name}.csv", csv_lines(_dated(chatbot), delimiter=","), "utf-8-sig"),
    ]


def _month(month: str, made_up: list[int | None]) -> tuple[str, int, int, int]:
    """The month with views, unique users and unique users since launch: as published, else made up."""
    published = PUBLISHED["portal"].get(month, (None, None, None))
    return (month, *[p if p is not None else own for p, own in zip(published, made_up, strict=True)])


def _spread(month: str, total: int, name: str, random: np.random.Generator) -> pd.DataFrame:
    """One row per day of the month; the days add up to the total, weekends and Christmas are quiet."""
    days = pd.date_range(first_day(month), last_day(month))
    is_quiet = (days.day_of_week >= 5) | days.isin(CHRISTMAS)
    weights = random.uniform(0.6, 1.4, len(days)) * np.where(is_quiet, HOLIDAY_SHARE, 1.0)
    return pd.DataFrame({"Dato": days, name: land(weights, total)})


def _days(month: str, views: int, unique: int, random: np.random.Generator) -> pd.DataFrame:
    """A day has fewer users than views; those who come back make the days' users more than the month's."""
    frame = _spread(month, views, "Visninger", random)
    users = np.ceil(frame["Visninger"] * random.uniform(0.3, 0.5, len(frame))).astype(int)
    return frame.assign(**{"Unike brukere": np.minimum(users, unique)})


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(Dato=frame["Dato"].dt.strftime("%d.%m.%Y")).astype(str)
