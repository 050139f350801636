"""rorikt doctor: what a workbook has, and what a report of it would lack."""
