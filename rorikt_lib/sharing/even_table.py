"""A table of exact amounts rounded so that it adds up both ways: largest remainder in two directions at once.

Rounding each row by itself makes columns drift by some units from their exact totals. Here every cell, item, subtotal
and total becomes its exact amount rounded down or up, and all of them add up. That this can be done is a property of
network flow: the exact amounts are a flow from categories through items and cells to municipalities, so a flow in
whole units lies between the roundings; the cheapest one, where rounding a part f up costs 1 - 2f, is taken.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from rorikt_lib.sharing.rounding import whole_counts, whole_units

# (category, item, municipality)
Cell = tuple[str, str, str]
# How much nearness counts at each level: totals before subtotals before items before cells.
_TOTAL, _SUBTOTAL, _ITEM, _CELL = 1000.0, 100.0, 10.0, 1.0


@dataclass(frozen=True)
class _Arc:
    """A part of the flow: from where to where, its exact amount in units, and how much its nearness counts."""

    start: str | tuple
    end: str | tuple
    amount: Fraction
    weight: float


def even_counts(cells: Mapping[Cell, Fraction]) -> dict[Cell, int]:
    """Whole numbers, each the cell rounded down or up, whose sums are so for each item, category, subtotal and total.

    Municipalities' totals are those of largest remainder (rounding.whole_counts) wherever some table has them. The
    order of the cells does not matter. The sum of all, where it is not whole, is rounded half away from zero.
    """
    names = sorted(cells)
    totals = _sums({cell: cells[cell] for cell in names}, lambda cell: ("place", cell[2]))
    wanted = whole_counts(totals)
    arcs = _arcs({cell: cells[cell] for cell in names}, totals)
    steps = _cheapest(arcs, {("place", name[1]): count for name, count in wanted.items()}, sum(wanted.values()))
    if steps is None:
        steps = _cheapest(arcs, {}, whole_units(sum(totals.values(), Fraction(0))))
    if steps is None:
        raise RuntimeError("no rounding of the table adds up")
    return {cell: floor(cells[cell]) + step for cell, step in zip(names, steps[: len(names)], strict=True)}


def _sums(cells: Mapping[Cell, Fraction], group) -> dict[tuple, Fraction]:
    sums: dict[tuple, Fraction] = defaultdict(Fraction)
    for cell, amount in cells.items():
        sums[group(cell)] += amount
    return dict(sums)


def _arcs(cells: Mapping[Cell, Fraction], totals: Mapping[tuple, Fraction]) -> list[_Arc]:
    """The cells first, in order; then items, categories, subtotals, totals."""
    arcs = [_Arc(("item", *c[:2]), ("subtotal", c[0], c[2]), amount, _CELL) for c, amount in cells.items()]
    levels = [
        (lambda c: (("category", c[0]), ("item", *c[:2])), _ITEM),
        (lambda c: ("source", ("category", c[0])), _SUBTOTAL),
        (lambda c: (("subtotal", c[0], c[2]), ("place", c[2])), _SUBTOTAL),
    ]
    for ends, weight in levels:
        arcs += [_Arc(*found, amount, weight) for found, amount in _sums(cells, ends).items()]
    return arcs + [_Arc(place, "sink", amount, _TOTAL) for place, amount in totals.items()]


def _cheapest(arcs: list[_Arc], fixed: Mapping[tuple, int], total: int) -> list[int] | None:
    """For each arc 0 (down) or 1 (up), the cheapest that add up to `total`; None where nothing does."""
    # Takes long to import, and most reports share nothing anew.
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    floors = [floor(arc.amount) for arc in arcs]
    parts = [arc.amount - low for arc, low in zip(arcs, floors, strict=True)]
    limits = [_limits(arc, low, part, fixed) for arc, low, part in zip(arcs, floors, parts, strict=True)]
    if any(low > high for low, high in limits):
        return None
    need = {node: -amount for node, amount in _out_of(arcs, floors).items()}
    need["source"] += total
    need["sink"] -= total
    costs = [arc.weight * float(1 - 2 * part) for arc, part in zip(arcs, parts, strict=True)]
    found = linprog(
        costs,
        A_eq=csr_matrix(_incidence(arcs, [*need]), shape=(len(need), len(arcs))),
        b_eq=[*need.values()],
        bounds=limits,
        method="highs-ds",
    )
    if found.x is None:
        return None
    # A corner of the feasible set, which the simplex method ends in, has whole steps only.
    steps = [round(step) for step in found.x]
    if _out_of(arcs, steps) != need:
        raise RuntimeError("the rounding of the table is not in whole units")
    return steps


def _out_of(arcs: list[_Arc], amounts: list[int]) -> dict[str | tuple, int]:
    """What flows out of each node, less what flows in."""
    sums: dict[str | tuple, int] = defaultdict(int)
    for arc, amount in zip(arcs, amounts, strict=True):
        sums[arc.start] += amount
        sums[arc.end] -= amount
    return dict(sums)


def _incidence(arcs: list[_Arc], nodes: list[str | tuple]) -> tuple[np.ndarray, tuple[list[int], np.ndarray]]:
    """A row per node, a column per arc: 1 where it starts, -1 where it ends; as a sparse matrix is given, by places."""
    place = {node: i for i, node in enumerate(nodes)}
    rows = [place[node] for arc in arcs for node in (arc.start, arc.end)]
    columns = np.repeat(np.arange(len(arcs)), 2)
    return np.tile([1.0, -1.0], len(arcs)), (rows, columns)


def _limits(arc: _Arc, low: int, part: Fraction, fixed: Mapping[tuple, int]) -> tuple[int, int]:
    if arc.end == "sink" and arc.start in fixed:
        step = fixed[arc.start] - low
        return step, step
    return 0, int(part > 0)
