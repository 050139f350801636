"""The report's tables, each from an open workbook in one call: one module a chapter."""

from rorikt_lib.measures.about import findings, sources, unreadable_rows
from rorikt_lib.measures.economy import (
    adopted_bridge,
    cost_table,
    expected_invoices,
    is_first_adopted,
    model_forecast,
    operating_course,
    tried_years,
)
from rorikt_lib.measures.forecast import (
    adopted_changes,
    forecast_accuracy,
    forecast_rows,
    forecast_totals,
    forecasts_by_month,
    model_bridge,
    tried_forecast,
    tried_lines,
    tried_methods,
    unrecorded_months,
)
from rorikt_lib.measures.lookback import SLA_MONTHS, TREND_MONTHS
from rorikt_lib.measures.pcs import pc_extract, pc_rollover, replacement_plan, windows_readiness
from rorikt_lib.measures.service_desk import (
    created_by_category,
    created_by_month,
    created_by_municipality,
    created_per_municipality,
    flow,
    flow_of,
    flow_total,
    known_cases,
    notes_without_case,
    open_by_age,
    resolution_time,
    resolution_trend,
    serious_cases,
    sla_compliance,
    sla_trend,
)
from rorikt_lib.measures.usage import usage_by_day, usage_by_month
