"""Identity numbers of every kind are known by their date and control digits; other eleven digits are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity_numbers import ADDED, identity_number

from rorikt_lib.publish.privacy.identity import is_identity_number
from rorikt_lib.publish.privacy.shapes import PrivateKind, private_shapes, readable

SEEDS = st.integers(0, 10**9)


@given(SEEDS, st.sampled_from([*ADDED]))
def test_every_kind_of_number_is_known(seed, kind):
    assert is_identity_number(identity_number(seed, kind))


@given(SEEDS, st.integers(0, 10), st.integers(1, 9))
def test_a_number_with_one_digit_changed_is_none(seed, place, more):
    number = identity_number(seed)
    changed = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not is_identity_number(changed)


@pytest.mark.parametrize("digits", ["00000000000", "12345678901", "1234567890", "31026012345", "abcdefghijk"])
def test_what_has_no_date_or_no_control_digits_is_none(digits):
    assert not is_identity_number(digits)


@pytest.mark.parametrize(
    "pattern",
    ["{0}{1}{2}{3}{4}", "{0}{1}{2} {3}{4}", "{0}{1}{2}-{3}{4}", "{0}.{1}.{2} {3}{4}", "{0} {1} {2} {3} {4}",
     "{0}{1}{2}\u202f{3}\u00a0{4}", "{0}/{1}/{2} – {3}{4}", "{0}{1}{2}\u200b{3}{4}", "{0}{1}{2}\n{3}{4}"],
)  # fmt: skip
@given(seed=SEEDS)
def test_a_number_is_found_together_or_apart(pattern, seed):
    number = identity_number(seed)
    written = pattern.format(number[:2], number[2:4], number[4:6], number[6:9], number[9:])
    found = private_shapes(readable(f"Nr. {written}, og mer."))
    assert PrivateKind.IDENTITY in {private.kind for private in found}


@pytest.mark.parametrize("form", [" ".join, "".join(map(chr, range(0x1D7CE, 0x1D7D8))).__getitem__])
def test_digits_one_by_one_and_in_other_signs_are_digits(form):
    number = identity_number(7)
    written = form(number) if form == " ".join else "".join(form(int(digit)) for digit in number)
    assert [private.kind for private in private_shapes(readable(written))] == [PrivateKind.IDENTITY]
