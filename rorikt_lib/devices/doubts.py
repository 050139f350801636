"""PCs that somebody must look into: what exports and registers leave open is listed, never guessed."""

import pandas as pd

from rorikt_lib.config.devices import DeviceSettings
from rorikt_lib.devices.extracts import in_both
from rorikt_lib.devices.terms import EARLIEST_PURCHASE, OTHER
from rorikt_lib.terms.enums import UNKNOWN
from rorikt_lib.terms.reasons import Doubt

_COLUMNS = ["doubt", "municipality", "user_group", "serial_no", "model", "purchased_on", "last_seen_on"]


def doubtful(
    extract: pd.DataFrame,
    devices: pd.DataFrame,
    register: pd.DataFrame,
    cut_off: pd.Timestamp,
    settings: DeviceSettings,
) -> pd.DataFrame:
    """One row per PC and doubt (reasons.Doubt), in this order: municipality, user_group, serial_no and what is known.

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
        Doubt.NOT_SEEN: extract[~(unseen_days <= pd.Timedelta(days=settings.not_seen_days))],
        Doubt.NO_PURCHASE_DATE: extract[extract.purchased_on.isna()],
        Doubt.PURCHASED_LATER: extract[extract.purchased_on > extract.extracted_on],
        Doubt.PURCHASED_EARLY: extract[extract.purchased_on < EARLIEST_PURCHASE],
        # Where the settings have no classes, none of them lacks one.
        Doubt.OTHER_MODEL: extract[(extract.model_class == OTHER) & bool(settings.model_classes)],
        Doubt.TWO_MUNICIPALITIES: bought[bought.other_municipalities.notna()],
        Doubt.NEVER_SEEN: bought[~in_both(bought.serial_no, ever)[0]],
    }
    rows = pd.concat([part.reindex(columns=_COLUMNS).assign(doubt=doubt) for doubt, part in found.items()])
    rows = rows.assign(order=rows.doubt.map([*Doubt].index), last_seen_on=pd.to_datetime(rows.last_seen_on))
    return rows.sort_values(["order", "serial_no"], ignore_index=True)[_COLUMNS]


def number_of(doubts: pd.DataFrame, extract: pd.DataFrame) -> pd.DataFrame:
    """One row: doubtful, the PCs that have any doubt; no rows without an extract, as nothing is known then."""
    return pd.DataFrame({"doubtful": [doubts.serial_no.nunique()]}).head(len(extract))


def doubts_by_municipality(doubts: pd.DataFrame, municipalities: list[str]) -> pd.DataFrame:
    """One row per municipality and a last one for the PCs of none (`unknown`): a count of each doubt.

    A PC with two doubts counts in both. doubts: see `doubtful`; no rows where it has none.
    """
    counts = pd.crosstab(doubts.municipality.fillna(UNKNOWN), doubts.doubt)
    table = counts.reindex(index=[*municipalities, UNKNOWN], columns=[*Doubt], fill_value=0)
    return table.rename_axis("municipality").rename_axis(columns=None).reset_index().head(len(doubts) and len(table))
