"""Which columns of an export name people, and the hashes of who stands there: see terms.persons.

What the columns hold is read for nothing else, and no name of it is kept.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.config.shipped import shipped
from rorikt_lib.sources.reading.format import Format, normalise
from rorikt_lib.terms.persons import forms_of
from rorikt_lib.terms.schemas import empty


@cache
def _known() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in shipped("privacy")["person_columns"]))


def is_person_column(header: object, settings: Settings) -> bool:
    """Whether people stand under a header: by its words, or because the settings say so."""
    name = normalise(header)
    own = {normalise(given) for given in settings.privacy.person_columns}
    return name in own or _known().fullmatch(re.sub(r"[_\s]+", " ", name)) is not None


def persons_of_rows(
    rows: pd.DataFrame, headers: Mapping[int, Format], source_file: str, settings: Settings
) -> pd.DataFrame:
    """The persons in a file's rows, as the clean table has them. headers: line → format, of each header in the file.

    A column that the format reads holds what is to be published, unless the settings say that people stand there.
    """
    own = {normalise(given) for given in settings.privacy.person_columns}
    parts = [empty("persons")]
    for line, form in headers.items():
        cells = rows.loc[line].dropna()
        read = dict(zip(cells.index, form.fields_of(cells), strict=True))
        below = rows.loc[line + 1 :]
        for column, header in cells.items():
            if normalise(header) in own or (read[column] is None and is_person_column(header, settings)):
                first = below[column].dropna().drop_duplicates()
                parts.append(persons_of(zip(first, first.index, strict=True), source_file, str(header)))
    return pd.concat(parts, ignore_index=True)


def persons_of(values: Iterable[tuple[str, int]], source_file: str, column: str) -> pd.DataFrame:
    """One row per form of each value with its line, the first line of each."""
    forms = [(key, form, line) for value, line in values for form, key in forms_of(str(value))]
    frame = pd.DataFrame(forms, columns=["key", "form", "source_line"]).drop_duplicates("key")
    return frame.assign(source_file=source_file, column=column)[[*empty("persons").columns]]
