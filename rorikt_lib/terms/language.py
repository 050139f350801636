"""Which language the report that is being made is written in: the code of a folder in present/."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# The one that notebooks and figures.csv are written in.
REFERENCE = "nb"

_in_use = REFERENCE
_within: ContextVar[str | None] = ContextVar("within", default=None)


def current() -> str:
    """The code of the language in use."""
    return _within.get() or _in_use


def use(code: str | None) -> None:
    """From now on, what this process writes is in that language; None: in the reference."""
    global _in_use  # noqa: PLW0603 - a process makes one report at a time
    _in_use = code or REFERENCE


@contextmanager
def using(code: str | None) -> Iterator[None]:
    """What is written within is in that language; None: in the reference."""
    token = _within.set(code or REFERENCE)
    try:
        yield
    finally:
        _within.reset(token)
