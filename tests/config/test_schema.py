"""The JSON Schemas: current, told of every key, and of one mind with the models about the demo's files."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from rorikt_lib.config.folder import SHIPPED
from rorikt_lib.config.schema import FOLDER, WRITTEN, first_line, name_schemas, schema_of, write_schemas, written_files
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.demo.make import DEMO
from rorikt_lib.errors import InputError

# The kinds of documents are the library's.
FILES = [*written_files(DEMO), *((name, file) for name, file in written_files(SHIPPED) if name == "document")]


class _AsEditorsDo(yaml.SafeLoader):
    """Dates are texts, as in JSON."""


_AsEditorsDo.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for start, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _json(text: str) -> object:
    """What an editor checks: YAML with texts as keys."""
    return json.loads(json.dumps(yaml.load(text, _AsEditorsDo)))


def _agrees(name: str, content: object) -> bool:
    return jsonschema.Draft7Validator(schema_of(name)).is_valid(content)


def _properties(part: object) -> Iterator[tuple[str, dict]]:
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else []:
        if key == "properties":
            yield from value.items()
        yield from _properties(value)


@pytest.mark.parametrize("name", WRITTEN)
def test_the_workbooks_have_the_schema_that_the_models_give(name, tmp_path):
    write_schemas(tmp_path)
    for workbook in (DEMO, SHIPPED):
        kept = workbook / FOLDER / f"{name}.json"
        assert kept.read_bytes() == (tmp_path / FOLDER / f"{name}.json").read_bytes(), (
            f"run rorikt schema in {workbook}"
        )
    jsonschema.Draft7Validator.check_schema(schema_of(name))


@pytest.mark.parametrize("name", WRITTEN)
def test_every_key_is_explained(name):
    found = [*_properties(schema_of(name))]
    assert len(found) >= 5
    assert [key for key, says in found if len(says.get("description", "")) < 5] == []


def test_every_kind_of_file_is_in_the_demo_or_comes_with_the_library():
    assert {name for name, _ in FILES} == {*WRITTEN}


@pytest.mark.parametrize(("name", "file"), FILES, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_a_file_names_its_schema_in_its_first_line_and_agrees_with_it(name, file):
    text = file.read_text(encoding="utf-8")
    line = text.split("\n", 1)[0]
    path = line.removeprefix("# yaml-language-server: $schema=")
    assert path != line
    workbook = SHIPPED if name == "document" else DEMO
    assert (file.parent / path).resolve() == workbook / FOLDER / f"{name}.json"
    assert _agrees(name, _json(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("report", "cut_off: {tickets: 2024-09-27T12:00, devices: 2024-09-27}"),
        ("report", "version: 2024-10-03\nstatus: Godkjent\napproved_on: 2024-10-07\napproved_by: Daglig leder"),
        ("report", "statsu: Godkjent"),
        ("report", "status: Ferdig"),
        ("report", "version: i dag"),
        ("report", "cut_off: {tickets: 2024-09-27T12:00+02:00}"),
        ("hendelser", "- {date: 2024-09-04}"),
        ("budget", "steps_nok: {A: mye}"),
        ("budget", "growth_percent: {2026: 4.8}"),
        ("scenario", "{title: A, year: 2025, financing: {category: Lisens, alternative: gratis}}"),
        ("scenario", "{title: A, year: 2025, joins: [{municipality: B, like: C}]}"),
    ],
)
def test_the_schema_accepts_what_is_read_and_no_more(tmp_path, name, text):
    file = tmp_path / "file.yml"
    file.write_text(text, encoding="utf-8")
    try:
        read_yaml(file, WRITTEN[name].model)
        is_read = True
    except InputError:
        is_read = False
    assert _agrees(name, _json(text)) == is_read


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["organisation", "nmae"], "A"), (["tickets", "sla", "low", "unit"], "weeks"), (["municipalities", 0, "users"], 0),
        (["municipalities", 0, "joined"], "2024-13"), (["tickets", "service_hours", "opens"], "åtte"),
        (["devices", "windows"], {"versions": [{"build": 1, "version": "A", "supported_until": "snart"}]}), (["tickets", "sla", "blocker"], {}),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_underlined(place, value):
    content = _json((DEMO / "workbook.yml").read_text(encoding="utf-8"))
    changed = copy.deepcopy(content)
    group = changed
    for step in place[:-1]:
        group = group[step]
    group[place[-1]] = value
    assert (_agrees("workbook", content), _agrees("workbook", changed)) == (True, False)


def test_files_without_the_line_get_it_and_are_otherwise_as_they_were(tmp_path):
    root = tmp_path / "Min arbeidsbok ø"
    shutil.copytree(DEMO / "content", root / "content")
    text = "# vår egen\r\norganisation: {name: Ås}\r\n"
    (root / "workbook.yml").write_bytes(text.encode())
    budget = root / "content" / "budgets" / "2025.yml"
    before = budget.read_bytes()
    budget.write_bytes(before.split(b"\n", 1)[1])
    write_schemas(root)
    assert name_schemas(root) == [root / "workbook.yml", budget]
    assert (
        root / "workbook.yml"
    ).read_bytes() == b"# yaml-language-server: $schema=.rorikt/workbook.json\n" + text.encode()
    assert budget.read_bytes() == before
    assert name_schemas(root) == []


def test_the_line_leads_from_the_file_to_the_schema(tmp_path):
    assert first_line("report", tmp_path / "content" / "2024-09" / "report.yml", tmp_path) == (
        "# yaml-language-server: $schema=../../.rorikt/report.json\n"
    )
