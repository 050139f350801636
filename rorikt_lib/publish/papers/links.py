"""Where the links and bookmarks of a PDF lead: to places on pages, which move with the pages."""

from collections.abc import Mapping, Sequence

from pypdf import PageObject, Transformation
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, IndirectObject, NameObject, NullObject, PdfObject

from rorikt_lib.publish.papers.objects import NAMES, dictionaries, entries, held, listed

_PLACE, _ACTION, _DOES, _LEADS_TO, _RECT, _QUADS = map(NameObject, ("/Dest", "/A", "/S", "/D", "/Rect", "/QuadPoints"))
_XYZ, _FIT = NameObject("/XYZ"), NameObject("/Fit")
# What may happen to who follows a link; all else, as what a page does by itself, is not taken over.
_FOLLOWED = ("/GoTo", "/URI")

# Number of a page's object → where its points are now, of those that have been moved.
Moved = Mapping[int, Transformation]


def settle(root: DictionaryObject, pages: Sequence[PageObject], moved: Moved) -> None:
    """What leads to a place by its name leads there itself, and to where it is now; links are where their texts are.

    root: what else than its pages the PDF has: its names and bookmarks.
    """
    places = _places(root)
    for page in pages:
        for annotation in (each.get_object() for each in listed(page, "/Annots")):
            annotation[NameObject("/P")] = page.indirect_reference
            _move(annotation, moved.get(page.indirect_reference.idnum))
    for each in dictionaries(*pages, held(root, "/Outlines")):
        each.pop("/AA", None)
        if _DOES in held(each, _ACTION):
            _settle_action(each)
        if _PLACE in each:
            each[_PLACE] = _settled(each[_PLACE], places, moved)


def _places(root: DictionaryObject) -> dict[str, PdfObject]:
    return {**held(root, "/Dests"), **dict(entries(held(root, "/Names").get("/Dests"), NAMES))}


def _settle_action(link: DictionaryObject) -> None:
    action = link[_ACTION]
    action.pop("/Next", None)
    if action[_DOES] not in _FOLLOWED:
        del link[_ACTION]
    elif _LEADS_TO in action:
        del link[_ACTION]
        link[_PLACE] = action[_LEADS_TO]


def _settled(place: PdfObject, places: Mapping, moved: Moved) -> PdfObject:
    found = places.get(place, NullObject()) if isinstance(place, str | bytes) else place
    found = found.get_object()
    if isinstance(found, DictionaryObject):  # a name may stand for a place with more said of it
        found = found.get(_LEADS_TO, NullObject()).get_object()
    if not isinstance(found, ArrayObject) or not isinstance(found[0], IndirectObject):
        return NullObject()
    transformation = moved.get(found[0].idnum)
    if transformation is None:
        return ArrayObject(found)
    if found[1] != _XYZ or any(isinstance(each.get_object(), NullObject) for each in found[2:4]):
        return ArrayObject([found[0], _FIT])
    left, top = transformation.apply_on((float(found[2]), float(found[3])))
    return ArrayObject([found[0], _XYZ, FloatObject(left), FloatObject(top), NullObject()])


def _move(annotation: DictionaryObject, transformation: Transformation | None) -> None:
    if transformation is None:
        return
    for key in (_RECT, _QUADS):
        points = list(map(float, listed(annotation, key)))
        moved = [transformation.apply_on(point) for point in zip(points[::2], points[1::2], strict=True)]
        if key == _RECT and moved:  # its corners: lower left, upper right
            moved = [tuple(map(min, *moved)), tuple(map(max, *moved))]
        if moved:
            annotation[key] = ArrayObject(FloatObject(number) for point in moved for number in point)
