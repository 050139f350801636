"""Which figures are others than in an earlier edition: exactly those, against a comparison key by key."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.terms.figure_changes import KEY, changed_figures

COLUMNS = ["figure", "period", "dimension", "member", "value", "unit"]
VALUES = st.sampled_from([0.0, 1.0, -1.0, 0.01, 75_018_000.0, 75_018_000.01, 1e9, 1e9 + 0.01, 0.1 + 0.2, 0.5])
EDITIONS = st.dictionaries(
    st.tuples(st.sampled_from(["costs.actual", "tickets.created"]), st.just("line"), st.sampled_from("ABCNA")), VALUES
)


def frame(edition: dict[tuple[str, str, str], float], unit: str = "NOK") -> pd.DataFrame:
    rows = [(figure, "2024-09", by, member, value, unit) for (figure, by, member), value in edition.items()]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": float})


@given(EDITIONS, EDITIONS)
def test_exactly_the_figures_that_are_others_new_or_gone_are_listed(before, after):
    rows = changed_figures(frame(before), frame(after))
    listed = {tuple(row[name] for name in KEY): (row["published"], row["now"]) for row in rows.to_dict("records")}
    expected = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert listed.keys() == expected
    for key, (published, now) in listed.items():
        assert before.get(key) == (None if math.isnan(published) else published)
        assert after.get(key) == (None if math.isnan(now) else now)


@given(EDITIONS, EDITIONS)
def test_the_change_is_what_one_adds_to_the_old_to_get_the_new(before, after):
    rows = changed_figures(frame(before), frame(after))
    both = rows.published.notna() & rows.now.notna()
    assert ((rows.published + rows.change)[both] - rows.now[both]).abs().lt(1e-6).all()
    assert rows.change[~both].isna().all()


def test_nothing_is_listed_where_nothing_is_another():
    edition = {("costs.actual", "line", "A"): 0.1 + 0.2}
    assert changed_figures(frame(edition), frame({("costs.actual", "line", "A"): 0.3})).empty


def test_an_ore_of_a_milliard_is_a_change():
    before, after = ({("costs.actual", "line", "A"): value} for value in (1e9, 1e9 + 0.01))
    assert len(changed_figures(frame(before), frame(after))) == 1


def test_the_same_number_in_another_unit_is_a_change():
    edition = {("resolution.mean", "month", "2024-09"): 5.0}
    rows = changed_figures(frame(edition, "hours"), frame(edition, "days"))
    assert rows.unit.tolist() == ["days"]


def test_the_order_is_the_new_edition_s_and_then_what_is_gone():
    before = {("b", "", "1"): 1.0, ("a", "", "1"): 1.0, ("gone", "", "1"): 1.0}
    after = {("z", "", "1"): 1.0, ("b", "", "1"): 2.0, ("a", "", "1"): 2.0}
    assert changed_figures(frame(before), frame(after)).figure.tolist() == ["z", "b", "a", "gone"]
