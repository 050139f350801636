"""Measures of the economy: frames of clean postings, budget and forecasts in, tidy frames out. NOK, cost +."""
