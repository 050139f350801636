"""Runs the chapters, those that would not say the same as before: what ran is what is published."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from rorikt_lib.errors import InputError
from rorikt_lib.publish.kept_chapters import KeptChapters
from rorikt_lib.publish.outputs import source_cells, whole

# Chapters and pages that are made side by side, where nobody says otherwise.
AT_A_TIME = 2
_NO_CHAPTER = (
    "put it back, or take it out of the document's chapters: in _quarto.yml of the monthly report, "
    "in documents/ of others"
)
# Assigned at the start of a line, with a type or without; papermill, which takes long to import, misses some.
_ASSIGNED = re.compile(r"^([^\W\d]\w*)\s*(?::[^=\n]*)?=(?!=)", re.MULTILINE)


def execute(
    chapters: list[Path],
    folder: Path,
    given: Mapping[str, Any],
    parameters: Mapping[str, Any],
    progress: Callable[[str], None],
    kept: KeptChapters | None = None,
    at_a_time: int = AT_A_TIME,
) -> list[Path]:
    """The executed copies of `chapters` in `folder`, in the same order.

    given, parameters: passed to each chapter that declares them (see refuse_unknown for those that none does).
    progress: called with the name of each chapter that is done. kept: those that ran before, which are taken where they
    would say the same. at_a_time: how many run side by side.
    """
    declared = {chapter: declared_parameters(chapter) for chapter in chapters}
    wanted = {**given, **parameters}
    folder.mkdir(parents=True, exist_ok=True)
    # The biggest first: a long chapter begun last would be waited for alone.
    biggest_first = sorted(chapters, key=lambda chapter: chapter.stat().st_size, reverse=True)
    # Whatever happens, no chapter is left running: what has begun is waited for.
    with ThreadPoolExecutor(at_a_time) as pool:
        runs = [
            pool.submit(
                _run, chapter, folder / chapter.name, {k: v for k, v in wanted.items() if k in declared[chapter]}, kept
            )
            for chapter in biggest_first
        ]
        try:
            for run in as_completed(runs):
                progress(run.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [folder / chapter.name for chapter in chapters]


def declared_parameters(chapter: Path) -> set[str]:
    """Names assigned in the chapter's cell tagged `parameters`; InputError where there is no such notebook."""
    if not chapter.exists():
        raise InputError("no such chapter", file=chapter, remedy=_NO_CHAPTER)
    cells = [cell for _, cell in source_cells(chapter) if "parameters" in cell.get("metadata", {}).get("tags", [])]
    return {name for cell in cells for name in _ASSIGNED.findall(whole(cell.get("source", "")))}


def refuse_unknown(parameters: Mapping[str, Any], known: set[str]) -> None:
    """InputError where a parameter is known to no chapter: papermill would only warn, and render the default."""
    for name in parameters:
        if name not in known:
            names = ", ".join(sorted(known))
            raise InputError(f"no chapter has the parameter '{name}'", remedy=f"use one of: {names}")


def _run(chapter: Path, executed: Path, parameters: Mapping[str, Any], kept: KeptChapters | None) -> str:
    if kept and kept.take(chapter, parameters, executed):
        return chapter.stem
    # Takes long to import, and where a text alone has changed no chapter runs.
    from rorikt_lib.publish.run_chapter import run_chapter

    trace = executed.with_suffix(".trace")
    run_chapter(chapter, executed, parameters, trace)
    if kept:
        kept.keep(chapter, parameters, executed, trace)
    return chapter.stem
