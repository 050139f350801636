"""What the commands do that need more than a few lines; words.yml: what they say of methods and checks."""

from pathlib import Path
from typing import Any

from rorikt_lib.config.yaml_file import read_yaml

WORDS = read_yaml(Path(__file__).with_name("words.yml"), dict[str, Any])
