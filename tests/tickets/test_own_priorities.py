"""Any number of priorities, with names of the organisation's own: each with its clock, its targets and its words."""

from __future__ import annotations

import pytest
import yaml
from builders import make_tickets, oslo

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.present.nb.facts import of_settings
from rorikt_lib.report.service_level import _charted
from rorikt_lib.terms.schemas import validate
from rorikt_lib.tickets.serious import serious_cases, serious_priorities
from rorikt_lib.tickets.sla import resolution_time, sla_compliance

SLA = {
    "P5": {"resolution": 10, "unit": "days", "clock": "service"},
    "P4": {"resolution": 5, "unit": "days", "clock": "service"},
    "P3": {"resolution": 1, "unit": "days", "clock": "service"},
    "P2": {"resolution": 4, "unit": "hours", "clock": "service", "serious": True},
    "P1": {"resolution": 1, "unit": "hours", "clock": "calendar", "serious": True, "first_response_minutes": 10},
}


def _settings(**more: object) -> TicketSettings:
    given = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))["tickets"]
    del given["values"]["priority"]
    return TicketSettings.model_validate(given | {"sla": SLA} | more)


def _cases():
    return make_tickets(*({"priority": p, "resolved_at": "2024-09-02 10:00"} for p in [*SLA, "P3"]))


def test_five_priorities_have_each_its_clock_and_target():
    settings = _settings()
    assert settings.priorities == [*SLA]
    assert settings.priority_names == {name: name for name in SLA}
    cases = _cases()
    validate("tickets", cases)
    table = sla_compliance(cases, ["2024-09"], settings)
    assert table.priority.tolist() == [*SLA]
    assert (table.within.tolist(), table.breached.tolist()) == ([1, 1, 2, 1, 0], [0, 0, 0, 0, 1])
    assert resolution_time(cases, ["2024-09"], settings).target.tolist() == [10, 5, 1, 4, 1]


def test_settings_say_which_are_serious():
    settings = _settings()
    assert serious_priorities(settings) == ["P1", "P2"]
    notes = make_tickets().reindex(columns=["date", "municipality", "priority", "summary", "cause"])
    rows = serious_cases(_cases(), "2024-09", notes, settings, oslo("2024-09-30 12:00"))
    assert sorted(rows.priority) == ["P1", "P2"]
    assert serious_priorities(demo_settings().tickets) == ["critical", "high"]


def test_their_names_are_written_as_the_settings_have_them():
    settings = demo_settings().model_copy(update={"tickets": _settings()})
    facts = of_settings(settings, "2024-09")
    assert facts["deadlines"].endswith("én dag for P3, fire timer for P2 og én time for P1")
    assert facts["serious"] == "P1 eller P2"


def test_the_resolution_time_is_charted_of_the_priority_that_most_have():
    times = resolution_time(_cases(), ["2024-09"], _settings())
    assert _charted(times).priority.tolist() == ["P3"]


def test_a_name_of_the_sources_for_a_priority_without_deadline_is_refused():
    with pytest.raises(ValueError, match=r"low has no deadline; .* \(P5, P4, P3, P2, P1\)"):
        _settings(values={"priority": {"Lav": "low"}})
