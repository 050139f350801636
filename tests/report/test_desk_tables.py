"""The service desk's declared tables: their figures, what tells them apart, and what the chapter says of a month."""

from __future__ import annotations

from dataclasses import replace

import pytest
from books import rich_cases
from builders import make_book, make_tickets
from norwegian import sentences

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.report import backlog, breaches, restated, service_desk, service_level
from rorikt_lib.report.declare import Table
from rorikt_lib.report.records import records
from rorikt_lib.report.restated import desk_figures
from rorikt_lib.report.show import Shown, chart, download, table
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.figure_changes import KEY
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.workbook import Workbook

CHAPTERS = [service_desk, backlog, service_level, breaches, restated]
CUT_OFF = Report(cut_off=CutOff(tickets="2024-09-27T12:00"))


def _rich() -> Workbook:
    """A month with a bit of everything, and with a month before it; of some cases the municipality is not mapped."""
    unmapped = finding("tickets", "cases.csv", Finding.UNKNOWN_MUNICIPALITY, 1, "Aukra komune")
    return make_book(report=CUT_OFF, findings=unmapped, **rich_cases())


@pytest.mark.deep
def test_every_sentence_is_reported_of_some_month():
    said = {name: text for chapter in CHAPTERS for name, text in sentences(chapter, _rich()).items()}
    assert said
    # That a part of a month is whole now is told by the next month's report alone.
    assert {name for name, text in said.items() if text is None} == {"now_whole"}


def test_the_sentences_of_a_month_have_the_numbers_of_its_tables():
    book = _rich()
    created = service_desk.CREATED.frame(book).set_index("month").created["2024-09"]
    assert f"kom inn {created} saker" in service_desk.created_summary(book)
    still_open = backlog.INCIDENTS.frame(book).open.iloc[-1]
    assert f"feilmeldinger var {still_open} per 27. september 2024" in backlog.incidents_summary(book)


def test_the_serious_table_has_the_verdict_in_words_and_no_column_of_what_nobody_wrote():
    shown = breaches.SERIOUS.published(_rich())
    assert shown.outcome.tolist() == ["Brudd", "Åpen, over fristen", "Brudd: Løsningstidspunkt mangler (beregnet)"]
    assert "summary" not in shown


@pytest.mark.deep
def test_figures_are_kept_apart_and_equal_ones_are_equal():
    book = _rich()
    made = desk_figures(book)
    assert not made.duplicated(KEY).any()
    for chapter in CHAPTERS[:-1]:
        for declared in vars(chapter).values():
            if isinstance(declared, type(backlog.FLOW)):
                found = records(declared, book)
                assert not found.duplicated(KEY).any(), declared.key
                both = found.merge(made, on=KEY)
                assert both.value_x.tolist() == pytest.approx(both.value_y.tolist()), declared.key


def test_single_cases_are_counted_and_their_numbers_nowhere_unless_the_organisation_says_so():
    late = {"created_at": "2024-08-01 08:00", "resolved_at": "2024-09-03 09:00"}
    book = make_book(tickets=make_tickets(*(late | {"request_no": number} for number in ["S-1", "S-2", "S-1", None])))
    for declared in (breaches.BREACHES, breaches.DIFFERING):
        found, told = records(declared, book), download(declared, book).metadata
        assert "S-" not in found.to_csv() + str(told)
    assert _heads(download(breaches.BREACHES, book))[:3] == ["Sak", "Dato", "Kommune"]
    hours = records(breaches.BREACHES, book).query("figure == 'breach.hours'")
    assert hours[["dimension", "member"]].to_numpy().tolist() == [["case", str(n)] for n in (1, 2, 3, 4)]


def _with_case_numbers(book: Workbook) -> Workbook:
    privacy = book.settings.privacy.model_copy(update={"case_numbers": True})
    return replace(book, settings=book.settings.model_copy(update={"privacy": privacy}))


def test_cases_with_the_same_number_or_none_are_numbered():
    late = {"created_at": "2024-08-01 08:00", "resolved_at": "2024-09-03 09:00"}
    numbers = ["S-1", "S-2", "S-1", None]
    book = _with_case_numbers(make_book(tickets=make_tickets(*(late | {"request_no": number} for number in numbers))))
    found = records(breaches.BREACHES, book)
    assert _heads(download(breaches.BREACHES, book))[:4] == ["Saksnummer", "Sak", "Dato", "Kommune"]
    hours = found[found.figure == "breach.hours"]
    assert hours[["dimension", "member"]].to_numpy().tolist() == [
        ["request_no|case", "S-1|1"], ["request_no", "S-2"], ["request_no|case", "S-1|2"], ["case", "1"],
    ]  # fmt: skip


