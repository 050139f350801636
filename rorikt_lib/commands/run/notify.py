"""Who is told how a run ended: the addresses of workbook.yml, with what the environment has for their secrets.

An address is never shown, not even where it is wrong: it is named by its number in the settings.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from rorikt_lib.config.folder import SETTINGS, Folder
from rorikt_lib.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType

    from apprise import Apprise

_VARIABLE = re.compile(r"\$\{([^}]*)\}")


class Teller(NamedTuple):
    """One address. name: what messages call it."""

    name: str
    service: Apprise

    def tell(self, title: str, body: str) -> bool:
        """Whether it took the message."""
        # Whatever a service does, the report is made; and what it says of it may hold the address.
        with suppress(Exception):
            return bool(self.service.notify(title=title, body=body, body_format="text"))
        return False


def open_teller(folder: Folder, environment: Mapping[str, str] = os.environ) -> list[Teller]:
    """The addresses of a workbook's settings.

    InputError where the environment lacks a variable, an address is of no service, or Apprise is not installed.
    """
    given = folder.settings.unattended.notify
    file = folder.root / SETTINGS
    return [_teller(n, _filled(text, environment, file), file) for n, text in enumerate(given, start=1)]


def _filled(text: str, environment: Mapping[str, str], file: object) -> str:
    for name in _VARIABLE.findall(text):
        if not environment.get(name):
            remedy = "set it where the run is started, as docs/schedule.md shows, or take the address out"
            raise InputError(f"unattended.notify: the environment has no {name}", file=str(file), remedy=remedy)
    return _VARIABLE.sub(lambda found: environment[found[1]], text)


def _teller(number: int, address: str, file: object) -> Teller:
    apprise, name = _apprise(), f"unattended.notify, number {number},"
    service = apprise.Apprise()
    if not service.add(address):
        remedy = "write it as Apprise has it, as mailtos://… or workflows://…"
        raise InputError(f"{name} is no address that Apprise knows", file=str(file), remedy=remedy)
    return Teller(name.rstrip(","), service)


def _apprise() -> ModuleType:
    try:
        import apprise
    except ModuleNotFoundError:
        remedy = "pip install 'rorikt[notify]', or take unattended.notify out of workbook.yml"
        raise InputError("nobody can be told: Apprise is not installed", remedy=remedy) from None
    # What it says of a service that failed names the address.
    logging.getLogger("apprise").propagate = False
    return apprise
