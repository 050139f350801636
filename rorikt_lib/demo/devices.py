"""The made-up PCs: four monthly device exports, the purchase register, stock and orders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.demo.exact import generator, land
from rorikt_lib.demo.targets import PC_ROLLOVER
from rorikt_lib.demo.text_files import csv_lines, write_excel, write_lines
from rorikt_lib.settings import Settings

EXTRACTS = ["2024-08-30", "2024-09-27", "2024-10-31", "2024-11-29"]
PUBLISHED = "2024-09-27"
YEAR = 2024
# PCs in use beyond those that expire, by user group, shared out like the municipalities' users.
NEWER = {"Ansatt": 3600, "Elev": 4600}
# PCs of an age to be replaced that had been by the published extract, or will be after it: gone from an export.
REPLACED_LATER = {"2024-10-31": 0.25, "2024-11-29": 0.45}
MODELS = {
    "Ansatt": [("Nordlys Data", "Kontor 14"), ("Nordlys Data", "Kontor 15"), ("Havtind", "Bærbar Pro")],
    "Elev": [("Havtind", "Skole 11"), ("Havtind", "Skole 12")],
}
OLD_BUILD, NEW_BUILDS = "10.0.19045.4894", ["10.0.22631.4169", "10.0.26100.1742"]
SEEN_IN_MONTH = 0.96


def write_devices(settings: Settings, folder: Path) -> list[Path]:
    """Device exports (comma, UTF-8 with byte order mark), register (semicolon, Windows-1252), stock (Excel)."""
    fleet = make_fleet(settings)
    exports = [
        write_lines(folder / f"intune_{day}.csv", csv_lines(_export(fleet, day), ","), "utf-8-sig") for day in EXTRACTS
    ]
    register = write_lines(folder / "innkjopsregister.csv", csv_lines(_register(fleet)), "cp1252")
    return [*exports, register, write_excel(folder / "lager_og_bestilt.xlsx", _stock())]


def make_fleet(settings: Settings) -> pd.DataFrame:
    """One row per PC: serial, municipality, group, bought, due (year the lifetime ends), manufacturer, model, seen."""
    random = generator("devices")
    lifetime = {
        "Ansatt": settings.devices.lifetime_years["staff"],
        "Elev": settings.devices.lifetime_years["pupil"],
    }
    users = {m.name: m.users for m in settings.municipalities}
    parts = []
    for group, newer in NEWER.items():
        places = dict(zip(users, land(np.array(list(users.values())), newer), strict=True))
        for place, count in places.items():
            expired, expiring, *_ = PC_ROLLOVER[place, group]
            due = [
                random.integers(YEAR - 2, YEAR, expired),
                np.full(expiring, YEAR),
                random.integers(YEAR + 1, YEAR + lifetime[group] + 1, count),
            ]
            parts.append(pd.DataFrame({"municipality": place, "group": group, "due": np.concatenate(due)}))
    fleet = pd.concat(parts, ignore_index=True)
    return fleet.pipe(_described, lifetime, random)


def _described(fleet: pd.DataFrame, lifetime: dict[str, int], random: np.random.Generator) -> pd.DataFrame:
    n = len(fleet)
    year = fleet.due - fleet.group.map(lifetime)
    bought = pd.to_datetime(
        pd.DataFrame({"year": year, "month": random.integers(1, 13, n), "day": random.integers(1, 29, n)})
    )
    # Nothing is bought after the earliest extract, so that every export knows every PC.
    bought = bought.mask(bought > "2024-08-01", bought - pd.DateOffset(months=5))
    choice = random.integers(0, 6, n)
    made = [MODELS[g][c % len(MODELS[g])] for g, c in zip(fleet.group, choice, strict=True)]
    # The PCs of the published table were all seen that month; of the rest some lie in a drawer.
    seen = (fleet.due <= YEAR) | (random.random(n) < SEEN_IN_MONTH)
    is_new = (fleet.due > YEAR + 1) | (random.random(n) < 0.35)
    build = np.where(is_new, np.array(NEW_BUILDS)[random.integers(0, 2, n)], OLD_BUILD)
    return fleet.assign(
        serial=[f"DM{i:06d}" for i in random.permutation(n) + 100_000],
        bought=bought, manufacturer=[m for m, _ in made], model=[m for _, m in made],
        seen=seen, build=build, leaves=random.random(n),
        in_register=(fleet.due <= YEAR) | (random.random(n) < 0.992),
    )  # fmt: skip


def _export(fleet: pd.DataFrame, day: str) -> pd.DataFrame:
    """What Intune lists on a day: PCs not yet replaced; last check-ins up to noon; one PC twice."""
    random = generator(f"intune {day}")
    stays = (fleet.due > YEAR) | (fleet.leaves >= REPLACED_LATER.get(day, 0.0))
    rows = fleet[stays].copy()
    n = len(rows)
    noon = pd.Timestamp(day) + pd.Timedelta(hours=9, minutes=30)
    age = np.where(rows.seen, random.exponential(3, n).clip(0, 20), random.uniform(45, 400, n))
    age[0] = 0
    seen_at = noon - pd.to_timedelta((age * 24 * 60).astype(int), unit="min")
    first_again = rows.iloc[[n // 2]]
    listed = pd.concat([rows.assign(seen_at=seen_at), first_again.assign(seen_at=noon - pd.Timedelta(days=70))])
    return _as_intune(listed.reset_index(drop=True))


def _as_intune(rows: pd.DataFrame) -> pd.DataFrame:
    number = rows.serial.str[2:]
    enrolled = (rows.bought + pd.Timedelta(days=12)).dt.strftime("%Y-%m-%d %H:%M:%S")
    return pd.DataFrame(
        {
            "Device ID": "00000000-0000-4000-8000-" + number.str.zfill(12),
            "Device name": rows.municipality.str[:3].str.upper() + "-" + number,
            "Enrollment date": enrolled,
            "Last check-in": rows.seen_at.dt.strftime("%Y-%m-%d %H:%M:%S"),
            "OS": "Windows",
            "OS version": rows.build,
            "Serial number": rows.serial,
            "Manufacturer": rows.manufacturer,
            "Model": rows.model,
            "Category": rows.group,
            "Primary user UPN": "bruker" + number + "@example.no",
            "Ownership": "Corporate",
            "Device state": "Managed",
        }
    )


def _register(fleet: pd.DataFrame) -> pd.DataFrame:
    """Purchases: some PCs are missing, some stand without a date, and one row that no PC answers to has lost it."""
    rows = fleet[fleet.in_register].sort_values(["bought", "serial"])
    undated = (rows.due > YEAR) & rows.serial.str.endswith("77")
    register = pd.DataFrame(
        {
            "Serienr": rows.serial,
            "Kommune": rows.municipality,
            "Brukergruppe": rows.group,
            "Innkjøpt": rows.bought.dt.strftime("%d.%m.%Y").mask(undated),
            "Modell": rows.manufacturer + " " + rows.model,
            "Pris": np.where(rows.group == "Ansatt", "11 890,00", "4 290,00"),
        }
    )
    lost = register.iloc[[-1]].assign(Serienr="DM999999", Innkjøpt="########")
    return pd.concat([register, lost])


def _stock() -> pd.DataFrame:
    """Counts on the day of each extract; orders come in between them."""
    rows = [
        (pd.Timestamp(day), place, group, *_counts(day, stock, order))
        for day in EXTRACTS
        for (place, group), (_, _, stock, order) in PC_ROLLOVER.items()
    ]
    return pd.DataFrame(rows, columns=["Dato", "Kommune", "Brukergruppe", "På lager", "Bestilt ikke levert"])


def _counts(day: str, stock: int, order: int) -> tuple[int, int]:
    """In stock and on order: fewer in stock before, half of the orders delivered after."""
    if day == PUBLISHED:
        return stock, order
    return (stock // 2, order) if day < PUBLISHED else (stock + order // 2, order - order // 2)
