"""The annual report's tables of cases and PCs, each counted once more by plain loops."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean, median

import numpy as np
import pandas as pd
import pytest
from builders import make_book, make_devices, make_tickets, oslo
from hypothesis import given, settings
from hypothesis import strategies as st
from norwegian import typed

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.errors import Undelivered
from rorikt_lib.report import annual_desk, annual_pcs
from rorikt_lib.report.declare import said

FIRST, LAST = oslo("2022-01-03 08:00"), oslo("2023-12-31 23:59")
HOUR = pd.Timedelta(hours=1)
# So many that no silence at the end of the year is longer than any before it.
DAILY = [{"created_at": FIRST + pd.Timedelta(days=day), "is_alert": True} for day in range(728)]
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "created_at": st.integers(0, 17_400).map(lambda hours: FIRST + hours * HOUR),
            "hours": st.one_of(st.none(), st.integers(0, 5000)),
            "priority": st.sampled_from(["high", "critical"]),
            "type": st.sampled_from(["incident", "request"]),
            "is_alert": st.sampled_from([False, False, True]),
        }
    ),
    max_size=15,
)


def _case(drawn: dict) -> dict:
    hours = drawn["hours"]
    solved = None if hours is None else drawn["created_at"] + hours * HOUR
    kept = {name: value for name, value in drawn.items() if name != "hours"}
    return kept | {"resolved_at": None if solved is None or solved > LAST else solved}


def _quarter(instant: pd.Timestamp) -> str:
    return f"q{(instant.month + 2) // 3}"


@settings(max_examples=12, deadline=None)
@given(CASES)
def test_quarters_and_years_count_every_case_of_people_once(drawn):
    cases = [_case(one) for one in drawn]
    book = make_book("2023-12", tickets=make_tickets(*DAILY, *cases))
    people = [case for case in cases if not case["is_alert"]]
    quarters = annual_desk.REQUESTS.frame(book).set_index("quarter")
    years = annual_desk.YEARS.frame(book).set_index("year")
    for number, name in enumerate(("q1", "q2", "q3", "q4"), start=1):
        end = oslo(f"2023-{3 * number:02d}-01 00:00") + pd.DateOffset(months=1)
        came = sum(case["created_at"].year == 2023 and _quarter(case["created_at"]) == name for case in people)
        done = [case["resolved_at"] for case in people if case["resolved_at"] is not None]
        solved = sum(one.year == 2023 and _quarter(one) == name for one in done)
        left = sum(
            case["created_at"] < end and (case["resolved_at"] is None or case["resolved_at"] >= end) for case in people
        )
        assert (quarters.created[name], quarters.resolved[name], quarters.open[name]) == (came, solved, left)
    for year in (2022, 2023):
        assert years.created[year] == sum(case["created_at"].year == year for case in people)
        done = [case for case in people if case["resolved_at"] is not None and case["resolved_at"].year == year]
        assert years.resolved[year] == len(done)
        assert years.within[year] + years.breached[year] == sum(case["type"] == "incident" for case in done)
        end = oslo(f"{year + 1}-01-01 00:00")
        assert years.open[year] == sum(
            case["created_at"] < end and (case["resolved_at"] is None or case["resolved_at"] >= end) for case in people
        )
    assert quarters.created["SUM"] == years.created[2023]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 14)), max_size=12))
def test_deadlines_of_a_quarter_are_those_of_its_incidents(drawn):
    """Critical incidents, whose clock is the calendar: two hours, counted here in half hours."""
    cases = []
    for month, halves in drawn:
        created = oslo(f"2023-{month:02d}-08 08:00")
        solved = created + halves * HOUR / 2
        cases.append({"priority": "critical", "created_at": created, "resolved_at": solved})
    book = make_book("2023-12", tickets=make_tickets(*DAILY, *cases))
    verdicts = annual_desk.SLA_QUARTERS.frame(book).set_index(["quarter", "priority"])
    times = annual_desk.TIMES.frame(book).set_index(["quarter", "priority"])
    for number, name in enumerate(("q1", "q2", "q3", "q4"), start=1):
        spent = [halves / 2 for month, halves in drawn if (month + 2) // 3 == number]
        within = sum(hours <= 2 for hours in spent)
        for priority in ("critical", "SUM"):
            row = verdicts.loc[name, priority]
            assert (row.within, row.breached) == (within, len(spent) - within)
        if spent:
            assert times["median"][name, "critical"] == pytest.approx(median(spent))
            assert times["mean"][name, "critical"] == pytest.approx(fmean(spent))
            assert times["p90"][name, "critical"] == pytest.approx(np.quantile(spent, 0.9))
        else:
            assert pd.isna(times["median"][name, "critical"])


def test_of_a_year_in_part_the_quarters_are_told_with_what_they_are_the_best_at():
    """One of two in time in the third quarter, and the only one of the fourth: the year as a whole is not told."""
    later = [case for case in DAILY if case["created_at"] >= oslo("2023-05-10 00:00")]
    cases = [
        {"created_at": f"{begun} 08:00", "resolved_at": f"{ended} 09:00", "status": "closed"}
        for begun, ended in [("2023-08-02", "2023-08-02"), ("2023-08-02", "2023-09-20"), ("2023-10-04", "2023-10-04")]
    ]
    book = make_book("2023-12", tickets=make_tickets(*later, *cases))
    assert typed(said(annual_desk.sla_summary, book)) == (
        "Andelen feilmeldinger løst innen fristen var høyest i fjerde kvartal med 100,0 % og lavest i tredje kvartal med "
        "50,0 %. Målet er 90 %."
    )
    equal = make_book("2023-12", tickets=make_tickets(*later, cases[0]))
    assert typed(said(annual_desk.sla_summary, equal)) == (
        "I tredje kvartal ble 100,0 % av feilmeldingene løst innen fristen. Målet er 90 %."
    )


def test_quarters_before_the_first_case_are_not_known_and_the_text_says_from_when():
    later = [case for case in DAILY if case["created_at"] >= oslo("2023-05-10 00:00")]
    people = {"created_at": "2023-08-02 08:00"}
    book = make_book("2023-12", tickets=make_tickets(*later, people))
    assert annual_desk.REQUESTS.frame(book).quarter.tolist() == ["q3", "q4", "SUM"]
    assert annual_desk.YEARS.published(book).empty
    assert said(annual_desk.requests_summary, book) == (
        "Fra og med tredje kvartal 2023 kom det inn 1 sak. Ingen saker ble løst, og ved utgangen av året var det 1 åpen sak."
    )


def test_a_year_that_begins_after_its_cases_has_none():
    book = make_book("2023-12", tickets=make_tickets({"created_at": "2024-01-02 08:00"}))
    assert annual_desk.REQUESTS.frame(book).empty
    assert annual_desk.SLA_QUARTERS.frame(book).empty
    assert annual_desk.TIMES.frame(book).empty
    assert said(annual_desk.requests_summary, book) is None
    assert said(annual_desk.sla_summary, book) is None


def test_cases_that_end_before_the_year_does_are_refused():
    until = [case for case in DAILY if case["created_at"] < oslo("2023-12-15 00:00")]
    with pytest.raises(Undelivered, match="the exports of cases end on 2023-12-14, so 2023 has no annual report"):
        annual_desk.REQUESTS.frame(make_book("2023-12", tickets=make_tickets(*until)))


def test_the_annual_report_counts_the_cases_that_came_after_decembers_report_was_made():
    late = {"created_at": "2023-12-28 08:00"}
    report = Report(cut_off=CutOff(tickets="2023-12-20T12:00"))
    book = make_book("2023-12", report=report, tickets=make_tickets(*DAILY, late))
    assert annual_desk.REQUESTS.frame(book).created.tolist() == [0, 0, 0, 1, 1]


def _extract(day: str, *serials: str, bought: str = "2018-01-01") -> list[dict]:
    return [{"serial_no": serial, "extracted_on": day, "purchased_on": bought} for serial in serials]


def test_pcs_replaced_are_those_that_left_between_two_extracts_of_the_year_or_since_the_one_before_it():
    pcs = [
        *_extract("2022-10-28", "older"),
        *_extract("2022-11-30", "a", "b"),
        *_extract("2023-03-31", "b", "c"),
        *_extract("2023-09-29", "c", "d"),
    ]
    book = make_book("2023-12", devices=make_devices(*pcs))
    total = annual_pcs.REPLACED.frame(book).iloc[-1]
    assert (total.replaced, total.gone, total.added) == (2, 0, 2)
    assert said(annual_pcs.replaced_summary, book) == (
        "Fra 30. november 2022 til 29. september 2023 ble 2 PC-er skiftet, og 2 nye kom til."
    )


@pytest.mark.parametrize("days", [[], ["2023-03-31"], ["2022-03-31", "2022-09-30"]])
def test_without_two_extracts_of_which_one_is_the_years_nothing_is_told_of_pcs(days):
    pcs = [row for day in days for row in _extract(day, "a")]
    book = make_book("2023-12", devices=make_devices(*pcs))
    assert annual_pcs.REPLACED.frame(book).empty
    assert said(annual_pcs.replaced_summary, book) is None


def test_an_extract_of_the_first_days_of_january_is_decembers_and_counts_in_one_year(tmp_path: Path):
    report = tmp_path / "content" / "2023-12" / "report.yml"
    report.parent.mkdir(parents=True)
    report.write_text("cut_off: {devices: 2024-01-02}\n", encoding="utf-8")
    pcs = [*_extract("2023-10-31", "a", "b"), *_extract("2024-01-02", "b"), *_extract("2024-06-28", "b", "c")]
    replaced = {}
    for year in (2023, 2024):
        book = make_book(f"{year + 1}-03", root=tmp_path, devices=make_devices(*pcs))
        replaced[year] = annual_pcs.REPLACED.frame(book).iloc[-1][["replaced", "added"]].tolist()
    assert replaced == {2023: [1, 0], 2024: [0, 1]}
