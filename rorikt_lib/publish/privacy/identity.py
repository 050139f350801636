"""Norwegian identity numbers, as the tax administration and the health service give them out.

Eleven digits: a date (DDMMYY), three that tell people of one day apart, and two control digits. A D-number has 4 added
to its first digit, an H-number to its third, a made-up one of the authorities' test registers 8 to its third. From
2032 the first control digit may leave a remainder of up to 3.
"""

import calendar

_FIRST, _SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_REMAINDERS = {0, 1, 2, 3}


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits are an identity number: a date that can be, and control digits that fit."""
    if len(digits) != 11 or not digits.isdigit():
        return False
    numbers = [int(digit) for digit in digits]
    fits = _sum(numbers, _FIRST) % 11 in _REMAINDERS and _sum(numbers, _SECOND) % 11 == 0
    return fits and _is_date(int(digits[:2]), int(digits[2:4]))


def _sum(numbers: list[int], weights: tuple[int, ...]) -> int:
    return sum(number * weight for number, weight in zip(numbers, weights, strict=False))


def _is_date(day: int, month: int) -> bool:
    day, month = day - 40 * (day > 40), month - (80 if month > 80 else 40 if month > 40 else 0)
    # The century is not certain, so any year may have a 29 February.
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000, month)[1]
