"""Texts that name the organisation's facts in double braces, and have parts for those who have the fact (Jinja2)."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError

from rorikt_lib.errors import InputError

# {# begins the id of a term in Markdown, so comments are written as there.
_PLACES = Environment(
    undefined=StrictUndefined, comment_start_string="<!--", comment_end_string="-->", keep_trailing_newline=True
)


def filled(text: str, facts: Mapping[str, str], file: Path) -> str:
    """`text` with its facts put in; InputError names `file` and what it names that is no fact."""
    try:
        return _PLACES.from_string(text).render(facts)
    except TemplateSyntaxError as error:
        remedy = "write {{ fact }}, and {% if fact %} … {% endif %}"
        raise InputError(f"cannot be read: {error.message}", file=file, line=error.lineno, remedy=remedy) from None
    except UndefinedError as error:
        raise InputError(
            f"no such fact: {error.message}", file=file, remedy=f"use one of: {', '.join(facts)}"
        ) from None
    except TemplateError as error:
        raise InputError(f"cannot be filled in: {error.message}", file=file, remedy="mend the text in braces") from None
