"""The report's charts: pure functions, measure frame in, figure out. Captions are the caller's."""

from __future__ import annotations

from rorikt_lib.present.charts.backlog import flow, open_by_age
from rorikt_lib.present.charts.economy import investment_lines, operating_variance
from rorikt_lib.present.charts.forecast import operating_course
from rorikt_lib.present.charts.forecast_page import forecast_lines, forecast_months
from rorikt_lib.present.charts.pcs import pcs_per_year, windows_readiness
from rorikt_lib.present.charts.service_desk import created_by_category, created_per_municipality
from rorikt_lib.present.charts.service_level import resolution_months, sla_months
from rorikt_lib.present.charts.sharing import budget_walk, change_effects, scenario_changes
from rorikt_lib.present.charts.usage import chatbot_months, portal_days, portal_months

__all__ = [
    "budget_walk",
    "change_effects",
    "chatbot_months",
    "created_by_category",
    "created_per_municipality",
    "flow",
    "forecast_lines",
    "forecast_months",
    "investment_lines",
    "open_by_age",
    "operating_course",
    "operating_variance",
    "pcs_per_year",
    "portal_days",
    "portal_months",
    "resolution_months",
    "scenario_changes",
    "sla_months",
    "windows_readiness",
]
