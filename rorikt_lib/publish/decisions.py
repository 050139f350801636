"""What executed chapters say that their figures ask to be decided: see report.show.asked."""

from collections.abc import Iterable
from pathlib import Path

from rorikt_lib.publish.outputs import source_cells


def decisions_of(executed: Iterable[Path]) -> dict[str, list[dict[str, str]]]:
    """As report.json has them, each as text and table; nothing where no chapter tells of such."""
    told = [facts["decisions"] for file in executed for facts in _facts(file) if "decisions" in facts]
    return {"decisions": [dict(one) for said in told for one in said]} if told else {}


def _facts(executed: Path) -> list[dict]:
    outputs = (output for _, cell in source_cells(executed) for output in cell.get("outputs", []))
    return [output.get("metadata", {}).get("rorikt", {}) for output in outputs]
