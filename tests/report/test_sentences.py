"""Every sentence, caption and alternative text of every chapter is Norwegian and whole, whatever the month has."""

from __future__ import annotations

import pytest
from books import BOOKS, history
from norwegian import faults, sentences, texts

from rorikt_lib.report import forecast, summary
from rorikt_lib.report.figures import CHAPTERS


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.deep
def test_every_text_is_norwegian_and_has_no_gap_stray_mark_or_wrong_plural(name):
    book = BOOKS[name]()
    told = [text for chapter in (*CHAPTERS, summary) for text in texts(chapter, book)]
    assert {text: wrong for text in told if (wrong := faults(text))} == {}
    assert len(told) > len(CHAPTERS)


def test_every_sentence_of_the_forecast_is_reported_where_there_is_a_history():
    said = sentences(forecast, history())
    names = ["model_against_adopted", "built_on", "too_low", "model_bridge_summary"]
    assert [name for name in names if said[name] is None] == []
