"""What the page across months says, in each language: held against budget and target, and of months counted whole."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.present.sentences import development as words
from rorikt_lib.terms.language import using

MISSING = float("nan")


def said(code: str, topic: str, frame: pd.DataFrame) -> str:
    with using(code):
        return getattr(words, topic)(frame).replace("\u00a0", " ")


def months(**columns: list) -> pd.DataFrame:
    """As many months as the columns have rows, the last October 2024; whole, unless is_part is given."""
    size = len(next(iter(columns.values())))
    names = [f"2024-{n:02d}" for n in range(11 - size, 11)]
    return pd.DataFrame({"month": names, "is_part": False} | columns)


def forecast(nok: float, budget: float, *, is_result: bool = False) -> pd.DataFrame:
    known = {"adopted_nok": [MISSING if is_result else nok], "model_nok": [MISSING]}
    return months(**known, result_nok=[nok if is_result else MISSING], budget_nok=[budget])


@pytest.mark.parametrize(
    ("code", "nok", "budget", "is_result", "ending"),
    [
        ("nb", 89e6, 89e6, False, ". Den siste er som årsbudsjettet på 89,0 millioner kroner."),
        ("nn", 89e6, 89e6, False, ". Den siste er som årsbudsjettet på 89,0 millionar kroner."),
        ("nb", 89e6, 89e6, True, " ble 89,0 millioner kroner, som årsbudsjettet på 89,0 millioner kroner."),
        ("nn", 89e6, 89e6, True, " blei 89,0 millionar kroner, som årsbudsjettet på 89,0 millionar kroner."),
        ("nb", 90e6, 88e6, False, ". Den siste gir et merforbruk på 2,0 millioner kroner mot årsbudsjettet på 88,0 millioner kroner."),
        ("nn", 90e6, 88e6, False, ". Den siste gir eit meirforbruk på 2,0 millionar kroner mot årsbudsjettet på 88,0 millionar kroner."),
        ("nb", 86e6, 88e6, True, ", et mindreforbruk på 2,0 millioner kroner mot årsbudsjettet på 88,0 millioner kroner."),
        ("nn", 86e6, 88e6, True, ", eit mindreforbruk på 2,0 millionar kroner mot årsbudsjettet på 88,0 millionar kroner."),
        ("nb", 89e6, MISSING, False, "i oktober 2024. Året har ikke noe budsjett."),
        ("nn", 89e6, MISSING, False, "i oktober 2024. Året har ikkje noko budsjett."),
        ("nb", 89e6, MISSING, True, "Driftskostnadene for 2024 ble 89,0 millioner kroner."),
        ("nn", 89e6, MISSING, True, "Driftskostnadene for 2024 blei 89,0 millionar kroner."),
    ],
)  # fmt: skip
def test_a_year_is_over_under_or_as_its_budget_where_it_has_one(code, nok, budget, is_result, ending):
    assert said(code, "forecast", forecast(nok, budget, is_result=is_result)).endswith(ending)


@pytest.mark.parametrize(
    ("code", "resolved", "ending"),
    [
        ("nb", [9], "I oktober 2024 kom det inn flere saker enn det ble løst."),
        ("nn", [9], "I oktober 2024 kom det inn fleire saker enn det blei løyst."),
        ("nb", [10], "I oktober 2024 ble det løst like mange saker som det kom inn."),
        ("nn", [10], "I oktober 2024 blei det løyst like mange saker som det kom inn."),
        ("nb", [11], "I oktober 2024 ble det løst flere saker enn det kom inn."),
        ("nn", [11], "I oktober 2024 blei det løyst fleire saker enn det kom inn."),
        ("nb", [9, 10], "I ingen av de to månedene ble det løst flere saker enn det kom inn."),
        ("nn", [9, 10], "I ingen av dei to månadene blei det løyst fleire saker enn det kom inn."),
        ("nb", [11, 9, 10], "Det ble løst flere saker enn det kom inn i 1 av 3 måneder."),
        ("nn", [11, 9, 10], "Det blei løyst fleire saker enn det kom inn i 1 av 3 månader."),
        ("nb", [11, 11], "Det ble løst flere saker enn det kom inn i begge månedene."),
        ("nn", [11, 11, 11], "Det blei løyst fleire saker enn det kom inn i alle dei tre månadene."),
    ],
)
def test_in_how_many_months_more_were_resolved_than_came_in(code, resolved, ending):
    size = len(resolved)
    assert said(code, "backlog", months(open=[5.0] * size, created=[10] * size, resolved=resolved)).endswith(ending)


@pytest.mark.parametrize(
    ("code", "shares", "targets", "ending"),
    [
        ("nb", [0.95], [0.925], "Målet på 92,5 % ble nådd."),
        ("nn", [0.9], [0.925], "Målet på 92,5 % blei ikkje nådd."),
        ("nb", [0.8, 0.8], [0.9, 0.9], "Målet på 90 % ble ikke nådd i noen av de to månedene."),
        ("nn", [0.8, 0.8], [0.9, 0.9], "Målet på 90 % blei ikkje nådd i nokon av dei to månadene."),
        ("nb", [0.9, 0.8, 0.9], [0.9, 0.9, 0.9], "Målet på 90 % ble nådd i 2 av 3 måneder."),
        ("nn", [0.9, 0.9], [0.9, 0.9], "Målet på 90 % blei nådd i begge månadene."),
        # What was promised in one month says nothing of another.
        ("nb", [0.9, 0.9], [0.8, 0.95], "Målet ble nådd i 1 av 2 måneder."),
    ],
)
def test_in_how_many_months_the_target_was_reached_as_it_was_promised(code, shares, targets, ending):
    assert said(code, "sla", months(share_within=shares, share_within_target=targets)).endswith(f". {ending}")


@pytest.mark.parametrize(
    ("code", "target", "unit", "limit"),
    [
        ("nb", 1.0, "days", "1 dag"), ("nb", 3.0, "days", "3 dager"), ("nb", 1.5, "days", "1,5 dager"),
        ("nb", 1.0, "hours", "1 time"), ("nn", 1.0, "days", "1 dag"), ("nn", 4.0, "hours", "4 timar"),
    ],
)  # fmt: skip
def test_a_deadline_of_one_is_of_one(code, target, unit, limit):
    frame = months(mean=[3.4], target=[target]).assign(unit=unit, priority="Medium")
    assert said(code, "times", frame).endswith(f" Fristen er {limit}.")


def test_the_last_adopted_forecast_is_told_where_the_newest_month_has_none():
    frame = months(adopted_nok=[89e6, MISSING], model_nok=[90e6, 91e6], budget_nok=[88e6] * 2, result_nok=[MISSING] * 2)
    assert said("nb", "forecast", frame).endswith(
        " på 88,0 millioner kroner. Den siste vedtatte prognosen er 89,0 millioner kroner fra september."
    )
    assert "vedtatte" not in said("nb", "forecast", frame.head(1))


def test_months_that_are_all_drafts_are_not_named_one_by_one():
    frame = months(alerts=[1.0, 2.0, 3.0]).assign(status="Utkast")
    for of, names in (
        (frame, "alle månedene"),
        (frame.assign(status=["Godkjent", "Utkast", "Utkast"]), "september 2024 og oktober 2024"),
    ):
        assert words.notes(of) == f"Utkast: {names}."
    assert "Alle er utkast, og kan bli endret." in words.lead(frame, [])


PARTLY = {"is_part": [False, True, False]}
CASES = {"created": [10, 4, 10], "resolved": [11, 9, 9]}


@pytest.mark.parametrize(
    ("topic", "columns", "told"),
    [
        ("backlog", {"open": [300.0, 438.0, 335.0], **CASES}, "Antall åpne saker var 335 i oktober 2024, mot 300 i august."
         " Det ble løst flere saker enn det kom inn i 1 av 2 måneder."),
        ("sla", {"share_within": [0.8, 0.857, 0.867], "share_within_target": [0.85] * 3},
         "Andelen feilmeldinger løst innen fristen var 86,7 % i oktober 2024, mot 80,0 % i august."
         " Målet på 85 % ble nådd i 1 av 2 måneder."),
        ("times", {"mean": [2.0, 9.0, 3.0], "target": [3.0] * 3, "unit": "days", "priority": "Medium"},
         "Gjennomsnittlig løsningstid med medium prioritet var 3,0 dager i oktober 2024, mot 2,0 dager i august."
         " Fristen er 3 dager."),
        ("alerts", {"alerts": [5.0, 1.0, 6.0]}, "Antall varsler var 6 i oktober 2024, mot 5 i august."),
        ("portal", {"views": [5.0, 1.0, 6.0]}, "Antall visninger var 6 i oktober 2024, mot 5 i august."),
    ],
)  # fmt: skip
def test_a_month_that_was_counted_in_part_is_compared_with_none(topic, columns, told):
    left_out = " September 2024 er talt før måneden var over, og er ikke med i setningen."
    assert said("nb", topic, months(**PARTLY, **columns)) == told + left_out


def test_a_month_that_was_counted_in_part_is_told_where_there_is_no_other():
    assert said("nb", "alerts", months(is_part=[True], alerts=[5.0])) == "Antall varsler var 5 i oktober 2024."


@pytest.mark.parametrize(("topic", "what"), [("alerts", "Talet på varsel"), ("portal", "Talet på visingar")])
def test_a_number_has_its_article_in_nynorsk(topic, what):
    assert said("nn", topic, months(alerts=[5.0], views=[5.0])).startswith(f"{what} var 5 i oktober 2024")
