"""A meeting's papers and minutes as documents: refused or made, attached what was approved, approved and kept themselves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from approving import approve, job_in, render
from command_line import refused, rorikt
from identity_numbers import identity_number
from lxml import html
from papers_merged import attached as compiled_attachment
from papers_merged import untagged, wrong_tags
from project import FIGURES, MONTH
from pypdf import PdfReader

from rorikt_lib.config.content_files import is_read_for
from rorikt_lib.config.folder import open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.month.approval import approve_document
from rorikt_lib.month.document import make_document
from rorikt_lib.month.make import How, Made
from rorikt_lib.month.stamp import Request
from rorikt_lib.month.verify import verify
from rorikt_lib.publish.job import job_of
from rorikt_lib.publish.kinds import document_of, named

DATE = "2024-10-09"
MEETING = """body: Styret
time: "10.00–12.00"
place: Møterom 1
invited: [Styreleder, IT-leder]
cases:
  - number: 2024/M10-031
    title: Rapport for september
    responsible: IT-leder
    text: Rapporten legges fram.
    proposed: Rapporten tas til etterretning.
    attachments:
      - report: 2024-09
      - {report: 2024-09, page: forlop.html}
  - number: 2024/M10-032
    title: Øvelse i beredskap
    responsible: Sikkerhetsansvarlig
    attachments:
      - {file: plan.pdf, title: Planen}
