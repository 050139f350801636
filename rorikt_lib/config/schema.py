"""JSON Schemas of the files that people write, so that an editor completes, explains and underlines as they write.

They lie in the workbook, in FOLDER, so that the first line of a file can name them by a relative path wherever the
workbook is, without network and without the library.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from rorikt_lib.config.annual_file import Annual
from rorikt_lib.config.budget_file import Budget
from rorikt_lib.config.document_kind import Kind
from rorikt_lib.config.meeting_file import Meeting
from rorikt_lib.config.month_file import Incident, Report
from rorikt_lib.config.scenario_file import Scenario
from rorikt_lib.config.settings import Settings

FOLDER = ".rorikt"
_MARK = "# yaml-language-server: $schema="


class Written(NamedTuple):
    """A kind of file that people write. files: where in a workbook, as a pattern. model: what it holds."""

    files: str
    model: Any


WRITTEN = {
    "workbook": Written("workbook.yml", Settings),
    "report": Written("content/[0-9][0-9][0-9][0-9]-[0-9][0-9]/report.yml", Report),
    "hendelser": Written("content/[0-9][0-9][0-9][0-9]-[0-9][0-9]/hendelser.yml", list[Incident]),
    "budget": Written("content/budgets/*.yml", Budget),
    "meeting": Written("content/meetings/*.yml", Meeting),
    "scenario": Written("content/scenarios/*.yml", Scenario),
    "document": Written("documents/*.yml", Kind),
    "annual": Written("content/annual/*.yml", Annual),
}


class _Plain(GenerateJsonSchema):
    """Without titles, which only say the key again."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(name: str) -> dict:
    """The JSON Schema of a kind of file, by its name in WRITTEN."""
    made = TypeAdapter(WRITTEN[name].model).json_schema(schema_generator=_Plain)
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | _read_by_editors(made)


def schema_text(name: str) -> str:
    """The schema as its file has it."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"


def first_line(name: str, file: Path, root: Path) -> str:
    """The first line of a file of the workbook in `root`, with which editors find the schema."""
    path = os.path.relpath(root / FOLDER / f"{name}.json", file.parent)
    return f"{_MARK}{Path(path).as_posix()}\n"


def write_schemas(root: Path) -> list[Path]:
    """The schemas, written into the workbook in `root`; their paths."""
    (root / FOLDER).mkdir(exist_ok=True)
    paths = [root / FOLDER / f"{name}.json" for name in WRITTEN]
    for path in paths:
        path.write_text(schema_text(path.stem), encoding="utf-8")
    return paths


def name_schemas(root: Path) -> list[Path]:
    """The workbook's files that named no schema, now with the line that does; nothing else in them is changed."""
    lacking = [(name, file) for name, file in written_files(root) if not _names_one(file)]
    for name, file in lacking:
        file.write_bytes(first_line(name, file, root).encode() + file.read_bytes())
    return [file for _, file in lacking]


def written_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Kind and path of each file in a workbook that has a schema."""
    for name, kind in WRITTEN.items():
        yield from ((name, file) for file in sorted(root.glob(kind.files)))


def _names_one(file: Path) -> bool:
    return _MARK.strip("# ").encode() in file.read_bytes()


def _read_by_editors(part: Any) -> Any:
    """A schema for what a person writes: dates, times and texts as YAML has them, and lines joined to sentences.

    Formats as `date-time` ask for an offset, which is refused here; what is asked for is in the description.
    """
    if isinstance(part, list):
        return [_read_by_editors(each) for each in part]
    if not isinstance(part, dict):
        return part
    part = {key: _read_by_editors(value) for key, value in part.items()}
    if part.get("format") in _FORMATS:
        part["pattern"] = _FORMATS[part.pop("format")]
    if isinstance(part.get("description"), str):
        part["description"] = "\n\n".join(" ".join(text.split("\n")) for text in part["description"].split("\n\n"))
    return part


_FORMATS = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "date-time": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$",
    "time": r"^\d{2}:\d{2}(:\d{2})?$",
}
