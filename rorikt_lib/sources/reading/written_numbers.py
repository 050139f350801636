"""Numbers as people write and print them, read exactly."""

from fractions import Fraction
from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.parse import TOO_LARGE, UnclearSign, parse_amount

SAY_IT = "say what stands before the decimals: --decimal-sign . or --decimal-sign ,"


def read_numbers(cells: pd.Series, lines: pd.Series, path: Path, sign: str | None = None) -> pd.Series:
    """Texts as Fractions, None where empty; `3/34` and `9 %` are numbers too. sign: the decimal sign, else as they say.

    InputError, with the line, for what is no number, and for numbers that can be read both ways.
    """
    text = cells.astype("str")
    is_ratio = text.str.fullmatch(r"[0-9]+/[1-9][0-9]*").fillna(False).astype(bool)
    is_percent = text.str.fullmatch(r".*\d\s*%").fillna(False).astype(bool)
    try:
        value = parse_amount(text.mask(is_ratio).str.replace(r"\s*%$", "", regex=True), sign)
    except UnclearSign as error:
        raise InputError(error.problem, file=path, line=int(lines[error.place]), remedy=SAY_IT) from None
    value = value.where(value.abs() < TOO_LARGE)
    if (bad := text.notna() & ~is_ratio & value.isna()).any():
        line, wrong = int(lines[bad].iloc[0]), text[bad].iloc[0][:60]
        raise InputError(f"{cells.name} '{wrong}' is not a number", file=path, line=line, remedy="write a number")
    found = [None if pd.isna(number) else Fraction(repr(float(number))) for number in value]
    found = [Fraction(part) if ratio else number for part, ratio, number in zip(text, is_ratio, found, strict=True)]
    parts = [number / 100 if percent else number for number, percent in zip(found, is_percent, strict=True)]
    return pd.Series(parts, cells.index, dtype=object)
