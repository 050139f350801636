"""Sentences about PCs: the numbers of their tables, and what must be said where something is missing or the same."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from books import rich_pcs
from builders import make_book, make_devices, make_register, make_stock
from norwegian import faults, sentences, texts

from rorikt_lib.config.devices import Levelling
from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.present.nb import pc_plan as plan_words
from rorikt_lib.present.nb import pcs as pc_words
from rorikt_lib.present.nb import windows as windows_words
from rorikt_lib.present.numbers import percent
from rorikt_lib.report import pc_changes, pc_doubts, pc_plan, pcs, windows
from rorikt_lib.terms.sums import with_sum

CHAPTERS = [pcs, pc_changes, pc_plan, windows, pc_doubts]
STRAY = {"municipality": None, "user_group": None, "purchased_on": None}


def _rich():
    """A month with a bit of everything, and with a month before it."""
    return make_book(report=Report(cut_off=CutOff(devices="2024-09-27")), **rich_pcs())


def _sparse():
    """The first month of a year, with one PC without dates."""
    undated = {"extracted_on": "2024-01-20", "last_seen_on": "2024-01-19", "user_group": None, "os_build": None}
    return make_book("2024-01", devices=make_devices(undated | {"purchased_on": None}))


def _peak():
    """PCs of two groups, most of them due in one year, with a month before, strays and builds long out of support."""
    counts = {2018: 2, 2020: 3, 2021: 20, 2022: 3, 2023: 3}
    fleet = [{"purchased_on": f"{year}-03-01"} for year, count in counts.items() for _ in range(count)]
    pupils = {"purchased_on": "2021-03-01", "user_group": "pupil", "municipality": "Rauma", "os_build": "10.0.17763.1"}
    numbered = [{"serial_no": f"P{n}"} | pc for n, pc in enumerate([*fleet, *[pupils] * 4, *[STRAY] * 2])]
    august = {"extracted_on": "2024-08-30", "last_seen_on": "2024-08-29"}
    before = [*(pc | august for pc in numbered[3:]), STRAY | {"serial_no": "stray"} | august]
    return make_book(devices=make_devices(*numbered, *before))


BOOKS = {
    "nothing": make_book, "january": lambda: make_book("2024-01"), "sparse": _sparse, "rich": _rich, "peak": _peak,
}  # fmt: skip


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__.split(".")[-1])
@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.deep
def test_every_text_is_norwegian_and_has_no_gap_stray_mark_or_wrong_plural(name, chapter):
    book = BOOKS[name]()
    sentence = texts(chapter, book)
    assert {text: wrong for text in sentence if (wrong := faults(text))} == {}
    assert sentence or name in ("nothing", "january")


def test_every_sentence_is_reported_of_some_month():
    rich, peak = (
        {name: text for c in CHAPTERS for name, text in sentences(c, book).items()} for book in (_rich(), _peak())
    )
    assert rich.keys() == {
        "need_summary", "left_out", "changes_summary", "coverage_summary", "plan_summary", "basis", "levelling_summary",
        "windows_summary", "support_summary", "summary", "unseen_groups",
    }  # fmt: skip
    # All their PCs were seen.
    assert {name for told in (rich, peak) for name, text in told.items() if text is None} == {"unseen_groups"}


def test_the_sentences_of_a_month_tell_the_numbers_of_its_tables():
    book = _rich()
    assert f"{pcs.pc_rollover(book).to_order.sum()} PC må bestilles: Aukra (1)" in pcs.need_summary(book)
    sentence = windows.windows_summary(book)
    older = "1 PC har en eldre versjon, og 1 har ukjent versjon."
    assert sentence.startswith(f"{percent((1 + 1) / 4)} av PC-ene har Windows 11; {older}")
    share = windows.PLACES.frame(book).set_index("municipality").share_windows_11["Molde"]
    assert f"lavest i Molde ({percent(share)})" in sentence
    assert (
        "er 1 PC skiftet: ute av uttrekket, med levetid som tok slutt i 2024 eller før. 4 nye er kommet til."
        in pc_changes.changes_summary(book)
    )
    sentence = pc_changes.coverage_summary(book)
    assert sentence.startswith("Lager og bestillinger dekker 1 av 2 (50,0\u00a0%). 1 PC må bestilles, ")
    assert "Flest mangler for elever i Aukra (1)." in sentence
    assert "2 PC-er på lager eller i bestilling er mer enn årets behov, flest for ansatte i Molde (2)." in sentence
    assert (
        "1 PC har en versjon som mister støtten før PC-en skal skiftes: Windows 10 22H2 (1, til 14. oktober 2025)"
        in windows.support_summary(book)
    )


def test_pcs_agree_with_their_number():
    assert [pc_words.capital_count(n) for n in (0, 1, 1234)] == ["Ingen PC-er", "1 PC", "1\u202f234 PC-er"]


def test_a_pc_of_two_municipalities_with_equal_dates_is_reported_to_count_in_one_of_them():
    book = make_book(devices=make_devices({}), device_register=make_register({"other_municipalities": "Rauma"}))
    assert "telles der den ble kjøpt sist; er datoene like eller ukjente, i én av dem." in pc_doubts.summary(book)


def _need(*counts: dict) -> str:
    stock = make_stock(*counts)
    return pcs.need_summary(make_book(devices=make_devices({"purchased_on": "2015-01-01"}), device_stock=stock))


def test_stock_is_reported_with_the_day_it_was_counted_the_oldest_where_owners_differ():
    pupils = {"date": "2024-08-01", "user_group": "pupil", "in_stock": 2}
    assert "Ingen står på lager eller er bestilt (talt 15. september 2024)" in _need({})
    assert "2 står på lager eller er bestilt (eldste telling 1. august 2024)" in _need({}, pupils)


def test_stock_that_was_not_counted_is_reported_to_be_unknown_and_not_0():
    sentence = _need({"date": "2024-10-15"})
    assert (
        "Lager og bestillinger er ikke kjent; behovet er regnet som om det ikke finnes noe. 1 PC må bestilles"
        in sentence
    )
    assert "på lager eller er bestilt" not in sentence


def test_owners_without_a_count_of_stock_are_counted_where_others_have_one():
    owners = len(pcs.pc_rollover(make_book(devices=make_devices({}))))
    assert f"ikke kjent for {owners - 1} kommuner og brukergrupper, og regnes der som ingen." in _need({})


def test_stock_of_one_who_is_no_owner_is_not_taken_for_an_owner_s():
    owners = len(pcs.pc_rollover(make_book(devices=make_devices({}))))
    gone = {"municipality": "Fraflyttet"}
    assert f"ikke kjent for {owners - 1} kommuner og brukergrupper" in _need({}, gone)


def test_pcs_of_unknown_age_and_pcs_not_seen_in_the_month_are_reported_to_be_left_out():
    undated, unseen = {"purchased_on": None}, {"last_seen_on": "2024-08-31"}
    book = make_book(devices=make_devices({}, undated, STRAY, {"purchased_on": "2024-10-01"}, unseen, undated | unseen))
    assert pcs.left_out(book) == (
        "3 PC-er i bruk har ukjent alder og er utenfor både behovet og planen, og 2 PC-er i uttrekket er ikke sett i "
        "måneden og telles ikke."
    )
    assert pcs.left_out(make_book()) is None
    assert pcs.left_out(make_book(devices=make_devices({}))) == (
        "Alle PC-er i uttrekket er sett i måneden og har kjent alder."
    )


def test_those_covered_and_those_to_be_ordered_are_all_that_are_due():
    old = [{"serial_no": f"P{n}", "purchased_on": "2015-01-01"} for n in range(5)]
    stock = make_stock({"in_stock": 2}, {"user_group": "pupil", "in_stock": 9})
    sentence = pcs.need_summary(make_book(devices=make_devices(*old), device_stock=stock))
    assert "5 PC-er er utgått eller utgår i år. 11 står på lager" in sentence
    assert "en annen: 2 av 5 er dekket. 3 PC-er må bestilles: Molde (3)." in sentence


def test_without_an_extract_the_plan_is_reported_to_be_unknown():
    assert pc_plan.plan_summary(make_book()) == (
        "Måneden har ikke noe uttrekk av PC-er med kjent innkjøpsdato, så det er ikke kjent hva som må kjøpes."
    )
    assert pc_plan.basis(make_book()) is None


def _july(within_days: int | None = None, pupils_seen: str = "2024-06-18"):
    """An export of July with 269 staff PCs that are due and 335 pupils' PCs that rest, and 20 that are not due."""
    own = {"extracted_on": "2024-07-26", "purchased_on": "2015-01-01"}
    staff, pupil = own | {"last_seen_on": "2024-07-25"}, own | {"user_group": "pupil", "last_seen_on": pupils_seen}
    fleet = [*[staff] * 269, *[pupil] * 335, *[staff | {"purchased_on": "2024-01-01"}] * 20]
    book = make_book("2024-07", devices=make_devices(*({"serial_no": f"P{n}"} | pc for n, pc in enumerate(fleet))))
    devices = book.settings.devices.model_copy(update={"counted_if_seen_within_days": within_days})
    return replace(book, settings=book.settings.model_copy(update={"devices": devices}))


