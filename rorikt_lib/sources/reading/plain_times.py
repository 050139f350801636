"""Times that a column has in one form, digits in the same places: read from the digits, a whole column at once.

Nearly each time of a long list of cases is another, so that to read each text once saves nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# What a column is tried as where nobody has said how its times are written.
FORMS = ("%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M")
_DIGITS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
# Texts that are read at once: so many of 16 signs, and what is worked out of them, fit where the processor is quick.
_PIECE = 32_768
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTHS = np.arange(f"{_FIRST_YEAR}-01", f"{_LAST_YEAR + 1}-02", dtype="datetime64[M]").astype("datetime64[D]")
_FIRST_DAYS, _LENGTHS = _MONTHS[:-1].astype("int64"), np.diff(_MONTHS).astype("int64")
_SECOND, _SECONDS_OF_DAY = 1_000_000, 86_400


def plain_times(cells: pd.Series, time_format: str | None = None) -> pd.Series:
    """Date and time as written, no zone (datetime64[us]), of the cells that have a form; of the others it is missing.

    The form is time_format, else that of FORMS which the first filled cell has. What is missing here may be a time
    nevertheless: one written otherwise, or of another century.
    """
    found = np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]")
    first = _first(cells)
    forms = map(_form, FORMS if time_format is None else [time_format])
    if form := next((form for form in forms if form and form.is_of(first)), None):
        _fill(found, cells, form)
    return pd.Series(found, index=cells.index, name=cells.name)


@dataclass(frozen=True)
class _Form:
    """digits: directive → the places of its digits. signs: each place between them → what stands there."""

    digits: dict[str, range]
    signs: dict[int, str]

    @property
    def length(self) -> int:
        return sum(map(len, self.digits.values())) + len(self.signs)

    def is_of(self, text: str) -> bool:
        """Whether a text is as long, with the same signs in the same places."""
        return len(text) == self.length and all(text[at] == sign for at, sign in self.signs.items())


@cache
def _form(time_format: str) -> _Form | None:
    """The form that a strptime format describes; None where its digits have no fixed places, or it has no day."""
    digits, signs, at = {}, {}, 0
    for part in re.findall(r"%.|[^%]", time_format):
        if part in _DIGITS and part not in digits:
            digits[part] = range(at, at + _DIGITS[part])
        elif len(part) == 1 and part.isascii():
            signs[at] = part
        else:
            return None
        at += _DIGITS.get(part, 1)
    return _Form(digits, signs) if {"%Y", "%m", "%d"} <= digits.keys() else None


def _first(cells: pd.Series) -> str:
    """The first cell that is filled."""
    filled = cells.notna().to_numpy()
    return str(cells.array[filled.argmax()]) if filled.any() else ""


def _fill(found: np.ndarray, cells: pd.Series, form: _Form) -> None:
    """Puts the times of the cells that have the form into their places."""
    column = pa.array(cells.array)
    start = 0
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        has_length = pc.fill_null(pc.equal(pc.binary_length(chunk), form.length), False)
        texts = chunk.filter(has_length)
        if len(texts):
            own = found[start : start + len(chunk)]
            own[has_length.to_numpy(zero_copy_only=False)] = _times(_signs(texts, form.length), form)
        start += len(chunk)


def _signs(texts: pa.Array, length: int) -> np.ndarray:
    """The bytes of texts that are equally long, a row each."""
    texts = texts.cast(pa.large_string())
    first = np.frombuffer(texts.buffers()[1], dtype="int64")[texts.offset]
    return np.frombuffer(texts.buffers()[2], dtype="uint8")[first:][: len(texts) * length].reshape(-1, length)


def _times(signs: np.ndarray, form: _Form) -> np.ndarray:
    """The time of each row of signs; missing where there is none."""
    pieces = (signs[at : at + _PIECE] for at in range(0, len(signs), _PIECE))
    return np.concatenate([_times_of_piece(np.ascontiguousarray(piece.T), form) for piece in pieces])


def _times_of_piece(places: np.ndarray, form: _Form) -> np.ndarray:
    """places: a row for each place of the form, which has the sign that each text has there."""
    digits = places - np.uint8(ord("0"))
    are_digits = [digits[at] < 10 for of in form.digits.values() for at in of]
    are_signs = [places[at] == ord(sign) for at, sign in form.signs.items()]
    is_form = np.logical_and.reduce([*are_digits, *are_signs])

    def number(directive: str) -> np.ndarray:
        value = np.zeros(len(is_form), dtype="int32")
        for at in form.digits.get(directive, ()):
            value = value * 10 + digits[at]
        return value

    hour, minute, second = (number(directive) for directive in ("%H", "%M", "%S"))
    month, day = number("%m"), number("%d")
    place = (number("%Y") - _FIRST_YEAR) * 12 + month - 1
    known = is_form & (place >= 0) & (place < len(_LENGTHS)) & (month >= 1) & (month <= 12)
    place = np.where(known, place, 0)
    known &= (day >= 1) & (day <= _LENGTHS[place]) & (hour < 24) & (minute < 60) & (second < 60)
    seconds = (_FIRST_DAYS[place] + day - 1) * _SECONDS_OF_DAY + ((hour * 60 + minute) * 60 + second)
    return np.where(known, (seconds * _SECOND).view("datetime64[us]"), np.datetime64("NaT"))
