"""What is news: each rule at its limits, whether or not somebody wrote about it, and with half of what there could be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from builders import make_book, make_budget, make_devices, make_forecasts, make_postings, make_stock, make_tickets
from hypothesis import given
from hypothesis import strategies as st
from sampled import first_rows

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.config.news import NewsSettings
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import SourceAbsent
from rorikt_lib.month.keep import record_report
from rorikt_lib.present.numbers import DATE, written
from rorikt_lib.report import news
from rorikt_lib.report.declare import said
from rorikt_lib.report.records import records
from rorikt_lib.report.show import asked
from rorikt_lib.report.summary import ASKS, follow_up, summary
from rorikt_lib.workbook import Workbook, if_there

BUDGET = 89_477_000.0
LICENCE = {"line": "Lisens, vedlikehold og support"}


def told(book: Workbook) -> list[str]:
    """What the rules tell, in order, with plain spaces."""
    found = (if_there(rule, book) for rule in news.RULES)
    return [text.replace("\u202f", " ").replace("\u00a0", " ") for text in found if text]


def with_limits(book: Workbook, **limits: float) -> Workbook:
    settings = demo_settings().model_copy(update={"news": NewsSettings(**limits)})
    return replace(book, settings=settings, _made={})


def forecast_book(
    *months: tuple[str, dict[str, float]], month: str = "2024-10", budget: float = BUDGET, **more
) -> Workbook:
    """Wages of little, and forecasts adopted in these months: line → NOK; None is what is budgeted."""
    rows = [{"period": m, "line": line, "amount_nok": nok} for m, lines in months for line, nok in lines.items()]
    return make_book(
        month,
        postings=make_postings({"period": month, "amount_nok": 1.0}),
        budget_lines=make_budget({"amount_nok": budget}),
        adopted_forecasts=make_forecasts(*rows),
        **more,
    )


# The forecast.

MOVED = [("2024-09", {"Lønn": BUDGET - 1_937_900}), ("2024-10", {"Lønn": BUDGET + 204_000})]
FIRST = (
    "Prognosen for året er endret fra et mindreforbruk på 1,9 millioner kroner i september til et merforbruk på 0,2 "
    "millioner kroner. Til beslutning: hvordan merforbruket skal dekkes eller unngås."
)


def test_a_forecast_that_goes_from_under_to_over_is_the_first_sentence_and_to_be_decided():
    book = forecast_book(*MOVED)
    assert told(book)[0].startswith(FIRST)
    text = summary(book).replace("\u202f", " ").replace("\u00a0", " ")
    assert text.startswith(f"- {FIRST}")
    assert "Til oppfølging: et ventet merforbruk på 204 000 kroner for året" in follow_up(book).replace("\u202f", " ")


def test_each_number_of_a_forecast_that_moved_is_one_of_its_records():
    book = forecast_book(*MOVED)
    with written() as numbers:
        said(news.RULES[0], book)
    values = set(records(news.FORECAST, book).value)
    assert [(number.text, number.how) for number in numbers if number.how != DATE] == [
        ("1,9", "size of figure"), ("0,2", "size of figure"), ("2,1", "size of figure"),
    ]  # fmt: skip
    assert all(number.among == ("nytt-drift",) and set(number.of) <= values for number in numbers if number.how != DATE)


def test_what_changed_most_is_named_with_its_direction():
    before = {"Lønn": 50e6, "Inntekter": -5e6, "Konsulenter": 1e6} | {LICENCE["line"]: 30e6}
    now = {"Lønn": 50e6, "Inntekter": -7e6, "Konsulenter": 2.5e6} | {LICENCE["line"]: 34e6}
    (first,) = told(forecast_book(("2024-09", before), ("2024-10", now)))
    assert first.endswith(
        "Mest endret er «Lisens, vedlikehold og support» (4,0 millioner kroner høyere), Inntekter (2,0 millioner kroner "
        "høyere) og Konsulenter (1,5 millioner kroner høyere)."
    )


def test_lines_that_change_against_each_other_are_told_though_the_total_stands():
    before, now = {"Lønn": 40e6, "Konsulenter": 10e6}, {"Lønn": 38e6, "Konsulenter": 12e6}
    assert told(forecast_book(("2024-09", before), ("2024-10", now))) == [
        "Prognosen for året er samlet lite endret siden september, men mye for Lønn (2,0 millioner kroner lavere) og "
        "Konsulenter (2,0 millioner kroner høyere)."
    ]


def test_a_total_that_is_no_news_is_told_with_its_size_where_a_line_is():
    before, now = {"Lønn": 40e6, "Konsulenter": 10e6}, {"Lønn": 38e6, "Konsulenter": 11.6e6}
    assert told(forecast_book(("2024-09", before), ("2024-10", now))) == [
        "Prognosen for året er samlet 0,4 millioner kroner lavere enn i september. Mest endret er Lønn (2,0 millioner "
        "kroner lavere) og Konsulenter (1,6 millioner kroner høyere)."
    ]


def test_it_is_compared_with_the_last_that_was_adopted_in_the_year():
    assert "fra et mindreforbruk på 1,9 millioner kroner i juni til" in told(
        forecast_book(("2024-06", MOVED[0][1]), ("2023-12", {"Lønn": 1.0}), MOVED[1])
    )[0]  # fmt: skip


def test_the_years_first_forecast_is_news_where_it_is_over_the_budget():
    assert told(forecast_book(("2024-10", {"Lønn": BUDGET + 3e6})))[0] == (
        "Prognosen for året viser et merforbruk på 3,0 millioner kroner. "
        "Til beslutning: hvordan merforbruket skal dekkes eller unngås."
    )
    assert told(forecast_book(("2024-10", {"Lønn": BUDGET - 2e5}))) == []
    assert told(forecast_book(("2024-01", {"Lønn": BUDGET}), ("2023-12", {"Lønn": 1.0}), month="2024-01")) == []


def test_a_forecast_back_within_the_budget_is_told_and_asks_nothing():
    (first,) = told(forecast_book(("2024-09", {"Lønn": BUDGET + 150_000}), ("2024-10", {"Lønn": BUDGET})))
    assert first == "Prognosen for året er endret fra et merforbruk på 150 000 kroner i september til balanse."


def test_the_years_result_stands_against_the_last_forecast():
    postings = make_postings({"period": "2024-12", "amount_nok": BUDGET + 1.5e6})
    book = forecast_book(("2024-10", {"Lønn": BUDGET - 1e6}), month="2024-12")
    book = replace(book, given={**book.given, "postings": postings})
    assert told(book) == [
        "Prognosen for året var et mindreforbruk på 1,0 millioner kroner i oktober, men resultatet ble et merforbruk på "
        "1,5 millioner kroner. Til beslutning: hvordan merforbruket skal dekkes. Mest endret er Lønn (2,5 millioner kroner "
        "høyere)."
    ]


def test_a_small_service_is_told_by_its_own_size():
    (first,) = told(forecast_book(("2024-09", {"Lønn": 3.95e6}), ("2024-10", {"Lønn": 4.02e6}), budget=4e6))
    assert first.startswith(
        "Prognosen for året er endret fra et mindreforbruk på 50 000 kroner i september til et merforbruk på 20 000 kroner."
    )


def test_projects_have_a_forecast_too():
    project = {"kind": "investment", "line": "App-utvikling"}
    book = make_book(
        "2024-10",
        postings=make_postings(project | {"period": "2024-10", "amount_nok": 1.0}),
        budget_lines=make_budget(project | {"amount_nok": 5e6}),
        adopted_forecasts=make_forecasts(
            *(project | {"period": m, "amount_nok": nok} for m, nok in (("2024-09", 5e6), ("2024-10", 7e6)))
        ),
    )
    assert told(book) == [
        "Prognosen for årets investeringer er endret fra balanse i september til et merforbruk på 2,0 millioner kroner. "
        "Til beslutning: hvordan merforbruket i investeringene skal dekkes eller unngås. Mest endret er App-utvikling "
        "(2,0 millioner kroner høyere)."
    ]


@pytest.mark.deep
@given(st.floats(-5e6, 5e6), st.floats(-5e6, 5e6))
def test_every_forecast_that_crosses_the_budget_or_moves_by_a_million_is_told_first_and_no_other(before, now):
    book = forecast_book(("2024-09", {"Lønn": BUDGET - before}), ("2024-10", {"Lønn": BUDGET - now}))
    limit = min(1e6, 0.01 * BUDGET)
    over = min(1e5, 0.001 * BUDGET)
    is_news = abs(before - now) >= limit or (now <= -over) != (before <= -over)
    texts = told(book)
    assert bool(texts) == is_news
    assert not texts or texts[0].startswith("Prognosen for året er endret fra ")
    decides = is_news and now <= -over and now < before
    assert ("Til beslutning" in " ".join(texts)) == decides


def test_what_was_published_stands_though_the_forecast_file_is_mended_afterwards(tmp_path):
    then = forecast_book(MOVED[0], month="2024-09", root=tmp_path)
    record_report(then, dt.datetime(2024, 10, 5, tzinfo=dt.UTC))
    mended = forecast_book(("2024-09", MOVED[1][1]), MOVED[1], root=tmp_path)
    assert told(mended)[0].startswith(FIRST)
    assert told(forecast_book(("2024-09", MOVED[1][1]), MOVED[1])) == []


def test_without_an_adopted_forecast_it_is_the_models_against_its_own(monkeypatch):
    rows = [{"period": m, "line": "Lønn", "model_nok": nok} for m, nok in (("2024-09", 87.5e6), ("2024-10", 89.7e6))]
    monkeypatch.setattr(news, "forecasts_by_month", lambda book: pd.DataFrame(rows))
    book = forecast_book(("2024-09", {"Lønn": 1.0}))
    assert told(book) == [
        "Modellens prognose for året er endret fra et mindreforbruk på 2,0 millioner kroner i september til et merforbruk "
        "på 0,2 millioner kroner. Til beslutning: hvordan merforbruket skal dekkes eller unngås. Mest endret er Lønn (2,2 "
        "millioner kroner høyere)."
    ]
    assert "et ventet merforbruk på 223 000 kroner for året etter modellen" in follow_up(book).replace("\u202f", " ")


# What is booked.


@pytest.mark.parametrize(("over", "is_told"), first_rows([(500_000.0, True), (499_000.0, False), (-900_000.0, False)]))
def test_bookings_over_the_phased_budget_are_told(over, is_told):
    budget = make_budget(*({"month": n, "amount_nok": 10e6} for n in range(1, 13)))
    postings = make_postings({"period": "2024-10", "amount_nok": 100e6 + over})
    texts = told(make_book("2024-10", postings=postings, budget_lines=budget))
    assert texts == (
        ["Til og med oktober 2024 er det bokført 100,5 millioner kroner i driftskostnader, 0,5 millioner kroner mer enn det periodiserte "
         "budsjettet for de samme månedene, som er 100,0 millioner kroner."] if is_told else []
    )  # fmt: skip


# The service desk.


def cases(before: int, now: int, **more: object):
    """So many cases that were open at the end of September, and of October."""
    stays = [{"created_at": "2024-09-02 08:00"} | more] * min(before, now)
    left = [{"created_at": "2024-09-02 08:00", "resolved_at": "2024-10-02 08:00"} | more] * max(before - now, 0)
    came = [{"created_at": "2024-10-02 08:00"} | more] * max(now - before, 0)
    return make_tickets(*stays, *left, *came)


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    first_rows([(200, 220, True), (200, 219, False), (210, 230, False), (220, 190, True), (19, 0, False)]),
)
def test_open_cases_are_news_by_their_number_and_share(before, now, is_told):
    texts = [text for text in told(make_book("2024-10", tickets=cases(before, now))) if "åpne" in text]
    assert bool(texts) == is_told
    if is_told:
        assert texts[0].startswith(
            f"Antall åpne saker var {now} per 31. oktober 2024, en {'økning' if now > before else 'nedgang'} på {abs(now - before)} ("
        )


def test_cases_of_one_type_are_told_where_the_other_hides_them():
    incidents, requests = cases(100, 60), cases(100, 140, type="request")
    tickets = make_tickets(
        *incidents.drop(columns="ticket_id").to_dict("records"), *requests.drop(columns="ticket_id").to_dict("records")
    )
    texts = told(make_book("2024-10", tickets=tickets))
    assert [text for text in texts if "åpne" in text] == [
        "Antall åpne feilmeldinger har gått ned fra 100 ved utgangen av september til 60, en nedgang på 40 (40,0 %). "
        "Antall åpne tjenesteforespørsler har økt fra 100 ved utgangen av september til 140, en økning på 40 (40,0 %)."
    ]


def judged(month: str, within: int, breached: int, priority: str = "medium") -> list[dict]:
    case = {"created_at": f"{month}-02 08:00", "priority": priority}
    return [case | {"resolved_at": f"{month}-02 09:00"}] * within + [
        case | {"resolved_at": f"{month}-27 09:00"}
    ] * breached


@pytest.mark.parametrize(
    ("then", "now", "is_told"),
    first_rows([((90, 10), (85, 15), True), ((90, 10), (86, 14), False), ((17, 2), (2, 17), False)]),
)
def test_the_service_level_is_news_by_percentage_points_of_enough_cases(then, now, is_told):
    tickets = make_tickets(*judged("2024-09", *then), *judged("2024-10", *now))
    texts = [text for text in told(make_book("2024-10", tickets=tickets)) if "fristen" in text]
    of_all = "Av 100 feilmeldinger løst i oktober 2024 ble 85 løst innen fristen (85,0 %, mot 90,0 % i september); 15 brøt fristen."
    assert [text.split(" Målet")[0] for text in texts] == ([of_all] if is_told else [])


def test_one_priority_is_told_where_the_others_hide_it():
    tickets = make_tickets(
        *judged("2024-09", 500, 0), *judged("2024-10", 500, 0), *judged("2024-09", 25, 0, "high"), *judged("2024-10", 10, 15, "high"),
    )  # fmt: skip
    texts = [text for text in told(make_book("2024-10", tickets=tickets)) if "fristen" in text]
    assert texts == [
        "Andelen feilmeldinger med høy prioritet løst innen fristen har gått ned fra 100,0 % i september til 40,0 %."
    ]


# PCs.


def test_a_month_that_was_cut_off_is_compared_with_the_same_working_days():
    """Friday the 27th is September's 20th working day; August's is the 28th, and all that were late came after it."""
    late = [{"created_at": "2024-08-20 08:00", "resolved_at": "2024-08-30 12:00", "priority": "medium"}] * 30
    last = {"created_at": "2024-09-27 11:00"}
    tickets = make_tickets(*judged("2024-08", 30, 0), *late, *judged("2024-09", 27, 3), last)
    tickets = tickets.assign(ticket_id=[f"{n}" for n in range(len(tickets))])
    cut = make_book("2024-09", report=Report(cut_off=CutOff(tickets="2024-09-27T12:00")), tickets=tickets)
    (text,) = (text for text in told(cut) if "fristen" in text)
    assert text.startswith(
        "Av 30 feilmeldinger løst i september 2024 til den 27. kl. 12.00 ble 27 løst innen fristen (90,0 %, mot 100,0 %"
    )
    assert "de samme virkedagene i august" in text
    whole = make_book("2024-09", tickets=tickets)
    (text,) = (text for text in told(whole) if "fristen" in text)
    assert "(90,0 %, mot 50,0 % i august)" in text


def pcs(before: int, now: int, **more: object) -> list[dict]:
    old = {"purchased_on": "2016-01-01"} | more
    return [old | {"extracted_on": "2024-09-27", "last_seen_on": "2024-09-20"}] * before + [
        old | {"extracted_on": "2024-10-30", "last_seen_on": "2024-10-20"}
    ] * now


@pytest.mark.parametrize(
    ("before", "now", "is_told"), first_rows([(100, 120, True), (100, 119, False), (300, 320, False), (25, 0, True)])
)
def test_the_need_for_pcs_is_news_by_its_number_and_share(before, now, is_told):
    devices = make_devices(*pcs(before, now), *pcs(1, 1, purchased_on="2024-01-01"))
    texts = told(make_book("2024-10", devices=devices, device_stock=make_stock({})))
    way = "økt" if now > before else "gått ned"
    assert texts == (
        [f"Antall PC-er som må bestilles, har {way} fra {before} i september til {now}."] if is_told else []
    )


def test_owners_are_told_where_they_hide_each_other():
    devices = make_devices(*pcs(100, 50), *pcs(50, 100, municipality="Aukra", user_group="pupil"))
    assert told(make_book("2024-10", devices=devices)) == [
        "Antall PC-er som må bestilles, er mest endret siden september for elever i Aukra (fra 50 til 100) og "
        "ansatte i Molde (fra 100 til 50)."
    ]


# With half of it.


@pytest.mark.parametrize("month", ["2024-01", "2024-10"])
def test_the_first_month_ever_has_nothing_to_compare_with(month):
    book = make_book(
        month,
        postings=make_postings({"period": month, "amount_nok": 100.0}),
        tickets=make_tickets({"created_at": f"{month}-02 08:00"}),
        devices=make_devices({"extracted_on": f"{month}-27", "last_seen_on": f"{month}-20"}),
    )
    assert told(book) == []
    assert summary(book).startswith("- Ved utgangen av")


def test_a_month_with_nothing_tells_nothing():
    assert told(make_book()) == []


def test_what_there_is_no_source_of_is_left_out(monkeypatch):
    tables = {"postings", "devices", "usage", "allocation_keys"}
    book = make_book("2024-10", tickets=cases(200, 100))
    own = Workbook.table

    def table(self, name):
        if name in tables:
            raise SourceAbsent(name)
        return own(self, name)

    monkeypatch.setattr(Workbook, "table", table)
    assert [text[:17] for text in told(book)] == ["Antall åpne saker"]
    said = summary(book).replace("\u00a0", " ")
    assert said.startswith("- Antall åpne saker var 100 per 31. oktober 2024, en nedgang på 100 (50,0 %)")
    assert said.count("Antall åpne saker") == 1


# The limits are the workbook's own.


@pytest.mark.parametrize(
    ("limits", "count"),
    [({}, 1), ({"forecast_nok": 3e6, "forecast_share": 0.5}, 1),
     ({"forecast_nok": 3e6, "forecast_share": 0.5, "over_budget_nok": 3e5, "over_budget_share": 0.5}, 0)],
)  # fmt: skip
def test_a_workbook_says_itself_what_is_news(limits, count):
    assert len(told(with_limits(forecast_book(*MOVED), **limits))) == count


@pytest.mark.deep
def test_higher_limits_tell_no_more():
    book = make_book("2024-10", tickets=cases(200, 100))
    assert len(told(with_limits(book, open_cases=101))) == 0
    assert len(told(with_limits(book, open_share=0.51))) == 0
    assert len(told(with_limits(book, open_cases=100, open_share=0.5))) == 1


def test_the_front_page_is_told_what_the_summary_asks_each_with_its_table():
    book = forecast_book(*MOVED)
    asks = asked(book, *ASKS).metadata["rorikt"]["decisions"]
    said = [(ask["table"], ask["text"].replace("\u202f", " ").replace("\u00a0", " ")) for ask in asks]
    assert said == [
        ("driftskostnader", "Til beslutning: hvordan merforbruket på 204 000 kroner skal dekkes eller unngås."),
    ]
    assert said[0][1].replace(" på 204 000 kroner", "") in summary(book)
    # What is not new is no more to be decided on, but still followed up.
    unchanged = [(month, {"Lønn": BUDGET + 204_000}) for month in ("2024-09", "2024-10")]
    (ask,) = asked(later := forecast_book(*unchanged), *ASKS).metadata["rorikt"]["decisions"]
    assert ask["text"][1:] in follow_up(later)
    assert "merforbruk på 204" in ask["text"]
    assert asked(forecast_book(MOVED[0], month="2024-09"), *ASKS).metadata["rorikt"]["decisions"] == []
