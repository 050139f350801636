"""Light and dark from one drawing: an SVG's colours are attributes, and classes that a dark screen changes.

On paper, and for programs that know no such classes, the drawing is as it was made. It has no inline style, so that
no policy of the page that shows it can be in the way.
"""

from functools import lru_cache

from lxml import etree

from rorikt_lib.present.charts.colours import DARK

_COLOURED = ("fill", "stroke")
_DARK = {light.lower(): dark.lower() for light, dark in DARK.items()}
# matplotlib's own style sheet, which attributes could not change.
_EVERYWHERE = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


def for_all_screens(svg: etree._Element) -> None:
    """Changes a drawing so that it suits light screens, dark ones and paper."""
    for sheet in list(svg.iter("{*}style")):
        sheet.getparent().remove(sheet)
    for name, value in _EVERYWHERE.items():
        svg.set(name, value)
    rules = {rule for element in svg.xpath("descendant-or-self::*[@style]") for rule in _with_attributes(element)}
    if rules:
        sheet = etree.Element(f"{{{svg.nsmap[None]}}}style")
        sheet.text = f"@media screen and (prefers-color-scheme: dark) {{{''.join(sorted(rules))}}}"
        svg.insert(0, sheet)


def _with_attributes(element: etree._Element) -> tuple[str, ...]:
    """Writes the style of an element as attributes and classes, and gives the rules that its classes need."""
    attributes, rules = _declared(element.attrib.pop("style"))
    for name, value in attributes:
        element.set(name, value)
    return rules


# Most of a drawing has one of a few styles.
@lru_cache(maxsize=1024)
def _declared(style: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    declared = [(name.strip(), value.strip()) for name, _, value in (part.partition(":") for part in style.split(";"))]
    attributes = [(name, value) for name, value in declared if value]
    dark = [(name, value.lower()) for name, value in attributes if name in _COLOURED and value.lower() in _DARK]
    classes = [("class", " ".join(f"{name}-{value[1:]}" for name, value in dark))] if dark else []
    return (*attributes, *classes), tuple(f".{name}-{value[1:]}{{{name}:{_DARK[value]}}}" for name, value in dark)
