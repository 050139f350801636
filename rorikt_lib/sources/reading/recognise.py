"""Rows of cells → raw tables of recognised formats: finds headers, also a second one in the middle of a file."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import pairwise, product

import numpy as np
import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.accept import finding, quarantine
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable, normalise, recognise
from rorikt_lib.sources.reading.large import each_once, first_bytes, without_blanks
from rorikt_lib.sources.reading.sides import refuse_unread_side
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

SEARCHED_LINES = 40
# What may stand around a header; and the first byte, or a higher one, of each sign that is not ASCII.
_AROUND, _LETTER = " \"'*", 0x80
WITH_PERSONAL_DATA = {"tickets", "devices"}
_HEADER_COLUMNS = 3
_HEADING = re.compile(r"[^\d]*[^\W\d_][^\d]*|.*[^\W\d_].* (?:19|20)\d{2}|(?:19|20)\d{2}")
_LONGEST_HEADER = 40
_LIST_WIDTH, _FOOTER_LINES = 4, 5
_FOOTER = re.compile(
    r"(?i)\W*(?:antall|sum|total|grand|count|rows?|rader|records?|saker|cases|treff|eksport|export|generer|generat|"
    r"rapport|report|utskrift|printed|side|page|filter|slutt|end)"
)


def header_rows(rows: pd.DataFrame, formats: list[Format]) -> dict[int, Format]:
    """Line number → format, for each row that is a known format's header."""
    names = {normalise(h) for f in formats for h in f.headers}
    suspects = np.zeros(len(rows), dtype=bool)
    suspects[:SEARCHED_LINES] = True
    for column in rows.columns[:_HEADER_COLUMNS]:
        suspects |= _are_among(rows[column], names)
    texts = rows[suspects].to_numpy(dtype=object)
    cells = {line: _cells(row) for line, row in zip(rows.index[suspects], texts, strict=True)}
    found = {line: recognise(row, formats) for line, row in cells.items() if names.intersection(map(normalise, row))}
    return {line: match for line, match in found.items() if match}


def _are_among(cells: pd.Series, names: set[str]) -> np.ndarray:
    """Which cells are one of the names, but for case and what may stand around it; most begin as none of them does."""
    begun = np.zeros(256, dtype=bool)
    begun[[*{name.encode()[0] for given in names if given for name in (given, given.upper())}]] = True
    begun[[*_AROUND.encode()]] = True
    begun[_LETTER:] = True
    maybe = begun[first_bytes(cells)]
    maybe[maybe] = each_once(cells[maybe], lambda texts: texts.str.lower().str.strip(_AROUND).isin(names)).to_numpy()
    return maybe


def split(
    rows: pd.DataFrame, source_file: str, formats: list[Format], headers: dict[int, Format] | None = None
) -> Iterator[tuple[Format, RawTable, Cleaned]]:
    """The file's tables one by one: format, readable rows, and what was refused or set aside on the way.

    headers: what header_rows says of them, where somebody has asked already.
    A file without any known header is an InputError with the headers found and those expected; one where two columns
    have the same header is one too, as which of them counts could only be guessed.
    """
    headers = header_rows(rows, formats) if headers is None else headers
    if not headers:
        raise unrecognised(rows, source_file, formats)
    repeated = [line for before, line in pairwise(headers) if _cells(rows.loc[line]) == _cells(rows.loc[before])]
    lines = [line for line in headers if line not in repeated]
    for line, end in zip(lines, [*lines[1:], rows.index[-1] + 1], strict=True):
        form, again = headers[line], [n for n in repeated if line < n < end]
        section = rows.loc[line : end - 1]
        # A copy of a million rows takes its time: only where there is something to leave out.
        section = section.drop(index=again) if again else section
        table, notes = _table(form, section, source_file)
        found = finding(form.table, source_file, Finding.REPEATED_HEADER, len(again), "; ".join(map(str, again)))
        if line == lines[0]:
            lost = _before_header(form, rows.loc[: line - 1], section, source_file)
            notes = replace(notes, quarantine=pd.concat([lost, notes.quarantine]))
        else:
            found = pd.concat([found, finding(form.table, source_file, Finding.SECOND_HEADER, 1, str(line))])
        first, *others = form.unfold(table)
        aside = len(again) + notes.set_aside
        yield form, first, replace(notes, findings=pd.concat([notes.findings, found]), set_aside=aside)
        yield from ((form, other, Cleaned(form.table, other.frame.head(0))) for other in others)


