"""What does not fit a model, in plain words: the key, its line, what was found, what is expected, and the remedy."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from rorikt_lib.config.strict import PATTERNS
from rorikt_lib.errors import InputError

Path_ = tuple[str | int, ...]
_LONGEST = 40
# How an error is called where a key of a dictionary, and not its value, is wrong.
_OF_KEY = "[key]"
_GROUP = "a group of keys with values"
# By how the type of an error starts.
_EXPECTED = {
    "int_": "a whole number",
    "float_": "a number",
    "finite_": "a number",
    "bool_": "true or false",
    "string_type": "a text",
    "string_too_short": "a text that says something",
    "list_": "a list, as [a, b] or in lines that start with -",
    "tuple_": "a list, as [a, b] or in lines that start with -",
    "dict_": _GROUP,
    "model_": _GROUP,
    "datetime_": "a date with a time, as 2024-09-27T12:00",
    "date_": "a date, as 2024-09-27",
    "time_": 'a time of day in quotes, as "15:30"',
    "greater_than_equal": "{ge} or more",
    "greater_than": "above {gt}",
    "less_than_equal": "{le} or less",
    "less_than": "below {lt}",
    "too_short": "{min_length} or more of them",
}


def complaint(error: ValidationError, kind: Any, file: Path, node: yaml.Node | None, above: Path_) -> InputError:
    """The first thing that is wrong with a file's content, as a `kind` below the keys `above`.

    node: the file's YAML as nodes. A key that is unknown comes before one that is missing, whose misspelling it may be.
    """
    first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
    place = tuple(step for step in first["loc"] if step != _OF_KEY) + _at(first)
    schema = TypeAdapter(kind).json_schema()
    key = ".".join(map(str, (*above, *place)))
    problem, remedy = _in_words(first, schema, place)
    line = line_of(node, (*above, *place))
    return InputError(f"'{key}'{problem}" if key else problem.lstrip(": "), file=file, line=line, remedy=remedy)


def line_of(node: yaml.Node | None, place: Path_) -> int | None:
    """The line of a key in a file's YAML nodes, or of the nearest key above it that is there."""
    line = node and node.start_mark.line + 1
    for step in place:
        found = _below(node, step)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _below(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The node that names a key or a list's item, and that of its value."""
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if str(pair[0].value) == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _in_words(error: dict, schema: dict, place: Path_) -> tuple[str, str]:
    """Problem (what follows the key) and remedy."""
    here, kind = _schema_at(schema, place), error["type"]
    if kind == "missing":
        says = here.get("description", "").split("\n")[0].rstrip(".")
        return f" is missing: {says}" if says else " is missing", "add the key"
    if kind == "extra_forbidden":
        return _unknown(str(place[-1]), [*_schema_at(schema, place[:-1]).get("properties", {})])
    if kind == "value_error":
        return f": {error['ctx']['error']}", "mend or remove the key"
    if kind in ("enum", "literal_error"):
        return _not_among(error, here)
    found = error["input"]
    remedy = "put it in quotes" if kind == "string_type" and _is_plain(found) else "mend the value"
    whose = "; its keys must be" if error["loc"] and error["loc"][-1] == _OF_KEY else "; it must be"
    return f" is {_shown(found)}{whose} {_expected(error)}", remedy


def _unknown(key: str, known: list[str]) -> tuple[str, str]:
    if near := difflib.get_close_matches(key.lower(), known, 1):
        return f" is no known key; the nearest is '{near[0]}'", f"write '{near[0]}', or remove the key"
    return f" is no known key; known here: {', '.join(known)}", "write one of them, or remove the key"


def _not_among(error: dict, here: dict) -> tuple[str, str]:
    of_key = error["loc"][-1] == _OF_KEY
    allowed = _allowed(error)
    near = difflib.get_close_matches(str(error["input"]).lower(), allowed, 1)
    what = "keys here are" if of_key else "it must be one of"
    remedy = f"write '{near[0]}'" if near else "write one of them"
    return f" is {_shown(error['input'])}; {what} {', '.join(allowed)}", remedy


def _allowed(error: dict) -> list[str]:
    """The terms that an error lists as 'a', 'b' or 'c'."""
    return error["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")


def _expected(error: dict) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], f"as the pattern {context['pattern']}")
    words = next((words for start, words in _EXPECTED.items() if kind.startswith(start)), "another kind of value")
    numbers = {name: f"{value:g}" if isinstance(value, float) else value for name, value in context.items()}
    return words.format_map(numbers)


def _shown(found: Any) -> str:
    if found is None:
        return "empty"
    if isinstance(found, dict):
        return "a group of keys"
    if isinstance(found, list):
        return "a list" if found else "an empty list"
    if isinstance(found, bool):
        return str(found).lower()
    text = str(found)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"'{text}'" if isinstance(found, str) else text


def _is_plain(found: Any) -> bool:
    return isinstance(found, bool | int | float | dt.date)


def _at(error: dict) -> Path_:
    """Where below the place of an error its own message says that it is; see strict.Misplaced."""
    return getattr(error.get("ctx", {}).get("error"), "at", ())


def _schema_at(schema: dict, place: Path_) -> dict:
    """What a JSON Schema says of a place; empty where it says nothing."""
    here = _resolved(schema, schema)
    for step in place:
        below = here.get("properties", {}).get(step) or here.get("items" if isinstance(step, int) else "", None)
        below = below or here.get("additionalProperties")
        here = _resolved(below if isinstance(below, dict) else {}, schema)
    return here


def _resolved(part: dict, schema: dict) -> dict:
    """A part of a schema without references, and without the alternative that it is empty."""
    if "anyOf" in part:
        part = part | next(other for other in part["anyOf"] if other.get("type") != "null")
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]] | part
    return part
