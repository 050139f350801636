"""The budget case as a reader opens it: every figure that was published of the budget of 2025 stands in its page."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pandas as pd
import pytest
from every_number import Records, rows_of, sentences, wrong_cells, wrong_numbers
from lxml import html
from norwegian import ENGLISH
from pdf_reading import tables_without_headers
from pypdf import PdfReader

from rorikt_lib.publish.build import build_report
from rorikt_lib.publish.job import job_of
from rorikt_lib.publish.kinds import document_of, with_month
from rorikt_lib.report.figures import collect
from rorikt_lib.workbook import open_month

NAME = "budsjett-2025"
DATA_OF = "2024-12"
PUBLISHED = Path(__file__).parent / "published"
PLACES = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]


@pytest.fixture(scope="module")
def site(demo, made_once):
    def make(folder: Path) -> None:
        document = with_month(demo, document_of(demo, "budsjett", "2025"))
        assert document.month == DATA_OF
        job = job_of(document, demo, folder / "_site", "embedded")
        build_report(job, collect(open_month(DATA_OF, demo), *job.kind.tables))

    return made_once(NAME, make) / "_site"


@pytest.fixture(scope="module")
def page(site):
    return html.parse(site / NAME / "index.html").getroot()


@pytest.fixture(scope="module")
def rows(page):
    """rows(id) → the first cell of each row → its other cells, as text, by the head of their column.

    named_by: the column that names the rows; a sum's name stands first.
    """

    def of_table(key: str, named_by: int = 0) -> dict[str, dict[str, str]]:
        (table,) = page.xpath(f"//table[@id='tabell-{key}']")
        (heads,) = rows_of(table, "thead")
        names = [_text(head) for head in heads]
        body = [[_text(cell) for cell in row] for row in rows_of(table)]
        return {row[named_by] or row[0]: dict(zip(names, row, strict=True)) for row in body}

    return of_table


def _text(element) -> str:
    return " ".join(element.text_content().replace("\u200b", "").replace("\u00ad", "").split())


def number(text: str) -> float:
    """`−1 234,5`, `25 %` as a number; 0 where nothing stands, as of a municipality that an item does not charge."""
    plain = re.sub(r"\s", "", text).replace("\u2212", "-").replace(",", ".")
    if plain.endswith("%"):
        return round(float(plain[:-1]) / 100, 6)
    return float(plain or 0)


def published(name: str, **dtype) -> pd.DataFrame:
    return pd.read_csv(PUBLISHED / f"{name}.csv", dtype=dtype)


def test_the_proposal_is_a_sentence_of_the_budget_and_the_frame(page):
    proposal = page.xpath("//h2[contains(., 'Forslag til vedtak')]/following::p[1]")[0]
    assert _text(proposal) == (
        "Driftsbudsjettet for 2025 settes til 96 343 000 kroner, og investeringsrammen til 11 500 000 kroner med mva."
    )


def test_every_cost_key_and_amount_of_the_allocation_is_there(rows):
    """The papers' own amounts are rounded each by itself, and do not add up: a krone is between them and ours."""
    amounts, keys, table = rows("fordeling"), rows("nokler"), published("allocation_2025")
    assert len(table) == 31
    for _, row in table.iterrows():
        own, of_item = amounts[row["item"]], keys[row["item"]]
        assert abs(number(own["Sum"]) - row.cost) <= 1, row["item"]
        for place in PLACES:
            assert number(of_item[place]) == row[f"key_{place}"], (row["item"], place)
            assert abs(number(own[place]) - row[f"published_{place}"]) <= 1, (row["item"], place)


def test_categories_have_their_share_and_their_sums(rows):
    """Sums of a category are of amounts that were rounded as above; what each municipality pays of all is exact."""
    shown = rows("kategoribudsjett")
    for row in published("allocation_2025_totals").itertuples():
        own, slack = shown["Sum" if row.category == "SUM" else row.category], row.category != "SUM"
        assert number(own["Andel"]) == row.budget_share
        assert number(own["Sum"]) == row.budget
        for place in PLACES:
            assert abs(number(own[place]) - getattr(row, f"published_{place}")) <= slack, (row.category, place)


def test_shares_and_contributions_are_there(rows):
    shares, paid = rows("andeler"), rows("kommunenes-bidrag")
    for row in published("cost_shares").itertuples():
        assert number(shares[str(row.year)][row.municipality]) == row.share, row
    for row in published("contributions").itertuples():
        assert number(paid["Sum" if row.municipality == "SUM" else row.municipality][str(row.year)]) == row.nok_1000


def test_the_walk_and_its_adjustments_are_there(rows):
    walk, parts = rows("budsjettvandring"), rows("justeringer-1")
    for row in published("budget_walk_2024-2025").itertuples():
        assert number(walk[row.step.replace("Utgangspunkt", "Budsjett")]["Beløp"]) == row.amount, row.step
    for row in published("budget_walk_2025_adjustments").itertuples():
        assert number(parts["Sum" if row.adjustment == "SUM" else row.adjustment]["Beløp"]) == row.amount


def test_each_step_and_adjustment_has_its_reason_below_a_heading(rows):
    steps = rows("budsjettendringer", named_by=1)
    walked = published("budget_walk_2024-2025").step[1:-1]
    assert {*steps} == {*walked, "Sum"}
    assert all(steps[name]["Begrunnelse"] for name in walked)
    assert number(steps["Sum"]["Beløp"]) == 96_343_000 - 89_477_000
    assert steps["Visma Enterprise pluss"]["Hva det gjelder"] == "Fra investering til drift"


