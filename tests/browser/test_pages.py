"""Every page of the demo's site in a browser: accessible, self-contained, whole at every width, usable by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import DOCUMENTS, MEASURE, MONTH, PAPER, QUARTO, RULES
from sampled import first, first_rows

pytestmark = pytest.mark.browser

DEEP = pytest.mark.deep
# The front page and the month's report in each run; the pages beside it, other months and documents where there is time.
PLACES = [
    (MONTH, "index.html"),
    (MONTH, f"{MONTH}/index.html"),
    *(
        pytest.param((month, page), marks=DEEP)
        for month in ("2024-09", "2023-12", "2024-11")
        for page in ("the rest", "index.html", f"{month}/index.html")
        if month != MONTH or page == "the rest"
    ),
    *(pytest.param((name, f"{name}/index.html"), marks=DEEP) for name in DOCUMENTS),
    *(pytest.param((QUARTO, page), marks=[DEEP, pytest.mark.quarto]) for page in ("index.html", f"{MONTH}/index.html")),
]
WIDTHS = (320, 390, 768, 1280)
LOOKS = first_rows(
    [(390, "dark"), (1280, "light"), (320, "light"), (320, "dark"), (390, "light"), (1280, "dark")], quick=1
)
LEAST_PIXELS = 9  # of a text in a chart
TABS = 400  # more than any reader would press


@pytest.fixture(params=PLACES, ids=" ".join)
def pages(request, reader, address_of, sites):
    """The pages of a place, opened; many where it is the rest of a month."""
    month, page = request.param
    names = [page]
    if page == "the rest":
        root = sites(month)
        names = [f.relative_to(root).as_posix() for f in sorted(root.rglob("*.html")) if f.name != "index.html"]
    return {name: reader.open(address_of(month) + name) for name in names}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_page_has_no_barrier_that_axe_knows_and_all_its_contrast_is_decided(pages, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": list(RULES), "preload": False, "resultTypes": ["violations", "incomplete"]}
    found = []
    for name, opened in pages.items():
        said = Axe().run(opened.show(width, scheme), options=options).response
        undecided = [one for one in said["incomplete"] if one["id"] == "color-contrast"]
        found += [f"{name}: {_told(one)}" for one in said["violations"]]
        found += [f"{name}: undecided {_told(one)}" for one in undecided]
    assert not found, "\n".join(found)


def _told(finding: dict) -> str:
    shown = "; ".join(node["html"][:120] for node in finding["nodes"][:3])
    return f"{finding['id']} ({len(finding['nodes'])}): {shown}"


def test_a_page_keeps_the_strict_policy_and_asks_nothing_of_another_host(pages):
    found = [f"{name}: {what}" for name, opened in pages.items() for what in (*opened.refused, *opened.unwanted)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [*WIDTHS, "print"])
def test_no_text_or_chart_is_cut_off_and_only_a_table_that_needs_it_scrolls(pages, width):
    media = "print" if width == "print" else "screen"
    shown = {name: opened.show(PAPER if media == "print" else width, media=media) for name, opened in pages.items()}
    found = [f"{name}: {what}" for name, page in shown.items() for what in page.evaluate(MEASURE, media)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", first([320, 1280, "print"], quick=1))
def test_every_text_of_a_chart_is_within_it_and_large_enough_to_read(pages, reader, width):
    media = "print" if width == "print" else "screen"
    found = []
    for name, opened in pages.items():
        page = opened.show(PAPER if media == "print" else width, media=media)
        for address, shown in page.evaluate(_SHOWN_CHARTS):
            chart = reader.chart(address)
            called = f"{name}: {Path(address).name}"
            found += [f"{called}: {text} is beyond its edge" for text in chart["beyond"]]
            if chart["count"] and (size := chart["smallest"] * shown / chart["units"]) < LEAST_PIXELS:
                found.append(f"{called}: text of {size:.1f} pixels")
    assert not found, "\n".join(found)


_SHOWN_CHARTS = """() => [...document.querySelectorAll("img")].filter((one) => one.checkVisibility() && one.currentSrc.endsWith(".svg"))
  .map((one) => [one.currentSrc, one.getBoundingClientRect().width])"""


def test_the_keyboard_leads_from_the_first_key_figure_to_its_table(reader, address_of):
    page = reader.fresh(address_of(MONTH) + "index.html").page
    first = page.query_selector("main a[href*='#tabell-']")
    assert first, "no key figure of the front page leads to its table"
    target = first.get_attribute("href").partition("#")[2]
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(link) => link === document.activeElement", first):
            break
    else:
        pytest.fail("the keyboard never comes to the first key figure")
    assert page.evaluate("() => document.activeElement.matches(':focus-visible')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/*#{target}")
    page.wait_for_load_state()
    table = page.wait_for_selector(f"table#{target}, #{target} table")
    page.wait_for_function(
        "(table) => { const at = table.getBoundingClientRect(); return at.top < innerHeight && at.bottom > 0; }",
        arg=table,
    )
    # The next stop is at the table or after it, not at the top of the page again.
    page.keyboard.press("Tab")
    assert page.evaluate(
        "(table) => { const at = document.activeElement; return at.contains(table) || table.contains(at) ||"
        " !!(table.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING); }",
        table,
    )


def test_every_stop_of_the_keyboard_shows_that_it_is_there(reader, address_of):
    page = reader.fresh(address_of(MONTH) + "index.html").page
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(_FOCUS))
    assert not [stop for stop in stops if stop and not stop["shown"]]


_FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const inView = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  return {what: at.outerHTML.slice(0, 80), shown: inView && (parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none")};
}"""
