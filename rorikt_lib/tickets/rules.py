"""Rules in order: each row gets the name of the first that holds for it."""

import numpy as np
import pandas as pd


def first_that_holds(rules: dict[str, pd.Series], otherwise: str) -> pd.Series:
    """Per row the name of the first rule that is true, `otherwise` where none is; missing is not true.

    rules: name → booleans, all with one index.
    """
    index = next(iter(rules.values())).index
    holds = [rule.astype("boolean").fillna(False).to_numpy(dtype=bool) for rule in rules.values()]
    return pd.Series(np.select(holds, list(rules), otherwise), index=index, dtype="str")