def test_the_open_cases_and_the_old_ones_of_them_are_figures_by_type_and_in_all():
    value = desk_figures(_rich()).set_index(["figure", "dimension", "member"]).value
    assert value["backlog.open", "date|type", "2024-09-27|Feilmelding"] == 4
    assert value["backlog.open_old", "date|type", "2024-09-27|Feilmelding"] == 1
    assert value["backlog.open", "date|total", "2024-09-27|total"] == 5
    assert value["backlog.old_share", "date|total", "2024-09-27|total"] == pytest.approx(1 / 5)


def test_the_number_of_months_is_the_books():
    book = replace(_rich(), trend_months=2, sla_months=4)
    assert backlog.CASES.frame(book).month.tolist() == ["2024-08", "2024-09"]
    assert service_level.SLA_MONTHS.frame(book).month.tolist() == ["2024-08", "2024-09"]
    assert service_level.CHARTED_TIMES.frame(book).month.tolist() == ["2024-08", "2024-09"]
    for shown in (service_level.SLA, service_level.TIMES, service_level.RESPONSES):
        assert shown.frame(book).month.unique().tolist() == ["2024-06", "2024-07", "2024-08", "2024-09"]
    assert "i september 2023" in service_desk.created_summary(book)  # whatever the charts show
    assert "fra september 2023" not in backlog.cases_summary(book)


@pytest.mark.parametrize("shown", [service_level.SLA, service_level.RESPONSES])
def test_below_the_priorities_of_each_month_is_their_sum_which_is_the_months_own_figure(shown: Table):
    book = _rich()
    frame, of_month = shown.frame(book), {"sla": service_level.SLA_MONTHS}.get(shown.key, service_level.RESPONSE_MONTHS)
    sums = frame[frame.priority == SUM]
    assert sums.month.tolist() == frame.month.unique().tolist() == frame.tail(len(sums)).month.tolist()
    for column in ("within", "breached"):
        by_priority = frame[frame.priority != SUM].groupby("month")[column].sum()
        assert sums.set_index("month")[column].to_dict() == by_priority.to_dict()
    others = service_level.SLA_TREND if shown.key == "sla" else service_level.RESPONSE_TREND
    own = [set(records(one, book).itertuples(index=False)) for one in (others, of_month)]
    assert set(records(shown, book).itertuples(index=False)) <= own[0] | own[1]
    assert "| **Sum** |" in table(shown, book).text


def test_downloads_are_files_of_their_own_though_a_table_has_the_name():
    book = _rich()
    shown = [download(declared, book).metadata["rorikt"] for declared in (breaches.BREACHES, breaches.DIFFERING)]
    assert [[sheet["file"] for sheet in facts.get("sheets", [])] for facts in shown] == [["brudd"], ["ulik-dom"]]
    assert "{#tabell-ulik-dom}" in table(breaches.REASONS, book).text


def test_a_month_without_cases_has_no_rows_of_cases_and_charts_of_none():
    book = make_book()
    for declared in (service_desk.CATEGORIES, backlog.PLACES, breaches.SERIOUS, breaches.CAUSES, breaches.VERDICTS):
        assert table(declared, book).text == ""
    for drawn in (service_desk.CATEGORY_CHART, service_level.SLA_CHART, service_level.TIME_CHART):
        assert chart(drawn, book).text == ""
        assert "image/svg+xml" not in chart(drawn, book).forms
    assert "tabell-kommuner" in table(service_desk.MUNICIPALITIES, book).text


def test_notes_about_cases_that_the_report_does_not_have_are_found(tmp_path):
    folder = tmp_path / "content" / "2024-09"
    folder.mkdir(parents=True)
    note = "- {date: 2024-09-02, municipality: Molde, priority: Høy, summary: Nede}\n"
    (folder / "hendelser.yml").write_text(note + note.replace("09-02", "09-05"), encoding="utf-8")
    book = make_book(root=tmp_path, tickets=make_tickets({"priority": "high"}))
    assert breaches.notes_without_case(book).date.dt.strftime("%m-%d").tolist() == ["09-05"]
    assert breaches.SERIOUS.published(book).summary.tolist() == ["Nede"]


def _hiding(book: Workbook, below: int | None) -> Workbook:
    privacy = book.settings.privacy.model_copy(update={"small_counts_below": below})
    return replace(book, settings=book.settings.model_copy(update={"privacy": privacy}), _made={})


def _many() -> Workbook:
    """September: Molde 6, Aukra 2, Rauma 5 and Vestnes 9 cases; August: Molde 5."""
    counts = {"Molde": 6, "Aukra": 2, "Rauma": 5, "Vestnes": 9}
    now = [{"municipality": name, "category": f"Om {name}"} for name, count in counts.items() for _ in range(count)]
    before = [{"municipality": "Molde", "category": "Om Molde", "created_at": "2024-08-02 08:00"}] * 5
    return make_book(tickets=make_tickets(*now, *before))