def test_pcs_that_rest_in_july_count_within_the_days_of_the_settings():
    assert {days: int(pcs.pc_rollover(_july(days)).to_order.sum()) for days in (None, 37, 38, 60)} == {
        None: 269, 37: 269, 38: 604, 60: 604,
    }  # fmt: skip
    assert pcs.unseen_groups(_july(60)) is None


def test_a_user_group_whose_count_falls_because_it_was_not_seen_is_named():
    rest = " De er i uttrekket og ble sett før det; behovet ville vært større med dem."
    named = "335 PC-er for elever, der 0 telles."
    assert pcs.unseen_groups(_july()) == f"**Færre PC-er telles fordi de ikke er sett i juli 2024:** {named}{rest}"
    within = pcs.unseen_groups(_july(20))
    assert within == f"**Færre PC-er telles fordi de ikke er sett de siste 20 døgnene før uttrekket:** {named}{rest}"
    assert "ikke sett de siste 20 døgnene før uttrekket og telles ikke" in pcs.left_out(_july(20))
    assert pcs.unseen_groups(_july(pupils_seen="2024-07-01")) is None
    lost_long_ago = _july(pupils_seen="2024-01-10")
    assert pcs.unseen_groups(lost_long_ago) is None


def test_a_user_group_whose_export_is_lacking_is_named():
    register = make_register({}, {"user_group": "pupil"})
    book = make_book(devices=make_devices({}), device_register=register)
    assert pcs.unseen_groups(book) == "Uttrekket har ingen PC-er for elever, så behovet for dem er ikke med."
    assert pcs.unseen_groups(make_book(device_register=register)) is None


