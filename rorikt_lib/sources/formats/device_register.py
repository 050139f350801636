"""Purchase register of PCs: Serienr; Kommune; Brukergruppe; Innkjøpt; Modell; Pris. Only its first four are read."""

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import accept, finding
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_date
from rorikt_lib.sources.reading.serials import serial_number
from rorikt_lib.terms.reasons import Finding

HEADERS = {"Serienr": "serial_no", "Kommune": "municipality", "Brukergruppe": "user_group", "Innkjøpt": "purchased_on"}


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per register row: serial_no, municipality, user_group, purchased_on (may be missing), source_file.

    Rows without a usable serial number name no PC and are set aside.
    """
    nameless = serial_number(raw.frame["serial_no"]).isna()
    count = int(nameless.sum())
    named = RawTable(raw.source_file, raw.frame[~nameless], raw.decimal)
    rows, unknown = translate("device_register", named, owner_names(settings))
    parsed = rows.frame.assign(
        serial_no=serial_number(rows.frame["serial_no"]), purchased_on=parse_date(rows.frame["purchased_on"])
    )
    good, refused = accept("device_register", rows, parsed, ["serial_no", "municipality", "user_group"])
    found = finding("device_register", raw.source_file, Finding.UNUSABLE_SERIAL, count)
    quarantined = pd.concat([unknown, refused])
    return Cleaned("device_register", good.assign(source_file=raw.source_file), quarantined, found, count)


def owner_names(settings: Settings) -> dict[str, dict[str, str]]:
    """Names of municipalities and user groups → ours."""
    return {"municipality": settings.municipality_of, "user_group": settings.devices.values.user_group}


FORMAT = Format("device_register", "device_register", HEADERS, frozenset(HEADERS.values()), clean)