def test_the_plan_of_four_years_and_its_growth_are_there(rows):
    plan, growth = rows("okonomiplan-sak"), rows("okonomiplan-vekst")["Fra året før"]
    for row in published("financial_plan_2025-2028").set_index("row").iterrows():
        name, printed = row
        for year, value in printed.items():
            if name == "growth_percent":
                assert math.isnan(value) == (year not in growth)
                assert math.isnan(value) or number(growth[year]) == round(value / 100, 6)
            else:
                assert number(plan["Sum" if name == "SUM" else name][year]) == value, (name, year)


def test_the_investments_plan_and_distribution_are_there(rows):
    plan, shared = rows("investeringsplan-sak"), rows("investeringsfordeling")
    names = {"frame_incl_vat": "Ramme med mva", "vat_compensation": "Mva-kompensasjon"}
    for name, printed in published("investment_plan_2025-2028").set_index("row").iterrows():
        for year, value in printed.items():
            assert number(plan[names.get(name, name)][year]) == value, (name, year)
    heads = {"frame_incl_vat": "Ramme", "on_account_excl_vat": "Uten mva", "underspend_2024": "Mindreforbruk året før",
             "total_payment": "Å betale"}  # fmt: skip
    for _, row in published("investment_distribution_2025").iterrows():
        own = shared["Sum" if row.municipality == "SUM" else row.municipality]
        assert {head: number(own[head]) for head in heads.values()} == {heads[c]: row[c] for c in heads}


def test_each_project_has_a_description_and_together_they_are_the_frame(rows, page):
    projects = rows("investeringsprosjekter", named_by=2)
    total = projects.pop("Sum")["Anslag"]
    assert number(total) == sum(number(project["Anslag"]) for project in projects.values()) == 11_500_000
    told = [_text(paragraph) for paragraph in page.xpath("//p[strong]")]
    for name, project in projects.items():
        (text,) = (text for text in told if text.startswith(f"{project['Nr.']} {name}."))
        assert len(text) > len(name) + 60


def test_the_cut_budget_its_measures_and_what_each_then_pays_are_there(rows):
    frame, cuts, then = rows("ramme-sak"), rows("tiltak-sak"), rows("reviderte-bidrag")
    printed = published("savings_2025_revised").set_index("measure").amount
    for measure in printed.index[:-3]:
        assert number(cuts[measure]["Beløp"]) == printed[measure]
        assert cuts[measure]["Konsekvens"]
    assert number(frame["Tiltakene slik saken summerer dem"]["Beløp"]) == printed["SUM (published)"]
    assert number(cuts["Sum"]["Beløp"]) == printed["SUM (published)"] - 3000
    assert number(frame["Rammen som er satt"]["Beløp"]) == printed["Molde frame (published)"]
    assert number(frame["Budsjettet den rekker til"]["Beløp"]) == printed["Revised budget 2025 (published)"]
    assert number(then["Sum"]["Etter rammen"]) == sum(number(then[p]["Etter rammen"]) for p in PLACES) == 88_439_000


def test_the_price_steps_are_there(rows):
    steps = rows("trinnpriser")
    for row in published("soc_price_tiers").itertuples():
        assert number(steps[str(row.servers_up_to)]["Per måned"]) == row.nok_per_month


def test_the_drivers_tell_of_each_municipality_what_the_tables_show(page, rows):
    changes, keys = rows("endring"), rows("nokkelvirkning")
    told = {_text(item.xpath(".//strong")[0]): _text(item) for item in page.xpath("//li[strong]")}
    for place in PLACES:
        change, cost, of_keys = (changes[place][head] for head in ("Endring", "Av kostnad", "Av nøkler"))
        sign = "+" if number(of_keys) > 0 else ""
        assert f"betaler {change} kroner mer enn i 2024: +{cost} av kostnad og {sign}{of_keys} av nøkler" in told[place]
        assert sum(number(row[place]) for name, row in keys.items() if name != "Sum") == number(of_keys)
        most = max(abs(number(row[place])) for name, row in keys.items() if name != "Sum")
        assert f"{most:,.0f}".replace(",", " ") in told[place]
    for name, row in keys.items():
        assert sum(number(row[place]) for place in PLACES) == 0, name


def test_every_number_in_its_tables_and_sentences_is_a_record_of_its_figures(site, page, demo):
    book = open_month(DATA_OF, demo)
    records = Records(site, book, NAME)
    assert list(wrong_cells(page, book, records)) == []
    told = list(sentences(site.parent / "_build" / NAME))
    assert len(told) > 30
    assert {text: wrong for _, text, of in told if (wrong := wrong_numbers(text, of, records))} == {}


def test_its_page_has_no_english(page):
    for code in page.xpath("//main//code"):
        code.text = ""
    text = " ".join(_text(part) for part in page.xpath("//main//p|//main//li|//main//caption|//main//th"))
    assert {*ENGLISH.findall(text)} - {"Sum"} == set()


def test_its_pdf_has_every_table_tagged_and_is_about_ten_pages_before_how_it_was_worked_out(site):
    (pdf,) = (site / NAME).glob("*.pdf")
    count, wrong = tables_without_headers(pdf)
    assert (count, wrong) == (20, [])
    reader = PdfReader(pdf)
    assert b"pdfuaid:part>1" in reader.trailer["/Root"]["/Metadata"].get_object().get_data().replace(b" ", b"")
    first = next(
        n for n, one in enumerate(reader.pages) if n > 1 and "Slik er tabellene regnet ut" in one.extract_text()
    )
    assert first < 14
