"""Om tallene: PCs that somebody must look into."""

from operator import attrgetter

import pandas as pd

from rorikt_lib.devices import doubts
from rorikt_lib.present.sentences import pc_doubts as words
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.pcs import owners, pc_extract
from rorikt_lib.terms.reasons import Doubt
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook, once


@once
def doubtful_pcs(book: Workbook) -> pd.DataFrame:
    """PCs to look into, by serial number: a list that is never published; see devices.doubts.doubtful."""
    given = pc_extract(book), book.table("devices"), book.table("device_register")
    return doubts.doubtful(*given, book.device_cut_off, book.settings.devices)


DOUBTS = Table(
    "pc-avklaring",
    from_book(with_sum, from_book(doubts.doubts_by_municipality, doubtful_pcs, owners), "municipality"),
    ["municipality"],
    named("devices", *Doubt),
    total=True,
)
DOUBTFUL = Table(
    "pc-avklaring-antall", from_book(doubts.number_of, doubtful_pcs, pc_extract), [], named("devices", "doubtful")
)

summary = from_book(words.summary, DOUBTFUL, attrgetter("settings.devices.not_seen_days"))
