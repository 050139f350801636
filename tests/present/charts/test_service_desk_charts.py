"""The service desk's charts on ordinary and nasty data, and where nothing is known."""

from __future__ import annotations

import pandas as pd
import pytest
from drawings import LONG_NAMES, assert_sound, assert_texts_are_apart_and_norwegian, drawn, drawn_texts, words

from rorikt_lib.present.charts import backlog as backlog_charts
from rorikt_lib.present.charts import service_desk as service_desk_charts
from rorikt_lib.present.charts import service_level as service_level_charts
from rorikt_lib.terms.period import last_months
from rorikt_lib.tickets.volume import AGE_BANDS

NAN = float("nan")
PLACES = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes", "unknown"]
LONG = "Et system for lønn, økonomi, personal, fravær, reiser og alt det andre som ingen husket å nevne i bestillingen"


def monthly(**columns: list) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame({"month": last_months("2024-09", count), **columns})


def categories(rows: dict[str, tuple[int, int, int]]) -> pd.DataFrame:
    months = ["2023-09", "2024-08", "2024-09"]
    tidy = [(name, month, n) for name, counts in rows.items() for month, n in zip(months, counts, strict=True)]
    return pd.DataFrame(tidy, columns=["category", "month", "created"])


def places(created: list[int], users: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"municipality": PLACES[: len(created)], "created": created})
    return table.assign(share=table.created / max(sum(created), 1), per_100_users=100 * table.created / users)


def ages(incidents: list[int], requests: list[int]) -> pd.DataFrame:
    rows = [
        (band, kind, n)
        for band, i, r in zip(AGE_BANDS, incidents, requests, strict=True)
        for kind, n in (("incident", i), ("request", r))
    ]
    return pd.DataFrame(rows, columns=["age_days", "type", "open"])


def resolution(mean: list[float], median: list[float], unit: str = "days", target: float = 3.0) -> pd.DataFrame:
    return monthly(mean=mean, median=median).assign(unit=unit, target=target)


CATEGORIES = {
    "Databruker, tilganger og innlogging": (350, 410, 300), "PC, mobiltelefon og tilbehør": (160, 210, 175),
    "Rådgivning": (140, 149, 153), "Standardapplikasjoner": (120, 131, 116), "Fagsystem helse": (80, 70, 95),
    "Fagsystem oppvekst": (60, 120, 90), "Nettverk": (55, 66, 71), "E-post og kalender": (60, 48, 62), "Telefoni": (40, 33, 45),
    "Utskrift": (30, 30, 38), "Sikkerhet": (12, 18, 30), "Møterom": (8, 9, 25), "unknown": (10, 5, 21),
}  # fmt: skip
# Name → chart function and its frame. The first of each function is an ordinary month.
CASES = {
    "created_by": (service_desk_charts.created_by, categories(CATEGORIES)),
    "created_by: few": (service_desk_charts.created_by, categories({"Rådgivning": (0, 0, 4), LONG: (9000, 1, 3)})),
    "created_by: one": (service_desk_charts.created_by, categories({"unknown": (0, 0, 1)})),
    "created_by: only this month": (service_desk_charts.created_by, categories({"Pris i $ og $": (0, 0, 7)})[2:]),
    "created_by: many long": (service_desk_charts.created_by, categories({f"{n} {LONG}": (n, 10 * n, n) for n in range(20)})),
    "created_per_municipality": (service_desk_charts.created_per_municipality, places([88, 260, 601, 120, 176], [383, 964, 2465, 516, 632])),
    "created_per_municipality: unknown": (service_desk_charts.created_per_municipality, places([0, 0, 1_000_000, 1, 2, 3], [383, 964, 3, 516, 632, NAN])),
    "created_per_municipality: none": (service_desk_charts.created_per_municipality, places([0] * 5, [383, 964, 2465, 516, 632])),
    "flow": (backlog_charts.flow, monthly(
        created=[1310, 1290, 1402, 980, 1510, 1433, 1270, 1388, 1240, 1010, 620, 1630, 1245],
        resolved=[1290, 1330, 1380, 1010, 1320, 1530, 1300, 1350, 1290, 1080, 540, 1520, 1402],
        open=[560, 520, 542, 512, 702, 605, 575, 613, 563, 493, 573, 595, 438],
    )),
    "flow: one month": (backlog_charts.flow, monthly(created=[3], resolved=[3], open=[0])),
    "flow: same": (backlog_charts.flow, monthly(created=[900] * 13, resolved=[900] * 13, open=[0] * 13)),
    "flow: huge": (backlog_charts.flow, monthly(created=[9e7] * 13, resolved=[1e7] * 13, open=[8e7 * n for n in range(13)])),
    "flow: three years": (backlog_charts.flow, monthly(created=list(range(36)), resolved=list(range(36)), open=[4] * 36)),
    "open_by_age": (backlog_charts.open_by_age, ages([45, 31, 22, 12, 3], [71, 104, 88, 51, 11])),
    "open_by_age: thin parts": (backlog_charts.open_by_age, ages([1, 0, 1, 900, 0], [900, 0, 1, 1, 2])),
    "open_by_age: none": (backlog_charts.open_by_age, ages([0] * 5, [0] * 5)),
    "open_by_age: huge": (backlog_charts.open_by_age, ages([10**8] * 5, [1, 10**8, 0, 5, 9])),
    "sla_months": (service_level_charts.sla_months, monthly(share_within=[0.91, 0.9, 0.88, 0.93, 0.87, 0.89, 0.92, 0.905, 0.91, 0.9, 0.9, 0.918, 0.857], share_within_target=0.9)),
    "sla_months: extremes": (service_level_charts.sla_months, monthly(share_within=[0, 1, NAN, 1, NAN], share_within_target=NAN)),
    "sla_months: one": (service_level_charts.sla_months, monthly(share_within=[1.0], share_within_target=[0.925])),
    "resolution_months": (service_level_charts.resolution_months, resolution([4.1, 3.9, 5.5, 6.0, 4.4, 4.2, 3.8, 5.1, 4.6, 4.9, 5.0, 4.0, 5.9], [1.1, 1.0, 1.2, 1.3, 1.0, 0.9, 0.8, 1.2, 1.1, 1.0, 1.4, 1.1, 1.2])),
    "resolution_months: equal": (service_level_charts.resolution_months, resolution([3.0] * 4, [3.0] * 4)),
    "resolution_months: outlier and gaps": (service_level_charts.resolution_months, resolution([NAN, 0.2, 41.9e3, NAN], [NAN, 0.1, 2, NAN], "hours", 4.0)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.deep
def test_texts_are_apart_and_norwegian(name):
    assert_texts_are_apart_and_norwegian(CASES[name])


@pytest.mark.parametrize("long", LONG_NAMES)
@pytest.mark.filterwarnings("error")
@pytest.mark.deep
def test_a_long_name_of_a_category_or_a_municipality_has_room(long):
    by_category = categories({"Rådgivning": (0, 0, 4), long: (9000, 1, 1_000_000)})
    by_place = places([0, 1_000_000], [383, 964]).replace({"municipality": {"Aukra": long}})
    assert_texts_are_apart_and_norwegian((service_desk_charts.created_by, by_category))
    assert_texts_are_apart_and_norwegian((service_desk_charts.created_per_municipality, by_place))


@pytest.mark.parametrize("name", [name for name in CASES if ":" not in name])
@pytest.mark.deep
def test_a_chart_is_drawn_alike_from_the_same_frame_and_leaves_all_alone(name):
    assert_sound(CASES[name])


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (backlog_charts.flow, monthly(created=[NAN], resolved=[NAN], open=[NAN])),
        (service_level_charts.sla_months, monthly(share_within=[NAN], share_within_target=[NAN])),
        (service_level_charts.resolution_months, resolution([NAN], [NAN])),
    ],
)
def test_where_nothing_is_known_nothing_is_drawn(draw, frame):
    assert draw(frame) is None


