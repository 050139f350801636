"""Cases per channel agree with a count one by one, and leave alerts out."""

from __future__ import annotations

import pytest
from builders import make_tickets

from rorikt_lib.tickets.volume import created_per_channel

CASES = make_tickets(
    *({"channel": "Telefon", "created_at": "2024-09-05 08:00"} for _ in range(3)),
    {"channel": "E-post", "created_at": "2024-09-06 08:00"},
    {"channel": "Telefon", "created_at": "2024-08-05 08:00"},
    {"channel": "E-post", "created_at": "2023-09-05 08:00"},
    {"channel": "E-post", "created_at": "2023-09-06 08:00"},
    {"channel": "Overvåkning", "created_at": "2024-09-07 08:00", "is_alert": True},
)


def test_cases_are_counted_per_channel_most_first_with_share_and_changes():
    table = created_per_channel(CASES, "2024-09").set_index("channel")
    assert table.created.to_dict() == {"Telefon": 3, "E-post": 1}
    assert table.share.to_dict() == {"Telefon": 0.75, "E-post": 0.25}
    assert table.change_month.to_dict() == {"Telefon": 2, "E-post": 1}
    assert table.change_year.to_dict() == {"Telefon": 3, "E-post": -1}


@pytest.mark.parametrize("month", ["2024-09", "2024-08", "2023-09"])
def test_the_channels_cases_are_all_of_peoples_cases(month):
    people = CASES[~CASES.is_alert & (CASES.created_at.dt.strftime("%Y-%m") == month)]
    assert created_per_channel(CASES, month).created.sum() == len(people)
