"""The forecast page: its sentences are Norwegian and say what the frames say, its charts are read without overlap."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from test_charts import boxes, drawn_texts, words
from test_prose import ENGLISH, ODD

from rorikt_lib.present import charts
from rorikt_lib.present.charts.style import NO_FIGURES
from rorikt_lib.present.prose import accuracy, forecast_page
from rorikt_lib.terms.fields import FIELDS

NAN = float("nan")
MILLION = 1e6


def totals(
    *months: tuple[str, float, float], interval: float = 1.0, budget: float = 89.5, late: int = 0
) -> pd.DataFrame:
    """Months with adopted and modelled forecast in millions; the first `late` of them in hindsight."""
    rows = [
        {
            "month": month, "booked_nok": 7 * MILLION * int(month[5:]), "adopted_nok": adopted * MILLION,
            "model_nok": model * MILLION, "low_nok": (model - interval) * MILLION,
            "high_nok": (model + interval) * MILLION, "budget_nok": budget * MILLION, "in_hindsight": n < late,
        }
        for n, (month, adopted, model) in enumerate(months)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def lines(**forecasts: list[tuple[float, float]]) -> pd.DataFrame:
    """Per line the adopted and modelled forecast (thousands) of the months from June 2024."""
    rows = [
        {
            "period": f"2024-{6 + n:02d}", "line": line, "booked_nok": 1e3 * n, "adopted_nok": 1e3 * adopted,
            "model_nok": 1e3 * model, "low_nok": 1e3 * model - 5e4, "high_nok": 1e3 * model + 5e4,
            "in_hindsight": False, "reading": "commitments" if line == "Lisens" else "calendar",
        }
        for line, pairs in forecasts.items()
        for n, (adopted, model) in enumerate(pairs)
    ]  # fmt: skip
    return pd.DataFrame(rows).sort_values("period", kind="stable", ignore_index=True)


YEAR = totals(
    ("2024-06", 88.9, 88.8), ("2024-07", 88.4, 89.2), ("2024-08", 87.5, 90.1), ("2024-09", 87.5, 90.8), late=3
)
LINES = lines(
    Lønn=[(31600, 29599), (29893, 29585)],
    Lisens=[(54300, 56700), (54648, 56745)],
    Inntekter=[(-7000, -7974), (-7323, -6929)],
)
OVER = totals(("2023-10", 84.0, 85.2), ("2023-11", 84.6, 85.1), ("2023-12", NAN, 84.0), budget=83.9)
MONTHS = {
    "ordinary": YEAR,
    "one month": YEAR[-1:],
    "all equal": totals(*((f"2024-{n:02d}", 89.5, 89.5) for n in range(5, 10)), interval=0.0),
    "nothing adopted": totals(("2024-05", NAN, 88.8), ("2024-06", NAN, 89.9)),
    "no interval": totals(("2024-05", 88.0, 88.8), ("2024-06", 88.1, 89.9), interval=NAN),
    "no model": totals(("2022-05", 88.0, NAN), ("2022-06", 88.1, NAN)),
    "a month without": totals(("2024-02", 88.0, 88.8), ("2024-06", 88.1, 89.9)),
    "no budget": totals(("2024-05", 88.0, 88.8), ("2024-06", 88.1, 89.9), budget=NAN),
    "whole year": totals(*((f"2024-{n:02d}", 88 + n / 7, 90 - n / 9) for n in range(1, 13)), late=2),
    "over": OVER,
    "adopted ended": totals(("2024-09", 87.5, 90.8), ("2024-10", 89.7, 90.9), ("2024-11", NAN, 91.2)),
    "huge": totals(("2024-08", 9e6, 9.1e6), ("2024-09", 9e6, 9.2e6), interval=1e6, budget=8e6),
}  # fmt: skip
NOTHING = totals(("2024-08", NAN, NAN), ("2024-09", NAN, NAN), interval=NAN)
LINE_CASES = {
    "ordinary": LINES,
    "one line": LINES[LINES.line == "Lønn"],
    "nothing adopted": LINES.assign(adopted_nok=NAN),
    "zeros": LINES.assign(adopted_nok=0.0, model_nok=0.0),
    "one month": LINES[LINES.period == "2024-07"],
    "over": LINES.assign(period=LINES.period.map({"2024-06": "2024-11", "2024-07": "2024-12"})),
}


def accuracies() -> pd.DataFrame:
    rows = [
        ("adopted", "Lønn", 3, 1, 0.02, 0.02),
        ("model", "Lønn", 3, 1, 0.01, -0.01),
        ("model", "Lisens", 1, 2, 0.12, 0.0),
    ]
    return pd.DataFrame(rows, columns=["source", "line", "months_left", "years", "wape", "bias"])


def tried(coverage: float = NAN) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Methods, and lines: as measures.tried_methods and measures.tried_lines."""
    made = [("chosen", 0.035), ("run_rate", 1.256), ("last_year_remainder", 0.052)]
    rows = [(known, method, wape / known, 0.0, coverage) for known in (3, 6, 9) for method, wape in made]
    methods = pd.DataFrame(rows, columns=["known_months", "method", "wape", "bias", "coverage"])
    total = methods[methods.method == "chosen"].assign(expense_type="SUM", wape=0.001)
    return methods, pd.concat([methods.assign(expense_type="Lønn"), total], ignore_index=True)


