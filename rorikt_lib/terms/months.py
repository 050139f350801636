"""What a month is called. Imports nothing that takes long."""

import re

_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether it is a month written YYYY-MM."""
    return _MONTH.fullmatch(text) is not None
