"""The key figures of the front page: the newest month's own numbers, against last month's and what is promised."""

from __future__ import annotations

import math

import pytest
from editions import costs, edition, editions, everything, forecast, of_month

from rorikt_lib.present.sentences import front as words
from rorikt_lib.report import figures
from rorikt_lib.report.editions import Of, by_month, resolved
from rorikt_lib.report.key_figures import KEY_FIGURES, MOST, Glance, glances

SEPTEMBER = everything("2024-09", "2024-08", 0.9)


def by_key(*given) -> dict[str, Glance]:
    return {glance.figure.key: glance for glance in glances(editions(*given))}


def test_they_are_the_first_eight_that_the_month_has_published_in_order():
    shown = glances(editions(edition("2024-09", *SEPTEMBER)))
    assert [glance.figure.key for glance in shown] == [
        "adopted_forecast", "booked", "investment_forecast", "open_cases", "within_deadline", "resolution",
        "pcs_to_order", "portal_views",
    ]  # fmt: skip
    assert len(shown) == MOST


def test_what_a_month_has_not_published_is_left_out_and_others_take_its_place():
    desk = [row for row in SEPTEMBER if row[0].startswith(("tickets", "backlog", "sla", "resolution"))]
    keys = ["open_cases", "within_deadline", "resolution", "new_cases", "alerts"]
    assert list(by_key(edition("2024-09", *desk))) == keys
    assert glances(editions(edition("2024-09"))) == []


def test_each_is_the_month_s_own_number_to_the_last_bit():
    shown = by_key(edition("2024-09", *SEPTEMBER))
    assert shown["booked"].value == 75_017_691.2 * 0.9
    assert shown["booked"].level == 73_144_962.3
    assert shown["pcs_to_order"].value == 483
    assert (shown["resolution"].member, shown["resolution"].level) == ("Medium", 3.0)
    assert shown["portal_views"].value == round(1961 * 0.9)


def test_last_month_is_as_the_newest_month_says_and_else_as_that_month_itself_did():
    alone = by_key(edition("2024-09", *SEPTEMBER))
    assert (alone["open_cases"].before, alone["pcs_to_order"].before) == (458, 480)
    assert math.isnan(alone["investment_forecast"].before)
    august = edition(
        "2024-08", ("investment_costs.forecast", "project", "SUM", 5e6, "NOK"), *forecast("2024-08", 8.6e7)
    )
    both = by_key(august, edition("2024-09", *SEPTEMBER))
    assert (both["investment_forecast"].before, both["adopted_forecast"].before) == (5e6, 8.6e7)
    assert both["open_cases"].before == 458


def test_a_month_before_last_is_not_last_month():
    july = edition("2024-07", *forecast("2024-07", 8.6e7))
    assert math.isnan(by_key(july, edition("2024-09", *SEPTEMBER))["adopted_forecast"].before)


def test_a_forecast_of_another_year_is_not_compared_with():
    december, january = edition("2023-12", *forecast("2023-12", 8e7)), edition("2024-01", *forecast("2024-01", 9e7))
    shown = by_key(december, january)["adopted_forecast"]
    assert math.isnan(shown.before)
    assert list(shown.course.index) == ["2024-01"]


def test_of_a_month_that_has_not_ended_the_change_is_of_the_same_days_only():
    part = [
        of_month("sla.share_within_same_days", month, share, "share")
        for month, share in (("2024-08", 0.8), ("2024-09", 0.7))
    ]
    shown = by_key(edition("2024-09", *SEPTEMBER, *part))
    assert (shown["within_deadline"].now, shown["within_deadline"].before) == (0.7, 0.8)
    assert shown["within_deadline"].is_alike
    # The portal's month is whole, and the ledger's.
    assert (shown["portal_views"].before, shown["portal_views"].is_alike) == (1961, False)
    assert [edition("2024-09", *part).is_part(name) for name in ("resolution.mean", "usage.views", "devices.due")] == [
        True, False, False,
    ]  # fmt: skip


