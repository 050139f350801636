"""The sentences of the report's language: `from rorikt_lib.present.sentences import economy` is its module economy.

Which language that is, is asked when a sentence is said, not when its chapter is imported.
"""

from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from types import ModuleType
from typing import Any

from rorikt_lib.present.language import ROOM, words
from rorikt_lib.terms.language import REFERENCE, current


class Chapter:
    """A module of sentences, each in the language that is in use when it is said."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        given = _given(current(), self._name, name)
        return _said(self._name, name) if callable(given) else given


def _given(code: str, chapter: str, name: str) -> Any:
    """What a language has of that name; where it lacks it, what the reference has."""
    module = _module(code, chapter)
    return getattr(module, name) if hasattr(module, name) else getattr(_module(REFERENCE, chapter), name)


@cache
def _module(code: str, chapter: str) -> ModuleType:
    words(code)  # InputError where there is no such language
    own = code if (ROOM / code / f"{chapter}.py").exists() else REFERENCE
    return import_module(f"rorikt_lib.present.{own}.{chapter}")


@cache
def _said(chapter: str, name: str) -> Callable[..., Any]:
    @wraps(getattr(_module(REFERENCE, chapter), name))
    def say(*given: Any, **more: Any) -> Any:
        return _given(current(), chapter, name)(*given, **more)

    return say


@cache
def _chapter(name: str) -> Chapter:
    return Chapter(name)


def __getattr__(chapter: str) -> Chapter:
    if chapter.startswith("_"):
        raise AttributeError(chapter)
    return _chapter(chapter)
