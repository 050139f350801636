"""Names that others write: on two lines at most, and no wider than there is room for, however they are written."""

from __future__ import annotations

import pytest

from rorikt_lib.present.charts.names import GAP, ROOM, ROOM_ABOVE, name_room, points, row_name
from rorikt_lib.present.charts.style import Width, drawn_for, styled

LONG = "Et system for lønn, økonomi, personal, fravær, reiser og alt det andre som ingen husket å nevne i bestillingen"
named, room, wide = styled(row_name), styled(name_room), styled(points)


@pytest.mark.parametrize("text", [LONG, LONG.upper(), LONG.replace(" ", ""), "W" * 55, "i" * 120])
@pytest.mark.parametrize("allowed", [50, 90, ROOM])
def test_a_long_name_takes_two_lines_of_the_room_and_ends_in_an_ellipsis(text, allowed):
    name = named(text, allowed)
    assert name.count("\n") == 1 or wide(text) <= allowed
    assert wide(name) <= allowed
    assert name.endswith("…") or wide(text) <= 2 * allowed
    assert text.startswith(name.removesuffix(" …").split("\n")[0])


def test_a_name_that_there_is_room_for_stands_as_it_is():
    assert named("Telefoni") == "Telefoni"
    assert named("Databruker, tilganger og innlogging", 100) == "Databruker, tilganger\nog innlogging"
    assert named("Drift- og sikkerhetsavdelingen", 40).startswith("Drift- og\n")


def test_on_a_phone_a_name_leaves_room_for_the_value_on_its_line():
    values = ["5", "99,9 % (9 999 av 10 000)"]
    assert room(values) == ROOM
    with drawn_for(Width.NARROW):
        assert room(values) == pytest.approx(ROOM_ABOVE - GAP - wide(values[1]))
        assert room() == ROOM_ABOVE
