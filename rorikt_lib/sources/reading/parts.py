"""The parts of a SAF-T export that is delivered in several files: …_1_3.xml, …_2_3.xml, as the standard names them."""

import re
from pathlib import Path
from typing import NamedTuple

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.rows import content_suffix

_NAMED = re.compile(r"(.*)_0*([1-9][0-9]{0,2})_0*([1-9][0-9]{0,2})\.(?:xml|zip)", re.IGNORECASE | re.DOTALL)
# …_2024_1_12.xml is January of 2024, not one of twelve parts.
_YEAR, _MONTHS = re.compile(r"(?:^|[^0-9])(?:19|20)[0-9]{2}$"), 12


class Part(NamedTuple):
    """Which part of which export a file is: its name without the numbers, the part's number, and how many there are."""

    export: str
    number: int
    of: int


def part_of(name: str) -> Part | None:
    """What the name of a file says; None where it is no part."""
    if not (named := _NAMED.fullmatch(name)):
        return None
    part = Part(named[1], int(named[2]), int(named[3]))
    is_month = part.of == _MONTHS and _YEAR.search(part.export)
    return part if part.number <= part.of > 1 and not is_month else None


def exports(names: dict[Path, str]) -> list[dict[int, list[Path]]]:
    """The files of each export by the number of the part; one that is delivered whole is part 0."""
    found: dict[object, dict[int, list[Path]]] = {}
    for path, name in names.items():
        part = part_of(name)
        if part is None or not _is_xml(path, name):
            found[path] = {0: [path]}
        else:
            found.setdefault((part.export, part.of), {}).setdefault(part.number, []).append(path)
    return list(found.values())


def export_of(name: str) -> str:
    """What an export's files are called together; a whole file is called what it is called."""
    part = part_of(name) if name.lower().endswith(".xml") else None
    return f"{part.export} ({part.of})" if part else name


def whole(export: dict[int, list[Path]], names: dict[Path, str]) -> list[Path]:
    """The parts of an export in their order; InputError where one is lacking, or is there twice."""
    first = names[next(iter(export.values()))[0]]
    part = part_of(first)
    lacking = [str(number) for number in range(1, part.of + 1) if number not in export]
    if lacking:
        problem = f"of an export in {part.of} parts, part {', '.join(lacking)} is lacking"
        remedy = "put all the parts beside each other, or give the file a name that does not end in two numbers"
        raise InputError(problem, file=first, remedy=remedy)
    for number, paths in export.items():
        if len(paths) > 1:
            problem = f"{names[paths[1]]} is part {number} of the same export too"
            raise InputError(problem, file=names[paths[0]], remedy="keep one of them")
    return [export[number][0] for number in sorted(export)]


def refuse_alone(path: Path, name: str) -> None:
    """InputError where a file that is to be read by itself is but a part of an export."""
    part = part_of(name)
    if part and _is_xml(path, name):
        problem = f"it is part {part.number} of an export in {part.of} parts"
        remedy = "give an export in one file, or give the file a name that does not end in two numbers"
        raise InputError(problem, file=name, remedy=remedy)


def _is_xml(path: Path, name: str) -> bool:
    try:
        return content_suffix(path, name) == ".xml"
    except InputError:
        return False
