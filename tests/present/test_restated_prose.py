"""What the report says of numbers that an earlier report published as others."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.present.prose import restated
from rorikt_lib.terms.fields import MEMBERS
from rorikt_lib.tickets.causes import CAUSES


def _row(month: str = "2024-09", **causes: int) -> dict:
    told = {"month": month, "figure": "tickets.created", "member": "total", "report": "2024-09"}
    return told | {"published": 10, "now": 10 + sum(causes.values())} | dict.fromkeys(CAUSES, 0) | causes


def _rows(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[*restated.SHOWN[:-1], *CAUSES])


def test_nothing_changed_is_said():
    assert restated.restated_in_short(_rows()) == "Ingen tall for tidligere måneder er endret siden de ble publisert."
    assert restated.restated_table(_rows()).empty


def test_what_only_the_rest_of_the_month_changed_is_told_in_a_sentence_and_not_in_the_table():
    rows = _rows(_row(after_cut_off=3), _row(registered_late=2, deleted=-1))
    assert "2 tall for tidligere måneder" in restated.restated_in_short(rows)
    assert "september 2024 ikke var over" in restated.restated_in_short(rows)
    table = restated.restated_table(rows)
    assert len(table) == 1
    assert table.causes.iloc[0] == "−1 slettet eller slått sammen, +2 registrert sent"


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_has_words(cause):
    assert MEMBERS["causes"][cause]


def _average(month: str) -> dict:
    told = {"month": month, "figure": "resolution.mean", "member": "Medium", "report": "2024-09"}
    return told | {"published": 5.0, "now": 5.1} | dict.fromkeys(CAUSES, pd.NA)


def test_an_average_is_told_in_the_sentence_only_where_all_counts_of_its_month_are():
    rows = _rows(
        _row(after_cut_off=3),
        _average("2024-09"),
        _average("2024-07"),
        _row("2024-08", deleted=-1),
        _average("2024-08"),
    )
    assert "For 2 av dem er årsaken bare at september 2024 ikke var over" in restated.restated_in_short(rows)
    table = restated.restated_table(rows)
    assert table[["month", "figure"]].apply(tuple, axis=1).tolist() == [
        ("2024-07", "resolution.mean"), ("2024-08", "tickets.created"), ("2024-08", "resolution.mean"),
    ]  # fmt: skip
    assert table.causes.iloc[0] == "andre saker eller andre tider"
