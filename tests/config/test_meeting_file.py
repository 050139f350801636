"""content/meetings/DATE.yml: what is given is kept, what contradicts itself is named by its line."""

from __future__ import annotations

import pytest

from rorikt_lib.config.meeting_file import line_in, read_meeting, refuse_undecided
from rorikt_lib.errors import InputError

MEETING = """body: Styret
time: "10.00–12.00"
place: Molde
invited: [Styreleder, IT-leder]
cases:
  - number: 2024/M10-031
    title: Rapport for september
    responsible: IT-leder
    text: |
      Første linje.
    proposed: Rapporten tas til etterretning.
    attachments: [{report: 2024-09}, {file: notat.pdf}]
  - number: 2024/M10-032
    title: Om lisenser
    responsible: IT-leder
"""


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        file = tmp_path / "2024-10-09.yml"
        file.write_text(text, encoding="utf-8")
        return read_meeting(file)

    return write


def test_a_case_with_a_proposed_decision_is_for_decision_and_others_for_information(written):
    meeting = written(MEETING)
    assert [case.is_for_decision for case in meeting.cases] == [True, False]
    assert [each.report or each.file for each in meeting.cases[0].attachments] == ["2024-09", "notat.pdf"]
    assert not meeting.allow_drafts


def test_the_line_of_a_text_is_where_it_begins(written, tmp_path):
    written(MEETING)
    file = tmp_path / "2024-10-09.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[line_in(file, "cases", 0, "text") - 1].strip() == "Første linje."
    assert lines[line_in(file, "cases", 0, "proposed") - 1].strip().startswith("proposed:")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("2024/M10-032", "2024/M10-031", r"line 5: 'cases': given twice: 2024/M10-031"),
        ("2024/M10-032", "2024/M10-030", r"line 13: 'cases.1.number': 2024/M10-030 stands after 2024/M10-031"),
        ("2024/M10-032", "2024/M9-99", r"2024/M9-99 stands after 2024/M10-031"),
        ("2024/M10-032", "2023/M10-032", r"'cases.1.number': 2023/M10-032 stands after"),
        ("2024/M10-032", "2025/M10-032", r"line 13: 2025/M10-032 is a case of another year than the meeting. Remedy: begin"),
        ("2024/M10-032", "sak 32", r"line 13: 'cases.1.number' is 'sak 32'; it must be a year and a number, as 2024/M10"),
        ("responsible", "responsable", r"line 8: 'cases.0.responsable' is no known key; the nearest is 'responsible'"),
        ("title: Om lisenser", "title: ''", r"line 14: 'cases.1.title' is ''; it must be a text that says something"),
        ("{report: 2024-09}", "{report: 2024-09, file: a.pdf}", r"line 12: .*an attachment is either a report or a file"),
        ("{report: 2024-09}", "{title: a}", r"line 12: .*an attachment is either a report or a file"),
        ("{file: notat.pdf}", "{file: notat.pdf, page: a.html}", r"line 12: .*only a report has pages beside it"),
        ("notat.pdf", "../notat.pdf", r"line 12: .*file' is '../notat.pdf'; it must be the name of a PDF file"),
        ("notat.pdf", "notat.docx", r"the name of a PDF file, as notat.pdf"),
        ("{report: 2024-09}", f"{{report: 2024-09, title: {'a' * 101}}}", r"line 12: 'cases.0.attachments.0.title' is"),
        ("[Styreleder, IT-leder]", "[]", r"line 4: 'invited' is an empty list; it must be 1 or more"),
        ("place: Molde", "place: Molde\nattended: [IT-leder]\nabsent: [IT-leder]", r"IT-leder was there, and was not"),
        ("place: Molde", "place: Molde\nabsent: [Revisor]", r"line 4: 'absent': Revisor was not invited"),
    ],
)  # fmt: skip
def test_what_is_misspelt_or_contradicts_itself_is_named_by_its_line(written, before, after, problem):
    assert before in MEETING
    with pytest.raises(InputError, match=problem):
        written(MEETING.replace(before, after))


def test_a_meeting_that_nobody_wrote_is_refused(tmp_path, written):
    with pytest.raises(InputError, match=r"2024-10-10.yml: no meeting is written for that day"):
        read_meeting(tmp_path / "2024-10-10.yml")
    with pytest.raises(InputError, match=r"the file is empty. Remedy: write body, time, place, invited and cases"):
        written("")


def test_minutes_are_refused_until_it_is_written_who_was_there_and_what_was_decided(written, tmp_path):
    file = tmp_path / "2024-10-09.yml"
    with pytest.raises(InputError, match=r"nobody is said to have been there. Remedy: write the roles .* attended"):
        refuse_undecided(written(MEETING), file)
    there = MEETING + "attended: [Styreleder]\nabsent: [IT-leder]\n"
    with pytest.raises(InputError, match=r"line 6: nothing is said to be decided in 2024/M10-031. Remedy: write"):
        refuse_undecided(written(there), file)
    decided = there.replace("    attachments", "    decision: Som foreslått.\n    attachments")
    refuse_undecided(written(decided), file)
