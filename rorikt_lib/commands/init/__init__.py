"""rorikt init: a workbook of one's own."""
