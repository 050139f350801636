"""Numbers in narratives come from the figures, or agree with them."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from builders import make_book, make_tickets

from rorikt_lib.errors import InputError
from rorikt_lib.report.narrative import read_narrative, written

FIGURES = pd.DataFrame(
    [
        ("tickets.created", "2024-09", "month", "2024-09", 1245.0, "cases"),
        ("operating_costs.variance", "2024-09", "expense_type", "Lønn", 2_633_400.0, "NOK"),
        ("sla.share_within", "2024-09", "month|priority", "2024-09|Medium", 0.9123, "share"),
        ("resolution.mean", "2024-09", "month|priority", "2024-09|Medium", 5.94, "days"),
    ],
    columns=["figure", "period", "dimension", "member", "value", "unit"],
)
CREATED = 'figure="tickets.created|month|2024-09"'


def read(tmp_path, text: str) -> str:
    file = tmp_path / "kundeservice.md"
    file.write_text(text, encoding="utf-8")
    return read_narrative(file, FIGURES)


@pytest.mark.parametrize(
    ("span", "number"),
    [
        (f"[]{{{CREATED}}}", "1\u202f245"),
        ('[]{figure="operating_costs.variance|expense_type|Lønn"}', "2\u202f633"),
        ('[]{figure="operating_costs.variance|expense_type|Lønn" format="million"}', "2,6 millioner kroner"),
        ('[]{figure="sla.share_within|month|priority|2024-09|Medium"}', "91,2\u00a0%"),
        ('[]{figure="resolution.mean|month|priority|2024-09|Medium"}', "5,9"),
    ],
)
def test_an_empty_span_is_filled_in_the_norwegian_way_of_its_unit(tmp_path, span, number):
    assert read(tmp_path, f"Det var {span} i alt.") == f"Det var {number} i alt."


def test_a_right_number_may_be_typed_with_ordinary_spaces(tmp_path):
    assert read(tmp_path, f"Det kom [1 245]{{{CREATED}}} saker.") == "Det kom 1\u202f245 saker."


def test_a_contradiction_stops_with_file_line_and_the_right_number(tmp_path):
    with pytest.raises(InputError, match=r"kundeservice\.md, line 3: '1 254' contradicts .*write '1\u202f245'"):
        read(tmp_path, f"Tekst.\n\nDet kom [1 254]{{{CREATED}}} saker.")


def test_an_unknown_figure_stops_with_file_and_line(tmp_path):
    with pytest.raises(InputError, match=r"kundeservice\.md, line 1: no figures are called 'tickets\.made\|month"):
        read(tmp_path, 'Det kom []{figure="tickets.made|month|2024-09"} saker.')


@pytest.mark.parametrize("span", [f"[1 245] {{{CREATED}}}", f"[1 245]{{.x {CREATED}}}", f"[1 245]{{{CREATED} as=x}}"])
def test_a_figure_that_would_be_left_unread_stops(tmp_path, span):
    with pytest.raises(InputError, match="line 1: a figure that cannot be read"):
        read(tmp_path, span)


@pytest.mark.parametrize("text", ["<b>fet</b>", "![kart](kart.png)", "---"])
def test_what_cannot_be_rendered_everywhere_stops_with_its_line(tmp_path, text):
    with pytest.raises(InputError, match=r"kundeservice\.md, line 2: "):
        read(tmp_path, f"Tekst.\n{text}\n")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    file = tmp_path / "kundeservice.md"
    file.write_bytes("Økonomi".encode("cp1252"))
    with pytest.raises(InputError, match="save the file as UTF-8"):
        read_narrative(file, FIGURES)


def test_a_narrative_that_nobody_wrote_is_none(tmp_path):
    assert read_narrative(tmp_path / "teknisk.md", FIGURES) is None


@pytest.mark.parametrize("text", ["Ring 91234567.", "Født 01017012345", "Født 010170 12345,"])
def test_a_number_of_a_person_stops_the_build_and_its_line_is_named(tmp_path, text):
    with pytest.raises(InputError, match="line 2: a telephone or identity number"):
        read(tmp_path, f"Alt går bra.\n{text}")


@pytest.mark.parametrize("text", ["12 345 678 kroner", "2024-09-27", "sak 2024-12345678", "3,12345678"])
def test_amounts_dates_and_case_numbers_are_no_persons_numbers(tmp_path, text):
    assert read(tmp_path, text) == text


def test_what_a_chapter_shows_of_a_narrative_is_filled_from_the_months_own_figures(tmp_path):
    file = tmp_path / "content" / "2024-09" / "drift.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"Det kom [3]{{{CREATED}}} saker.", encoding="utf-8")
    book = make_book(root=tmp_path, tickets=make_tickets({}, {}, {}))
    shown = written(book, "drift")
    assert shown.text == "Det kom 3 saker."
    assert [(number.text, number.value, number.among) for number in shown.numbers] == [
        ("3", 3, ("tickets.created|month|2024-09",))
    ]
    assert written(book, "helse").text == ""
    file.write_text(f"Det kom [4]{{{CREATED}}} saker.", encoding="utf-8")
    with pytest.raises(InputError, match=r"drift\.md, line 1: '4' contradicts"):
        written(book, "drift")


@pytest.mark.parametrize(
    "code",
    [
        "Skriv `<!-- notat -->` her.", "```\n<!-- a -->\n---\n```", '`[]{figure="x|month|2024-09"}` er en nøkkel.',
        '~~~\n[1]{figure="x"}\n~~~', "``a ` <!-- b -->`` og til slutt",
    ],
)  # fmt: skip
def test_code_is_shown_as_it_is_written_whatever_it_says(tmp_path, code):
    inner = re.sub(r"^(?:```|~~~)$", "", code, flags=re.MULTILINE).strip().strip("`").split("`")[0].strip()
    assert inner in re.sub(r"\\|(?<=\n) ", "", read(tmp_path, code))


def test_a_mark_that_is_shown_begins_no_code(tmp_path):
    assert "1\u202f245" in read(tmp_path, f"\\` []{{{CREATED}}} `")


@pytest.mark.parametrize(("marks", "is_code"), [("", True), ("\\", False), ("\\" * 2, True), ("\\" * 3, False)])
def test_code_begins_after_a_backslash_that_is_shown_and_not_after_one_that_escapes_it(tmp_path, marks, is_code):
    told = read(tmp_path, f"Mappen {marks}`<!-- skjult -->` her.")
    assert ("skjult" in told) == is_code


def test_the_line_of_what_follows_code_is_still_its_own(tmp_path):
    with pytest.raises(InputError, match=r"kundeservice.md, line 6"):
        read(tmp_path, f"Tekst.\n\n```\n<!-- a -->\n```\n[1 254]{{{CREATED}}}")
