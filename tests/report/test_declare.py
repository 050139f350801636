"""A declaration that would publish a number that is no figure, or a column without name, is refused."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_book

from rorikt_lib.report.declare import Figure, Table, named
from rorikt_lib.report.records import key_of, records


def _table(frame: pd.DataFrame | None = None, **changes: object) -> Table:
    given = {"key": "t", "compute": lambda book: frame, "by": ["municipality"], "figures": named("x", "created")}
    return Table(**given | changes)


def test_a_number_column_that_is_no_figure_is_refused():
    with pytest.raises(TypeError, match="the table t shows resolved, which is no figure"):
        _table(columns=["municipality", "created", "resolved"])


def test_a_column_that_nobody_named_is_refused():
    with pytest.raises(KeyError, match="nameless"):
        _table(columns=["municipality", "nameless"])


def test_texts_and_dates_need_be_no_figures():
    assert _table(columns=["municipality", "created", "reason", "newest"]).shown[-1] == "newest"


def test_a_record_is_a_number_of_a_row_with_its_dimensions_and_unit():
    frame = pd.DataFrame({"month": ["2024-09"], "priority": ["high"], "created": [7]})
    made = records(_table(frame, by=["month", "priority"]), make_book())
    assert made.to_dict("records") == [
        {
            "figure": "x.created",
            "period": "2024-09",
            "dimension": "month|priority",
            "member": "2024-09|Høy",
            "value": 7.0,
            "unit": "cases",
        }
    ]


def test_what_is_not_known_is_no_record():
    frame = pd.DataFrame({"municipality": ["Molde", "Rauma"], "created": [None, 2.0]})
    assert list(records(_table(frame), make_book()).member) == ["Rauma"]


def test_a_row_of_sums_is_a_record_of_the_dimensions_it_has():
    frame = pd.DataFrame({"municipality": ["Molde", "SUM"], "user_group": ["staff", None], "created": [1, 1]})
    made = records(_table(frame, by=["municipality", "user_group"]), make_book())
    assert list(made.dimension) == ["municipality|user_group", "municipality"]
    assert list(made.member) == ["Molde|Ansatt", "SUM"]


def test_a_dimension_can_have_another_name_than_its_column_and_a_column_dimensions_of_its_own():
    frame = pd.DataFrame({"line": ["Lønn"], "municipality": ["Molde"], "created": [1], "open": [2]})
    figures = {"created": "x.created", "open": Figure("x.open", by=["municipality"])}
    made = records(
        _table(frame, by={"line": "expense_type", "municipality": "municipality"}, figures=figures), make_book()
    )
    assert list(made.dimension) == ["expense_type|municipality", "municipality"]


def test_a_table_of_one_row_has_records_without_dimension():
    made = records(_table(pd.DataFrame({"created": [5]}), by=[], columns=["created"]), make_book())
    assert made[["dimension", "member", "value"]].to_numpy().tolist() == [["", "", 5.0]]


def test_years_and_days_are_written_alike_beside_missing_ones():
    frame = pd.DataFrame({"year": [2025.0, None], "date": [pd.Timestamp("2024-09-30"), pd.NaT]})
    assert key_of(frame, ["year", "date"]) == (["year|date", ""], ["2025|2024-09-30", ""])


def test_the_unit_of_a_number_may_stand_in_its_row():
    frame = pd.DataFrame({"municipality": ["Molde", "Rauma"], "mean": [1.0, 2.0], "unit": ["days", "hours"]})
    made = records(_table(frame, figures=named("x", "mean")), make_book())
    assert list(made.unit) == ["days", "hours"]


def test_a_count_whose_name_does_not_say_its_unit_has_that_of_its_table():
    table = _table(pd.DataFrame({"municipality": ["Molde"], "gone": [1]}), figures=named("x", "gone"), counts="PCs")
    assert list(records(table, make_book()).unit) == ["PCs"]


def test_a_part_of_a_table_is_a_table_of_its_own():
    frame = pd.DataFrame({"municipality": ["Molde", "Rauma"], "created": [1, 2]})
    table = _table(frame, apart=lambda rows: {"rauma": rows[rows.municipality == "Rauma"]})
    (part,) = table.parts(make_book())
    assert part.key == "t-rauma"
    assert list(part.frame(make_book()).created) == [2]


def test_a_bar_in_a_members_name_does_not_divide_it():
    frame = pd.DataFrame({"month": ["2024-09"], "category": ["PC | skriver"], "created": [5]})
    made = records(_table(frame, by=["month", "category"]), make_book())
    assert list(made.member) == ["2024-09|PC ¦ skriver"]
