from __future__ import annotations

import pytest

from rorikt_lib.config.month_file import read_incidents, read_report
from rorikt_lib.demo.make import DEMO
from rorikt_lib.present.language import pages
from rorikt_lib.report.breaches import serious_cases
from rorikt_lib.report.figures import collect
from rorikt_lib.report.narrative import read_narrative
from rorikt_lib.workbook import open_month

MONTHS = ["2023-12", "2024-08", "2024-09", "2024-10", "2024-12"]


@pytest.mark.parametrize("month", [pytest.param(m, marks=[pytest.mark.deep] * (m != "2024-09")) for m in MONTHS])
def test_no_number_in_the_narratives_contradicts_its_figure(demo, month):
    figures = collect(open_month(month, demo))
    files = sorted((DEMO / "content" / month).glob("*.md"))
    assert files
    for file in files:
        text = read_narrative(file, figures)
        assert text, file
        assert "{figure" not in text, file
        assert not any(line.startswith("#") for line in text.splitlines()), f"{file}: the heading is _quarto.yml's"


def test_the_september_report_counts_what_was_known_at_noon_on_the_27th():
    report = read_report("2024-09", DEMO / "content")
    assert report.cut_off_of("tickets", "2024-09").isoformat() == "2024-09-27T12:00:00+02:00"
    assert str(report.version) == "2024-10-04"
    assert not any(read_report(month, DEMO / "content").says_approved for month in MONTHS)


def test_september_tells_of_the_published_cases():
    assert len(read_incidents("2024-09", DEMO / "content")) == 7


@pytest.mark.parametrize("month", MONTHS)
def test_each_serious_case_has_a_note_and_each_breach_a_cause(demo, month):
    cases = serious_cases(open_month(month, demo))
    assert len(cases)
    assert cases.summary.notna().all()
    assert cases[~cases.within.fillna(True)].cause.notna().all()


def test_terms_linked_in_the_narratives_stand_in_the_glossary():
    glossary = (pages() / "definisjoner.md").read_text(encoding="utf-8")
    texts = [file.read_text(encoding="utf-8") for month in MONTHS for file in (DEMO / "content" / month).glob("*.md")]
    linked = {part.split(")")[0] for text in texts for part in text.split("](#")[1:]}
    assert linked
    assert all(f"{{#{term}}}" in glossary for term in linked)
