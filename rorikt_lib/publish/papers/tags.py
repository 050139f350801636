"""The tags of several PDFs as one tree, so that a screen reader reads on from one into the other.

An element of the tree names its texts by their page and their number on it. The parent tree leads back: from a page,
and there from a number, to the element.
"""

import re
from collections.abc import Sequence

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

from rorikt_lib.publish.papers import content
from rorikt_lib.publish.papers.objects import NAMES, NUMBERS, dictionaries, entries, held, listed, tree_of

_TYPE, _KIDS, _KIND, _PARENT, _PAGE = map(NameObject, ("/Type", "/K", "/S", "/P", "/Pg"))
_NUMBER, _ID = map(NameObject, ("/MCID", "/ID"))
_ROLES, _CLASSES, _PARENTS, _NEXT = map(NameObject, ("/RoleMap", "/ClassMap", "/ParentTree", "/ParentTreeNextKey"))
_IDS, _HEADERS, _CLASS = map(NameObject, ("/IDTree", "/Headers", "/C"))
_HEADING = re.compile("/H[1-6]")
OF_PAGE, _OF_OBJECT = map(NameObject, ("/StructParents", "/StructParent"))


def tag(writer: PdfWriter, pages: Sequence[PageObject], names: Sequence[str]) -> DictionaryObject:
    """A tree for pages without tags: of each, one paragraph of all the text on it, or a figure where there is none.

    names: what each page is called for who does not see it.
    """
    tree = DictionaryObject({_KIDS: ArrayObject()})
    writer._add_object(tree)
    for each in dictionaries(*pages):  # numbers without a tree lead nowhere
        each.pop(OF_PAGE, None)
        each.pop(_OF_OBJECT, None)
    parents = {}
    for page, name in zip(pages, names, strict=True):
        kind = NameObject("/P" if page.extract_text().strip() else "/Figure")
        content.mark(page, kind, 0)
        element = _element(writer, tree, kind, page, NumberObject(0))
        if kind == "/Figure":
            element[NameObject("/Alt")] = TextStringObject(name)
        page[OF_PAGE] = NumberObject(len(parents))
        parents[len(parents)] = ArrayObject([element.indirect_reference])
        for link in listed(page, "/Annots"):
            of_link = DictionaryObject({_TYPE: NameObject("/OBJR"), NameObject("/Obj"): link})
            link.get_object()[_OF_OBJECT] = NumberObject(len(parents))
            parents[len(parents)] = _element(writer, tree, NameObject("/Link"), page, of_link).indirect_reference
    tree[_PARENTS] = tree_of(parents, NUMBERS, NumberObject)
    return tree


def _element(
    writer: PdfWriter, tree: DictionaryObject, kind: NameObject, page: PageObject, shown: PdfObject
) -> DictionaryObject:
    element = DictionaryObject({_TYPE: NameObject("/StructElem"), _KIND: kind, _PARENT: tree.indirect_reference})
    element |= {_PAGE: page.indirect_reference, _KIDS: shown}
    tree[_KIDS].append(writer._add_object(element))
    return element


def make_room(tree: DictionaryObject, page: PageObject, taken: int) -> None:
    """The texts of a page, and their tags, leave the first numbers to another's texts."""
    content.renumber(page, taken)
    for element in {each.idnum: each.get_object() for each in texts_of(tree, page)}.values():
        kids = ArrayObject(listed(element, _KIDS))
        for at, kid in enumerate(kids):
            shown = kid.get_object()
            if isinstance(shown, DictionaryObject) and _NUMBER in shown and _is_on(shown, page, _is_on(element, page)):
                shown[_NUMBER] = NumberObject(shown[_NUMBER] + taken)
            elif isinstance(shown, int) and _is_on(element, page):
                kids[at] = NumberObject(shown + taken)
        element[_KIDS] = kids


def _is_on(element: DictionaryObject, page: PageObject, unless_said: bool = False) -> bool:
    return element.raw_get(_PAGE) == page.indirect_reference if _PAGE in element else unless_said


def texts_of(tree: DictionaryObject, page: DictionaryObject) -> list[PdfObject]:
    """Of each number on a page, the element that its text is of."""
    found = _by_number(tree, _PARENTS).get(page.get(OF_PAGE))
    return [] if found is None else list(found.get_object())


def join(
    tree: DictionaryObject, other: DictionaryObject, empty: PageObject, pages: Sequence[PageObject], key: str
) -> None:
    """Another PDF's tree becomes a part of this one, right after the heading on the page that its first page has taken.

    empty: that page. pages: the other's, which draw what was on the empty ones too. key: what its names begin with.
    """
    headings = texts_of(tree, empty)
    _rename(tree, other, key)
    _join_parents(tree, other, empty, pages)
    _place(other, _heading_of(headings))


