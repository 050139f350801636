"""The small picture beside a key figure: its course, and what it is held against. It follows the reader's colours."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pandas as pd
from lxml import etree

from rorikt_lib.present.charts.colours import ACCENT, BLUE, GREY
from rorikt_lib.terms.period import shift

# A month, counted from the first, and its value → x and y.
Place = Callable[[int, float], tuple[str, str]]
WIDTH, HEIGHT, EDGE = 240, 56, 6
# What is drawn light on dark where the reader's device is set so.
DARK = {"line": "#8FB8DE", "level": "#A9A9A9", "last": "#F0915A"}
_COLOURS = {"line": BLUE, "level": GREY, "last": ACCENT}


def course_svg(course: pd.Series, levels: pd.Series) -> bytes:
    """A line through the months that are known, broken where one is not, its end marked, and a dashed level.

    course, levels: month → value; of a level in the last month alone, that for all. It begins where the figures do.
    """
    months = _all_months(course.index[0], course.index[-1])
    known = course.reindex(months).astype(float)
    level = levels.reindex(months).astype(float)
    level = level.bfill() if level.notna().sum() == 1 else level
    places = _places(known, level)
    svg = etree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}"})
    etree.SubElement(svg, "style").text = _style()
    for points in _runs(places, level):
        _line(svg, points, "level", {"stroke-dasharray": "4 3", "stroke-width": "1.5"})
    for points in _runs(places, known):
        _line(svg, points, "line", {"stroke-width": "2.5", "stroke-linejoin": "round", "stroke-linecap": "round"})
    x, y = places(len(months) - 1, known.iloc[-1])
    etree.SubElement(svg, "circle", {"class": "last", "cx": x, "cy": y, "r": "4", "fill": _COLOURS["last"]})
    return etree.tostring(svg, xml_declaration=True, encoding="UTF-8")


def _all_months(first: str, last: str) -> list[str]:
    months = [first]
    while months[-1] < last:
        months.append(shift(months[-1], 1))
    return months


def _places(known: pd.Series, level: pd.Series) -> Place:
    """Where a month's value is in the picture, as texts."""
    every = pd.concat([known, level]).dropna()
    low, span = every.min(), (every.max() - every.min()) or 1.0
    across = (WIDTH - 2 * EDGE) / max(len(known) - 1, 1)

    def place(at: int, value: float) -> tuple[str, str]:
        x = EDGE + across * at if len(known) > 1 else WIDTH / 2
        return f"{x:.1f}", f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / span:.1f}"

    return place


def _runs(places: Place, values: pd.Series) -> Iterator[list[tuple[str, str]]]:
    """The points of each stretch of months that are known; of one month twice the same, which is drawn as a dot."""
    known = [at for at, value in enumerate(values) if pd.notna(value)]
    starts = [at for before, at in pairwise([-2, *known]) if at - before > 1]
    for start, end in pairwise([*starts, len(values) + 1]):
        run = [at for at in known if start <= at < end]
        yield [places(at, values.iloc[at]) for at in (run * 2 if len(run) == 1 else run)]


def _line(svg: etree._Element, points: list[tuple[str, str]], of: str, look: dict[str, str]) -> None:
    drawn = " ".join(f"{x},{y}" for x, y in points)
    etree.SubElement(svg, "polyline", {"class": of, "points": drawn, "fill": "none", "stroke": _COLOURS[of]} | look)


def _style() -> str:
    """Only what differs in the dark: what a page shows without it is right in the light."""
    rules = [f".{of}{{{'fill' if of == 'last' else 'stroke'}:{colour}}}" for of, colour in DARK.items()]
    return f"@media (prefers-color-scheme: dark){{{''.join(rules)}}}"
