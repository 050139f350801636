"""A PDF as the objects that it is made of: its trees of names and numbers, all that refers to something."""

from collections.abc import Iterator, Mapping

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

NAMES, NUMBERS = "/Names", "/Nums"


def entries(tree: PdfObject | None, kind: str) -> Iterator[tuple]:
    """The keys of a tree of names or of numbers, however it branches, each with what stands there, unresolved."""
    node = tree.get_object() if tree is not None else None
    if not isinstance(node, DictionaryObject):
        return
    pairs = listed(node, kind)
    yield from zip(pairs[::2], pairs[1::2], strict=False)
    for branch in listed(node, "/Kids"):
        yield from entries(branch, kind)


def tree_of(values: Mapping, kind: str, key: type) -> DictionaryObject:
    """A tree of names or of numbers without branches: what `entries` reads. key: what its keys are."""
    pairs = [each for name in sorted(values) for each in (key(name), values[name])]
    return DictionaryObject({NameObject(kind): ArrayObject(pairs)})


def listed(place: DictionaryObject, key: str) -> list:
    """What stands under a key that may hold one or several, or nothing."""
    if key not in place:
        return []
    held = place[key]
    return list(held) if isinstance(held, ArrayObject) else [place.raw_get(key)]


def held(place: DictionaryObject, key: str) -> DictionaryObject:
    """The dictionary under a key; an empty one where there is none."""
    found = place.get(key, DictionaryObject()).get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def containers(*starts: PdfObject) -> Iterator[DictionaryObject | ArrayObject]:
    """All that can be reached and holds other objects, each once. What is changed in one is followed as changed."""
    seen: set[int] = set()
    waiting = list(starts)
    while waiting:
        value = waiting.pop().get_object()
        if isinstance(value, DictionaryObject | ArrayObject) and id(value) not in seen:
            seen.add(id(value))
            yield value
            waiting += value.values() if isinstance(value, DictionaryObject) else value


def dictionaries(*starts: PdfObject) -> Iterator[DictionaryObject]:
    """As `containers`, those with keys alone."""
    return (each for each in containers(*starts) if isinstance(each, DictionaryObject))


def repoint(start: PdfObject, places: Mapping[int, IndirectObject]) -> None:
    """All that refers to an object refers to another in its place. places: the object's number → the other."""
    for each in containers(start):
        for key, value in each.items() if isinstance(each, DictionaryObject) else enumerate(each):
            if isinstance(value, IndirectObject) and value.idnum in places:
                each[key] = places[value.idnum]