def test_an_extract_that_serves_both_months_is_reported_as_no_earlier_extract():
    august = CutOff(devices="2024-09-02")
    book = make_book("2024-09", report=Report(cut_off=august), devices=make_devices({"extracted_on": "2024-08-30"}))
    sentence = "Hvilke PC-er som er skiftet, er ikke kjent: Det krever uttrekk for både august og september."
    assert pc_changes.changes_summary(book) == sentence


def test_without_an_extract_no_pc_is_reported_to_be_free_of_doubt():
    sound = make_devices({"manufacturer": "Havtind", "model": "Skole 11"})
    assert [pc_doubts.summary(book) for book in (make_book(), make_book(devices=sound))] == [
        "Måneden har ikke noe uttrekk av PC-er, så det er ikke kjent hvilke PC-er som må avklares.",
        "Ingen PC-er i uttrekket og innkjøpsregisteret må avklares.",
    ]


def test_changes_are_worded_for_lifetimes_that_end_this_year_and_for_unknown_ages():
    august = {"extracted_on": "2024-08-30", "last_seen_on": "2024-08-29"}
    left = [august | {"purchased_on": bought} for bought in ("2015-01-01", "2019-12-31", "2023-01-01", None)]
    assert pc_changes.changes_summary(make_book(devices=make_devices(*left, {}))) == (
        "Siden uttrekket i august er 2 PC-er skiftet: ute av uttrekket, med levetid som tok slutt i 2024 eller før. 1 ny er kommet til. "
        "2 PC-er er ute av uttrekket før levetiden var ute, eller uten kjent innkjøpsdato, flest i Molde (2)."
    )


