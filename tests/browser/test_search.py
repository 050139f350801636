"""The search as a reader meets it: from a server or from files, by keyboard, and not at all without scripts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from browsing import MEASURE, MONTH, RULES, Opened, serving
from sampled import first

from rorikt_lib.publish.search import INDEX, write_search

pytestmark = pytest.mark.browser

EARLIER = "2024-08"
BOX, SAID, FOUND = "#search-query", ".search-said", ".search-found > li"


_IN_VIEW = """() => {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect();
  return at.top >= 0 && at.top < innerHeight;
}"""


@pytest.fixture(scope="session")
def two_months(site_of, made_once) -> Path:
    """The demo's site with its month in draft and the same once more, as an earlier one that was approved."""

    def make(root: Path) -> None:
        shutil.copytree(site_of(MONTH), root, dirs_exist_ok=True)
        shutil.copytree(root / MONTH, root / EARLIER)
        facts = {month: json.loads((root / month / "report.json").read_text("utf-8")) for month in (MONTH, EARLIER)}
        facts[EARLIER] |= {"month": EARLIER, "draft": False, "status": "Godkjent"}
        write_search(root, facts)

    return made_once("two-months", make)


@pytest.fixture(scope="session")
def address(two_months):
    with serving(two_months) as at:
        yield at


@pytest.fixture(scope="session")
def front(reader, address) -> Opened:
    return reader.open(address + "index.html")


def searched(opened: Opened, query: str) -> list[str]:
    """The texts of the results, the best first."""
    page = opened.page
    page.fill(BOX, "")
    page.wait_for_function("(at) => !document.querySelector(at).textContent", arg=SAID)
    page.fill(BOX, query)
    page.wait_for_function("([at, query]) => document.querySelector(at).textContent.includes(query)", arg=[SAID, query])
    return page.eval_on_selector_all(FOUND, "(all) => all.map((one) => one.innerText)")


@pytest.mark.parametrize("query", first(["Løsningstider", "løsningstid", "losningstid", "løsnings"]))
def test_a_word_is_found_in_every_form_and_what_is_called_so_comes_first(front, query):
    first, *others = searched(front, query)
    assert first.startswith("Løsningstid\n")
    assert any(other.startswith("Tabell") and "Løsningstid" in other for other in others)


@pytest.mark.parametrize("query", first(["mold", "plattform", "Molde", "Helseplattformen"]))
def test_names_in_tables_are_found_whole_begun_and_within_others(front, query):
    results = searched(front, query)
    assert results
    assert all(query.lower() in result.lower() for result in results)
    assert any(result.startswith("Tabell") for result in results)


def test_what_is_left_of_a_word_without_its_ending_is_not_looked_for_within_others(front):
    assert searched(front, "største")
    assert searched(front, "Ørsta") == []


def test_where_words_begin_so_none_is_shown_that_only_has_it_within(front):
    # A result that has it in its title alone has nothing marked.
    before = """(all) => all.filter((one) => one.textContent).map((one) => one.previousSibling?.textContent ?? '')"""
    for query, is_within in (("ostnad", True), ("kost", False)):
        assert searched(front, query)
        shown = front.page.eval_on_selector_all(f"{FOUND} mark", before)
        assert shown
        assert {text[-1:].isalpha() for text in shown} == {is_within}, query


def test_a_result_names_month_section_and_whether_it_is_approved(front):
    first, *_ = searched(front, "løsningstid")
    assert "September 2024 · Aktiviteter › Kundeservice › Service og support" in first
    assert "Utkast" in first
    assert "Også i: August 2024" in first
    approved, *_ = searched(front, "løsningstid august 2024")
    assert "August 2024 ·" in approved
    assert "Godkjent" in approved
    assert "Utkast" not in approved


def test_nothing_found_is_said_and_every_count_is_announced(front):
    assert searched(front, "qwertyuiop") == []
    said = front.page.query_selector(SAID)
    assert said.get_attribute("role") == "status"
    assert said.inner_text() == "Ingen treff på «qwertyuiop»."


def test_the_keyboard_leads_into_the_results_through_them_and_to_the_place(reader, address):
    page = reader.fresh(f"{address}{MONTH}/index.html").page
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("(box) => document.activeElement.matches(box)", BOX):
            break
    page.keyboard.type("løsningstid")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('.search-found')")
    at = "() => [...document.querySelectorAll('.search-found > li > a')].indexOf(document.activeElement)"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(at) == 1
    page.keyboard.press("ArrowUp")
    assert page.evaluate(at) == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#*")
    page.wait_for_function(_IN_VIEW)
    page.focus(BOX)
    page.keyboard.press("Escape")
    assert page.input_value(BOX) == ""
    assert page.query_selector(FOUND) is None


def test_the_index_is_asked_for_when_someone_begins_to_search_and_from_files_too(reader, two_months):
    opened = reader.fresh((two_months / MONTH / "index.html").as_uri())
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    opened.page.focus(BOX)
    loaded = "(name) => [...document.scripts].some((one) => one.src.endsWith(name))"
    assert not opened.page.evaluate(loaded, INDEX)
    assert searched(opened, "Molde")
    assert INDEX in asked
    assert not opened.refused
    assert not opened.unwanted


def test_without_scripts_there_is_no_box_and_the_page_is_there(reader, address):
    page = reader.fresh(f"{address}{MONTH}/index.html", scripts=False).page
    assert page.query_selector(BOX) is None
    assert page.query_selector("main h2")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.deep)])
def test_the_results_have_no_barrier_and_are_whole(front, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    searched(front, "Molde")
    page = front.show(width, scheme)
    said = Axe().run(page, context=".search", options={"runOnly": list(RULES), "preload": False}).response
    undecided = [one for one in said["incomplete"] if one["id"] == "color-contrast"]
    assert [one["id"] for one in (*said["violations"], *undecided)] == []
    assert not [what for what in page.evaluate(MEASURE, "screen") if "search" in what]
