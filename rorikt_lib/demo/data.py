"""What the demo is made of: published.yml (the figures that its exports add up to) and made_up.yml (all else)."""

from pathlib import Path
from typing import Any

from rorikt_lib.config.yaml_file import read_yaml

PUBLISHED, MADE_UP = (
    read_yaml(Path(__file__).with_name(f"{name}.yml"), dict[str, Any]) for name in ("published", "made_up")
)
# What rows of published.yml say of what they begin with; see the comments there.
INCIDENTS_RESOLVED = {(month, priority): counts for month, priority, *counts in PUBLISHED["incidents_resolved"]}
CREATED = {(start, end): counts for start, end, counts in PUBLISHED["created"]}
PC_ROLLOVER = {(place, group): counts for place, group, *counts in PUBLISHED["pc_rollover"]}
SEPTEMBER_EXTRACT: str = PUBLISHED["september_extract"]
OPEN_CASES: dict[str, dict[str, int]] = PUBLISHED["open_cases"]
