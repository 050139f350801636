"""Rullering av PC-er: which PCs the month counts, and which of them are to be replaced."""

from operator import attrgetter

import pandas as pd

from rorikt_lib.devices import extracts, reminders, rollover, terms, windows
from rorikt_lib.present.sentences import pcs as words
from rorikt_lib.report.declare import MONTH, Figure, Table, from_book, named, rules
from rorikt_lib.terms.period import shift
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.tickets.same_days import working_days
from rorikt_lib.workbook import Workbook, once

OWNER = ["municipality", "user_group"]
COUNTS = ["expired", "expiring", "in_stock", "on_order", "to_order"]


@once
def extract_of(book: Workbook, month: str) -> pd.DataFrame:
    """All PCs of a month's extract, with what the settings say of them; see devices.extracts and devices.terms."""
    extract = extracts.extract_of(book.table("devices"), month, book.device_cut_off_of(month))
    return terms.with_terms(extract, book.settings.devices)


def pc_extract(book: Workbook) -> pd.DataFrame:
    """All PCs of the report month's extract; see `extract_of`."""
    return extract_of(book, book.month)


def in_use_of(book: Workbook, month: str) -> pd.DataFrame:
    """The PCs that count in a month; see devices.extracts.in_use."""
    days = book.settings.devices.counted_if_seen_within_days
    return extracts.in_use(extract_of(book, month), month, book.device_cut_off_of(month), days)


@once
def pcs_in_use(book: Workbook) -> pd.DataFrame:
    """The PCs that count this month, with their Windows support; see devices.extracts.in_use and devices.windows."""
    seen = in_use_of(book, book.month)
    return windows.with_support(seen, book.settings.devices.windows.versions)


# Expired PCs still in use, by serial number: a list that is never published.
expired_pcs = from_book(reminders.reminders, pcs_in_use, MONTH)


def owners(book: Workbook) -> list[str]:
    """The municipalities that share the service in the month, and one that does not but has PCs there.

    Where the register has names of municipalities that the settings do not have, one that no PC in it is of is left
    out: its PCs may be those, so that their number is unknown, not 0.
    """
    with_pcs = {*pc_extract(book).municipality.dropna()} | {*book.table("device_register").municipality}
    members = {m.name for m in book.settings.members(book.month)} | {*pc_extract(book).municipality.dropna()}
    known = members & with_pcs if _has_unmapped(book) else members
    return [name for name in book.settings.municipality_names if name in known]


def _has_unmapped(book: Workbook) -> bool:
    """Whether the register has names of municipalities that the settings do not have."""
    refused = book.table("quarantine")
    rows = refused[(refused["table"] == "device_register") & (refused.reason == Finding.UNKNOWN_VALUE)]
    return bool(rows.detail.str.contains("municipality: '", regex=False).any())


def stock_of(book: Workbook, month: str) -> pd.DataFrame:
    """The counts of stock that a month's need is computed with; see devices.rollover.stock_at."""
    return rollover.stock_at(book.table("device_stock"), book.device_cut_off_of(month))


def rollover_of(book: Workbook, pcs: pd.DataFrame, month: str) -> pd.DataFrame:
    """What PCs in use in a month, and its stock, come to by the report's year; see devices.rollover.rollover.

    So January's need is compared with that of the same years' PCs in December.
    """
    return rollover.rollover(pcs, stock_of(book, month), book.month, owners(book))


@once
def pc_rollover(book: Workbook) -> pd.DataFrame:
    """See devices.rollover.rollover."""
    return rollover_of(book, pcs_in_use(book), book.month)


def seen_days(book: Workbook, month: str) -> tuple[int, bool]:
    """How many of the month's working days its extract reaches, and whether that is all of them, or there is none."""
    days, extract = working_days(month, book.settings.tickets), extract_of(book, month)
    reached = int((days <= extract.extracted_on.max()).sum()) if len(extract) else len(days)
    return reached, reached == len(days)


def is_counted_alike(book: Workbook) -> bool:
    """Whether PCs count if seen in the month, of which this extract or the one before it reaches a part only."""
    by_month = book.settings.devices.counted_if_seen_within_days is None
    return by_month and not all(seen_days(book, month)[1] for month in (book.month, shift(book.month, -1)))


def in_use_before(book: Workbook) -> pd.DataFrame:
    """The PCs of the month before, as the report's are compared with them: counted over as many working days."""
    before = shift(book.month, -1)
    if not is_counted_alike(book):
        return in_use_of(book, before)
    days = [working_days(month, book.settings.tickets) for month in (shift(before, -1), before)]
    counted = extract_of(book, before), book.device_cut_off_of(before), seen_days(book, book.month)[0]
    return extracts.in_use_alike(*counted, days[0].append(days[1]))


ROLLOVER = Table(
    "pc-rullering",
    from_book(with_sum, from_book(rollover.with_municipality_need, pc_rollover), "municipality"),
    OWNER,
    named("devices", *COUNTS) | {"to_order_municipality": Figure("devices.to_order", by=["municipality"])},
    total=True,
    if_known=["in_stock", "on_order"],
    caption=lambda book, _: words.rollover_caption(pc_extract(book)),
)
CLASSES = Table(
    "pc-klasser",
    from_book(rollover.by_class, pcs_in_use, MONTH),
    ["model_class", "user_group"],
    named("devices", "expired", "expiring", pcs="in_use", lifetime_years="lifetime", price_nok="price"),
    columns=["model_class", "user_group", "pcs", "expired", "expiring", "lifetime_years", "price_nok"],
    amounts="named",
    when=lambda book: bool(book.settings.devices.model_classes),
    caption=lambda book, _: words.classes_caption(book.settings.devices.price_year),
)
COUNTED = Table(
    "pc-uttrekk",
    from_book(extracts.counted, pc_extract, pcs_in_use),
    [],
    named("devices", "in_extract", "not_counted", "unknown_age", pcs="in_use"),
)


def counted_by_group(book: Workbook) -> pd.DataFrame:
    """See devices.extracts.counted_by_group."""
    register = book.table("device_register")
    return extracts.counted_by_group(pc_extract(book), pcs_in_use(book), register, book.month, book.settings.devices)


GROUPS = Table(
    "pc-uttrekk-gruppe",
    counted_by_group,
    ["user_group"],
    named("devices", "in_extract", "seen_before", pcs="in_use"),
)


def _rules(book: Workbook) -> dict[str, float]:
    """The settings of PCs that the report names."""
    own = book.settings.devices
    given = {name: getattr(own, name) for name in _NAMES[:3]} | own.levelling.model_dump()
    return {name: value for name, value in given.items() if value is not None}


_NAMES = ("price_growth", "not_seen_days", "counted_if_seen_within_days", "peak_share", "within_years")
RULES = rules("pc-regler", _rules, **{name: f"pc_{name}" for name in _NAMES})


need_summary = from_book(words.need_summary, ROLLOVER, lambda book: stock_of(book, book.month).reset_index())
SEEN_WITHIN = attrgetter("settings.devices.counted_if_seen_within_days")
left_out = from_book(words.left_out, COUNTED, SEEN_WITHIN)
unseen_groups = from_book(words.unseen_groups, GROUPS, MONTH, SEEN_WITHIN)
