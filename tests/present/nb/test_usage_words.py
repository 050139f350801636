"""Sentences about the portal and the chatbot: the numbers of their tables, and what is said where some are missing."""

from __future__ import annotations

import pytest
from builders import make_book, make_usage
from norwegian import faults, sentences, texts

from rorikt_lib.present.numbers import month_name
from rorikt_lib.report import usage
from rorikt_lib.report.declare import said


def _rich():
    month = {"span": "month"}
    return make_book(
        usage=make_usage(
            month | {"date": "2024-09-01", "views": 1234, "unique_users": 321, "unique_users_since_launch": 2345},
            month | {"date": "2024-08-01", "views": 1000, "unique_users": 321}, {"views": 40}, {"date": "2024-09-08", "views": 7},
            {"channel": "chatbot", "inquiries": 1}, {"channel": "chatbot", "inquiries": 3, "date": "2024-08-02"},
        )
    )  # fmt: skip


def _sparse():
    return make_book("2024-01", usage=make_usage({"date": "2024-01-03", "views": 1}))


BOOKS = {"sparse": _sparse, "rich": _rich}


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.deep
def test_every_text_is_norwegian_and_has_no_gap_stray_mark_or_wrong_plural(name):
    sentence = texts(usage, BOOKS[name]())
    assert {text: wrong for text in sentence if (wrong := faults(text))} == {}
    assert len(sentence) >= 2


def test_every_sentence_is_reported_of_some_month():
    said = sentences(usage, _rich())
    assert said.keys() == {"portal_summary", "portal_since", "chatbot_summary"}
    assert None not in said.values()


def test_the_sentences_of_a_month_tell_the_numbers_of_its_tables():
    book = _rich()
    sentence = usage.portal_summary(book)
    assert "1\u202f234 visninger i september 2024, en økning på 234 (23,4\u00a0%) fra august." in sentence
    assert (
        "321 unike brukere var innom, uendret fra august; siden lanseringen har 2\u202f345 unike brukere vært innom."
        in sentence
    )
    since = "Siden august 2024, den første måneden i uttrekkene, er det til sammen 2\u202f234 visninger."
    assert usage.portal_since(book) == since
    assert "1 henvendelse i september 2024, en nedgang på 2 (66,7\u00a0%) fra august." in usage.chatbot_summary(book)


def test_without_monthly_users_the_days_are_not_summed_in_words_either():
    sentence = usage.portal_summary(_sparse())
    assert sentence.startswith(f"Kompetanseportalen hadde 1 visning i {month_name('2024-01')}.")
    assert "summeres ikke" in sentence


def test_a_month_without_figures_is_reported_to_have_none():
    book = make_book(
        "2024-09", usage=make_usage(*({"date": "2024-12-02", "channel": c} for c in ("portal", "chatbot")))
    )
    assert usage.portal_summary(book) == "Det finnes ingen tall for Kompetanseportalen i september 2024."
    assert usage.chatbot_summary(book) == "Det finnes ingen tall for chatboten i september 2024."
    assert usage.portal_since(book) is None


def test_of_a_service_that_no_export_has_nothing_is_said():
    book = make_book(usage=make_usage({"views": 1}))
    assert said(usage.portal_summary, book)
    assert said(usage.chatbot_summary, book) is None


def test_the_days_are_reported_by_their_means_and_the_day_with_most():
    alt = usage.PORTAL_DAYS_CHART.alt(usage.PORTAL_DAYS.frame(_rich()))
    assert alt == (
        "Stolpediagram over visninger per dag i september 2024: i snitt 40 på hverdager og 7 i helgene, flest 40 den 2."
    )