"""
DECIDED = MEETING.replace(
    "    attachments:\n      - report", "    decision: Vedtatt.\n    attachments:\n      - report"
)
DECIDED += "attended: [Styreleder]\nabsent: [IT-leder]\n"


@pytest.fixture
def root(drafted_once: Path, tmp_path: Path) -> Path:
    """A project with a draft of its month, and a meeting with a file beside it."""
    root = tmp_path / "project"
    shutil.copytree(drafted_once, root)
    (root / "content" / "meetings" / DATE).mkdir(parents=True)
    compiled_attachment(root / "content" / "meetings" / DATE / "plan.pdf").with_suffix(".typ").unlink()
    write(root, MEETING)
    return root


def write(root: Path, text: str) -> None:
    (root / "content" / "meetings" / f"{DATE}.yml").write_text(text, encoding="utf-8")


def make(root: Path, kind: str = "mote", revise: str | None = None, **parameters: bool) -> Made:
    folder = open_folder(root)
    request = Request(folder, folder.site.resolve(), "embedded", parameters, strict=False)
    return make_document(request, document_of(folder, kind, DATE), revise=revise)


def papers_of(made: Made) -> Path:
    return made.page.parent / f"motepapirer-{DATE}.pdf"


def said_of_attachments(made: Made) -> list[str]:
    items = html.parse(made.page).getroot().xpath("//main//li")
    return [" ".join(item.text_content().split()) for item in items]


def test_a_draft_is_refused_by_its_line_and_attached_where_that_is_allowed(root):
    with pytest.raises(InputError, match=r"2024-10-09.yml, line 12: 2024-09 is a draft .* --allow-drafts"):
        make(root)
    assert not (root / "_site" / f"mote-{DATE}").exists()
    by_option = make(root, allow_drafts=True)
    assert said_of_attachments(by_option)[0].startswith(
        "Vedlegg 1: Økonomi- og aktivitetsrapport, september 2024 (PDF, "
    )
    assert "utkast" in said_of_attachments(by_option)[0]
    write(root, f"allow_drafts: true\n{MEETING}")
    assert make(root).how == How.MADE


def test_what_was_approved_is_attached_as_it_was_approved_whatever_draft_of_a_revision_stands(root):
    kept = approve(job_in(root))
    render(job_in(root), FIGURES.assign(value=FIGURES.value + 1), revise="Faktura ført sent")
    made = make(root)
    site = made.page.parent
    assert (site / "nedlasting" / "vedlegg-1.pdf").read_bytes() == next(kept.site.glob("okonomi*.pdf")).read_bytes()
    report, page, file = said_of_attachments(made)
    assert "godkjent 11. oktober 2024" in report
    assert "godkjent" not in page  # what is beside a report is not part of what is approved
    assert file == "Vedlegg 3: Planen (PDF, 2 sider)"
    links = html.parse(made.page).getroot().xpath("//main//li//a/@href")
    assert links[:2] == ["nedlasting/vedlegg-1.pdf", "../2024-09/index.html"]
    assert links[3] == "../2024-09/forlop.html"


def test_the_papers_are_one_tagged_pdf_with_a_page_for_each_that_is_attached(root):
    made = make(root, allow_drafts=True)
    reader, site = PdfReader(papers_of(made)), made.page.parent
    attached = [PdfReader(site / "nedlasting" / f"vedlegg-{n}.pdf") for n in (1, 2, 3)]
    own = 5  # cover, contents, notice, two cases
    count = own + sum(len(each.pages) for each in attached)
    assert len(reader.pages) == count
    first = reader.get_destination_page_number(reader.named_destinations["pages:vedlegg-1"])
    for page, each in enumerate(attached[0].pages):
        assert each.extract_text().split()[:5] == reader.pages[first + page].extract_text().split()[:5]
        assert f"Vedlegg 1 · side {first + page + 1} av {count}" in reader.pages[first + page].extract_text()
    assert wrong_tags(papers_of(made)) == []
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.root_object["/Metadata"].get_data()


def test_papers_with_an_attachment_without_tags_say_so_and_no_longer_declare_pdf_ua(root):
    plan = root / "content" / "meetings" / DATE / "plan.pdf"
    untagged(plan, plan)
    made = make(root, allow_drafts=True)
    reader = PdfReader(papers_of(made))
    assert b"pdfuaid:part" not in reader.root_object["/Metadata"].get_data()
    contents = " ".join(reader.pages[1].extract_text().split())
    assert "Vedlegg 3 er ikke merket for skjermlesere og blir lest side for side." in contents
    assert "ikke merket for skjermlesere" in said_of_attachments(made)[2]
    assert wrong_tags(papers_of(made)) == []


@pytest.mark.deep
def test_papers_stand_as_they_were_made_until_something_attached_is_another(root):
    assert make(root, allow_drafts=True).how == How.MADE
    assert make(root, allow_drafts=True).how == How.UNCHANGED
    compiled_attachment(root / "content" / "meetings" / DATE / "plan.pdf", "Ny plan").with_suffix(".typ").unlink()
    assert make(root, allow_drafts=True).how == How.MADE
    approve(job_in(root))
    made = make(root, allow_drafts=True)
    assert made.how == How.MADE
    assert "godkjent" in said_of_attachments(made)[0]
    assert make(root, allow_drafts=True).how == How.UNCHANGED


@pytest.mark.deep
def test_papers_are_approved_with_what_is_attached_and_kept(root):
    made = make(root, allow_drafts=True)
    before = PdfReader(papers_of(made))
    job = job_of(named(open_folder(root), f"mote-{DATE}"), open_folder(root), renderer="embedded")
    kept = approve_document(job, "Styreleder")
    approved = PdfReader(kept.site / papers_of(made).name)
    assert len(approved.pages) == len(before.pages)
    assert [page.extract_text() for page in approved.pages[5:7]] == [page.extract_text() for page in before.pages[5:7]]
    assert "Styreleder" in approved.pages[0].extract_text()
    assert wrong_tags(kept.site / papers_of(made).name) == []
    assert verify(job, None) == []
    assert make(root, allow_drafts=True).how == How.APPROVED


def test_minutes_are_refused_until_each_case_is_decided_and_then_say_so(root):
    with pytest.raises(InputError, match="nobody is said to have been there"):
        make(root, "referat")
    write(root, DECIDED.replace("    decision: Vedtatt.\n", ""))
    with pytest.raises(InputError, match=r"2024-10-09.yml, line 6: nothing is said to be decided in 2024/M10-031"):
        make(root, "referat")
    write(root, DECIDED)
    made = make(root, "referat")
    assert made.page.parent.name == f"referat-{DATE}"
    said = " ".join(html.parse(made.page).getroot().xpath("//main")[0].text_content().split())
    for words in ("Til stede Styreleder", "Forfall IT-leder", "Vedtatt.", "Tatt til orientering."):
        assert words in said
    assert "Tatt til orientering." in PdfReader(made.page.parent / f"referat-{DATE}.pdf").pages[-1].extract_text()


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("report: 2024-09\n", "report: 2024-08\n", r"line 12: 2024-08 has not been made. Remedy: run rorikt report 2024-08"),
        ("report: 2024-09\n", "report: budsjett\n", r"line 12: no document is called 'budsjett'"),
        ("report: 2024-09\n", f"report: mote-{DATE}\n", r"line 12: mote-2024-10-09 cannot be attached to itself"),
        ("report: 2024-09\n", "report: referat-2024-08-28\n", r"has not been made. Remedy: run rorikt minutes 2024-08-28"),
        ("forlop.html", "budsjett.html", r"line 13: 2024-09 has no page budsjett.html. Remedy: use one of: forlop.html"),
        ("plan.pdf", "planen.pdf", r"line 18: planen.pdf is not there. Remedy: put it in the folder 2024-10-09"),
    ],
)  # fmt: skip
def test_what_cannot_be_attached_is_named_by_its_line(root, before, after, problem):
    write(root, MEETING.replace(before, after))
    with pytest.raises(InputError, match=problem):
        make(root, allow_drafts=True)


def test_a_file_that_is_no_pdf_is_refused_by_its_name_and_nothing_is_published(root):
    (root / "content" / "meetings" / DATE / "plan.pdf").write_bytes(b"%PDF-1.7\nhalf")
    with pytest.raises(InputError, match=r"plan.pdf: cannot be read as a PDF"):
        make(root, allow_drafts=True)
    assert not (root / "_site" / f"mote-{DATE}").exists()


def test_what_is_attached_is_read_for_what_must_not_be_published(root):
    plan = root / "content" / "meetings" / DATE / "plan.pdf"
    compiled_attachment(plan, f"Fødselsnummer {identity_number(1)}").with_suffix(".typ").unlink()
    with pytest.raises(InputError, match=r"identity number"):
        make(root, allow_drafts=True)
    assert not (root / "_site" / f"mote-{DATE}").exists()


def test_the_front_page_and_the_search_lead_to_the_papers_and_offer_no_tables_of_theirs(root):
    made = make(root, allow_drafts=True)
    front = html.parse(root / "_site" / "index.html").getroot()
    links = front.xpath("//section[@aria-labelledby='dokumenter']//a/@href")
    assert links == [f"mote-{DATE}/index.html", f"mote-{DATE}/motepapirer-{DATE}.pdf"]
    assert html.parse(made.page).getroot().xpath("//p[@class='downloads']//a/@href") == [f"motepapirer-{DATE}.pdf"]
    found = "".join(file.read_text(encoding="utf-8") for file in (root / "_site" / "assets").glob("search*"))
    assert "Rapporten legges fram." in found


def test_a_meetings_file_is_of_no_month(root):
    assert is_read_for(Path("meetings") / f"{DATE}.yml", f"meetings/{DATE}")
    assert not is_read_for(Path("meetings") / f"{DATE}.yml", MONTH)
    assert not is_read_for(Path("meetings") / DATE / "plan.pdf", MONTH)


def test_the_command_makes_papers_and_minutes(root):
    asked = "--workbook", root, "--renderer", "embedded"
    assert "is a draft that nobody has approved" in refused("meeting", DATE, *asked)
    assert rorikt("meeting", DATE, "--allow-drafts", *asked).returncode == 0
    write(root, DECIDED)
    assert rorikt("meeting", DATE, "--minutes", *asked).returncode == 0
    told = json.loads((root / "_site" / f"referat-{DATE}" / "report.json").read_text(encoding="utf-8"))
    assert told["document"]["title"] == "Referat"
    assert "leave --allow-drafts out" in refused("meeting", DATE, "--minutes", "--allow-drafts", *asked)
    assert "'2024-10' is not a date" in refused("meeting", "2024-10", *asked)
    assert "no meeting is written for that day" in refused("meeting", "2024-10-10", *asked)
