"""The one rounding: what the report shows, and what is compared as the report shows it."""

import math
from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, decimals: int = 0, per: int = 1) -> Decimal:
    """`value` ÷ `per`, rounded half away from zero; a float counts as it is written, so 2.675 rounds to 2.68.

    Thirteen digits count: what a float sum is off by (499.99999999999994 for 500) must not turn a half downwards.
    """
    return (Decimal(f"{float(value):.13g}") / per).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def whole_thousands(nok: float) -> float:
    """NOK as the whole thousands that the report shows; missing where it is missing."""
    return nok if math.isnan(nok) else float(rounded(nok, per=1000))
