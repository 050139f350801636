"""figures.csv: one record per number, named, labelled and unrounded as the design says."""

from __future__ import annotations

import sys
from dataclasses import replace

import pandas as pd
import pytest
from builders import (
    make_book,
    make_budget,
    make_devices,
    make_forecasts,
    make_postings,
    make_stock,
    make_tickets,
    make_usage,
)

import rorikt_lib.report
from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.errors import InputError
from rorikt_lib.report import economy, pcs
from rorikt_lib.report.figures import all_chapters, all_tables, collect, frames, of_documents, tables
from rorikt_lib.terms.period import last_months

INVESTMENT = {"kind": "investment"}
APP = {"line": "App-utvikling"} | INVESTMENT


EARLIER = [{"period": period, "amount_nok": 100.0} for period in last_months("2024-08", 20)]


def _book():
    return make_book(
        report=Report(cut_off=CutOff(tickets="2024-09-27T12:00", devices="2024-09-27")),
        postings=make_postings(*EARLIER, {"amount_nok": 434.56}, APP | {"amount_nok": 500.0}),
        budget_lines=make_budget({"amount_nok": 2000.0}, APP | {"amount_nok": 400.0}),
        adopted_forecasts=make_forecasts({"amount_nok": 2500.0}, {"amount_nok": 900.0, "period": "2024-08"}),
        tickets=make_tickets(
            {"resolved_at": "2024-09-03 08:00", "paused_minutes": 90.0},
            {"priority": "high", "municipality": None, "category": None},
            {"type": "request", "created_at": "2024-08-05 08:00"},
            {"is_alert": True},
        ),
        devices=make_devices({"purchased_on": "2015-01-01"}, {"user_group": "pupil", "purchased_on": "2020-01-01"}),
        device_stock=make_stock({"user_group": "pupil", "on_order": 5}),
        usage=make_usage(
            {"span": "month", "date": "2024-09-01", "views": 70, "unique_users": 30},
            {"channel": "chatbot", "inquiries": 4},
        ),
    )


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return collect(_book())


@pytest.mark.parametrize(
    ("figure", "dimension", "member", "value", "unit"),
    [
        ("sla.within", "month|priority", "2024-09|Medium", 1, "cases"),
        ("sla.breached", "month|priority", "2024-09|Kritisk", 0, "cases"),
        ("resolution.mean", "month|priority", "2024-09|Medium", 0.8, "days"),
        ("resolution.median", "month|priority", "2024-09|Medium", 0.8, "days"),
        ("resolution.p90", "month|priority", "2024-09|Medium", 0.8, "days"),
        ("resolution.target", "month|priority", "2024-09|Medium", 3, "days"),
        ("resolution.target", "month|priority", "2024-09|Høy", 4, "hours"),
        ("backlog.open", "date|type", "2024-09-27|Feilmelding", 1, "cases"),
        ("backlog.open", "date|type", "2024-08-31|Tjenesteforespørsel", 1, "cases"),
        ("backlog.open", "date|total", "2024-09-27|total", 2, "cases"),
        ("tickets.created", "month", "2024-09", 2, "cases"),
        ("tickets.created", "month|category", "2024-09|Nettverk", 1, "cases"),
        ("tickets.created", "month|category", "2024-09|Ikke oppgitt", 1, "cases"),
        ("tickets.created", "month|municipality", "2024-09|Molde", 1, "cases"),
        ("tickets.created", "month|municipality", "2024-09|Ikke oppgitt", 1, "cases"),
        ("tickets.created", "month|type", "2024-08|Tjenesteforespørsel", 1, "cases"),
        ("tickets.resolved", "month|type", "2024-09|Feilmelding", 1, "cases"),
        ("tickets.alerts", "month", "2024-09", 1, "alerts"),
        ("devices.expired", "municipality|user_group", "Molde|Ansatt", 1, "PCs"),
        ("devices.expiring", "municipality|user_group", "Molde|Elev", 1, "PCs"),
        ("devices.in_stock", "municipality|user_group", "Molde|Elev", 0, "PCs"),
        ("devices.on_order", "municipality|user_group", "Molde|Elev", 5, "PCs"),
        ("devices.to_order", "municipality|user_group", "Molde|Elev", 0, "PCs"),
        ("devices.to_order", "municipality", "Molde", 1, "PCs"),
        ("devices.to_buy", "municipality|user_group|year", "Molde|Ansatt|2024", 1, "PCs"),
        ("devices.cost", "municipality|user_group|year", "Molde|Ansatt|2024", 11_890, "NOK"),
        ("devices.replace_again", "year", "2029", 1, "PCs"),
        ("devices.support_ends_early", "municipality", "SUM", 0, "PCs"),
        ("devices.in_use", "version", "Windows 11 23H2", 2, "PCs"),
        ("devices.covered_share", "municipality|user_group", "Molde|Elev", 1, "share"),
        ("devices.other_model", "municipality", "Molde", 2, "PCs"),
        ("usage.views", "month|channel", "2024-09|Kompetanseportalen", 70, "views"),
        ("usage.unique_users", "month|channel", "2024-09|Kompetanseportalen", 30, "users"),
        ("usage.inquiries", "month|channel", "2024-09|Chatbot", 4, "inquiries"),
    ],
)
def test_the_designs_figures_are_there_once_with_norwegian_members_and_their_unit(
    figures, figure, dimension, member, value, unit
):
    is_it = (figures.figure == figure) & (figures.dimension == dimension) & (figures.member == member)
    assert figures[is_it][["period", "unit"]].to_numpy().tolist() == [["2024-09", unit]]
    assert figures[is_it].value.item() == pytest.approx(value)


