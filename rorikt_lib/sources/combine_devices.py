"""PCs seen by Intune, with owner and purchase date from the register; and the register itself."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.sources.accept import finding
from rorikt_lib.sources.names import LISTED
from rorikt_lib.tables import empty

_OWNER = ["municipality", "user_group", "purchased_on"]


def combine_register(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per serial number: its latest purchase; what was found. Parts: frames of device_register.clean.

    Two owners of one PC are reported, not settled: it counts where it was bought last, and the others are named.
    """
    if not any(map(len, parts)):
        return empty("device_register"), empty("findings")
    rows = pd.concat(parts).sort_values(["serial_no", "purchased_on", "source_file", *_OWNER[:2]], na_position="first")
    again = rows.duplicated("serial_no", keep="last")
    register = rows.loc[~again, ["serial_no", *_OWNER]].reset_index(drop=True)
    others = _other_owners(rows, register)
    register["other_municipalities"] = register["serial_no"].map(others).astype("str")
    found = [
        finding("device_register", None, "duplicate_register_rows", int(again.sum())),
        finding("device_register", None, "two_municipalities", len(others), "; ".join(others.index[:LISTED])),
    ]
    return register, pd.concat(found)


def _other_owners(rows: pd.DataFrame, register: pd.DataFrame) -> pd.Series:
    """By serial number, the municipalities that it has besides the register's; those with none are left out."""
    pairs = rows[["serial_no", "municipality"]].drop_duplicates().merge(
        register, on="serial_no", suffixes=("", "_kept"), validate="many_to_one"
    )  # fmt: skip
    others = pairs[pairs["municipality"] != pairs["municipality_kept"]].sort_values(["serial_no", "municipality"])
    return others.groupby("serial_no")["municipality"].agg("; ".join).astype("str")


def combine_devices(intune_parts: list[pd.DataFrame], register: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per PC and extract, and what was found. Parts: frames of intune.clean; see combine_register.

    An extract is all that has the same newest check-in, so an export delivered twice is one; one without any
    check-in cannot be dated and is left out. Of a PC that stands in it twice the latest check-in counts. Without a
    purchase date a PC is kept, and the date stays missing.
    """
    dated = [part for part in intune_parts if part["last_seen_on"].notna().any()]
    seen, twice = _one_row_per_extract(dated)
    undatable = sum(map(len, intune_parts)) - sum(map(len, dated))
    found = [_not_seen(register, seen), finding("devices", None, "extract_without_check_in", undatable)]
    if seen.empty:
        return empty("devices"), pd.concat(found)
    devices = seen.merge(register[["serial_no", *_OWNER]], on="serial_no", how="left", validate="many_to_one")
    newest = devices[devices["extracted_on"] == devices["extracted_on"].max()]
    undated = newest["purchased_on"].isna()
    listed = "; ".join(newest.loc[undated, "serial_no"].head(LISTED))
    return devices, pd.concat(
        [
            finding("devices", None, "duplicate_devices", twice),
            finding("devices", None, "no_purchase_date", int(undated.sum()), listed),
            *found,
        ]
    )


def _one_row_per_extract(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, int]:
    if not parts:
        return pd.DataFrame(columns=["serial_no"], dtype="str"), 0
    rows = pd.concat(parts)
    rows = rows.assign(extracted_on=rows.groupby("source_file")["last_seen_on"].transform("max"))
    rows = rows.sort_values(["extracted_on", "serial_no", "last_seen_on", "source_file", "name"], na_position="first")
    again = rows.duplicated(["extracted_on", "serial_no"], keep="last")
    return rows[~again], int(again.sum())


def _not_seen(register: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    known = seen[["serial_no"]].drop_duplicates()
    unseen = len(register) - len(register.merge(known, on="serial_no", validate="one_to_one"))
    return finding("device_register", None, "never_seen", unseen)
