"""Actual, budget, forecast and variance per line: by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_budget, make_forecasts, make_postings
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.costs import actual_to_date, budget_of_year, cost_table, is_overspent, lines_of

LEDGER = demo_settings().ledger
LINES = [
    "Lønn", "Drift av stab og lokaler", "Kjøp/leasing", "Konsulenter", "Lisens, vedlikehold og support",
    "Samband og Tele", "Inntekter",
]  # fmt: skip
INVESTMENT = {"kind": "investment"}


def _table(postings=(), budget=(), forecasts=(), kind="operating", month="2024-09", ledger=LEDGER) -> pd.DataFrame:
    table = cost_table(make_postings(*postings), make_budget(*budget), make_forecasts(*forecasts), kind, month, ledger)
    return table.set_index(table.columns[0])


def test_variance_is_budget_less_forecast_where_one_is_adopted():
    row = _table([{"amount_nok": 700}], [{"amount_nok": 1000}], [{"amount_nok": 1200}]).loc["Lønn"]
    assert row.to_dict() == {"actual_nok": 700, "budget_nok": 1000, "variance_nok": -200, "forecast_nok": 1200}


def test_variance_is_budget_less_actual_without_a_forecast():
    row = _table([{"amount_nok": 700}], [{"amount_nok": 1000}]).loc["Lønn"]
    assert row.variance_nok == 300
    assert pd.isna(row.forecast_nok)


def test_a_year_that_is_over_has_its_result_whatever_was_adopted_in_its_last_month():
    adopted = [{"period": "2024-12", "amount_nok": 1200}]
    row = _table([{"amount_nok": 700}], [{"amount_nok": 1000}], adopted, month="2024-12").loc["Lønn"]
    assert row.variance_nok == 300
    assert pd.isna(row.forecast_nok)


def test_a_forecast_of_nothing_is_a_forecast():
    row = _table([{"amount_nok": 700}], [{"amount_nok": 1000}], [{"amount_nok": 0}]).loc["Lønn"]
    assert row.variance_nok == 1000


def test_more_income_than_budgeted_is_good_news():
    income = {"line": "Inntekter"}
    row = _table(
        [income | {"amount_nok": -600}], [income | {"amount_nok": -500}], [{"line": "Inntekter", "amount_nok": -900}]
    ).loc["Inntekter"]
    assert row.to_dict() == {"actual_nok": -600, "budget_nok": -500, "variance_nok": 400, "forecast_nok": -900}


def test_the_sum_nets_income_and_is_the_sum_of_every_column():
    postings = [{"amount_nok": 700}, {"amount_nok": -100, "line": "Inntekter"}]
    table = _table(postings, [{"amount_nok": 1000}, {"amount_nok": 50, "line": "Konsulenter"}])
    assert table.loc["SUM", ["actual_nok", "budget_nok", "variance_nok"]].tolist() == [600, 1050, 450]


def test_the_sums_variance_takes_each_line_by_its_own_rule_and_its_forecast_is_missing_when_a_lines_is():
    table = _table(
        [{"amount_nok": 700}, {"amount_nok": 80, "line": "Konsulenter"}],
        [{"amount_nok": 1000}, {"amount_nok": 50, "line": "Konsulenter"}],
        [{"amount_nok": 900}],
    )
    assert table.variance_nok["SUM"] == 100 - 30
    assert pd.isna(table.forecast_nok["SUM"])


def test_the_sums_forecast_is_there_when_every_line_has_one():
    table = _table(budget=[{"amount_nok": 0}], forecasts=[{"line": line, "amount_nok": 10} for line in LINES])
    assert table.forecast_nok["SUM"] == 70
    assert table.variance_nok["SUM"] == -70


def test_sums_are_made_of_unrounded_amounts():
    rows = [{"amount_nok": 1400.40, "line": line} for line in LINES[:3]]
    assert _table(rows).actual_nok["SUM"] == pytest.approx(4201.20)


def test_operating_shows_every_line_in_the_settings_order_and_a_sum():
    assert _table().index.tolist() == [*LINES, "SUM"]
    assert _table().index.name == "line"


def test_only_the_years_periods_up_to_the_month_count():
    postings = [
        {"period": period, "amount_nok": amount}
        for period, amount in [
            ("2023-09", 1),
            ("2023-13", 2),
            ("2024-01", 4),
            ("2024-09", 8),
            ("2024-10", 16),
            ("2025-01", 32),
        ]
    ]
    assert _table(postings).actual_nok["Lønn"] == 12


@pytest.mark.parametrize(
    ("month", "expected"), [("2024-12", 7), ("2024-11", 1), ("2025-12", 0), ("2025-01", 0), ("2023-12", 0)]
)
def test_december_includes_the_closing_entries_of_its_year_and_other_months_do_not(month, expected):
    postings = [{"period": p, "amount_nok": n} for p, n in [("2024-11", 1), ("2024-12", 2), ("2024-13", 4)]]
    assert _table(postings, month=month).actual_nok["Lønn"] == expected


def test_the_accounting_period_decides_and_not_the_date_of_the_voucher():
    late = {"period": "2024-09", "posted_on": "2024-10-14", "amount_nok": 5}
    early = {"period": "2024-10", "posted_on": "2024-09-30", "amount_nok": 9}
    assert _table([late, early]).actual_nok["Lønn"] == 5


def test_a_line_delivered_twice_counts_once():
    postings = [{"amount_nok": 100}, {"amount_nok": 100, "is_duplicate": True}]
    assert _table(postings).actual_nok["SUM"] == 100


def test_two_kinds_never_mix():
    other = {"line": "Innbyggerportal"} | INVESTMENT
    postings = [{"amount_nok": 100}, other | {"amount_nok": 999}]
    budget = [{"amount_nok": 100}, other | {"amount_nok": 999}]
    forecasts = [{"amount_nok": 100}, {"line": "Innbyggerportal", "amount_nok": 999} | INVESTMENT]
    assert _table(postings, budget, forecasts).loc["Lønn"].tolist() == [100, 100, 0, 100]
    investments = _table(postings, budget, forecasts, "investment")
    assert investments.loc["SUM"].tolist() == [999, 999, 0, 999]
    assert investments.index.name == "line"


def test_projects_without_any_amount_are_left_out_and_the_others_keep_the_settings_order():
    portal, app, spare = (
        {"line": name} | INVESTMENT for name in ("Innbyggerportal", "App-utvikling", "Klientsikkerhet")
    )
    table = _table(
        [app | {"amount_nok": 10}, spare | {"amount_nok": 10, "period": "2023-05"}],
        [portal | {"amount_nok": 600}],
        [{"line": "Beredskapsplattform", "amount_nok": 0} | INVESTMENT],
        "investment",
    )
    assert table.index.tolist() == ["Innbyggerportal", "App-utvikling", "Beredskapsplattform", "SUM"]
    assert table.loc["App-utvikling", ["budget_nok", "variance_nok"]].tolist() == [0, -10]
    assert table.loc["Innbyggerportal", ["actual_nok", "variance_nok"]].tolist() == [0, 600]
    assert table.loc["Beredskapsplattform", "forecast_nok"] == 0


def test_without_any_project_the_sum_has_no_forecast():
    table = _table(kind="investment")
    assert table.index.tolist() == ["SUM"]
    assert pd.isna(table.forecast_nok["SUM"])


def test_only_the_forecast_adopted_in_the_month_counts():
    forecasts = [
        {"period": p, "amount_nok": n} for p, n in [("2024-08", 1), ("2024-09", 2), ("2024-10", 4), ("2023-09", 8)]
    ]
    assert _table(forecasts=forecasts).forecast_nok["Lønn"] == 2
    assert pd.isna(_table(forecasts=forecasts, month="2024-07").forecast_nok["Lønn"])


def test_budget_is_of_the_reports_year_whole_and_by_month():
    budget = [
        {"amount_nok": 100, "month": 1},
        {"amount_nok": 200, "month": 12},
        {"amount_nok": 5},
        {"year": 2023, "amount_nok": 999},
    ]
    assert _table(budget=budget).budget_nok["Lønn"] == 305


TWO = [{"version": "Vedtatt", "amount_nok": 100}, {"version": "Revidert", "amount_nok": 130}]


def test_several_budget_versions_and_none_chosen_is_an_error_that_names_them():
    with pytest.raises(
        InputError, match=r"workbook\.yml: the budget of 2024 has the versions Revidert, Vedtatt.*budget_versions"
    ):
        _table(budget=TWO)


@pytest.mark.parametrize(("version", "expected"), [("Vedtatt", 100), ("Revidert", 130)])
def test_the_chosen_budget_version_counts_alone(version, expected):
    ledger = LEDGER.model_copy(update={"budget_versions": {2024: version}})
    assert _table(budget=TWO, ledger=ledger).budget_nok["SUM"] == expected


def test_a_chosen_version_that_the_budget_lacks_is_an_error():
    ledger = LEDGER.model_copy(update={"budget_versions": {2024: "Revidrt"}})
    with pytest.raises(InputError, match="chosen is Revidrt"):
        _table(budget=TWO[:1], ledger=ledger)


def test_another_years_versions_do_not_matter():
    budget = make_budget({"amount_nok": 100}, *({"year": 2023} | row for row in TWO))
    assert budget_of_year(budget, "operating", 2024, LEDGER).amount_nok.tolist() == [100]


def test_a_version_that_only_one_kind_has_leaves_the_other_kinds_only_version():
    ledger = LEDGER.model_copy(update={"budget_versions": {2024: "Revidert"}})
    budget = make_budget(*TWO, {"version": "Vedtatt", "kind": "investment", "line": "App-utvikling", "amount_nok": 7})
    assert budget_of_year(budget, "operating", 2024, ledger).amount_nok.tolist() == [130]
    assert budget_of_year(budget, "investment", 2024, ledger).amount_nok.tolist() == [7]


def test_a_year_without_a_budget_has_none_and_no_variance_which_is_not_0():
    table = _table(budget=[{"year": 2023}])
    assert table[["budget_nok", "variance_nok"]].isna().all(axis=None)


def test_a_line_is_overspent_where_the_report_in_thousands_shows_more_booked_than_forecast():
    rows = [
        (101_400.0, 0.0, 100_600.0),
        (427_600.0, 0.0, 427_400.0),
        (1.0, 0.0, 9e6),
        (5.8e6, 4.5e6, None),
        (9.0, 9.0, None),
    ]
    costs = pd.DataFrame(rows, columns=["actual_nok", "budget_nok", "forecast_nok"])
    assert is_overspent(costs).tolist() == [False, True, False, True, False]


def test_the_lines_are_the_settings():
    assert lines_of("operating", LEDGER) == LINES
    assert lines_of("investment", LEDGER) == [p.name for p in LEDGER.projects if p.kind == "investment"]


ore = st.integers(-(10**9), 10**9)
drawn_postings = st.lists(
    st.fixed_dictionaries(
        {
            "amount_nok": ore.map(lambda n: n / 100),
            "period": st.sampled_from(["2023-12", "2024-01", "2024-09", "2024-10", "2024-13"]),
            "line": st.sampled_from(LINES),
            "is_duplicate": st.booleans(),
        }
    ),
    max_size=20,
)


@given(drawn_postings, st.randoms(), st.sampled_from(["2024-01", "2024-09", "2024-12"]))
def test_actuals_agree_with_a_loop_whatever_the_order_and_add_up(drawn, random, month):
    last = {"2024-12": "2024-13"}.get(month, month)
    expected = dict.fromkeys(LINES, 0.0)
    for row in drawn:
        if "2024-01" <= row["period"] <= last and not row["is_duplicate"]:
            expected[row["line"]] += row["amount_nok"]
    table = _table(drawn, month=month)
    assert table.actual_nok[LINES].to_dict() == pytest.approx(expected, abs=1e-4)
    assert table.actual_nok["SUM"] == pytest.approx(sum(expected.values()), abs=1e-4)
    random.shuffle(drawn)
    assert_frame_equal(_table(drawn, month=month), table)


def test_no_argument_is_edited():
    frames = make_postings({}, {"is_duplicate": True}), make_budget({}), make_forecasts({})
    before = [frame.copy(deep=True) for frame in frames]
    cost_table(*frames, "operating", "2024-09", LEDGER)
    actual_to_date(frames[0], "operating", "2024-12")
    for frame, kept in zip(frames, before, strict=True):
        assert_frame_equal(frame, kept)
