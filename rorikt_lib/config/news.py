"""News in workbook.yml: how much must have changed since last month for the summary to begin with it."""

from typing import Annotated

from pydantic import Field

from rorikt_lib.config.strict import Positive, Strict

Share = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class NewsSettings(Strict):
    """What counts as news. Amounts are in kroner; shares are of what is named: 0.01 is 1 %."""

    forecast_nok: Positive = 1_000_000
    """The forecast of operations or investments, or of one of their lines, has changed by so many kroner …"""
    forecast_share: Share = 0.01
    """… or by such a share of the costs in the year's budget, investments included."""
    over_budget_nok: Positive = 100_000
    """The forecast of either has come over the year's budget by so many kroner, or is no longer over it by as much:
    this is told however little it changed …
    """
    over_budget_share: Share = 0.001
    """… or by such a share of the costs in the year's budget, investments included."""
    booked_nok: Positive = 500_000
    """More is booked so far than the phased budget of the same months, by so many kroner …"""
    booked_share: Share = 0.01
    """… or by such a share of it."""
    open_cases: Count = 20
    """The open cases, of all types or of one, are so many more or fewer than at the end of last month …"""
    open_share: Share = 0.1
    """… and that is at least such a share of them."""
    sla_share: Share = 0.05
    """The share of incidents resolved in time, of all priorities or of one, has changed by so much: 0.05 is five
    percentage points …
    """
    sla_cases: Count = 20
    """… and at least so many were resolved in each of the two months."""
    pcs: Count = 20
    """The PCs that must be ordered, by all or by one municipality's user group, are so many more or fewer …"""
    pcs_share: Share = 0.1
    """… and that is at least such a share of last month's need."""
