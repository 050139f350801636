"""What rorikt init needs to know: from its options, else asked in the terminal."""

from __future__ import annotations

import datetime as dt
import sys
from typing import get_args

import typer

from rorikt_lib.commands.init.write import Accounts, Answers, Place
from rorikt_lib.errors import InputError

CHARTS = get_args(Accounts)


def answers(name: str | None, municipalities: list[str], accounts: str | None) -> Answers:
    """The answers; InputError for one that makes no sense, or is lacking where nobody can be asked."""
    is_terminal = sys.stdin.isatty()
    if not is_terminal and not (name and municipalities):
        remedy = 'rorikt init DIR --name "Vår IKT" --municipality "Ås=410" --municipality "Vestby=390"'
        raise InputError("a workbook needs a name and municipalities", remedy=f"for example: {remedy}")
    name = name or typer.prompt("Name of the organisation that reports")
    given = municipalities or typer.prompt("Municipalities with users, for example Ås=410, Vestby=390").split(",")
    if accounts is None and is_terminal:
        accounts = typer.prompt(f"Chart of accounts ({', '.join(CHARTS)})", default=CHARTS[0])
    accounts = accounts or CHARTS[0]
    if accounts not in CHARTS:
        raise InputError(f"no chart of accounts is called {accounts}", remedy=f"use one of: {', '.join(CHARTS)}")
    return Answers(name.strip(), _each_once([place(text) for text in given]), accounts, dt.date.today().year)


def place(text: str) -> Place:
    """`Ås=410`, or `Ås` where the number of users is not known."""
    name, equals, users = text.partition("=")
    if not name.strip() or (equals and not (users.strip().isdecimal() and int(users))):
        raise InputError(f"'{text}' is no municipality", remedy="write NAME or NAME=USERS, for example Ås=410")
    return Place(name.strip(), int(users) if equals else None)


def _each_once(places: list[Place]) -> list[Place]:
    names = [name for place in places for name in (place.name, *place.aliases)]
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputError(f"{twice[0]} is given twice", remedy="give each municipality once")
    return places
