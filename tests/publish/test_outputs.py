"""What may be published of a chapter, and what stops the build."""

from __future__ import annotations

import json
from dataclasses import asdict

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_files import parameters

from rorikt_lib.errors import InputError
from rorikt_lib.present.sheets import Sheet, SheetColumn
from rorikt_lib.publish.outputs import bare_svg, read_chapter
from rorikt_lib.report.show import NARROW_SVG

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1"/></svg>'
FACTS = {"id": "figur-x", "caption": "Saker.", "alt": 'Fra "12" til 18'}


def read(tmp_path, *cells):
    path = tmp_path / "chapter.ipynb"
    nbformat.write(new_notebook(cells=list(cells)), path)
    return read_chapter(path)


def shown(data, facts=None, **metadata):
    output = new_output("display_data", data=data, metadata={"rorikt": facts} if facts else {})
    return new_code_cell("show()", outputs=[output], metadata=metadata)


def test_text_tables_and_figures_come_in_the_order_of_the_chapter_and_code_does_not_come(tmp_path):
    chapter = read(
        tmp_path, new_markdown_cell("# Tittel"), shown({"text/markdown": "Først", "text/plain": "<Markdown>"}),
        shown({"image/svg+xml": SVG}, FACTS), new_markdown_cell("Sist"),
    )  # fmt: skip
    figure = '![Saker.](figures/figur-x.svg){#figur-x alt="Fra \\"12\\" til 18" size="0x0"}'
    assert chapter.markdown == f"# Tittel\n\nFørst\n\n{figure}\n\nSist"
    assert [figure.id for figure in chapter.charts] == ["figur-x"]


@pytest.mark.parametrize(
    "output",
    [
        new_output("execute_result", data={"text/plain": "42"}),
        new_output("display_data", data={"text/html": "<table></table>", "text/plain": "   a"}),
        new_output("stream", name="stderr", text="a warning"),
        new_output("stream", name="stdout", text="a print"),
    ],
)
def test_any_other_output_stops_the_build_and_names_chapter_and_cell(tmp_path, output):
    with pytest.raises(InputError, match=r"chapter\.ipynb, cell 2: an output that is neither Markdown nor SVG"):
        read(tmp_path, parameters(), new_code_cell("x", outputs=[output]))


def test_a_notebook_of_an_older_form_is_read_and_what_is_none_is_named(tmp_path):
    file = tmp_path / "chapter.ipynb"
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# Tittel\n", "\n", "Tekst."]}]
    file.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}), encoding="utf-8")
    assert read_chapter(file).markdown == "# Tittel\n\nTekst."
    sheets = [{"cells": cells, "metadata": {}}]
    older = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": sheets}
    file.write_text(json.dumps(older), encoding="utf-8")
    assert read_chapter(file).markdown == "# Tittel\n\nTekst."
    for content in ("no notebook", "[]", "{}"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=r"chapter\.ipynb: no notebook .*Remedy: restore it"):
            read_chapter(file)


def test_cells_are_counted_as_in_the_chapter_not_as_papermill_left_them(tmp_path):
    injected = new_code_cell("period = 1", metadata={"tags": ["injected-parameters"]})
    with pytest.raises(InputError, match="cell 2:"):
        read(tmp_path, parameters(), injected, shown({"text/plain": "42"}))


def test_a_cell_for_the_lab_only_is_not_published(tmp_path):
    assert read(tmp_path, shown({"text/plain": "42"}, tags=["lab-only"])).markdown == ""


def test_a_table_without_caption_stops_the_build(tmp_path):
    table = "| a |\n|---|\n| 1 |\n"
    assert read(tmp_path, shown({"text/markdown": f"{table}\n: Tall. {{#tabell-a}}"})).markdown.startswith("| a |")
    with pytest.raises(InputError, match="a table without caption"):
        read(tmp_path, shown({"text/markdown": table}))


@pytest.mark.parametrize("missing", ["id", "caption", "alt"])
def test_a_figure_without_id_caption_or_alt_text_stops_the_build(tmp_path, missing):
    with pytest.raises(InputError, match=f"a chart without {missing}"):
        read(tmp_path, shown({"image/svg+xml": SVG}, FACTS | {missing: ""}))


def test_a_picture_loses_the_hosts_and_programs_it_names():
    made = f'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "http://www.w3.org/x.dtd"><!-- made by -->{SVG}'
    with_metadata = made.replace("<rect", "<metadata>https://example.org</metadata><rect")
    bare = bare_svg(with_metadata).decode()
    assert "<rect" in bare
    assert not any(word in bare for word in ("DOCTYPE", "dtd", "made by", "metadata", "example.org"))


def test_a_figure_says_how_large_it_is_and_which_file_is_for_phones(tmp_path):
    wide, narrow = (SVG.replace("<svg", f'<svg width="{points}pt" height="75pt"', 1) for points in (504, 240))
    chapter = read(tmp_path, shown({"image/svg+xml": wide, NARROW_SVG: narrow}, FACTS))
    assert chapter.markdown.endswith(' size="672x100" narrow="figures/figur-x-smal.svg" narrow-size="320x100"}')
    assert list(chapter.charts[0].files) == ["figur-x.svg", "figur-x-smal.svg"]


def test_a_figure_leads_to_the_table_it_is_drawn_from_or_has_it_folded_below_once(tmp_path):
    def figure(key, *tables):
        behind = {f"tabell-{name}": f"| {name} |\n|---|\n\n: Tall {{#tabell-{name} .folded}}" for name in tables}
        return shown({"image/svg+xml": SVG}, FACTS | {"id": f"figur-{key}", "tables": behind})

    table = shown({"text/markdown": "| a |\n|---|\n| 1 |\n\n: Tall. {#tabell-a}"})
    chapter = read(tmp_path, figure("x", "a", "b"), table, figure("y", "b"), figure("z", "a"))
    *folded, published = (line for line in chapter.markdown.splitlines() if line.startswith("!["))
    assert all(line.startswith("![Saker.](") for line in folded)
    assert published.startswith("![Saker. Tallene står i [](#tabell-a).](")
    assert [chapter.markdown.count(f"{{#tabell-{name}") for name in "ab"] == [1, 1]


def test_a_table_brings_what_spreadsheets_have_of_it(tmp_path):
    sheet = Sheet("brudd", "Brudd.", ("Noter.",), (SheetColumn("Årsak", "@", ("Feil", None)),), (1,), True)
    cell = shown({"text/markdown": "Se [brudd.csv](nedlasting/brudd.csv)."}, {"sheets": [asdict(sheet)]})
    chapter = read(tmp_path, new_markdown_cell("Først"), cell)
    assert chapter.markdown == "Først\n\nSe [brudd.csv](nedlasting/brudd.csv)."
    assert chapter.sheets == (sheet,)
