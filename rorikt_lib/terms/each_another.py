"""Whether no text stands in a column twice, told where it can be without remembering a million of them."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def are_each_another(texts: pd.Series) -> bool:
    """Whether no text stands there twice."""
    return are_surely_each_another(texts) or texts.is_unique


def are_surely_each_another(texts: pd.Series) -> bool:
    """Whether the order of the texts, or the numbers that they are, tell already that none stands there twice."""
    column = pa.array(texts.array)
    return not column.null_count and (_rise(column) or _are_other_numbers(column))


def _rise(column: pa.Array | pa.ChunkedArray) -> bool:
    """Whether each text comes after the one before it, as the numbers of a list most often do."""
    return bool(pc.all(pc.less(column[:-1], column[1:]), min_count=0).as_py())


def _are_other_numbers(column: pa.Array | pa.ChunkedArray) -> bool:
    """Whether all are whole numbers, and no two the same: then no two texts are. (12 and 012 are two texts.)"""
    try:
        numbers = np.sort(column.cast(pa.int64()).to_numpy(zero_copy_only=False))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return False
    return bool((numbers[1:] != numbers[:-1]).all())
