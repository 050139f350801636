"""What a notebook cell shows of what is declared: to the report in Markdown, to an analyst as a frame."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_book
from matplotlib.figure import Figure as Drawing

from rorikt_lib.present.charts.style import new_chart
from rorikt_lib.present.language import caption
from rorikt_lib.present.numbers import integer, month_name
from rorikt_lib.present.stated import share
from rorikt_lib.report.declare import Chart, Table, from_book, named
from rorikt_lib.report.show import NARROW_SVG, chart, download, say, sheet, table
from rorikt_lib.store import traces

FRAME = pd.DataFrame({"municipality": ["Molde", "SUM"], "created": [3, 3], "amount_nok": [1234500.0, 1234500.0]})


def _table(frame: pd.DataFrame = FRAME, **changes: object) -> Table:
    given = {
        "key": "kommuner",
        "compute": lambda book: frame,
        "by": ["municipality"],
        "figures": named("tickets", "created", amount_nok="amount"),
        "caption": "Saker per kommune.",
    }
    return Table(**given | changes)


def _chart(**changes: object) -> Chart:
    given = {
        "key": "sla",
        "of": [_table()],
        "draw": lambda frame: Drawing(),
        "alt": lambda frame: "Linjediagram.",
        "caption": "Andel innen fristen.",
    }
    return Chart(**given | changes)


@pytest.fixture(scope="module")
def book():
    return make_book()


def _said(*paragraphs, book):
    return say(book, *paragraphs).text


def test_sentences_of_a_list_are_one_paragraph_and_what_is_missing_is_left_out(book):
    one, two, none, empty = (lambda _, text=text: text for text in ("En.", "To.", None, ""))
    assert _said(one, none, [two, one], empty, [], [none, two, empty], [none], book=book) == "En.\n\nTo. En.\n\nTo."


def test_nothing_to_say_is_an_empty_text(book):
    assert _said(lambda _: None, book=book) == ""


def test_a_sentence_brings_its_numbers_unrounded_and_what_they_were_made_of(book):
    shown = say(book, lambda _: f"{integer(1234.4)} saker i {month_name('2024-09')}, {integer(100 * share(1, 4))} %.")
    numbers = shown.metadata["rorikt"]["numbers"]
    assert [(n["text"], n["value"], n["how"]) for n in numbers[:2]] == [
        ("1\u202f234", 1234.4, ""),
        ("september 2024", None, "date"),
    ]
    shown = say(book, lambda _: integer(share(6, 2)))
    (number,) = shown.metadata["rorikt"]["numbers"]
    assert number == {
        "text": "3", "value": 3.0, "how": "share", "of": (6.0, 2.0), "decimals": 0, "per": 1, "among": (),
    }  # fmt: skip


def test_what_is_written_in_computing_a_frame_is_not_the_sentences(book):
    table_of_words = _table(compute=lambda book: FRAME.assign(causes=integer(7)))
    numbers = say(book, from_book(lambda frame: integer(frame.created[0]), table_of_words)).numbers
    assert [number.text for number in numbers] == ["3"]


def test_a_sentences_numbers_are_of_the_tables_it_read_and_not_of_those_that_another_read(book):
    one, other = _table(), _table(key="sla", compute=lambda book: _table(key="inner").frame(book))
    of = from_book(lambda frame: integer(frame.created[0]), one)
    numbers = say(book, [from_book(lambda frame: integer(frame.created[0]), other), of]).numbers
    assert [number.among for number in numbers] == [("sla",), ("kommuner",)]
    given = {"draw": lambda *frames: Drawing(), "alt": lambda *frames: f"Flest er {integer(frames[0].created[0])}."}
    alt = _chart(of=[one, other], **given)
    assert [number.among for number in chart(alt, book).numbers] == [("kommuner", "sla")]


def test_a_table_is_markdown_for_the_report_with_the_unit_of_its_amounts_last_in_its_caption(book):
    text = table(_table(total=True), book).text
    assert text.splitlines()[2:4] == ["| Molde | 3 | 1\u202f235 |", "| **Sum** | **3** | **1\u202f235** |"]
    assert text.endswith(": Saker per kommune. Tall i hele 1000. {#tabell-kommuner}")


@pytest.mark.parametrize(
    ("amounts", "unit", "amount"),
    [("kroner", "Kroner.", "1\u202f234\u202f500"), ("ore", "Kroner og øre.", "1\u202f234\u202f500,00")],
)
def test_the_caption_says_how_amounts_are_written(book, amounts, unit, amount):
    text = table(_table(amounts=amounts), book).text
    assert f" {amount} |" in text
    assert f": Saker per kommune. {unit} " in text


def test_a_table_without_amounts_says_no_unit(book):
    assert table(_table(columns=["municipality", "created"]), book).text.endswith(
        ": Saker per kommune. {#tabell-kommuner}"
    )


def test_an_analyst_gets_the_whole_frame_with_units_and_definition(book):
    shown = table(_table(key="sla", columns=["municipality", "created"]), book)
    pd.testing.assert_frame_equal(shown.frame, FRAME)
    page = shown._repr_mimebundle_()[0]["text/html"]
    for text in (
        "amount_nok (NOK)",
        "created (cases)",
        "1234500.0",
        caption("definitions", "sla"),
        "Saker per kommune.",
    ):
        assert text in page
    assert page.index("Saker per kommune.") < page.index("<table")


def test_a_table_without_rows_shows_nothing(book):
    assert table(_table(FRAME.head(0)), book).text == ""
    assert table(_table(when=lambda book: False), book).text == ""


def test_columns_that_nothing_is_known_of_or_that_say_one_thing_are_left_out_where_declared(book):
    frame = FRAME.assign(category=["A", "SUM"], budget_nok=float("nan"))
    given = {"by": ["municipality", "category"], "figures": named("x", "created", "budget_nok")}
    shown = _table(frame, **given, if_known=["budget_nok"], if_several=["category"])
    assert list(shown.published(book)) == ["municipality", "created"]
    none = FRAME.assign(created=0)
    assert list(_table(none, if_any=["created"]).published(book)) == ["municipality", "amount_nok"]
    assert "created" in _table(if_any=["created"]).published(book)
    assert list(_table(frame, **given).published(book)) == ["municipality", "category", "created", "budget_nok"]


def test_what_a_column_means_is_said_of_those_that_are_published(book):
    for variance, is_known in ((1.5, True), (float("nan"), False)):
        given = {"by": ["municipality"], "figures": named("x", "created", "variance_nok"), "if_known": ["variance_nok"]}
        notes = sheet(_table(FRAME.assign(variance_nok=variance), **given), book).notes
        assert any(note.startswith("Avvik:") for note in notes) == is_known


@pytest.mark.parametrize("show", [lambda book: table(_table(), book), lambda book: chart(_chart(), book)])
def test_what_jupyterlab_alone_shows_is_not_made_where_the_report_takes_what_is_shown(book, monkeypatch, show):
    shown = show(book)
    in_lab = shown._repr_mimebundle_()[0]
    monkeypatch.setattr(traces, "_traces", ["followed"])
    assert shown._repr_mimebundle_()[0] == {kind: in_lab[kind] for kind in in_lab if kind != "text/html"} == shown.forms
    assert "text/html" in in_lab


def test_numbers_that_are_no_figures_are_not_published_whatever_their_column_is_called(book):
    shown = _table(FRAME.assign(model=[1.0, 2.0]), columns=["municipality", "model", "created"])
    with pytest.raises(TypeError, match="kommuner shows numbers in model, which is no figure"):
        shown.published(book)


def test_a_chart_is_a_picture_with_its_id_caption_and_alternative_text(book):
    data, metadata = chart(_chart(), book)._repr_mimebundle_()
    assert list(data) == ["image/svg+xml", NARROW_SVG, "text/html"]
    assert data["image/svg+xml"].startswith("<svg")
    assert data["text/html"] == f"<p><b>Andel innen fristen.</b></p>{data['image/svg+xml']}"
    told = {"id": "figur-sla", "caption": "Andel innen fristen.", "alt": "Linjediagram.", "numbers": []}
    behind, (file,) = metadata["rorikt"].pop("tables"), metadata["rorikt"].pop("sheets")
    assert metadata["rorikt"] == told
    assert [file["file"], file["title"]] == ["tabell-kommuner", "Saker per kommune."]
    assert list(behind) == ["tabell-kommuner"]
    assert behind["tabell-kommuner"].startswith("| Kommune | Nye | ")
    assert behind["tabell-kommuner"].endswith(": Tallene i figuren. Tall i hele 1000. {#tabell-kommuner .folded}")


def test_a_chart_is_drawn_for_phones_too(book):
    forms = chart(_chart(draw=lambda frame: new_chart(2.0)), book).forms
    assert [forms[kind].split('width="')[1].split('"')[0] for kind in ("image/svg+xml", NARROW_SVG)] == [
        "504pt",
        "244.8pt",
    ]


def test_the_same_chart_is_the_same_bytes_without_time_or_maker(book):
    first, second = (chart(_chart(), book).forms["image/svg+xml"] for _ in range(2))
    assert "dc:date" not in first
    assert "Matplotlib v" not in first
    assert first == second


@pytest.mark.parametrize(
    "nothing",
    [{"of": [_table(FRAME.head(0))]}, {"draw": lambda frame: None}, {"when": lambda book: False}],
    ids=["no rows", "nothing drawn", "not now"],
)
def test_where_there_is_nothing_to_show_there_is_no_chart(book, nothing):
    assert chart(_chart(**nothing), book).text == ""


def test_a_download_is_a_file_and_a_sentence_that_leads_to_it(book):
    brudd = _table(key="brudd", columns=["municipality", "created"], caption="Alt står i {}.")
    data, metadata = download(brudd, book)._repr_mimebundle_()
    said = "Alt står i [brudd.xlsx](nedlasting/brudd.xlsx) og [brudd.csv](nedlasting/brudd.csv)."
    assert data["text/markdown"] == said
    (sheet,) = metadata["rorikt"]["sheets"]
    assert (sheet["file"], [column["head"] for column in sheet["columns"]]) == ("brudd", ["Kommune", "Nye (saker)"])


def test_a_table_is_a_sheet_of_what_it_shows_in_whole_kroner_with_what_it_counts(book):
    (told,) = table(_table(key="sla", columns=["municipality", "amount_nok"], total=True), book).metadata["rorikt"][
        "sheets"
    ]
    assert (told["file"], told["title"], told["bold"], told["total"]) == (
        "tabell-sla",
        "Saker per kommune.",
        (1,),
        True,
    )
    assert told["notes"][0] == caption("definitions", "sla")
    assert [column["values"] for column in told["columns"]] == [("Molde", "Sum"), (1234500.0, 1234500.0)]


def test_without_rows_there_is_nothing_to_download(book):
    assert download(_table(FRAME.head(0)), book).text == ""
