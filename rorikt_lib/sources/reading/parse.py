"""Text cells → values, whole columns at once. What cannot be read becomes missing; the caller knows what was empty.

What repeats in a column is read once: see large; times of one form are read from their digits: see plain_times.
"""

from functools import partial
from numbers import Integral

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.excel_cells import NUMBER
from rorikt_lib.sources.reading.large import each_once
from rorikt_lib.sources.reading.plain_times import plain_times
from rorikt_lib.sources.reading.zones import instants_of
from rorikt_lib.terms.schemas import TIME_ZONE

_CURRENCY = r"(?i)^kr\b\.?|,-$|\b(?:kr\.?|nok)$"
# Decimal sign → what may group thousands beside it.
_GROUP = {",": ".", ".": ","}
_SIGNED = r"^\((.*)\)$|^[-+](.*)$|^(.*)-$"
_CLOCK = r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?"
_ISO = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{8}}){_CLOCK}"
_UNPADDED = ["%d.%m.%Y", "%d.%m.%y", "%d.%m.%Y %H:%M", "%d.%m.%y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%y %H:%M:%S"]
# A blank, not \s: with that pandas would match row by row in Python.
_OFFSET = r":\d{2}(?:[.,]\d+)? ?(?:Z|[+-]\d{2}(?::?\d{2})?)$"
_CLOCK_TIME = r"(\d+):([0-5]\d)(?::([0-5]\d))?"
_MINUTES = {"minutes": 1.0, "hours": 60.0, "seconds": 1 / 60}
_ISO_DURATION = r"p(?=.*\d)(?:\d+w)?(?:\d+(?:[.,]\d+)?d)?(?:t(?:\d+(?:[.,]\d+)?[hms])+)?"
_DURATIONS = {
    "week": ("w|weeks?|uker?", 7 * 24 * 60.0),
    "day": ("d|days?|dag|dager|døgn", 24 * 60.0),
    "hour": ("h|hrs?|hours?|t|time|timer", 60.0),
    "minute": ("m|min|mins|minutes?|minutt|minutter", 1.0),
    "second": ("s|sec|secs|seconds?|sek|sekund|sekunder", 1 / 60),
}
_EXCEL_EPOCH = pd.Timestamp("1899-12-30")
# From here on a float does not hold a number to its last digits; no export has a count or an amount like that.
TOO_LARGE = 1e15


def _in_our_digits(cells: pd.Series) -> pd.Series:
    """The cells, missing where a digit is of another script (`2٣`): Python would read it, and nobody would see it."""
    other = cells.notna() & ~cells.str.isascii().fillna(False).astype(bool)
    if not other.any():
        return cells
    # The signs of all cells together are few, and seldom are digits among them: one look instead of one a cell.
    foreign = {sign for sign in set("".join(cells[other])) if sign.isdigit() and not sign.isascii()}
    other[other] = [not foreign.isdisjoint(text) for text in cells[other]] if foreign else False
    return cells.mask(other) if foreign else cells


class UnclearSign(InputError):
    """A column of numbers that could be read both ways. place: the label of the first such cell in its index."""

    def __init__(self, problem: str, place: object) -> None:
        line = int(place) if isinstance(place, Integral) else None
        super().__init__(problem, line=line, remedy="say with decimal_sign whether , or . stands before the decimals")
        self.problem, self.place = problem, place


def parse_amount(cells: pd.Series, decimal: str | None = ",", whole: bool = False) -> pd.Series:
    """Numbers from text such as `-1 234,50`, `1.234,50`, `1 234,50-` and `(1 234,50)`; float, missing if unreadable.

    decimal: the sign between whole and fraction, or None where the column itself must say it; the other one may group
    thousands, as may any blank. A number that can be read one way only is read that way (`12.5`, `1234.50`); one that
    has two readings (`1.234`) is read as the others of its column. whole: the numbers have no fractions, which tells
    `1.234` from `1.000`. UnclearSign where a number of two readings stands in a column that does not say which, or in
    one that says both. A number of a spreadsheet (see excel_cells) says nothing of the texts beside it.
    """
    return each_once(cells, partial(_amounts, decimal=decimal, whole=whole))


def _amounts(cells: pd.Series, decimal: str | None, whole: bool) -> pd.Series:
    cells = _in_our_digits(cells)
    if cells.str.fullmatch(r"[0-9]{1,15}").fillna(True).all():
        return pd.to_numeric(cells).astype("float64")
    if cells.isna().all():
        return pd.Series(float("nan"), index=cells.index, name=cells.name)
    text = cells.str.replace("[\u00a0\u2007\u2009\u202f\t]", " ", regex=True)
    text = text.str.replace("[\u2212\u2013]", "-", regex=True).str.strip()
    text = text.str.replace(_CURRENCY, "", regex=True).str.strip()
    negative = text.str.fullmatch(r"\(.*\)|-.*|.*-")
    text = text.str.replace(_SIGNED, r"\1\2\3", regex=True).str.strip()
    is_number = text.str.endswith(NUMBER).fillna(False).astype(bool)
    text = text.str.removesuffix(NUMBER) if is_number.any() else text
    fits = {sign: text.str.fullmatch(_number(sign)).fillna(False).astype(bool) for sign in _GROUP}
    says = {sign: of & ~is_number for sign, of in fits.items()}
    sign = _column_sign(text.rename(cells.name), says, decimal, whole)
    other = fits[_GROUP[sign]] & ~fits[sign]
    number = _as_written(text.where(fits[sign]), sign)
    if other.any():
        plain = text.where(other & text.str.fullmatch(rf"\d*\{_GROUP[sign]}\d*").fillna(False).astype(bool))
        number = number.fillna(_as_written(plain, _GROUP[sign]))
    return number.mask(negative, -number)


