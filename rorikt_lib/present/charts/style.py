"""What all charts share: type, widths, the drawing. No global state: the style holds only inside a chart."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec

from matplotlib import font_manager, rc_context, rc_params_from_file
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rorikt_lib.present import fonts
from rorikt_lib.present.charts.colours import GREY, GRID, INK

SMALL = 8.5
SETTINGS = Path(__file__).with_name("report.mplstyle")

Arguments = ParamSpec("Arguments")


class Width(Enum):
    """What a chart is drawn for, in inches: a phone's screen, or wider ones and paper.

    Shown at 96 pixels an inch or more, so that no text is smaller than about 11 pixels.
    """

    NARROW = 3.4
    WIDE = 7.0


_WIDTH: ContextVar[Width] = ContextVar("width", default=Width.WIDE)


@contextmanager
def drawn_for(width: Width) -> Iterator[None]:
    """While it lasts, charts are drawn for this width."""
    before = _WIDTH.set(width)
    try:
        yield
    finally:
        _WIDTH.reset(before)


def is_narrow() -> bool:
    """Whether the chart is drawn for a phone."""
    return _WIDTH.get() is Width.NARROW


@contextmanager
def _style() -> Iterator[None]:
    """While it lasts, the report's style holds. A sign that the typeface does not have is a box, and no warning."""
    with rc_context(style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


class Drawing(Figure):
    """A figure that draws and saves in the report's style; saved twice, the bytes are the same."""

    def draw(self, renderer: RendererBase) -> None:
        """As Figure.draw; tick labels are made only now, so the style must hold here too."""
        with _style():
            super().draw(renderer)

    def savefig(self, *args: Any, **kwargs: Any) -> None:
        """As Figure.savefig; how an SVG is written is part of the style."""
        with _style():
            super().savefig(*args, **kwargs)


def styled(draw: Callable[Arguments, Drawing]) -> Callable[Arguments, Drawing]:
    """Decorator: the chart function runs in the report's style."""

    @wraps(draw)
    def in_style(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Drawing:
        with _style():
            return draw(*args, **kwargs)

    return in_style


@cache
def style() -> dict[str, object]:
    """matplotlib settings of the report: 9 pt Inter (else DejaVu Sans), light horizontal grid, no box."""
    colours = {
        "axes.edgecolor": GREY,
        "grid.color": GRID,
        **dict.fromkeys(["text.color", "xtick.color", "ytick.color"], INK),
    }
    return {**rc_params_from_file(SETTINGS, use_default_template=False), **colours, "font.family": _font_families()}


@cache
def _font_families() -> list[str]:
    for file in fonts.FILES:
        font_manager.fontManager.addfont(file)
    return [*([fonts.FAMILY] if fonts.FILES else []), "DejaVu Sans"]


def strong() -> dict[str, str]:
    """Properties of text that stands out. One family: matplotlib logs a weight that a fallback lacks."""
    family = _font_families()[0]
    return {"family": family, "weight": "semibold" if family == fonts.FAMILY else "bold"}


def new_chart(height_inches: float) -> Drawing:
    """An empty chart of the width that is drawn for."""
    chart = Drawing(figsize=(_WIDTH.get().value, height_inches), layout="constrained")
    # What texts are measured with: made once for each chart; without it anew for each text.
    FigureCanvasAgg(chart)
    return chart


def settle(chart: Drawing) -> None:
    """Lays the chart out once and for all, so that positions measured from here on stay true."""
    chart.get_layout_engine().execute(chart)
    # Without an engine, saving does not draw once more to lay it out.
    chart.set_layout_engine(None)


def heading(axes: Axes, text: str) -> None:
    """What a panel shows, or its unit, in small type above its left edge."""
    axes.set_title(text, loc="left", fontsize=SMALL, color=GREY, pad=6)
