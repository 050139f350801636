"""Use of the portal and the chatbot."""

import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

from rorikt_lib.terms.enums import Channel, Span
from rorikt_lib.terms.schemas.base import Table, day


class Usage(Table):
    """One row per date, span and channel.

    span: day, or month (date is then its first day). Unique users of a month are not the sum of its days, so a
    month's figure is there only when the source gives it. unique_users_since_launch: at the end of the month.
    """

    date: Series[DateTime] = day()
    span: str = pa.Field(isin=[*Span])
    channel: str = pa.Field(isin=[*Channel])
    views: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    unique_users: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    unique_users_since_launch: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    inquiries: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
