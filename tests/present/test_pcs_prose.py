"""Sentences about PCs: what they must say where dates, counts of stock or extracts are missing or the same."""

from __future__ import annotations

from builders import make_book, make_devices, make_register

from rorikt_lib import measures
from rorikt_lib.present.prose import pcs


def test_a_pc_of_two_municipalities_with_equal_dates_is_told_to_count_in_one_of_them():
    book = make_book(devices=make_devices({}), device_register=make_register({"other_municipalities": "Rauma"}))
    told = pcs.doubts_in_short(measures.doubtful_pcs(book), 30)
    assert "telles der den ble kjøpt sist; er datoene like eller ukjente, i én av dem." in told