def sentences() -> list[str]:
    found: list[str | None] = [*accuracy.METHOD.split("\n\n"), accuracy.NO_ACCURACY, accuracy.NOT_TRIED]
    for table in [*MONTHS.values(), NOTHING]:
        found += [forecast_page.through_the_year(table), forecast_page.budget_and_result(table)]
        found += [forecast_page.hindsight(table), forecast_page.months_alt(table)]
    for rows in LINE_CASES.values():
        found += [*forecast_page.lines_in_short(rows), forecast_page.lines_alt(rows), accuracy.readings_in_short(rows)]
    changes = pd.DataFrame({"month": ["2024-08"], "expense_type": ["Lønn"]})
    found += [forecast_page.changes_in_short(changes), forecast_page.changes_in_short(changes[:0])]
    found += [accuracy.accuracy_in_short(accuracies()), accuracy.left_out(LINES, tried()[1])]
    found += [accuracy.tried_in_short(*tried(share), [2022, 2023]) for share in (NAN, 0.8)]
    return [text for text in found if text is not None]


def test_every_sentence_is_norwegian_whole_and_without_gaps():
    for text in sentences():
        assert not ENGLISH.search(text), text
        assert not ODD.search(text), text
        assert text[0].isupper()
        assert text.endswith("."), text


def test_the_course_of_the_forecasts_is_told_from_first_month_to_last():
    assert forecast_page.through_the_year(YEAR) == (
        "Vedtatt prognose har gått fra 88,9 i juni til 87,5 millioner kroner i september 2024. "
        "Modellens prognose har gått fra 88,8 i juni til 90,8 millioner kroner i september 2024. "
        "Modellen lå over den vedtatte i juli, august og september, og under i juni."
    )


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (YEAR[1:], "Modellen har ligget over den vedtatte hele tiden."),
        (
            totals(("2024-08", 90.0, 88.0), ("2024-09", 91.0, 88.5)),
            "Modellen har ligget under den vedtatte hele tiden.",
        ),
        (YEAR[-1:], "Vedtatt prognose var 87,5 millioner kroner i september 2024."),
        (YEAR[-2:], "Vedtatt prognose var 87,5 millioner kroner i august som i september 2024."),
        (MONTHS["nothing adopted"], "Det er ikke vedtatt prognose i 2024."),
        (MONTHS["no model"], "Modellen har ingen prognose: Den trenger et helt tidligere år."),
        (MONTHS["all equal"], "Modellen og den vedtatte var like."),
    ],
)
def test_what_there_is_to_tell_decides_what_is_told(months, told):
    assert told in forecast_page.through_the_year(months)


