"""Pureservice list export (CSV or Excel): Saksnr; Type; Prioritet; Status; Kategori 1; …; Ventetid (min); Emne.

The subject (Emne) is free text and is not read; of people only hashes are kept (see terms.persons). Times are local
(Europe/Oslo). The category is Kategori 1.
"""

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.cases import clean_cases, term_names
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable

HEADERS = {
    "Saksnr": "request_no",
    "Type": "type",
    "Prioritet": "priority",
    "Status": "status",
    "Kategori 1": "category",
    "Firma": "municipality",
    "Kilde": "channel",
    "Opprettet": "created_at",
    "Besvart": "responded_at",
    "Løst": "resolved_at",
    "Lukket": "closed_at",
    "Ventetid (min)": "paused_minutes",
}


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per case, as cases.clean_cases has it. An empty Ventetid is no waiting time.

    ticket_id is Saksnr, the number that people see, as it is also in the API pages (see ticket_api).
    """
    waited = raw.frame["paused_minutes"].fillna("0")
    absent = pd.Series(None, index=raw.frame.index, dtype="str")
    known = raw.frame.assign(ticket_id=raw.frame["request_no"], paused_minutes=waited)
    frame = known.assign(reopened=absent, is_deleted="false", sla_met_source=absent)
    return clean_cases(RawTable(raw.source_file, frame, raw.decimal), settings, term_names(settings))


# A list without one of these columns would leave cases open for ever, or take alerts for people's cases.
FORMAT = Format("pureservice_list", "tickets", HEADERS, frozenset(HEADERS.values()) - {"responded_at"}, clean)
