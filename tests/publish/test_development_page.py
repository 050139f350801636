"""The page across months is made anew of what stands, and leads to each month's own tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from editions import edition, everything, put
from lxml import html
from python_calamine import CalamineWorkbook

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.publish.checks import check_page
from rorikt_lib.publish.development import PAGE, write_development

TABLES = ("driftskostnader", "saker", "sla", "losningstid", "pc-rullering", "portal")


def written(site: Path) -> html.HtmlElement | None:
    made = site.parent / "made"
    made.mkdir(exist_ok=True)
    across = write_development(site, made, demo_settings())
    return html.parse(site / across.page).getroot() if across else None


@pytest.mark.deep
def test_it_has_a_chart_and_a_table_of_each_part_with_downloads_and_links_to_each_month(tmp_path):
    site = tmp_path / "site"
    put(site, edition("2024-07", *everything("2024-07", "2024-06")), tables=TABLES)
    put(site, edition("2024-08", *everything("2024-08", "2024-07")), tables=TABLES)
    put(site, edition("2024-09", *everything("2024-09", "2024-08", 0.9), is_draft=True), tables=TABLES)
    page = written(site)
    check_page(page, Path(PAGE))
    keys = [table.get("id") for table in page.xpath("//table")]
    assert keys == [f"tabell-utvikling-{key}" for key in (
        "prognose", "utproving", "saker", "frister", "losningstid", "pc", "varsler", "portal",
    )]  # fmt: skip
    assert [figure.get("id").replace("figur", "tabell") for figure in page.xpath("//figure")] == keys
    for address in page.xpath("//main//a/@href"):
        path, _, anchor = address.partition("#")
        assert (site / path).exists() if path else True, address
        assert not anchor or not path or f'id="{anchor}"' in (site / path).read_text("utf-8")
    assert page.xpath('//table[@id="tabell-utvikling-frister"]//th/a/@href') == [
        "2024-07/index.html#tabell-sla", "2024-08/index.html#tabell-sla", "2024-09/index.html#tabell-sla",
    ]  # fmt: skip
    assert not page.xpath("//style|//script[text()]|//@style")
    names = page.xpath('//a[@class="permalink"]/@aria-label')
    assert names[:2] == ["Lenke til Figur 1", "Lenke til Tabell 1"]
    assert len(set(names)) == len(names) == 2 * len(keys)
    workbook = CalamineWorkbook.from_path(site / "utvikling.xlsx")
    contents, *sheets = map(workbook.get_sheet_by_name, workbook.sheet_names)
    assert workbook.sheet_names == ["Innhold", *(f"Tabell {n}" for n in range(1, len(keys) + 1))]
    assert all(
        "Ikke en del av det som godkjennes" in row for row in contents.to_python() if row[0].startswith("Tabell")
    )
    assert 483.0 in sheets[keys.index("tabell-utvikling-pc")].to_python()[-2]

    said = (site / "nedlasting" / "tabell-utvikling-pc.csv").read_text("utf-8-sig")
    assert said.splitlines()[2] == "august 2024;483;Godkjent"

    for month in ("2024-07", "2024-08"):
        shutil.rmtree(site / month)
    again = written(site)
    assert "august" not in again.text_content()


def test_without_figures_there_is_no_page_and_none_is_left_behind(tmp_path):
    site = tmp_path / "site"
    place = put(site, edition("2024-09", *everything("2024-09", "2024-08")), tables=TABLES)
    assert written(site) is not None
    (place / "figures.csv").unlink()
    assert written(site) is None
    assert not (site / PAGE).exists()
    assert not (site / "nedlasting").exists()
