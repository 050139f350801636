"""What the report says of numbers that an earlier report published as others."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.present.language import members
from rorikt_lib.present.nb import restated
from rorikt_lib.terms.reasons import RestatedCause


def test_nothing_changed_is_reported():
    rows = pd.DataFrame({"month": [], "is_later": pd.array([], dtype=bool)})
    assert restated.summary(rows) == "Ingen tall for tidligere måneder er endret siden de ble publisert."


@pytest.mark.parametrize(
    ("is_later", "said"),
    [
        ([True, False], "2 tall for tidligere måneder er endret siden de ble publisert, og står i tabellen. For 1 av dem er "
         "årsaken bare at september 2024 ikke var over da rapporten ble laget: saker som kom eller ble løst etter uttrekket, "
         "er nå med."),
        ([False, False], "2 tall for tidligere måneder er endret siden de ble publisert, og står i tabellen."),
        ([False], "1 tall for tidligere måneder er endret siden det ble publisert, og står i tabellen."),
    ],
)  # fmt: skip
def test_what_only_the_rest_of_the_month_changed_is_reported_in_a_sentence(is_later, said):
    assert restated.summary(pd.DataFrame({"month": "2024-09", "is_later": is_later})) == said


def test_causes_are_named_with_cases_that_came_or_went():
    counts = dict.fromkeys(RestatedCause, 0) | {"registered_late": 2, "deleted": -1}
    assert restated.causes(counts) == "−1 slettet eller slått sammen, +2 registrert sent"
    assert restated.causes(dict.fromkeys(RestatedCause, pd.NA)) == "andre saker eller andre tider"


@pytest.mark.parametrize("cause", RestatedCause)
def test_every_cause_has_words(cause):
    assert members("causes")[cause]


@pytest.mark.parametrize(
    ("postings", "nok", "change", "said"),
    [
        (12, 900_000.0, 900_000.0, "+12 posteringer"),
        (-1, -50.0, -50.0, "\u22121 postering"),
        (0, 10.0, 10.0, "endrede posteringer"),
        (2, 10.0, 15.0, "+2 posteringer og endrede regler eller innstillinger"),
        (0, 0.0, 15.0, "endrede regler eller innstillinger"),
    ],
)
def test_what_was_posted_since_is_why_costs_are_others_as_far_as_its_amount_goes(postings, nok, change, said):
    row = dict.fromkeys(RestatedCause, pd.NA) | {"figure": "operating_costs.actual_so_far", "unit": "NOK"}
    assert restated.why(row | {"postings": postings, "postings_nok": nok, "change": change, "is_later": False}) == said


def test_where_nobody_kept_the_postings_no_cause_is_made_up_but_the_rest():
    row = dict.fromkeys(RestatedCause, pd.NA) | {"figure": "resolution.mean", "unit": "days", "is_later": True}
    assert restated.why(row) == "saker etter uttrekket"
    assert restated.why(row | {"is_later": False}) == "andre saker eller andre tider"
    assert restated.why(row | {"figure": "usage.views"}) == "andre tall fra kilden"


def test_a_month_that_is_whole_now_is_told_with_its_change_and_what_was_published():
    until = pd.Timestamp("2024-09-27 12:00", tz="Europe/Oslo")
    row = {"month": "2024-09", "until": until, "is_whole": True, "created": 1290, "published": 1245.0}
    created = pd.DataFrame({"month": ["2024-08", "2024-09"], "created": [1313, 1290]})
    assert restated.now_whole(pd.DataFrame([row]), created, "2024-10") == (
        "September er nå talt i sin helhet: 1\u202f290 nye saker, en nedgang på 23 (1,8\u00a0%) fra august. "
        "Rapporten for september telte til 27. september 2024 kl. 12.00 og hadde 1\u202f245."
    )
    unknown = restated.now_whole(pd.DataFrame([row | {"published": float("nan")}]), created, "2024-10")
    assert unknown.endswith("telte til 27. september 2024 kl. 12.00.")
    late = restated.now_whole(pd.DataFrame([row | {"is_whole": False}]), created, "2024-10")
    assert late.endswith("saker fra resten av måneden er fortsatt ikke levert.")
    assert restated.now_whole(pd.DataFrame([row]).head(0), created, "2024-10") is None


def test_the_caption_names_the_report_where_it_is_one():
    one, two = (restated.restated_caption(pd.Series(reports)) for reports in (["2024-09"] * 2, ["2024-08", "2024-09"]))
    assert one.endswith("siden de ble publisert i rapporten for september 2024.")
    assert two.endswith("siden de ble publisert.")
