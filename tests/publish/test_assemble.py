"""The order of _quarto.yml, the levels of headings, and the numbers of tables and figures."""

from __future__ import annotations

import pytest
from project import FIGURES, MONTH

from rorikt_lib.config.folder import SHIPPED, Folder
from rorikt_lib.errors import InputError
from rorikt_lib.publish.assemble import Material, assemble, number_captions, unnumbered, with_top_heading, without_empty
from rorikt_lib.publish.kinds import kinds, order_of
from rorikt_lib.publish.order import read_order
from rorikt_lib.publish.outputs import Chapter


def headings(project, order: str) -> list[str]:
    (project / "_quarto.yml").write_text(order, encoding="utf-8")
    chapters = {
        "desk": Chapter("### Service\n\n#### Nye\n\nSaker.", ()),
        "summary": Chapter("# Sammendrag\n\nTall.", ()),
    }
    material = Material(chapters, project / "content", MONTH, FIGURES)
    body = assemble(read_order(project / "_quarto.yml").chapters, material)
    return [line for line in body.markdown.splitlines() if line.startswith("#")]


def test_headings_take_the_level_of_their_place(project):
    order = "rorikt: {chapters: [{title: A, chapters: [{title: B, narrative: kundeservice, chapters: [{notebook: desk}]}]}]}"
    assert headings(project, order) == ["# A", "## B", "### Service", "#### Nye"]
    assert headings(project, "rorikt: {chapters: [{notebook: desk}]}") == ["# Service", "## Nye"]


def test_the_order_of_the_file_alone_orders_the_chapters(project):
    assert headings(project, "rorikt: {chapters: [{notebook: summary}, {notebook: desk}]}")[0] == "# Sammendrag"
    assert headings(project, "rorikt: {chapters: [{notebook: desk}, {notebook: summary}]}")[-1] == "# Sammendrag"


def test_a_section_that_nobody_wrote_is_left_out_and_listed(project):
    (project / "_quarto.yml").write_text(
        "rorikt: {chapters: [{title: A, chapters: [{title: B, narrative: teknisk}]}, {title: C, narrative: kundeservice}]}",
        encoding="utf-8",
    )
    order = read_order(project / "_quarto.yml")
    body = assemble(order.chapters, Material({}, project / "content", MONTH, FIGURES))
    assert [file.name for file in body.missing] == ["teknisk.md"]
    assert "# A" not in body.markdown
    assert '# C {number="2"}\n\nDet kom 1\u202f245 saker.' in body.markdown


def test_what_nothing_stands_under_is_left_out_and_keeps_its_number():
    text = "# A\n\n## B\n\n### C\n\n## D {#d}\n\nTekst.\n\n### E\n\n# F {.unnumbered}\n\nMer.\n\n# G\n\n## H\n\nSlutt.\n\n# I"
    assert [line for line in without_empty(text).splitlines() if line] == [
        "# A", '## D {#d number="1.2"}', "Tekst.", "# F {.unnumbered}", "Mer.", "# G", "## H", "Slutt.",
    ]  # fmt: skip
    assert without_empty("# A\n\n## B").strip() == ""


def test_a_table_that_is_folded_away_has_no_number_and_nothing_refers_to_it():
    folded, table = "| a |\n|---|\n\n: Tall {#tabell-a .folded}\n\n", "| b |\n|---|\n\n: Flere. {#tabell-b}"
    assert number_captions(folded + table).endswith(": Tabell 1. Flere. {#tabell-b}")
    assert ": Tall {#tabell-a .folded}" in number_captions(folded + table)
    with pytest.raises(InputError, match="a reference to 'tabell-a'"):
        number_captions(f"Se [](#tabell-a).\n\n{folded}")


def test_tables_and_figures_are_numbered_apart_in_their_order_and_references_filled_in():
    text = (
        "Se [](#tabell-b).\n\n| a |\n|---|\n| 1 |\n\n: Første. {#tabell-a}\n\n"
        '![Bilde.](figures/figur-x.svg){#figur-x alt="y"}\n\n| b |\n|---|\n| 2 |\n\n: Andre. {#tabell-b}'
    )
    numbered = number_captions(text)
    assert "Se [tabell 2](#tabell-b)." in numbered
    assert ": Tabell 1. Første. {#tabell-a}" in numbered
    assert ": Tabell 2. Andre. {#tabell-b}" in numbered
    assert '![Figur 1. Bilde.](figures/figur-x.svg){#figur-x alt="y"}' in numbered


def test_a_definition_is_not_taken_for_a_caption():
    assert number_captions("Sak\n: Noe som skal gjøres.") == "Sak\n: Noe som skal gjøres."


def test_two_tables_with_one_id_and_a_reference_to_nothing_stop():
    table = "| a |\n|---|\n| 1 |\n\n: Tall. {#tabell-a}\n\n"
    with pytest.raises(InputError, match="two tables or figures are called 'tabell-a'"):
        number_captions(table * 2)
    with pytest.raises(InputError, match="a reference to 'tabell-x'"):
        number_captions("Se [](#tabell-x).")


def test_headings_deeper_than_the_report_has_stop():
    assert with_top_heading("# A\n\n## B", 4) == "#### A\n\n##### B"
    with pytest.raises(InputError, match="a heading below level 5"):
        with_top_heading("# A\n\n### B", 4)


def test_an_unnumbered_heading_keeps_its_id():
    assert unnumbered("## Kilder {#kilder}\n\nTekst") == "## Kilder {#kilder .unnumbered}\n\nTekst"


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        (
            "rorikt: {chapters: [{notebok: x}]}",
            r"'rorikt\.chapters\.0\.notebok' is no known key; the nearest is 'notebook'",
        ),
        ("rorikt: {chapters: [{notebook: x, narrative: y}]}", "either a notebook, a narrative or a page"),
        ("rorikt: {chapters: [{narrative: y}]}", "a chapter has a title"),
        ("project: {type: default}", "no key rorikt"),
        ("rorikt: {pages: []}", r"'rorikt\.chapters' is missing"),
        ("rorikt: {chapters: [], pages: [{file: a.html, chapters: []}]}", r"pages\.0\.title' is missing"),
        ("rorikt: {chapters: [], pages: [{file: ../a.html, title: A, chapters: []}]}", r"pages\.0\.file'"),
        ("rorikt: {chapters: [], pages: [{file: index.html, title: A, chapters: []}]}", "two pages are called index"),
        ("rorikt: [", "not valid YAML"),
    ],
)
def test_an_order_that_does_not_fit_is_named(tmp_path, order, problem):
    (tmp_path / "_quarto.yml").write_text(order, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        read_order(tmp_path / "_quarto.yml")


def test_every_notebook_is_a_chapter_of_a_document_or_of_a_page_beside_it():
    folder = Folder(SHIPPED, SHIPPED / "data")
    used = {notebook for kind in kinds(folder).values() for notebook in order_of(folder, kind).notebooks}
    assert used == {p.stem for p in (SHIPPED / "notebooks").glob("*.ipynb")}


def test_a_notebook_in_two_places_runs_once(project):
    order = "rorikt: {chapters: [{notebook: desk}], pages: [{file: a.html, title: A, chapters: [{notebook: desk}]}]}"
    (project / "_quarto.yml").write_text(order, encoding="utf-8")
    assert read_order(project / "_quarto.yml").notebooks == ["desk"]
