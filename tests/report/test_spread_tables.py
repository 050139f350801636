"""How resolution times spread, and when cases come: the heads stand in the order that a reader knows."""

from __future__ import annotations

import pytest
from builders import make_book, make_tickets

from rorikt_lib.report import spread
from rorikt_lib.report.show import table
from rorikt_lib.terms.enums import Priority

# The last weekday and the most serious case first.
CASES = make_tickets(
    *(
        {"created_at": f"2024-09-{22 - n:02d} {8 + n:02d}:00", "resolved_at": "2024-09-23 10:00", "priority": priority}
        for n, priority in enumerate([*Priority][::-1])
    )
)


@pytest.mark.parametrize(
    ("declared", "heads"),
    [
        (spread.TIMES, ["Tid mot fristen", "Lav", "Medium", "Høy", "Kritisk"]),
        (spread.ARRIVALS, ["Klokkeslett", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]),
    ],
)
def test_priorities_stand_from_low_to_critical_and_weekdays_from_monday(declared, heads):
    head = table(declared, make_book(tickets=CASES)).text.splitlines()[0]
    assert [cell.strip() for cell in head.strip("|").split("|")] == heads
