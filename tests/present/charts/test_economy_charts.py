"""The charts of costs and forecasts on ordinary, nasty and absent data: nothing overlaps, and each says what it shows."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from drawings import LONG_NAMES, assert_sound, assert_texts_are_apart_and_norwegian, drawn, drawn_texts, words
from forecast_frames import LINE_CASES, LINES, MILLION, MONTHS, NAN, NOTHING, OVER, YEAR
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from rorikt_lib.ledger.costs import overspent_mark
from rorikt_lib.present.charts import economy as economy_charts
from rorikt_lib.present.charts import forecast as forecast_charts
from rorikt_lib.present.charts import forecast_page as forecast_page_charts
from rorikt_lib.present.charts.colours import ACCENT
from rorikt_lib.present.charts.style import Drawing
from rorikt_lib.terms.period import last_months

LONG = "Et system for lønn, økonomi, personal, fravær, reiser og alt det andre som ingen husket å nevne i bestillingen"


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


def adopted(nok: float) -> pd.DataFrame:
    """The table of costs, of which the adopted forecast of all lines is drawn."""
    return pd.DataFrame({"line": ["SUM"], "forecast_nok": [nok]})


def costs(*lines: tuple[str, float, float, float], total: bool = True) -> pd.DataFrame:
    table = pd.DataFrame(lines, columns=["line", "actual_nok", "budget_nok", "forecast_nok"])
    if total:
        summed = table[["actual_nok", "budget_nok", "forecast_nok"]].sum(skipna=False).to_frame().T.assign(line="SUM")
        table = pd.concat([table, summed], ignore_index=True)[table.columns]
    money = ["actual_nok", "budget_nok", "forecast_nok"]
    table[money] = table[money].astype(float) * 1000
    variance = table.budget_nok - table.forecast_nok.fillna(table.actual_nok)
    return table.assign(variance_nok=variance, mark=overspent_mark(table))


OPERATING = costs(
    ("Lønn", 20474, 32527, 29893), ("Drift av stab og lokaler", 2789, 3440, 3250), ("Kjøp/leasing", 132, 326, 176),
    ("Konsulenter", 2602, 500, 2602), ("Lisens, vedlikehold og support", 52009, 53174, 54648),
    ("Samband og Tele", 3173, 4442, 4292), ("Inntekter", -6163, -4932, -7323),
)  # fmt: skip
PROJECTS = costs(
    ("Innbyggerportal", 25, 600, 400), ("Videreutvikling P360 og M365", 174, 300, 200), ("Helseplattformen", 101, 0, 101),
    ("Digitalisering teknisk sektor", 376, 900, 500), ("Visma Enterprise+", 273, 500, 300), ("App-utvikling", 1982, 885, 1885),
    ("Uforutsette kommuneprosjekter", 427, 300, 500), ("Grunnmur del 3", 65, 4000, 1500), ("Beredskapsplattform", 0, 1315, 0),
    ("Nytt system for lønn, økonomi og personal", 0, 200, 200),
)  # fmt: skip


# Name → chart function and its arguments. The first of each function is an ordinary month.
CASES = {
    "operating_course": (forecast_charts.operating_course, course([9, 21, 27, 33, 38, 45, 50, 62, 75], model=(90.1, 85.9, 94.8)), adopted(87.5 * MILLION)),
    "operating_course: close ends": (forecast_charts.operating_course, course([9, 21, 27, 33, 38, 45, 50, 62, 75], model=(90.8, 90.5, 91.5)), adopted(89.9 * MILLION)),
    "operating_course: all ends equal": (forecast_charts.operating_course, course([7.5 * n for n in range(1, 10)], model=(90, 90, 90)), adopted(90 * MILLION)),
    "operating_course: January": (forecast_charts.operating_course, course([9], model=(108, 88, 130)), adopted(90 * MILLION)),
    "operating_course: January under budget": (forecast_charts.operating_course, course([2], model=(87, 24, 95)), adopted(89 * MILLION)),
    "operating_course: June": (forecast_charts.operating_course, course([35, 46, 53, 58, 62, 63], model=(88.8, 86.9, 90.6)), adopted(89 * MILLION)),
    "operating_course: November": (forecast_charts.operating_course, course([8.2 * n for n in range(1, 12)], model=(90.5, 90, 92)), adopted(91 * MILLION)),
    "operating_course: December": (forecast_charts.operating_course, course([7.4 * n for n in range(1, 13)]), adopted(89 * MILLION)),
    "operating_course: over budget": (forecast_charts.operating_course, course([12 * n for n in range(1, 8)], model=(144, 120, 150)), adopted(130 * MILLION)),
    "operating_course: income": (forecast_charts.operating_course, course([-3 * n for n in range(1, 6)], [-4 * n for n in range(1, 13)], (-36, -41, -30)), adopted(-40 * MILLION)),
    "operating_course: income in autumn": (forecast_charts.operating_course, course([-3 * n for n in range(1, 11)], [-4 * n for n in range(1, 13)], (-36, -41, -30)), adopted(-40 * MILLION)),
    "operating_course: no interval": (forecast_charts.operating_course, course([7 * n for n in range(1, 10)], model=(85, NAN, NAN)), adopted(87 * MILLION)),
    "operating_course: only adopted": (forecast_charts.operating_course, course([7 * n for n in range(1, 10)]), adopted(87 * MILLION)),
    "operating_course: nothing forecast": (forecast_charts.operating_course, course([6, 13]), adopted(NAN)),
    "operating_course: nothing forecast in autumn": (forecast_charts.operating_course, course([7 * n for n in range(1, 10)]), adopted(NAN)),
    "operating_course: nothing booked": (forecast_charts.operating_course, course([]), adopted(NAN)),
    "operating_course: only zeros": (forecast_charts.operating_course, course([0] * 9, [0.0] * 12, (0, 0, 0)), adopted(0.0)),
    "operating_course: only zeros in June": (forecast_charts.operating_course, course([0] * 6, [0.0] * 12, (0, 0, 0)), adopted(0.0)),
    "operating_course: huge": (forecast_charts.operating_course, course([9e5 * n for n in range(1, 9)], [1e6 * n for n in range(1, 13)], (1.2e7, 1.0e7, 1.3e7)), adopted(1.1e7 * MILLION)),
    "operating_course: small": (forecast_charts.operating_course, course([0.01 * n for n in range(1, 9)], [0.012 * n for n in range(1, 13)], (0.13, 0.12, 0.14)), adopted(0.13 * MILLION)),
    "operating_variance": (economy_charts.operating_variance, OPERATING),
    "operating_variance: only overspent": (economy_charts.operating_variance, costs(("Lønn", 5, 3, NAN), ("Konsulenter", 9, 1, 8))),
    "operating_variance: one line": (economy_charts.operating_variance, costs(("Lønn", 1, 2, 1), total=False)),
    "operating_variance: huge": (economy_charts.operating_variance, costs(("Lønn", 1, 9e9, 1), (LONG, 9e9, 1, 8e9), ("Inntekter", 0, 0, 0))),
    "operating_variance: zero": (economy_charts.operating_variance, costs(("Lønn", 0, 0, 0))),
    "operating_variance: investments": (economy_charts.operating_variance, PROJECTS),
    "investment_lines": (economy_charts.investment_lines, PROJECTS),
    "investment_lines: no forecast": (economy_charts.investment_lines, costs(("Innbyggerportal", 2e3, 1e3, NAN))),
    "investment_lines: refund": (economy_charts.investment_lines, costs(("App", -300, 100, 0), (LONG, 9e7, 8e7, 7e7))),
    "investment_lines: zero": (economy_charts.investment_lines, costs(("App", 0, 0, 0))),
}  # fmt: skip
CASES |= {
    "forecast_months" + (f": {name}" if name != "ordinary" else ""): (forecast_page_charts.forecast_months, frame)
    for name, frame in MONTHS.items()
}
CASES |= {
    "forecast_lines" + (f": {name}" if name != "ordinary" else ""): (forecast_page_charts.forecast_lines, frame)
    for name, frame in LINE_CASES.items()
}
NOTHING_KNOWN = {
    "operating_variance": (economy_charts.operating_variance, OPERATING.assign(variance_nok=NAN)),
    "investment_lines": (economy_charts.investment_lines, PROJECTS.assign(**dict.fromkeys(["actual_nok", "forecast_nok", "budget_nok"], NAN))),
    "forecast_months": (forecast_page_charts.forecast_months, NOTHING),
    "forecast_lines": (forecast_page_charts.forecast_lines, LINES.assign(adopted_nok=NAN, model_nok=NAN)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.deep
def test_no_text_touches_another_or_leaves_the_chart_and_all_are_norwegian(name):
    assert_texts_are_apart_and_norwegian(CASES[name])


@pytest.mark.parametrize("long", LONG_NAMES)
@pytest.mark.filterwarnings("error")
@pytest.mark.deep
def test_a_long_name_of_a_line_or_a_project_has_room(long):
    lines = costs(("Lønn", 1, 9e9, 1), (long, 9e9, 1, 8e9))
    assert_texts_are_apart_and_norwegian((economy_charts.operating_variance, lines))
    assert_texts_are_apart_and_norwegian((economy_charts.investment_lines, lines))
    forecasts = LINES.replace({"line": {"Lønn": long}})
    assert_texts_are_apart_and_norwegian((forecast_page_charts.forecast_lines, forecasts))


@pytest.mark.parametrize("name", [name for name in CASES if ":" not in name])
@pytest.mark.deep
def test_a_chart_is_the_same_each_time_and_stands_out(name):
    assert_sound(CASES[name])


@pytest.mark.parametrize("name", NOTHING_KNOWN)
def test_a_chart_that_nothing_is_known_for_is_not_drawn(name):
    assert drawn(NOTHING_KNOWN[name]) is None


def test_the_course_of_the_year_ends_in_budget_adopted_forecast_and_model():
    sentence = words(drawn(CASES["operating_course"]))
    assert {
        "Regnskap\n75,0",
        "Periodisert budsjett",
        "Årsbudsjett\n90,0",
        "Vedtatt prognose\n87,5",
        "Modell\n90,1 (85,9 til 94,8)",
        "mill. kr",
        "September–desember, forstørret",
    } <= set(sentence)
    assert {"jan.\n2024", "mars", "des."} <= set(sentence)


@pytest.mark.parametrize(
    "name",
    ["operating_course", "operating_course: January under budget", "operating_course: over budget",
     "operating_course: income in autumn", "operating_course: small"],
)  # fmt: skip
@pytest.mark.parametrize("start", ["Regnskap", "Periodisert"])
@pytest.mark.deep
def test_no_line_runs_through_the_name_of_a_line(name, start):
    chart = drawn(CASES[name])
    boxes = [Text.get_window_extent(text) for text in drawn_texts(chart) if text.get_text().startswith(start)]
    for box, line in itertools.product(boxes, chart.axes[0].lines):
        pixels = line.axes.transData.transform(line.get_xydata())
        steps = np.linspace(0, len(pixels) - 1, 5000)
        trail = np.column_stack([np.interp(steps, np.arange(len(pixels)), pixels[:, i]) for i in (0, 1)])
        assert box.count_contains(trail) == 0


def test_nothing_is_drawn_for_a_forecast_that_is_missing():
    sentence = " ".join(words(drawn(CASES["operating_course: nothing forecast"])))
    assert "prognose" not in sentence
    assert "Modell" not in sentence


def test_a_line_above_budget_is_a_bar_to_the_left_in_accent():
    chart = drawn(CASES["operating_variance"])
    bars = chart.axes[0].patches
    assert [bar.get_width() for bar in bars] == [2634e3, 190e3, 150e3, -2102e3, -1474e3, 150e3, 2391e3, 1938e3 + 1e3]
    assert [bar.get_facecolor() == to_rgba(ACCENT) for bar in bars] == [False] * 3 + [True] * 2 + [False] * 3
    assert {"+2 634", "−2 102", "−1 474", "+1 939", "Sum"} <= set(words(chart))


def test_only_a_project_booked_above_its_forecast_is_marked():
    chart = drawn(CASES["investment_lines"])
    assert words(chart).count("bokført over prognose") == 1
    budgets, actuals = chart.axes[0].containers
    assert [bar.get_width() for bar in budgets] == [
        1000 * n for n in (600, 300, 0, 900, 500, 885, 300, 4000, 1315, 200)
    ]
    marked = [bar.get_width() for bar in actuals if bar.get_facecolor() == to_rgba(ACCENT)]
    assert marked == [1982e3]


def test_a_project_without_forecast_is_measured_against_its_budget():
    sentence = words(drawn(CASES["investment_lines: no forecast"]))
    assert "bokført over årsbudsjett" in sentence
    assert "bokført over prognose" not in sentence


def test_the_key_names_only_what_occurs():
    assert "Prognose" in words(drawn(CASES["investment_lines"]))
    assert "Prognose" not in words(drawn(CASES["investment_lines: no forecast"]))
    assert "Mindreforbruk" not in words(drawn(CASES["operating_variance: only overspent"]))


def band(chart: Drawing) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Place, low and high of the model's band, in millions, as drawn in the chart's last panel."""
    (area,) = chart.axes[-1].collections
    points = area.get_paths()[0].vertices / [1, MILLION]
    places = np.unique(points[:, 0])
    at = [points[points[:, 0] == place, 1] for place in places]
    return places, np.array([y.min() for y in at]), np.array([y.max() for y in at])


