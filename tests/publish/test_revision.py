"""What a revision says of the report before it: exactly the figures that later postings and cases change."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts, make_postings, make_tickets
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.present.sentences import revision as words
from rorikt_lib.publish.revision import Revision
from rorikt_lib.report import economy
from rorikt_lib.report.figure_names import name_of
from rorikt_lib.report.figures import collect
from rorikt_lib.report.records import records
from rorikt_lib.report.restated import desk_figures
from rorikt_lib.terms.figure_changes import changed_figures

POSTINGS = [{"amount_nok": 1000.0 + n, "period": f"2024-{n:02d}"} for n in range(1, 10)]
CASES = [
    {"resolved_at": "2024-09-05 09:00"}, {"municipality": "Rauma", "created_at": "2024-08-20 09:00"},
    {"type": "request", "priority": "low", "created_at": "2024-07-03 09:00", "resolved_at": "2024-09-10 09:00"},
]  # fmt: skip
LATER_POSTINGS = st.lists(
    st.fixed_dictionaries({
        "amount_nok": st.sampled_from([900_000.0, -34_620.27, 0.01, 12.5]),
        "line": st.sampled_from(["Lønn", "Inntekter", "Lisens, vedlikehold og support"]),
        "period": st.sampled_from(["2024-09", "2024-03", "2024-10"]),
    }),
    max_size=3,
)  # fmt: skip
LATER_CASES = st.lists(
    st.fixed_dictionaries({
        "created_at": st.sampled_from(["2024-09-27 15:00", "2024-09-30 08:00", "2024-08-30 08:00", "2024-10-02 08:00"]),
        "municipality": st.sampled_from(["Molde", "Aukra"]), "type": st.sampled_from(["incident", "request"]),
        "resolved_at": st.sampled_from([None, "2024-10-03 08:00"]),
    }),
    max_size=3,
)  # fmt: skip


def book_of(postings: list[dict], cases: list[dict]):
    return make_book(
        postings=make_postings(*POSTINGS, *postings), tickets=make_tickets(*CASES, *cases),
        budget_lines=make_budget({"line": "Lønn"}), adopted_forecasts=make_forecasts({}),
    )  # fmt: skip


def figures_of(postings: list[dict], cases: list[dict]) -> pd.DataFrame:
    book = book_of(postings, cases)
    return pd.concat([records(economy.COSTS, book), desk_figures(book)], ignore_index=True)


@cache
def published() -> pd.DataFrame:
    return figures_of([], [])


def rows_of(markdown: str) -> list[list[str]]:
    """The rows of the revision's table."""
    lines = [line.replace("\\", "") for line in markdown.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines[2:]]


def as_number(text: str) -> float | None:
    if text == words.ABSENT:
        return None
    share = 0.01 if "%" in text else 1
    return share * float(re.sub(r"[^\d,\u2212]", "", text).replace("\u2212", "-").replace(",", "."))


