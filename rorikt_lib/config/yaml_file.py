"""YAML files that people write, checked against a model: what is wrong is reported with file, line and key."""

from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from rorikt_lib.config.complaints import complaint
from rorikt_lib.config.renamed import renewed
from rorikt_lib.errors import InputError


class _EachKeyOnce(yaml.SafeLoader):
    """YAML's own reader takes the last of two equal keys and says nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, kind: Any, *keys: str) -> Any:
    """What `path` holds (below `keys`, where given) as a `kind`; None for an empty file.

    Keys that an older version of the library wrote are read as those of today; see config.renamed.
    """
    text = text_of(path)
    content = renewed(_below(deepcopy(_loaded(path, text)), keys, path), kind, path)
    try:
        return None if content is None else TypeAdapter(kind).validate_python(content)
    except ValidationError as error:
        raise complaint(error, kind, path, yaml.compose(text, yaml.SafeLoader), keys) from None


def text_of(path: Path) -> str:
    """The file's text; InputError where it is absent or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError("no such file", file=path, remedy="restore it") from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8", file=path, remedy="save the file as UTF-8") from None


# A month asks for its budget many times.
@lru_cache(maxsize=8)
def _loaded(path: Path, text: str) -> Any:
    try:
        return yaml.load(text, _EachKeyOnce)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = f"not valid YAML ({getattr(error, 'problem', None) or 'a character that cannot be'})"
        raise InputError(problem, file=path, line=line, remedy="mend the line") from None
    except RecursionError:
        raise InputError("nested too deeply to be read", file=path, remedy="mend the brackets") from None
    except ValueError as error:
        # A date that cannot be, as 2024-02-30: YAML's own reader says so without a line.
        raise InputError(f"not valid YAML ({error})", file=path, remedy="mend the date, or put it in quotes") from None


def _below(content: Any, keys: tuple[str, ...], path: Path) -> Any:
    for key in keys:
        if not isinstance(content, dict) or key not in content:
            raise InputError(f"no key {': '.join(keys)}", file=path, remedy="restore the key")
        content = content[key]
    return content
