"""Texts in files that people open in a spreadsheet, which takes some for formulas and runs them."""

import re

import pandas as pd

# What begins a formula, in the wide letters of other alphabets too, after blanks and what is not seen.
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－﹣＠]")
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# A program that separates cells by another sign begins a cell in the midst of the text.
_IN_THE_MIDST = re.compile(r"(?<=[;,])(?=[=+\-@＝＋－﹣＠]\S)")


def inert(text: str) -> str:
    """`text` on one line, after an apostrophe where a spreadsheet would take it for a formula."""
    line = _IN_THE_MIDST.sub("'", _BREAKS.sub(" ", text))
    return f"'{line}" if is_formula(text) else line


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take `text` for a formula."""
    return bool(_FORMULA.match(text))


def inert_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with each of its texts inert."""
    texts = frame.select_dtypes(exclude=["number", "bool", "datetime", "datetimetz", "timedelta"])
    return frame.assign(**{name: texts[name].map(_inert_if_text) for name in texts})


def _inert_if_text(value: object) -> object:
    return inert(value) if isinstance(value, str) else value