def by_key(figures: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    return {(row.figure, row.dimension, row.member): row.value for row in figures.itertuples()}


@pytest.mark.deep
@given(LATER_POSTINGS, LATER_CASES)
def test_a_revision_lists_exactly_the_figures_that_later_postings_and_cases_change(postings, cases):
    before, figures = by_key(published()), figures_of(postings, cases)
    after = by_key(figures)
    expected = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    revision = Revision(2, "Sent ført", changed_figures(published(), figures))
    rows = rows_of(revision.markdown)
    named = Counter((name_of(figure), words.place(member).replace("\\", "")) for figure, _, member in expected)
    assert Counter((name, place) for name, place, *_ in rows) == named
    shown = Counter((as_number(then), as_number(now)) for _, _, then, now, _ in rows)
    assert len(rows) == len(expected) == sum(shown.values())
    for (figure, _, member), (then, now) in ((key, (before.get(key), after.get(key))) for key in expected):
        of_it = [row for row in rows if row[:2] == [name_of(figure), words.place(member).replace("\\", "")]]
        assert any(near(as_number(row[2]), then) and near(as_number(row[3]), now) for row in of_it)
        assert all(row[2] != row[3] for row in of_it)


def near(shown: float | None, value: float | None) -> bool:
    if shown is None or value is None:
        return shown is value
    return shown == pytest.approx(value, rel=0, abs=0.51)


@pytest.mark.deep
def test_of_a_whole_report_too_exactly_the_changed_figures_are_listed():
    late = [{"amount_nok": 900_000.0, "line": "Konsulenter"}]
    before, after = collect(book_of([], [])), collect(book_of(late, []))
    then, now = by_key(before), by_key(after)
    changes = changed_figures(before, after)
    expected = {key for key in then.keys() | now.keys() if then.get(key) != now.get(key)}
    assert set(map(tuple, changes[["figure", "dimension", "member"]].itertuples(index=False))) == expected
    assert not changes.figure.str.match("tickets|sla|backlog").any()
    assert len(rows_of(Revision(2, "Sent ført", changes).markdown)) == len(expected)


def test_nine_hundred_thousand_more_are_told_in_kroner_where_they_are_booked():
    changes = changed_figures(published(), figures_of([{"amount_nok": 900_000.0}], []))
    rows = {tuple(row[:2]): row[2:] for row in rows_of(Revision(2, "Sent ført", changes).markdown)}
    assert rows["Driftskostnader, regnskap", "Lønn"] == [
        "9\u202f045\u00a0kr",
        "909\u202f045\u00a0kr",
        "+900\u202f000\u00a0kr",
    ]
    assert rows["Driftskostnader, regnskap", "Sum"] == rows["Driftskostnader, regnskap", "Lønn"]
    assert all(name.startswith("Driftskostnader") for name, _ in rows)


def changed(unit: str, then: float | None, now: float | None) -> list[str]:
    """The cells of one figure that became another."""
    row = {"figure": "sla.share_within", "dimension": "month", "member": "2024-09", "unit": unit}
    frames = [
        pd.DataFrame([row | {"value": value}] if value is not None else [], columns=[*row, "value"])
        for value in (then, now)
    ]
    return rows_of(Revision(2, "x", changed_figures(*frames)).markdown)[0][2:]


@pytest.mark.parametrize(
    ("unit", "then", "now", "cells"),
    [
        ("NOK", 75_018_000.0, 75_918_000.0, ["75\u202f018\u202f000\u00a0kr", "75\u202f918\u202f000\u00a0kr", "+900\u202f000\u00a0kr"]),
        ("NOK", 100.0, 100.01, ["100,00\u00a0kr", "100,01\u00a0kr", "+0,01\u00a0kr"]),
        ("cases", 1290.0, 1245.0, ["1\u202f290", "1\u202f245", "\u221245"]),
        ("share", 0.9123, 0.92, ["91,2\u00a0%", "92,0\u00a0%", "+0,8\u00a0prosentpoeng"]),
        ("share", 0.91231, 0.91234, ["91,2310\u00a0%", "91,2340\u00a0%", "+0,0030\u00a0prosentpoeng"]),
        ("days", 5.94, 5.9, ["5,94\u00a0dager", "5,90\u00a0dager", "\u22120,04\u00a0dager"]),
        ("hours", 5.0, 6.0, ["5\u00a0timer", "6\u00a0timer", "+1\u00a0timer"]),
        ("cases", None, 3.0, ["ikke med", "3", "–"]),
        ("cases", 3.0, None, ["3", "ikke med", "–"]),
        ("days", None, 3.25, ["ikke med", "3,3\u00a0dager", "–"]),
    ],
)  # fmt: skip
def test_a_figure_is_written_in_its_unit_with_so_many_decimals_that_the_change_is_seen(unit, then, now, cells):
    assert changed(unit, then, now) == cells


def test_months_and_sums_are_written_as_elsewhere_and_nothing_is_markup():
    assert words.place("2024-09|Medium") == "september 2024, Medium"
    assert words.place("SUM") == "Sum"
    assert words.place("a|*b*|2024-13") == r"a, \*b\*, 2024-13"


def test_how_many_figures_changed_is_said():
    one = changed_figures(published(), published().assign(value=lambda d: d.value.where(d.index != 3, 7.5)))
    assert words.summary(one, 1) == "1 tall er et annet enn i revisjon 1, se tabell R."
    assert words.summary(one.head(0), 2) == "Ingen tall er andre enn i revisjon 2."
    assert words.summary(pd.concat([one, one]), 1) == "2 tall er andre enn i revisjon 1, se tabell R."
