"""Light and dark from one drawing: an SVG's colours are attributes, and classes that a dark screen changes.

On paper, and for programs that know no such classes, the drawing is as it was made. It has no inline style, so that
no policy of the page that shows it can be in the way.
"""

from collections.abc import Iterator

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
    rules = {rule for element in svg.iter("*") for rule in _with_attributes(element)}
    if rules:
        sheet = etree.Element(f"{{{svg.nsmap[None]}}}style")
        sheet.text = f"@media screen and (prefers-color-scheme: dark) {{{''.join(sorted(rules))}}}"
        svg.insert(0, sheet)


def _with_attributes(element: etree._Element) -> Iterator[str]:
    """Writes the style of an element as attributes and classes, and gives the rules that its classes need."""
    classes = []
    declared = (part.partition(":") for part in element.attrib.pop("style", "").split(";"))
    for name, value in ((name.strip(), value.strip()) for name, _, value in declared if value):
        element.set(name, value)
        if name in _COLOURED and value.lower() in _DARK:
            classes.append(f"{name}-{value[1:].lower()}")
            yield f".{classes[-1]}{{{name}:{_DARK[value.lower()]}}}"
    if classes:
        element.set("class", " ".join(classes))
