"""What every chart must be: its texts apart and in Norwegian, its marks visible, and the same bytes for the same frame."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from rorikt_lib.present.charts.style import Drawing, Width, drawn_for

Case = tuple[Callable[..., Drawing | None], ...]
# 11 pixels, where a chart is shown as large as it is drawn.
SMALLEST_POINTS = 11 * 72 / 96
# Names as others may write them: long ones, in capitals, and without a place to break them.
_LONGEST = "Interkommunalt samarbeid om drift og forvaltning av felles systemer og innkjøp for alle kommunene i vår region og omegn"
LONG_NAMES = [
    made[:length] for length in (55, 86, 120) for made in (_LONGEST, _LONGEST.replace(" ", "") * 2, _LONGEST.upper())
]
OUR_TERMS = {
    "staff", "pupil", "incident", "request", "unknown", "days", "hours", "SUM", "low", "medium", "high", "critical",
}  # fmt: skip


def drawn(case: Case) -> Drawing:
    """What a case, a function and its frames, draws."""
    draw, *frames = case
    return draw(*frames)


def drawn_texts(chart: Drawing) -> list[Text]:
    """The texts that drawing the chart puts on paper."""
    texts = []
    original = Text.draw

    def note(text: Text, renderer) -> None:
        if text.get_visible() and text.get_text().strip():
            texts.append(text)
        original(text, renderer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", note)
        chart.draw_without_rendering()
    return texts


def words(chart: Drawing) -> list[str]:
    """The texts as read."""
    return [text.get_text().replace("\u202f", " ").replace("\u00a0", " ") for text in drawn_texts(chart)]


def boxes(chart: Drawing) -> list[tuple[str, Bbox]]:
    """Each text and its extent."""
    # An annotation's own extent would take in the line that ties it to its point.
    return [(text.get_text(), Text.get_window_extent(text)) for text in drawn_texts(chart)]


def contrast_to_white(colour: object) -> float:
    """WCAG 2 contrast ratio."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgba(colour)[:3]]
    return 1.05 / (0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2] + 0.05)


def assert_texts_are_apart_and_norwegian(case: Case) -> None:
    """For each width: no text touches another, leaves the chart or is too small to read, and none is English."""
    for width in Width:
        with drawn_for(width):
            _assert_texts(drawn(case))


def _assert_texts(chart: Drawing) -> None:
    """Nor is any a number as Python writes it."""
    width, height, known = chart.bbox.width, chart.bbox.height, boxes(chart)
    assert [t for t, b in known if b.x0 < -1 or b.y0 < -1 or b.x1 > width + 1 or b.y1 > height + 1] == []
    touching = [
        (first, second)
        for (first, a), (second, b) in itertools.combinations(known, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert touching == []
    assert [text.get_text() for text in drawn_texts(chart) if text.get_fontsize() < SMALLEST_POINTS] == []
    for text in words(chart):
        assert not re.search(r"\d\.\d|-\d|\d,\d{3}\b|\bnan\b|\d{4,}(?!\d*$)", text), text
        assert not OUR_TERMS & set(re.split(r"\W+", text)), text


def assert_sound(case: Case) -> None:
    """Twice the same outlined SVG, frames and settings of matplotlib left alone, marks and words that stand out."""
    _, *frames = case
    before, settings = [frame.copy(deep=True) for frame in frames], dict(mpl.rcParams)
    first, second = (_svg(drawn(case)) for _ in range(2))
    assert first == second
    assert "<text" not in first
    assert "<dc:date" not in first
    for frame, was in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, was)
    assert dict(mpl.rcParams) == settings
    chart = drawn(case)
    patches = [patch.get_facecolor() for axes in chart.axes for patch in axes.patches]
    lines = [line.get_color() for axes in chart.axes for line in axes.lines]
    assert min(contrast_to_white(colour) for colour in [*patches, *lines] if to_rgba(colour)[3]) >= 3
    inks = [text.get_color() for text in drawn_texts(chart)]
    assert min(contrast_to_white(ink) for ink in inks if ink != "white") >= 4.5


def _svg(chart: Drawing) -> str:
    buffer = io.StringIO()
    chart.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()
