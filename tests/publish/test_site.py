"""The old site stands until the new one is complete; other months stay."""

from __future__ import annotations

import errno
import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html
from project import FIGURES, MONTH

from rorikt_lib.config.folder import open_folder
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.publish import build, site
from rorikt_lib.publish.build import build_report
from rorikt_lib.publish.job import job_of


def content_of(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def published(built, project):
    """The small project with the site of its month, and an older month of another make."""
    out = project / "_site"
    shutil.copytree(built.page.parent.parent, out)
    old = out / "2024-08"
    old.mkdir()
    (old / "index.html").write_text("<html><body>eldre</body></html>", encoding="utf-8")
    facts = {
        "month": "2024-08",
        "pdf": "x.pdf",
        "demo": False,
        "draft": True,
        "status": "Utkast",
        "version": None,
        "approved_on": None,
    }
    (old / "report.json").write_text(json.dumps(facts), encoding="utf-8")
    return project


def rebuild(project, figures=FIGURES, parameters=None):
    job = job_of(MONTH, open_folder(project), None, "embedded", parameters)
    return build_report(job, figures, print)


def month_folder(project, page: str):
    folder = project / "made" / MONTH
    shutil.copytree(project / "_site" / MONTH, folder)
    (folder / "index.html").write_text(f'<html lang="nb"><body>{page}</body></html>', encoding="utf-8")
    return folder


def publish(project, page: str):
    build = project / "_build"
    build.mkdir(exist_ok=True)
    site.publish(month_folder(project, page), project / "_site", build, project / "index.qmd", demo_settings(), [])


def test_other_months_are_carried_over_and_the_month_is_replaced(published):
    publish(published, "nyere")
    assert "eldre" in (published / "_site" / "2024-08" / "index.html").read_text("utf-8")
    assert "nyere" in (published / "_site" / MONTH / "index.html").read_text("utf-8")
    # Nothing of the site in the making, but what need not be looked through again, and what was published.
    assert {left.name for left in (published / "_build").iterdir()} == {"looked-through.json", "site.json"}


def test_a_page_of_another_month_is_one_file_in_the_old_site_and_the_new_and_the_front_page_is_not(published):
    out = published / "_site"
    before = {name: (out / name).stat().st_ino for name in ("2024-08/index.html", "index.html", "assets/report.css")}
    publish(published, "nyere")
    after = {name: (out / name).stat().st_ino for name in before}
    assert {name for name in before if before[name] == after[name]} == {"2024-08/index.html"}


def test_the_front_page_lists_the_months_newest_first_with_status_and_files(published):
    publish(published, "nyere")
    front = html.parse(published / "_site" / "index.html").getroot()
    newest, older = front.xpath('//ul[@class="months"]/li')
    assert newest.xpath("./h4/a/text()") == ["september 2024"]
    assert newest.xpath(".//@href") == [f"{MONTH}/index.html",
        f"{MONTH}/okonomi-og-aktivitetsrapport-{MONTH}.pdf", f"{MONTH}/okonomi-og-aktivitetsrapport-{MONTH}.xlsx",
        f"{MONTH}/figures.csv", f"{MONTH}/forlop.html"]  # fmt: skip
    assert newest.xpath('.//a[contains(@href, "forlop")]/@aria-label') == ["Forløpet, september 2024"]
    assert "Utkast Demodata" in " ".join(newest.text_content().split())
    assert older.xpath("./h4/a/text()") == ["august 2024"]
    assert "Utkast" in older.text_content()
    assert "Demodata" not in older.text_content()


def test_a_page_that_must_not_be_published_leaves_the_site_as_it_was(published):
    before = content_of(published / "_site")
    with pytest.raises(InputError, match="an e-mail address"):
        publish(published, "post@example.no")
    assert content_of(published / "_site") == before


OTHER_FAILURES = [pytest.param(one, marks=pytest.mark.deep) for one in ("narrative", "parameter", "pdf", "page")]


@pytest.mark.parametrize("failure", ["chapter", *OTHER_FAILURES])
def test_a_failed_build_leaves_the_site_as_it_was(published, failure):
    before = content_of(published / "_site")
    narrative = published / "content" / MONTH / "kundeservice.md"
    if failure == "chapter":
        (published / "notebooks" / "desk.ipynb").unlink()
    if failure == "page":
        course = published / "notebooks" / "course.ipynb"
        course.write_text(course.read_text("utf-8").replace("figur-forlop", "figur-saker"), encoding="utf-8")
    if failure == "narrative":
        narrative.write_text('[9]{figure="tickets.created|month|2024-09"}', encoding="utf-8")
    if failure == "pdf":
        narrative.write_text("[ingensteds](#ingensteds)", encoding="utf-8")
    with pytest.raises(InputError):
        rebuild(published, parameters={"toppp": 3} if failure == "parameter" else None)
    assert content_of(published / "_site") == before


def test_a_full_disk_is_not_kept_full_by_what_was_half_made(published, monkeypatch):
    def write_until_full(*given):
        made = published / "_build" / MONTH
        made.mkdir(parents=True)
        (made / "half.html").write_text("halv", "utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    before = (published / "_site" / "index.html").read_bytes()
    monkeypatch.setattr(build, "_execute", write_until_full)
    with pytest.raises(OSError, match="No space"):
        rebuild(published)
    assert not (published / "_build" / MONTH).exists()
    assert (published / "_site" / "index.html").read_bytes() == before


def test_a_swap_that_was_cut_short_is_mended_by_the_next_build(published):
    before = content_of(published / "_site" / "2024-08")
    (published / "_build").mkdir()
    put_aside = published / "_build" / "._site-old"
    month = month_folder(published, "nyere")
    (published / "_site").rename(put_aside)
    site.publish(month, published / "_site", published / "_build", published / "index.qmd", demo_settings(), [])
    assert content_of(published / "_site" / "2024-08") == before
    assert not put_aside.exists()


def test_a_month_of_another_version_is_refused_and_the_site_left_alone(published):
    facts = published / "_site" / "2024-08" / "report.json"
    known = json.loads(facts.read_text("utf-8"))
    facts.write_text(json.dumps({key: value for key, value in known.items() if key != "draft"}), encoding="utf-8")
    before = content_of(published / "_site")
    with pytest.raises(InputError, match="another version of the workbook"):
        publish(published, "nyere")
    assert content_of(published / "_site") == before
    assert not any((published / "_build").iterdir())


def test_who_publishes_waits_for_whoever_is_at_it(published):
    before = content_of(published / "_site")
    with ThreadPoolExecutor(1) as other:
        with site.only_publisher(published / "_build"):
            run = other.submit(rebuild, published)
            with pytest.raises(TimeoutError):
                run.result(timeout=8)
            assert content_of(published / "_site") == before
        assert run.result().page.exists()


def test_a_build_that_failed_does_not_stand_in_the_way_of_the_next(published):
    with pytest.raises(InputError, match="toppp"):
        rebuild(published, parameters={"toppp": 3})
    with site.only_publisher(published / "_build"):
        pass


def test_a_folder_that_is_not_a_site_is_refused_and_left_alone(project):
    (project / "_site").mkdir()
    (project / "_site" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not a site of this workbook"):
        rebuild(project)
    assert content_of(project / "_site") == {"letter.txt": b"mine"}


ACCESSIBILITY = """
  accessibility: {statement: https://uustatus.no/nb/erklaringer/publisert/1a-2_b, contact: post@example.no}
"""


@pytest.mark.deep
def test_every_page_leads_to_the_accessibility_statement_and_the_contact_that_are_set(project):
    workbook = project / "workbook.yml"
    text = workbook.read_text("utf-8")
    workbook.write_text(text.replace("organisation:\n", f"organisation:{ACCESSIBILITY}", 1), encoding="utf-8")
    page = rebuild(project).page
    for file in (page, page.parent / "forlop.html", page.parent.parent / "index.html"):
        (line,) = html.parse(file).xpath('//footer/p[@class="accessibility"]')
        assert line.xpath("./a/text()") == ["Tilgjengelighetserklæring", "Meld fra om manglende tilgjengelighet"]
        assert line.xpath("./a/@href") == [
            "https://uustatus.no/nb/erklaringer/publisert/1a-2_b", "mailto:post@example.no",
        ]  # fmt: skip


def test_without_a_statement_the_pages_say_nothing_of_it(built):
    for file in (built.page, built.page.parent.parent / "index.html"):
        assert not html.parse(file).xpath('//p[@class="accessibility"]')
