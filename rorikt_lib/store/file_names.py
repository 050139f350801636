"""Names of files that are made of what people call things."""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def plain(name: str) -> str:
    """A name as part of a file's: `Ålesund kommune` becomes `alesund-kommune`."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode()).strip("-")
