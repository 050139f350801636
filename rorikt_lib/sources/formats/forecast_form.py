"""The form that `rorikt new` makes, filled in: Periode; Type; Linje; Ny prognose; Begrunnelse, and what it tells.

A line whose new forecast is empty has none that month: its row is set aside and counted. An empty one with a reason is
quarantined, as somebody meant to give a figure.
"""

from dataclasses import replace

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.formats import adopted_forecast
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.terms.reasons import Finding

NEW = "Ny prognose"
HEADERS = {NEW if ours == "amount_nok" else theirs: ours for theirs, ours in adopted_forecast.HEADERS.items()}
_REQUIRED = frozenset({"period", "kind", "line", "amount_nok"})


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per decision, as adopted_forecast.clean has it; rows without one are set aside."""
    undecided = raw.frame[["amount_nok", "reason"]].isna().all(axis=1)
    decided = adopted_forecast.clean(RawTable(raw.source_file, raw.frame[~undecided], raw.decimal), settings)
    count = int(undecided.sum())
    found = finding(decided.table, raw.source_file, Finding.NOT_ADOPTED, count)
    return replace(decided, findings=pd.concat([decided.findings, found]), set_aside=decided.set_aside + count)


FORMAT = Format("forecast_form", "adopted_forecasts", HEADERS, _REQUIRED, clean)
