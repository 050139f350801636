"""The page across months: what each month published, side by side, whatever there is of it."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest
from editions import costs, edition, editions, everything, forecast
from norwegian import ENGLISH

from rorikt_lib.present.sentences import development as words
from rorikt_lib.report.development import ACCURACY, BACKLOG, FORECASTS, PCS, SLA, TOPICS, with_gaps
from rorikt_lib.report.editions import Editions
from rorikt_lib.report.show import chart
from rorikt_lib.terms.enums import ReportStatus


def months(*of: tuple[str, float], draft: str = "") -> Editions:
    given = (edition(month, *everything(month, "2024-01", factor), is_draft=month == draft) for month, factor in of)
    return editions(*given)


THREE = months(("2024-06", 1.0), ("2024-08", 1.1), ("2024-09", 0.9), draft="2024-09")


def test_each_number_is_the_one_that_its_own_month_published():
    frame = BACKLOG.frame(THREE)
    assert list(frame.month) == ["2024-06", "2024-08", "2024-09"]
    assert list(frame.open) == [458, round(458 * 1.1), round(458 * 0.9)]
    assert list(FORECASTS.frame(THREE).adopted_nok) == [87_539_100.0 * factor for factor in (1.0, 1.1, 0.9)]


def test_drafts_are_told_from_what_is_approved():
    assert list(SLA.frame(THREE).status) == [ReportStatus.APPROVED, ReportStatus.APPROVED, ReportStatus.DRAFT]
    assert "Utkast: september 2024." in SLA.captioned(THREE)


def test_a_month_without_a_report_is_a_gap_in_the_charts_and_no_row_of_the_tables():
    frame = PCS.frame(THREE)
    drawn = with_gaps(frame)
    assert list(drawn.month) == ["2024-06", "2024-07", "2024-08", "2024-09"]
    assert math.isnan(drawn.to_order[1])
    assert "2024-07" not in list(frame.month)


@pytest.mark.parametrize("given", [THREE, months(("2024-09", 1.0))])
def test_every_part_has_a_sentence_and_a_table_and_a_chart_where_it_has_a_course(given):
    for topic in TOPICS:
        frame = topic.table.frame(given)
        if topic is TOPICS[1]:
            assert frame.empty
            continue
        told = topic.says(frame)
        assert told.endswith("."), topic.heading
        assert not ENGLISH.search(told.replace("2024", "")), told
        assert not re.search(r"  |\bnan\b|\{", told), told
        shown = chart(topic.chart, given)
        # By how many months were known is no course of time.
        assert ("image/svg+xml" in shown.forms) == (given is THREE or topic is TOPICS[2]), topic.heading
        assert topic.table.published(given).shape[0] == len(frame)
        assert "{" not in topic.table.captioned(given)


def test_what_no_month_has_is_no_part():
    desk = editions(edition("2024-09", *(row for row in everything("2024-09", "2024-08") if row[0].startswith("sla."))))
    assert [topic.heading for topic in TOPICS if len(topic.table.frame(desk))] == ["sla"]
    assert "share_within_target" not in SLA.published(desk)
    assert "Målet" not in words.sla(SLA.frame(desk))


def test_the_forecasts_of_a_year_are_held_against_its_result_once_that_stands_published():
    early = edition("2024-06", *forecast("2024-06", 90e6), costs("model_forecast", 99e6))
    late = edition("2024-12", *forecast("2024-12", 95e6), costs("actual", 100e6))
    frame = ACCURACY.frame(editions(early, late))
    assert list(frame.month) == ["2024-06"]
    assert (frame.adopted_bias[0], frame.model_bias[0]) == (pytest.approx(-0.1), pytest.approx(-0.01))
    assert words.accuracy(frame).replace("\u00a0", " ") == (
        "Vedtatt prognose bommet i snitt med 10,0 % av regnskapet, mest i juni 2024 (10,0 % for lavt). "
        "Modellens prognose bommet i snitt med 1,0 % av regnskapet, mest i juni 2024 (1,0 % for lavt)."
    )
    assert ACCURACY.frame(editions(early)).empty


def test_the_sentence_of_a_course_is_of_the_table_s_own_numbers():
    frame = pd.DataFrame(
        {"month": ["2023-12", "2024-01", "2024-02"], "to_order": [10.0, 30.0, 20.0], "status": "Godkjent"}
    )
    assert words.pcs(frame) == (
        "Antall PC-er som må bestilles, var 20 i februar 2024, mot 10 i desember 2023. Det høyeste var 30 i januar 2024."
    )
    assert words.pcs(frame.tail(1)) == "Antall PC-er som må bestilles, var 20 i februar 2024."


def test_the_target_is_reached_in_as_many_months_as_it_is():
    frame = SLA.frame(THREE).assign(share_within=[0.9, 0.95, 0.7])
    assert words.sla(frame).replace("\u00a0", " ").endswith("Målet på 90 % ble nådd i 2 av 3 måneder.")


def test_the_page_says_what_it_is_made_of():
    frame = BACKLOG.frame(THREE)
    assert words.lead(frame, ["2024-01", "2024-02", "2024-03", "2024-07"]).endswith(
        "Det står ingen rapport for januar 2024 til mars 2024 og juli 2024."
    )
    assert words.lead(frame, ["2024-07"]) == (
        "Siden er laget av rapportene for 3 måneder, slik de står publisert. Hver måned står med tallene fra sin egen "
        "rapport. September 2024 er et utkast, og kan bli endret. Det står ingen rapport for juli 2024."
    )
