"""Sentences: Norwegian grammar, the numbers of the frames they tell of, and nothing odd where figures are missing."""

from __future__ import annotations

import inspect
import re
from decimal import Decimal

import pandas as pd
import pytest
from builders import (
    make_book,
    make_budget,
    make_devices,
    make_forecasts,
    make_postings,
    make_register,
    make_stock,
    make_tickets,
    make_usage,
    oslo,
)
from hypothesis import example, given
from hypothesis import strategies as st

from rorikt_lib import measures
from rorikt_lib.config.content import CutOff, Report
from rorikt_lib.config.settings import Levelling
from rorikt_lib.present.numbers import month_name, percent, thousands
from rorikt_lib.present.prose import (
    economy,
    forecast,
    invoices,
    pc_plan,
    pcs,
    quality,
    service_desk,
    service_level,
    summary,
    usage,
    windows,
)
from rorikt_lib.present.prose.words import capitalised, change, changes, count, listed, result
from rorikt_lib.terms import schemas as tables
from rorikt_lib.terms.period import last_months, shift
from rorikt_lib.tickets.sla import all_priorities
from rorikt_lib.workbook import Workbook

ROOMS = [
    economy, forecast, invoices, pc_plan, pcs, quality, service_desk, service_level, summary, usage, windows,
]  # fmt: skip
# Words and marks inside sentences, not sentences.
PIECES = {"capital_count", "outcome", "bullets"}
ENGLISH = re.compile(
    r"\b(the|of|and|month|total|open|unknown|incident|request|high|low|staff|pupil|hours|days|cases|share|critical"
    r"|budget|forecast|none|nan|nat|true|false|sum|within|breached|staff|pupil|portal|inquiries|views|january|may|july)\b"
    r"|<NA>", re.IGNORECASE,
)  # fmt: skip
ODD = re.compile(
    r"\s\s|\s[.,;:]|[,;:]\s*\.|\.\.|\(\s*\)|,,|\{|\}|-\d|\d\.\d{3}\b|\b1 (saker|varsler|PC-er|filer|rader|visninger)\b"
)


def _sentences(book: Workbook) -> dict[str, list[str | None]]:
    """Every sentence of every room for an open workbook, by the name of its function."""
    month = book.month
    costs, investments = (measures.cost_table(book, kind) for kind in ("operating", "investment"))
    model, course = measures.model_forecast(book), measures.operating_course(book)
    rows, awaited = measures.forecast_rows(book), invoices.counted_on(measures.expected_invoices(book), model)
    bridges = measures.model_bridge(book), measures.forecasts_by_month(book)
    created, categories = measures.created_by_month(book), measures.created_by_category(book)
    places, ages = measures.created_per_municipality(book), measures.open_by_age(book)
    trend = measures.sla_trend(book)
    serious, times = measures.serious_cases(book), measures.resolution_time(book)
    rollover, plan, ready = (
        measures.pc_rollover(book),
        measures.replacement_plan(book),
        measures.windows_readiness(book),
    )
    devices, versions = book.settings.devices, measures.windows_versions(book)
    peak = measures.peak_year(book)
    portal, chatbot = (measures.usage_by_month(book, channel) for channel in ("portal", "chatbot"))
    flows = {"incident": measures.flow_of(book, "incident"), "total": measures.flow_total(book)}
    flows["request"] = measures.flow_of(book, "request")
    return {
        "costs_in_short": [economy.costs_in_short(costs, "operating", month), economy.costs_in_short(investments, "investment", month)],
        "so_far_in_short": [economy.so_far_in_short(course)],
        "largest_variances": [economy.largest_variances(costs, "operating", month), economy.largest_variances(investments, "investment", month)],
        "course_caption": [forecast.course_caption(course)],
        "course_alt": [forecast.course_alt(course, costs)],
        "model_against_adopted": [forecast.model_against_adopted(costs, model, gap, month) for gap in (1, 10**12)],
        "built_on": [forecast.built_on(model, years, month) for years in ([], [2022, 2023])],
        "too_low": [forecast.too_low(rows, month)],
        "compared_caption": [forecast.compared_caption(forecast.compared(costs, model, rows, month))],
        "model_bridge_in_short": [forecast.model_bridge_in_short(*bridges, shift(month, -1))],
        "outside_interval": [forecast.outside_interval(costs, model, month)],
        "expected_in_short": [invoices.expected_in_short(awaited)],
        "expected_caption": [invoices.expected_caption(invoices.expected_table(awaited))],
        "overspent_projects": [economy.overspent_projects(investments)],
        "bridge_in_short": [economy.bridge_in_short(measures.adopted_bridge(book, kind), costs, shift(month, -1)) for kind in tables.KINDS],
        "costs_caption": [economy.costs_caption(kind, month) for kind in tables.KINDS],
        "variance_alt": [economy.variance_alt(costs, "operating"), economy.variance_alt(investments, "investment")],
        "investment_alt": [economy.investment_alt(investments)],
        "silence_note": [service_desk.silence_note(measures.newest_event(book), book.ticket_cut_off)],
        "cut_off_note": [service_desk.cut_off_note(book.ticket_cut_off, month)],
        "created_in_short": [service_desk.created_in_short(created, month)],
        "largest_categories": [service_desk.largest_categories(categories, month)],
        "municipalities_in_short": [service_desk.municipalities_in_short(places)],
        "backlog_trend": [service_desk.backlog_trend(f, k) for k, flow in flows.items() for f in (flow, flow[-2:], flow[-1:])],
        "month_caption": [service_desk.month_caption("Nye saker", month)],
        "flow_alt": [service_desk.flow_alt(flow, kind) for kind, flow in flows.items()],
        "ageing_in_short": [service_desk.ageing_in_short(ages, kind) for kind in flows],
        "ageing_alt": [service_desk.ageing_alt(ages)],
        "open_places_in_short": [service_desk.open_places_in_short(measures.open_by_municipality(book))],
        "imputed_in_short": [service_desk.imputed_in_short(measures.imputed(book), month)],
        "response_in_short": [service_level.response_in_short(measures.response_compliance(book), month)],
        "causes_in_short": [service_level.causes_in_short(measures.breach_causes(book))],
        "verdicts_in_short": [service_level.verdicts_in_short(measures.source_verdicts(book), month)],
        "sla_in_short": [service_level.sla_in_short(trend, month)],
        "serious_in_short": [service_level.serious_in_short(serious)],
        "resolution_in_short": [service_level.resolution_in_short(times, month)],
        "categories_alt": [service_desk.categories_alt(categories, month)],
        "municipalities_alt": [service_desk.municipalities_alt(places)],
        "sla_alt": [service_level.sla_alt(trend)],
        "resolution_alt": [service_level.resolution_alt(measures.resolution_trend(book, p), p) for p in tables.PRIORITIES],
        "need_in_short": [pcs.need_in_short(rollover, measures.pc_stock(book))],
        "left_out": [pcs.left_out(measures.pc_extract(book), measures.pcs_in_use(book))],
        "extract_caption": [pcs.extract_caption(measures.pc_extract(book))],
        "classes_caption": [pcs.classes_caption(devices.price_year)],
        "changes_in_short": [pcs.changes_in_short(measures.pc_changes(book), month)],
        "coverage_in_short": [pcs.coverage_in_short(measures.pc_coverage(book), month)],
        "doubts_in_short": [pcs.doubts_in_short(measures.doubtful_pcs(book), measures.pc_extract(book), devices.not_seen_days)],
        "plan_in_short": [pc_plan.plan_in_short(plan)],
        "basis": [pc_plan.basis(devices)],
        "levelling_in_short": [pc_plan.levelling_in_short(plan, peak, devices.levelling)],
        "chart_caption": [pc_plan.chart_caption(plan)],
        "plan_alt": [pc_plan.plan_alt(plan)],
        "windows_in_short": [windows.windows_in_short(ready)],
        "support_in_short": [windows.support_in_short(versions)],
        "versions_caption": [windows.versions_caption(devices.windows)],
        "windows_alt": [windows.windows_alt(ready)],
        "portal_in_short": [usage.portal_in_short(portal, month)],
        "since_in_short": [usage.since_in_short(measures.usage_since_first(book, channel)) for channel in tables.CHANNELS],
        "chatbot_in_short": [usage.chatbot_in_short(chatbot, month)],
        "days_alt": [usage.days_alt(measures.usage_by_day(book, "portal"), month)],
        "months_alt": [usage.months_alt(portal, "views", "visninger"), usage.months_alt(chatbot, "inquiries", "henvendelser")],
        "origin": [quality.origin(book)],
        "rows_in_short": [quality.rows_in_short(measures.sources(book))],
        "decisions": [summary.decisions(forecast.model_gap(costs, model, month), rollover, investments, serious)],
    }  # fmt: skip


