"""When a case was opened again: as a column says it, or as one export after the other shows it."""

from __future__ import annotations

import pytest
import yaml

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.terms.schemas import validate

TEXT = """
table: tickets
columns: {ticket_id: n, created_at: at, resolved_at: r, closed_at: c, reopened_at: again, status: s}
constants: {type: incident, priority: high}
values: {status: {New: open, Done: closed}}
date_format: "%d.%m.%Y %H:%M"
"""
OTHERS = "9;{0};{0};;;Done\n"


@pytest.fixture
def clean(tmp_path):
    def of(*exports: str):
        for n, rows in enumerate(exports):
            (tmp_path / f"{n}.csv").write_text("n;at;r;c;again;s\n" + rows, encoding="utf-8")
        mapping = Mapping.model_validate(yaml.safe_load(TEXT))
        tables = clean_raw(tmp_path, demo_settings().model_copy(update={"mappings": {"desk": mapping}}))
        case = validate("tickets", tables["tickets"]).set_index("request_no").loc["7"]
        events = validate("ticket_events", tables["ticket_events"]).query("ticket_id == 'desk:7'").sort_values("at")
        states = [f"{row.at:%d.%m %H:%M} {row.state}" for row in events.itertuples()]
        return case, [state for state in states if state]

    return of


FIRST = ["02.09 08:00 open", "02.09 10:00 closed", "03.10 08:00 open"]


@pytest.mark.parametrize(
    ("row", "states", "resolved"),
    [
        ("02.09.2024 10:00;03.10.2024 09:00;03.10.2024 08:00;Done", [*FIRST, "03.10 09:00 closed"], "03.10 09:00"),
        ("02.09.2024 10:00;;03.10.2024 08:00;New", FIRST, None),
        ("03.10.2024 09:00;;03.10.2024 08:00;Done", [FIRST[0], FIRST[2], "03.10 09:00 closed"], "03.10 09:00"),
    ],
)
def test_a_mapped_time_of_reopening_tells_when_a_case_was_open(clean, row, states, resolved):
    case, found = clean(f"7;02.09.2024 08:00;{row}\n")
    assert found == states
    assert (f"{case.resolved_at:%d.%m %H:%M}" if case.status == "closed" else None) == resolved


SEPTEMBER = "7;02.09.2024 08:00;02.09.2024 10:00;;;Done\n" + OTHERS.format("27.09.2024 15:00")
LATER = OTHERS.replace("9;", "8;", 1).format("31.10.2024 15:00")


@pytest.mark.parametrize(
    ("later", "states"),
    [
        (
            "03.10.2024 09:00;;;Done",
            ["02.09 08:00 open", "02.09 10:00 closed", "01.10 00:00 open", "03.10 09:00 closed"],
        ),
        (";;;New", ["02.09 08:00 open", "02.09 10:00 closed", "01.10 00:00 open"]),
        ("03.10.2024 09:00;;03.10.2024 08:00;Done", [*FIRST, "03.10 09:00 closed"]),
        (";;03.10.2024 08:00;New", FIRST),
        ("02.09.2024 10:30;;;Done", []),
        ("02.09.2024 10:00;;;Done", []),
    ],
)
def test_a_case_that_an_older_export_has_as_solved_was_solved_then_whatever_a_newer_one_says(clean, later, states):
    _, found = clean(SEPTEMBER, f"7;02.09.2024 08:00;{later}\n" + LATER)
    assert found == states
