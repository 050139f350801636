"""One line of what the doctor says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rorikt_lib.errors import InputError

# How it is: as it should be; a report can be made without it; no report can be made.
State = StrEnum("State", "OK LACKS STOPS")


@dataclass(frozen=True)
class Line:
    """What was looked at, how it is and, where it is not as it should be, the remedy."""

    state: State
    what: str
    said: str

    def __str__(self) -> str:
        return f"{self.state:<6} {self.what}: {self.said}"


def ok(what: str, said: str) -> Line:
    """As it should be."""
    return Line(State.OK, what, said)


def lacks(what: str, problem: str, remedy: str) -> Line:
    """A report can be made without it."""
    return Line(State.LACKS, what, f"{problem}. Remedy: {remedy}")


def stops(what: str, error: InputError | OSError) -> Line:
    """No report can be made."""
    return Line(State.STOPS, what, str(error))