def _rich() -> Workbook:
    """A month with a bit of everything, and with a month before it."""
    invested = {"kind": "investment", "expense_type": "App-utvikling"}
    case = {"resolved_at": "2024-09-03 09:00"}
    return make_book(
        report=Report(cut_off=CutOff(tickets="2024-09-27T12:00", devices="2024-09-27")),
        postings=make_postings(
            {"amount_nok": 20_474_000.0}, {"amount_nok": -6_163_000.0, "expense_type": "Inntekter"},
            invested | {"amount_nok": 1_382_000.0},
        ),
        budget_lines=make_budget({"amount_nok": 32_527_000.0}, invested | {"amount_nok": 885_000.0}),
        adopted_forecasts=make_forecasts(
            *({"line": line, "amount_nok": 4_000_000.0 * n} for n, line in enumerate(measures.cost_table(make_book(), "operating").expense_type[:-1])),
            {"period": "2024-08", "line": "Konsulenter", "amount_nok": 1.0},
        ),
        tickets=make_tickets(
            case, case, {"created_at": "2024-08-02 08:00"}, {"created_at": "2023-09-05 08:00"}, {"type": "request"},
            {"municipality": None, "category": None}, case | {"priority": "critical", "municipality": "Vestnes"},
            {"priority": "high", "municipality": None}, {"is_alert": True},
            {"created_at": "2024-08-05 08:00", "resolved_at": "2024-08-06 09:00"},
            {"created_at": "2024-07-05 08:00", "resolved_at": "2024-09-06 09:00"},
            case | {"priority": "high", "responded_at": "2024-09-02 08:30", "sla_met_source": True, "resolved_at_imputed": True},
        ),
        devices=make_devices(
            {"purchased_on": "2015-01-01"}, {"purchased_on": "2019-05-05", "user_group": "pupil", "municipality": "Aukra"},
            {"os_build": "10.0.19045.1", "purchased_on": "2022-01-01"}, {"purchased_on": None, "os_build": None},
            {"serial_no": "left", "extracted_on": "2024-08-30", "last_seen_on": "2024-08-20", "purchased_on": "2016-01-01"},
        ),
        device_register=make_register({"other_municipalities": "Rauma"}, {"serial_no": "never"}),
        device_stock=make_stock({"in_stock": 3}),
        usage=make_usage(
            {"span": "month", "date": "2024-09-01", "views": 1234, "unique_users": 321, "unique_users_since_launch": 2345},
            {"span": "month", "date": "2024-08-01", "views": 1000, "unique_users": 321}, {"views": 40}, {"date": "2024-09-08", "views": 7},
            {"channel": "chatbot", "inquiries": 1}, {"channel": "chatbot", "inquiries": 3, "date": "2024-08-02"},
        ),
        sources=pd.DataFrame({
            "source_file": ["a.csv"], "format": ["portal"], "table": ["usage"], "sha256": ["0" * 64], "newest": [pd.NaT],
            "rows_read": [1], "rows_clean": [1], "rows_quarantined": [0], "rows_set_aside": [0],
        }),
    )  # fmt: skip


