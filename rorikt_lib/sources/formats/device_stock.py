"""PCs in stock and on order: Dato; Kommune; Brukergruppe; På lager; Bestilt ikke levert."""

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.formats.device_register import owner_names
from rorikt_lib.sources.reading.accept import accept
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.names import translate
from rorikt_lib.sources.reading.parse import parse_date, parse_integer
from rorikt_lib.terms.instants import possible

HEADERS = {
    "Dato": "date",
    "Kommune": "municipality",
    "Brukergruppe": "user_group",
    "På lager": "in_stock",
    "Bestilt ikke levert": "on_order",
}
_COUNTS = ["in_stock", "on_order"]


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per row of the list, with source_file. An empty count is refused: it may mean none, or not counted."""
    rows, unknown = translate("device_stock", raw, owner_names(settings))
    parsed = rows.frame.assign(
        date=possible(parse_date(rows.frame["date"])),
        **{name: parse_integer(rows.frame[name], raw.decimal).where(lambda n: n >= 0) for name in _COUNTS},
    )
    good, refused = accept("device_stock", rows, parsed, [*HEADERS.values()])
    return Cleaned("device_stock", good.assign(source_file=raw.source_file), pd.concat([unknown, refused]))


FORMAT = Format("device_stock", "device_stock", HEADERS, frozenset(HEADERS.values()), clean)