def test_categories_after_the_tenth_are_added_together():
    chart = drawn(CASES["created_by"])
    shown = words(chart)
    assert {"Andre", "76", "300", "september 2024", "august 2024", "september 2023"} <= set(shown)
    assert "Møterom" not in shown
    before, last_year = (line.get_xdata()[-1] for line in chart.axes[0].lines)
    assert (before, last_year) == (18 + 9 + 5, 12 + 8 + 10)


def test_a_dollar_sign_in_a_category_is_a_dollar_sign():
    texts = drawn_texts(drawn(CASES["created_by: only this month"]))
    assert [text.get_parse_math() for text in texts if "$" in text.get_text()] == [False]


def test_a_municipality_without_known_users_has_a_dash_per_100_users():
    chart = drawn(CASES["created_per_municipality: unknown"])
    assert "Ikke oppgitt" in words(chart)
    assert words(chart).count("–") == 1


def test_the_flow_labels_its_last_month():
    assert {"Nye 1 245", "Løste 1 402", "Åpne 438"} <= set(words(drawn(CASES["flow"])))


def test_an_open_part_too_narrow_for_its_number_stands_beside_the_sum():
    assert {"45", "71", "116", "Inntil 7 dager", "Feilmelding"} <= set(words(drawn(CASES["open_by_age"])))
    assert {"901 (1 + 900)", "901 (900 + 1)", "0", "2"} <= set(words(drawn(CASES["open_by_age: thin parts"])))


def test_the_service_level_is_a_share_of_at_most_100_percent():
    chart = drawn(CASES["sla_months"])
    assert {"Innenfor frist 85,7 %", "100 %", "Mål 90 %"} <= set(words(chart))
    low, high = chart.axes[0].get_ylim()
    assert low < 85.7
    assert 100 < high < 105


def test_resolution_time_is_shown_as_mean_median_and_target_in_its_unit():
    assert {"Gjennomsnitt 5,9", "Median 1,2", "Frist 3", "dager"} <= set(words(drawn(CASES["resolution_months"])))
    assert "timer" in words(drawn(CASES["resolution_months: outlier and gaps"]))