def _sparse() -> Workbook:
    """A first month of the year with one case without place, one PC without dates and days without users."""
    return make_book(
        "2024-01",
        tickets=make_tickets({"created_at": "2024-01-03 08:00", "municipality": None, "category": None, "priority": "critical"}),
        devices=make_devices({"extracted_on": "2024-01-20", "last_seen_on": "2024-01-19", "purchased_on": None, "user_group": None, "os_build": None}),
        usage=make_usage({"date": "2024-01-03", "views": 1}),
        postings=make_postings({"period": "2024-01", "amount_nok": 300.0}),
    )  # fmt: skip


def _forecast() -> Workbook:
    """A month with two years behind it: wages, a supplier that invoices monthly, and one with a yearly licence due."""
    months = [m for m in last_months("2024-12", 36) if m <= "2024-09"]
    licence = {"expense_type": "Lisens, vedlikehold og support"}
    return make_book(
        postings=make_postings(
            *({"period": m, "amount_nok": 2_000_000.0 + 1000 * n} for n, m in enumerate(months)),
            *(licence | {"period": m, "amount_nok": 250_000.0, "supplier_id": "1", "supplier_name": "Drift AS"} for m in months),
            *(licence | {"period": m, "amount_nok": 3_000_000.0, "supplier_id": "2", "supplier_name": "Årlig AS"} for m in ("2022-11", "2023-11")),
        ),
        budget_lines=make_budget({"amount_nok": 25_000_000.0}, licence | {"amount_nok": 6_000_000.0}),
        adopted_forecasts=make_forecasts(
            {"line": "Lisens, vedlikehold og support", "amount_nok": 4_000_000.0, "reason": "Avtaler er sagt opp"},
            {"amount_nok": 25_000_000.0},
        ),
    )  # fmt: skip


def _peak() -> Workbook:
    """PCs of two groups, most of them due in one year, with a month before, strays and builds long out of support."""
    fleet = [
        {"purchased_on": f"{year}-03-01"}
        for year, count in {2018: 2, 2020: 3, 2021: 20, 2022: 3, 2023: 3}.items()
        for _ in range(count)
    ]
    fleet += [
        {"purchased_on": "2021-03-01", "user_group": "pupil", "municipality": "Rauma", "os_build": "10.0.17763.1"}
    ] * 4
    fleet += [{"municipality": None, "user_group": None, "purchased_on": None}] * 2
    pcs = [{"serial_no": f"P{n}"} | pc for n, pc in enumerate(fleet)]
    august = {"extracted_on": "2024-08-30", "last_seen_on": "2024-08-29"}
    stray = {"serial_no": "stray", "municipality": None, "user_group": None, "purchased_on": None}
    return make_book(devices=make_devices(*pcs, *(pc | august for pc in pcs[3:]), stray | august))


BOOKS = {
    "nothing": make_book, "january": lambda: make_book("2024-01"), "sparse": _sparse, "rich": _rich, "forecast": _forecast, "peak": _peak,
}  # fmt: skip


@pytest.fixture(scope="module", params=BOOKS)
def told(request) -> list[str]:
    return [text for texts in _sentences(BOOKS[request.param]()).values() for text in texts if text is not None]


def test_every_function_that_tells_something_is_tried_here():
    functions = {
        name
        for room in ROOMS
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__ and not name.startswith("_") and "str" in str(inspect.signature(function).return_annotation)
    }  # fmt: skip
    assert functions - PIECES == _sentences(make_book()).keys()


def test_no_sentence_is_english_or_shows_a_missing_value(told):
    assert [text for text in told if ENGLISH.search(text)] == []


def test_no_sentence_has_a_gap_a_stray_mark_or_a_wrong_plural(told):
    assert [text for text in told if ODD.search(text)] == []


def test_every_sentence_begins_with_a_capital_or_a_number_and_ends_with_a_full_stop(told):
    for text in told:
        assert text.endswith((".", ".**")), text
        starts = [text[0], *re.findall(r"(?<=[a-zå)%\d]\. )\S", re.sub(r"\d+\. (?=[a-zæøå]+ \d{4})", "", text))]
        assert [c for c in starts if not (c.isupper() or c.isdigit() or c in "−–*")] == [], text


def test_every_sentence_of_the_forecast_is_told_where_there_is_a_history():
    told = _sentences(_forecast())
    names = ["model_against_adopted", "built_on", "too_low", "model_bridge_in_short"]
    assert [name for name in names if not all(told[name])] == []


