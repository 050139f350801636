"""Who a SAF-T file names as persons: contacts, and who entered a transaction. Businesses are none."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from rorikt_lib.sources.reading.persons import persons_of
from rorikt_lib.sources.reading.rows import opened

_PERSON = re.compile(
    rb"<(?:\w+:)?(ContactPerson|SourceID|UserID|CreatedBy|ApprovedBy)\b[^>/]*>(.*?)</(?:\w+:)?\1\s*>", re.DOTALL
)
_NAME = re.compile(rb"<(?:\w+:)?(FirstName|LastNamePrefix|LastName)\b[^>/]*>([^<]*)<")


def persons(path: Path, source_file: str) -> pd.DataFrame:
    """The persons of a file, as the clean table has them."""
    with opened(path, source_file) as stream:
        content = stream.read()
    return persons_of(_named(content), source_file, "ContactPerson, SourceID")


def _named(content: bytes) -> Iterator[tuple[str, int]]:
    seen, line, counted = set(), 1, 0
    for found in _PERSON.finditer(content):
        line, counted = line + content.count(b"\n", counted, found.start()), found.start()
        names = [name for _, name in _NAME.findall(found[2])] or [found[2]]
        if (value := b" ".join(names)) not in seen:
            seen.add(value)
            yield value.decode("utf-8", "replace"), line
