"""Who must not be named: hashes of what the exports' person columns hold."""

import pandera.pandas as pa

from rorikt_lib.terms.persons import NameForm
from rorikt_lib.terms.schemas.base import Table


class Persons(Table):
    """One row per form of a person's name, and where it stands first. Never published.

    key: its hash, see terms.persons. column: the header it stands under.
    """

    key: str = pa.Field(unique=True)
    form: str = pa.Field(isin=[*NameForm])
    source_file: str
    source_line: int
    column: str
