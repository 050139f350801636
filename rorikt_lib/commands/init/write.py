"""What rorikt init writes: each file's text, all of them or, where one is there already, none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import jinja2

from rorikt_lib.commands.init.expected import SOURCES, described
from rorikt_lib.config.devices import WindowsSettings
from rorikt_lib.config.folder import SETTINGS
from rorikt_lib.config.shipped import shipped
from rorikt_lib.errors import InputError

Accounts = Literal["kostra", "kostra-class", "ns4102"]
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates"), encoding="utf-8"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
# JSON is YAML: what is quoted so means itself, whatever stands in it.
_TEMPLATES.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
_TEMPLATES.filters["flow"] = lambda pairs: "{" + ", ".join(f"{name}: {term}" for name, term in pairs.items()) + "}"


@dataclass(frozen=True)
class Place:
    """A municipality. users: people with an account, where it is known."""

    name: str
    users: int | None = None

    @property
    def aliases(self) -> list[str]:
        """What sources call it too: `Ås kommune`."""
        return [] if self.name.casefold().endswith("kommune") else [f"{self.name} kommune"]


@dataclass(frozen=True)
class Answers:
    """What a new workbook must be told. year: of its first prices."""

    name: str
    municipalities: list[Place]
    accounts: Accounts
    year: int


def files_of(answers: Answers) -> dict[str, str]:
    """Path in the workbook → text."""
    newest = WindowsSettings().versions[-1].model_dump()
    windows = {**shipped("windows"), **newest}
    given = {**vars(answers), "names": shipped("names"), "windows": windows}
    texts = {SETTINGS: _text("workbook.yml.j2", given)}
    for folder, source in SOURCES.items():
        told = {"source": source, "formats": described(source)}
        texts[f"data/raw/{folder}/README.md"] = _text("source.md.j2", told)
    plain = {"data/README.md": "data.md", "content/README.md": "content.md", ".gitignore": "gitignore"}
    return texts | {path: _text(template, {}) for path, template in plain.items()}


def write_new(root: Path, files: dict[str, str]) -> None:
    """The files below a folder; InputError that names the first that is there already, and nothing is written."""
    if there := [root / path for path in files if (root / path).exists()]:
        raise InputError("it is there already", file=there[0], remedy="name another folder, or move it away")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def _text(template: str, given: dict) -> str:
    return _TEMPLATES.get_template(template).render(given)
