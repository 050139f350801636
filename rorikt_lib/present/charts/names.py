"""Names of rows and panels, as the one who keeps the books writes them: broken and cut to the room that a chart has."""

from bisect import bisect_right
from collections.abc import Sequence

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from rorikt_lib.present.charts.style import is_narrow

# Points beside the bars, and above them on a phone.
ROOM, ROOM_ABOVE = 170, 222
# Points between a name and what stands after it on its line.
GAP = 8
MORE = " …"


def row_name(text: str, room: float | None = None) -> str:
    """A name on one line, a long one on two; what does not fit is cut with an ellipsis. room: of a line, points."""
    room = room or name_room()
    first, rest = _line(" ".join(text.split()), room)
    if not rest:
        return first
    second, more = _line(rest, room)
    if more:
        second = _line(rest, room - points(MORE))[0] + MORE
    return f"{first}\n{second}"


def name_room(beside: Sequence[str] = ()) -> float:
    """Points that a row's name may take; on a phone what `beside` it, at the end of its line, leaves."""
    if not is_narrow():
        return ROOM
    return ROOM_ABOVE - max((points(text) + GAP for text in beside), default=0)


def points(text: str) -> float:
    """How wide the widest line of a text is in the type of a chart; inside of what is `styled`."""
    font = FontProperties()
    return max(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] for line in text.split("\n"))


def _line(text: str, room: float) -> tuple[str, str]:
    """As many words as there is room for, of a word that is wider as many letters; and what is left."""
    held = max(1, bisect_right(range(1, len(text) + 1), room, key=lambda length: points(text[:length])))
    if held == len(text):
        return text, ""
    end = max(text.rfind(" ", 0, held + 1), text.rfind("-", 0, held) + 1)
    end = end if end > 0 else held
    return text[:end].rstrip(), text[end:].lstrip()
