"""Who the exports' person columns hold is found by name; words that are names besides are not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.publish.privacy.people import Place, people_of
from rorikt_lib.publish.privacy.shapes import readable
from rorikt_lib.sources.reading.persons import persons_of
from rorikt_lib.terms.persons import NameForm

NAMES = ["Kari Nordmann", "Tveit, Ola Johan", "Per Berg", "August Dahl", "Mai Vestnes", "Liv Eide", "olno12@example.no",
    "anne.lunde@example.no", "MOLDE\\kabr", "Åse Bjørkås", "81460", "Servicedesk", "Caller 2403"]  # fmt: skip
SUPPLIERS = {"Lunde Data AS", "Kari Nordmann"}


@pytest.fixture(scope="module")
def people():
    persons = persons_of([(name, line) for line, name in enumerate(NAMES, start=2)], "saker.csv", "Melder")
    return people_of(persons, demo_settings(), SUPPLIERS)


def lines(people, text: str) -> set[int]:
    return {place.line for _, place in people.named_in(readable(text))}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Kari Nordmann meldte feilen", 2), ("KARI NORDMANN", 2), ("kari nordmann", 2), ("Nordmann, Kari", 2),
        ("Kari Nordmanns sak", 2), ("Kari\u00a0Nordmann", 2), ("Kari\nNordmann", 2), ("K. Nordmann", 2), ("Nordmann ringte", 2),
        ("Kari-saken", 2), ("Ola Tveit", 3), ("Ola Johan Tveit", 3), ("Per Berg", 4), ("August Dahl", 5), ("Mai Vestnes", 6),
        ("Liv Eide", 7), ("brukeren OLNO12 er sperret", 8), ("Anne Lunde", 9), ("anne.lunde", 9), ("kabr", 10),
        ("A\u030ase Bjørka\u030as", 11), ("Caller 2403", 14), ("PC-OLNO12", 8), ("olno12-pc", 8), ("Ka\u00adri Nord\u200bmann", 2),
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_way_of_writing_it(people, text, line):
    assert lines(people, text) == {line}


def test_the_words_in_names_spare_looking_up_and_change_nothing():
    names = ["Kari Nordmann", "Ola J. van der Berg", "Per 2 Dahl", "Liv-Åse Lunds", "Bo Li", "anne.lunde", "Ås, Mai"]
    persons = persons_of([(name, line) for line, name in enumerate(names)], "saker.csv", "Melder")
    people = people_of(persons, demo_settings())
    looked_up = replace(people, words=None)
    assert people.words
    assert people_of(persons[persons.form != NameForm.NAME_WORD], demo_settings()).words is None
    chance = Random(1)
    words = [
        *" ".join(names).replace(",", "").split(),
        "K",
        "J",
        "nordmann",
        "Bergs",
        "Lund",
        "sak",
        "2",
        "12",
        "i",
        "X",
    ]
    texts = [chance.choice(" ,-.").join(chance.choices(words, k=chance.randint(1, 7))) for _ in range(3_000)]
    found = [list(people.named_in(text)) for text in texts]
    assert found == [list(looked_up.named_in(text)) for text in texts]
    assert 300 < sum(map(bool, found)) < 2_999


SEVERAL = [
    "Hans Per Berg",
    "Bjørn Even Berg",
    "Jan van der Berg",
    "Jan-Even Berg",
    "Per Dag Hagen",
    "jan erik hansen",
    "Liv Solberg",
]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hans Per Berg", 2), ("hans per berg", 2), ("Hans Berg", 2), ("Per Berg", 2), ("Hans P. Berg", 2), ("Berg, Hans Per", 2),
        ("Bjørn Even Berg", 3), ("Bjørn E. Bergs sak", 3), ("Jan van der Berg", 4), ("Jan-Even Berg", 5), ("Jan (IT) Berg", 4),
        ("jan erik hansen", 7), ("Jan Erik Hansen", 7), ("Liv Marie Solberg", 8), ("Liv M. Solberg", 8), ("L. Solberg", 8),
        ("Liv\u241eSolberg", 8),
    ],
)  # fmt: skip
def test_a_name_of_ordinary_words_is_found_with_all_some_or_more_of_its_words(text, line):
    persons = persons_of([(name, line) for line, name in enumerate(SEVERAL, start=2)], "saker.csv", "Melder")
    assert line in lines(people_of(persons, demo_settings()), text)


@pytest.mark.parametrize(
    "text", ["saker per dag", "Per dag er det 3", "i berg og hagen", "Berg skole. Per i dag", "en Liv og helse"]
)
def test_ordinary_words_side_by_side_are_no_name(text):
    persons = persons_of([(name, line) for line, name in enumerate(SEVERAL, start=2)], "saker.csv", "Melder")
    assert lines(people_of(persons, demo_settings()), text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Berg og dal", "Per 27. september 2024", "August 2024", "Mai 2024", "Vestnes kommune har flest saker", "Molde og Vestnes",
        "Lunde Data AS leverer", "arbeid på Eide", "Eide skole", "Eide barneskole", "Liv og helse", "Servicedesk", "karikatur",
        "nordmannen", "81460", "Dahl", "Dag for dag",
    ],
)  # fmt: skip
def test_ordinary_words_municipalities_suppliers_and_places_are_nobodys_names(people, text):
    assert lines(people, text) == set()


def test_a_supplier_with_a_persons_whole_name_makes_the_name_no_ordinary_word(people):
    assert lines(people, "Nordmann leverte") == {2}


def test_the_name_leads_to_the_row_and_the_column(people):
    assert {place for _, place in people.named_in("Per Berg")} == {Place("saker.csv", 4, "Melder")}


def test_what_is_kept_on_disk_has_no_name_in_it():
    kept = persons_of([(name, 2) for name in NAMES], "saker.csv", "Melder").to_csv()
    assert not any(word in kept.lower() for word in ("kari", "nordmann", "olno12", "lunde", "berg"))