def test_the_band_of_the_model_begins_at_what_is_booked_and_widens_to_its_interval():
    places, low, high = band(drawn(CASES["operating_course"]))
    assert places.tolist() == [0, 1, 2, 3]
    assert (low[0], high[0]) == (75, 75)
    assert (low[-1], high[-1]) == pytest.approx((85.9, 94.8))
    assert (np.diff(high - low) > 0).all()


def test_a_model_without_an_interval_has_a_line_and_no_band():
    chart = drawn(CASES["operating_course: no interval"])
    assert "Modell\n85,0" in words(chart)
    assert [path for axes in chart.axes for area in axes.collections for path in area.get_paths()] == []


@pytest.mark.parametrize(
    ("name", "panels"),
    [("operating_course: January", 1), ("operating_course: income", 1), ("operating_course: June", 2),
     ("operating_course: November", 2), ("operating_course: December", 1), ("operating_course: nothing forecast in autumn", 1)],
)  # fmt: skip
@pytest.mark.deep
def test_the_months_left_are_enlarged_when_half_the_year_has_gone_and_something_is_forecast(name, panels):
    chart = drawn(CASES[name])
    assert len(chart.axes) == panels
    assert any("forstørret" in text for text in words(chart)) == (panels == 2)


def test_the_enlarged_panel_begins_in_the_last_booked_month_and_ends_in_december():
    axes = drawn(CASES["operating_course"]).axes[1]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["sep.\n2024", "okt.", "nov.", "des."]
    assert axes.get_ylim()[0] > 0


