"""Draws that land: parts in whole units (øre, minutes, cases) that add up to a total exactly, and seeded generators."""

import zlib

import numpy as np

SEED = 20240927


def generator(name: str) -> np.random.Generator:
    """The random generator of one named part of the demo: the same draws every time, whatever else is drawn."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


def land(weights: np.ndarray, total: int) -> np.ndarray:
    """Whole numbers in proportion to `weights` that add up to `total` (largest remainders take the odd units)."""
    shares = np.asarray(weights, dtype=float) * (total / np.sum(weights))
    whole = np.floor(shares).astype(np.int64)
    most = np.argsort(whole - shares, kind="stable")[: total - int(whole.sum())]
    whole[most] += 1
    return whole


def oere(amount_nok: float) -> int:
    """NOK as whole øre."""
    return round(amount_nok * 100)
