"""What a notebook cell hands over."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from rorikt_lib.present.show import chart, download, prose


def test_sentences_of_a_list_are_one_paragraph_and_what_is_missing_is_left_out():
    shown = prose("En.", None, ["To.", "Tre."], "", [], [None, "Fire.", ""], [None])
    assert shown._repr_markdown_() == "En.\n\nTo. Tre.\n\nFire."
    assert repr(shown) == "En.\n\nTo. Tre.\n\nFire."


def test_nothing_to_tell_is_an_empty_text():
    assert prose(None)._repr_markdown_() == ""


def test_a_chart_is_a_picture_with_its_id_caption_and_alternative_text():
    data, metadata = chart(Figure(), "sla", "Andel innen fristen.", "Linjediagram.")._repr_mimebundle_()
    assert list(data) == ["image/svg+xml"]
    assert data["image/svg+xml"].startswith("<svg")
    assert metadata["rorikt"] == {"id": "figur-sla", "caption": "Andel innen fristen.", "alt": "Linjediagram."}


def test_the_same_chart_is_the_same_bytes_without_time_or_maker():
    first, second = (chart(Figure(), "a", "b", "c").svg for _ in range(2))
    assert "dc:date" not in first
    assert "Matplotlib v" not in first
    assert len(first) == len(second)


def test_a_download_is_a_file_and_a_sentence_that_leads_to_it():
    data, metadata = download(pd.DataFrame({"within": [3]}), "brudd.csv", "Alt står i {}.")._repr_mimebundle_()
    assert data["text/markdown"] == "Alt står i [brudd.csv](nedlasting/brudd.csv)."
    assert data["text/csv"] == "Innenfor frist\n3\n"
    assert metadata["rorikt"] == {"file": "brudd.csv"}


def test_without_rows_there_is_nothing_to_download():
    assert download(pd.DataFrame({"within": []}), "brudd.csv", "Alt står i {}.")._repr_markdown_() == ""
