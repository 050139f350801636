"""Intune device export: Device ID; Device name; Enrollment date; Last check-in; OS version; Serial number; …

Of the user (Primary user UPN) only hashes are kept, see terms.persons. Check-ins are UTC. Read are ISO, with or without
fractions of a second (`2024-09-27 11:03:12.0000000`), `27.09.2024 11:03` and, as AM or PM says that the month
comes first, `9/27/2024 11:03:12 AM`. Other dates with slashes are refused: day and month could be either.
"""

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import accept, finding
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.parse import parse_instant
from rorikt_lib.sources.reading.serials import serial_number
from rorikt_lib.terms.instants import possible
from rorikt_lib.terms.reasons import Finding

HEADERS = {
    "Device name": "name",
    "Last check-in": "last_seen_on",
    "OS version": "os_build",
    "OS": "os",
    "Serial number": "serial_no",
    "Manufacturer": "manufacturer",
    "Model": "model",
}
_US_TIME = r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2} [AP]M"
_NEVER = r"0?1[./-]0?1[./-]0001.*|0001-.*"
_PHONE = r"(?i)(?:android|ios|ipados).*"


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per device row: serial_no, name, manufacturer, model, os_build, last_seen_on (local date), source_file.

    Phones and tablets are set aside, where the export has the column OS. So are PCs without a usable serial
    number: nothing distinguishes them, so they can neither be counted once nor joined to a purchase.
    """
    phone = raw.frame["os"].str.fullmatch(_PHONE).fillna(False).astype(bool)
    nameless = ~phone & serial_number(raw.frame["serial_no"]).isna()
    frame = raw.frame[~phone & ~nameless].drop(columns="os")
    never = frame["last_seen_on"].str.fullmatch(_NEVER).fillna(False).astype(bool)
    rows = RawTable(raw.source_file, frame.assign(last_seen_on=frame["last_seen_on"].mask(never)), raw.decimal)
    parsed = rows.frame.assign(
        serial_no=serial_number(rows.frame["serial_no"]), last_seen_on=_local_day(rows.frame["last_seen_on"])
    )
    good, refused = accept("devices", rows, parsed, ["serial_no"])
    seen = possible(good["last_seen_on"])
    impossible = int((good["last_seen_on"].notna() & seen.isna()).sum())
    good = good.assign(last_seen_on=seen)
    found = [
        finding("devices", raw.source_file, Finding.IMPOSSIBLE_TIME, impossible),
        finding("devices", raw.source_file, Finding.MOBILE_DEVICES, int(phone.sum())),
        finding("devices", raw.source_file, Finding.UNUSABLE_SERIAL, int(nameless.sum())),
        finding("devices", raw.source_file, Finding.NEVER_CHECKED_IN, int(never.sum())),
    ]
    set_aside = int((phone | nameless).sum())
    return Cleaned("devices", good.assign(source_file=raw.source_file), refused, pd.concat(found), set_aside)


def _local_day(cells: pd.Series) -> pd.Series:
    american = cells.str.fullmatch(_US_TIME).fillna(False).astype(bool)
    times = parse_instant(cells.mask(american), zone="UTC")
    times = times.fillna(parse_instant(cells.where(american), "%m/%d/%Y %I:%M:%S %p", zone="UTC"))
    return times.dt.tz_localize(None).dt.normalize()


FORMAT = Format("intune", "devices", HEADERS, frozenset({"name", "last_seen_on", "os_build", "serial_no"}), clean)
