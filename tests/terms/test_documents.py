"""What a document is called: its name leads back to it, a revision's folder to its name, and nothing to two."""

from __future__ import annotations

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.terms.documents import (
    PERIODS,
    Document,
    check_period,
    folder_of,
    is_document,
    last_month,
    monthly,
    parts_of,
    period_kind,
    revision_in,
)

DOCUMENTS = [
    ("report", "2024-09", "2024-09"),
    ("budsjett", "2025", "budsjett-2025"),
    ("kvartalsbrev", "2024-q3", "kvartalsbrev-2024-q3"),
    ("mote", "2024-10-09", "mote-2024-10-09"),
    ("status-for-eierne", "2024-09", "status-for-eierne-2024-09"),
    ("r", "2024", "r-2024"),
]


@pytest.mark.parametrize(("kind", "period", "name"), DOCUMENTS)
def test_a_name_leads_back_to_kind_and_period(kind, period, name):
    assert Document(kind, period, "2024-09").name == name
    assert parts_of(name) == (kind, period)


@pytest.mark.parametrize("revision", [1, 2, 10, 12])
@pytest.mark.parametrize("name", [name for *_, name in DOCUMENTS])
def test_the_folder_of_a_revision_leads_back_to_its_document_alone(name, revision):
    folder = folder_of(name, revision)
    assert revision_in(folder) == (name, revision)
    # It is no document's own folder, as mote-2024-10-12 would be both a meeting and a revision of mote-2024-10.
    assert parts_of(folder) is None


def test_months_are_kept_where_they_always_were():
    assert folder_of("2024-09", 2) == "2024-09-2"
    assert monthly("2024-09").name == "2024-09"
    assert folder_of("budsjett-2025", 2) == "budsjett-2025-r2"


@pytest.mark.parametrize("folder", ["2024-09", "2024-09-2", "budsjett-2025", "budsjett-2025-r2", "mote-2024-10-09"])
def test_a_folder_with_a_document_is_known(folder):
    assert is_document(folder)


@pytest.mark.parametrize(
    "folder", ["assets", "figures", "nedlasting", "budsjett", "2024", "budsjett-20245", "Brev-2024"]
)
def test_other_folders_are_not(folder):
    assert not is_document(folder)
    assert parts_of(folder) is None


@pytest.mark.parametrize("folder", ["budsjett-2025-2", "budsjett-2025-r0", "2024-09-r2", "2024-09-0", "2024-13-1"])
def test_what_is_no_revisions_folder_is_none(folder):
    assert revision_in(folder) is None


@pytest.mark.parametrize(
    ("period", "of", "last"),
    [
        ("2024-09", "month", "2024-09"),
        ("2024-q1", "quarter", "2024-03"),
        ("2024-q4", "quarter", "2024-12"),
        ("2025", "year", "2025-12"),
        ("2024-02-29", "date", "2024-02"),
    ],
)
def test_a_period_is_known_by_how_it_is_written_and_ends_with_a_month(period, of, last):
    assert period_kind(period) == of
    assert check_period(period, of) == period
    assert last_month(period) == last
    for other in PERIODS.keys() - {of}:
        with pytest.raises(InputError, match=f"'{period}' is not"):
            check_period(period, other)


@pytest.mark.parametrize(
    ("text", "of"), [("2024-q5", "quarter"), ("2023-02-29", "date"), ("24", "year"), ("2024-9", "month"), ("", "year")]
)
def test_what_is_no_such_period_is_refused_with_one_that_is(text, of):
    with pytest.raises(InputError, match="write it as 20"):
        check_period(text, of)