def test_words_agree_with_their_number():
    assert [count(n, "sak", "saker") for n in (0, 1, 2, 1234)] == [
        "ingen saker",
        "1 sak",
        "2 saker",
        "1\u202f234 saker",
    ]
    assert [listed(items) for items in (["a"], ["a", "b"], ["a", "b", "c"], [])] == ["a", "a og b", "a, b og c", ""]
    assert capitalised("ingen PC-er") == "Ingen PC-er"
    assert pcs.capital_count(0) == "Ingen PC-er"
    assert pcs.capital_count(1) == "1 PC"


def test_a_change_is_a_rise_a_fall_unchanged_or_unknown():
    assert change(113, 100) == "en økning på 13 (13,0\u00a0%)"
    assert change(75, 100) == "en nedgang på 25 (25,0\u00a0%)"
    assert change(5, 5) == "uendret"
    assert change(0, 0) == "uendret"
    assert change(5, 0) == "en økning på 5"
    assert change(5, float("nan")) is None
    assert change(pd.NA, 5) is None


@given(st.integers(0, 5000), st.integers(0, 5000))
@example(99, 100)
@example(101, 100)
@example(1, 0)
def test_a_change_tells_its_size_its_direction_and_its_part_of_what_was_before(now, before):
    words = change(now, before)
    numbers = [Decimal(n.replace("\u202f", "").replace(",", ".")) for n in re.findall(r"\d[\d\u202f]*(?:,\d)?", words)]
    if now == before:
        assert words == "uendret"
        return
    assert words.startswith("en økning" if now > before else "en nedgang")
    assert numbers[0] == abs(now - before)
    assert len(numbers) == 1 + (before > 0)
    if before:
        assert abs(numbers[1] - Decimal(abs(now - before)) * 100 / before) <= Decimal("0.05")


def test_changes_are_told_against_what_is_known_only():
    assert changes(5, {}) == ""
    assert changes(5, {"august": float("nan")}) == ""
    assert (
        changes(6, {"august": 5, "september 2023": 6})
        == ", en økning på 1 (20,0\u00a0%) fra august og uendret fra september 2023"
    )


def test_less_used_than_the_budget_is_good_news():
    assert result(1_938_000) == "et mindreforbruk på 1,9 millioner kroner"
    assert result(-2_286_000) == "et merforbruk på 2,3 millioner kroner"
    assert result(0) == "et avvik på 0,0 millioner kroner"


def _costs(*rows: tuple, line="expense_type") -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[line, "actual_nok", "budget_nok", "variance_nok", "forecast_nok"])


def test_the_economy_is_told_with_forecast_and_without():
    with_forecast = _costs(("SUM", 75_018_000.0, 89_477_000.0, 1_938_000.0, 87_539_000.0))
    assert economy.costs_in_short(with_forecast, "operating", "2024-09") == (
        "Ved utgangen av september 2024 er det bokført 75,0 millioner kroner i driftskostnader, mot et årsbudsjett på 89,5 millioner kroner. "
        "Prognosen for året er 87,5 millioner kroner, et mindreforbruk på 1,9 millioner kroner (2,2\u00a0% av budsjettet)."
    )
    without = _costs(("SUM", 85_804_000.0, 83_866_000.0, -1_938_000.0, None))
    assert economy.costs_in_short(without, "operating", "2023-12").endswith(
        "Det er et merforbruk på 1,9 millioner kroner (2,3\u00a0% av budsjettet)."
    )


@pytest.mark.parametrize(
    ("actual", "words"),
    [
        (
            20e6,
            "Det er bokført 4,4 millioner kroner mindre enn det periodiserte budsjettet, som er 24,4 millioner kroner",
        ),
        (25e6, "Det er bokført 0,6 millioner kroner mer enn det periodiserte budsjettet"),
        (24.41e6, "Det bokførte følger det periodiserte budsjettet, som er 24,4 millioner kroner"),
    ],
)
def test_booked_so_far_is_told_against_the_phased_budget_of_the_reports_month(actual, words):
    course = pd.DataFrame(
        {
            "month": ["2024-08", "2024-09", "2024-10"],
            "actual_nok": [1.0, actual, None],
            "budget_nok": [1.0, 24.4e6, 9e9],
        }
    )
    told = economy.so_far_in_short(course)
    assert told.startswith(words)
    assert told.endswith("til og med september 2024.")


def test_a_budget_of_nothing_has_no_share():
    assert "%" not in economy.costs_in_short(_costs(("SUM", 5e6, 0.0, -5e6, None)), "operating", "2024-09")


def test_the_three_largest_variances_are_told_largest_first_and_none_that_rounds_to_nothing():
    costs = _costs(
        ("Lønn", 0.0, 0.0, 443_000.0, None), ("Konsulenter", 0.0, 0.0, -2_286_000.0, None), ("Drift", 0.0, 0.0, 499.0, None),
        ("Tele", 0.0, 0.0, 500.0, None), ("SUM", 0.0, 0.0, 9e9, None),
    )  # fmt: skip
    told = economy.largest_variances(costs, "operating", "2024-12")
    assert told == "De største avvikene, i hele 1000 kroner, er Konsulenter (−2\u202f286), Lønn (+443) og Tele (+1)."
    assert economy.largest_variances(costs[costs.expense_type == "Drift"], "operating", "2024-12") is None
    assert economy.largest_variances(costs, "operating", "2024-11") is None


def test_a_variance_that_rounds_to_nothing_has_no_sign():
    assert "Drift 0." in economy.variance_alt(_costs(("Drift", 0.0, 0.0, 300.0, None)), "operating")