def refuse_unknown_header(raw: RawTable, cleaned: Cleaned) -> None:
    """InputError where a refused row is the header of another table: what is below it would be read under ours.

    Such a row has different words, and nothing else, in at least three of the columns read and in half of those that
    rows have filled; none of them stands in its column elsewhere, as names and years of rows do.
    """
    refused = cleaned.quarantine["source_line"]
    lines = raw.frame.index.intersection(refused) if len(refused) else raw.frame.index[:0]
    for line, cells in zip(lines, raw.frame.loc[lines].to_numpy(dtype=object), strict=True):
        texts = {name: text for name, text in zip(raw.frame, cells, strict=True) if pd.notna(text)}
        if (
            _are_headings([*texts.values()])
            and len(texts) >= max(_HEADER_COLUMNS, raw.frame.notna().sum(axis=1).median() / 2)
            and not any((raw.frame[name] == text).sum() > 1 for name, text in texts.items())
        ):
            shown = "" if cleaned.table in WITH_PERSONAL_DATA else f": {'; '.join(texts.values())[:300]}"
            problem = f"the row looks like the header of another table, which is not known{shown}"
            remedy = "put that table in a file of its own, or name its headers under header_aliases in workbook.yml"
            raise InputError(problem, file=raw.source_file, line=int(line), remedy=remedy)


def _are_headings(texts: list[str]) -> bool:
    """Whether texts are different words, or years, and not years alone."""
    return (
        len({*texts}) == len(texts)
        and all(map(_HEADING.fullmatch, texts))
        and any(sign.isalpha() for text in texts for sign in text)
    )


def _table(form: Format, rows: pd.DataFrame, source_file: str) -> tuple[RawTable, Cleaned]:
    """The rows below a header (the first of `rows`) under our field names; the ragged ones are quarantined."""
    header, body = _cells(rows.iloc[0]), rows.iloc[1:]
    footer = _footer(form, body, len(header))
    body = body.drop(index=footer) if footer else body
    width, given = len(header), int(rows.iloc[0].notna().sum())
    beyond = body.iloc[:, width:]
    beyond_filled = (beyond.notna() & (beyond != "")).any(axis=1)
    short = body.iloc[:, :width].isna().any(axis=1)
    ragged = short if form.extra_cells else short | beyond_filled
    extra = body.iloc[:, given:].notna().any(axis=1) & ~ragged & ~beyond_filled
    column = _columns(form, header, source_file, int(rows.index[0]))
    kept = body[~ragged] if ragged.any() else body
    refuse_unread_side(form, header, kept, source_file, int(rows.index[0]))
    absent = pd.Series(None, index=kept.index, dtype="str")
    cells = {ours: kept.iloc[:, column[ours]] if ours in column else absent for ours in form.headers.values()}
    frame = pd.DataFrame({ours: without_blanks(texts) for ours, texts in cells.items()})
    detail = f"the header has {width} cells"
    refused = quarantine(form.table, source_file, _shown(form, body[ragged]), Finding.RAGGED_ROW, detail)
    found = [
        finding(form.table, source_file, Finding.EXTRA_EMPTY_CELLS, int(extra.sum())),
        finding(form.table, source_file, Finding.EXTRA_CELLS, int((beyond_filled & ~ragged).sum())),
        finding(form.table, source_file, Finding.FOOTER_ROW, len(footer), "; ".join(map(str, footer))),
    ]
    return RawTable(source_file, frame), Cleaned(form.table, frame, refused, pd.concat(found), len(footer))


def _footer(form: Format, body: pd.DataFrame, width: int) -> list[int]:
    """The lines below the rows of a list of cases or PCs that say how many they are, or who printed them, and when."""
    if form.table not in WITH_PERSONAL_DATA or width < _LIST_WIDTH:
        return []
    lines = []
    for line, row in body.iloc[: -_FOOTER_LINES - 1 : -1].iterrows():
        texts = [cell for cell in row if pd.notna(cell) and cell]
        if len(texts) > 2 or not (len(texts) == 1 or any(_FOOTER.match(text) for text in texts)):
            break
        lines.append(line)
    return lines[::-1] if len(lines) < len(body) else []