def test_a_year_that_is_over_is_told_by_its_result_and_december_is_no_forecast():
    assert forecast_page.budget_and_result(OVER) == (
        "Året endte på 84,0 millioner kroner, et merforbruk på 0,1 millioner kroner mot årsbudsjettet."
    )
    assert "til 85,1 millioner kroner i november 2023" in forecast_page.through_the_year(OVER)
    assert forecast_page.months_table(OVER).model_nok.isna().tolist() == [False, False, True]
    assert forecast_page.budget_and_result(YEAR) == "Årsbudsjettet er 89,5 millioner kroner."


def test_months_worked_out_in_hindsight_are_named_and_marked():
    assert forecast_page.hindsight(YEAR).startswith(
        "Modellens prognose for juni, juli og august 2024 er regnet ut i ettertid"
    )
    assert forecast_page.months_table(YEAR).mark.tolist() == ["modell i ettertid"] * 3 + [""]
    assert forecast_page.hindsight(YEAR[-1:]) is None
    assert "mark" not in forecast_page.months_table(YEAR[-1:])


def test_the_line_that_moved_most_is_named_with_where_it_was_and_is():
    assert forecast_page.lines_in_short(LINES) == [
        "Vedtatt prognose er endret mest for Lønn, fra 31\u202f600 til 29\u202f893 tusen kroner.",
        "Modellens prognose er endret mest for Inntekter, fra −7\u202f974 til −6\u202f929 tusen kroner.",
    ]
    assert forecast_page.lines_in_short(LINE_CASES["one month"]) == [None, None]


def test_a_table_by_line_ends_in_the_sums_and_leaves_out_months_that_nothing_is_known_of():
    known = totals(("2024-06", 0.1, NAN), ("2024-07", NAN, NAN))
    table = forecast_page.by_line(LINES[LINES.period == "2024-06"], known, "adopted_nok")
    assert table.expense_type.tolist() == ["Lønn", "Lisens", "Inntekter", "SUM"]
    assert table.month.unique().tolist() == ["2024-06"]
    assert forecast_page.by_line(LINE_CASES["over"], OVER, "model_nok").month.max() == "2024-11"


def test_the_accuracy_stands_beside_each_other_as_adopted_and_as_modelled():
    table = accuracy.accuracy_table(accuracies()).set_index(["expense_type", "months_left"])
    assert table.loc[("Lønn", 3)].tolist() == [1, 0.02, 0.02, 0.01, -0.01]
    assert table.loc[("Lisens", 1), "adopted_wape":"adopted_bias"].isna().all()
    assert accuracy.accuracy_in_short(accuracies()).endswith("modellen for Lisens med 1 måned igjen: 12,0\u00a0%.")
    assert accuracy.accuracy_in_short(accuracies()[:0]) == accuracy.NO_ACCURACY
    assert accuracy.accuracy_table(accuracies()[:0]).empty


def test_the_trials_are_told_with_their_years_and_errors_and_the_coverage_once_it_is_known():
    told = accuracy.tried_in_short(*tried(), [2022, 2023])
    assert told.startswith("Modellen er prøvd på 2022 og 2023,")
    assert "Med 3, 6 og 9 måneder kjent var feilen, målt linje for linje, 1,2\u00a0%, 0,6\u00a0% og 0,4\u00a0%." in told
    assert told.endswith(accuracy.NO_COVERAGE)
    assert accuracy.tried_in_short(*tried(0.8), [2023]).endswith("Intervallet holdt i 80,0\u00a0% av tilfellene.")
    empty = tried()[0][:0]
    assert accuracy.tried_in_short(empty, empty, []) == accuracy.NOT_TRIED


