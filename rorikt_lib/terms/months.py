"""What a month is called. Imports nothing that takes long."""

import re

from rorikt_lib.errors import InputError

_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether it is a month written YYYY-MM."""
    return _MONTH.fullmatch(text) is not None


def months_between(first: str, last: str) -> list[str]:
    """All months from one to another, both included; none where they are the other way round."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(start, end + 1)]


def span(text: str) -> list[str] | None:
    """The months of `2023-01..2024-12`; None where it is no such span, but a month or something else.

    InputError where it is one of anything but months, or ends before it begins.
    """
    first, dots, last = text.partition("..")
    if not dots:
        return None
    if not (is_month(first) and is_month(last)) or first > last:
        raise InputError(f"'{text}' is no span of months", remedy="write the first and the last, 2023-01..2024-12")
    return months_between(first, last)
