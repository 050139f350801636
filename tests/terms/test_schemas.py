"""A clean table is told to fit by what its columns hold; what does not fit is refused whichever row it stands in."""

from __future__ import annotations

import pandas as pd
import pytest
from pandera.errors import SchemaError

from rorikt_lib.terms.each_another import are_each_another, are_surely_each_another
from rorikt_lib.terms.schemas import empty, validate
from rorikt_lib.terms.schemas.beforehand import holds
from rorikt_lib.terms.schemas.tickets import Tickets

AT = pd.Timestamp("2024-09-02 08:15", tz="Europe/Oslo")
CASE = {
    "ticket_id": "", "request_no": "1", "type": "incident", "priority": "1", "status": "open", "created_at": AT,
    "paused_minutes": 0.0, "reopened": 0, "is_alert": False, "resolved_at_imputed": False, "is_deleted": False,
}  # fmt: skip
COUNT = 20


def cases(**at_row_7: object) -> pd.DataFrame:
    like = empty("tickets")
    rows = [CASE | {"ticket_id": f"{n:03d}"} | (at_row_7 if n == 7 else {}) for n in range(COUNT)]
    frame = pd.DataFrame(rows, columns=like.columns)
    return frame.astype({name: like[name].dtype for name in like if name not in at_row_7})


def test_a_table_that_fits_comes_back_as_pandera_gives_it():
    frame = cases(paused_minutes=5.5)
    assert holds(Tickets.to_schema(), frame, empty("tickets"))
    pd.testing.assert_frame_equal(validate("tickets", frame), Tickets.validate(frame))


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "visit"}, {"status": "merged"}, {"paused_minutes": -1.0}, {"reopened": -1}, {"priority": None},
        {"paused_minutes": None}, {"created_at": pd.NaT}, {"ticket_id": "003"}, {"ticket_id": None},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_the_middle_of_a_table(wrong):
    frame = cases(**wrong).astype({name: empty("tickets")[name].dtype for name in wrong})
    with pytest.raises(SchemaError) as told:
        validate("tickets", frame)
    assert [*wrong] == [told.value.schema.name]


def test_a_table_of_other_types_is_made_of_those_of_its_schema():
    other = cases().astype({"paused_minutes": "int64", "ticket_id": object})[[*empty("tickets").columns][::-1]]
    pd.testing.assert_frame_equal(validate("tickets", other), cases())


def test_rows_that_are_one_only_together_are_left_to_pandera():
    pcs = empty("devices").reindex(range(2)).assign(serial_no=["A", "A"], extracted_on=pd.Timestamp("2024-09-02"))
    with pytest.raises(SchemaError):
        validate("devices", pcs.astype(empty("devices").dtypes))


@pytest.mark.parametrize(
    ("texts", "surely", "each_another"),
    [
        (["1", "2", "3"], True, True), (["a", "b", "c"], True, True), (["3", "1", "2"], True, True),
        (["9", "10"], True, True), (["1", "2", "2"], False, False), (["2", "1", "2"], False, False),
        (["12", "012"], False, True), (["b", "a"], False, True), (["b", "a", "b"], False, False),
        (["2", "1", "x"], False, True), (["1", None], False, True), (["2", "99999999999999999999", "1"], False, True),
        (["1"], True, True), ([], True, True),
    ],
)  # fmt: skip
def test_texts_that_rise_or_are_other_numbers_are_surely_each_another(texts, surely, each_another):
    column = pd.Series(texts, dtype="str")
    assert are_surely_each_another(column) is surely
    assert are_each_another(column) is each_another
