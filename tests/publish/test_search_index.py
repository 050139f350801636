"""The index of the search: every place of every page, read from the page as it was rendered."""

from __future__ import annotations

import json
import shutil

import pytest
from approving import approve, job_in
from lxml import html
from project import MONTH

from rorikt_lib.publish.places import places_of
from rorikt_lib.publish.search import INDEX, SCRIPT, index_of, write_search

PAGE = """
<h1>Rapport</h1><main><p>Først.</p>
<h2 id="a"><span class="header-section-number">1</span> Drift <a href="#a" class="permalink">#</a></h2>
<p>Om&nbsp;driften, <em>kort</em>.</p><ul><li>ett <strong>punkt</strong></li></ul>
<h3 id="b">Saker</h3>
<div class="table-box"><table id="tabell-t"><caption><span><strong>Tabell 1.</strong> Per kommune.</span>
 <span class="of-table"><a href="t.csv">Tall</a></span></caption>
 <tr><th>Kommune</th><th>Saker</th></tr><tr><th>Mol<wbr>de</th><td>1&nbsp;234</td></tr></table></div>
<p>Etter tabellen.</p>
<figure id="figur-f"><div><img src="f.svg" alt="Linje over saker"></div><figcaption><span>Figur 1. <a href="#def-brudd">Brudd</a> av saker.
 Tallene står i <a href="#tabell-t">Tabell&nbsp;1</a>.</span> <a class="permalink" href="#figur-f">#</a></figcaption></figure>
<details class="numbers"><summary>Tallene i figuren</summary><div><table id="tabell-g"><caption>Tabell 2. I figuren.</caption>
 <tr><th>Rauma</th><td>3</td></tr></table></div></details>
<div class="ways"><a rel="next" href="#c"><span>Neste kapittel</span> Begreper</a></div>
<h2 id="c">Begreper</h2><dl><dt><span id="def-brudd">Brudd</span></dt><dd><p>Ikke løst i tide.</p></dd></dl>
<nav><p>Innhold</p></nav></main>"""


def told(page: str) -> dict[str, tuple]:
    return {one.id: (one.title, one.within, one.text) for one in places_of(html.document_fromstring(page))}


def test_each_heading_table_figure_and_term_is_a_place_with_what_stands_there():
    assert told(PAGE) == {
        "a": ("Drift", (), "Om driften, kort. · ett punkt"),
        "b": ("Saker", ("Drift",), "Etter tabellen."),
        "tabell-t": ("Tabell 1. Per kommune.", ("Drift", "Saker"), "Kommune · Saker · Molde"),
        "figur-f": ("Figur 1. Brudd av saker.", ("Drift", "Saker"), "Linje over saker"),
        "tabell-g": ("Tabell 2. I figuren.", ("Drift", "Saker"), "Rauma"),
        "c": ("Begreper", (), ""),
        "def-brudd": ("Brudd", ("Begreper",), "Ikke løst i tide."),
    }


def facts(month: str, draft: bool = True, revision: int = 1) -> dict:
    return {
        "month": month,
        "revision": revision,
        "draft": draft,
        "status": "Utkast" if draft else "Godkjent",
        "pages": [],
    }


@pytest.fixture
def months(tmp_path):
    """Two months that say the same of one place and another thing of the other."""
    for month, said in (("2024-08", "august"), ("2024-09", "september")):
        (tmp_path / month).mkdir()
        page = f'<meta charset="utf-8"><main><h2 id="a">Felles</h2><p>Likt.</p><h2 id="b">Saker</h2><p>I {said}.</p></main>'
        (tmp_path / month / "index.html").write_text(page, encoding="utf-8")
    return tmp_path


def test_what_all_months_share_is_kept_once_and_the_newest_month_comes_first(months):
    index = index_of(months, {"2024-08": facts("2024-08", draft=False), "2024-09": facts("2024-09")})
    assert [(one["month"], one["status"], one["draft"]) for one in index["folders"]] == [
        ("September 2024", "Utkast", True), ("August 2024", "Godkjent", False), ("", "", False),
    ]  # fmt: skip
    assert index["places"] == [
        ["index.html", "a", [["Felles", "", "Likt.", [0, 1]]]],
        ["index.html", "b", [["Saker", "", "I september.", [0]], ["Saker", "", "I august.", [1]]]],
    ]


def test_a_revision_in_draft_is_searched_under_its_own_name_and_one_that_was_replaced_is_not(months):
    for folder in ("2024-09-1", "2024-09-2"):
        shutil.copytree(months / "2024-09", months / folder)
    of_site = {"2024-09": facts("2024-09", draft=False), "2024-09-1": facts("2024-09", draft=False)}
    index = index_of(months, of_site | {"2024-09-2": facts("2024-09", revision=2)})
    assert [one["month"] for one in index["folders"]] == ["September 2024, revisjon 2", "September 2024", ""]


def test_a_page_across_months_is_searched_and_the_front_page_that_leads_to_all_is_not(months):
    page = '<meta charset="utf-8"><h1>Utvikling</h1><main><h2 id="a">Portalen</h2></main>'
    for name in ("utvikling.html", "index.html"):
        (months / name).write_text(page, encoding="utf-8")
    index = index_of(months, {})
    assert index["places"] == [["utvikling.html", "a", [["Portalen", "Utvikling", "", [0]]]]]
    assert index["folders"][0]["beside"] == ["utvikling.html"]


def test_no_text_of_a_page_can_end_the_script_that_holds_it(months):
    page = months / "2024-09" / "index.html"
    page.write_text('<main><h2 id="a">&lt;/script>&lt;script></h2><p>\u2028"</p></main>', encoding="utf-8")
    (months / "assets").mkdir()
    write_search(months, {"2024-09": facts("2024-09")})
    written = (months / "assets" / INDEX).read_text(encoding="utf-8")
    assert "<" not in written
    index = json.loads(written.removeprefix("window.searchIndex = ").removesuffix(";\n"))
    assert index["places"][0][2][0][0] == "</script><script>"
    assert "{}" not in (months / "assets" / SCRIPT).read_text(encoding="utf-8").splitlines()[3]


def test_every_page_of_a_site_has_the_search_and_each_place_found_is_on_its_page(built):
    root = built.page.parent.parent
    index = json.loads((root / "assets" / INDEX).read_text("utf-8").removeprefix("window.searchIndex = ")[:-2])
    found = [page for page in (*(root / MONTH).glob("*.html"), *root.glob("*.html")) if page != root / "index.html"]
    pages = {page.name: html.parse(page).getroot() for page in found}
    assert {place[0] for place in index["places"]} == set(pages)
    for page, key, variants in index["places"]:
        assert pages[page].xpath("//*[@id=$key]", key=key), (page, variants)
    for page in [root / "index.html", *found]:
        sources = [(page.parent / source).resolve() for source in html.parse(page).xpath("//script/@src")]
        assert (root / "assets" / SCRIPT).resolve() in sources


@pytest.mark.deep
def test_what_was_approved_is_searched_and_not_written(drafted_once, tmp_path):
    root = shutil.copytree(drafted_once, tmp_path / "project")
    approve(job_in(root))
    (kept,) = (root / "data" / "approved").glob(f"**/{MONTH}-1/site")
    assert not [*kept.rglob(SCRIPT), *kept.rglob(INDEX)]
    assert '"draft":false' in (root / "_site" / "assets" / INDEX).read_text("utf-8")
