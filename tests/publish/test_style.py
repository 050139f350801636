"""The style sheets: ink that can be read on its paper, in light and in dark."""

from __future__ import annotations

import re

import pytest

from rorikt_lib.publish.embedded import TEMPLATES

SHEETS = {file.name: file.read_text("utf-8") for file in TEMPLATES.glob("*.css")}
CSS = SHEETS["report.css"]
PAIRS = [
    *(("ink", paper) for paper in ("paper", "tint", "hover", "found")),
    *((ink, paper) for ink in ("muted", "accent") for paper in ("paper", "tint", "hover")),
    ("on-accent", "accent"), ("draft", "draft-paper"), ("demo", "demo-paper"),
    # What is off its mark on the front page, and a draft among what the search found, at the top of every page.
    ("draft", "paper"), ("draft", "tint"),
]  # fmt: skip


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{3,6});", block))


LIGHT, DARK = (colours(block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2])


def luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_can_be_told_from_what_it_stands_on(scheme, ink, paper):
    lighter, darker = sorted((luminance(scheme[ink]), luminance(scheme[paper])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_ink_is_held_against_the_paper_that_its_rule_or_else_the_page_has(sheet):
    used = set()
    for rule in re.findall(r"\{([^{}]*)\}", SHEETS[sheet]):
        papers = re.findall(r"\bbackground: var\(--([\w-]+)", rule) or ["paper"]
        used |= {(ink, papers[0]) for ink in re.findall(r"(?<![\w-])color: var\(--([\w-]+)", rule)}
    assert used - {*PAIRS} == set()
    assert used


def test_dark_has_a_colour_for_each_that_light_has():
    assert set(LIGHT) - set(DARK) == set()


def test_colours_stand_in_the_list_of_them_alone():
    rest = SHEETS | {"report.css": CSS[CSS.index("* { box-sizing") :]}
    assert {name: found for name, css in rest.items() if (found := re.findall(r"#[0-9a-f]{3,8}\b", css))} == {}
