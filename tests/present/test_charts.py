"""Every chart on ordinary, nasty and absent data: nothing overlaps, all is Norwegian, the same data give the same bytes."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from rorikt_lib.present import charts, show
from rorikt_lib.present.charts.ends import spread
from rorikt_lib.present.charts.scales import NorwegianNumbers, row_name
from rorikt_lib.present.charts.style import ACCENT, NO_FIGURES, Chart
from rorikt_lib.terms.period import last_months

NAN = float("nan")
PLACES = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]
BANDS = ["0-7", "7-30", "30-90", "90-365", "365-"]
LONG = "Et system for lønn, økonomi, personal, fravær, reiser og alt det andre som ingen husket å nevne i bestillingen"
MILLION = 1e6


def course(
    actual: list[float], budget: list[float] | None = None, model: tuple[float, float, float] = (NAN, NAN, NAN)
) -> pd.DataFrame:
    """The year's course in millions. model: the year's end and its interval, to which it runs evenly from what is booked."""
    budget = budget or [7.5 * n for n in range(1, 13)]
    table = {"actual_nok": [*actual, *[NAN] * (12 - len(actual))], "budget_nok": budget}
    steps = np.arange(13 - max(len(actual), 1)) / max(12 - len(actual), 1)
    for column, end in zip(("model_nok", "low_nok", "high_nok"), model, strict=True):
        start = actual[-1] if actual else NAN
        table[column] = [*[NAN] * (12 - len(steps)), *(start + (end - start) * steps)]
    return pd.DataFrame({"month": last_months("2024-12", 12)} | {c: np.array(v) * MILLION for c, v in table.items()})


def costs(*lines: tuple[str, float, float, float], column: str = "expense_type", total: bool = True) -> pd.DataFrame:
    table = pd.DataFrame(lines, columns=[column, "actual_nok", "budget_nok", "forecast_nok"])
    if total:
        summed = (
            table[["actual_nok", "budget_nok", "forecast_nok"]].sum(skipna=False).to_frame().T.assign(**{column: "SUM"})
        )
        table = pd.concat([table, summed], ignore_index=True)[table.columns]
    money = ["actual_nok", "budget_nok", "forecast_nok"]
    table[money] = table[money].astype(float) * 1000
    return table.assign(variance_nok=table.budget_nok - table.forecast_nok.fillna(table.actual_nok))


OPERATING = costs(
    ("Lønn", 20474, 32527, 29893), ("Drift av stab og lokaler", 2789, 3440, 3250), ("Kjøp/leasing", 132, 326, 176),
    ("Konsulenter", 2602, 500, 2602), ("Lisens, vedlikehold og support", 52009, 53174, 54648),
    ("Samband og Tele", 3173, 4442, 4292), ("Inntekter", -6163, -4932, -7323),
)  # fmt: skip
PROJECTS = costs(
    ("Innbyggerportal", 25, 600, 400), ("Videreutvikling P360 og M365", 174, 300, 200), ("Helseplattformen", 101, 0, 101),
    ("Digitalisering teknisk sektor", 376, 900, 500), ("Visma Enterprise+", 273, 500, 300), ("App-utvikling", 1982, 885, 1885),
    ("Uforutsette kommuneprosjekter", 427, 300, 500), ("Grunnmur del 3", 65, 4000, 1500), ("Beredskapsplattform", 0, 1315, 0),
    ("Nytt system for lønn, økonomi og personal", 0, 200, 200), column="project",
)  # fmt: skip


def plan(counts: list[tuple[int, int]], first: int = 2024) -> pd.DataFrame:
    rows = [
        (place, group, first + i, n if place == "Molde" else 0)
        for i, pair in enumerate(counts)
        for group, n in zip(("staff", "pupil"), pair, strict=True)
        for place in PLACES
    ]
    table = pd.DataFrame(rows, columns=["municipality", "user_group", "year", "to_buy"])
    return table.assign(cost_nok=table.to_buy * 7_654.0, suggested=table.to_buy)


def spread_plan(counts: list[tuple[int, int]], suggested: list[int]) -> pd.DataFrame:
    """As `plan`, with so many PCs suggested for each year."""
    table = plan(counts)
    is_molde = (table.municipality == "Molde") & (table.user_group == "staff")
    return table.assign(
        suggested=table.year.map(dict(zip(range(2024, 2030), suggested, strict=False))).where(is_molde, 0)
    )


def windows(*counts: tuple[int, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(counts, columns=["windows_11", "older_windows", "unknown_build"])
    total = table.sum(axis=1)
    table["share_windows_11"] = (table.windows_11 / total).where(total > 0)
    table.insert(0, "municipality", [*PLACES, LONG][: len(table)])
    return table


def days(views: list[float | None], users: list[float | None], first: str = "2024-09-01") -> pd.DataFrame:
    date = pd.Series(pd.date_range(first, periods=len(views)))
    counts = {"views": pd.array(views, dtype="Int64"), "unique_users": pd.array(users, dtype="Int64")}
    return pd.DataFrame({"date": date, **counts, "is_weekend": date.dt.day_of_week >= 5})


def monthly(**columns: list) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame({"month": last_months("2024-09", count) if count else [], **columns})


def categories(rows: dict[str, tuple[int, int, int]]) -> pd.DataFrame:
    months = ["2023-09", "2024-08", "2024-09"]
    tidy = [(name, month, n) for name, counts in rows.items() for month, n in zip(months, counts, strict=True)]
    return pd.DataFrame(tidy, columns=["category", "month", "created"])


def places(created: list[int], users: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"municipality": [*PLACES, "unknown"][: len(created)], "created": created})
    return table.assign(share=table.created / max(sum(created), 1), per_100_users=100 * table.created / users)


def ages(incidents: list[int], requests: list[int]) -> pd.DataFrame:
    rows = [
        (b, t, n)
        for b, i, r in zip(BANDS, incidents, requests, strict=True)
        for t, n in (("incident", i), ("request", r))
    ]
    return pd.DataFrame(rows, columns=["age_days", "type", "open"])


def resolution(mean: list[float], median: list[float], unit: str = "days", target: float = 3.0) -> pd.DataFrame:
    return monthly(mean=mean, median=median).assign(unit=unit, target=target)


WEEKDAYS = [
    4,
    61,
    88,
    102,
    95,
    70,
    8,
    6,
    120,
    131,
    140,
    99,
    85,
    12,
    9,
    77,
    91,
    88,
    79,
    60,
    5,
    3,
    70,
    81,
    66,
    92,
    54,
    7,
    2,
    66,
]
CATEGORIES = {
    "Databruker, tilganger og innlogging": (350, 410, 300), "PC, mobiltelefon og tilbehør": (160, 210, 175),
    "Rådgivning": (140, 149, 153), "Standardapplikasjoner": (120, 131, 116), "Fagsystem helse": (80, 70, 95),
    "Fagsystem oppvekst": (60, 120, 90), "Nettverk": (55, 66, 71), "E-post og kalender": (60, 48, 62), "Telefoni": (40, 33, 45),
    "Utskrift": (30, 30, 38), "Sikkerhet": (12, 18, 30), "Møterom": (8, 9, 25), "unknown": (10, 5, 21),
}  # fmt: skip
EMPTY_USAGE = days([None] * 3, [None] * 3)

# Name → chart function and its arguments. The first of each function is an ordinary month.
CASES = {
    "operating_course": (charts.operating_course, course([9, 21, 27, 33, 38, 45, 50, 62, 75], model=(90.1, 85.9, 94.8)), 87.5 * MILLION),
    "operating_course: close ends": (charts.operating_course, course([9, 21, 27, 33, 38, 45, 50, 62, 75], model=(90.8, 90.5, 91.5)), 89.9 * MILLION),
    "operating_course: all ends equal": (charts.operating_course, course([7.5 * n for n in range(1, 10)], model=(90, 90, 90)), 90 * MILLION),
    "operating_course: January": (charts.operating_course, course([9], model=(108, 88, 130)), 90 * MILLION),
    "operating_course: January under budget": (charts.operating_course, course([2], model=(87, 24, 95)), 89 * MILLION),
    "operating_course: June": (charts.operating_course, course([35, 46, 53, 58, 62, 63], model=(88.8, 86.9, 90.6)), 89 * MILLION),
    "operating_course: November": (charts.operating_course, course([8.2 * n for n in range(1, 12)], model=(90.5, 90, 92)), 91 * MILLION),
    "operating_course: December": (charts.operating_course, course([7.4 * n for n in range(1, 13)]), 89 * MILLION),
    "operating_course: over budget": (charts.operating_course, course([12 * n for n in range(1, 8)], model=(144, 120, 150)), 130 * MILLION),
    "operating_course: income": (charts.operating_course, course([-3 * n for n in range(1, 6)], [-4 * n for n in range(1, 13)], (-36, -41, -30)), -40 * MILLION),
    "operating_course: income in autumn": (charts.operating_course, course([-3 * n for n in range(1, 11)], [-4 * n for n in range(1, 13)], (-36, -41, -30)), -40 * MILLION),
    "operating_course: no interval": (charts.operating_course, course([7 * n for n in range(1, 10)], model=(85, NAN, NAN)), 87 * MILLION),
    "operating_course: only adopted": (charts.operating_course, course([7 * n for n in range(1, 10)]), 87 * MILLION),
    "operating_course: nothing forecast": (charts.operating_course, course([6, 13]), NAN),
    "operating_course: nothing forecast in autumn": (charts.operating_course, course([7 * n for n in range(1, 10)]), NAN),
    "operating_course: nothing booked": (charts.operating_course, course([]), NAN),
    "operating_course: only zeros": (charts.operating_course, course([0] * 9, [0.0] * 12, (0, 0, 0)), 0.0),
    "operating_course: only zeros in June": (charts.operating_course, course([0] * 6, [0.0] * 12, (0, 0, 0)), 0.0),
    "operating_course: huge": (charts.operating_course, course([9e5 * n for n in range(1, 9)], [1e6 * n for n in range(1, 13)], (1.2e7, 1.0e7, 1.3e7)), 1.1e7 * MILLION),
    "operating_course: small": (charts.operating_course, course([0.01 * n for n in range(1, 9)], [0.012 * n for n in range(1, 13)], (0.13, 0.12, 0.14)), 0.13 * MILLION),
    "operating_variance": (charts.operating_variance, OPERATING),
    "operating_variance: only overspent": (charts.operating_variance, costs(("Lønn", 5, 3, NAN), ("Konsulenter", 9, 1, 8))),
    "operating_variance: one line": (charts.operating_variance, costs(("Lønn", 1, 2, 1), total=False)),
    "operating_variance: huge": (charts.operating_variance, costs(("Lønn", 1, 9e9, 1), (LONG, 9e9, 1, 8e9), ("Inntekter", 0, 0, 0))),
    "operating_variance: zero": (charts.operating_variance, costs(("Lønn", 0, 0, 0))),
    "operating_variance: investments": (charts.operating_variance, PROJECTS),
    "investment_lines": (charts.investment_lines, PROJECTS),
    "investment_lines: no forecast": (charts.investment_lines, costs(("Innbyggerportal", 2e3, 1e3, NAN), column="project")),
    "investment_lines: refund": (charts.investment_lines, costs(("App", -300, 100, 0), (LONG, 9e7, 8e7, 7e7), column="project")),
    "investment_lines: zero": (charts.investment_lines, costs(("App", 0, 0, 0), column="project")),
    "pcs_per_year": (charts.pcs_per_year, plan([(389, 620), (210, 480), (333, 512), (402, 611), (280, 590)])),
    "pcs_per_year: spread": (charts.pcs_per_year, spread_plan([(389, 620), (210, 480), (333, 1512), (402, 611), (280, 590)], [1009, 1100, 1110, 1120, 1190])),
    "pcs_per_year: spread to none": (charts.pcs_per_year, spread_plan([(0, 0), (0, 0), (5, 900)], [0, 452, 453])),
    "pcs_per_year: few": (charts.pcs_per_year, plan([(0, 1), (1, 0), (0, 0), (900, 2), (1, 1)])),
    "pcs_per_year: one year": (charts.pcs_per_year, plan([(3, 0)])),
    "pcs_per_year: none": (charts.pcs_per_year, plan([(0, 0), (0, 0)])),
    "pcs_per_year: huge": (charts.pcs_per_year, plan([(1_250_000, 9_000_000)] * 5)),
    "windows_readiness": (charts.windows_readiness, windows((212, 31, 2), (610, 120, 11), (1502, 201, 20), (288, 66, 0), (351, 40, 4))),
    "windows_readiness: none and nearly": (charts.windows_readiness, windows((0, 0, 0), (0, 9, 0), (9999, 1, 0), (1, 0, 0), (0, 0, 3), (999_999, 5, 5))),
    "portal_days": (charts.portal_days, days(WEEKDAYS, [n // 3 + 1 for n in WEEKDAYS])),
    "portal_days: gaps": (charts.portal_days, days([5, None, 7, 0, None], [None, None, 2, 0, None], "2024-10-02")),
    "portal_days: same height": (charts.portal_days, days([9] * 31, [9] * 31, "2024-10-01")),
    "portal_days: huge": (charts.portal_days, days([10_000_000] * 28, [9_999_999] * 28, "2023-02-01")),
    "portal_months": (charts.portal_months, monthly(views=[NAN] * 6 + [812, 1210, 1544, 900, 640, 1702, 1961], unique_users=[NAN] * 6 + [210, 280, 301, 190, 120, 344, 375])),
    "portal_months: one": (charts.portal_months, monthly(views=[1961], unique_users=[375])),
    "portal_months: users unknown": (charts.portal_months, monthly(views=[1, 2, 1961], unique_users=[NAN] * 3)),
    "portal_months: equal and huge": (charts.portal_months, monthly(views=[5e7] * 13, unique_users=[5e7] * 13)),
    "portal_months: last missing": (charts.portal_months, monthly(views=[5, 7, None], unique_users=[2, None, None])),
    "chatbot_months": (charts.chatbot_months, monthly(inquiries=[31, 44, 52, 61, 40, 38, 57, 66, 49, 12, 8, 47, 56])),
    "chatbot_months: huge and missing": (charts.chatbot_months, monthly(inquiries=[NAN, 1e7, 2, 0, 1.2e7])),
    "chatbot_months: huge": (charts.chatbot_months, monthly(inquiries=[1e7 + n for n in range(13)])),
    "chatbot_months: zero": (charts.chatbot_months, monthly(inquiries=[0])),
    "created_by_category": (charts.created_by_category, categories(CATEGORIES)),
    "created_by_category: few": (charts.created_by_category, categories({"Rådgivning": (0, 0, 4), LONG: (9000, 1, 3)})),
    "created_by_category: one": (charts.created_by_category, categories({"unknown": (0, 0, 1)})),
    "created_by_category: only this month": (charts.created_by_category, categories({"Pris i $ og $": (0, 0, 7)})[2:]),
    "created_by_category: many long": (charts.created_by_category, categories({f"{n} {LONG}": (n, 10 * n, n) for n in range(20)})),
    "created_per_municipality": (charts.created_per_municipality, places([88, 260, 601, 120, 176], [383, 964, 2465, 516, 632])),
    "created_per_municipality: unknown": (charts.created_per_municipality, places([0, 0, 1_000_000, 1, 2, 3], [383, 964, 3, 516, 632, NAN])),
    "created_per_municipality: none": (charts.created_per_municipality, places([0] * 5, [383, 964, 2465, 516, 632])),
    "flow": (charts.flow, monthly(
        created=[1310, 1290, 1402, 980, 1510, 1433, 1270, 1388, 1240, 1010, 620, 1630, 1245],
        resolved=[1290, 1330, 1380, 1010, 1320, 1530, 1300, 1350, 1290, 1080, 540, 1520, 1402],
        open=[560, 520, 542, 512, 702, 605, 575, 613, 563, 493, 573, 595, 438],
    )),
    "flow: one month": (charts.flow, monthly(created=[3], resolved=[3], open=[0])),
    "flow: same": (charts.flow, monthly(created=[900] * 13, resolved=[900] * 13, open=[0] * 13)),
    "flow: huge": (charts.flow, monthly(created=[9e7] * 13, resolved=[1e7] * 13, open=[8e7 * n for n in range(13)])),
    "flow: three years": (charts.flow, monthly(created=list(range(36)), resolved=list(range(36)), open=[4] * 36)),
    "open_by_age": (charts.open_by_age, ages([45, 31, 22, 12, 3], [71, 104, 88, 51, 11])),
    "open_by_age: thin parts": (charts.open_by_age, ages([1, 0, 1, 900, 0], [900, 0, 1, 1, 2])),
    "open_by_age: none": (charts.open_by_age, ages([0] * 5, [0] * 5)),
    "open_by_age: huge": (charts.open_by_age, ages([10**8] * 5, [1, 10**8, 0, 5, 9])),
    "sla_months": (charts.sla_months, monthly(share_within=[0.91, 0.9, 0.88, 0.93, 0.87, 0.89, 0.92, 0.905, 0.91, 0.9, 0.9, 0.918, 0.857])),
    "sla_months: extremes": (charts.sla_months, monthly(share_within=[0, 1, NAN, 1, NAN])),
    "sla_months: one": (charts.sla_months, monthly(share_within=[1.0])),
    "resolution_months": (charts.resolution_months, resolution([4.1, 3.9, 5.5, 6.0, 4.4, 4.2, 3.8, 5.1, 4.6, 4.9, 5.0, 4.0, 5.9], [1.1, 1.0, 1.2, 1.3, 1.0, 0.9, 0.8, 1.2, 1.1, 1.0, 1.4, 1.1, 1.2])),
    "resolution_months: equal": (charts.resolution_months, resolution([3.0] * 4, [3.0] * 4)),
    "resolution_months: outlier and gaps": (charts.resolution_months, resolution([NAN, 0.2, 41.9e3, NAN], [NAN, 0.1, 2, NAN], "hours", 4.0)),
}  # fmt: skip
EMPTY = {
    "operating_course": (charts.operating_course, course([])[:0], NAN),
    "operating_variance": (charts.operating_variance, OPERATING[:0]),
    "investment_lines": (charts.investment_lines, PROJECTS[:0]),
    "pcs_per_year": (charts.pcs_per_year, plan([])),
    "windows_readiness": (charts.windows_readiness, windows()),
    "portal_days": (charts.portal_days, EMPTY_USAGE),
    "portal_months": (charts.portal_months, monthly(views=[NAN], unique_users=[NAN])),
    "chatbot_months": (charts.chatbot_months, monthly(inquiries=[None, None])),
    "created_by_category": (charts.created_by_category, categories({})),
    "created_per_municipality": (charts.created_per_municipality, places([], [])),
    "flow": (charts.flow, monthly(created=[], resolved=[], open=[])),
    "open_by_age": (charts.open_by_age, ages([0] * 5, [0] * 5)[:0]),
    "sla_months": (charts.sla_months, monthly(share_within=[NAN])),
    "resolution_months": (charts.resolution_months, resolution([NAN], [NAN])),
}
ORDINARY = {name: case for name, case in CASES.items() if ":" not in name}
OUR_TERMS = {
    "staff",
    "pupil",
    "incident",
    "request",
    "unknown",
    "days",
    "hours",
    "SUM",
    "low",
    "medium",
    "high",
    "critical",
}


def drawn_texts(chart: Chart) -> list[Text]:
    """The texts that drawing the chart puts on paper."""
    texts = []
    original = Text.draw

    def note(text: Text, renderer) -> None:
        if text.get_visible() and text.get_text().strip():
            texts.append(text)
        original(text, renderer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", note)
        chart.draw_without_rendering()
    return texts


def words(chart: Chart) -> list[str]:
    return [text.get_text().replace("\u202f", " ").replace("\u00a0", " ") for text in drawn_texts(chart)]


def boxes(texts: list[Text]) -> list[tuple[str, object]]:
    # An annotation's own extent would take in the line that ties it to its point.
    return [(text.get_text(), Text.get_window_extent(text)) for text in texts]


def contrast_to_white(colour: object) -> float:
    """WCAG 2 contrast ratio."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgba(colour)[:3]]
    return 1.05 / (0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2] + 0.05)