def test_where_all_that_is_due_is_covered_that_is_reported_and_the_need_of_last_month_where_there_was_one():
    old = {"serial_no": "A", "purchased_on": "2015-01-01"}
    before = old | {"extracted_on": "2024-08-30", "last_seen_on": "2024-08-29"}
    covered = pc_changes.coverage_summary(
        make_book(devices=make_devices(old), device_stock=make_stock({"in_stock": 1}))
    )
    assert covered == "Lager og bestillinger dekker alt som er utgått eller utgår i år."
    whole = old | {"extracted_on": "2024-09-30", "last_seen_on": "2024-09-20"}
    book = make_book(devices=make_devices(whole, before), device_stock=make_stock({"in_stock": 1}))
    assert pc_changes.coverage_summary(book) == (f"{covered} Ingen PC-er må bestilles, en nedgang på 1 fra august.")
    part = make_book(devices=make_devices(old, before), device_stock=make_stock({"in_stock": 1}))
    assert "fra august, talt over like mange virkedager før uttrekket." in pc_changes.coverage_summary(part)


def test_a_peak_is_reported_with_what_the_suggestion_makes_of_it():
    book = _peak()
    years = pc_plan.YEARS.frame(book)
    by_year = years.set_index("year")
    sentence = plan_words.levelling_summary(years, 2026, Levelling(peak_share=0.25, within_years=1))
    assert sentence.startswith(f"**2026 er en topp:** {by_year.to_buy[2026]} PC-er, ")
    assert f"inntil ett år fram eller tilbake, blir det høyst {by_year.suggested.loc[2025:].max()} i ett år" in sentence
    assert by_year.suggested.max() < by_year.to_buy.max()
    even = plan_words.levelling_summary(years, None, Levelling(peak_share=9, within_years=1))
    assert "mer enn 900\u00a0% over gjennomsnittet" in even
    assert "jevnet ut" in plan_words.plan_alt(pc_plan.GROUPS.frame(book), years)


def test_a_peak_that_no_spread_lowers_is_not_suggested_spread():
    years = pc_plan.YEARS.frame(_peak()).assign(suggested=lambda d: d.to_buy)
    sentence = plan_words.levelling_summary(years, 2026, Levelling(peak_share=0.25, within_years=2))
    assert sentence.endswith("Den blir ikke lavere av at hver kommune flytter kjøp inntil 2 år, så det foreslås ikke.")
    assert "jevnet ut" not in plan_words.plan_alt(pc_plan.GROUPS.frame(_peak()), years)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0), "Ingen PC-er mister støtten før de skal skiftes."),
        (
            (0, 0, 2),
            "Ingen PC-er med kjent støtte mister støtten før de skal skiftes. For 2 PC-er er versjonen eller utskiftingsåret ikke kjent.",
        ),
    ],
)
def test_nothing_is_reported_of_the_support_of_pcs_whose_support_is_not_known(counts, sentence):
    columns = ["support_ended", "support_ends_early", "support_unknown"]
    row = {"version": "Windows 11 23H2", "supported_until": pd.Timestamp("2026-11-10")} | dict(
        zip(columns, counts, strict=True)
    )
    assert windows_words.support_summary(with_sum(pd.DataFrame([row]), "version")) == sentence
