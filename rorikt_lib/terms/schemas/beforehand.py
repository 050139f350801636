"""Whether a table fits its schema, told by what its columns hold and not by each of a million rows."""

import pandas as pd
from pandera.pandas import Column, DataFrameSchema

from rorikt_lib.terms.each_another import are_each_another

# The checks of which the least and the greatest number tell for all of them.
_OF_RANGE = {"greater_than", "greater_than_or_equal_to", "less_than", "less_than_or_equal_to"}


def holds(schema: DataFrameSchema, frame: pd.DataFrame, like: pd.DataFrame) -> bool:
    """Whether `frame` surely fits: it has the types of `like` already, and each column's values pass.

    Where it does not, pandera is to say what does not fit, and in which row. A schema that sets rows in relation is
    left to it whole.
    """
    if schema.checks or schema.unique or not frame.dtypes.equals(like.dtypes):
        return False
    return all(_passes(column, frame[name]) for name, column in schema.columns.items())


def _passes(column: Column, values: pd.Series) -> bool:
    if (not column.nullable and values.isna().any()) or (column.unique and not are_each_another(values)):
        return False
    told = _telling(column, values).dropna() if column.checks else values
    return all(check(told).check_passed for check in column.checks)


def _telling(column: Column, values: pd.Series) -> pd.Series:
    """Those of a column's values whose checks tell of all: each once, or the least and the greatest."""
    if {check.name for check in column.checks} <= _OF_RANGE:
        return pd.Series([values.min(), values.max()], dtype=values.dtype, name=values.name)
    return values.drop_duplicates()
