"""What rorikt init writes: each file's text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rorikt_lib.commands.files import filled
from rorikt_lib.commands.init.expected import SOURCES, described
from rorikt_lib.config.devices import WindowsSettings
from rorikt_lib.config.folder import SETTINGS
from rorikt_lib.config.shipped import shipped

Accounts = Literal["kostra", "kostra-class", "ns4102"]
_TEMPLATES = Path(__file__).with_name("templates")


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


def _text(template: str, given: dict) -> str:
    return filled(_TEMPLATES, template, given)
