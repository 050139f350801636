"""Texts that name the organisation's facts in double braces, and have parts for those who have the fact (Jinja2)."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes

from rorikt_lib.errors import InputError

# {# begins the id of a term in Markdown, so comments are written as there.
_PLACES = Environment(
    undefined=StrictUndefined, comment_start_string="<!--", comment_end_string="-->", keep_trailing_newline=True
)
# What people's own pages may have in braces: facts, and parts for those who have them.
_OF_FACTS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_REMEDY = "write {{ fact }}, and {% if fact %} … {% endif %}"


def told(text: str, facts: Mapping[str, str], file: Path) -> str:
    """As filled, of a text that people write: InputError for braces in which there is more than facts."""
    for node in _parsed(text, file).find_all(nodes.Node):
        if not isinstance(node, _OF_FACTS):
            raise InputError("braces with more than facts in them", file=file, line=node.lineno, remedy=_REMEDY)
    return filled(text, facts, file)


def _parsed(text: str, file: Path) -> nodes.Template:
    try:
        return _PLACES.parse(text)
    except TemplateSyntaxError as error:
        raise InputError(f"cannot be read: {error.message}", file=file, line=error.lineno, remedy=_REMEDY) from None


def filled(text: str, facts: Mapping[str, str], file: Path) -> str:
    """`text` with its facts put in; InputError names `file` and what it names that is no fact."""
    try:
        return _PLACES.from_string(_parsed(text, file)).render(facts)
    except UndefinedError as error:
        raise InputError(
            f"no such fact: {error.message}", file=file, remedy=f"use one of: {', '.join(facts)}"
        ) from None
    except TemplateError as error:
        raise InputError(f"cannot be filled in: {error.message}", file=file, remedy="mend the text in braces") from None
