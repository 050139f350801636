"""The report's tables, each from an open workbook in one call: one module a chapter."""

from rorikt_lib.measures.about import findings, sources, unreadable_rows
from rorikt_lib.measures.budget import (
    budget_measures,
    budget_parts,
    budget_walk,
    frame_check,
    growth_cost,
    investment_distribution,
    investment_plan,
    investment_settlement,
    operating_settlement,
    scenarios,
    settled_year,
    step_prices,
    step_service,
    years_ahead,
)
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
from rorikt_lib.measures.pcs import (
    doubtful_pcs,
    doubts_by_municipality,
    expired_pcs,
    pc_changes,
    pc_coverage,
    pc_extract,
    pc_rollover,
    pc_stock,
    pcs_by_class,
    pcs_in_use,
    peak_year,
    replacement_plan,
    windows_readiness,
    windows_versions,
)
from rorikt_lib.measures.service_desk import (
    case_history,
    case_oddities,
    created_by_category,
    created_by_month,
    created_by_municipality,
    created_per_category,
    created_per_municipality,
    flow,
    flow_of,
    flow_total,
    imputed,
    known_cases,
    newest_event,
    open_by_age,
    open_by_municipality,
)
from rorikt_lib.measures.service_level import (
    breach_causes,
    breached_cases,
    differing_reasons,
    differing_verdicts,
    notes_without_case,
    resolution_time,
    resolution_trend,
    response_compliance,
    serious_cases,
    sla_compliance,
    sla_trend,
    source_verdicts,
)
from rorikt_lib.measures.sharing import (
    against_last_year,
    allocation,
    allocation_by_category,
    budget_year,
    deviation_by_municipality,
    sharing_models,
    yearly_shares,
)
from rorikt_lib.measures.usage import usage_by_day, usage_by_month, usage_changes, usage_since_first
