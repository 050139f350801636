"""Whether texts only rise, as the numbers of a list most often do: then each is another."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def rises(texts: pd.Series) -> bool:
    """Whether each text comes after the one before it in the order of their bytes, and none is missing."""
    column = pa.array(texts.array)
    return not column.null_count and bool(pc.all(pc.less(column[:-1], column[1:]), min_count=0).as_py())


def is_each_another(texts: pd.Series) -> bool:
    """Whether no text stands there twice."""
    return rises(texts) or texts.is_unique