def _number(sign: str) -> str:
    """What a number looks like where `sign` is the decimal sign."""
    groups = "|".join(rf"[1-9]\d{{0,2}}(?:{group}\d{{3}})+" for group in (" ", "'", rf"\{_GROUP[sign]}"))
    return rf"(?:\d+|{groups})(?:\{sign}\d*)?|\{sign}\d+"


def _as_written(text: pd.Series, sign: str) -> pd.Series:
    digits = text.str.replace(rf"[ '\{_GROUP[sign]}]", "", regex=True).str.replace(sign, ".", regex=False)
    return pd.to_numeric(digits, errors="coerce").astype("float64")


def _column_sign(text: pd.Series, fits: dict[str, pd.Series], given: str | None, whole: bool) -> str:
    """The decimal sign of a column: as its numbers of one reading have it, else as given.

    Where no number has two readings the sign changes nothing, as each is then read as it must be.
    """
    says = {sign: text[fits[sign] & ~fits[group]] for sign, group in _GROUP.items()}
    both = text[fits[","] & fits["."]]
    # One separator and three digits behind it.
    unclear = both[both.str.contains("[.,]").astype(bool)] if len(both) else both
    signs = {sign for sign, cells in says.items() if len(cells)} | ({given} if given else set())
    if unclear.empty:
        return given or ("," if len(signs) != 1 else signs.pop())
    separators = {*unclear.str.slice(-4, -3)}
    if whole and not signs and len(separators) == 1 and not unclear.str.endswith("000").all():
        signs = {_GROUP[separators.pop()]}
    if len(signs) == 1:
        return signs.pop()
    cell = unclear.iloc[0]
    told = [f"the column has {cells.iloc[0]}" for cells in says.values() if len(cells)]
    told += [f"decimal_sign says {given}"] if given else []
    why = " and ".join(told) or "nothing in the column says which"
    problem = f"{text.name or 'number'} {cell} can be {cell[:-4]}{cell[-3:]} and {cell[:-4]},{cell[-3:]}: {why}"
    raise UnclearSign(problem, unclear.index[0])


def parse_integer(cells: pd.Series, decimal: str | None = ",") -> pd.Series:
    """Whole numbers (Int64); a fraction counts as unreadable. decimal: as of parse_amount."""
    number = parse_amount(cells, decimal, whole=True)
    return number.where((number == number.round()) & (number.abs() < TOO_LARGE)).astype("Int64")


def parse_minutes(cells: pd.Series, decimal: str | None = ",", unit: str = "minutes") -> pd.Series:
    """Minutes (float) from numbers in `unit` (minutes, hours or seconds) and from `h:mm` or `h:mm:ss`.

    unit text: from what says its units itself; see parse_duration.
    """
    if unit == "text":
        return parse_duration(cells)
    minutes = parse_amount(cells, decimal) * _MINUTES[unit]
    if not (minutes.isna() & cells.notna()).any():
        return minutes
    clock = cells.str.strip().str.extract(rf"^{_CLOCK_TIME}$").astype("float64")
    return minutes.fillna(clock[0] * 60 + clock[1] + clock[2].fillna(0.0) / 60)


def parse_duration(cells: pd.Series) -> pd.Series:
    """Minutes (float) from `1 Day 2 Hours`, `2 timer 30 min`, `26:15`, `1 day 02:15:00` and ISO 8601 (`P1DT2H15M`).

    A day is 24 hours. A number without a unit is unreadable, but for 0, which is none of any.
    """
    text = cells.str.strip().str.lower()
    is_none = text.str.fullmatch(r"0+(?:[.,]0+)?").fillna(False).astype(bool)
    is_iso = text.str.fullmatch(_ISO_DURATION).fillna(False).astype(bool)
    plain = text.mask(is_iso, text.str.replace(r"[pt]", "", regex=True))
    plain = plain.str.replace(r"\s*(?:,|\band\b|\bog\b)\s+", " ", regex=True)
    clock = plain.str.extract(rf"(?:^|\s){_CLOCK_TIME}$").astype("float64")
    minutes = (clock[0] * 60 + clock[1] + clock[2].fillna(0.0) / 60).fillna(0.0)
    rest = plain.str.replace(rf"(?:^|\s){_CLOCK_TIME}$", "", regex=True).str.strip()
    for names, each in _DURATIONS.values():
        found = rest.str.extract(rf"(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(?:{names})(?![a-zæøå])")[0]
        minutes = minutes + pd.to_numeric(found.str.replace(",", "."), errors="coerce").fillna(0.0) * each
        once = rf"(?<![\d.,])\d+(?:[.,]\d+)?\s*(?:{names})(?![a-zæøå])"
        rest = rest.str.replace(once, "", n=1, regex=True).str.strip()
    has_number = text.str.contains(r"\d")
    return minutes.where((rest == "") & has_number.fillna(False)).mask(is_none, 0.0)


