"""The texts that a chart puts on paper, and where."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text


def drawn_texts(chart: Figure) -> list[Text]:
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


def words(chart: Figure) -> list[str]:
    """What they say, with ordinary spaces."""
    return [text.get_text().replace("\u202f", " ").replace("\u00a0", " ") for text in drawn_texts(chart)]


def boxes(texts: list[Text]) -> list[tuple[str, object]]:
    """Each text and its extent."""
    # An annotation's own extent would take in the line that ties it to its point.
    return [(text.get_text(), Text.get_window_extent(text)) for text in texts]