def test_the_columns_are_the_designs(figures):
    assert figures.columns.tolist() == ["figure", "period", "dimension", "member", "value", "unit"]


def test_no_figure_stands_twice_or_is_missing(figures):
    assert not figures.duplicated(["figure", "dimension", "member"]).any()
    assert figures.notna().all().all()


def test_dimension_and_member_have_as_many_parts(figures):
    assert (figures.dimension.str.count(r"\|") == figures.member.str.count(r"\|")).all()


def test_what_is_not_known_is_no_record(figures):
    mean = figures[figures.figure == "resolution.mean"].member.tolist()
    assert mean == ["2024-09|Medium"]
    assert not (figures.figure.str.startswith("usage") & figures.member.str.startswith("2024-08")).any()


@pytest.mark.deep
def test_a_month_without_any_data_has_figures_but_no_missing_values_or_terms_of_ours():
    figures = collect(make_book())
    assert figures.value.notna().all()
    assert not figures.member.str.contains(
        r"nan|<NA>|None|\bstaff\b|\bincident\b|\bhigh\b|\bunknown\b", regex=True
    ).any()


def test_two_tables_with_one_key_are_refused_by_name(monkeypatch):
    monkeypatch.setattr(pcs, "SAME", replace(economy.COSTS), raising=False)
    with pytest.raises(TypeError, match=r"economy\.COSTS and .*pcs\.SAME have one key, driftskostnader"):
        tables()


_CHAPTER = """
from rorikt_lib.report import economy
from rorikt_lib.report.declare import Table

LETTER = Table("kvartalsbrev", economy.COSTS.compute, by={"line": "line"}, figures={"actual_nok": "letter.actual"})
"""


@pytest.fixture
def letter(tmp_path, monkeypatch):
    """A chapter that the monthly report does not have, beside the library's own."""
    (tmp_path / "quarterly_letter.py").write_text(_CHAPTER, encoding="utf-8")
    monkeypatch.setattr(rorikt_lib.report, "__path__", [*rorikt_lib.report.__path__, str(tmp_path)])
    yield "quarterly_letter"
    sys.modules.pop("rorikt_lib.report.quarterly_letter", None)
    vars(rorikt_lib.report).pop("quarterly_letter", None)


def test_a_chapter_of_another_document_counts_where_it_is_named_and_nowhere_else(letter):
    assert letter in of_documents()
    assert "kvartalsbrev" not in tables()
    assert all_tables().keys() - tables().keys() >= {"kvartalsbrev"}
    assert frames(letter).keys() - frames().keys() == {"kvartalsbrev"}
    assert "rorikt_lib.report.quarterly_letter" in {chapter.__name__ for chapter in all_chapters()}
    book = _book()
    monthly, with_letter = collect(book), collect(book, letter)
    pd.testing.assert_frame_equal(with_letter[: len(monthly)], monthly)
    assert set(with_letter[len(monthly) :].figure) == {"letter.actual"}


def test_tables_of_a_document_that_are_not_there_are_refused_with_those_that_are(letter):
    with pytest.raises(
        InputError, match=r"no document has tables called quarterly_leter.* use one of: .*quarterly_letter"
    ):
        collect(_book(), "quarterly_leter")