def test_hidden_counts_are_in_no_table_chart_sentence_or_figure_and_the_caption_says_so():
    book = _hiding(_many(), 4)
    for declared, column in ((service_desk.MUNICIPALITIES, "municipality"), (service_desk.CATEGORIES, "category")):
        rows = declared.frame(book).set_index(column)
        hidden = [name for name in rows.index if rows.hidden[name]]
        assert [name.removeprefix("Om ") for name in sorted(hidden)] == ["Aukra", "Rauma"]
        assert rows.loc[hidden, ["created", "share", "change_month", "per_100_users"]].isna().all(axis=None)
        assert rows.share.dropna().sum() == pytest.approx(15 / 22)
        shown = table(declared, book)
        assert "Antall over null og under 4 er utelatt" in shown.text
        (sheet,) = shown.sheets
        assert "Antall over null og under 4 er utelatt" in sheet.title
        names = sheet.columns[0].values
        assert [c.values[names.index(name)] for name in hidden for c in sheet.columns[1:]] == [None] * 2 * (
            len(sheet.columns) - 1
        )
    for declared in (service_desk.COMPARED_MUNICIPALITIES, service_desk.COMPARED_CATEGORIES, backlog.PLACES):
        found = records(declared, book)
        assert not found[found.member.str.contains("2024-09.*(?:Aukra|Rauma)")].size
        assert found.member.str.contains("2024-09.*Molde").any()
    alt = chart(service_desk.MUNICIPALITY_CHART, book).metadata["rorikt"]["alt"]
    assert "Aukra 2" not in alt
    assert "Rauma 5" not in alt
    for declared in (service_desk.CATEGORY_CHART, service_desk.MUNICIPALITY_CHART):
        assert chart(declared, book).forms["image/svg+xml"]
    assert service_desk.municipalities_summary(book) is None
    assert service_desk.unnamed_places(book) == service_desk.unnamed_places(_many())
    assert backlog.open_places(book) is None
    assert service_desk.largest_categories(book) == "Flest saker gjaldt Om Vestnes (9) og Om Molde (6)."


def test_a_change_that_a_hidden_count_could_be_worked_out_from_is_hidden_too():
    late = [{"municipality": "Aukra", "created_at": "2024-08-02 08:00"}] * 2
    more = [{"municipality": name, "created_at": "2024-08-02 08:00"} for name in ["Molde"] * 7 + ["Rauma"] * 9]
    now = [{"municipality": name} for name in ["Molde"] * 8 + ["Rauma"] * 9 + ["Aukra"] * 9]
    rows = service_desk.MUNICIPALITIES.frame(_hiding(make_book(tickets=make_tickets(*late, *more, *now)), 4))
    rows = rows.set_index("municipality")
    assert rows.created[["Molde", "Rauma", "Aukra"]].tolist() == [8, 9, 9]
    assert rows.change_month[["Molde", "Aukra"]].isna().all()
    assert rows.change_month["Rauma"] == 0


def test_without_a_limit_nothing_is_hidden_and_single_cases_have_their_place():
    book = _many()
    assert "hidden" not in service_desk.MUNICIPALITIES.frame(book)
    assert "utelatt" not in table(service_desk.MUNICIPALITIES, book).text
    late = {"created_at": "2024-08-01 08:00", "resolved_at": "2024-09-03 09:00"}
    breached = make_book(tickets=make_tickets(late))
    assert {"Kommune", "Kategori"} <= {*_heads(download(breaches.BREACHES, breached))}
    assert "Kommune" not in _heads(download(breaches.BREACHES, _hiding(breached, 4)))


def _heads(shown: Shown) -> list[str]:
    (sheet,) = shown.metadata["rorikt"]["sheets"]
    return [column["head"] for column in sheet["columns"]]


def test_figures_are_checked_against_each_other_with_the_hidden_counts():
    book = _hiding(_many(), 4)
    assert len(records(service_desk.MUNICIPALITIES, book.unmasked)) > len(records(service_desk.MUNICIPALITIES, book))
    assert _many().unmasked.settings.privacy.small_counts_below is None


def test_the_share_that_is_to_be_resolved_in_time_is_a_figure_where_one_is_promised():
    book = _rich()
    assert records(service_level.TARGET, book)[["figure", "value", "unit"]].to_numpy().tolist() == [
        ["rules.share_within_target", 0.9, "share"]
    ]
    tickets = book.settings.tickets.model_copy(update={"share_within_target": None})
    settings = book.settings.model_copy(update={"tickets": tickets})
    assert records(service_level.TARGET, replace(book, settings=settings, _made={})).empty
