"""The numbers about the figures as records."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.figures.records import records, same
from rorikt_lib.workbook import Workbook


def sources(book: Workbook) -> list[pd.DataFrame]:
    """About the figures."""
    rows = [f"rows_{name}" for name in ("read", "clean", "set_aside", "quarantined")]
    return [records(measures.sources(book), "sources", ["source_file"], same(*rows))]
