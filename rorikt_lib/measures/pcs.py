"""Chapter 2.1.1: PCs to be replaced; and the lists of PCs that somebody must look into."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.devices import changes as since
from rorikt_lib.devices import doubts, extracts, plan, reminders, rollover, terms, windows
from rorikt_lib.terms.period import shift
from rorikt_lib.workbook import Workbook


def pc_extract(book: Workbook) -> pd.DataFrame:
    """All PCs of the month's extract, with what the settings say of them; see devices.extracts and devices.terms."""
    return book.once("pc_extract", lambda: _extract(book, book.month))


def _extract(book: Workbook, month: str) -> pd.DataFrame:
    extract = extracts.extract_of(book.table("devices"), month, book.device_cut_off_of(month))
    return terms.with_terms(extract, book.settings.devices)


def pcs_in_use(book: Workbook) -> pd.DataFrame:
    """The PCs that count this month, with their Windows support; see devices.extracts.in_use and devices.windows."""
    return book.once("pcs_in_use", lambda: _in_use(book))


def _in_use(book: Workbook) -> pd.DataFrame:
    seen = extracts.in_use(pc_extract(book), book.month, book.device_cut_off)
    return windows.with_support(seen, book.settings.devices.windows.versions)


def pc_rollover(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.rollover."""
    return book.once("pc_rollover", lambda: _rollover(book, pcs_in_use(book), book.month))


def pc_stock(book: Workbook) -> pd.DataFrame:
    """2.1.1: the counts of stock that the need is computed with; see devices.rollover.stock_at."""
    return _stock(book, book.month).reset_index()


def _stock(book: Workbook, month: str) -> pd.DataFrame:
    return rollover.stock_at(book.table("device_stock"), book.device_cut_off_of(month))


def _rollover(book: Workbook, pcs: pd.DataFrame, month: str) -> pd.DataFrame:
    return rollover.rollover(pcs, _stock(book, month), month, _owners(book))


def pcs_by_class(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.rollover.by_class."""
    return rollover.by_class(pcs_in_use(book), book.month)


def replacement_plan(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.plan.replacement_plan."""
    return plan.replacement_plan(pcs_in_use(book), pc_rollover(book), book.month, book.settings.devices)


def peak_year(book: Workbook) -> int | None:
    """2.1.1: the year whose purchases the plan suggests spread; see devices.plan.peak_year."""
    return plan.peak_year(replacement_plan(book), book.settings.devices.levelling)


def windows_readiness(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.windows.windows_readiness."""
    return windows.windows_readiness(pcs_in_use(book), _owners(book))


def windows_versions(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.windows.windows_versions."""
    return windows.windows_versions(pcs_in_use(book))


def pc_changes(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.changes.changes, against the extract of the month before."""
    return since.changes(_extract_before(book), pc_extract(book), book.month, _owners(book))


def _extract_before(book: Workbook) -> pd.DataFrame:
    return book.once("pc_extract_before", lambda: _extract(book, shift(book.month, -1)))


def pc_coverage(book: Workbook) -> pd.DataFrame:
    """2.1.1: see devices.changes.coverage, against the rollover as it was in the month before."""
    month = shift(book.month, -1)
    seen = extracts.in_use(_extract_before(book), month, book.device_cut_off_of(month))
    return since.coverage(pc_rollover(book), _rollover(book, seen, month))


def doubtful_pcs(book: Workbook) -> pd.DataFrame:
    """PCs that somebody must look into; see devices.doubts.doubtful."""
    given = pc_extract(book), book.table("devices"), book.table("device_register")
    return book.once("doubtful_pcs", lambda: doubts.doubtful(*given, book.device_cut_off, book.settings.devices))


def doubts_by_municipality(book: Workbook) -> pd.DataFrame:
    """About the figures: see devices.doubts.doubts_by_municipality."""
    return doubts.doubts_by_municipality(doubtful_pcs(book), _owners(book))


def expired_pcs(book: Workbook) -> pd.DataFrame:
    """Expired PCs still in use; see devices.reminders.reminders."""
    return reminders.reminders(pcs_in_use(book), book.month)


def _owners(book: Workbook) -> list[str]:
    """The municipalities that share the service in the month, and one that left but has PCs still."""
    members = {m.name for m in book.settings.members(book.month)} | {*pc_extract(book).municipality.dropna().unique()}
    return [name for name in book.settings.municipality_names if name in members]