def test_a_line_that_was_not_tried_is_named():
    assert accuracy.left_out(LINES, tried()[1]).startswith("Ikke prøvd: Lisens og Inntekter,")
    assert accuracy.left_out(LINES[LINES.line == "Lønn"], tried()[1]) is None
    assert accuracy.left_out(LINES, tried()[1][:0]) is None


def test_each_line_has_its_reading_told_until_december():
    assert accuracy.readings_in_short(LINES) == (
        "I juli 2024 er linjene beregnet slik: Lønn og Inntekter (fjorårets måneder); Lisens (ventede fakturaer)."
    )
    assert accuracy.readings_in_short(LINE_CASES["over"]) is None


def test_every_column_of_the_tables_has_a_label():
    methods, by_line = tried(0.8)
    made = [
        forecast_page.months_table(YEAR), forecast_page.by_line(LINES, YEAR, "model_nok"),
        accuracy.accuracy_table(accuracies()), accuracy.methods_table(methods), accuracy.tried_table(by_line),
    ]  # fmt: skip
    assert {column for frame in made for column in frame.columns} <= FIELDS.keys()


def test_coverage_is_shown_only_where_it_is_known():
    assert "coverage" not in accuracy.methods_table(tried()[0])
    assert "coverage" in accuracy.methods_table(tried(0.8)[0])


DRAWN = {f"months: {name}": (charts.forecast_months, frame) for name, frame in MONTHS.items()}
DRAWN |= {f"lines: {name}": (charts.forecast_lines, frame) for name, frame in LINE_CASES.items()}


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_of_a_chart_touches_another_or_leaves_it(name):
    draw, frame = DRAWN[name]
    chart = draw(frame)
    known = boxes(drawn_texts(chart))
    width, height = chart.bbox.width, chart.bbox.height
    assert [t for t, b in known if b.x0 < -1 or b.y0 < -1 or b.x1 > width + 1 or b.y1 > height + 1] == []
    assert [
        (first, second)
        for (first, a), (second, b) in itertools.combinations(known, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ] == []
    assert not ENGLISH.search(" ".join(words(chart)))


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (charts.forecast_months, NOTHING), (charts.forecast_months, NOTHING[:0]),
        (charts.forecast_lines, LINES[:0]), (charts.forecast_lines, LINES.assign(adopted_nok=NAN, model_nok=NAN)),
    ],
)  # fmt: skip
def test_a_chart_without_forecasts_says_so(draw, frame):
    assert words(draw(frame)) == [NO_FIGURES]


def test_the_chart_names_its_lines_and_the_month_of_one_that_ended_earlier():
    assert {"Vedtatt 87,5", "Modell 90,8\n(89,8–91,8)", "Årsbudsjett 89,5"} <= set(words(charts.forecast_months(YEAR)))
    assert "Vedtatt i oktober 89,7" in words(charts.forecast_months(MONTHS["adopted ended"]))
    over = words(charts.forecast_months(OVER))
    assert {"Regnskap 84,0", "Modell i november 85,1\n(84,1–86,1)"} <= set(over)


def test_all_lines_have_panels_of_one_scale():
    panels = charts.forecast_lines(LINES).axes
    assert [axes.get_title(loc="left") for axes in panels] == ["Lønn", "Lisens", "Inntekter"]
    spans = [np.ptp(axes.get_ylim()) for axes in panels]
    assert spans == pytest.approx([spans[0]] * 3)
    for axes, line in zip(panels, ["Lønn", "Lisens", "Inntekter"], strict=True):
        amounts = LINES[LINES.line == line][["adopted_nok", "model_nok"]].to_numpy()
        low, high = axes.get_ylim()
        assert low < amounts.min() < amounts.max() < high


def test_a_chart_leaves_its_frame_alone():
    before = YEAR.copy(deep=True), LINES.copy(deep=True)
    charts.forecast_months(YEAR)
    charts.forecast_lines(LINES)
    pd.testing.assert_frame_equal(YEAR, before[0])
    pd.testing.assert_frame_equal(LINES, before[1])
