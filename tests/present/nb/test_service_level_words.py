"""Sentences about how fast cases are answered and resolved: by hand, on small frames."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.present.nb import service_level
from rorikt_lib.report.breaches import _number_breached
from rorikt_lib.tickets import response
from rorikt_lib.tickets.serious import SERIOUS
from rorikt_lib.tickets.sla import all_priorities

# What is compared over the same days where the month is whole: nothing.
WHOLE = pd.DataFrame({"month": [], "until": [], "share_within": []})


def _sla(*rows: tuple, target: float = float("nan")) -> pd.DataFrame:
    table = all_priorities(pd.DataFrame(rows, columns=["month", "priority", "within", "breached"]))
    return table.assign(share_within_target=target)


def test_sla_is_of_all_priorities_with_its_share_and_the_month_befores():
    table = _sla(("2024-08", "medium", 509, 46), ("2024-09", "medium", 482, 80), ("2024-09", "high", 4, 1))
    assert service_level.sla_summary(table, WHOLE, "2024-09") == (
        "Av 567 feilmeldinger løst i september 2024 ble 486 løst innen fristen (85,7\u00a0%, mot 91,7\u00a0% i august); 81 brøt fristen."
    )
    alone = _sla(("2024-08", "medium", 0, 0), ("2024-09", "medium", 1, 0))
    assert service_level.sla_summary(alone, WHOLE, "2024-09") == (
        "Den ene feilmeldingen løst i september 2024 ble løst innen fristen."
    )
    promised = _sla(("2024-09", "medium", 3, 1), target=0.925)
    assert service_level.sla_summary(promised, WHOLE, "2024-09").endswith(
        "(75,0\u00a0%); 1 brøt fristen. Målet er 92,5\u00a0%."
    )
    late = _sla(("2024-08", "medium", 1, 1), ("2024-09", "medium", 0, 3))
    assert service_level.sla_summary(late, WHOLE, "2024-09") == (
        "Alle 3 feilmeldinger løst i september 2024 ble løst etter fristen, mot 50,0\u00a0% i august."
    )
    assert service_level.sla_summary(alone, WHOLE, "2024-08") == "Ingen feilmeldinger ble løst i august 2024."


def test_serious_cases_are_counted_and_an_open_one_has_not_breached():
    frame = pd.DataFrame(
        {"priority": ["critical", "high", "high", "high"], "within": pd.array([True, False, None, False], "boolean")}
    )
    assert (
        service_level.serious_summary(frame, _number_breached(frame), SERIOUS)
        == "Måneden hadde 1 sak med kritisk og 3 saker med høy prioritet. 2 av dem brøt fristen."
    )
    said = {
        1: "Måneden hadde 1 sak med kritisk prioritet og ingen med høy. Saken brøt ikke fristen.",
        2: "Måneden hadde 1 sak med kritisk og 1 sak med høy prioritet. Én av dem brøt fristen.",
    }
    for n, sentence in said.items():
        some = frame.head(n)
        assert service_level.serious_summary(some, _number_breached(some), SERIOUS) == sentence
    assert service_level.serious_summary(frame[1:2], 1, SERIOUS).endswith("ingen med kritisk. Saken brøt fristen.")
    assert service_level.serious_summary(frame[1:], 3, SERIOUS).endswith(". Alle brøt fristen.")
    assert service_level.serious_summary(frame[1:], 0, SERIOUS).endswith(". Ingen av dem brøt fristen.")
    assert _number_breached(frame) == 2


def test_a_month_without_serious_cases_says_so_once():
    frame = pd.DataFrame({"priority": [], "within": pd.array([], "boolean")})
    assert (
        service_level.serious_summary(frame, 0, SERIOUS) == "Måneden hadde ingen saker med kritisk eller høy prioritet."
    )


def test_resolution_time_is_of_the_most_frequent_priority_with_its_target_as_set():
    columns = ["month", "priority", "target", "unit", "cases", "mean", "median", "old_case_share"]
    rows = [
        ("2024-09", "medium", 2.5, "days", 562, 5.9, 1.25, 0.623),
        ("2024-09", "high", 4.0, "hours", 5, 9.8, 3.0, 0.0),
    ]
    times = pd.DataFrame(rows, columns=columns)
    assert service_level.resolution_summary(times, "2024-09") == (
        "Feilmeldinger med prioritet medium tok i gjennomsnitt 5,9 dager; halvparten ble løst på 1,3 dager eller mindre. "
        "Fristen er 2,5 dager. "
        "62,3\u00a0% av gjennomsnittet skyldes saker som var over 30 dager gamle."
    )
    assert service_level.resolution_summary(times[1:], "2024-09").endswith("Fristen er 4 timer.")
    assert service_level.resolution_summary(times[1:].assign(target=1.0), "2024-09").endswith("Fristen er 1 time.")
    assert service_level.resolution_summary(times, "2024-08") is None


def _responses(within: int, breached: int, unknown: int) -> pd.DataFrame:
    rows = {
        "month": ["2024-08", "2024-09"],
        "priority": "high",
        "within": [9, within],
        "breached": [9, breached],
        "unknown": [9, unknown],
    }
    return response.all_priorities(pd.DataFrame(rows))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((5, 1, 0), "Av 6 nye saker med frist for første svar i september 2024 ble 5 besvart innen fristen, og 1 brøt den."),
        ((3, 0, 0), "Alle 3 nye saker med frist for første svar i september 2024 ble besvart innen fristen."),
        ((1, 0, 0), "Den ene nye saken med frist for første svar i september 2024 ble besvart innen fristen."),
        ((0, 2, 0), "Alle 2 nye saker med frist for første svar i september 2024 brøt fristen."),
        ((3, 1, 2), "Av 6 nye saker med frist for første svar i september 2024 ble 3 besvart innen fristen (75,0\u00a0% av dem med kjent svartid), og 1 brøt den. For 2 er svartiden ikke kjent."),
        ((0, 0, 1), "1 ny sak i september 2024 hadde frist for første svar; svartiden er ikke kjent."),
        ((0, 0, 0), "Ingen nye saker i september 2024 hadde frist for første svar."),
    ],
)  # fmt: skip
def test_first_responses_are_of_the_known_ones_and_the_others_are_counted(counts, said):
    assert service_level.response_summary(_responses(*counts), "2024-09") == said


def test_nothing_is_reported_of_responses_where_none_is_promised():
    assert service_level.response_summary(_responses(1, 1, 1).head(0), "2024-09") is None


def test_the_answers_of_a_part_of_a_month_are_of_that_part():
    part = _responses(3, 1, 0).assign(until=pd.Timestamp("2024-09-27T12:00", tz="Europe/Oslo"))
    assert "for første svar i september 2024 til den 27. kl. 12.00 ble 3" in service_level.response_summary(
        part, "2024-09"
    )


def test_the_causes_of_breaches_are_named_with_their_number():
    causes = pd.DataFrame({"cause": ["waiting", "reopened", "unknown"], "breached": [12, 3, 66]})
    assert service_level.causes_summary(causes) == (
        "De 81 bruddene har disse sannsynlige årsakene: lang ventetid (12), gjenåpnet (3) og ikke kjent (66). "
        "Ventetiden er alt trukket fra tiden som måles mot fristen."
    )
    assert (
        service_level.causes_summary(causes[1:2].assign(breached=1))
        == "Bruddet har denne sannsynlige årsaken: gjenåpnet (1)."
    )
    assert service_level.causes_summary(causes.head(0)) is None


def test_the_systems_own_verdict_is_set_beside_ours():
    pairs = {
        "both_within": 70,
        "both_breached": 20,
        "only_we_breached": 7,
        "only_source_breached": 3,
        "no_flag": 900,
        "share_agreed": 0.9,
    }
    assert service_level.verdicts_summary(pd.DataFrame([{"month": "2024-09"} | pairs]), "2024-09") == (
        "Saksystemet har selv dømt 100 løste feilmeldinger i september 2024, 90,0\u00a0% likt med rapporten. "
        "7 er brudd bare i rapporten, 3 bare i saksystemet."
    )
    alike = {"only_we_breached": 0, "only_source_breached": 0, "share_agreed": 1.0}
    assert service_level.verdicts_summary(pd.DataFrame([{"month": "2024-09"} | pairs | alike]), "2024-09") == (
        "Saksystemet har selv dømt 90 løste feilmeldinger i september 2024, alle likt med rapporten."
    )


@pytest.mark.parametrize(
    ("cause", "source", "said"),
    [
        ("Feil hos leverandør", "written", "Brudd: Feil hos leverandør"),
        ("waiting_supplier", "data", "Brudd: Ventet på leverandør (beregnet)"),
        (None, None, "Brudd"),
        (float("nan"), float("nan"), "Brudd"),
    ],
)
def test_a_cause_that_the_data_give_is_marked_as_computed(cause, source, said):
    assert service_level.outcome(within=False, is_open=False, cause=cause, cause_from=source) == said


@pytest.mark.parametrize(
    ("within", "is_open", "said"),
    [
        (True, False, "Innenfor frist"),
        (False, False, "Brudd"),
        (pd.NA, True, "Åpen"),
        (False, True, "Åpen, over fristen"),
    ],
)
def test_an_open_case_over_its_target_is_called_so(within, is_open, said):
    assert service_level.outcome(within, is_open) == said
