"""PC rollover: expired, expiring, in stock, ordered and to order."""

import pandas as pd

from rorikt_lib.terms.enums import UserGroup
from rorikt_lib.terms.period import year_of


def stock_at(stock: pd.DataFrame, cut_off: pd.Timestamp) -> pd.DataFrame:
    """date, in_stock and on_order per municipality and user group (index), as last counted by the cut-off."""
    known = stock[stock.date <= cut_off.tz_localize(None)].sort_values("date", kind="stable")
    return known.groupby(["municipality", "user_group"])[["date", "in_stock", "on_order"]].last()


def rollover(pcs: pd.DataFrame, stock: pd.DataFrame, month: str, municipalities: list[str]) -> pd.DataFrame:
    """One row per municipality and user group: expired, expiring, in_stock, on_order, to_order (PCs).

    expired: lifetime ended before the report's year; expiring: ends in it. pcs: those in use, see terms.with_terms;
    stock: as `stock_at` gives it; an owner that was never counted has in_stock and on_order missing, and needs as if it
    had none. to_order = expired + expiring − in_stock − on_order, never below 0. No rows where no PC's age is known:
    nothing is known then, which is not 0.
    """
    index = pd.MultiIndex.from_product([municipalities, [*UserGroup]], names=["municipality", "user_group"])
    due = _with_due(pcs, month).groupby(["municipality", "user_group"])[["expired", "expiring"]].sum()
    table = due.reindex(index).fillna(0).astype(int)
    table = table.join(stock[["in_stock", "on_order"]].astype("Int64"), validate="one_to_one")
    table["to_order"] = (table.expired + table.expiring - available(table)).clip(lower=0)
    return table.head(len(index) if pcs.replace_year.notna().any() else 0).reset_index()


def available(table: pd.DataFrame) -> pd.Series:
    """Of each row of a rollover, the PCs in stock and on order that its need is computed with."""
    return (table.in_stock + table.on_order).fillna(0).astype(int)


def _with_due(pcs: pd.DataFrame, month: str) -> pd.DataFrame:
    """The PCs with expired and expiring: whether the lifetime ended before the month's year, or ends in it."""
    due = {"expired": pcs.replace_year < year_of(month), "expiring": pcs.replace_year == year_of(month)}
    return pcs.assign(**{name: is_so.fillna(False) for name, is_so in due.items()})


def with_municipality_need(table: pd.DataFrame) -> pd.DataFrame:
    """The rollover with to_order_municipality: of all its groups, in the first row of a municipality; else missing."""
    need = table.groupby("municipality", sort=False).to_order.transform("sum").astype("Int64")
    return table.assign(to_order_municipality=need.mask(table.duplicated("municipality")))


def by_class(pcs: pd.DataFrame, month: str) -> pd.DataFrame:
    """One row per model class and user group that has PCs: pcs, expired, expiring, lifetime_years and price_nok.

    pcs: see `rollover`; those without a user group have no lifetime, and are not here. price_nok: of one PC, in the
    settings' price_year.
    """
    return (
        _with_due(pcs, month)
        .groupby(["model_class", "user_group"], observed=True)
        .agg(
            pcs=("expired", "size"),
            expired=("expired", "sum"),
            expiring=("expiring", "sum"),
            lifetime_years=("lifetime_years", "first"),
            price_nok=("price_nok", "first"),
        )
        .reset_index()
        .astype({"model_class": "str"})
        .sort_values("user_group", key=lambda names: names.map([*UserGroup].index), kind="stable", ignore_index=True)
    )
