"""How many months back tables and charts look, where a notebook says nothing else."""

TREND_MONTHS = 13
SLA_MONTHS = 3
