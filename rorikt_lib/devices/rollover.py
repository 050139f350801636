"""PC rollover (2.1.1): expired, expiring, in stock, ordered and to order; years ahead; Windows."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.fields import SUM
from rorikt_lib.period import first_day, year_of
from rorikt_lib.settings import Devices
from rorikt_lib.tables import USER_GROUPS

YEARS_AHEAD = 5
FIRST_WINDOWS_11_BUILD = 22000


def extract_of(devices: pd.DataFrame, month: str, cut_off: pd.Timestamp) -> pd.DataFrame:
    """The PCs of the month's last extract by the cut-off that were seen on the network in the month.

    No rows when the month has no extract.
    """
    first, last = pd.Timestamp(first_day(month)), cut_off.tz_localize(None)
    in_month = devices[devices.extracted_on.between(first, last)]
    extract = in_month[in_month.extracted_on == in_month.extracted_on.max()]
    return extract[extract.last_seen_on.between(first, last)]


def replacement_year(devices: pd.DataFrame, settings: Devices) -> pd.Series:
    """The calendar year in which each PC's lifetime ends; missing without purchase date or user group."""
    lifetime = devices.user_group.map(settings.lifetime_years).astype("Int64")
    return devices.purchased_on.dt.year.astype("Int64") + lifetime


def stock_at(stock: pd.DataFrame, cut_off: pd.Timestamp) -> pd.DataFrame:
    """in_stock and on_order per municipality and user group (index), as last counted by the cut-off."""
    known = stock[stock.date <= cut_off.tz_localize(None)].sort_values("date", kind="stable")
    return known.groupby(["municipality", "user_group"])[["in_stock", "on_order"]].last()


def rollover(
    extract: pd.DataFrame, stock: pd.DataFrame, month: str, municipalities: list[str], settings: Devices
) -> pd.DataFrame:
    """One row per municipality and user group: expired, expiring, in_stock, on_order, to_order (PCs).

    expired: lifetime ended before the report's year; expiring: ends in it. stock: as `stock_at` gives it.
    to_order = expired + expiring − in_stock − on_order, never below 0. No rows where the month has no extract:
    nothing is known then, which is not 0.
    """
    year = year_of(month)
    due = replacement_year(extract, settings)
    index = pd.MultiIndex.from_product([municipalities, USER_GROUPS], names=["municipality", "user_group"])
    keys = [extract.municipality, extract.user_group]
    table = pd.DataFrame(
        {
            "expired": (due < year).fillna(False).groupby(keys).sum(),
            "expiring": (due == year).fillna(False).groupby(keys).sum(),
        }
    ).reindex(index)
    table = table.join(stock, validate="one_to_one").reindex(columns=["expired", "expiring", "in_stock", "on_order"])
    table = table.fillna(0).astype(int).head(len(index) if len(extract) else 0)
    table["to_order"] = (table.expired + table.expiring - table.in_stock - table.on_order).clip(lower=0)
    return table.reset_index()


def replacement_plan(extract: pd.DataFrame, month: str, municipalities: list[str], settings: Devices) -> pd.DataFrame:
    """One row per municipality, user group and year, from the report's year five years on: PCs whose lifetime ends.

    What has expired before stands in the first year.
    """
    years = range(year_of(month), year_of(month) + YEARS_AHEAD)
    due = replacement_year(extract, settings).clip(lower=years[0])
    index = pd.MultiIndex.from_product(
        [municipalities, USER_GROUPS, years], names=["municipality", "user_group", "year"]
    )
    count = due.groupby([extract.municipality, extract.user_group, due.rename("year")]).size()
    count = count.reindex(index[: len(index) if len(extract) else 0], fill_value=0)
    return count.rename("replace").reset_index()


def windows_readiness(extract: pd.DataFrame, municipalities: list[str]) -> pd.DataFrame:
    """One row per municipality: PCs on Windows 11, older and unknown; share on Windows 11. No rows without PCs."""
    build = pd.to_numeric(extract.os_build.str.extract(r"^(?:6|10)\.\d+\.(\d+)", expand=False), errors="coerce")
    count = pd.DataFrame(
        {
            "windows_11": build >= FIRST_WINDOWS_11_BUILD,
            "older_windows": build < FIRST_WINDOWS_11_BUILD,
            "unknown_build": build.isna(),
        }
    ).groupby(extract.municipality)
    table = count.sum().reindex(municipalities if len(extract) else [], fill_value=0)
    table["share_windows_11"] = (table.windows_11 / table.sum(axis=1)).where(table.sum(axis=1) > 0)
    return table.rename_axis("municipality").reset_index()


def windows_total(windows: pd.DataFrame) -> pd.DataFrame:
    """One row of `windows_readiness` over all municipalities (municipality = SUM), or none without PCs."""
    total = windows[["windows_11", "older_windows", "unknown_build"]].sum()
    share = total.windows_11 / total.sum() if total.sum() else float("nan")
    row = total.to_frame().T.assign(municipality=SUM, share_windows_11=share)
    return row[windows.columns].head(min(len(windows), 1))
