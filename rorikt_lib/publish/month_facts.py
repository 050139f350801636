"""report.json of a document's folder: what the pages across documents say of it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rorikt_lib.errors import InputError
from rorikt_lib.present.numbers import month_name
from rorikt_lib.present.periods import period_name
from rorikt_lib.publish.front_matter import Stamp

FACTS = "report.json"


def name_of(facts: Mapping[str, Any]) -> str:
    """The name of the document that a report.json is of: of a monthly report, its month."""
    return facts["document"]["name"] if "document" in facts else facts["month"]


def called_of(facts: Mapping[str, Any]) -> str:
    """What the document that a report.json is of is called: `September 2024`, `Budsjettsak 2025`."""
    if "document" not in facts:
        return month_name(facts["month"]).capitalize()
    return f"{facts['document']['title']} {period_name(facts['document']['period'])}"


def write_facts(folder: Path, made: Mapping[str, object], stamp: Stamp) -> None:
    """report.json of a document's folder: what the front page says of it."""
    said = {"status": stamp.metadata["status"], "draft": stamp.is_draft}
    days = {"version": stamp.version, "approved_on": stamp.approved_on}
    facts = {**made, **said, **{key: day and day.isoformat() for key, day in days.items()}}
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")


def read_facts(folder: Path) -> dict[str, Any] | None:
    """What report.json of a document's folder says; None where there is none."""
    file = folder / FACTS
    facts = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    if facts is not None and "draft" not in facts:
        remedy = "take its folder out of the site and build the month again"
        raise InputError("the month is of another version of the workbook", file=file, remedy=remedy)
    return facts
