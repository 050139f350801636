"""What must hold of a month's figures: each rule fails where one figure is changed, and holds for the demo."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest
from annual_2016 import annual_2016
from builders import make_book
from sampled import first, first_rows

from rorikt_lib.config.folder import open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.month.checks import refuse_contradictions
from rorikt_lib.month.clean import clean_exports
from rorikt_lib.report.checks import EQUAL, SHARES, by_dimension, failures, not_equal, out_of_range, sum_differs
from rorikt_lib.report.figures import collect, of_documents
from rorikt_lib.workbook import open_month

MONTH = "2024-09"


@pytest.fixture(scope="module")
def figures(demo_figures) -> pd.DataFrame:
    return demo_figures(MONTH)


@pytest.fixture(scope="module")
def sources(demo_figures, tmp_path_factory) -> dict[str, Callable[[], pd.DataFrame]]:
    """Month → its figures: the demo's, with those of all documents where a year is over, and those of 2016, which was
    shared by several keys."""

    def of_2016() -> pd.DataFrame:
        folder = open_folder(annual_2016(tmp_path_factory.mktemp("annual") / "book"))
        clean_exports(folder, lambda step: None)
        return collect(open_month("2016-12", folder), *of_documents())

    return {
        MONTH: lambda: demo_figures(MONTH),
        "2024-12": lambda: demo_figures("2024-12", *of_documents()),
        "2016-12": cache(of_2016),
    }


@pytest.fixture
def figures_with(sources) -> Callable[[str], tuple[pd.DataFrame, str]]:
    """figures_with(name) → figures of which one is called so, and the month that they are of."""

    def found(name: str) -> tuple[pd.DataFrame, str]:
        made = ((figures(), month) for month, figures in sources.items())
        return next((figures, month) for figures, month in made if name in set(figures.figure))

    return found


def _changed(figures: pd.DataFrame, figure: str, dimension: str, by: float = 1.0, last: bool = True) -> pd.DataFrame:
    rows = figures[(figures.figure == figure) & (figures.dimension == dimension)]
    changed = figures.copy()
    changed.loc[rows.index[-1 if last else 0], "value"] += by
    return changed


OTHER_MONTHS = [pytest.param(month, marks=pytest.mark.deep) for month in ("2022-12", "2023-12", "2024-10")]


@pytest.mark.parametrize("month", ["2024-09", *OTHER_MONTHS])
def test_the_demo_months_break_no_rule(demo_figures, month):
    assert failures(demo_figures(month), month).empty


@pytest.mark.parametrize(
    ("figure", "dimension"),
    first_rows(
        [
            ("operating_costs.actual", "expense_type"),
            ("operating_costs.model_outlook_change", "expense_type"),
            ("investment_costs.budget", "project"),
            ("devices.in_use", "version"),
            ("devices.windows_11", "municipality"),
            ("sharing.amount", "year|municipality"),
            ("sharing.item_amount", "year|category|item|municipality"),
            ("settlement.share", "year|municipality"),
            ("settlement.operating", "year|municipality"),
            ("financial_plan.amount", "year|municipality"),
            ("scenario.change", "scenario|municipality"),
            ("budget.adjustment", "step|adjustment"),
        ],
        4,
    ),
)
@pytest.mark.parametrize("last", [True, False], ids=["the sum", "a part"])
def test_a_sum_that_its_parts_do_not_add_up_to_is_named(figures, figure, dimension, last):
    failed = sum_differs(_changed(figures, figure, dimension, last=last))
    assert any(name.startswith(f"{figure}|{dimension} ") for name in failed.figure)


@pytest.mark.parametrize("pair", first(EQUAL, 4), ids=lambda pair: f"{pair[0]} {pair[1]}")
def test_figures_that_are_the_sums_of_others_are_held_against_them(figures_with, pair):
    names, dimension, *_ = pair
    figures, _ = figures_with(names.split()[0])
    assert not_equal(by_dimension(figures), *pair).empty
    rows = figures[(figures.figure == names.split()[0]) & (figures.dimension == dimension)]
    parts = rows[~rows.member.str.contains("unknown|SUM|Ikke oppgitt|None")] if dimension else rows
    changed = figures.copy()
    changed.loc[parts.index[0], "value"] += 1
    assert len(not_equal(by_dimension(changed), *pair)) == 1


@pytest.mark.parametrize("share", first(SHARES, 3), ids=lambda share: f"{share[0]} {share[3]}")
def test_a_share_is_that_of_its_part(figures_with, share):
    figures, month = figures_with(share[0])
    failed = failures(_changed(figures, share[0], share[3], -0.001), month)
    assert set(failed.rule) == {"a share is not that of its part"}


def test_a_figure_that_is_not_known_contradicts_nothing(figures):
    older = figures[~figures.figure.isin(["tickets.early_out", "tickets.early_in", "devices.due", "sla.within"])]
    assert failures(older, MONTH).empty


def test_open_cases_follow_from_those_that_came_and_were_resolved(figures):
    for figure, dimension in (("backlog.open", "date|type"), ("tickets.created", "month|type")):
        failed = failures(_changed(figures, figure, dimension), MONTH)
        assert "open cases do not follow from those that came and were resolved" in set(failed.rule)


def test_cases_within_and_past_their_deadline_are_those_resolved(figures):
    changed = _changed(_changed(figures, "sla.within", "month"), "sla.within", "month|priority")
    changed = _changed(changed, "resolution.cases", "month|priority")
    assert "cases within and past their deadline are not those resolved" in set(failures(changed, MONTH).rule)


def test_the_need_is_what_is_due_less_stock_and_orders_and_never_below_nothing(figures):
    failed = failures(_changed(figures, "devices.to_order", "municipality|user_group"), MONTH)
    assert "the need for PCs is not what is due less stock and orders" in set(failed.rule)


def test_a_months_views_are_those_of_its_days_where_every_day_has_some(figures):
    changed = _changed(figures, "usage.views", "date|channel")
    assert set(failures(changed, MONTH).rule) == {"a month's use is not that of its days"}
    days = figures[(figures.figure == "usage.views") & (figures.dimension == "date|channel")]
    assert failures(changed.drop(index=days.index[0]), MONTH).empty


@pytest.mark.parametrize(
    ("figure", "dimension", "by"),
    first_rows(
        [
            ("tickets.imputed", "month", -1e6),
            ("usage.unique_users", "month|channel", -1e6),
            ("resolution.median", "month|priority", -1e6),
            ("sla.share_within", "month", 1.0),
            ("devices.covered_share", "municipality", -2.0),
            ("channels.share", "month|channel", 3.0),
            ("breach.hours", "case", -1e6),
        ],
        3,
    ),
)
def test_counts_are_not_below_nothing_and_shares_between_nothing_and_all(figures, figure, dimension, by):
    failed = failures(_changed(figures, figure, dimension, by), MONTH)
    assert "a number is out of range" in set(failed.rule)


@pytest.mark.parametrize("figure", ["restated.change", "restated.deleted", "tickets.net_inflow", "forecast_trial.bias"])
def test_a_change_may_be_below_nothing(figures, figure):
    fallen = figures.head(1).assign(figure=figure, unit="cases", value=-46.0)
    assert out_of_range(fallen).empty
    assert len(out_of_range(fallen.assign(figure="tickets.created"))) == 1


@pytest.mark.deep
def test_a_month_without_some_sources_breaks_no_rule():
    assert failures(collect(make_book()), MONTH).empty


def test_a_contradiction_stops_the_report_and_names_figures_and_numbers(figures):
    book = make_book()
    refuse_contradictions(failures(figures, MONTH), book)
    changed = _changed(figures, "sla.within", "month")
    with pytest.raises(
        InputError, match=r"2024-09 cannot be published: .*sla\.within\|month \d{4}-\d\d \(\d+\.00 against"
    ):
        refuse_contradictions(failures(changed, MONTH), book)