def parse_date(cells: pd.Series, date_format: str | None = None) -> pd.Series:
    """Dates (midnight, no zone) from `31.01.2025`, ISO, `20250131` or an Excel serial; a time of day is cut off.

    date_format: strptime format to use instead of these.
    """
    return parse_time(cells, date_format).dt.normalize()


def parse_time(cells: pd.Series, time_format: str | None = None) -> pd.Series:
    """Date and time as written, no zone (datetime64[us]); a date alone is its midnight.

    Which of day and month comes first is never guessed: `01/02/2024` needs its time_format.
    """
    return each_once(cells, partial(_times, time_format=time_format))


def _times(cells: pd.Series, time_format: str | None) -> pd.Series:
    text = _in_our_digits(cells).str.strip()
    if time_format:
        return _strptime(text, time_format)
    text = text.str.replace(r"^(\d{2})\.(\d{2})\.(\d{4})", r"\3-\2-\1", regex=True)
    parsed = _strptime(text.where(text.str.fullmatch(_ISO)), "ISO8601")
    if not (parsed.isna() & text.notna()).any():
        return parsed
    for known in _UNPADDED:
        rest = parsed.isna() & text.str.match(r"\d{1,2}\.")
        if rest.any():
            parsed = parsed.fillna(_strptime(text.where(rest), known))
    return parsed.fillna(_excel_serial(text.where(parsed.isna())))


def _strptime(text: pd.Series, time_format: str) -> pd.Series:
    return pd.to_datetime(text, format=time_format, errors="coerce").astype("datetime64[us]")


def _excel_serial(text: pd.Series) -> pd.Series:
    """Days since 1899-12-30, for the years 1954 to 2119: a shorter or longer number is not a date."""
    days = parse_amount(text.where(text.str.fullmatch(r"[2-7]\d{4}(?:[.,]\d+)?")))
    return (_EXCEL_EPOCH + pd.to_timedelta(days, unit="D").dt.round("s")).astype("datetime64[us]")


def parse_instant(cells: pd.Series, time_format: str | None = None, zone: str | None = None) -> pd.Series:
    """Instants in Europe/Oslo. ISO texts with `Z` or an offset say their zone; others are read in `zone`.

    The hour that autumn repeats is read as summer time; one that spring skips as the hour after.
    """
    instants = instants_of(plain_times(cells, time_format), zone or TIME_ZONE).dt.tz_convert(TIME_ZONE)
    unread = (instants.isna() & cells.notna()).to_numpy()
    if unread.any():
        instants[unread] = each_once(cells[unread], partial(_instants, time_format=time_format, zone=zone)).array
    return instants


def _instants(cells: pd.Series, time_format: str | None, zone: str | None) -> pd.Series:
    text = cells.str.strip()
    zoned = text.str.contains(_OFFSET)
    local = parse_time(text.mask(zoned), time_format)
    placed = instants_of(local, zone or TIME_ZONE).dt.tz_convert(TIME_ZONE)
    if not zoned.any():
        return placed
    utc = pd.to_datetime(text.where(zoned), format="ISO8601", utc=True, errors="coerce")
    return placed.fillna(utc.dt.tz_convert(TIME_ZONE).astype(placed.dtype))


def parse_accounting_period(cells: pd.Series) -> pd.Series:
    """YYYY-MM (13 = closing entries) from `202409`, `2024-09`, `201808.00` or `09.2024`; missing if unreadable."""
    return each_once(cells, _periods)


def _periods(cells: pd.Series) -> pd.Series:
    text = _in_our_digits(cells).str.strip().str.replace(r"[.,]0+$", "", regex=True)
    text = text.str.replace(r"^(\d{2})[./-](\d{4})$", r"\2-\1", regex=True)
    text = text.str.replace(r"^(\d{4})[./ -]?(\d{2})$", r"\1-\2", regex=True)
    return text.where(text.str.fullmatch(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-3])"))


def parse_ledger_period(cells: pd.Series) -> pd.Series:
    """As parse_accounting_period, and from the first of September, which spreadsheets make of 2024-09 and sep.24."""
    first_day = r"^ *([12]\d{3}-\d{2})-01(?:[T ]00:00:00)? *$"
    return each_once(cells, lambda texts: _periods(texts.str.replace(first_day, r"\1", regex=True)))
