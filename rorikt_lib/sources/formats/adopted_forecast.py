"""Managers' adopted forecasts: Periode; Type (drift, investering); Linje; Beløp; Begrunnelse (may be absent)."""

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import accept, quarantine
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.names import look_up
from rorikt_lib.sources.reading.parse import parse_accounting_period, parse_amount
from rorikt_lib.sources.reading.totals import total_rows
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.reasons import Finding

HEADERS = {"Periode": "period", "Type": "kind", "Linje": "line", "Beløp": "amount_nok", "Begrunnelse": "reason"}
KINDS = {"drift": Kind.OPERATING, "investering": Kind.INVESTMENT}
_REQUIRED = ["period", "kind", "line", "amount_nok"]


def clean(raw: RawTable, settings: Settings) -> Cleaned:
    """One row per decision. amount_nok: the year's forecast, cost +. A line that the report has not is quarantined."""
    amounts = pd.DataFrame({"amount_nok": parse_amount(raw.frame["amount_nok"], raw.decimal)})
    parsed = raw.frame.assign(
        **amounts,
        period=parse_accounting_period(raw.frame["period"]).where(lambda period: ~period.str.endswith("-13")),
        kind=look_up(raw.frame["kind"], KINDS),
    )
    is_total, found = total_rows("adopted_forecasts", raw, amounts, parsed[["kind"]])
    rows = RawTable(raw.source_file, raw.frame[~is_total], raw.decimal)
    good, refused = accept("adopted_forecasts", rows, parsed[~is_total], _REQUIRED)
    known = good.assign(line=_report_line(good, settings))
    unknown = known["line"].isna()
    lines = rows.frame.loc[known.index[unknown]]
    unlisted = quarantine("adopted_forecasts", raw.source_file, lines, Finding.UNKNOWN_LINE, lines["line"])
    return Cleaned("adopted_forecasts", known[~unknown], pd.concat([refused, unlisted]), found, int(is_total.sum()))


def _report_line(rows: pd.DataFrame, settings: Settings) -> pd.Series:
    """The expense type or investment project that `line` names; missing where there is none of that kind."""
    found = {kind: look_up(rows["line"], {n: n for n in names}) for kind, names in settings.ledger.report_lines.items()}
    return found[Kind.OPERATING].where(rows["kind"] == Kind.OPERATING, found[Kind.INVESTMENT])


FORMAT = Format("adopted_forecast", "adopted_forecasts", HEADERS, frozenset(_REQUIRED), clean)
