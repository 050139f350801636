"""The builders' tables are clean tables: as pandera would have made them of the same values."""

from __future__ import annotations

import builders
import pandas as pd
import pytest
from builders import oslo
from pandera.errors import SchemaError

from rorikt_lib.terms.schemas import validate

BUILDERS = {
    "tickets": builders.make_tickets,
    "postings": builders.make_postings,
    "budget_lines": builders.make_budget,
    "adopted_forecasts": builders.make_forecasts,
    "devices": builders.make_devices,
    "device_register": builders.make_register,
    "device_stock": builders.make_stock,
    "usage": builders.make_usage,
}
# Values of the columns that a builder leaves out, or that are given in more than one way.
GIVEN = {
    "tickets": {
        "created_at": oslo("2024-09-02 08:00"), "responded_at": "2024-09-02 09:00", "resolved_at": None,
        "closed_at": pd.NaT, "reopened": 2, "sla_met_source": True, "category": None, "paused_minutes": 7,
    },
    "postings": {"posted_on": "2024-09-30", "amount_nok": -3, "supplier_id": "1", "text": None},
    "budget_lines": {"month": 9, "project": "P1", "amount_nok": -3},
    "adopted_forecasts": {"reason": "Prisvekst"},
    "devices": {"purchased_on": None, "last_seen_on": pd.Timestamp("2024-09-20"), "user_group": None},
    "device_register": {"purchased_on": None, "other_municipalities": "Rauma"},
    "device_stock": {"date": pd.Timestamp("2024-09-27"), "municipality": "Rauma", "on_order": 5},
    "usage": {"channel": "chatbot", "inquiries": 4, "views": None},
}  # fmt: skip


def test_every_builder_is_here():
    assert {build.__name__ for build in BUILDERS.values()} == {n for n in vars(builders) if n.startswith("make_")} - {
        "make_book"
    }


@pytest.mark.parametrize("table", BUILDERS)
def test_what_a_builder_makes_is_valid_and_stays_as_it_is(table):
    build, given = BUILDERS[table], GIVEN[table]
    for rows in ([], [{}], [given], [{}, given], [given, {}]):
        frame = build(*rows)
        pd.testing.assert_frame_equal(frame, validate(table, frame), check_column_type=False)
        assert len(frame) == len(rows)
    for name, value in given.items():
        found = build(given)[name].item()
        expected = oslo(value) if name == "responded_at" else value
        assert pd.isna(found) if pd.isna(value) else found == type(found)(expected), name


@pytest.mark.parametrize("table", BUILDERS)
def test_a_column_that_the_table_does_not_have_is_refused(table):
    with pytest.raises(KeyError, match=f"{table} has no column amont"):
        BUILDERS[table]({"amont": 1})


def test_validating_would_find_a_builder_that_lies():
    with pytest.raises(SchemaError, match="type"):
        validate("tickets", builders.make_tickets({"type": "wish"}))
