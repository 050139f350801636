from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.exact import generator, land
from rorikt_lib.demo.text_files import norwegian

weights = st.lists(st.floats(0.01, 1000), min_size=1, max_size=30)


@given(weights, st.integers(-(10**12), 10**12))
def test_parts_add_up_to_the_total_and_none_is_a_unit_from_its_share(parts, total):
    landed = land(np.array(parts), total)
    assert int(landed.sum()) == total
    shares = np.array(parts) * total / sum(parts)
    assert (np.abs(landed - shares) <= 1 + 1e-9 * abs(total)).all()


def test_a_credit_among_the_weights_stays_a_credit():
    assert land(np.array([3.0, -1.0, 2.0]), 1000).tolist() == [750, -250, 500]


def test_two_parts_of_the_demo_draw_independently_and_each_the_same_every_time():
    first, again, other = (generator(name).random(4).tolist() for name in ("a", "a", "b"))
    assert first == again != other


@given(st.integers(-(10**12), 10**12), st.booleans())
def test_an_amount_is_written_the_norwegian_way_to_the_ore(oere, trailing):
    text = norwegian(oere, trailing_minus=trailing)
    digits, minus = text.strip("-").replace(" ", "").replace(",", "."), "-" * ("-" in text)
    assert Decimal(minus + digits) * 100 == oere
    assert all(len(group) == 3 for group in text.strip("-").split(",")[0].split(" ")[1:])
    assert text.endswith("-") == (trailing and oere < 0)
