"""What the product knows and an organisation seldom changes: YAML files beside this one, defaults of the settings."""

from functools import cache
from pathlib import Path
from typing import Any

from rorikt_lib.config.yaml_file import read_yaml


@cache
def shipped(name: str) -> dict[str, Any]:
    """What the file NAME.yml says; not to be changed by who gets it."""
    return read_yaml(Path(__file__).with_name(f"{name}.yml"), dict[str, Any])
