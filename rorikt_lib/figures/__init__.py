"""Every number of the report as one tidy frame: figure, period, dimension, member, value, unit (unrounded)."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.figures.about import sources
from rorikt_lib.figures.economy import economy, forecast_page
from rorikt_lib.figures.pcs import pcs
from rorikt_lib.figures.records import COLUMNS, records, same
from rorikt_lib.figures.service_desk import restated, service_desk
from rorikt_lib.figures.sharing import budget, sharing
from rorikt_lib.figures.usage import usage
from rorikt_lib.workbook import Workbook

# The notebooks' parameters that decide which figures there are.
PARAMETERS = ("trend_months", "sla_months")


def collect(
    book: Workbook, trend_months: int = measures.TREND_MONTHS, sla_months: int = measures.SLA_MONTHS
) -> pd.DataFrame:
    """All figures of the month, in the report's order; missing values are left out.

    The parameters are the notebooks', by the same names, so that the figures are those that the report shows.
    """
    changed = restated(book, trend_months, sla_months)
    parts = [
        *economy(book),
        *forecast_page(book),
        service_desk(book, trend_months, sla_months),
        records(changed, "restated", ["month", "figure", "by", "member"], same("published", "now", "change")),
        *pcs(book),
        *usage(book, trend_months),
        *sharing(book),
        *budget(book),
        *sources(book),
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(period=book.month)[COLUMNS].dropna(subset="value").reset_index(drop=True)
