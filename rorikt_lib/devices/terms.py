"""What the settings say of each PC: its model class, lifetime, price and when it is to be replaced."""

import re

import numpy as np
import pandas as pd

from rorikt_lib.config.devices import DeviceSettings, ModelClass
from rorikt_lib.terms.enums import UserGroup

# No PC in use is older than this: what a register says was bought before it is a date that nobody wrote.
EARLIEST_PURCHASE = pd.Timestamp("2000-01-01")
# The class of the models that no class of the settings names.
OTHER = "other"


def with_terms(devices: pd.DataFrame, settings: DeviceSettings) -> pd.DataFrame:
    """The PCs with model_class, lifetime_years, price_nok (settings.price_year's), replace_on and replace_year.

    replace_on: the day the lifetime ends, lifetime_years after the purchase; 1 March where that year has no 29
    February. Lifetime and price are missing without a user group, the dates without purchase date too, or where that
    is after the extract or before EARLIEST_PURCHASE and so cannot be right.
    """
    place = _class_of(devices, settings.model_classes)
    group = pd.Categorical(devices.user_group, categories=[*UserGroup]).codes
    lifetime, price = (table[place, group] for table in _tables(settings))
    is_wrong = (devices.purchased_on > devices.extracted_on) | (devices.purchased_on < EARLIEST_PURCHASE)
    bought = devices.purchased_on.mask(is_wrong)
    replace_on = _years_after(bought, lifetime)
    names = np.array([*(each.name for each in settings.model_classes), OTHER])
    return devices.assign(
        model_class=pd.Categorical.from_codes(place % len(names), names),
        lifetime_years=pd.array(lifetime, dtype="Float64").astype("Int64"),
        price_nok=price,
        replace_on=replace_on,
        replace_year=replace_on.dt.year.astype("Int64"),
    )


def _tables(settings: DeviceSettings) -> list[np.ndarray]:
    """Lifetime and price, each class × user group; the last row is of no class, the last column (code −1) missing."""
    lifetimes = [settings.lifetime_years | each.lifetime_years for each in settings.model_classes]
    prices = [dict.fromkeys(UserGroup, each.price_nok) for each in settings.model_classes]
    tables = [*lifetimes, settings.lifetime_years], [*prices, settings.price_nok]
    return [np.array([[*(row[group] for group in UserGroup), np.nan] for row in table]) for table in tables]


def _class_of(devices: pd.DataFrame, classes: list[ModelClass]) -> np.ndarray:
    """The place of each PC's class in `classes`, −1 where there is none."""
    makers, maker_names = pd.factorize(devices.manufacturer.fillna(""))
    models, model_names = pd.factorize(devices.model.fillna(""))
    pairs, pair = np.unique(makers * max(len(model_names), 1) + models, return_inverse=True)
    texts = [[".*".join(map(re.escape, _plain(text).split("*"))) for text in each.models] for each in classes]
    patterns = [[re.compile(text) for text in each] for each in texts]
    found = [_first(patterns, maker_names[p // len(model_names)], model_names[p % len(model_names)]) for p in pairs]
    return np.array(found, dtype=int)[pair] if len(devices) else np.array([], dtype=int)


def _first(patterns: list[list[re.Pattern]], maker: str, model: str) -> int:
    names = [_plain(model), _plain(f"{maker} {model}")]
    fitting = (n for n, each in enumerate(patterns) if any(p.fullmatch(name) for p in each for name in names))
    return next(fitting, -1)


def _plain(text: str) -> str:
    """A name as compared: case and white space do not count."""
    return " ".join(text.casefold().split())


def _years_after(days: pd.Series, years: np.ndarray) -> pd.Series:
    known = days.notna().to_numpy() & ~np.isnan(years)
    day = days.where(known, pd.Timestamp(0)).to_numpy("datetime64[D]")
    month = day.astype("datetime64[M]")
    later = month + 12 * np.where(known, years, 0).astype(int) + np.timedelta64(0, "M")
    ends = later.astype("datetime64[D]") + (day - month.astype("datetime64[D]"))
    return pd.Series(ends.astype("datetime64[us]"), index=days.index).where(known)
