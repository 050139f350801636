"""The report of December as a reader opens it: what the year came to and how it is settled, and no forecast."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from every_number import rows_of
from lxml import html
from test_budget_document import _text, number, published

MONTH = "2023-12"
# Where a forecast may be told of: what the words mean, and what the tables are made of.
TOLD_OF = {"Definisjoner og begreper", "Om tallene", "Slik er tabellene regnet ut"}


@pytest.fixture(scope="module")
def folder(site_of):
    return site_of(MONTH) / MONTH


@pytest.fixture(scope="module")
def page(folder):
    return html.parse(folder / "index.html").getroot()


@pytest.fixture(scope="module")
def rows(page):
    """rows(id) → the first cell of each row → its other cells, as text, by the head of their column."""

    def of_table(key: str) -> dict[str, dict[str, str]]:
        (table,) = page.xpath(f"//table[@id='tabell-{key}']")
        (heads,) = rows_of(table, "thead")
        names = [_text(head) for head in heads]
        body = [[_text(cell) for cell in row] for row in rows_of(table)]
        return {row[0]: dict(zip(names, row, strict=True)) for row in body}

    return of_table


def forecasts_told(page: html.HtmlElement) -> list[str]:
    """What the page says of forecasts, but under the headings that may, in explanations of words, and in links."""
    found, heading = [], ""
    for element in page.xpath("//main")[0].iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        if element.tag == "h2":
            heading = re.sub(r"^\d+ ", "", _text(element))
        own = [element.text, *(below.tail for below in element), element.get("alt"), element.get("aria-label")]
        if heading not in TOLD_OF:
            found += [text.strip() for text in own if text and "prognose" in text.lower()]
    return found


@pytest.mark.parametrize("name", ["index", "budsjett", "kostnadsfordeling"])
def test_nothing_is_called_a_forecast_but_where_words_and_tables_are_explained(folder, name):
    assert forecasts_told(html.parse(folder / f"{name}.html").getroot()) == []


def test_no_chart_has_a_forecast_in_it(folder):
    charts = [file for file in (folder / "figures").glob("*.svg") if "prognose" not in file.name]
    assert len(charts) > 5
    assert [file.name for file in charts if "rognose" in file.read_text(encoding="utf-8") and _is_of_page(file)] == []


def _is_of_page(chart: Path) -> bool:
    return chart.name in (chart.parent.parent / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("csv", "line", "table"),
    [("operating_costs", "expense_type", "driftskostnader"), ("investment_costs", "project", "investeringer")],
)
def test_each_line_has_its_result_and_budget_in_thousands(rows, csv, line, table):
    """Sums and variances are printed of rounded numbers there, and are up to two thousand from the exact ones."""
    shown, printed = rows(table), published(csv)
    for _, row in printed[printed.as_of == "2023-12-31"].iterrows():
        if row.actual == 0 and row[line] not in shown:
            continue
        own, slack = shown["Sum" if row[line] == "SUM" else row[line]], 2 if row[line] == "SUM" else 0
        assert abs(number(own["Regnskap"]) - row.actual) <= slack, row[line]
        assert abs(number(own["Årsbudsjett"]) - row.budget) <= slack, row[line]
        assert abs(number(own["Avvik"]) - row.variance) <= 2, row[line]
        assert "Prognose" not in own
        assert math.isnan(row.forecast)


def test_the_settlement_is_to_the_ore_and_the_published_one_but_for_one(rows):
    """The published amounts are rounded each by itself and add up to an øre too little, which Molde pays here."""
    shown, apart = rows("arsavregning-drift"), {}
    for row in published("overspend_settlement_2023").itertuples():
        own = shown["Sum" if row.municipality == "SUM" else row.municipality]
        assert number(own["Andel"]) == row.share
        apart[row.municipality] = round(number(own["Beløp"]) - row.amount, 2)
    assert apart == {"Molde": -0.01, "Vestnes": 0, "Rauma": 0, "Aukra": 0, "Hustadvika": 0, "SUM": 0}


def test_investments_on_account_are_settled_by_what_the_ledger_has_without_vat(rows):
    settled, spent = rows("arsavregning-investering"), number(rows("investeringer")["Sum"]["Regnskap"])
    shares = published("cost_shares").query("year == 2023").set_index("municipality").share
    total = settled["Sum"]
    assert number(total["Betalt a konto"]) == 11_600_000
    assert abs(number(total["Andel av forbruket"]) - 1000 * spent / 1.25) <= 400
    for place, share in shares.items():
        own = settled[place]
        assert number(own["Betalt a konto"]) == round(11_600_000 * share)
        assert abs(number(own["Andel av forbruket"]) - share * number(total["Andel av forbruket"])) <= 0.01
    for own in settled.values():
        paid, part, rest = (number(own[head]) for head in ("Betalt a konto", "Andel av forbruket", "Beløp"))
        assert round(paid - part - rest, 2) == 0
    for head in ("Betalt a konto", "Andel av forbruket", "Beløp"):
        assert round(sum(number(settled[p][head]) for p in shares.index) - number(total[head]), 2) == 0


def test_the_months_variance_is_not_shared_in_kroner_beside_the_settlement(page):
    assert page.xpath("//table[@id='tabell-avvik-kommune']") == []


def test_the_result_and_its_reasons_are_told(page):
    text = _text(page.xpath("//main")[0])
    assert "Driftsregnskapet for 2023 viser et merforbruk på 1 937 782,94 kroner mot budsjettet." in text
    reasons = [_text(item) for item in page.xpath("//li[strong]")]
    assert reasons[0] == (
        "Lisens, vedlikehold og support, 4,8 millioner kroner dårligere enn budsjettert: Prisvekst og flere brukere enn "
        "budsjettert. Det forrige lønnssystemet måtte betales ut året."
    )
    assert [one.partition(",")[0] for one in reasons[3:]] == [
        "Helseplattformen",
        "Grunnmur del 3",
        "Zero-trust nettverk",
    ]
