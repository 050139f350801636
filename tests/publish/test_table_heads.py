"""Heads over several columns and names of several rows: they stand once, and say what they are the heads of."""

from __future__ import annotations

import pypandoc
import pytest
from lxml import html

from rorikt_lib.present.markdown import DOCUMENT
from rorikt_lib.publish.embedded import TEMPLATES

MONTHS = """
| Prioritet | [juli 2024]{.over} OK | [juli 2024]{.over} Brudd | [august 2024]{.over} OK | [august 2024]{.over} Brudd |
|---|---:|---:|---:|---:|
| Lav | 1 | 2 | 3 | 4 |

: SLA. {#tabell-sla}
"""
PLACES = """
| Kommune | Gruppe | PC-er |
|---|---|---:|
| Molde | Ansatt | 1 |
| [Molde]{.again} | Elev | 2 |
| Rauma | Elev | 3 |
| **Sum** |  | **6** |

: PC-er. {#tabell-pc}
"""


def rendered(markdown: str, to: str) -> str:
    lua = TEMPLATES / "filter.lua"
    return pypandoc.convert_text(markdown, to, format=DOCUMENT, extra_args=[f"--lua-filter={lua}", "--wrap=none"])


def cells(row) -> list[tuple]:
    told = ("scope", "rowspan", "colspan")
    return [(cell.tag, cell.text_content(), *(cell.get(name) for name in told)) for cell in row.xpath("./th|./td")]


@pytest.fixture(scope="module")
def months():
    return html.fromstring(rendered(MONTHS, "html5"))


@pytest.fixture(scope="module")
def places():
    return html.fromstring(rendered(PLACES, "html5"))


def test_a_month_stands_once_over_its_columns_and_is_their_head(months):
    upper, lower = months.xpath(".//thead/tr")
    assert cells(upper) == [
        ("th", "Prioritet", "col", "2", None),
        ("th", "juli 2024", "colgroup", None, "2"),
        ("th", "august 2024", "colgroup", None, "2"),
    ]
    assert [(text, scope) for _, text, scope, *_ in cells(lower)] == [("OK", "col"), ("Brudd", "col")] * 2
    assert [text for _, text, *_ in cells(months.xpath(".//tbody/tr")[0])] == ["Lav", "1", "2", "3", "4"]


def test_a_municipality_stands_once_and_is_the_head_of_its_rows(places):
    bodies = [[cells(row) for row in body.xpath("./tr")] for body in places.xpath(".//tbody")]
    assert [[row[:-1] for row in body] for body in bodies] == [
        [
            [("th", "Molde", "rowgroup", "2", None), ("th", "Ansatt", "row", None, None)],
            [("th", "Elev", "row", None, None)],
        ],
        [[("th", "Rauma", "row", None, None), ("th", "Elev", "row", None, None)]],
        [[("th", "Sum", "row", None, "2")]],
    ]
    assert places.xpath(".//tbody/tr/@class") == ["sum"]


def test_a_folded_table_is_as_grouped_as_one_that_is_not(places):
    shown = html.fromstring(rendered(PLACES.replace("{#tabell-pc}", "{#tabell-pc .folded}"), "html5"))
    assert shown.xpath("descendant-or-self::details//table/@class") == places.xpath(".//table/@class") == ["grouped"]


def test_where_a_month_begins_its_columns_are_set_apart(months):
    assert [cell.text_content() for cell in months.xpath(".//*[contains(@class, 'begins')]")] == [
        "juli 2024", "august 2024", "OK", "OK", "1", "3",
    ]  # fmt: skip


def test_no_head_is_empty(months, places):
    assert all(head.text_content().strip() for page in (months, places) for head in page.xpath(".//th"))


def test_paper_has_them_once_too():
    made = rendered(MONTHS, "typst")
    assert made.count("juli 2024") == 1
    assert "table.cell(rowspan: 1, colspan: 2, align: center)[juli 2024]" in made
    assert "heads: 2,\n  begins: (1,3,),\n  rows: 1," in made
    made = rendered(PLACES, "typst")
    assert made.count("Molde") == 1
    assert "table.cell(rowspan: 2, colspan: 1)[Molde], [Ansatt], [1], [Elev], [2]" in made
    assert "table.cell(rowspan: 1, colspan: 2)[#strong[Sum]]" in made
