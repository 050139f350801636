"""One drawing is light and dark: every colour is known on both, and what is read stands out on both."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from rorikt_lib.present.charts import colours
from rorikt_lib.present.charts.colours import DARK, PAPER
from rorikt_lib.present.charts.screens import for_all_screens

NAMED = {name: value for name, value in vars(colours).items() if name.isupper() and isinstance(value, str)}
WORDS, MARKS = ["INK", "GREY", "ACCENT", "BLUE", "LIGHT_BLUE_TEXT"], ["LIGHT_BLUE", "MIDDLE_GREY"]
SVG = """<svg xmlns="http://www.w3.org/2000/svg"><defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
<g style="fill: #17456e; stroke: #ffffff; stroke-width: 0.8"><path style="fill: none"/></g><path style="fill: #123456"/></svg>"""


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def themed():
    root = etree.fromstring(SVG)
    for_all_screens(root)
    return root


def test_every_colour_has_one_for_dark_screens():
    assert {*NAMED.values(), *colours.HEAT} == set(DARK)


@pytest.mark.parametrize("screen", [lambda colour: colour, DARK.get], ids=["light", "dark"])
def test_words_and_marks_stand_out_on_the_page_and_words_in_bars_from_the_bars(screen):
    page = screen(PAPER)
    assert min(contrast(screen(NAMED[name]), page) for name in WORDS) >= 4.5
    assert min(contrast(screen(NAMED[name]), page) for name in MARKS) >= 3
    assert min(contrast(screen(NAMED["INK"]), screen(shade)) for shade in colours.HEAT[:-1]) >= 4.5
    assert contrast(page, screen(NAMED["BLUE"])) >= 4.5


def test_a_colour_is_an_attribute_and_a_class_that_a_dark_screen_changes_but_paper_does_not(themed):
    group, path = themed.findall("{*}g")[0], themed.findall("{*}path")[0]
    assert dict(group.attrib) == {
        "fill": "#17456e", "stroke": "#ffffff", "stroke-width": "0.8", "class": "fill-17456e stroke-ffffff",
    }  # fmt: skip
    assert dict(path.attrib) == {"fill": "#123456"}
    (sheet,) = themed.iter("{*}style")
    dark = f".fill-17456e{{fill:{DARK['#17456E'].lower()}}}.stroke-ffffff{{stroke:{DARK[PAPER].lower()}}}"
    assert sheet.text == f"@media screen and (prefers-color-scheme: dark) {{{dark}}}"


def test_the_drawing_itself_has_no_style_either():
    root = etree.fromstring('<svg xmlns="http://www.w3.org/2000/svg" style="fill: #17456e"/>')
    for_all_screens(root)
    assert (root.get("style"), root.get("fill"), root.get("class")) == (None, "#17456e", "fill-17456e")


def test_nothing_has_a_style_of_its_own_that_a_policy_could_forbid_or_a_class_not_change(themed):
    assert not [element for element in themed.iter() if element.get("style")]
    assert themed.get("stroke-linejoin") == "round"
    assert not re.search(r"\*\s*{", etree.tostring(themed, encoding="unicode"))
