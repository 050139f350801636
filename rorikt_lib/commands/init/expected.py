"""Which exports a workbook expects, from the formats' own declarations: nothing about headers is written twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from rorikt_lib.config.strict import Strict
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.sources.read_file import FORMATS
from rorikt_lib.sources.reading.format import Format


class Source(Strict):
    """A folder below data/raw. gives: what the report has of it. notes: what the headers do not say."""

    title: str
    gives: str
    formats: list[str]
    notes: list[str] = Field(default=[])


SOURCES: dict[str, Source] = read_yaml(Path(__file__).with_name("sources.yml"), dict[str, Source])
_BY_NAME = {form.name: form for form in FORMATS}


def described(source: Source) -> list[dict[str, Any]]:
    """Each format of a source: name, a header row that it is known by, its headers, and alternatives of them."""
    return [_described(_BY_NAME[name]) for name in source.formats]


def _described(form: Format) -> dict[str, Any]:
    names: dict[str, list[str]] = {}
    for theirs, ours in form.headers.items():
        names.setdefault(ours, []).append(theirs)
    headers = [{"names": n, "needed": "yes" if ours in form.required else ""} for ours, n in names.items()]
    one_of = [" and ".join(n[0] for ours, n in names.items() if ours in group) for group in form.one_of]
    line = ";".join(each[0] for each in names.values())
    return {"name": form.name, "line": line, "headers": headers, "one_of": one_of}
