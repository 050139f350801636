"""What costs are shared by."""

import pandera.pandas as pa

from rorikt_lib.terms.schemas.base import Table


class AllocationKeys(Table):
    """One row per year, item and municipality: what the item's cost is shared by. key 0: the item is not charged."""

    year: int
    category: str
    item: str
    municipality: str
    key: float = pa.Field(ge=0)


class AllocationCosts(Table):
    """One row per year and item: its cost, or its weight among the items that share what the category's costs leave."""

    year: int
    category: str
    item: str
    cost_nok: float = pa.Field(nullable=True)
    weight: float = pa.Field(nullable=True, gt=0)
