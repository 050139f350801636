"""Settings of an older version are read as those of today, and what to change is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rorikt_lib.config import renamed
from rorikt_lib.config.settings import Settings, load_settings
from rorikt_lib.config.usage import UsageSettings
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.terms.enums import Clock

NEW = "first_response_minutes: 15}"


@pytest.fixture
def told(monkeypatch):
    monkeypatch.setattr(renamed, "_listeners", [])
    monkeypatch.setattr(renamed, "_told", set())
    sentences = []
    renamed.tell(sentences.append)
    return sentences


@pytest.fixture
def written(tmp_path):
    def write(instead: str):
        text = (DEMO / "workbook.yml").read_text(encoding="utf-8")
        assert text.count(NEW) == 1
        file = tmp_path / "workbook.yml"
        file.write_text(text.replace(NEW, instead), encoding="utf-8")
        return file

    return write


def test_an_old_key_is_read_in_its_new_unit_and_told_once(told, written):
    file = written("first_response: 0.25}")
    assert read_yaml(file, Settings) == read_yaml(file, Settings) == demo_settings()
    assert told == [
        f"{file}: 'tickets.sla.*.first_response' is 'first_response_minutes' now: it was read as 15.0. "
        "Write that when you next edit the file."
    ]


def test_files_without_old_keys_are_told_nothing_of(told, written):
    assert read_yaml(written(NEW), Settings) == demo_settings()
    assert told == []


@pytest.mark.parametrize("instead", ["first_response: snart}", "first_response: 1, first_response_minutes: 15}"])
def test_an_old_key_that_cannot_be_read_or_contradicts_the_new_one_is_refused(told, written, instead):
    with pytest.raises(InputError, match=r"'tickets\.sla\.critical\.first_response' is no known key; the nearest is"):
        read_yaml(written(instead), Settings)
    assert told == []


def test_every_rename_leads_to_a_key_of_today():
    schemas = {"Settings": Settings.model_json_schema()}
    for rename in renamed.RENAMED:
        properties = [part.get("properties", {}) for part in schemas[rename.model]["$defs"].values()]
        assert any(rename.new in keys for keys in properties)
        assert not any(rename.old in keys for keys in properties)


def test_the_settings_of_the_version_before_are_those_of_the_demo_today(told):
    file = Path(__file__).with_name("workbook_0_1_0.yml")
    # It had no name for the portal, nor for the clock of pauses, which the demo's are on, and no target of a share.
    demo = demo_settings()
    tickets = demo.tickets.model_copy(update={"paused_clock": Clock.CALENDAR, "share_within_target": None})
    assert load_settings(file) == demo.model_copy(update={"usage": UsageSettings(), "tickets": tickets})
    assert told == []
