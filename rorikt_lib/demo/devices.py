"""The made-up PCs: who has which, bought when, in which exports they stand, and what lies in stock."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.data import MADE_UP, PC_ROLLOVER
from rorikt_lib.demo.exact import generator, land
from rorikt_lib.devices.terms import with_terms

EXTRACTS = ["2024-08-30", "2024-09-27", "2024-10-31", "2024-11-29", "2024-12-30"]
LAST = len(EXTRACTS) - 1
YEAR = 2024
# A model that no class of the settings names.
TRIED = ("Fjordtek", "Prøve 1")
SEEN_IN_MONTH = 0.96
FIRST_SERIAL = 100_000


class Course(NamedTuple):
    """What becomes of one municipality's PCs of a user group, by extract.

    swapped: old PCs that made way for new ones since the extract before. in_stock, on_order: on its day.
    """

    swapped: tuple[int, ...]
    in_stock: tuple[int, ...]
    on_order: tuple[int, ...]


def course(expired: int, expiring: int, stock: int, order: int) -> Course:
    """The published counts in September; before, a few were swapped; after, what had to be ordered was.

    A PC is swapped only for one that lay in stock or was delivered, so that the counts add up from day to day.
    """
    due = expired + expiring
    swapped, in_stock = [0, due // 12], [stock // 2, stock]
    on_order = [order + stock - stock // 2 + swapped[1], order]
    to_order = max(due - stock - order, 0)
    for ordered in (to_order, 0, 0):
        delivered = on_order[-1] // 2
        swapped.append(min(due // 4, in_stock[-1] + delivered))
        in_stock.append(in_stock[-1] + delivered - swapped[-1])
        on_order.append(on_order[-1] - delivered + ordered)
    return Course(tuple(swapped), tuple(in_stock), tuple(on_order))


def make_fleet(settings: Settings) -> pd.DataFrame:
    """One row per PC: serial, municipality, group, due (year the lifetime ends), bought, manufacturer, model, build.

    first, last: the extracts it is in, by place in EXTRACTS. seen: whether it is in use; in_register: whether the
    purchase register has it.
    """
    random = generator("devices")
    owners = PC_ROLLOVER.items()
    users = {m.name: m.users for m in settings.municipalities}
    parts = []
    for group, newer in MADE_UP["newer_pcs"].items():
        places = dict(zip(users, land(np.array(list(users.values())), newer), strict=True))
        parts += [_of_owner(place, group, count, random) for place, count in places.items()]
    fleet = pd.concat(parts, ignore_index=True).pipe(_described, settings, random, FIRST_SERIAL)
    # Drawn apart, so that the exports of the months before stay what they are.
    parts = [_arrived(place, group, LAST, course(*counts).swapped[LAST]) for (place, group), counts in owners]
    december = pd.concat(parts, ignore_index=True)
    december = december.pipe(_described, settings, generator("devices december"), 2 * FIRST_SERIAL)
    return pd.concat([fleet, december], ignore_index=True)


def _of_owner(place: str, group: str, newer: int, random: np.random.Generator) -> pd.DataFrame:
    """municipality, group, due, first and last of one owner's PCs: the published ones in the second extract."""
    counts = PC_ROLLOVER[place, group]
    expired, expiring, *_ = counts
    swapped = course(*counts).swapped
    published = np.concatenate([random.integers(YEAR - 2, YEAR, expired), np.full(expiring, YEAR)])
    random.shuffle(published)
    due_later = MADE_UP["due_later"][group]
    later = random.choice(len(due_later), newer, p=due_later) + YEAR + 1
    parts = [
        (published, np.repeat(range(1, LAST + 1), [*swapped[2:], len(published) - sum(swapped[2:])])),
        (np.full(swapped[1], YEAR), 0),
        (later, np.where(random.random(newer) < 0.004, random.integers(0, 3, newer), LAST)),
    ]
    owner = {"municipality": place, "group": group}
    there = [pd.DataFrame({"due": due, "first": 0, "last": last} | owner) for due, last in parts]
    return pd.concat([*there, *(_arrived(place, group, first, swapped[first]) for first in range(1, LAST))])


def _arrived(place: str, group: str, first: int, count: int) -> pd.DataFrame:
    """The new PCs of one extract, in which as many old ones are missing."""
    columns = {"due": 0, "first": first, "last": LAST, "municipality": place, "group": group}
    return pd.DataFrame(columns, index=range(count))


def _described(fleet: pd.DataFrame, settings: Settings, random: np.random.Generator, first_serial: int) -> pd.DataFrame:
    n = len(fleet)
    fleet = _with_models(fleet, random)
    lifetime = _lifetime(fleet, settings)
    # The PCs that came with an extract have no year yet: they are new.
    arrived = fleet["first"].to_numpy() > 0
    due = np.where(arrived, YEAR + lifetime, fleet.due)
    dates = pd.DataFrame({"year": due - lifetime, "month": random.integers(1, 13, n), "day": random.integers(1, 29, n)})
    bought = pd.to_datetime(dates)
    # Nothing else is bought after the earliest extract, so that every export knows every PC.
    bought = bought.mask(bought > "2024-08-01", bought - pd.DateOffset(months=5))
    came = pd.to_datetime(np.array(EXTRACTS)[fleet["first"]]) - pd.Timedelta(days=14)
    is_due = due <= YEAR
    # The PCs of the published table were all seen that month; of the rest some lie in a drawer.
    seen = is_due | arrived | (random.random(n) < SEEN_IN_MONTH)
    is_late = (due > YEAR + 1) | (random.random(n) < 0.35)
    builds = [random.choice([*shares], n, p=[*shares.values()]) for shares in MADE_UP["builds"].values()]
    return fleet.assign(
        serial=[f"DM{i:06d}" for i in random.permutation(n) + first_serial],
        due=due, bought=bought.mask(arrived, pd.Series(came, index=fleet.index)), seen=seen,
        build=np.where(is_late & ~is_due, *builds),
        in_register=is_due | arrived | (random.random(n) < 0.992),
    )  # fmt: skip


def _with_models(fleet: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    made = pd.Series(index=fleet.index, dtype=object)
    for group, models in MADE_UP["models"].items():
        is_group = fleet.group == group
        chosen = random.choice(len(models), is_group.sum(), p=[share for *_, share in models])
        made[is_group] = pd.Series([tuple(models[i][:2]) for i in chosen], index=fleet.index[is_group])
    tried = fleet.index[(fleet.due > YEAR) & (fleet.group == "Ansatt")][::300]
    made[tried] = pd.Series([TRIED] * len(tried), index=tried)
    return fleet.assign(manufacturer=[m for m, _ in made], model=[m for _, m in made])


def _lifetime(fleet: pd.DataFrame, settings: Settings) -> np.ndarray:
    groups = fleet.group.map(settings.devices.values.user_group)
    no_day = pd.Series(pd.NaT, index=fleet.index, dtype="datetime64[us]")
    known = fleet.assign(user_group=groups, purchased_on=no_day, extracted_on=no_day)
    return with_terms(known, settings.devices).lifetime_years.to_numpy(int)
