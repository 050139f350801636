"""Sentences computed from the figures, in Norwegian. Rounding and grammar live here; no number is computed anew."""
