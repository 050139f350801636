"""Årsmelding: the PCs that the year replaced, by the extracts of it."""

import pandas as pd

from rorikt_lib.devices import changes
from rorikt_lib.present.sentences import annual_pcs as words
from rorikt_lib.report.annual_year import annual_year, closed
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.pcs import OWNER, extract_of, owners
from rorikt_lib.terms.period import shift
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook, once


def extracts(book: Workbook) -> list[pd.DataFrame]:
    """The last extract of PCs of each of the year's months, whole, and before them the newest of the year before."""
    whole, year = closed(book), annual_year(book)
    known = {*book.table("devices").extracted_on.dt.strftime("%Y-%m")}
    # A month's extract may be taken on the first days after it.
    months = [m for m in (shift(f"{year}-01", by) for by in range(-12, 12)) if {m, shift(m, 1)} & known]
    found = {month: extract_of(whole, month) for month in months}
    before = [month for month in months if month < f"{year}-" and len(found[month])][-1:]
    of_year = [found[month] for month in [*before, *(m for m in months if m > f"{year}-")] if len(found[month])]
    return [*{extract.extracted_on.max(): extract for extract in of_year}.values()]


@once
def replaced(book: Workbook) -> pd.DataFrame:
    """See devices.changes.of_year, and SUM; first_on, last_on: the days of the first and the last extract."""
    found, year = extracts(book), annual_year(book)
    if len(found) < 2:
        return pd.DataFrame(columns=["year", *OWNER, *changes.COUNTS, "first_on", "last_on"])
    table = with_sum(changes.of_year(found, year, owners(closed(book))), "municipality", changes.COUNTS)
    return table.assign(year=year, first_on=found[0].extracted_on.max(), last_on=found[-1].extracted_on.max())


REPLACED = Table(
    "pcer-skiftet",
    replaced,
    ["year", *OWNER],
    named("annual_devices", *changes.COUNTS),
    columns=[*OWNER, *changes.COUNTS],
    total=True,
    caption=lambda book, frame: words.replaced_caption(frame),
)

replaced_summary = from_book(words.replaced_summary, REPLACED)
