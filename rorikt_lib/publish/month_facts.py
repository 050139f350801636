"""report.json of a month's folder: what the pages across months say of it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rorikt_lib.errors import InputError
from rorikt_lib.publish.front_matter import Stamp

FACTS = "report.json"


def write_facts(folder: Path, made: Mapping[str, object], stamp: Stamp) -> None:
    """report.json of a month's folder: what the front page says of it."""
    said = {"status": stamp.metadata["status"], "draft": stamp.is_draft}
    days = {"version": stamp.version, "approved_on": stamp.approved_on}
    facts = {**made, **said, **{key: day and day.isoformat() for key, day in days.items()}}
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")


def read_facts(folder: Path) -> dict[str, Any] | None:
    """What report.json of a month's folder says; None where there is none."""
    file = folder / FACTS
    facts = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    if facts is not None and "draft" not in facts:
        remedy = "take its folder out of the site and build the month again"
        raise InputError("the month is of another version of the workbook", file=file, remedy=remedy)
    return facts
