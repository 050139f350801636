"""The report: each published table, chart and sentence declared once, one module a chapter."""
