"""Sentences about cases that came, were resolved and are open: by hand, on small frames."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import oslo

from rorikt_lib.config.month_file import Report
from rorikt_lib.present.nb import service_desk
from rorikt_lib.terms.period import last_months
from rorikt_lib.tickets import oddities
from rorikt_lib.tickets.volume import old_cases

# What is compared over the same days where the month is whole: nothing.
WHOLE = pd.DataFrame({"month": [], "until": [], "created": []})


def _flow(*opened: int, created=10, resolved=12, last="2024-09") -> pd.DataFrame:
    months = last_months(last, len(opened))
    dates = [pd.Period(m).end_time.date() for m in months]
    counts = {"created": created, "resolved": resolved, "net_inflow": created - resolved, "open": opened}
    return pd.DataFrame({"month": months, "date": dates, **counts})


def test_the_backlog_is_compared_with_the_month_before_and_the_first_month_shown():
    flow = _flow(100, *[1] * 11, 120, created=10, resolved=12)
    flow.loc[12, "open"], flow.loc[11, "open"] = 113, 120
    assert service_desk.backlog_summary(flow, "incident") == (
        "Antall åpne feilmeldinger var 113 per 30. september 2024, en nedgang på 7 (5,8\u00a0%) fra august "
        "og en økning på 13 (13,0\u00a0%) fra september 2023. I september 2024 kom det inn 10, og 12 ble løst, 2 flere enn "
        "det kom inn."
    )


def test_one_month_has_nothing_to_be_compared_with_and_two_are_compared_once():
    assert "fra" not in service_desk.backlog_summary(_flow(5), "total")
    two = service_desk.backlog_summary(_flow(5, 8), "request")
    assert two.count(" fra ") == 1
    assert "tjenesteforespørsler var 8 per 30. september 2024, en økning på 3 (60,0\u00a0%) fra august." in two


@pytest.mark.parametrize(
    ("created", "resolved", "words"),
    [
        (5, 5, "kom det inn 5, og like mange ble løst"), (9, 2, "kom det inn 9, og 2 ble løst, 7 færre enn det kom inn"),
        (2, 9, "kom det inn 2, og 9 ble løst, 7 flere enn det kom inn"), (4, 0, "kom det inn 4, og ingen ble løst"),
        (0, 3, "kom det inn ingen, og 3 ble løst"), (0, 0, "kom det ikke inn noen saker, og ingen ble løst"),
    ],
)  # fmt: skip
def test_what_was_resolved_is_told_against_what_came_in(created, resolved, words):
    sentence = service_desk.backlog_summary(_flow(5, created=created, resolved=resolved), "total")
    assert sentence.endswith(f"I september 2024 {words}.")


def test_created_cases_are_compared_with_last_month_and_last_year_across_the_turn_of_the_year():
    created = pd.DataFrame({"month": last_months("2024-01", 13), "created": [20, *[1] * 10, 8, 10], "alerts": 1})
    assert service_desk.created_summary(created, WHOLE, "2024-01") == (
        "Det kom inn 10 saker i januar 2024, en økning på 2 (25,0\u00a0%) fra desember 2023 og en nedgang på 10 (50,0\u00a0%) fra januar 2023. "
        "I tillegg kom 1 varsel fra sikkerhetsovervåkningen."
    )


def test_old_cases_are_a_part_of_the_open_ones():
    bands = ["0-7", "7-30", "30-90", "90-365", "365-"]
    ages = pd.DataFrame({"age_days": bands, "type": "incident", "open": [1, 2, 3, 4, 2]})
    assert service_desk.ageing_summary(old_cases(ages)) == "Av 12 åpne saker er 6 eldre enn 90 dager (50,0\u00a0%)."
    assert service_desk.ageing_summary(old_cases(ages.assign(open=0))) == "Ingen saker er åpne."
    assert service_desk.ageing_summary(old_cases(ages), "incident").startswith("Av 12 åpne feilmeldinger er 6 ")
    opened = {(0, 1): "Ingen åpne saker er eldre enn 90 dager.", (1, 0): "Den ene åpne saken er eldre enn 90 dager."}
    opened |= {(2, 0): "Alle 2 åpne saker er eldre enn 90 dager."}
    for (old, new), said in opened.items():
        assert service_desk.ageing_summary(old_cases(ages.assign(open=[new, 0, 0, 0, old]))) == said


def test_a_cut_off_is_mentioned_only_where_it_comes_before_the_month_ends():
    assert "27. september 2024 kl. 12.00" in service_desk.cut_off_note(oslo("2024-09-27 12:00"), "2024-09", WHOLE)
    assert service_desk.cut_off_note(Report().cut_off_of("tickets", "2024-09"), "2024-09", WHOLE) is None


@pytest.mark.parametrize(("days", "is_silent"), [(5, False), (5.01, True)])
def test_a_silence_longer_than_easter_is_mentioned(days, is_silent):
    cut_off = pd.Timestamp("2024-11-30 23:59", tz="Europe/Oslo")
    newest = cut_off - pd.Timedelta(days=days)
    note = service_desk.silence_note(newest, cut_off, oddities.is_silent(newest, cut_off))
    assert (note is not None) is is_silent
    assert note is None or "25. november 2024 kl. 23.44. De rekker trolig ikke til 30. november 2024 kl. 23.59" in note


def test_without_cases_there_is_no_silence():
    assert not oddities.is_silent(pd.NaT, pd.Timestamp("2024-11-30", tz="Europe/Oslo"))


def test_the_municipality_with_most_open_cases_is_named():
    places = pd.DataFrame({"municipality": ["Molde", "unknown"], "open": [216, 222 - 216], "open_old": [17, 0]})
    assert (
        service_desk.open_places_summary(places)
        == "Flest åpne saker har Molde: 216 av 222 (97,3\u00a0%), og 17 av dem er eldre enn 90 dager."
    )
    assert service_desk.open_places_summary(places[1:]) == "Alle de åpne sakene er uten oppgitt kommune."
    assert service_desk.open_places_summary(places[:1]) == "Alle de åpne sakene er fra Molde."
    assert service_desk.open_places_summary(places.assign(open=0)) is None
    unknown_first = service_desk.open_places_summary(places[::-1].assign(open=[4, 2]))
    assert unknown_first.startswith("Flest åpne saker er uten oppgitt kommune: 4 av 6")


def test_cases_without_a_resolved_time_are_mentioned():
    imputed = pd.DataFrame({"month": ["2024-08", "2024-09"], "resolved": [3, 1265], "imputed": [0, 17]})
    assert service_desk.imputed_summary(imputed, "2024-09") == (
        "For 17 av 1\u202f265 løste saker i september 2024 mangler løsningstidspunktet; de regnes som løst da de ble lukket."
    )
    assert service_desk.imputed_summary(imputed, "2024-08") is None
    assert service_desk.imputed_summary(imputed.assign(imputed=1), "2024-08").endswith(
        "; den regnes som løst da den ble lukket."
    )
