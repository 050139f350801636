"""A list and an event log of one system are the same cases where workbook.yml says so; undeclared they are refused."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml
from pydantic import ValidationError

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.terms.schemas import validate

LIST = """
table: tickets
columns: {ticket_id: Number, priority: Prio, created_at: Opened, resolved_at: Solved, municipality: Company}
constants: {type: incident}
date_format: "%d.%m.%Y %H:%M"
"""
LOG = """
table: tickets
columns: {ticket_id: Case, priority: Prio, status: Activity}
constants: {type: incident}
values: {status: {Registered: open, Solved: closed}}
date_format: "%d.%m.%Y %H:%M"
last_event_by: When
event_at: When
waiting: {On hold: waiting_user}
"""
CASES = 649


def files() -> dict[str, str]:
    rows = [f"{n};low;02.09.2024 08:00;02.09.2024 12:00;Molde" for n in range(CASES)]
    changes = [("08:00", "Registered"), ("09:00", "On hold"), ("10:30", "Registered"), ("12:00", "Solved")]
    events = [f"{n};02.09.2024 {at};{activity};low" for n in range(CASES) for at, activity in changes]
    return {
        "list.csv": "\n".join(["Number;Prio;Opened;Solved;Company", *rows]),
        "log.csv": "\n".join(["Case;When;Activity;Prio", *events]),
    }


def settings(**of_log) -> Settings:
    texts = {"desk": yaml.safe_load(LIST), "log": yaml.safe_load(LOG) | of_log}
    return demo_settings().model_copy(update={"mappings": {n: Mapping.model_validate(t) for n, t in texts.items()}})


@pytest.fixture
def clean(tmp_path):
    def of(used: Settings) -> dict[str, pd.DataFrame]:
        for name, text in files().items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return clean_raw(tmp_path, used)

    return of


def test_a_list_and_a_log_of_the_same_cases_are_joined_by_case_number(clean):
    tables = clean(settings(same_cases_as="desk"))
    cases = validate("tickets", tables["tickets"])
    assert (len(cases), set(cases.municipality), set(cases.status)) == (CASES, {"Molde"}, {"closed"})
    assert tables["ticket_events"].query("ticket_id == 'desk:7'").state.tolist() == [
        "open", "waiting_user", "open", "closed",
    ]  # fmt: skip


def test_two_sources_that_share_numbers_undeclared_are_refused_not_counted_twice(clean):
    with pytest.raises(
        InputError, match=r"649 cases have a number .*same_cases_as: (desk|log)` where they are the same"
    ):
        clean(settings())


def test_two_systems_whose_numbers_are_their_own_are_counted_both(clean):
    assert len(clean(settings(same_cases_as="none"))["tickets"]) == 2 * CASES


def test_a_log_of_the_cases_of_the_known_list_has_their_numbers():
    mapping = Mapping.model_validate(yaml.safe_load(LOG) | {"same_cases_as": "pureservice_list"})
    assert mapping.case_prefix("log") == ""


@pytest.mark.parametrize("other", ["dask", "log"])
def test_cases_that_are_not_there_cannot_be_joined(other):
    given = settings().model_dump() | {"mappings": {"log": yaml.safe_load(LOG) | {"same_cases_as": other}}}
    with pytest.raises(ValidationError, match=f"no cases are called {other}"):
        Settings.model_validate(given)


@pytest.mark.parametrize("spelling", ["{:06}", "#{}", "{}.0"])
def test_a_case_number_in_another_spelling_is_the_same_number(tmp_path, spelling):
    for name, text in files().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    header, *rows = files()["list.csv"].split("\n")
    spelled = [spelling.format(int(number)) + f";{rest}" for number, rest in (row.split(";", 1) for row in rows)]
    (tmp_path / "list.csv").write_text("\n".join([header, *spelled]), encoding="utf-8")
    assert len(clean_raw(tmp_path, settings(same_cases_as="desk"))["tickets"]) == CASES
    with pytest.raises(InputError, match="649 cases have a number"):
        clean_raw(tmp_path, settings())


def test_two_spellings_in_one_file_are_two_cases(tmp_path):
    rows = ["Number;Prio;Opened;Solved;Company", *(f"{n};low;02.09.2024 08:00;;Molde" for n in ("007", "7"))]
    (tmp_path / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    assert sorted(clean_raw(tmp_path, settings())["tickets"].ticket_id) == ["desk:007", "desk:7"]
