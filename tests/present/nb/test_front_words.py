"""What the front page says of a key figure's change."""

from __future__ import annotations

import pytest

from rorikt_lib.present.nb import front


@pytest.mark.parametrize(
    ("now", "before", "unit", "told"),
    [
        # As tables have them: 0,5 and 0,6 days, 91,4 % and 85,7 %, but thousands of kroner.
        (0.559, 0.513, "days", "Opp 0,1 dager siden august"),
        (0.55, 0.64, "days", "Uendret siden august"),
        (0.8572, 0.9135, "share", "Ned 5,7 prosentpoeng siden august"),
        (0.8569, 0.8571, "share", "Uendret siden august"),
        (89_680_600.0, 87_539_000.0, "NOK", "Opp 2,1 mill. kr siden august"),
        (438.0, 458.0, "cases", "Ned 20 saker siden august"),
    ],
)
def test_a_change_is_that_of_the_numbers_that_tables_show(now, before, unit, told):
    said = front.changed(now, before, unit, "2024-09", is_alike=False)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == told
