"""PCs that somebody must look into: what exports and registers leave open is listed, never guessed."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.settings import Devices
from rorikt_lib.devices.extracts import in_both
from rorikt_lib.devices.terms import OTHER, UNKNOWN

# not_seen: no check-in for settings.not_seen_days, or ever; no_purchase_date: not in the register, or without date
# there; purchased_later: bought after the extract; other_model: of no class of the settings; two_municipalities: the
# registers give it to more than one; never_seen: in the register, but in no extract.
DOUBTS = ["not_seen", "no_purchase_date", "purchased_later", "other_model", "two_municipalities", "never_seen"]
_COLUMNS = ["doubt", "municipality", "user_group", "serial_no", "model", "purchased_on", "last_seen_on"]


def doubtful(
    extract: pd.DataFrame, devices: pd.DataFrame, register: pd.DataFrame, cut_off: pd.Timestamp, settings: Devices
) -> pd.DataFrame:
    """One row per PC and doubt (see DOUBTS), in this order: municipality, user_group, serial_no and what is known.

    extract: the month's whole, see extracts.extract_of and terms.with_terms; devices, register: the clean tables. Of
    the register counts what was bought by the cut-off, or has no date. Without an extract there are no rows.
    """
    if extract.empty:
        return pd.DataFrame(columns=_COLUMNS)
    until = cut_off.tz_localize(None)
    bought = register[~(register.purchased_on > until)]
    unseen_days = extract.extracted_on - extract.last_seen_on
    ever = devices.serial_no[devices.extracted_on <= until]
    found = {
        "not_seen": extract[~(unseen_days <= pd.Timedelta(days=settings.not_seen_days))],
        "no_purchase_date": extract[extract.purchased_on.isna()],
        "purchased_later": extract[extract.purchased_on > extract.extracted_on],
        "other_model": extract[extract.model_class == OTHER],
        "two_municipalities": bought[bought.other_municipalities.notna()],
        "never_seen": bought[~in_both(bought.serial_no, ever)[0]],
    }
    rows = pd.concat([part.reindex(columns=_COLUMNS).assign(doubt=doubt) for doubt, part in found.items()])
    rows = rows.assign(order=rows.doubt.map(DOUBTS.index), last_seen_on=pd.to_datetime(rows.last_seen_on))
    return rows.sort_values(["order", "serial_no"], ignore_index=True)[_COLUMNS]


def doubts_by_municipality(doubts: pd.DataFrame, municipalities: list[str]) -> pd.DataFrame:
    """One row per municipality and a last one for the PCs of none (`unknown`): a count of each doubt.

    A PC with two doubts counts in both. doubts: see `doubtful`; no rows where it has none.
    """
    counts = pd.crosstab(doubts.municipality.fillna(UNKNOWN), doubts.doubt)
    table = counts.reindex(index=[*municipalities, UNKNOWN], columns=DOUBTS, fill_value=0)
    return table.rename_axis("municipality").rename_axis(columns=None).reset_index().head(len(doubts) and len(table))