def test_the_chart_names_its_lines_and_the_month_of_one_that_ended_earlier():
    assert {"Vedtatt 87,5", "Modell 90,8\n(89,8–91,8)", "Årsbudsjett 89,5"} <= set(
        words(forecast_page_charts.forecast_months(YEAR))
    )
    assert "Vedtatt i oktober 89,7" in words(forecast_page_charts.forecast_months(MONTHS["adopted ended"]))
    over = words(forecast_page_charts.forecast_months(OVER))
    assert {"Regnskap 84,0", "Modell i november 85,1\n(84,1–86,1)"} <= set(over)


def test_all_lines_have_panels_of_one_scale():
    panels = forecast_page_charts.forecast_lines(LINES).axes
    assert [axes.get_title(loc="left") for axes in panels] == ["Lønn", "Lisens", "Inntekter"]
    spans = [np.ptp(axes.get_ylim()) for axes in panels]
    assert spans == pytest.approx([spans[0]] * 3)
    for axes, line in zip(panels, ["Lønn", "Lisens", "Inntekter"], strict=True):
        amounts = LINES[LINES.line == line][["adopted_nok", "model_nok"]].to_numpy()
        low, high = axes.get_ylim()
        assert low < amounts.min() < amounts.max() < high


def test_a_lines_sum_has_no_panel():
    both = pd.concat([LINES, YEAR], ignore_index=True)
    assert words(forecast_page_charts.forecast_lines(both)) == words(forecast_page_charts.forecast_lines(LINES))
