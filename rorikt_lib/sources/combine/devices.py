"""PCs seen by Intune, with owner and purchase date from the register; and the register itself."""

from itertools import combinations, product

import pandas as pd

from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.names import LISTED
from rorikt_lib.terms.instants import possible, taken_at
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

# Two exports with fewer PCs in common than this share of the smaller are parts of one, when so near in time.
PARTS_SHARE_BELOW = 0.1
PARTS_WITHIN = pd.Timedelta(days=7)
_OWNER = ["municipality", "user_group", "purchased_on"]


def combine_register(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per serial number: its latest purchase; what was found. Parts: frames of device_register.clean.

    A purchase date that cannot be (see instants.possible) counts only where the PC has no other.
    Two owners of one PC are reported, not settled: it counts where it was bought last, and the others are named.
    """
    if not any(map(len, parts)):
        return empty("device_register"), empty("findings")
    rows = pd.concat(parts).assign(bought=lambda rows: possible(rows["purchased_on"]))
    rows = rows.sort_values(["serial_no", "bought", "purchased_on", "source_file", *_OWNER[:2]], na_position="first")
    again = rows.duplicated("serial_no", keep="last")
    register = rows.loc[~again, ["serial_no", *_OWNER]].reset_index(drop=True)
    others = _other_owners(rows, register)
    register["other_municipalities"] = register["serial_no"].map(others).astype("str")
    found = [
        finding("device_register", None, Finding.DUPLICATE_REGISTER_ROWS, int(again.sum())),
        finding("device_register", None, Finding.TWO_MUNICIPALITIES, len(others), "; ".join(others.index[:LISTED])),
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
    check-in cannot be dated and is left out. Files (of staff, of pupils) whose newest check-ins are at most 7 days
    apart and that have less than a tenth of the smaller's PCs in common are parts of one extract, and get the
    newest date; of several that fit, those nearest in time belong together. Of a PC that is in an extract twice
    the latest check-in counts; one that is later than the extract is none. Without a purchase date a PC is kept, and
    the date stays missing.
    """
    dated = [part for part in intune_parts if part["last_seen_on"].notna().any()]
    seen, twice = _one_row_per_extract(dated)
    undatable = sum(map(len, intune_parts)) - sum(map(len, dated))
    known = seen[["serial_no"]].drop_duplicates()
    unseen = len(register) - len(register.merge(known, on="serial_no", validate="one_to_one"))
    found = [
        finding("device_register", None, Finding.NEVER_SEEN, unseen),
        finding("devices", None, Finding.EXTRACT_WITHOUT_CHECK_IN, undatable),
    ]
    if seen.empty:
        return empty("devices"), pd.concat(found)
    devices = seen.merge(register[["serial_no", *_OWNER]], on="serial_no", how="left", validate="many_to_one")
    newest = devices[devices["extracted_on"] == devices["extracted_on"].max()]
    undated = newest["purchased_on"].isna()
    listed = "; ".join(newest.loc[undated, "serial_no"].head(LISTED))
    of_pcs = [
        finding("devices", None, Finding.DUPLICATE_DEVICES, twice),
        finding("devices", None, Finding.NO_PURCHASE_DATE, int(undated.sum()), listed),
    ]
    return devices, pd.concat([*of_pcs, *found])


def _one_row_per_extract(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, int]:
    if not parts:
        return pd.DataFrame(columns=["serial_no"], dtype="str"), 0
    rows = pd.concat(parts)
    taken = {file: taken_at(part, ["last_seen_on"]) for file, part in rows.groupby("source_file")[["last_seen_on"]]}
    newest = rows["source_file"].map(taken)
    rows = rows.assign(extracted_on=newest.map(_extract_dates(rows["serial_no"], newest)).astype(newest.dtype))
    rows["last_seen_on"] = rows["last_seen_on"].where(rows["last_seen_on"] <= rows["extracted_on"])
    rows = rows.sort_values(["extracted_on", "serial_no", "last_seen_on", "source_file", "name"], na_position="first")
    again = rows.duplicated(["extracted_on", "serial_no"], keep="last")
    return rows[~again], int(again.sum())


def _extract_dates(serials: pd.Series, newest: pd.Series) -> dict[pd.Timestamp, pd.Timestamp]:
    """By the newest check-in of a file, the date of the extract that it is part of."""
    pcs = {date: set(part) for date, part in serials.groupby(newest)}
    parts = {date: [date] for date in pcs}
    for _, a, b in sorted((b - a, a, b) for a, b in combinations(sorted(pcs), 2) if b - a <= PARTS_WITHIN):
        # Also against the parts already found: next week's pupils fit this week's staff, but not its pupils.
        if parts[a] is not parts[b] and all(_fit(x, y, pcs) for x, y in product(parts[a], parts[b])):
            whole = [*parts[a], *parts[b]]
            parts |= dict.fromkeys(whole, whole)
    return {date: max(whole) for date, whole in parts.items()}


def _fit(a: pd.Timestamp, b: pd.Timestamp, pcs: dict[pd.Timestamp, set[str]]) -> bool:
    return abs(a - b) <= PARTS_WITHIN and len(pcs[a] & pcs[b]) < PARTS_SHARE_BELOW * min(len(pcs[a]), len(pcs[b]))
