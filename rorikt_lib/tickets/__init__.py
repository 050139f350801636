"""Measures of the service desk: frames of clean tickets in, tidy frames out."""
