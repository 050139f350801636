"""Sentences about PCs: what they must say where dates, counts of stock or extracts are missing or the same."""

from __future__ import annotations

from builders import make_book, make_devices, make_register, make_stock

from rorikt_lib import measures
from rorikt_lib.devices.changes import changes
from rorikt_lib.present.prose import pcs


def test_a_pc_of_two_municipalities_with_equal_dates_is_told_to_count_in_one_of_them():
    book = make_book(devices=make_devices({}), device_register=make_register({"other_municipalities": "Rauma"}))
    told = pcs.doubts_in_short(measures.doubtful_pcs(book), measures.pc_extract(book), 30)
    assert "telles der den ble kjøpt sist; er datoene like eller ukjente, i én av dem." in told


def _need(*counts: dict) -> str:
    book = make_book(devices=make_devices({"purchased_on": "2015-01-01"}), device_stock=make_stock(*counts))
    return pcs.need_in_short(measures.pc_rollover(book), measures.pc_stock(book))


def test_stock_is_told_with_the_day_it_was_counted_the_oldest_where_owners_differ():
    pupils = {"date": "2024-08-01", "user_group": "pupil", "in_stock": 2}
    assert "0 står på lager eller er bestilt (talt 15. september 2024)" in _need({})
    assert "2 står på lager eller er bestilt (eldste telling 1. august 2024)" in _need({}, pupils)


def test_stock_that_was_not_counted_is_told_to_be_unknown_and_not_0():
    told = _need({"date": "2024-10-15"})
    assert (
        "Lager og bestillinger er ikke kjent; behovet er regnet som om det ikke finnes noe. 1 PC må bestilles" in told
    )
    assert "på lager eller er bestilt" not in told


def test_owners_without_a_count_of_stock_are_counted_where_others_have_one():
    owners = len(measures.pc_rollover(make_book(devices=make_devices({}))))
    assert f"ikke kjent for {owners - 1} kommuner og brukergrupper, og regnes der som 0." in _need({})


def test_pcs_of_unknown_age_and_pcs_not_seen_in_the_month_are_told_to_be_left_out():
    undated, unseen = {"purchased_on": None}, {"last_seen_on": "2024-08-31"}
    strays = [{"municipality": None, "user_group": None, "purchased_on": None}, {"purchased_on": "2024-10-01"}]
    book = make_book(devices=make_devices({}, undated, *strays, unseen, undated | unseen))
    told = pcs.left_out(measures.pc_extract(book), measures.pcs_in_use(book))
    assert told == (
        "3 PC-er i bruk har ukjent alder og er utenfor både behovet og planen, og 2 PC-er i uttrekket er ikke sett i "
        "måneden og telles ikke."
    )
    assert pcs.left_out(measures.pc_extract(make_book()), measures.pcs_in_use(make_book())) is None


def test_an_extract_that_serves_both_months_is_told_as_no_earlier_extract():
    october = make_devices({"extracted_on": "2024-10-01"})
    told = pcs.changes_in_short(changes(october, october, "2024-10", ["Molde"]), "2024-10")
    assert told == "Uten uttrekk for både september og denne måneden er det ikke kjent hvilke PC-er som er skiftet."


def test_without_an_extract_no_pc_is_said_to_be_free_of_doubt():
    none, sound = make_book(), make_book(devices=make_devices({}))
    told = [pcs.doubts_in_short(measures.doubtful_pcs(none), measures.pc_extract(book), 30) for book in (none, sound)]
    assert told == [
        "Måneden har ikke noe uttrekk av PC-er, så det er ikke kjent hvilke PC-er som må avklares.",
        "Ingen PC-er i uttrekket og innkjøpsregisteret må avklares.",
    ]


def test_changes_are_worded_for_lifetimes_that_end_this_year_and_for_unknown_ages():
    august = {"extracted_on": "2024-08-30", "last_seen_on": "2024-08-29"}
    left = [august | {"purchased_on": bought} for bought in ("2015-01-01", "2019-12-31", "2023-01-01", None)]
    told = pcs.changes_in_short(measures.pc_changes(make_book(devices=make_devices(*left, {}))), "2024-09")
    assert told == (
        "Siden uttrekket i august er 2 PC-er med levetid ut i 2024 eller før ute av uttrekket, og 1 ny er kommet til. "
        "2 PC-er er ute av uttrekket før levetiden var ute, eller uten kjent innkjøpsdato, flest i Molde (2)."
    )
