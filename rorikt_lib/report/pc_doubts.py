"""Om tallene: PCs that somebody must look into."""

from operator import attrgetter

import numpy as np
import pandas as pd

from rorikt_lib.devices import doubts
from rorikt_lib.present.sentences import pc_doubts as words
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.pcs import owners, pc_extract
from rorikt_lib.terms.reasons import Doubt
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook, once

OF_REGISTER = [Doubt.TWO_MUNICIPALITIES, Doubt.NEVER_SEEN]


@once
def doubtful_pcs(book: Workbook) -> pd.DataFrame:
    """PCs to look into, by serial number: a list that is never published; see devices.doubts.doubtful."""
    given = pc_extract(book), book.table("devices"), book.table("device_register")
    return doubts.doubtful(*given, book.device_cut_off, book.settings.devices)


def _by_municipality(book: Workbook) -> pd.DataFrame:
    """See doubts.doubts_by_municipality; without a purchase register, what it alone tells is not known."""
    counts = doubts.doubts_by_municipality(doubtful_pcs(book), owners(book))
    unknown = OF_REGISTER if book.table("device_register").empty else []
    return with_sum(counts.assign(**dict.fromkeys(unknown, np.nan)), "municipality")


DOUBTS = Table(
    "pc-avklaring",
    _by_municipality,
    ["municipality"],
    named("devices", *Doubt),
    if_known=OF_REGISTER,
    total=True,
)
DOUBTFUL = Table(
    "pc-avklaring-antall", from_book(doubts.number_of, doubtful_pcs, pc_extract), [], named("devices", "doubtful")
)

summary = from_book(words.summary, DOUBTFUL, attrgetter("settings.devices.not_seen_days"))
