"""The unit of every column that a reader sees; its name is in the languages' folders (present/nb …)."""

import re
from pathlib import Path

import yaml

# The name of a row that adds up the others, in the frames and in figures.csv.
SUM = "SUM"

_UNITS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("units.yml").read_text(encoding="utf-8"))
_BY_COLUMN = {column: unit for unit, columns in _UNITS.items() for column in columns}
# How a column's name says its unit.
_BY_NAME = {r".*_nok": "NOK", r"(.*_)?share(_.*)?": "share", r".*_change": "change", r"(.*_)?hours": "hours"}


def unit(column: str, default: str = "text") -> str:
    """The unit of a column: NOK, share, hours, days, cases, … or text, month, date; `default` where nothing says it."""
    by_name = (of for pattern, of in _BY_NAME.items() if re.fullmatch(pattern, column))
    return _BY_COLUMN.get(column) or next(by_name, default)
