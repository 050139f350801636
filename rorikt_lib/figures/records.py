"""A frame as records: one per row and measure."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.terms.fields import FIELDS, member

COLUMNS = ["figure", "period", "dimension", "member", "value", "unit"]


def records(frame: pd.DataFrame, prefix: str, dimensions: list[str], names: dict[str, str]) -> pd.DataFrame:
    """`frame` melted: one record per row and measure. names: column → name of the figure after `prefix`."""
    members = [frame[d].map(lambda value, d=d: member(d, value)).astype("str") for d in dimensions]
    joined = members[0].str.cat(members[1:], sep="|") if len(members) > 1 else members[0]
    parts = [
        pd.DataFrame(
            {
                "figure": f"{prefix}.{name}",
                "dimension": "|".join(dimensions),
                "member": joined,
                "value": frame[column].astype(float),
                "unit": _unit(frame, column),
            }
        )
        for column, name in names.items()
    ]
    return pd.concat(parts)


def _unit(frame: pd.DataFrame, column: str) -> str | pd.Series:
    is_in_unit = FIELDS[column].unit in {"decimal", "number"} and "unit" in frame
    return frame["unit"] if is_in_unit else FIELDS[column].unit


def same(*columns: str) -> dict[str, str]:
    """Measures whose figures have their own names."""
    return {column: column for column in columns}
