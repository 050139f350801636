"""Approved is approved: frozen as it was read, served for good, revised beside it, and one changed byte is found."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from approving import BY, ON, approve, bytes_of, job_in, render, with_value
from lxml import html
from project import FIGURES, MONTH
from pypdf import PdfReader

from rorikt_lib.errors import InputError
from rorikt_lib.month.approval import approve_document, serve_approved, withdraw_revision
from rorikt_lib.month.life import life_of
from rorikt_lib.month.verify import verify
from rorikt_lib.publish import quarto, site
from rorikt_lib.publish.job import only_run
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.approved import approved_folder, read_approved
from rorikt_lib.store.clean_tables import write_clean
from rorikt_lib.store.drafts import keep_draft, read_draft
from rorikt_lib.store.manifest import sum_of

PDF, EXCEL = (f"okonomi-og-aktivitetsrapport-{MONTH}.{kind}" for kind in ("pdf", "xlsx"))
CHANGED = with_value(FIGURES, "tickets.created", 1290.0)
REASON = "Faktura fra september kom for sent"


def text_of(element) -> str:
    return " ".join(element.text_content().split())


def page_of(folder: Path, name: str = "index.html"):
    return html.parse(folder / name).getroot()


def said_by(page) -> dict[str, str]:
    return {text_of(dt_): text_of(dt_.getnext()) for dt_ in page.xpath("//header//dt")}


@pytest.fixture(scope="module")
def life(tmp_path_factory, make_small):
    """The project through its life: drafted, approved, revised with another figure, approved again."""
    root = make_small(tmp_path_factory.mktemp("life") / "project")
    job = job_in(root)
    render(job)
    kept = {"draft": bytes_of(job.out / MONTH)}
    approve(job)
    kept["first"] = bytes_of(job.out / MONTH)
    kept["archive"] = bytes_of(approved_folder(job.folder.data) / f"{MONTH}-1")
    render(job, CHANGED, REASON)
    kept["revision"] = bytes_of(job.out / f"{MONTH}-2")
    kept["while revised"] = bytes_of(job.out / MONTH)
    kept["front while revised"] = text_of(html.parse(job.out / "index.html").getroot())
    approve(job, dt.date(2024, 11, 15))
    return job, kept


@pytest.fixture
def job(life, tmp_path):
    """The approved and revised project, to spoil."""
    root = tmp_path / "project"
    shutil.copytree(life[0].folder.root, root)
    return job_in(root)


@pytest.fixture
def drafted(tmp_path, drafted_once):
    """The project with the draft of its month on the site, to spoil."""
    shutil.copytree(drafted_once, tmp_path / "project")
    return job_in(tmp_path / "project")


def test_a_draft_that_was_made_anew_while_the_approval_waited_is_not_approved(drafted):
    waits = threading.Event()
    with ThreadPoolExecutor(1) as other:
        with only_run(drafted):
            approval = other.submit(approve_document, drafted, BY, ON, lambda step: waits.set())
            assert waits.wait(20)
            draft = read_draft(drafted.folder.data, MONTH)
            keep_draft(drafted.folder.data, draft.model_copy(update={"document": draft.document + "Nytt."}))
        with pytest.raises(InputError, match=r"made anew while this waited.*approve it when it is read"):
            approval.result()
    assert not read_approved(drafted.folder.data)


def test_approving_changes_the_stamp_and_nothing_else_that_is_said(life):
    _, kept = life
    assert kept["first"].keys() == kept["draft"].keys()
    other = {name for name in kept["draft"] if kept["first"][name] != kept["draft"][name]}
    assert other == {"index.html", "assets/index.css", PDF, EXCEL, "report.json"}
    before, after = (html.fromstring(kept[state]["index.html"]) for state in ("draft", "first"))
    assert html.tostring(before.xpath("//main")[0]) == html.tostring(after.xpath("//main")[0])


def test_what_the_board_approved_carries_its_stamp_and_pages_beside_it_do_not(life):
    job, kept = life
    page = html.fromstring(kept["first"]["index.html"])
    assert said_by(page) == {
        "Versjon": "4. oktober 2024", "Status": "Godkjent", "Godkjent dato": "11. oktober 2024", "Godkjent av": BY,
        "Ansvarlig enhet": "ROR-IKT",
    }  # fmt: skip
    assert "Utkast" not in text_of(page)
    assert "Godkjent" in text_of(page.xpath("//footer")[0])
    beside = html.fromstring(kept["first"]["forlop.html"])
    assert said_by(beside) == {"Ansvarlig enhet": "ROR-IKT"}
    assert "Godkjent" not in text_of(beside)
    for shown in PdfReader(job.out / f"{MONTH}-1" / PDF).pages:
        assert "Utkast" not in shown.extract_text()


def test_the_manifest_says_who_when_of_what_and_each_file(life):
    job, kept = life
    manifest = read_approved(job.folder.data)[0].manifest
    assert (manifest.approved_by, manifest.approved_on, manifest.revision, manifest.reason) == (BY, ON, 1, None)
    assert manifest.published.keys() == kept["first"].keys()
    assert manifest.sources["raw/ledger/september.csv"] == "ab" * 32
    content = f"content/{MONTH}/kundeservice.md"
    assert manifest.sources[content] == sum_of(job.folder.root / content)
    own = {
        "workbook.yml",
        "_quarto.yml",
        "notebooks/desk.ipynb",
        f"content/{MONTH}/report.yml",
        "content/definisjoner.md",
    }
    assert own <= manifest.sources.keys()
    assert manifest.workbook
    assert manifest.renderer == "embedded"


def test_what_was_approved_stays_byte_for_byte_through_a_revision_of_it(life):
    job, kept = life
    assert kept["while revised"] == kept["first"]
    assert bytes_of(job.out / f"{MONTH}-1") == kept["first"]
    assert bytes_of(approved_folder(job.folder.data) / f"{MONTH}-1") == kept["archive"]


def test_a_revision_names_its_reason_and_exactly_the_figures_that_changed_on_its_first_page(life):
    _, kept = life
    page = html.fromstring(kept["revision"]["index.html"])
    (told,) = page.xpath('//header//div[@class="revision"]')
    assert text_of(told) == f"Revisjon 2. {REASON} 1 tall er et annet enn i revisjon 1, se tabell R."
    (table,) = page.xpath('//table[@id="tabell-revisjon"]')
    rows = [[text_of(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]
    assert rows == [
        ["Tall", "Gjelder", "Revisjon 1", "Revisjon 2", "Endring"],
        ["Saker, nye", "september 2024", "1 245", "1 290", "+45"],
    ]
    assert said_by(page)["Revisjon"] == "Revisjon 2"
    assert said_by(page)["Status"] == "Utkast"
    assert "../2024-09-1/index.html" in page.xpath('//p[@class="files"]/a/@href')


def test_the_numbers_of_tables_and_sections_are_those_of_the_revision_before(life):
    _, kept = life
    first, second = (html.fromstring(kept[state]["index.html"]) for state in ("first", "revision"))
    captions = [[text_of(c) for c in page.xpath("//caption|//figcaption")] for page in (first, second)]
    assert captions[1] == ["Tabell R. Hvert tall som er et annet enn i revisjon 1.", *captions[0]]
    headings = [[text_of(h) for h in page.xpath("//main//h2")] for page in (first, second)]
    assert headings[1] == ["Endringer fra revisjon 1 til revisjon 2", *headings[0]]


def test_an_approved_revision_is_what_counts_and_the_one_before_is_beside_it(life):
    job, _ = life
    assert bytes_of(job.out / MONTH) == bytes_of(job.out / f"{MONTH}-2")
    page = page_of(job.out / MONTH)
    assert said_by(page) | {
        "Revisjon": "Revisjon 2",
        "Status": "Godkjent",
        "Godkjent dato": "15. november 2024",
    } == said_by(page)
    for link in page.xpath('//p[@class="files"]/a/@href'):
        assert (job.out / MONTH / link).exists(), link
    assert re.search(r"Revisjon 2\.\s+Faktura", PdfReader(job.out / MONTH / PDF).pages[0].extract_text())


def test_the_front_page_lists_revisions_with_their_status(life):
    job, kept = life
    assert "Revisjon 1 (godkjent 11. oktober 2024)" in kept["front while revised"]
    assert "Revisjon 2 (utkast)" in kept["front while revised"]
    front = html.parse(job.out / "index.html").getroot()
    assert len(front.xpath('//ul[@class="months"]/li')) == 1
    told = text_of(front)
    assert "Godkjent 15. november 2024, revisjon 2" in told
    assert "Revisjon 1 (godkjent 11. oktober 2024) Revisjon 2 (godkjent 15. november 2024)" in told
    for link in front.xpath("//li//@href"):
        assert (job.out / link.partition("#")[0]).exists(), link


def test_a_report_of_an_approved_month_is_not_rendered_again(job):
    before = bytes_of(job.out)
    with pytest.raises(InputError, match=r'2024-09 is approved, and not rendered again\. Remedy: .*--revise "why"'):
        render(job, CHANGED)
    assert serve_approved(job).last.manifest.revision == 2
    assert bytes_of(job.out) == before


def test_a_site_that_is_gone_or_spoilt_or_another_is_served_from_what_is_kept(job, tmp_path):
    before = bytes_of(job.out)
    (job.out / MONTH / "index.html").write_text("<p>noe annet</p>", encoding="utf-8")
    (job.out / f"{MONTH}-1" / "more.txt").write_text("x", encoding="utf-8")
    serve_approved(job)
    assert bytes_of(job.out) == before
    shutil.rmtree(job.out)
    serve_approved(job)
    assert bytes_of(job.out) == before
    other = job_in(job.folder.root, tmp_path / "other" / "_site")
    serve_approved(other)
    assert bytes_of(other.out) == before
    assert verify(other, None) == []


@pytest.mark.deep
def test_another_month_is_published_beside_what_was_approved(job):
    (job.out / MONTH / "index.html").write_text("<p>noe annet</p>", encoding="utf-8")
    made = job.folder.root / "made" / "2024-10"
    shutil.copytree(job.out / MONTH, made)
    facts = json.loads((made / "report.json").read_text("utf-8"))
    (made / "report.json").write_text(json.dumps(facts | {"month": "2024-10", "draft": True}), encoding="utf-8")
    from rorikt_lib.publish.served import served

    site.publish(made, job.out, job.build, job.front, job.settings, [], served(job.folder.data))
    assert verify(job, None) == []
    assert (job.out / "2024-10").is_dir()


def test_verify_finds_one_changed_byte_anywhere_on_the_site_and_names_the_file(job):
    assert verify(job, None) == []
    for name in sorted(bytes_of(job.out / MONTH)):
        for folder in (job.out / MONTH, job.out / f"{MONTH}-1"):
            content = (folder / name).read_bytes()
            (folder / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
            assert [str(one) for one in verify(job, MONTH)] == [f"changed: {folder / name}"]
            (folder / name).write_bytes(content)


def test_verify_names_what_is_missing_or_added(job):
    (job.out / MONTH / "figures.csv").unlink()
    (job.out / MONTH / "extra.html").write_text("x", encoding="utf-8")
    shutil.rmtree(job.out / f"{MONTH}-1")
    assert {str(one) for one in verify(job, None)} == {
        f"missing: {job.out / f'{MONTH}-1'}",
        f"added: {job.out / MONTH / 'extra.html'}", f"missing: {job.out / MONTH / 'figures.csv'}",
    }  # fmt: skip


def test_a_page_that_says_approved_without_an_approval_is_found(job):
    shutil.rmtree(job.folder.data / "approved")
    told = [str(one) for one in verify(job, None)]
    assert len(told) == 3
    assert all(one.startswith("says that it is approved, but no approval is kept") for one in told)


def test_what_another_document_says_is_not_asked_where_one_is_verified(job):
    other = job.out / "2023-01"
    other.mkdir()
    (other / "report.json").write_text("{}", encoding="utf-8")
    assert verify(job, MONTH) == []
    with pytest.raises(InputError, match="2023-01"):
        verify(job, None)


def test_a_damaged_archive_is_never_served(job):
    file = approved_folder(job.folder.data) / f"{MONTH}-1" / "site" / "figures.csv"
    file.chmod(0o644)
    file.write_text("figure\n", encoding="utf-8")
    shutil.rmtree(job.out)
    with pytest.raises(InputError, match=r"2024-09-1/site/figures\.csv: the file is not what was approved"):
        serve_approved(job)
    assert not job.out.exists()


def test_approving_twice_is_refused_with_who_did_and_when(job):
    before = bytes_of(job.folder.root)
    with pytest.raises(InputError, match=rf"approved already, on 2024-11-15 by {BY}\. Remedy: .*--revise"):
        approve(job)
    after = bytes_of(job.folder.root)
    assert {name: content for name, content in after.items() if not name.endswith(".lock")} == {
        name: content for name, content in before.items() if not name.endswith(".lock")
    }


@pytest.mark.deep
def test_a_revision_of_a_revision_is_compared_with_the_last(job):
    again = with_value(CHANGED, "operating_costs.variance", 1_733_400.0)
    render(job, again, "Enda en faktura")
    page = page_of(job.out / f"{MONTH}-3")
    table = page.xpath('//table[@id="tabell-revisjon"]//tbody/tr')
    assert [text_of(cell) for cell in table[0].xpath("./th|./td")] == [
        "Driftskostnader, avvik", "Lønn", "2 633 400 kr", "1 733 400 kr", "−900 000 kr",
    ]  # fmt: skip
    assert len(table) == 1
    links = page.xpath('//p[@class="files"]/a/@href')
    assert [link for link in links if link.startswith("../2024-09-")] == [
        "../2024-09-1/index.html",
        "../2024-09-2/index.html",
    ]


@pytest.mark.deep
def test_a_revision_rendered_again_is_the_same_revision_and_one_withdrawn_is_gone(job):
    before = bytes_of(job.out)
    render(job, FIGURES, "Feil")
    render(job, FIGURES, "Faktura ført tilbake")
    assert life_of(job).draft == job.out / f"{MONTH}-3"
    assert "Faktura ført tilbake" in text_of(page_of(job.out / f"{MONTH}-3"))
    assert withdraw_revision(job) == f"{MONTH}-3"
    assert bytes_of(job.out) == before
    assert read_draft(job.folder.data, MONTH) is None
    with pytest.raises(InputError, match="no draft of a revision"):
        withdraw_revision(job)


@pytest.mark.deep
def test_a_revision_that_changes_no_figure_says_so(job):
    render(job, CHANGED, "Ny tekst")
    page = page_of(job.out / f"{MONTH}-3")
    assert "Ny tekst Ingen tall er andre enn i revisjon 2." in text_of(page.xpath('//div[@class="revision"]')[0])
    assert not page.xpath('//*[@id="tabell-revisjon"]')


@pytest.mark.deep
def test_a_reason_is_text_and_nothing_else(job):
    render(job, CHANGED, "<script>x</script> *[lenke](http://e.no)* $a$ `b`\n# @c")
    told = page_of(job.out / f"{MONTH}-3").xpath('//div[@class="revision"]/p')[0]
    assert text_of(told) == "Revisjon 2. <script>x</script> *[lenke](http://e.no)* $a$ `b` # @c".replace("2.", "3.")
    assert [child.tag for child in told] == ["strong"]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_revision_without_a_reason_is_refused(reason, job):
    with pytest.raises(InputError, match="no reason is given"):
        render(job, CHANGED, reason)


@pytest.mark.deep
def test_what_was_never_approved_is_not_revised(drafted):
    with pytest.raises(InputError, match="nothing of 2024-09 is approved that could be revised"):
        render(drafted, CHANGED, REASON)


@pytest.mark.parametrize("name", ["index.html", PDF, "figures.csv", "forlop.html", "figures/figur-saker.svg"])
def test_a_draft_that_was_edited_since_it_was_rendered_is_not_approved(name, drafted):
    (drafted.out / MONTH / name).write_bytes((drafted.out / MONTH / name).read_bytes() + b" ")
    before = bytes_of(drafted.out)
    with pytest.raises(
        InputError, match=rf"{re.escape(name)}: it is not as it was rendered \(changed\)\. Remedy: run rorikt report"
    ):
        approve(drafted)
    assert bytes_of(drafted.out) == before
    assert read_approved(drafted.folder.data) == []


def test_files_added_to_or_missing_from_a_draft_are_named(drafted):
    (drafted.out / MONTH / "extra.html").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"extra\.html: .*\(added\)"):
        approve(drafted)
    (drafted.out / MONTH / "extra.html").unlink()
    (drafted.out / MONTH / "figures.csv").unlink()
    with pytest.raises(InputError, match=r"figures\.csv: .*\(missing\)"):
        approve(drafted)


def test_a_month_that_was_never_rendered_is_not_approved(project):
    with pytest.raises(
        InputError, match=r"2024-09 is not on the site\. Remedy: run rorikt report 2024-09, and approve it"
    ):
        approve(job_in(project))
    assert not (project / "_site").exists()


def test_a_draft_of_which_nothing_is_kept_is_rendered_again_first(drafted):
    shutil.rmtree(drafted.folder.data / "drafts")
    with pytest.raises(InputError, match="nothing is kept of how it was rendered"):
        approve(drafted)


@pytest.mark.deep
def test_a_draft_is_approved_though_the_build_folder_is_gone(drafted):
    shutil.rmtree(drafted.build, ignore_errors=True)
    assert approve(drafted).manifest.revision == 1


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (dt.date(2124, 1, 1), "2124-01-01 has not come yet"), (dt.date(2024, 8, 31), "is before 2024-09"),
        (dt.date(2024, 10, 3), "is before the report's version, 2024-10-04"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(on, told, drafted):
    with pytest.raises(InputError, match=told):
        approve(drafted, on)


@pytest.mark.deep
def test_a_revision_is_not_approved_before_the_one_that_it_revises(job):
    render(job, with_value(FIGURES, "tickets.created", 1300.0), "En grunn")
    with pytest.raises(InputError, match=r"2024-11-14 is before revision 2, 2024-11-15"):
        approve(job, dt.date(2024, 11, 14))


def test_a_person_whom_the_exports_name_does_not_come_in_as_who_approved_it(drafted):
    (drafted.folder.data / "raw" / "saker.csv").write_text(
        "Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min);Emne;Melder\n"
        "1;Feil;Medium;Lukket;PC;Molde kommune;Telefon;02.09.2024 08:00;03.09.2024 08:00;03.09.2024 08:00;0;x;Gro Skjeggestad\n",
        encoding="utf-8",
    )
    write_clean(clean_raw(drafted.folder.data / "raw", drafted.settings), drafted.folder.data)
    with pytest.raises(InputError, match=r"a person's name \(saker.csv, line 2, Melder\)"):
        approve_document(drafted, "Gro Skjeggestad", ON)
    assert not (drafted.folder.data / "approved").exists() or read_approved(drafted.folder.data) == []


def beside(job, amount: float) -> None:
    """Another month's draft on the site, with a table of one amount."""
    other = shutil.copytree(job.out / MONTH, job.out / "2024-10")
    facts = json.loads((other / "report.json").read_text("utf-8"))
    (other / "report.json").write_text(json.dumps(facts | {"month": "2024-10"}), encoding="utf-8")
    FIGURES.assign(value=46379051.0).to_csv(other / "figures.csv", index=False)
    (other / "nedlasting" / "tabell-belop.csv").write_text(f"Kommune;Beløp\nMolde;{amount:.0f}\nSum;x\n", "utf-8")