def _join_parents(
    tree: DictionaryObject, other: DictionaryObject, empty: PageObject, pages: Sequence[PageObject]
) -> None:
    """All numbers of the other's pages and links become higher than those that are here."""
    parents, others = _by_number(tree, _PARENTS), _by_number(other, _PARENTS)
    base, first, texts = (
        int(tree[_NEXT]),
        pages[0],
        [*texts_of(other, pages[0]), *parents.pop(empty[OF_PAGE]).get_object()],
    )
    first.setdefault(OF_PAGE, NumberObject(max(others, default=-1) + 1))
    others[int(first[OF_PAGE])] = ArrayObject(texts)
    for each in dictionaries(*pages, other):
        for numbered in {OF_PAGE, _OF_OBJECT} & each.keys():
            each[numbered] = NumberObject(each[numbered] + base)
    parents |= {number + base: value for number, value in others.items()}
    tree[_PARENTS] = tree_of(parents, NUMBERS, NumberObject)
    tree[_NEXT] = NumberObject(max(parents) + 1)


def _rename(tree: DictionaryObject, other: DictionaryObject, key: str) -> None:
    """What elements are called by, and which kinds and classes they are of, says the same among those of this tree."""
    kinds, classes = _add_roles(tree, other, key), _add_classes(tree, other, key)
    for each in dictionaries(*listed(other, _KIDS)):
        if _KIND in each and _PARENT in each:
            each[_KIND] = kinds.get(each[_KIND], each[_KIND])
            if _CLASS in each and classes:
                each[_CLASS] = ArrayObject(classes.get(name, name) for name in listed(each, _CLASS))
            if _ID in each:
                each[_ID] = _told_apart(each[_ID], key)
        elif _HEADERS in each:
            each[_HEADERS] = ArrayObject(_told_apart(name, key) for name in listed(each, _HEADERS))
    ids = {_told_apart(name, key): element for name, element in entries(other.get(_IDS), NAMES)}
    if ids:
        tree[_IDS] = tree_of(ids | dict(entries(tree.get(_IDS), NAMES)), NAMES, TextStringObject)


def _by_number(tree: DictionaryObject, key: str) -> dict[int, PdfObject]:
    return {int(number): value for number, value in entries(tree.get(key), NUMBERS)}


def _told_apart(name: str | bytes, key: str) -> TextStringObject:
    return TextStringObject(f"{key}-{name.decode('latin-1') if isinstance(name, bytes) else name}")


def _add_roles(tree: DictionaryObject, other: DictionaryObject, key: str) -> dict[str, NameObject]:
    """The kinds of element that the other tree means otherwise than this one, with what they are called here."""
    roles, added = tree.setdefault(_ROLES, DictionaryObject()).get_object(), held(other, _ROLES)
    renamed = {kind: NameObject(f"/{key}-{kind[1:]}") for kind, role in added.items() if roles.get(kind, role) != role}
    for kind, role in added.items():
        roles[renamed.get(kind, kind)] = renamed.get(role, role)
    return renamed


def _add_classes(tree: DictionaryObject, other: DictionaryObject, key: str) -> dict[str, NameObject]:
    """The classes of the other tree, with what they are called here."""
    renamed = {name: NameObject(f"/{key}-{name[1:]}") for name in held(other, _CLASSES)}
    if renamed:
        classes = tree.setdefault(_CLASSES, DictionaryObject()).get_object()
        classes |= {renamed[name]: said for name, said in held(other, _CLASSES).items()}
    return renamed


def _heading_of(texts: Sequence[PdfObject]) -> DictionaryObject:
    element = texts[0].get_object()
    while not _HEADING.fullmatch(element[_KIND]):
        element = element[_PARENT]
    return element


def _place(other: DictionaryObject, heading: DictionaryObject) -> None:
    """The root of another tree becomes the element after a heading, called by it."""
    kids = ArrayObject(listed(other, _KIDS))
    for kid in (each.get_object() for each in kids):
        kid[_PARENT] = other.indirect_reference
        if kid[_KIND] == "/Document":  # of which a PDF has one
            kid[_KIND] = NameObject("/Sect")
    above = heading[_PARENT]
    other.clear()
    other |= {_TYPE: NameObject("/StructElem"), _KIND: NameObject("/Part")}
    other |= {_PARENT: heading.raw_get(_PARENT), _KIDS: kids, NameObject("/T"): heading["/T"]}
    beside = ArrayObject(listed(above, _KIDS))
    beside.insert(beside.index(heading.indirect_reference) + 1, other.indirect_reference)
    above[_KIDS] = beside
