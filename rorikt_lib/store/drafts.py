"""data/drafts/: what was rendered last of each month that nobody has approved yet, so that it can be approved as it is.

PERIOD.json holds the report's text and the checksums of what was published and of what it was made from. It is written
with each draft; a month whose draft is gone is rendered again.
"""

import datetime as dt
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from rorikt_lib.config.strict import Strict
from rorikt_lib.store.manifest import Sums
from rorikt_lib.store.replace import replace_file

DRAFTS = "drafts"


class Draft(Strict):
    """What was rendered of a month.

    revision, reason, rendered_at, renderer, workbook, published, sources: see manifest.Manifest. version: as its first
    page says it. document: the report's Markdown, with its front matter.
    """

    period: str
    revision: int
    reason: str | None
    version: dt.date | None
    rendered_at: AwareDatetime
    renderer: str
    workbook: str
    document: str
    tables: str = ""
    published: Sums
    sources: Sums


def keep_draft(root: Path, draft: Draft) -> None:
    """In place of the month's earlier draft."""
    replace_file(draft_file(root, draft.period), draft.model_dump_json(indent=1).encode("utf-8"))


def read_draft(root: Path, month: str) -> Draft | None:
    """The month's draft; None where there is none that can be read."""
    try:
        return Draft.model_validate_json(draft_file(root, month).read_bytes())
    except (OSError, ValidationError):
        return None


def drop_draft(root: Path, month: str) -> None:
    """Nothing is left of the month's draft."""
    draft_file(root, month).unlink(missing_ok=True)


def draft_file(root: Path, month: str) -> Path:
    """Where a month's draft is kept."""
    return root / DRAFTS / f"{month}.json"
