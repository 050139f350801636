"""What a revised report says on its first page: which revision it is, why, and every figure that is another."""

from dataclasses import dataclass

import pandas as pd

from rorikt_lib.present import tables
from rorikt_lib.present.sentences import revision as words
from rorikt_lib.publish.front_matter import Link
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.report.figure_names import name_of
from rorikt_lib.terms.documents import folder_of

__all__ = ["Revision", "folder_of"]


@dataclass(frozen=True)
class Revision:
    """A report made anew after it was approved. changes: see terms.figure_changes, from the revision before."""

    number: int
    reason: str
    changes: pd.DataFrame

    def metadata(self, document: str) -> dict[str, str | list[Link]]:
        """What the first page of a document, by its name, says of it, by the templates' names, and the links to the
        revisions before.
        """
        before = {n: folder_of(document, n) for n in range(1, self.number)}
        earlier = [{"file": f"../{folder}/{REPORT_PAGE}", "title": words.name(n)} for n, folder in before.items()]
        said = words.summary(self.changes, self.number - 1)
        return {"revision": words.name(self.number), "reason": self.reason, "changes": said, "earlier": earlier}

    @property
    def markdown(self) -> str:
        """The section that the report begins with; nothing where no figure is another."""
        if self.changes.empty:
            return ""
        heading = words.HEADING.format(before=self.number - 1, revision=self.number)
        table = words.table(self.changes, name_of, self.number - 1, self.number)
        return f"# {tables.plain(heading)} {{#endringer .unnumbered}}\n\n{table}\n\n"
