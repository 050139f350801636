"""data/drafts/: what was rendered last of each document that nobody has approved yet, so that it can be approved as it
is.

NAME.json holds the document's text and the checksums of what was published and of what it was made from. It is written
with each draft; a document whose draft is gone is rendered again.
"""

import datetime as dt
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from rorikt_lib.config.strict import Strict
from rorikt_lib.store.manifest import Sums
from rorikt_lib.store.replace import replace_file

DRAFTS = "drafts"


class Draft(Strict):
    """What was rendered of a document.

    period, revision, reason, rendered_at, renderer, workbook, published, sources: see manifest.Manifest. version: as
    its first page says it. document: its Markdown, with its front matter.
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
    """In place of the document's earlier draft."""
    replace_file(draft_file(root, draft.period), draft.model_dump_json(indent=1).encode("utf-8"))


def read_draft(root: Path, name: str) -> Draft | None:
    """The document's draft; None where there is none that can be read."""
    try:
        return Draft.model_validate_json(draft_file(root, name).read_bytes())
    except (OSError, ValidationError):
        return None


def drop_draft(root: Path, name: str) -> None:
    """Nothing is left of the document's draft."""
    draft_file(root, name).unlink(missing_ok=True)


def draft_file(root: Path, name: str) -> Path:
    """Where a document's draft is kept."""
    return root / DRAFTS / f"{name}.json"
