"""What is private, foreign or dead is found; our numbers are not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from rorikt_lib.errors import InputError
from rorikt_lib.publish.checks import check_folder, check_page

HERE = Path("index.html")


def test_cells_side_by_side_do_not_make_a_telephone_number(tmp_path):
    row = "".join(f"<td>{n}</td>" for n in (91, 23, 45, 67))
    (tmp_path / "index.html").write_text(f"<html><body><table><tr>{row}</tr></table></body></html>", "utf-8")
    check_folder(tmp_path)


def test_the_figures_of_every_month_on_the_site_are_no_telephone_numbers_in_any_of_its_files(tmp_path):
    (tmp_path / "2023-12").mkdir()
    (tmp_path / "2023-12" / "figures.csv").write_text("figure,value\na,83866000.0\nb,90730594.6182\n", "utf-8")
    (tmp_path / "nedlasting").mkdir()
    across = tmp_path / "nedlasting" / "utvikling-prognose.csv"
    across.write_text("Måned;Budsjett\ndesember 2023;83866000\nnovember 2023;90730594,6182\nx;y\n", "utf-8")
    check_folder(tmp_path, month="2024-09")
    across.write_text("Måned;Budsjett\ndesember 2023;83866001\nx;y\n", "utf-8")
    with pytest.raises(InputError, match=r"utvikling-prognose\.csv, line 2: a telephone number"):
        check_folder(tmp_path, month="2024-09")


def test_a_private_word_in_an_alt_text_or_a_table_of_figures_is_found(tmp_path):
    (tmp_path / "a.html").write_text('<html><body><img src="x" alt="ola@example.no"></body></html>', "utf-8")
    with pytest.raises(InputError, match=r"^a\.html: an e-mail address\."):
        check_folder(tmp_path)
    (tmp_path / "a.html").unlink()
    (tmp_path / "figures.csv").write_text("figure\nola@example.no\n", "utf-8")
    with pytest.raises(InputError, match=r"^figures\.csv, line 2: an e-mail"):
        check_folder(tmp_path)


def test_the_folders_of_this_machine_are_found_wherever_they_are(tmp_path):
    (tmp_path / "report.json").write_text(f'{{"data": "{Path("/data/rorikt").resolve()}/raw"}}', "utf-8")
    with pytest.raises(InputError, match="a path on a machine"):
        check_folder(tmp_path, [Path("/data/rorikt")])


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<script src="https://cdn.example/x.js"></script>', "fetches 'https://cdn"),
        ('<link rel="stylesheet" href="//fonts.example/x.css">', "fetches '//fonts"),
        ('<img src="http://example.org/x.png" alt="x">', "fetches 'http://example"),
        ('<a href="#gone">x</a>', "a link to '#gone'"),
        ('<img src="x.svg" alt=" ">', "no alt text"),
    ],
)
def test_a_page_that_fetches_from_elsewhere_or_leads_nowhere_stops(body, problem):
    with pytest.raises(InputError, match=problem):
        check_page(html.fromstring(f"<html><body>{body}</body></html>"), HERE)


def test_a_link_that_a_reader_may_follow_is_allowed():
    body = '<p id="a"><a href="#a">x</a> <a href="https://lovdata.no/">lov</a> <img src="a.svg" alt="x"></p>'
    check_page(html.fromstring(f"<html><body>{body}</body></html>"), HERE)


def test_a_style_that_fetches_from_elsewhere_stops(tmp_path):
    (tmp_path / "report.css").write_text("@import 'https://fonts.example/inter.css';", "utf-8")
    with pytest.raises(InputError, match="a style that fetches"):
        check_folder(tmp_path)
