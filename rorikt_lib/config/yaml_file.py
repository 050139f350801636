"""YAML files that people write, checked against a model: what is wrong is reported with file, line or key."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

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
    """What `path` holds (below `keys`, where given) as a `kind`; None for an empty file."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _EachKeyOnce)
        for key in keys:
            content = content[key]
        return None if content is None else TypeAdapter(kind).validate_python(content)
    except FileNotFoundError:
        remedy = "restore it; the package runs from its project folder (pip install -e .)"
        raise InputError("no such file", file=path, remedy=remedy) from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8", file=path, remedy="save the file as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = f"not valid YAML ({getattr(error, 'problem', None) or 'a character that cannot be'})"
        raise InputError(problem, file=path, line=line, remedy="mend the line") from None
    except (KeyError, TypeError):
        raise InputError(f"no key {': '.join(keys)}", file=path, remedy="restore the key") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, (*keys, *first["loc"])))
        raise InputError(f"'{key}': {first['msg']}", file=path, remedy="mend or remove the key") from None
