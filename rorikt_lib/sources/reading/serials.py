"""Serial numbers: one spelling, and those that name no PC."""

import pandas as pd

# What firmware and typists put where a serial number is missing; the same text stands on many PCs.
_PLACEHOLDER = (
    r"0+|X+|1234567(?:89?0?)?|NONE|N/?A|NULL|UNKNOWN|UKJENT|INVALID|DEFAULT STRING"
    r"|NOT (?:SPECIFIED|APPLICABLE|AVAILABLE)|TO BE FILLED BY O\.?E\.?M\.?"
    r"|(?:SYSTEM |CHASSIS )?SERIAL NUMBER|O\.E\.M\.|[-.?]+"
)


def serial_number(cells: pd.Series) -> pd.Series:
    """Serial numbers as they are compared: trimmed, upper case; missing where the text names no PC."""
    text = cells.str.strip().str.upper()
    return text.mask(text.str.fullmatch(_PLACEHOLDER).fillna(False).astype(bool))
