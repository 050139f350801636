"""What executed chapters say that their figures ask to be decided: see report.show.asked."""

from collections.abc import Iterable

from rorikt_lib.publish.outputs import Chapter


def decisions_of(chapters: Iterable[Chapter]) -> dict[str, list[dict[str, str]]]:
    """As report.json has them, each as text and table; nothing where no chapter tells of such."""
    told = [chapter.decisions for chapter in chapters if chapter.decisions is not None]
    return {"decisions": [one for decisions in told for one in decisions]} if told else {}