def _columns(form: Format, header: list[str], source_file: str, line: int) -> dict[str, int]:
    """Our field → its place in the header."""
    fields = form.fields_of(header)
    places = {field: [i for i, name in enumerate(fields) if name == field] for field in fields if field}
    if twice := [" and ".join(header[i] for i in found) for found in places.values() if len(found) > 1]:
        remedy = "export again with one of them, or give the other one another header"
        raise InputError(f"two columns for the same: {'; '.join(twice)}", file=source_file, line=line, remedy=remedy)
    return {field: found[0] for field, found in places.items()}


def _before_header(form: Format, rows: pd.DataFrame, section: pd.DataFrame, source_file: str) -> pd.DataFrame:
    """Rows above the first header filled like data: titles fill few cells, lost rows fill most."""
    if rows.empty:
        return empty("quarantine")
    filled = (rows.notna() & (rows != "")).sum(axis=1)
    like_data = rows[filled > len(_cells(section.iloc[0])) / 2]
    return quarantine(form.table, source_file, _shown(form, like_data), Finding.ROW_BEFORE_HEADER)


def _shown(form: Format, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose cells could not be separated; without their text where it may hold a user's name or a subject."""
    return rows.iloc[:, :0] if form.table in WITH_PERSONAL_DATA else rows


def _cells(row: Iterable[str]) -> list[str]:
    """A header row's texts, without the empty cells at its end."""
    cells = ["" if pd.isna(cell) else cell for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def unrecognised(rows: pd.DataFrame, source_file: str, formats: list[Format]) -> InputError:
    """The error for a file of no known format: what its header says and what the nearest format needs."""
    if rows.empty:
        return InputError("the file has no rows", file=source_file, remedy="export it again, or remove it")
    heads = {line: _cells(rows.loc[line]) for line in rows.index[:SEARCHED_LINES]}
    shared = Counter(name for form in formats for name in set(map(normalise, form.headers)))
    line, nearest = max(product(heads, formats), key=lambda pair: _nearness(heads[pair[0]], pair[1], shared))
    found, needed = heads[line], _needed(heads[line], nearest)
    names = {ours: theirs for theirs, ours in reversed(nearest.headers.items())}
    expected = [name for ours, name in names.items() if ours in needed][::-1]
    lacking = [name for name in expected if nearest.headers[name] not in nearest.fields_of(found)]
    problem = (
        f"format not recognised; headers found: {'; '.join(found)[:300]}; expected for {nearest.name}: "
        f"{'; '.join(expected)}; missing: {'; '.join(f'{name}{_misspelt(name, found)}' for name in lacking)}"
    )
    remedy = "export with these headers, or name theirs under header_aliases or mappings in workbook.yml"
    return InputError(problem, file=source_file, line=int(line), remedy=remedy)


def _nearness(cells: list[str], form: Format, shared: Mapping[str, int]) -> float:
    """How near a row is to the format's header, 0–1: of the headers known or missing, the share that is known.

    A header that several formats have (shared: how many) says as much less; one that is nearly spelt so, half.
    """
    fields = form.fields_of(cells)
    missing = _needed(cells, form).difference(fields)
    known = sum(1 / shared[normalise(cell)] for cell, field in zip(cells, fields, strict=True) if field)
    alike = [name for name, ours in form.headers.items() if ours in missing and _misspelt(name, cells)]
    known += sum(0.5 / shared[normalise(name)] for name in alike)
    return known / (known + len(missing)) if known else 0.0


def _needed(cells: list[str], form: Format) -> frozenset[str]:
    """The fields that the format needs; of the groups of which one is enough, that which the row lacks least of."""
    found = set(form.fields_of(cells))
    return form.required | min(form.one_of, key=lambda group: len(group - found), default=frozenset())


def _misspelt(name: str, cells: list[str]) -> str:
    """The cell that most looks like a header, in brackets; nothing where none does."""
    texts = {normalise(cell): cell for cell in cells if any(map(str.isalpha, cell)) and len(cell) < _LONGEST_HEADER}
    alike = get_close_matches(normalise(name), texts, n=1, cutoff=0.75)
    return f" (is it {texts[alike[0]]}?)" if alike else ""