@pytest.mark.parametrize("name", CASES)
def test_no_text_touches_another_or_leaves_the_chart(name):
    draw, *arguments = CASES[name]
    chart = draw(*arguments)
    width, height = chart.bbox.width, chart.bbox.height
    known = boxes(drawn_texts(chart))
    outside = [t for t, b in known if b.x0 < -1 or b.y0 < -1 or b.x1 > width + 1 or b.y1 > height + 1]
    assert outside == []
    touching = [
        (first, second)
        for (first, a), (second, b) in itertools.combinations(known, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert touching == []


@pytest.mark.parametrize("name", CASES)
def test_every_text_is_norwegian(name):
    draw, *arguments = CASES[name]
    for text in words(draw(*arguments)):
        assert not re.search(r"\d\.\d|-\d|\d,\d{3}\b|\bnan\b|\d{4,}(?!\d*$)", text), text
        assert not OUR_TERMS & set(re.split(r"\W+", text)), text


@pytest.mark.parametrize("name", EMPTY)
def test_a_chart_without_figures_says_so(name):
    draw, *arguments = EMPTY[name]
    assert words(draw(*arguments)) == [NO_FIGURES]


@pytest.mark.parametrize("name", ORDINARY)
def test_the_same_frame_gives_the_same_svg_with_outlined_texts(name):
    draw, *arguments = ORDINARY[name]
    first, second = (show.chart(draw(*arguments), "x", "", "").svg for _ in range(2))
    assert first == second
    assert "<text" not in first
    assert "<dc:date" not in first


@pytest.mark.parametrize("name", ORDINARY)
def test_a_chart_leaves_its_frame_and_the_settings_of_matplotlib_alone(name):
    draw, *arguments = ORDINARY[name]
    before, settings = arguments[0].copy(deep=True), dict(mpl.rcParams)
    draw(*arguments)
    pd.testing.assert_frame_equal(arguments[0], before)
    assert dict(mpl.rcParams) == settings


@pytest.mark.parametrize("name", ORDINARY)
def test_marks_stand_out_from_white_three_to_one_and_words_more(name):
    draw, *arguments = ORDINARY[name]
    chart = draw(*arguments)
    patches = [patch.get_facecolor() for axes in chart.axes for patch in axes.patches]
    lines = [line.get_color() for axes in chart.axes for line in axes.lines]
    assert min(contrast_to_white(colour) for colour in [*patches, *lines] if to_rgba(colour)[3]) >= 3
    inks = [text.get_color() for text in drawn_texts(chart)]
    assert min(contrast_to_white(ink) for ink in inks if ink != "white") >= 4.5


def test_drawing_charts_imports_neither_seaborn_nor_pyplot():
    code = "import sys, rorikt_lib.present.charts; print({'seaborn', 'matplotlib.pyplot'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def drawn(name: str) -> Chart:
    draw, *arguments = CASES[name]
    return draw(*arguments)


def test_the_course_of_the_year_ends_in_budget_adopted_forecast_and_model():
    told = words(drawn("operating_course"))
    assert {
        "Regnskap\n75,0",
        "Periodisert budsjett",
        "Årsbudsjett\n90,0",
        "Vedtatt prognose\n87,5",
        "Modell\n90,1 (85,9 til 94,8)",
        "mill. kr",
        "September–desember, forstørret",
    } <= set(told)
    assert {"jan.\n2024", "mars", "des."} <= set(told)


@pytest.mark.parametrize(
    "name",
    ["operating_course", "operating_course: January under budget", "operating_course: over budget",
     "operating_course: income in autumn", "operating_course: small"],
)  # fmt: skip
@pytest.mark.parametrize("start", ["Regnskap", "Periodisert"])
def test_no_line_runs_through_the_name_of_a_line(name, start):
    chart = drawn(name)
    boxes = [Text.get_window_extent(text) for text in drawn_texts(chart) if text.get_text().startswith(start)]
    for box, line in itertools.product(boxes, chart.axes[0].lines):
        pixels = line.axes.transData.transform(line.get_xydata())
        steps = np.linspace(0, len(pixels) - 1, 5000)
        trail = np.column_stack([np.interp(steps, np.arange(len(pixels)), pixels[:, i]) for i in (0, 1)])
        assert box.count_contains(trail) == 0


def test_a_dollar_sign_in_a_category_is_a_dollar_sign():
    texts = drawn_texts(drawn("created_by_category: only this month"))
    assert [text.get_parse_math() for text in texts if "$" in text.get_text()] == [False]


def test_nothing_is_drawn_for_a_forecast_that_is_missing():
    told = " ".join(words(drawn("operating_course: nothing forecast")))
    assert "prognose" not in told
    assert "Modell" not in told


def test_a_line_above_budget_is_a_bar_to_the_left_in_accent():
    chart = drawn("operating_variance")
    bars = chart.axes[0].patches
    assert [bar.get_width() for bar in bars] == [2634e3, 190e3, 150e3, -2102e3, -1474e3, 150e3, 2391e3, 1938e3 + 1e3]
    assert [bar.get_facecolor() == to_rgba(ACCENT) for bar in bars] == [False] * 3 + [True] * 2 + [False] * 3
    assert {"+2 634", "−2 102", "−1 474", "+1 939", "Sum"} <= set(words(chart))


def test_only_a_project_booked_above_its_forecast_is_marked():
    chart = drawn("investment_lines")
    assert words(chart).count("bokført over prognose") == 1
    budgets, actuals = chart.axes[0].containers
    assert [bar.get_width() for bar in budgets] == [
        1000 * n for n in (600, 300, 0, 900, 500, 885, 300, 4000, 1315, 200)
    ]
    marked = [bar.get_width() for bar in actuals if bar.get_facecolor() == to_rgba(ACCENT)]
    assert marked == [1982e3]


def test_a_project_without_forecast_is_measured_against_its_budget():
    told = words(drawn("investment_lines: no forecast"))
    assert "bokført over årsbudsjett" in told
    assert "bokført over prognose" not in told


def test_pcs_of_both_groups_stand_on_each_other_and_add_up():
    chart = drawn("pcs_per_year")
    staff, pupil = chart.axes[0].containers
    assert [bar.get_y() for bar in pupil] == [bar.get_height() for bar in staff] == [389, 210, 333, 402, 280]
    assert {"1 009", "690", "389", "620", "Ansatt", "Elev", "2028", "7,7 mill. kr"} <= set(words(chart))
    assert "Forslag" not in words(chart)


def test_what_is_suggested_is_marked_in_the_years_after_the_report_s():
    chart = drawn("pcs_per_year: spread")
    (marks,) = chart.axes[0].collections
    assert [segment[0][1] for segment in marks.get_segments()] == [1100, 1110, 1120, 1190]
    assert "Forslag" in words(chart)


def test_windows_shares_fill_each_bar_and_a_place_without_pcs_has_none():
    chart = drawn("windows_readiness")
    widths = np.array([[bar.get_width() for bar in part] for part in chart.axes[0].containers])
    assert widths.sum(axis=0) == pytest.approx(1)
    assert widths[:, 0] == pytest.approx([212 / 245, 31 / 245, 2 / 245])
    assert "86,5 % (212 av 245)" in words(chart)
    assert "ingen PC-er" in words(drawn("windows_readiness: none and nearly"))


def test_the_key_names_only_what_occurs():
    assert "Ukjent versjon" in words(drawn("windows_readiness"))
    assert "Ukjent versjon" not in words(charts.windows_readiness(windows((212, 31, 0), (610, 120, 0))))
    assert "Prognose" in words(drawn("investment_lines"))
    assert "Prognose" not in words(drawn("investment_lines: no forecast"))
    assert "Mindreforbruk" not in words(drawn("operating_variance: only overspent"))


def test_no_grid_runs_through_the_numbers_of_columns():
    def grid(name: str) -> list[bool]:
        return [line.get_visible() for line in drawn(name).axes[0].get_ygridlines()]

    assert not any(grid("chatbot_months"))
    assert not any(grid("pcs_per_year"))
    assert all(grid("chatbot_months: huge"))


def band(chart: Chart) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Place, low and high of the model's band, in millions, as drawn in the chart's last panel."""
    (area,) = chart.axes[-1].collections
    points = area.get_paths()[0].vertices / [1, MILLION]
    places = np.unique(points[:, 0])
    at = [points[points[:, 0] == place, 1] for place in places]
    return places, np.array([y.min() for y in at]), np.array([y.max() for y in at])


def test_the_band_of_the_model_begins_at_what_is_booked_and_widens_to_its_interval():
    places, low, high = band(drawn("operating_course"))
    assert places.tolist() == [0, 1, 2, 3]
    assert (low[0], high[0]) == (75, 75)
    assert (low[-1], high[-1]) == pytest.approx((85.9, 94.8))
    assert (np.diff(high - low) > 0).all()


def test_a_model_without_an_interval_has_a_line_and_no_band():
    chart = drawn("operating_course: no interval")
    assert "Modell\n85,0" in words(chart)
    assert [path for axes in chart.axes for area in axes.collections for path in area.get_paths()] == []


@pytest.mark.parametrize(
    ("name", "panels"),
    [("operating_course: January", 1), ("operating_course: income", 1), ("operating_course: June", 2),
     ("operating_course: November", 2), ("operating_course: December", 1), ("operating_course: nothing forecast in autumn", 1)],
)  # fmt: skip
def test_the_months_left_are_enlarged_when_half_the_year_has_gone_and_something_is_forecast(name, panels):
    chart = drawn(name)
    assert len(chart.axes) == panels
    assert any("forstørret" in text for text in words(chart)) == (panels == 2)


def test_the_enlarged_panel_begins_in_the_last_booked_month_and_ends_in_december():
    axes = drawn("operating_course").axes[1]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["sep.\n2024", "okt.", "nov.", "des."]
    assert axes.get_ylim()[0] > 0


def test_weekends_are_lighter_than_weekdays():
    bars = drawn("portal_days").axes[0].patches
    light = [contrast_to_white(bar.get_facecolor()) < 5 for bar in bars]
    assert [day for day, is_light in enumerate(light, start=1) if is_light] == [1, 7, 8, 14, 15, 21, 22, 28, 29]


def test_months_before_the_launch_are_blank_and_the_last_is_labelled():
    chart = drawn("portal_months")
    heights = np.array([bar.get_height() for bar in chart.axes[0].patches])
    assert np.isnan(heights[:6]).all()
    assert heights[6:].tolist() == [812, 1210, 1544, 900, 640, 1702, 1961]
    assert {"Visninger 1 961", "Unike brukere 375"} <= set(words(chart))


def test_an_unknown_last_month_is_a_dash_and_not_the_month_before():
    assert {"Visninger –", "Unike brukere –"} <= set(words(drawn("portal_months: last missing")))


def test_each_month_of_the_chatbot_has_its_number_where_there_is_room():
    assert {"31", "44", "8", "56", "Henvendelser"} <= set(words(drawn("chatbot_months")))
    crowded = words(drawn("chatbot_months: huge"))
    assert "10 000 012" in crowded
    assert "10 000 011" not in crowded


def test_categories_after_the_tenth_are_added_together():
    chart = drawn("created_by_category")
    told = words(chart)
    assert {"Andre", "76", "300", "september 2024", "august 2024", "september 2023"} <= set(told)
    assert "Møterom" not in told
    before, last_year = (line.get_xdata()[-1] for line in chart.axes[0].lines)
    assert (before, last_year) == (18 + 9 + 5, 12 + 8 + 10)


def test_a_municipality_without_known_users_has_a_dash_per_100_users():
    chart = drawn("created_per_municipality: unknown")
    assert "Ikke oppgitt" in words(chart)
    assert words(chart).count("–") == 1


def test_the_flow_labels_its_last_month():
    assert {"Nye 1 245", "Løste 1 402", "Åpne 438"} <= set(words(drawn("flow")))


def test_an_open_part_too_narrow_for_its_number_is_told_beside_the_sum():
    assert {"45", "71", "116", "Inntil 7 dager", "Feilmelding"} <= set(words(drawn("open_by_age")))
    assert {"901 (1 + 900)", "901 (900 + 1)", "0", "2"} <= set(words(drawn("open_by_age: thin parts")))


def test_the_service_level_is_a_share_of_at_most_100_percent():
    chart = drawn("sla_months")
    assert {"Innenfor frist 85,7 %", "100 %", "90 %"} <= set(words(chart))
    low, high = chart.axes[0].get_ylim()
    assert low < 85.7
    assert 100 < high < 105


def test_resolution_time_is_told_as_mean_median_and_target_in_its_unit():
    assert {"Gjennomsnitt 5,9", "Median 1,2", "Mål 3", "dager"} <= set(words(drawn("resolution_months")))
    assert "timer" in words(drawn("resolution_months: outlier and gaps"))


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6), st.floats(1, 40))
def test_spread_labels_keep_their_order_and_distance(wanted, gap):
    placed = spread(np.array(wanted), gap, 0.0, 300.0)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= gap - 1e-6).all()
    assert placed.min() >= -1e-6
    assert placed.max() <= 300 + 1e-6


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True))
def test_labels_that_are_far_enough_apart_stay_where_they_are(places):
    wanted = np.array(places) * 10.0
    assert spread(wanted, 10.0, 0.0, 300.0) == pytest.approx(wanted)


def test_labels_at_one_height_spread_evenly_about_it():
    assert spread(np.array([50.0, 50.0, 50.0]), 10.0, 0.0, 100.0).tolist() == [40, 50, 60]


@pytest.mark.parametrize(
    ("per", "values", "expected"),
    [
        (1, [0, 500, 1000], ["0", "500", "1\u202f000"]),
        (1, [-0.5, 0, 0.5], ["−0,5", "0,0", "0,5"]),
        (1_000_000, [0, 20e6, 40e6], ["0", "20", "40"]),
        (1_000_000, [0, 50_000, 100_000], ["0,00", "0,05", "0,10"]),
    ],
)
def test_ticks_have_the_decimals_that_their_step_needs(per, values, expected):
    assert NorwegianNumbers(per).format_ticks(values) == expected


def test_a_long_name_takes_two_lines_and_ends_in_an_ellipsis():
    name = row_name(LONG)
    assert name.count("\n") == 1
    assert name.endswith("…")
    assert row_name("Telefoni") == "Telefoni"