def test_a_project_is_over_when_the_table_shows_more_booked_than_its_forecast_or_budget():
    costs = _costs(
        ("Like", 101_400.0, 0.0, 0.0, 100_600.0), ("Over", 427_600.0, 0.0, 0.0, 427_400.0), ("Under", 1.0, 0.0, 0.0, 9e6),
        ("SUM", 9e9, 0.0, 0.0, 1.0), line="project",
    )  # fmt: skip
    assert (
        economy.overspent_projects(costs)
        == "Det er bokført mer enn prognosen, i hele 1000 kroner, for Over (428 mot 427)."
    )
    assert economy.costs_table(costs).mark.tolist() == ["", "over prognosen", "", ""]
    unplanned = _costs(("Over", 5_782_000.0, 4_500_000.0, 0.0, None), ("SUM", 0.0, 0.0, 0.0, None), line="project")
    assert economy.overspent_projects(unplanned).endswith(
        "årsbudsjett, i hele 1000 kroner, for Over (5\u202f782 mot 4\u202f500)."
    )
    assert economy.costs_table(unplanned).mark.tolist() == ["over årsbudsjettet", ""]
    assert "mark" not in economy.costs_table(unplanned.assign(actual_nok=0.0))


@pytest.mark.parametrize(
    ("change_nok", "previous", "expected"),
    [
        (
            [300_000.0, -2_000_000.0],
            "2024-08",
            "Vedtatt prognose er endret for 2 linjer siden august 2024, samlet ned 1,7 millioner kroner.",
        ),
        (
            [300_000.0],
            "2024-08",
            "Vedtatt prognose er endret for 1 linje siden august 2024, samlet opp 0,3 millioner kroner.",
        ),
        (
            [300_000.0, -300_000.0],
            "2024-08",
            "Vedtatt prognose er endret for 2 linjer siden august 2024, samlet uendret.",
        ),
        ([], "2024-08", "Ingen vedtatt prognose er endret siden august 2024."),
        ([], "2023-12", "Prognosen for 2024 har ingen tidligere måned å sammenlignes med."),
    ],
)
def test_the_bridge_is_told_in_its_sum(change_nok, previous, expected):
    bridge, forecast = pd.DataFrame({"change_nok": change_nok}, dtype=float), pd.DataFrame({"forecast_nok": [1.0]})
    assert economy.bridge_in_short(bridge, forecast, previous) == expected


def test_a_first_forecast_is_not_said_to_be_unchanged():
    told = economy.bridge_in_short(pd.DataFrame(), pd.DataFrame({"forecast_nok": [1.0]}), "2024-05", is_first=True)
    assert told == "Det var ikke vedtatt prognose i mai 2024 å sammenligne med."


def test_without_a_forecast_there_is_no_bridge_to_tell():
    nothing = pd.DataFrame({"change_nok": []}, dtype=float)
    assert economy.bridge_in_short(nothing, pd.DataFrame({"forecast_nok": [float("nan")]}), "2024-08") is None


def _flow(*opened: int, created=10, resolved=12, last="2024-09") -> pd.DataFrame:
    months = last_months(last, len(opened))
    dates = [pd.Period(m).end_time.date() for m in months]
    return pd.DataFrame({"month": months, "date": dates, "created": created, "resolved": resolved, "open": opened})


def test_the_backlog_is_told_against_the_month_before_and_the_first_month_shown():
    flow = _flow(100, *[1] * 11, 120, created=10, resolved=12)
    flow.loc[12, "open"], flow.loc[11, "open"] = 113, 120
    assert service_desk.backlog_trend(flow, "incident") == (
        "Antall åpne feilmeldinger var 113 per 30. september 2024, en nedgang på 7 (5,8\u00a0%) fra august "
        "og en økning på 13 (13,0\u00a0%) fra september 2023. I september 2024 kom det inn 10, og 12 ble løst: 2 flere ut enn inn. "
        "I de 13 månedene samlet var det 26 flere ut enn inn."
    )


def test_one_month_has_nothing_to_be_compared_with_and_two_are_compared_once():
    assert "fra" not in service_desk.backlog_trend(_flow(5), "total")
    two = service_desk.backlog_trend(_flow(5, 8), "request")
    assert two.count(" fra ") == 1
    assert "tjenesteforespørsler var 8 per 30. september 2024, en økning på 3 (60,0\u00a0%) fra august." in two


@pytest.mark.parametrize(
    ("created", "resolved", "words"),
    [(5, 5, "like mange inn som ut"), (9, 2, "7 flere inn enn ut"), (0, 3, "3 flere ut enn inn")],
)
def test_more_in_or_more_out(created, resolved, words):
    assert service_desk.backlog_trend(_flow(5, created=created, resolved=resolved), "total").endswith(f": {words}.")


def test_created_cases_are_told_against_last_month_and_last_year_across_the_turn_of_the_year():
    created = pd.DataFrame({"month": last_months("2024-01", 13), "created": [20, *[1] * 10, 8, 10], "alerts": 1})
    assert service_desk.created_in_short(created, "2024-01") == (
        "Det kom inn 10 saker i januar 2024, en økning på 2 (25,0\u00a0%) fra desember 2023 og en nedgang på 10 (50,0\u00a0%) fra januar 2023. "
        "I tillegg kom 1 varsel fra sikkerhetsovervåkningen."
    )


def _sla(*rows: tuple) -> pd.DataFrame:
    return all_priorities(pd.DataFrame(rows, columns=["month", "priority", "within", "breached"]))