def test_the_amounts_of_another_months_draft_are_no_telephone_numbers(drafted):
    beside(drafted, 46379051)
    assert approve(drafted).manifest.revision == 1
    assert verify(drafted, MONTH) == []


def test_another_months_draft_that_must_not_be_published_stops_the_approval_before_anything_is_kept(drafted):
    beside(drafted, 46379052)
    with pytest.raises(InputError, match=r"2024-10/nedlasting/tabell-belop\.csv, line 2: a telephone number"):
        approve(drafted)
    assert not approved_folder(drafted.folder.data).exists()
    assert read_draft(drafted.folder.data, MONTH)


@pytest.mark.deep
def test_what_cannot_be_served_beside_it_stops_the_approval_before_anything_is_kept(job):
    render(job, with_value(FIGURES, "tickets.created", 1300.0), "En grunn")
    page = next((job.folder.data / "approved").rglob("index.html"))
    page.chmod(0o644)
    page.write_bytes(page.read_bytes() + b" ")
    with pytest.raises(InputError, match="not what was approved"):
        approve(job, dt.date(2024, 12, 1))
    assert len(list((job.folder.data / "approved").rglob("manifest.json"))) == 2


def test_what_was_approved_of_one_month_is_not_taken_for_anothers(job):
    kept = read_approved(job.folder.data)[-1].folder
    shutil.copytree(kept, kept.with_name("2024-10-1"))
    with pytest.raises(InputError, match="not as it was written"):
        read_approved(job.folder.data)
    assert [found.file.parent.name for found in verify(job, None)] == ["2024-10-1"]


