"""What does not fit is told in plain words: file, line, key, what was found, what is expected, and the remedy."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.budget_file import Budget
from rorikt_lib.config.month_file import Incident, Report
from rorikt_lib.config.scenario_file import Scenario
from rorikt_lib.config.settings import Settings
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.demo.make import DEMO
from rorikt_lib.errors import InputError

TEXT = (DEMO / "workbook.yml").read_text(encoding="utf-8")
WHOLE = yaml.safe_load(TEXT)
# What pydantic and Python say of such errors.
FOREIGN = re.compile(
    r"Input should|Field required|Extra inputs|Value error|valid (integer|number|string|list|dict|boolean|date)|"
    r"at least \d+ item|String should|isoformat|unable to (parse|interpret)|\{\w+\}|another kind of value"
)


def _refusal(path: Path, text: str, kind=Settings) -> str | None:
    path.write_text(text, encoding="utf-8")
    try:
        read_yaml(path, kind)
    except InputError as error:
        return str(error)
    return None


# What is written instead of what, the line where the mistake then is (found by its text), and what is told of it.
@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("  report_title:", "  report_titel:", "report_titel", "'organisation.report_titel' is no known key; the nearest is 'report_title'. Remedy: write 'report_title', or remove the key"),
        ("service_hours:", "servicehours:", "servicehours", "'tickets.servicehours' is no known key; the nearest is 'service_hours'. Remedy: write 'service_hours', or remove the key"),
        ("  vat_rate: 0.25", "  xyz: 0.25", "  xyz", "'sharing.xyz' is no known key; known here: models, model_of_year, vat_rate. Remedy: write one of them, or remove the key"),
        ("  price_year: 2024\n", "", "devices:\n", "'devices.price_year' is missing: The year of the prices. Remedy: add the key"),
        ("low: {resolution: 5, unit: days", "low: {resolution: 5, unit: weeks", "unit: weeks", "'tickets.sla.low.unit' is 'weeks'; it must be one of hours, days. Remedy: write one of them"),
        ("resolution: 2, unit: hours", "resolution: 2, unit: hour", "unit: hour,", "'tickets.sla.critical.unit' is 'hour'; it must be one of hours, days. Remedy: write 'hours'"),
        ("    critical: {res", "    critcal: {res", "critcal", "'tickets.sla.critcal': no name of a priority stands for it; the nearest that one does is 'critical'. Remedy: mend or remove the key"),
        ("users: 383", "users: mange", "mange", "'municipalities.0.users' is 'mange'; it must be a whole number. Remedy: mend the value"),
        ("users: 964", "users: 0", "users: 0", "'municipalities.1.users' is 0; it must be above 0. Remedy: mend the value"),
        ("users: 383", "users: 38.5", "38.5", "'municipalities.0.users' is 38.5; it must be a whole number. Remedy: mend the value"),
        ("price_year: 2024", "price_year:", "price_year:", "'devices.price_year' is empty; it must be a whole number. Remedy: mend the value"),
        ('{code: "6101"', "{code: 6101", "code: 6101", "'ledger.projects.0.code' is 6101; it must be a text. Remedy: put it in quotes"),
        ('Lønn: ["010-099"]', 'Lønn: "010-099"', "010-099", "'ledger.expense_types.Lønn' is '010-099'; it must be a list, as [a, b] or in lines that start with -. Remedy: mend the value"),
        ('Lønn: ["010-099"]', 'Lønn: ["10-99"]', '"10-99"', """'ledger.expense_types.Lønn.0' is '10-99'; it must be three to five digits, or two such with - between, in quotes: "270-279". Remedy: mend the value"""),
        ("  service_hours: {opens", "  service_hours: åpent # {opens", "åpent #", "'tickets.service_hours' is 'åpent'; it must be a group of keys with values. Remedy: mend the value"),
        ('"12-31"]', '"31.12."]', "31.12.", "'tickets.closed_days.1': 31.12. is no day; write MM-DD for every year, or YYYY-MM-DD for once. Remedy: mend or remove the key"),
        ("  price_year: 2024", "  windows: {versions: [{build: 1, version: A, supported_until: i fjor}]}\n  price_year: 2024", "i fjor", "'devices.windows.versions.0.supported_until' is 'i fjor'; it must be a date, as 2024-09-27. Remedy: mend the value"),
        ("only: [Hustadvika]", "only: [Oslo]", "Oslo]", "'sharing.models.Kostnadsdrivere.2.only': no municipality is called Oslo. Remedy: mend or remove the key"),
        ('["130-139"]', '["130-139", "099"]', "Samband og Tele:", "'ledger.expense_types.Samband og Tele': art 099 is claimed by Lønn and by Samband og Tele. Remedy: mend or remove the key"),
        ("quarantine_limit: 0.01", "quarantine_limit: 1", "quarantine_limit", "'quality.quarantine_limit' is 1; it must be below 1. Remedy: mend the value"),
        ("model_of_year: {2023", "model_of_year: {23: Kostnadsdrivere, 2023", "{23", "'sharing.model_of_year.23' is 23; its keys must be 1990 or more. Remedy: mend the value"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_remedy(tmp_path, old, new, at, told):
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    assert text.count(at) == 1
    file = tmp_path / "workbook.yml"
    line = text[: text.index(at)].count("\n") + 1
    assert _refusal(file, text) == f"{file}, line {line}: {told}"


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Report, "status: Godkjent\nversion: i dag", "line 2: 'version' is 'i dag'; it must be a date, as 2024-09-27"),
        (Report, "cut_off:\n  tickets: snart", "line 2: 'cut_off.tickets' is 'snart'; it must be a date with a time, as 2024-09-27T12:00"),
        (Report, "status: Ferdig", "line 1: 'status' is 'Ferdig'; it must be one of Utkast, Godkjent"),
        (Report, "version: 2024-02-30", "not valid YAML (day is out of range for month)"),
        (Report, "bare tekst", "'bare tekst'; it must be a group of keys with values"),
        (list[Incident], "- {date: 2024-09-04, municipality: Molde, priority: Høy, summary: A}\n- {dato: 2024-09-04}", "line 2: '1.dato' is no known key; the nearest is 'date'"),
        (Budget, "steps_nok: {A: 1}\nparts_nok:\n  B: {x: 1}", "line 2: 'parts_nok': no step is called B"),
        (Budget, "investments: {frames_nok: {i fjor: 1}}", "line 1: 'investments.frames_nok.i fjor' is 'i fjor'; its keys must be a whole number"),
        (Scenario, "title: A\nyear: 2025\ncosts:\n  - {item: PC-er, change: 1, to: 2}", "line 4: 'costs.0': say how much with just one of"),
        (Scenario, "title: A\nyear: 2025\nkeys:\n  - {items: [], municipality: B, to: 2}", "line 4: 'keys.0.items' is an empty list; it must be 1 or more of them"),
    ],
)  # fmt: skip
def test_other_files_are_told_of_in_the_same_words(tmp_path, kind, text, told):
    refusal = _refusal(tmp_path / "file.yml", text, kind)
    assert told in refusal
    assert not FOREIGN.search(refusal)


def _places(content: object, above: tuple = ()) -> Iterator[tuple]:
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else []
    for key, value in pairs:
        yield (*above, key)
        yield from _places(value, (*above, key))


PLACES = [*_places(WHOLE)]
wrong_values = st.sampled_from([1, -1, 0, 1.5, "x", "", "2024-99", None, True, [], {}, [1], {"a": 1}, ["a", "a"]])
changes = st.sampled_from(["drop", "misspell"]) | st.tuples(st.just("set"), wrong_values)


@given(st.sampled_from(PLACES), changes, st.integers(0, 30))
def test_any_change_of_a_setting_is_read_or_refused_in_plain_words(tmp_path, place, change, letter):
    content = copy.deepcopy(WHOLE)
    group = content
    for step in place[:-1]:
        group = group[step]
    last = place[-1]
    if change == "drop":
        del group[last]
    elif change == "misspell":
        name, n = str(last), letter % len(str(last))
        value = group.pop(last)
        if isinstance(group, dict):
            group[name[:n] + name[n + 1 :] or "q"] = value
    else:
        group[last] = change[1]
    file = tmp_path / "workbook.yml"
    refusal = _refusal(file, yaml.safe_dump(content, allow_unicode=True))
    if refusal is not None:
        assert re.match(rf"{re.escape(str(file))}, line \d+: '[^']+'.+\. Remedy: .+", refusal), refusal
        assert not FOREIGN.search(refusal), refusal