def test_sla_is_told_over_all_priorities_with_its_share_and_the_month_befores():
    table = _sla(("2024-08", "medium", 509, 46), ("2024-09", "medium", 482, 80), ("2024-09", "high", 4, 1))
    assert service_level.sla_in_short(table, "2024-09") == (
        "Av 567 feilmeldinger løst i september 2024 ble 486 løst innen fristen (85,7\u00a0%, mot 91,7\u00a0% i august); 81 brøt fristen."
    )
    alone = _sla(("2024-08", "medium", 0, 0), ("2024-09", "medium", 1, 0))
    assert service_level.sla_in_short(alone, "2024-09") == (
        "Av 1 feilmelding løst i september 2024 ble 1 løst innen fristen (100,0\u00a0%); 0 brøt fristen."
    )
    assert service_level.sla_in_short(alone, "2024-08") == "Ingen feilmeldinger ble løst i august 2024."


def test_serious_cases_are_counted_and_an_open_one_has_not_breached():
    frame = pd.DataFrame(
        {"priority": ["critical", "high", "high", "high"], "within": pd.array([True, False, None, False], "boolean")}
    )
    assert (
        service_level.serious_in_short(frame)
        == "Måneden hadde 1 sak med kritisk og 3 saker med høy prioritet; 2 av dem brøt fristen."
    )
    assert service_level.breaches(frame) == 2


def test_resolution_time_is_told_for_the_most_frequent_priority_with_its_target_as_set():
    columns = ["month", "priority", "target", "unit", "cases", "mean", "median", "old_case_share"]
    rows = [
        ("2024-09", "medium", 2.5, "days", 562, 5.9, 1.25, 0.623),
        ("2024-09", "high", 4.0, "hours", 5, 9.8, 3.0, 0.0),
    ]
    times = pd.DataFrame(rows, columns=columns)
    assert service_level.resolution_in_short(times, "2024-09") == (
        "Saker med prioritet medium tok i gjennomsnitt 5,9 dager og i median 1,3 dager, mot et mål på 2,5 dager. "
        "62,3\u00a0% av gjennomsnittet skyldes saker som var over 30 dager gamle."
    )
    assert service_level.resolution_in_short(times[1:], "2024-09").endswith("mot et mål på 4 timer.")
    assert service_level.resolution_in_short(times, "2024-08") is None


def test_old_cases_are_told_as_part_of_the_open_ones():
    ages = pd.DataFrame({"age_days": ["0-7", "7-30", "30-90", "90-365", "365-"], "open": [1, 2, 3, 4, 2]})
    assert service_desk.ageing_in_short(ages) == "Av 12 åpne saker er 6 eldre enn 90 dager (50,0\u00a0%)."
    assert service_desk.ageing_in_short(ages.assign(open=0)) == "Ingen saker er åpne."


def test_a_cut_off_is_told_only_where_it_comes_before_the_month_ends():
    assert "27. september 2024 kl. 12.00" in service_desk.cut_off_note(oslo("2024-09-27 12:00"), "2024-09")
    assert service_desk.cut_off_note(Report().cut_off_of("tickets", "2024-09"), "2024-09") is None


def test_the_sentences_of_a_month_tell_the_numbers_of_its_frames():
    book = _rich()
    told = {name: texts[0] for name, texts in _sentences(book).items()}
    created = measures.created_by_month(book).set_index("month").loc["2024-09"]
    assert f"kom inn {created.created} saker" in told["created_in_short"]
    flow = measures.flow_of(book, "incident").iloc[-1]
    assert f"feilmeldinger var {flow.open} per 27. september 2024" in told["backlog_trend"]
    rollover = measures.pc_rollover(book)
    assert f"{rollover.to_order.sum()} PC må bestilles: Aukra (1)" in told["need_in_short"]
    ready = measures.windows_readiness(book).set_index("municipality")
    assert told["windows_in_short"].startswith(
        f"{percent((1 + 1) / 4)} av PC-ene har Windows 11; 1 PC har en eldre versjon."
    )
    assert f"lavest i Molde ({percent(ready.share_windows_11['Molde'])})" in told["windows_in_short"]
    assert (
        "1 PC med levetid ut i 2024 eller før ute av uttrekket, og 4 nye er kommet til. Ingen PC-er er ute"
        in told["changes_in_short"]
    )
    assert told["coverage_in_short"].startswith(
        "Lager og bestillinger dekker 1 av 2 (50,0\u00a0%). 1 PC må bestilles, "
    )
    assert "Mest udekket er Aukra, elev (1)." in told["coverage_in_short"]
    assert (
        "2 PC-er på lager eller i bestilling er mer enn årets behov, mest hos Molde, ansatt (2)."
        in told["coverage_in_short"]
    )
    assert (
        "1 PC har en versjon som mister støtten før PC-en skal skiftes: Windows 10 22H2 (1, til 14. oktober 2025)"
        in told["support_in_short"]
    )
    assert (
        "1\u202f234 visninger i september 2024, en økning på 234 (23,4\u00a0%) fra august." in told["portal_in_short"]
    )
    assert "321 unike brukere var innom, uendret fra august; siden lanseringen 2\u202f345." in told["portal_in_short"]
    assert "1 henvendelse i september 2024, en nedgang på 2 (66,7\u00a0%) fra august." in told["chatbot_in_short"]
    assert told["rows_in_short"].startswith("1 fil med 1 rad er lest; 1 er brukt")
    investments = measures.cost_table(book, "investment").set_index("project")
    assert f"App-utvikling ({thousands(investments.actual_nok['App-utvikling'])} mot 885)" in told["overspent_projects"]
    assert "bestilling av 1 PC; investeringer som har passert" in told["decisions"]


