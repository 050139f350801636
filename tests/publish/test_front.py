"""The front page: the newest month at a glance, what is to be decided, and every month with how far it has come."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from editions import edition, everything, put
from lxml import html

from rorikt_lib.config.folder import SHIPPED
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.present.language import ROOM
from rorikt_lib.present.sentences import facts
from rorikt_lib.present.sentences import front as words
from rorikt_lib.present.templates import told
from rorikt_lib.publish.checks import check_page
from rorikt_lib.publish.front import Across, write_front
from rorikt_lib.publish.inert import refuse_active
from rorikt_lib.publish.month_facts import FACTS
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.language import using

TABLES = ("driftskostnader", "saker", "sla", "losningstid", "pc-rullering", "portal", "investeringer")
DECISIONS = [
    {"text": "Bestilling av 483 PC-er", "table": "pc-rullering"},
    {"text": "Til beslutning: noe annet", "table": "borte"},
]
ACROSS = Across("utvikling.html", ("forecast", "accuracy", "backlog", "sla", "times", "pcs", "alerts", "use"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """August, approved twice, and the draft of September."""
    root = tmp_path / "site"
    august = edition("2024-08", *everything("2024-08", "2024-07"))
    for number, folder in ((2, ""), (1, "2024-08-1"), (2, "2024-08-2")):
        put(root, august, folder, TABLES, revision=number, approved_on=f"2024-09-{10 + number}")
    september = edition("2024-09", *everything("2024-09", "2024-08", 0.9), is_draft=True)
    pages = [
        {"file": "prognose.html", "title": "Prognosen"},
        {"file": "budsjett.html", "title": "Budsjett"},
    ]
    place = put(root, september, "", TABLES, decisions=DECISIONS, demo=True, pages=pages, of_year=["budsjett.html"])
    (place / "x.pdf").write_bytes(b"%PDF")
    return root


def front(site: Path, across: Across | None = ACROSS) -> html.HtmlElement:
    made = site.parent / "made"
    made.mkdir(exist_ok=True)
    write_front(SHIPPED / "index.qmd", site, made, demo_settings(), across)
    page = (site / "index.html").read_bytes()
    refuse_active(page.replace(b'http-equiv="Content-Security-Policy"', b""), Path("index.html"))
    check_page(html.fromstring(page), Path("index.html"))
    return html.fromstring(page)


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split()).replace("\u202f", " ").replace("\u00a0", " ")


def test_each_key_figure_leads_to_its_table_and_has_its_picture_described(site):
    for month, before in (("2024-06", "2024-05"), ("2024-07", "2024-06")):
        put(site, edition(month, *everything(month, before)), "", TABLES)
    page = front(site)
    figures = page.xpath('//ul[@class="key-figures"]/li')
    assert len(figures) == 8
    for figure in figures:
        (address,) = figure.xpath("./h4/a/@href")
        path, _, anchor = address.partition("#")
        assert html.parse(site / path).getroot().xpath(f'//*[@id="{anchor}"]'), address
        (picture,) = figure.xpath("./img")
        assert (site / picture.get("src")).exists()
        assert picture.get("alt").startswith(said(figure.xpath("./h4")[0]))
    assert said(figures[4]) == (
        "Feilmeldinger løst innen fristen 76,5 % 13,5 prosentpoeng under målet på 90 % Ned 8,5 prosentpoeng siden august"
    )
    assert [said(figure.xpath("./h4")[0]) for figure in figures if figure.get("class") == "off"] == [
        "Feilmeldinger løst innen fristen"
    ]


def test_a_course_of_fewer_than_three_months_is_not_drawn(site):
    (site / "2024-08" / "figures.csv").write_text("figure,period,dimension,member,value,unit\n", encoding="utf-8")
    figures = front(site).xpath('//ul[@class="key-figures"]/li')
    assert len(figures) == 8
    assert [figure for figure in figures if figure.xpath("./img")] == []
    assert not list(site.glob("figures/nokkeltall-*"))


def test_what_is_to_be_decided_leads_to_its_table_and_to_the_report_where_that_has_none(site):
    links = front(site).xpath('//ul[@class="decisions"]//a')
    assert [(said(link), link.get("href")) for link in links] == [
        ("Bestilling av 483 PC-er", "2024-09/index.html#tabell-pc-rullering"), ("Noe annet", "2024-09/index.html"),
    ]  # fmt: skip


def test_a_month_that_asks_for_nothing_says_so_and_one_that_does_not_tell_is_silent(site):
    file = site / "2024-09" / FACTS
    known = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(known | {"decisions": []}), encoding="utf-8")
    assert "ingen særskilte saker" in said(front(site))
    del known["decisions"]
    file.write_text(json.dumps(known), encoding="utf-8")
    assert "beslutning" not in said(front(site))


def test_the_months_stand_by_year_with_how_far_they_have_come_and_their_revisions(site):
    put(site, edition("2023-12", *everything("2023-12", "2023-11")), approved_on="2024-01-20")
    page = front(site)
    assert [said(year) for year in page.xpath('//section[@class="reports"]/h3')] == ["2024", "2023"]
    rows = [said(row) for row in page.xpath('//ul[@class="months"]/li')]
    assert rows == [
        "september 2024 Utkast Demodata PDF Alle tall (CSV) Prognosen",
        "august 2024 Godkjent 12. september 2024, revisjon 2 Alle tall (CSV) Revisjon 1 (godkjent 11. september 2024)"
        " Revisjon 2 (godkjent 12. september 2024)",
        "desember 2023 Godkjent 20. januar 2024 Alle tall (CSV)",
    ]
    (yearly,) = page.xpath('//p[@class="yearly"]//a')
    assert (said(yearly), yearly.get("href")) == ("Budsjett", "2024-09/budsjett.html")
    assert page.xpath('//a[@href="utvikling.html"]')


def test_a_draft_and_demo_data_are_plain_to_see_at_the_top_of_the_newest_month(site):
    page = front(site)
    assert said(page.xpath('//h2[@id="siste"]')[0]) == "September 2024 Demodata Utkast"
    assert said(page.xpath('//p[contains(@class, "banner")]')[0]).startswith("Demodata.")


def test_nothing_on_it_is_styled_or_run_in_the_page_itself(site):
    page = front(site)
    assert not page.xpath("//@style|//style|//script[not(@src) or text()]")
    assert "'unsafe" not in page.xpath("//meta[@http-equiv]/@content")[0]


def test_no_two_links_of_one_name_lead_to_different_places(site):
    named: dict[str, set[str]] = {}
    for link in front(site).xpath("//a"):
        named.setdefault(link.get("aria-label") or said(link), set()).add(link.get("href"))
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


def test_it_says_that_it_has_what_it_has(site):
    page = front(site)
    assert "koster, og hva den leverer: økonomi, service og support, PC-er og bruk." in said(page.xpath("//main/p")[0])
    (link,) = page.xpath('//a[@href="utvikling.html"]')
    assert said(link) == "Prognose, saker, frister, PC-er, varsler og bruk, måned for måned i rapportene"


@pytest.mark.parametrize(
    ("families", "tells"),
    [
        (("tickets.", "sla."), "leverer: service og support."),
        (("operating_costs.",), "koster: økonomi."),
        (("devices.", "usage."), "leverer: PC-er og bruk."),
        (("operating_costs.", "sla."), "koster, og hva den leverer: økonomi og service og support."),
    ],
)
def test_it_does_not_say_that_it_has_what_it_has_not(tmp_path, families, tells):
    rows = [row for row in everything("2024-09", "2024-08") if row[0].startswith(families)]
    put(tmp_path / "site", edition("2024-09", *rows))
    page = front(tmp_path / "site", Across("utvikling.html", ("sla", "times")))
    shown = said(page.xpath("//main/p")[0])
    assert shown.startswith("Hver måned viser rapporten hva IKT-tjenesten for ")
    assert shown.endswith(f" {tells}")
    assert said(page.xpath('//a[@href="utvikling.html"]')[0]) == "Frister, måned for måned i rapportene"
    assert not front(tmp_path / "site", None).xpath('//section[@class="across"]')


@pytest.mark.parametrize(
    ("sources", "tells"),
    [
        (list(Source), "kostar, og kva ho leverer: økonomi, service og support, PC-ar og bruk."),
        ([Source.TICKETS], "leverer: service og support."),
        ([Source.LEDGER], "kostar: økonomi."),
    ],
)
def test_in_nynorsk_too_it_says_what_it_has(sources, tells):
    file = ROOM / "nn" / "pages" / "index.qmd"
    with using("nn"):
        text = told(file.read_text(encoding="utf-8"), facts.of_settings(demo_settings(), "2024-09", sources), file)
        assert text.splitlines()[0].endswith(f" {tells}")
        assert words.development_lead(["sla", "times", "pcs"]) == "Fristar og PC-ar, månad for månad i rapportane"
        assert words.to_decide("Til avgjerd: korleis") == "Korleis"