def test_of_a_part_of_a_month_that_has_not_the_same_days_nothing_is_compared():
    part = ("usage.views_same_days", "month|channel", "2024-09|Kompetanseportalen", 900.0, "views")
    shown = by_key(edition("2024-09", *SEPTEMBER, part))
    assert math.isnan(shown["portal_views"].before)
    assert shown["within_deadline"].before == 0.85


def test_what_last_month_said_of_a_part_of_itself_is_compared_with_nothing():
    part = of_month("tickets.created_same_days", "2024-08", 300.0, "cases")
    told = [of_month("tickets.created", "2024-08", 335.0, "cases"), costs("model_forecast", 9e7)]
    september = [of_month("tickets.created", "2024-09", 438.0, "cases"), costs("model_forecast", 9.1e7)]
    whole, partly = (by_key(edition("2024-08", *told, *more), edition("2024-09", *september)) for more in ([], [part]))
    assert (whole["new_cases"].before, whole["model_forecast"].before) == (335, 9e7)
    assert math.isnan(partly["new_cases"].before)
    assert list(partly["new_cases"].course.index) == ["2024-09"]
    assert partly["model_forecast"].before == 9e7
    # As the newest month tells it, the month is whole.
    restated = edition("2024-09", *september, of_month("tickets.created", "2024-08", 420.0, "cases"))
    assert by_key(edition("2024-08", *told, part), restated)["new_cases"].before == 420


def test_december_tells_the_result_and_without_an_adopted_forecast_the_model_s_is_told():
    december = [costs("actual", 9.1e7), *forecast("2024-12", 9e7)]
    assert by_key(edition("2024-12", *december))["year_result"].value == 9.1e7
    model = [costs("model_forecast", 9e7), costs("budget", 8.9e7)]
    assert list(by_key(edition("2024-09", *model))) == ["model_forecast"]


def test_a_figure_of_months_is_not_that_of_a_day():
    of = Of("usage.views", {"channel": None})
    one = edition("2024-09", *SEPTEMBER)
    assert by_month(one, resolved(one, of)).to_dict() == {"2024-08": 1961, "2024-09": round(1961 * 0.9)}


def test_every_one_is_a_figure_of_a_declared_table_that_the_report_has_and_has_a_name():
    declared = figures.tables()
    names = {getattr(figure, "name", figure) for table in declared.values() for figure in table.figures.values()}
    for figure in (one for group in KEY_FIGURES for one in group):
        told = [of.figure for of in (figure.of, figure.level, figure.before, figure.alike, figure.course) if of]
        assert set(told) <= names, figure.key
        assert figure.table in declared
        assert words.name(figure.key, "Medium")


@pytest.mark.parametrize(
    ("number", "level", "against", "unit", "said"),
    [
        (87_539_100.0, 89_477_000.0, "year_budget", "NOK", "1,9 mill. kr under årsbudsjettet"),
        (89_681_000.0, 89_477_000.0, "year_budget", "NOK", "204 000 kr over årsbudsjettet"),
        (89_477_100.0, 89_477_000.0, "year_budget", "NOK", "Som årsbudsjettet"),
        (0.857, 0.9, "target", "share", "4,3 prosentpoeng under målet på 90 %"),
        (5.94, 3.0, "deadline", "days", "2,9 dager over fristen på 3 dager"),
        (1.0, math.nan, "target", "share", None),
    ],
)
def test_what_it_is_held_against_is_told_by_how_much_and_on_which_side(number, level, against, unit, said):
    text = words.held(number, level, against, unit)
    assert (text and text.replace("\u202f", " ").replace("\u00a0", " ")) == said


@pytest.mark.parametrize(
    ("now", "before", "unit", "alike", "said"),
    [
        (438, 458, "cases", False, "Ned 20 saker siden august"),
        (459, 458, "cases", False, "Opp 1 sak siden august"),
        (0.857, 0.916, "share", True, "Ned 5,9 prosentpoeng mot de samme virkedagene i august"),
        (5.0, 5.01, "days", False, "Uendret siden august"),
        (5.0, math.nan, "days", False, None),
    ],
)
def test_the_change_since_last_month_is_told_and_nothing_is_no_change(now, before, unit, alike, said):
    text = words.changed(now, before, unit, "2024-09", alike)
    assert (text and text.replace("\u202f", " ").replace("\u00a0", " ")) == said
