"""Sentences about the year's forecasts: how they moved, how near they came, and how the model would have done."""

from __future__ import annotations

import pandas as pd
import pytest
from forecast_frames import LINE_CASES, LINES, MONTHS, NAN, NOTHING, OVER, YEAR, totals
from norwegian import faults

from rorikt_lib.present.language import text
from rorikt_lib.present.nb import accuracy, forecast_page

FORECASTS = ["adopted_nok", "model_nok"]


def accuracies() -> pd.DataFrame:
    rows = [
        ("adopted", "Lønn", 3, 1, 0.02, 0.02),
        ("model", "Lønn", 3, 1, 0.01, -0.01),
        ("model", "Lisens", 1, 2, 0.12, 0.0),
    ]
    return pd.DataFrame(rows, columns=["source", "line", "months_left", "years", "wape", "bias"])


def tried(coverage: float = NAN) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Methods, and lines: as report.accuracy.METHODS and TRIED."""
    made = [("chosen", 0.035), ("run_rate", 1.256), ("last_year_remainder", 0.052)]
    rows = [(known, method, wape / known, 0.0, coverage) for known in (3, 6, 9) for method, wape in made]
    methods = pd.DataFrame(rows, columns=["known_months", "method", "wape", "bias", "coverage"])
    total = methods[methods.method == "chosen"].assign(line="SUM", wape=0.001)
    return methods, pd.concat([methods.assign(line="Lønn"), total], ignore_index=True)


def sentences() -> list[str]:
    found: list[str | None] = [*accuracy.method().split("\n\n"), text("no_accuracy"), text("not_tried")]
    for table in [*MONTHS.values(), NOTHING]:
        found += [forecast_page.through_the_year(table), forecast_page.budget_and_result(table)]
        found += [forecast_page.hindsight(table), forecast_page.months_alt(table)]
    for rows in LINE_CASES.values():
        month = rows.month.max()
        found += [*(forecast_page.moved_most(rows, column) for column in FORECASTS), forecast_page.lines_alt(rows)]
        found += [accuracy.readings(rows[rows.month == month], month)]
    changes = pd.DataFrame({"month": ["2024-08"], "line": ["Lønn"]})
    found += [forecast_page.changes_summary(changes), forecast_page.changes_summary(changes[:0])]
    found += [accuracy.summary(accuracies()), accuracy.left_out(LINES, tried()[1])]
    found += [accuracy.tried_summary(*tried(share), [2022, 2023]) for share in (NAN, 0.8)]
    return [text for text in found if text is not None]


def test_every_sentence_is_norwegian_whole_and_without_gaps():
    assert {text: wrong for text in sentences() if (wrong := faults(text))} == {}


def test_the_course_of_the_forecasts_is_reported_from_first_month_to_last():
    assert forecast_page.through_the_year(YEAR) == (
        "Vedtatt prognose har gått fra 88,9 i juni til 87,5 millioner kroner i september 2024. "
        "Modellens prognose har gått fra 88,8 i juni til 90,8 millioner kroner i september 2024. "
        "Modellens prognose lå over den vedtatte i juli, august og september, og under i juni."
    )


@pytest.mark.parametrize(
    ("months", "sentence"),
    [
        (YEAR[1:], "Modellens prognose har ligget over den vedtatte hele tiden."),
        (
            totals(("2024-08", 90.0, 88.0), ("2024-09", 91.0, 88.5)),
            "Modellens prognose har ligget under den vedtatte hele tiden.",
        ),
        (YEAR[-1:], "Vedtatt prognose var 87,5 millioner kroner i september 2024."),
        (YEAR[-2:], "Vedtatt prognose var 87,5 millioner kroner i både august og september 2024."),
        (MONTHS["nothing adopted"], "Det er ikke vedtatt prognose i 2024."),
        (MONTHS["no model"], "Modellen har ingen prognose: Den trenger et helt tidligere år."),
        (MONTHS["all equal"], "Modellens prognose og den vedtatte var like."),
    ],
)
def test_what_is_known_decides_what_is_reported(months, sentence):
    assert sentence in forecast_page.through_the_year(months)


def test_a_year_that_is_over_is_reported_by_its_result_and_december_is_no_forecast():
    assert forecast_page.budget_and_result(OVER) == (
        "Året endte på 84,0 millioner kroner, et merforbruk på 0,1 millioner kroner mot årsbudsjettet på 83,9 millioner kroner."
    )
    assert "til 85,1 millioner kroner i november 2023" in forecast_page.through_the_year(OVER)
    assert "desember" not in forecast_page.months_alt(OVER)
    assert forecast_page.budget_and_result(YEAR) == "Årsbudsjettet er 89,5 millioner kroner."


def test_months_worked_out_in_hindsight_are_named():
    assert forecast_page.hindsight(YEAR).startswith(
        "Modellens prognose for juni, juli og august 2024 er regnet ut i ettertid"
    )
    assert forecast_page.hindsight(YEAR[-1:]) is None


def test_the_line_that_moved_most_is_named_with_where_it_was_and_is():
    assert [forecast_page.moved_most(LINES, column) for column in FORECASTS] == [
        "Vedtatt prognose er endret mest for Lønn, fra 31,6 til 29,9 millioner kroner.",
        "Modellens prognose er endret mest for Inntekter, fra −8,0 til −6,9 millioner kroner.",
    ]
    with_sums = pd.concat([LINES, YEAR], ignore_index=True)
    assert [forecast_page.moved_most(with_sums, c) for c in FORECASTS] == [
        forecast_page.moved_most(LINES, c) for c in FORECASTS
    ]
    assert [forecast_page.moved_most(LINE_CASES["one month"], column) for column in FORECASTS] == [None, None]


def test_the_accuracy_is_reported_with_the_forecast_that_was_furthest_off():
    assert accuracy.summary(accuracies()).endswith("modellen for Lisens med 1 måned igjen: 12,0\u00a0%.")
    assert accuracy.summary(accuracies()[:0]) == text("no_accuracy")


def test_the_trials_are_reported_with_their_years_and_errors_and_the_coverage_once_it_is_known():
    sentence = accuracy.tried_summary(*tried(), [2022, 2023])
    assert sentence.startswith("Modellen er prøvd på 2022 og 2023,")
    assert (
        "Feilen, målt linje for linje, var 1,2\u00a0% med 3 måneder kjent, 0,6\u00a0% med 6 og 0,4\u00a0% med 9."
        in sentence
    )
    assert sentence.endswith(text("no_coverage"))
    assert accuracy.tried_summary(*tried(0.8), [2023]).endswith("Intervallet holdt i 80,0\u00a0% av tilfellene.")
    empty = tried()[0][:0]
    assert accuracy.tried_summary(empty, empty, []) == text("not_tried")


def test_a_line_that_was_not_tried_is_named():
    assert accuracy.left_out(LINES, tried()[1]).startswith("Ikke prøvd: Lisens og Inntekter,")
    assert accuracy.left_out(LINES[LINES.line == "Lønn"], tried()[1]) is None
    assert accuracy.left_out(LINES, tried()[1][:0]) is None


def test_each_line_has_its_reading_named_until_december():
    july = LINES[LINES.month == "2024-07"]
    assert accuracy.readings(july, "2024-07") == (
        "I juli 2024 teller dette mest: Lønn og Inntekter (fjorårets måneder); Lisens (ventede fakturaer)."
    )
    assert accuracy.readings(july, "2024-12") is None
    assert accuracy.readings(july.assign(model_nok=NAN), "2024-07") is None
