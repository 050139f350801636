"""Files that commands begin for people: made of templates, and never in place of one that is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from rorikt_lib.errors import InputError


def write_new(root: Path, files: Mapping[str, str | bytes]) -> None:
    """The files below a folder; InputError that names the first that is there already, and nothing is written."""
    if there := [root / path for path in files if (root / path).exists()]:
        raise InputError("it is there already, and is not written over", file=there[0], remedy="move it away first")
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def filled(folder: Path, template: str, given: Mapping[str, Any]) -> str:
    """A template of the folder, filled in."""
    return _environment(folder).get_template(template).render(given)


def _environment(folder: Path) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # JSON is YAML: what is quoted so means itself, whatever stands in it.
    made.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    made.filters["flow"] = lambda pairs: "{" + ", ".join(f"{name}: {term}" for name, term in pairs.items()) + "}"
    return made