def test_a_link_in_place_of_a_file_is_not_what_was_approved(job, tmp_path):
    figures = job.out / MONTH / "figures.csv"
    figures.rename(tmp_path / "figures.csv")
    figures.symlink_to(tmp_path / "figures.csv")
    assert [found.file for found in verify(job, None)] == [figures]


@pytest.mark.deep
def test_the_manifest_has_the_checksum_of_a_source_that_is_a_link(drafted, tmp_path):
    settings = drafted.folder.root / "workbook.yml"
    settings.rename(tmp_path / "shared.yml")
    settings.symlink_to(tmp_path / "shared.yml")
    render(drafted)
    assert approve(drafted).manifest.sources["workbook.yml"] == sum_of(tmp_path / "shared.yml")


def test_an_approval_by_nobody_is_refused(drafted):
    with pytest.raises(InputError, match="nobody has approved it"):
        approve_document(drafted, " \n", ON)


def test_what_must_not_be_published_does_not_come_in_with_the_approval(drafted):
    before = bytes_of(drafted.out)
    with pytest.raises(InputError, match="an e-mail address"):
        approve_document(drafted, "leder@example.no", ON)
    assert bytes_of(drafted.out) == before
    assert read_approved(drafted.folder.data) == []


@pytest.mark.deep
def test_an_approval_cut_short_leaves_the_draft_and_the_next_one_is_whole(drafted, monkeypatch):
    before = bytes_of(drafted.out)
    with monkeypatch.context() as patched:
        patched.setattr("rorikt_lib.store.approved.os.fsync", _full)
        with pytest.raises(OSError, match="No space"):
            approve(drafted)
    assert bytes_of(drafted.out) == before
    assert read_approved(drafted.folder.data) == []
    approve(drafted)
    assert verify(drafted, None) == []