def test_a_peak_is_told_with_what_the_suggestion_makes_of_it():
    plan = measures.replacement_plan(_peak())
    years = plan.groupby("year")[["to_buy", "suggested"]].sum()
    told = pc_plan.levelling_in_short(plan, 2026, Levelling(peak_share=0.25, within_years=1))
    assert told.startswith(f"**2026 er en topp:** {years.to_buy[2026]} PC-er, ")
    assert f"inntil ett år fram eller tilbake, blir det høyst {years.suggested.loc[2025:].max()} i ett år" in told
    assert years.suggested.max() < years.to_buy.max()
    even = pc_plan.levelling_in_short(plan, None, Levelling(peak_share=9, within_years=1))
    assert "mer enn 900\u00a0% over gjennomsnittet" in even
    assert "jevnet ut" in pc_plan.plan_alt(plan)


def test_the_plan_s_tables_add_up_and_leave_out_a_suggestion_that_changes_nothing():
    plan = measures.replacement_plan(_peak())
    owners = pc_plan.by_owner(plan, "to_buy")
    total = owners[owners.municipality == "SUM"].set_index("year").to_buy
    assert total.to_dict() == plan.groupby("year").to_buy.sum().to_dict()
    assert "suggested" in pc_plan.by_year(plan)
    assert "suggested" not in pc_plan.by_year(plan.assign(suggested=plan.to_buy))


def test_the_table_of_changes_has_strays_in_a_row_of_their_own_and_a_sum():
    book = _peak()
    moves, coverage = measures.pc_changes(book), measures.pc_coverage(book)
    table = pcs.changes_table(moves, coverage)
    assert table.municipality.tolist()[-2:] == ["unknown", "SUM"]
    assert table.iloc[-1][["replaced", "gone", "added"]].tolist() == moves[["replaced", "gone", "added"]].sum().tolist()
    due = coverage.due.sum()
    assert table.covered_share.iloc[-1] == (due - coverage.to_order.sum()) / due
    assert pd.isna(table.to_order.iloc[-2])


def test_without_monthly_users_the_days_are_not_summed_in_words_either():
    told = usage.portal_in_short(measures.usage_by_month(_sparse(), "portal"), "2024-01")
    assert told.startswith(f"Kompetanseportalen hadde 1 visning i {month_name('2024-01')}.")
    assert "summeres ikke" in told


def test_nothing_to_decide_is_said_so():
    book = make_book()
    frames = measures.pc_rollover(book), measures.cost_table(book, "investment"), measures.serious_cases(book)
    for gap in (float("nan"), 0.0, 49_000.0):
        assert summary.decisions(gap, *frames) == "Tallene gir ingen særskilte saker til oppfølging."
    assert "er 1,2 millioner kroner lavere enn modellens." in summary.decisions(1_200_000.0, *frames)
    assert "er 1,2 millioner kroner høyere enn modellens." in summary.decisions(-1_200_000.0, *frames)
    assert summary.bullets("En.", None, ["To.", None, "Tre."]) == "- En.\n- To. Tre."


def test_the_rollover_table_shows_the_need_of_a_municipality_once_and_sums_it():
    rollover = measures.pc_rollover(_rich())
    table = pcs.rollover_table(rollover)
    assert table.to_order_municipality.notna().sum() == len(rollover) // 2 + 1
    assert table.to_order_municipality.iloc[-1] == table.to_order.iloc[-1] == rollover.to_order.sum()
    assert table.municipality.iloc[-1] == "SUM"
    counts = ["expired", "expiring", "in_stock", "on_order"]
    assert table[counts].iloc[-1].tolist() == rollover[counts].sum().tolist()


def test_the_serious_table_tells_the_verdict_in_words():
    table = service_level.serious_table(measures.serious_cases(_rich()))
    assert table.outcome.tolist() == ["Brudd", "Åpen, over fristen", "Brudd: Løst-tidspunkt mangler (beregnet)"]


def test_a_month_without_a_forecast_tells_what_is_left_and_not_a_result():
    told = economy.costs_in_short(_costs(("SUM", 35e6, 89.5e6, 54.5e6, None)), "operating", "2024-01")
    assert told.endswith(
        "Det er ikke vedtatt prognose; 54,5 millioner kroner (60,9\u00a0% av budsjettet) står igjen av årsbudsjettet."
    )


def test_a_month_without_serious_cases_says_so_once():
    frame = pd.DataFrame({"priority": [], "within": pd.array([], "boolean")})
    assert service_level.serious_in_short(frame) == "Måneden hadde ingen saker med kritisk eller høy prioritet."


def _responses(within: int, breached: int, unknown: int) -> pd.DataFrame:
    rows = {
        "month": ["2024-08", "2024-09"],
        "priority": "high",
        "within": [9, within],
        "breached": [9, breached],
        "unknown": [9, unknown],
    }
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((5, 1, 0), "Av 6 nye saker med frist for første svar i september 2024 ble 5 besvart innen fristen og 1 for sent."),
        ((3, 0, 0), "Av 3 nye saker med frist for første svar i september 2024 ble 3 besvart innen fristen og ingen for sent."),
        ((3, 1, 2), "Av 6 nye saker med frist for første svar i september 2024 ble 3 besvart innen fristen (75,0\u00a0% av dem med kjent svartid) og 1 for sent. For 2 er svartiden ikke kjent."),
        ((0, 0, 1), "1 ny sak i september 2024 hadde frist for første svar; svartiden er ikke kjent."),
        ((0, 0, 0), "Ingen nye saker i september 2024 hadde frist for første svar."),
    ],
)  # fmt: skip
def test_first_responses_are_told_of_the_known_ones_and_the_others_counted(counts, told):
    assert service_level.response_in_short(_responses(*counts), "2024-09") == told


