"""What is private by its shape is found however it is written; our numbers are not taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity_numbers import identity_number

from rorikt_lib.present import numbers
from rorikt_lib.publish.privacy.shapes import PrivateKind, private_shapes, readable


def kinds(text: str, own=()) -> set[PrivateKind]:
    return {private.kind for private in private_shapes(readable(text), own)}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PrivateKind.EMAIL, "Skriv til post@example.no."), (PrivateKind.EMAIL, "ola.nordmann+x@ikt.example.no"),
        (PrivateKind.EMAIL, "ola (at) example.no"), (PrivateKind.EMAIL, "ola [at] example [dot] no"),
        (PrivateKind.EMAIL, "ola\uff20example.no"), (PrivateKind.EMAIL, "o\u00adla@exam\u200bple.no"),
        (PrivateKind.EMAIL, "mailto:ola@example.no"),
        (PrivateKind.PHONE, "Ring 912 34 567"), (PrivateKind.PHONE, "Ring 91 23 45 67."), (PrivateKind.PHONE, "tlf. 91234567"),
        (PrivateKind.PHONE, "Telefon: 71111000"), (PrivateKind.PHONE, "+47 71 11 10 00"), (PrivateKind.PHONE, "004791234567"),
        (PrivateKind.PHONE, "(+47) 91234567"), (PrivateKind.PHONE, "+46 70 123 45 67"), (PrivateKind.PHONE, "+45 20 12 34 56"),
        (PrivateKind.PHONE, "71\u00a011\u00a010\u00a000"), (PrivateKind.PHONE, "Nås på 91234567."), (PrivateKind.PHONE, "91234567"),
        (PrivateKind.PATH, "se /home/bruker/data"), (PrivateKind.PATH, r"C:\Users\x"), (PrivateKind.PATH, "file:///x"),
        (PrivateKind.PATH, "/tmp/a"), (PrivateKind.PATH, r"\\filserver\felles$"), (PrivateKind.PATH, "D:/kart/lag"),
        (PrivateKind.USER_NAME, r"logget på som MOLDE\olno12"), (PrivateKind.USER_NAME, r"vestnes\ola.nordmann"),
        (PrivateKind.USER_NAME, r"VESTNES\OlaNor"), (PrivateKind.PATH, "smb://fil/felles"), (PrivateKind.PATH, "//srv01/felles"),
        (PrivateKind.PATH, r"%USERPROFILE%\x"), (PrivateKind.PATH, "/Volumes/kart"), (PrivateKind.EMAIL, "ola%40example.no"),
        (PrivateKind.PHONE, "22 33 4455"), (PrivateKind.PHONE, "mobil: 91 234 567"), (PrivateKind.PHONE, "tlf.nr. 12345678"),
        (PrivateKind.PHONE, "telefonnummer er 12345678"), (PrivateKind.PHONE, "tel 2 2 3 3 4 4 5 5"), (PrivateKind.PHONE, "Tlf91234567"),
        (PrivateKind.PHONE, "91234567-91234568"), (PrivateKind.PHONE, "91234567,91234568"), (PrivateKind.PHONE, "+46701234567"),
        (PrivateKind.PHONE, "+1 (555) 123-4567"), (PrivateKind.PHONE, "tlf 2233 4455"), (PrivateKind.PHONE, "Telefon: 912345 67"),
    ],
)  # fmt: skip
def test_what_is_private_is_found(kind, text):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "12 345 678", "12\u202f345\u202f678", "+12 345 678", "−46\u202f123\u202f456", "54884806.0", "2024-09-27 20240927",
        "saker_2024-09.csv", "10.0.22631.4037", "27. september 2024 kl. 12.00", "2024–2028", "1\u202f234,56", "og/eller",
        "91234567.5", "orgnr. 974 760 673", "org.nr 974760673", "konto 11950000", "1100 1200 1300", "PF-91234567", "SN91234567",
        "3f2a91234567bc", "a1b2c3d4-91234567-1234", "INC0012345", "Samband og telefon 12 345 678 kroner",
        "Alternativ (a) er best. Vi velger det", "pris (b) 1.2", "https://lovdata.no/lov/2017-06-16-51", "12345678,90",
    ],
)  # fmt: skip
def test_amounts_accounts_dates_serials_and_hashes_are_not_private(text):
    assert kinds(text) == set()


N = identity_number(4)
D, M, Y, REST = N[:2], N[2:4], N[4:6], N[6:]
SPELT = [
    f"{N},{N}", f"{N}.{N}", f"{N}-{N}", f"1,{N}", f"fnr-{N}", f"fnr{N}", f"{N}kr", f"{N}_x", f"{N}-x", f"sak 12-{N}",
    f"{N[:4]} {N[4:8]} {N[8:]}", f"{N[:6]} ({REST})", f"{N[:6]}, {REST}", f"{N[:6]}+{REST}", f"{N[:5]} {N[5:]}",
    f"{D}.{M}.19{Y} {REST}", f"{D}.{M}.20{Y} {REST}", f"{N[:6]}\n{REST}",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELT)
def test_an_identity_number_is_found_however_it_is_written_and_whatever_stands_beside_it(text):
    assert kinds(text) == {PrivateKind.IDENTITY}


def test_a_checksum_that_holds_a_number_is_none():
    assert kinds(f"{'a1' * 12}b{N}c{'0f' * 10}") == set()


def test_eight_digits_that_are_a_figure_of_the_month_are_no_telephone_number():
    assert kinds("54884806", {"54884806"}) == set()
    assert kinds("54884807", {"54884806"}) == {PrivateKind.PHONE}


@given(st.floats(-1e12, 1e12), st.integers(0, 2))
def test_no_number_of_ours_looks_private(value, decimals):
    assert kinds(numbers.decimal(value, decimals)) == set()
    assert kinds(f"{value!r},NOK") == set()