def test_an_approval_cut_short_before_the_site_is_told_by_verify_and_mended_by_the_report(drafted, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("rorikt_lib.month.approval.site.publish", _full)
        with pytest.raises(OSError, match="No space"):
            approve(drafted)
    assert verify(drafted, None) != []
    serve_approved(drafted)
    assert verify(drafted, None) == []
    assert said_by(page_of(drafted.out / MONTH))["Status"] == "Godkjent"


def _full(*_, **__):
    raise OSError(28, "No space left on device")


@pytest.mark.deep
def test_a_month_approved_while_it_is_rendered_is_not_overwritten(drafted, monkeypatch):
    approve(drafted)
    before = bytes_of(drafted.out)
    monkeypatch.setattr("approving.refuse_approved", lambda job, revise: None)
    monkeypatch.setattr("approving.revision_of", lambda *_: None)
    with pytest.raises(InputError, match="approved while it was rendered"):
        render(drafted, CHANGED)
    assert bytes_of(drafted.out) == before


@pytest.mark.deep
def test_what_an_older_version_published_as_approved_is_kept_as_it_stands(job, tmp_path):
    shutil.rmtree(job.folder.data / "approved")
    shutil.rmtree(job.out / f"{MONTH}-1")
    shutil.rmtree(job.out / f"{MONTH}-2")
    facts = job.out / MONTH / "report.json"
    known = json.loads(facts.read_text("utf-8"))
    del known["revision"]
    facts.write_text(json.dumps(known), encoding="utf-8")
    before = bytes_of(job.out / MONTH)
    with pytest.raises(InputError, match=r"the page says that it was approved on 2024-11-15"):
        approve(job, ON)
    assert approve(job, dt.date(2024, 11, 15)).manifest.sources == {}
    assert bytes_of(job.out / MONTH) == before
    assert verify(job, None) == []


def test_a_report_that_is_called_as_a_page_beside_it_is_refused_before_one_pdf_takes_the_place_of_the_other(drafted):
    settings = drafted.folder.root / "workbook.yml"
    titled = re.sub(r"report_title: .*", "report_title: Forløp", settings.read_text("utf-8"))
    settings.write_text(titled, encoding="utf-8")
    site = bytes_of(drafted.out)
    with pytest.raises(
        InputError, match=r"workbook\.yml: the report and its page Forløpet both have forlop-2024-09\.pdf"
    ):
        render(job_in(drafted.folder.root))
    assert bytes_of(drafted.out) == site


@pytest.mark.deep
def test_a_page_beside_the_report_may_have_a_status_of_its_own(drafted):
    report = drafted.folder.content / MONTH / "report.yml"
    report.write_text("pages: {forlop.html: Forslag}\n", encoding="utf-8")
    render(drafted)
    beside = page_of(drafted.out / MONTH, "forlop.html")
    assert said_by(beside) == {"Status for denne siden": "Forslag", "Ansvarlig enhet": "ROR-IKT"}
    report.write_text("pages: {forløp.html: Forslag}\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"report\.yml: no page beside the report is called forløp\.html\. Remedy: use one of: forlop"
    ):
        render(drafted)


@pytest.mark.deep
def test_figures_of_every_kind_are_told_apart_in_a_revision(drafted):
    approve(drafted)
    before = FIGURES
    moved = before.figure == "sla.share_within"
    after = pd.concat(
        [before[~moved].assign(value=lambda d: d.value + 0.0001), before[moved].assign(member="2024-08|Medium")]
    )
    render(drafted, after, REASON)
    rows = page_of(drafted.out / f"{MONTH}-2").xpath('//table[@id="tabell-revisjon"]//tbody/tr')
    cells = [[text_of(cell) for cell in row.xpath("./th|./td")] for row in rows]
    assert [row[2] for row in cells].count("ikke med") == 1
    assert [row[3] for row in cells].count("ikke med") == 1
    assert all(row[2] != row[3] for row in cells)
    assert len(cells) == 5


@pytest.mark.quarto
def test_what_quarto_rendered_is_approved_and_revised_as_quarto_renders_it(project):
    if (quarto.quarto_version() or (0,)) < quarto.OLDEST:
        pytest.skip("no Quarto 1.9 or newer here")
    job = job_in(project, renderer="quarto")
    render(job)
    approve(job)
    render(job, CHANGED, REASON)
    approve(job)
    assert {one.manifest.renderer for one in read_approved(job.folder.data)} == {"quarto"}
    assert verify(job, None) == []
    page = page_of(job.out / MONTH)
    assert said_by(page)["Status"] == "Godkjent"
    assert text_of(page.xpath('//div[@class="revision"]/p')[0]) == f"Revisjon 2. {REASON}"
    assert [text_of(cell) for cell in page.xpath('//table[@id="tabell-revisjon"]//tbody/tr/*')] == [
        "Saker, nye", "september 2024", "1 245", "1 290", "+45",
    ]  # fmt: skip
    assert "Godkjent" in PdfReader(job.out / MONTH / PDF).pages[0].extract_text()
    assert not list((job.out / MONTH).glob("*.qmd"))


def test_a_draft_of_a_renderer_that_is_gone_is_not_approved_by_another(drafted, monkeypatch):
    file = drafted.folder.data / "drafts" / f"{MONTH}.json"
    file.write_text(file.read_text("utf-8").replace('"renderer": "embedded"', '"renderer": "quarto"'), encoding="utf-8")
    monkeypatch.setattr(quarto, "quarto_version", lambda: None)
    with pytest.raises(
        InputError, match=r"no Quarto on PATH\. Remedy: install it, or run rorikt report 2024-09 --renderer embedded"
    ):
        approve(drafted)
    assert read_approved(drafted.folder.data) == []


def test_what_another_version_would_render_otherwise_is_not_approved(drafted, monkeypatch):
    file = drafted.folder.data / "drafts" / f"{MONTH}.json"
    file.write_text(file.read_text("utf-8").replace("Det kom 1", "Det kom 2"), encoding="utf-8")
    with pytest.raises(InputError, match="makes another page of what was read"):
        approve(drafted)
    assert read_approved(drafted.folder.data) == []
