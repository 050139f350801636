"""Every sentence, caption and alternative text of every chapter is Norwegian and whole, whatever the month has."""

from __future__ import annotations

import pytest
from books import BOOKS, history
from norwegian import faults, said_by, sentences, stumbles, texts, two_ways

from rorikt_lib.present.numbers import percent, written
from rorikt_lib.report import forecast, summary
from rorikt_lib.report.declare import said
from rorikt_lib.report.figures import all_chapters


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.deep
def test_every_text_is_norwegian_and_has_no_gap_stray_mark_or_wrong_plural(name):
    book = BOOKS[name]()
    told = [text for chapter in (*all_chapters(), summary) for text in texts(chapter, book)]
    assert {text: wrong for text in told if (wrong := faults(text))} == {}
    assert {text: twice for text in told if (twice := stumbles(text))} == {}
    assert len(told) > len(all_chapters())


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.deep
def test_no_sentence_writes_one_figure_in_two_ways(name):
    book, wrong = BOOKS[name](), {}
    for chapter in (*all_chapters(), summary):
        for sentence in said_by(chapter):
            with written() as numbers:
                text = said(sentence, book)
            if twice := two_ways(numbers):
                wrong[text] = twice
    # The summary repeats what the chapters say, each in its own scale.
    assert {text: twice for text, twice in wrong.items() if not text.startswith("- ")} == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Prognosen er 5,6 millioner kroner, et avvik på 0,0 millioner kroner (0,0\u00a0%).",
            "nothing told as something",
        ),
        ("I juli kom det inn 5, og 7 ble løst: 2 flere ut enn inn.", "what came in and out"),
        ("Prognosen er endret fra 31\u202f600 til 29\u202f893 tusen kroner.", "thousands"),
        ("Det er bokført 2,8 millioner kroner, og ventes 529\u202f000 kroner.", "two units"),
        ("Av 6 nye saker ble 6 besvart innen fristen og ingen for sent.", "none in digits"),
        ("Av 1 åpen sak er 0 eldre enn 90 dager.", "of one"),
        ("2 er utgått, og ingen PC-er i uttrekket er ikke sett.", "no one is not"),
    ],
)
def test_what_a_board_stumbled_over_is_found(text, why):
    assert any(found.startswith(why) for found in stumbles(text))


def test_a_figure_written_in_two_ways_is_found():
    with written() as numbers:
        percent(0.481234, 2), percent(0.481234, 1)
    assert two_ways(numbers) == ["48,1 and 48,12"]


@pytest.mark.deep
def test_every_sentence_of_the_forecast_is_reported_where_there_is_a_history():
    said = sentences(forecast, history())
    names = ["model_against_adopted", "built_on", "too_low", "model_bridge_summary"]
    assert [name for name in names if said[name] is None] == []
