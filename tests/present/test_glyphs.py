"""A sign that the typeface does not have neither stops the PDF nor turns or hides the text."""

from __future__ import annotations

import pytest

from rorikt_lib.present.glyphs import UNSHOWN, showable


@pytest.mark.parametrize("text", ["Blåbærsyltetøy «2» – 1\u202f245 %", "Čáŋŋá", "Жуков", "\ta\nb", "→ ½ €"])
def test_what_the_pdf_can_show_stands(text):
    assert showable(text) == text


@pytest.mark.parametrize(("text", "shown"), [("Bra 😀!", f"Bra {UNSHOWN}!"), ("报告", UNSHOWN * 2), ("a\u030a", "å")])
def test_a_sign_that_it_cannot_show_is_a_square(text, shown):
    assert showable(text) == shown


def test_signs_that_are_not_seen_or_turn_the_text_are_left_out():
    assert showable("a\u202eb\u200bc\x00d\ufeff\u2066e\xad") == "abcde"
