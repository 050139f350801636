"""Chapter 2.1.1: PCs to be replaced."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.devices import rollover as pcs
from rorikt_lib.workbook import Workbook


def pc_rollover(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.rollover."""
    stock = pcs.stock_at(book.table("device_stock"), book.device_cut_off)
    return pcs.rollover(pc_extract(book), stock, book.month, book.settings.municipality_names, book.settings.devices)


def pc_extract(book: Workbook) -> pd.DataFrame:
    """The PCs that count this month; see devices.rollover.extract_of."""
    return pcs.extract_of(book.table("devices"), book.month, book.device_cut_off)


def replacement_plan(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.replacement_plan."""
    return pcs.replacement_plan(pc_extract(book), book.month, book.settings.municipality_names, book.settings.devices)


def windows_readiness(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.windows_readiness."""
    return pcs.windows_readiness(pc_extract(book), book.settings.municipality_names)
