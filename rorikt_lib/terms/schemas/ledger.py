"""Postings, budget and adopted forecasts."""

import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.schemas.base import ACCOUNTING_PERIOD, MONTH, Table, day, optional


class Postings(Table):
    """One row per ledger line.

    posting_id: source_file#source_line. period: YYYY-MM, 13 = closing entries. amount_nok: NOK, cost +, income −.
    line: the report's line, or the project's name for investments; balance lines are not here.
    is_duplicate: the same line was delivered in another file too; not counted.
    """

    posting_id: str = pa.Field(unique=True)
    voucher_no: str = optional()
    posted_on: Series[DateTime] = day(nullable=True)
    period: str = pa.Field(str_matches=ACCOUNTING_PERIOD)
    account: str
    account_name: str = optional()
    cost_centre: str = optional()
    function: str = optional()
    project: str = optional()
    supplier_id: str = optional()
    supplier_name: str = optional()
    text: str = optional()
    amount_nok: float
    kind: str = pa.Field(isin=[*Kind])
    line: str
    is_duplicate: bool
    source_file: str
    source_line: int


class BudgetLines(Table):
    """One row per budget line. month: 1–12, missing when the budget is for the year. amount_nok: cost +, income −."""

    year: int
    version: str
    account: str
    cost_centre: str = optional()
    project: str = optional()
    month: pd.Int64Dtype = pa.Field(nullable=True, ge=1, le=12)
    amount_nok: float
    kind: str = pa.Field(isin=[*Kind])
    line: str


class AdoptedForecasts(Table):
    """One row per manager's decision: the year's forecast of one line as of a period. amount_nok: cost +."""

    period: str = pa.Field(str_matches=MONTH)
    kind: str = pa.Field(isin=[*Kind])
    line: str
    amount_nok: float
    reason: str = optional()
