"""The row that adds up the others."""

from collections.abc import Sequence

import pandas as pd

from rorikt_lib.terms.fields import SUM


def with_sum(frame: pd.DataFrame, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """`frame` and a last row, called SUM in the column `name`, that adds up `columns`; what is missing counts nothing.

    columns: by default those of whole numbers, which are counts; other columns have no sum, and are missing in the
    row. No rows where there are none.
    """
    summed = list(columns) if columns is not None else list(frame.select_dtypes("integer").columns)
    total = frame[summed].sum(min_count=1).to_frame().T.assign(**{name: SUM})
    return pd.concat([frame, total.head(len(frame))], ignore_index=True).astype({c: frame[c].dtype for c in summed})
