"""A document's own texts are read by it alone: what one person edits leaves the other documents as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from rorikt_lib.config.content_files import is_read_for

OF_ALL = [
    "definisjoner.md",
    "2024-08/report.yml",
    "budgets/2025.yml",
    "scenarios/2025.yml",
    "scenarios/uten-vestnes.yml",
    "kvartalsbrev/README.md",
]
OF_MONTH = ["2024-09/teknisk.md", "2024-09/kart.png"]
OF_BUDGET = ["budgets/2025/bakgrunn.md", "budgets/2025/report.yml"]
OF_LETTER = ["kvartalsbrev/2024-q3/innledning.md", "kvartalsbrev/2024-q3.yml"]
OF_ANNUAL = ["annual/2024.yml", "annual/2024/konklusjon.md"]
OF_MEETING = ["meetings/2024-10-09.yml", "meetings/2024-10-09/vedlegg.pdf"]


@pytest.mark.parametrize("file", OF_ALL)
def test_what_is_of_all_is_read_for_each(file):
    assert all(
        is_read_for(Path(file), *texts) for texts in (["2024-09"], ["2024-12", "budgets/2025"], ["2024-07", None])
    )


@pytest.mark.parametrize(
    ("files", "texts"),
    [
        (OF_MONTH, "2024-09"),
        (OF_BUDGET, "budgets/2025"),
        (OF_LETTER, "kvartalsbrev/2024-q3"),
        (OF_ANNUAL, "annual/2024"),
        (OF_MEETING, "meetings/2024-10-09"),
    ],
)
def test_what_is_of_one_document_is_read_for_that_alone(files, texts):
    for file in OF_MONTH + OF_BUDGET + OF_LETTER + OF_ANNUAL + OF_MEETING:
        assert is_read_for(Path(file), texts) == (file in files), file
    assert all(is_read_for(Path(file), "2024-08", texts) for file in files)
