"""The sentences of the report's language: `from rorikt_lib.present.sentences import economy` is its module economy."""

from importlib import import_module
from types import ModuleType

from rorikt_lib.present.language import CODE


def __getattr__(chapter: str) -> ModuleType:
    if chapter.startswith("_"):
        raise AttributeError(chapter)
    return import_module(f"rorikt_lib.present.{CODE}.{chapter}")