def test_nothing_is_told_of_responses_where_none_is_promised():
    assert service_level.response_in_short(_responses(1, 1, 1).head(0), "2024-09") is None


def test_the_causes_of_breaches_are_told_with_their_number():
    causes = pd.DataFrame({"cause": ["waiting", "reopened", "unknown"], "breached": [12, 3, 66]})
    assert service_level.causes_in_short(causes) == (
        "De 81 bruddene har disse sannsynlige årsakene: lang ventetid (12), gjenåpnet (3) og ikke kjent (66). "
        "Ventetiden er alt trukket fra tiden som måles mot fristen."
    )
    assert (
        service_level.causes_in_short(causes[1:2].assign(breached=1))
        == "Bruddet har denne sannsynlige årsaken: gjenåpnet (1)."
    )
    assert service_level.causes_in_short(causes.head(0)) is None


def test_the_systems_own_verdict_is_told_beside_ours():
    pairs = {
        "both_within": 70,
        "both_breached": 20,
        "only_we_breached": 7,
        "only_source_breached": 3,
        "no_flag": 900,
        "share_agreed": 0.9,
    }
    assert service_level.verdicts_in_short(pd.DataFrame([{"month": "2024-09"} | pairs]), "2024-09") == (
        "Saksystemet har selv dømt 100 løste feilmeldinger i september 2024, likt med rapporten for 90,0\u00a0%. "
        "7 er brudd bare i rapporten, 3 bare i saksystemet."
    )


def test_the_municipality_with_most_open_cases_is_told():
    places = pd.DataFrame({"municipality": ["Molde", "unknown"], "open": [216, 222 - 216], "open_old": [17, 0]})
    assert (
        service_desk.open_places_in_short(places)
        == "Flest åpne saker har Molde: 216 av 222 (97,3\u00a0%), og 17 av dem er eldre enn 90 dager."
    )
    assert service_desk.open_places_in_short(places[1:]) == "Flest åpne saker har Ikke oppgitt: 6 av 6 (100,0\u00a0%)."


def test_cases_without_a_time_of_solution_are_told():
    imputed = pd.DataFrame({"month": ["2024-08", "2024-09"], "resolved": [3, 1265], "imputed": [0, 17]})
    assert service_desk.imputed_in_short(imputed, "2024-09") == (
        "For 17 av 1\u202f265 løste saker i september 2024 mangler løst-tidspunktet; de regnes som løst da de ble lukket."
    )
    assert service_desk.imputed_in_short(imputed, "2024-08") is None


@pytest.mark.parametrize(
    ("cause", "source", "told"),
    [
        ("Feil hos leverandør", "written", "Brudd: Feil hos leverandør"),
        ("waiting_supplier", "data", "Brudd: Ventet på leverandør (beregnet)"),
        (None, None, "Brudd"),
    ],
)
def test_a_cause_that_the_data_tell_is_marked_as_computed(cause, source, told):
    case = {
        "date": pd.Timestamp("2024-09-03"),
        "municipality": "Molde",
        "priority": "high",
        "hours": 9.0,
        "target_hours": 4.0,
    }
    row = pd.DataFrame(
        [
            case
            | {
                "category": "Nett",
                "is_open": False,
                "within": False,
                "summary": "Nede",
                "cause": cause,
                "cause_from": source,
            }
        ]
    )
    table = service_level.serious_table(row.astype({"within": "boolean", "cause": "str", "cause_from": "str"}))
    assert table.outcome.tolist() == [told]


@pytest.mark.parametrize(("days", "told"), [(5, False), (5.01, True)])
def test_a_silence_longer_than_easter_is_told(days, told):
    cut_off = pd.Timestamp("2024-11-30 23:59", tz="Europe/Oslo")
    note = service_desk.silence_note(cut_off - pd.Timedelta(days=days), cut_off)
    assert (note is not None) is told
    assert note is None or "25. november 2024 kl. 23.44. De rekker trolig ikke til 30. november 2024 kl. 23.59" in note


def test_without_cases_there_is_no_silence():
    assert service_desk.silence_note(pd.NaT, pd.Timestamp("2024-11-30", tz="Europe/Oslo")) is None


@pytest.mark.parametrize(
    ("within", "is_open", "told"),
    [
        (True, False, "Innenfor frist"),
        (False, False, "Brudd"),
        (pd.NA, True, "Åpen"),
        (False, True, "Åpen, over fristen"),
    ],
)
def test_an_open_case_over_its_target_is_told_as_such(within, is_open, told):
    assert service_level.outcome(within, is_open) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0, 0), "Ingen PC-er mister støtten før de skal skiftes."),
        (
            (0, 0, 2),
            "Ingen PC-er med kjent støtte mister støtten før de skal skiftes. For 2 PC-er er versjonen eller utskiftingsåret ikke kjent.",
        ),
    ],
)
def test_nothing_is_said_of_the_support_of_pcs_whose_support_is_not_known(counts, told):
    columns = ["support_ended", "support_ends_early", "support_unknown"]
    row = {"version": "Windows 11 23H2", "supported_until": pd.Timestamp("2026-11-10")} | dict(
        zip(columns, counts, strict=True)
    )
    assert windows.support_in_short(pd.DataFrame([row])) == told
