"""The most even way between bounds: what makes one year's peak the years around it share."""

import numpy as np


def evenest(lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """The path from lower[0] to lower[-1] between the bounds whose steps are the most even.

    No other path has a smaller sum of squared steps, nor a smaller largest one: it is a string pulled taut. The
    bounds meet at both ends, and neither ever falls.
    """
    path = [float(lower[0])]
    while len(path) < len(lower):
        end, height = _next_bend(lower, upper, len(path) - 1, path[-1])
        path += list(np.linspace(path[-1], height, end - len(path) + 2)[1:])
    return np.array(path)


def _next_bend(lower: np.ndarray, upper: np.ndarray, start: int, height: float) -> tuple[int, float]:
    """Where a straight line from the point must first bend, and how high: at the bound that stands most in its way."""
    steepest, flattest = (np.inf, start), (-np.inf, start)
    for x in range(start + 1, len(lower)):
        need, room = ((bound[x] - height) / (x - start) for bound in (lower, upper))
        if need > steepest[0]:
            return steepest[1], float(upper[steepest[1]])
        if room < flattest[0]:
            return flattest[1], float(lower[flattest[1]])
        flattest = (need, x) if need >= flattest[0] else flattest
        steepest = (room, x) if room <= steepest[0] else steepest
    return len(lower) - 1, float(lower[-1])
