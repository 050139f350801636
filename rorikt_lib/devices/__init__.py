"""Measures of the PCs: frames of clean devices and stock in, tidy frames out."""
