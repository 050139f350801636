"""The made-up PCs as files: five monthly device exports, the purchase register, stock and orders."""

from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.data import MADE_UP, PC_ROLLOVER
from rorikt_lib.demo.devices import EXTRACTS, LAST, YEAR, course, make_fleet
from rorikt_lib.demo.exact import generator
from rorikt_lib.demo.text_files import csv_lines, write_excel, write_lines

# Windows 11 24H2 came in October 2024: before that, its PCs had the version before.
NEWEST, BEFORE_IT, CAME = "10.0.26100.1742", "10.0.22631.4169", "2024-10-01"


def write_devices(settings: Settings, folder: Path) -> list[Path]:
    """Device exports (comma, UTF-8 with byte order mark), register (semicolon, Windows-1252), stock (Excel).

    What was bought and counted in December has a register and a list of stock of its own.
    """
    fleet = make_fleet(settings)
    exports = {folder / f"intune_{day}.csv": _export(fleet, day) for day in EXTRACTS}
    paths = [write_lines(path, csv_lines(frame, ","), "utf-8-sig") for path, frame in exports.items()]
    in_december = fleet["first"] == LAST
    registers = {"innkjopsregister": _register(fleet[~in_december]), "innkjop_2024-12": _purchases(fleet[in_december])}
    paths += [write_lines(folder / f"{name}.csv", csv_lines(rows), "cp1252") for name, rows in registers.items()]
    lists = {"lager_og_bestilt": EXTRACTS[:LAST], "lager_og_bestilt_2024-12": EXTRACTS[LAST:]}
    return [*paths, *(write_excel(folder / f"{name}.xlsx", _stock(days)) for name, days in lists.items())]


def _export(fleet: pd.DataFrame, day: str) -> pd.DataFrame:
    """What Intune lists on a day: PCs not yet replaced; last check-ins up to noon; one PC twice."""
    random = generator(f"intune {day}")
    place = EXTRACTS.index(day)
    rows = fleet[(fleet["first"] <= place) & (fleet["last"] >= place)]
    n = len(rows)
    noon = pd.Timestamp(day) + pd.Timedelta(hours=9, minutes=30)
    age = np.where(rows.seen, random.exponential(3, n).clip(0, 12), random.uniform(45, 400, n))
    age[0] = 0
    seen_at = noon - pd.to_timedelta((age * 24 * 60).astype(int), unit="min")
    build = rows.build if day > CAME else rows.build.replace(NEWEST, BEFORE_IT)
    again = rows.iloc[[n // 2]]
    twice = again.assign(seen_at=noon - pd.Timedelta(days=70), build=BEFORE_IT)
    listed = pd.concat([rows.assign(seen_at=seen_at, build=build), twice])
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
    """Purchases, with what registers have: PCs missing, without date or of a year to come, on two lists, never used.

    And one row that no PC answers to has lost its date. None of them is of the published table.
    """
    rows = fleet[fleet.in_register].sort_values(["bought", "serial"])
    is_later = rows.due > YEAR
    bought = rows.bought.mask(rows.serial == rows.serial[is_later].iloc[700], rows.bought + pd.DateOffset(years=10))
    undated = is_later & rows.serial.str.endswith("77")
    register = _purchases(rows.assign(bought=bought.mask(undated)))
    moved = register[is_later & ~undated].iloc[500::1500].assign(Kommune="Molde")
    unused = register[register["Innkjøpt"].str.endswith("2024", na=False)].iloc[::90]
    unused = unused.assign(Serienr=[f"DM9{n:05d}" for n in range(len(unused))])
    lost = register.iloc[[-1]].assign(Serienr="DM999999", Innkjøpt="########")
    return pd.concat([register, moved, unused, lost])


def _purchases(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Serienr": rows.serial,
            "Kommune": rows.municipality,
            "Brukergruppe": rows.group,
            "Innkjøpt": rows.bought.dt.strftime("%d.%m.%Y"),
            "Modell": rows.manufacturer + " " + rows.model,
            "Pris": rows.model.str.split().str[0].map(MADE_UP["pc_prices"]),
        }
    )


def _stock(days: list[str]) -> pd.DataFrame:
    """Counts on the day of each extract; see demo.devices.course."""
    courses = {owner: course(*counts) for owner, counts in PC_ROLLOVER.items()}
    rows = [
        (pd.Timestamp(day), *owner, each.in_stock[EXTRACTS.index(day)], each.on_order[EXTRACTS.index(day)])
        for day in days
        for owner, each in courses.items()
    ]
    return pd.DataFrame(rows, columns=["Dato", "Kommune", "Brukergruppe", "På lager", "Bestilt ikke levert"])
