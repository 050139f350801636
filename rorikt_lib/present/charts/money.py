"""Axes of kroner."""

from matplotlib.axis import Axis

from rorikt_lib.present.charts.scales import number_axis
from rorikt_lib.present.language import mark
from rorikt_lib.present.numbers import MILLION

MILLION_KRONER = mark("million")
# An axis of kroner spans at least this much.
LEAST_SPAN_NOK = 100_000


def money_axis(axis: Axis) -> None:
    """A number axis in millions of kroner."""
    number_axis(axis, per=MILLION)
