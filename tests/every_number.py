"""Holds what a page says against figures.csv: each number of a table's cells, each number of a computed sentence."""

from __future__ import annotations

import copy
import itertools
import json
import math
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import pypandoc
from lxml import html

from rorikt_lib.present.language import mark
from rorikt_lib.present.markdown import DOCUMENT
from rorikt_lib.present.numbers import DATE, QUOTED, thousands
from rorikt_lib.present.tables import wide_of
from rorikt_lib.report.declare import FORMATS_OF_AMOUNTS, Table
from rorikt_lib.report.figures import all_tables
from rorikt_lib.report.records import key_of, records
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.rounding import rounded
from rorikt_lib.workbook import Workbook

NUMBER = re.compile(r"\u2212?\d[\d\u202f]*(?:,\d+)?")
YEAR = re.compile(r"(19|20)\d\d")
# Numbers that are no measurements but words: what is defined once and for all, or the name of a thing.
WORDS = [
    "hele 1000",
    "Windows 11",
    "Microsoft 365",
    "per 100",
    "90-persentil",
    "0 betyr at",
    "aldri under 0",
    "SHA-256",
]

A_WORD = re.compile("|".join(WORDS))
# How a number is made of figures, in words other than the library's.
MADE = {
    "figure": lambda figure: figure,
    "change": lambda now, before: now - before,
    "share": lambda part, whole: part / whole if whole else math.nan,
    "growth": lambda now, before: now / before - 1 if before else math.nan,
}
OF_ALL = {"total": math.fsum, "mean": statistics.fmean}
# How many there are of what no column counts: by the table.
HOW_MANY = {
    "nokler": lambda items: int(
        (items[items.key > 0].groupby("row").municipality.nunique() < items.municipality.nunique()).sum()
    ),
}


class Records:
    """The figures of a month's site, looked up by name, and those that a text may be of. name: of another document."""

    def __init__(self, site: Path, book: Workbook, name: str = "") -> None:
        path = site / (name or book.month) / "figures.csv"
        table = pd.read_csv(path, dtype={"member": str, "dimension": str}, keep_default_na=False)
        keys = zip(table.figure, table.dimension, table.member, strict=True)
        self.by_key = dict(zip(keys, table.value.astype(float), strict=True))
        self.rules = {key: value for key, value in self.by_key.items() if key[0].startswith("rules.")}
        self.parts = {part for member in table.member for part in member.split("|")}
        members = {part for part in self.parts if re.search(r"\d", part) and not part.isdigit()}
        longest_first = sorted({*WORDS, *members}, key=len, reverse=True)
        self.names = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
        self.book = book
        self._among: dict[str, dict[tuple, float]] = {}

    def among(self, keys: Iterable[str]) -> dict[tuple, float]:
        """The records of the tables (or the figure) with these keys, and the rules that the report tells."""
        for key in keys:
            if key not in self._among:
                self._among[key] = self._of(key)
        return self.rules | {k: v for key in keys for k, v in self._among[key].items()}

    def _of(self, key: str) -> dict[tuple, float]:
        if "|" in key:
            figure, *place = key.split("|")
            half = len(place) // 2
            names = [(figure, "|".join(place[:half]), "|".join(place[half:]))]
        else:
            made = records(found(key, self.book), self.book)
            names = zip(made.figure, made.dimension, made.member, strict=True)
        return {name: self.by_key[name] for name in names if name in self.by_key}

    def counts(self, how: str, keys: Iterable[str]) -> set[int]:
        """How many rows the tables have: all but sums, or those that have one value in the column that how names."""
        _, _, column, *value = how.split(" ", 3) if " " in how else (None, None, None)
        frames = {key: found(key, self.book).frame(self.book) for key in keys}
        if column is None:
            return {HOW_MANY[key](frame) for key, frame in frames.items() if key in HOW_MANY}
        known = [frame[column][frame[column].astype(str) != SUM] for frame in frames.values() if column in frame]
        return {int((rows.astype(str) == value[0]).sum()) if value else len(rows) for rows in known}


def number(text: str) -> float:
    """`−1 234,5` as a number."""
    return float(re.sub(r"[\s+%]", "", text).replace("\u2212", "-").replace(",", "."))


def wrong_cells(page: html.HtmlElement, book: Workbook, records: Records) -> Iterator[str]:
    """The cells of a page's tables whose number is not that of its record, rounded; and the tables nobody declared."""
    for table in page.xpath("//table"):
        key = table.get("id").removeprefix("tabell-")
        declared = found(key, book)
        if declared is None:
            yield f"{key}: no such table is declared"
            continue
        rows = rows_of(table)
        expected = list(expected_cells(declared, book))
        if [len(row) for row in rows] != [len(row) for row in expected]:
            yield f"{key}: other rows or columns than declared"
            continue
        yield from (f"{key}: {wrong}" for wrong in _wrong_of(rows, expected, records))


def rows_of(table: html.HtmlElement, part: str = "tbody") -> list[list[html.HtmlElement]]:
    """The cells of a table's body, or of its head, each in every row and column that it spans."""
    rows: list[list] = [[] for _ in table.xpath(f"./{part}/tr")]
    for place, row in enumerate(table.xpath(f"./{part}/tr")):
        for cell in row.xpath("./th|./td"):
            for below in range(int(cell.get("rowspan", 1))):
                # What spans rows stands before what is in them.
                rows[place + below] += [cell] * int(cell.get("colspan", 1))
    return rows


def _wrong_of(rows: list[list], expected: list[list[tuple | None]], records: Records) -> Iterator[str]:
    shown = set()
    for row, known in zip(rows, expected, strict=True):
        for cell, record in zip(row, known, strict=True):
            text = cell.text_content().strip()
            # What holds for several rows is written once.
            if not (text == "" and record and record in shown) and (wrong := _wrong(text, cell, record, records)):
                yield wrong
            shown.add(record)


def found(key: str, book: Workbook) -> Table | None:
    """The declared table with this key, or the part of one."""
    declared = all_tables()
    parts = (part for table in declared.values() for part in table.parts(book))
    return declared.get(key) or next((part for part in parts if part.key == key), None)


def _wrong(text: str, cell: html.HtmlElement, record: tuple | None, records: Records) -> str | None:
    is_number = "number" in cell.get("class", "").split() and re.search(r"\d", text)
    if record is None:
        return f"the number {text} is no figure" if is_number and text not in records.parts else None
    key, per, is_known = record
    value = records.by_key.get(key) if is_known else None
    if not re.search(r"\d", text):
        return None if value is None else f"nothing for {key}"
    if value is None:
        return f"{text} has no record {key}"
    decimals = len(text.partition(",")[2].strip("%\u00a0 "))
    right = float(rounded(value / (0.01 if text.endswith("%") else per), decimals))
    return None if number(text) == right else f"{text} is not {value} of {key}"


def expected_cells(declared: Table, book: Workbook) -> Iterator[list[tuple | None]]:
    """For each cell: None for a name, else its record's key, what its number is divided by, and whether it is known."""
    shown, frame = declared.published(book), declared.frame(book)
    frame = frame.loc[shown.index]
    if declared.across:
        yield from _expected_across(declared, shown, frame)
        return
    columns = {
        column: [(key, _per(declared, column), known) for key, known in zip(keys, frame[column].notna(), strict=True)]
        for column in shown.columns
        if column in declared.figures
        for keys in [_keys(declared, frame, column)]
    }
    for place in range(len(shown)):
        yield [columns[c][place] if c in columns else None for c in shown.columns]


def _expected_across(declared: Table, shown: pd.DataFrame, frame: pd.DataFrame) -> Iterator[list[tuple | None]]:
    place = shown.columns.get_loc(declared.across)
    names, measures = shown.columns[:place], shown.columns[place + 1 :]
    keys = {m: pd.Series(_keys(declared, frame, m), shown.index).where(shown[m].notna()) for m in measures}
    wide = wide_of(shown.assign(**keys), declared.across)
    of_names = [_of_name(declared, frame, name, shown.drop_duplicates(names).index) for name in names]
    for row, cells in enumerate(wide.to_numpy(dtype=object)):
        named = zip(cells, wide.columns.get_level_values(1), strict=True)
        yield [*(of[row] for of in of_names), *((k, _per(declared, m), isinstance(k, tuple)) for k, m in named)]


def _of_name(declared: Table, frame: pd.DataFrame, name: str, firsts: pd.Index) -> list[tuple | None]:
    """The records of a column that names rows: of the first that each row is of; None where it is no figure."""
    if name not in declared.figures:
        return [None] * len(firsts)
    keys = pd.Series(_keys(declared, frame, name), frame.index)
    return [(keys[first], _per(declared, name), bool(pd.notna(frame[name][first]))) for first in firsts]


def _keys(declared: Table, frame: pd.DataFrame, column: str) -> list[tuple[str, str, str]]:
    given = declared.figures[column]
    name, by = (given, declared.by) if isinstance(given, str) else (given.name, given.by or declared.by)
    return [(name, dimension, member) for dimension, member in zip(*key_of(frame, by), strict=True)]


def _per(declared: Table, column: str) -> float:
    unit = declared.unit(column)
    return {"NOK": 1000 if FORMATS_OF_AMOUNTS[declared.amounts] is thousands else 1, "share": 0.01}.get(unit, 1)


def texts_with_digits(page: html.HtmlElement, records: Records) -> Iterator[str]:
    """Names in a page's tables that have a number in them that is neither a date nor a part of a record's member."""
    for cell in page.xpath("//table/tbody/tr/th"):
        text = cell.text_content().replace("\u200b", "").strip()
        if text not in records.parts:
            yield from (f"{text}: {token}" for token in _tokens(text, [], records))


def sentences(build: Path) -> Iterator[tuple[str, str, list[dict]]]:
    """Chapter, text and noted numbers of every computed paragraph, caption and alternative text of a month's build."""
    for chapter, data, facts in _outputs(build):
        lines = [line for line in _markdown(data).splitlines() if not line.startswith("|")]
        text = "\n".join([*lines, facts.get("caption", ""), facts.get("alt", ""), *_methods(facts)])
        # The other numbers of a narrative are those of the people who wrote it.
        own = " ".join(n["text"] for n in facts["numbers"])
        yield chapter, own if "narrative" in facts else text, facts["numbers"]


def _methods(facts: dict) -> Iterator[str]:
    """What stands about how tables were computed."""
    for method in facts.get("methods", []):
        yield method["text"]
        yield from (what for _, what in method["sources"].values())


def _markdown(data: dict) -> str:
    return "".join(data.get("text/markdown", ""))


def wrong_numbers(text: str, numbers: list[dict], records: Records) -> list[str]:
    """What is wrong with the numbers of a text, each of which must be noted, or part of a date, name or word.

    A noted number must be written as it is, and be a record of the tables that it was made of, or made of such.
    """
    tokens = _tokens(text, numbers, records)
    noted = [n for n in numbers if n["how"] not in (DATE, QUOTED) and n["text"] in tokens]
    totals = [n["value"] for n in noted if n["how"] == "total" and not wrong_number(n, records)]
    wrong = [w for n in noted if (w := wrong_number(n, records, totals))]
    return [*wrong, *(f"{token} is no figure" for token in tokens if token not in {n["text"] for n in noted})]


def _tokens(text: str, numbers: list[dict], records: Records) -> list[str]:
    for name in sorted((n["text"] for n in numbers if n["how"] in (DATE, QUOTED)), key=len, reverse=True):
        text = text.replace(name, " ")
    text = records.names.sub(" ", text)
    text = re.sub(r"\d\d\.\d\d\.\d{4}|\{#[\w-]+\}|\([\w/-]+\.csv\)|versjon \d+(\.\d+)+", " ", text)
    return [token for token in NUMBER.findall(text) if not YEAR.fullmatch(token)]


def wrong_number(noted: dict, records: Records, totals: Sequence[float] = ()) -> str | None:
    """What is wrong with a noted number: how it is written, or that it is no record and not made of records.

    totals: of records, told beside it, which it may be made of too.
    """
    value, how, of = noted["value"], noted["how"], noted["of"]
    if noted["text"] != as_written(value, noted["decimals"], noted["per"]):
        return f"{noted['text']} is not how {value} is written"
    if "number" in how:
        return None if value in records.counts(how, noted["among"]) else f"{value} is not the {how}"
    known = records.among(noted["among"])
    unknown = [one for one in (of or [value]) if not _names(one, known) and one not in (totals if of else ())]
    # A name that is a number: so many months known.
    unknown = [one for one in unknown if how or f"{one:g}" not in {part for key in known for part in key[2].split("|")}]
    if unknown or (how and not of and value):
        return f"{noted['text']}: {unknown} are no records of {noted['among']}"
    if how and not math.isclose(value, made(how, of), rel_tol=1e-12, abs_tol=1e-12):
        return f"{value} is not the {how} of {of}"
    return f"{noted['text']}: the {how} is turned round" if how and _is_turned(how, of, known) else None


def _names(value: float, known: dict[tuple, float]) -> list[tuple]:
    return [key for key, one in known.items() if math.isclose(one, value, rel_tol=1e-10)]


def made(how: str, of: list[float]) -> float:
    """The number that is made of figures as `how` says."""
    if how.startswith(("size of ", "opposite of ")):
        turned, _, rest = how.partition(" of ")
        return abs(made(rest, of)) if turned == "size" else -made(rest, of)
    return MADE[how](*of) if how in MADE else OF_ALL[how](of)


def _is_turned(how: str, of: list[float], known: dict[tuple, float]) -> bool:
    """Whether a share is more than all, or what came later is taken for what came before."""
    if how.endswith("share"):
        return abs(of[0]) > abs(of[1])
    if not how.endswith(("change", "growth")):
        return False
    months = {
        (now[2] > before[2]) - (now[2] < before[2])
        for now, before in itertools.product(*(_names(one, known) for one in of))
        if now[0] == before[0] and _month(now) and _month(before) and _unmonthed(now) == _unmonthed(before)
    }
    return bool(months) and 1 not in months


def _month(key: tuple) -> str:
    return "".join(re.findall(r"\d{4}-\d\d(?:-\d\d)?", key[2]))


def _unmonthed(key: tuple) -> str:
    return re.sub(r"\d{4}-\d\d(?:-\d\d)?", "", key[2])


def as_written(value: float, decimals: int, per: float) -> str:
    """`−1 234,5`, as a text should have it."""
    shown = rounded(value / per, decimals)
    text = f"{abs(shown):,.{max(decimals, 0)}f}".replace(",", "\u202f").replace(".", ",")
    return f"\u2212{text}" if shown < 0 else text


PARAGRAPHS = "//p|//li[not(p) and not(ul)]|//figcaption|//caption|//dd|//dt|//h1|//h2|//h3|//h4|//h5|//h6"
# What the page's template says with a number in it: months and dates, and the line at the foot.
TEMPLATE = re.compile(
    r"(\d{1,2}\. )?\w+ \d{4}|ROR-IKT · [^\d]+, \w+ \d{4}( · [^\d·]+)*"
    r"|Siden hører til rapporten for \w+ \d{4}, men er ikke en del av det som godkjennes\."
)


def paragraphs(root: html.HtmlElement) -> set[str]:
    """The paragraphs, captions, headings and alternative texts with a number in them; what is numbered, without.

    A caption's links are no part of it, nor is the sentence that leads from a figure to the table of its numbers.
    """
    root = copy.deepcopy(root)
    for beside in root.xpath("//span[contains(@class, 'section-number') or contains(@class, 'of-table')]"):
        beside.drop_tree()
    texts = [*(found.text_content() for found in root.xpath(PARAGRAPHS)), *root.xpath("//img/@alt")]
    return {text for text in map(_plain, texts) if re.search(r"\d", A_WORD.sub("", text))}


def _plain(text: str) -> str:
    text = re.sub(r"^(Tabell|Figur) \d+\. ", "", " ".join(text.replace("\u200b", "").split()))
    text = re.sub(r"\b(tabell|figur) \d+\b", "", text)
    return text.replace(mark("numbers_in").format(""), "").strip()


def rendered(markdown: Iterable[str]) -> set[str]:
    """The same of Markdown texts."""
    page = pypandoc.convert_text("\n\n".join(markdown), "html5", format=DOCUMENT, extra_args=["--wrap=none"])
    return paragraphs(html.fromstring(f"<main>{page}</main>"))


def computed(build: Path) -> set[str]:
    """The paragraphs with a number that the chapters of a month's build computed."""
    shown = [(data, facts) for _, data, facts in _outputs(build) if "narrative" not in facts]
    texts = ((_markdown(data), of.get("caption", ""), of.get("alt", ""), *_methods(of)) for data, of in shown)
    return rendered(itertools.chain.from_iterable(texts))


def written_by_people(build: Path, narratives: Iterable[str]) -> set[str]:
    """The paragraphs with a number of the narratives, and of the chapters' own texts."""
    return rendered([*narratives, *("".join(c["source"]) for _, c in _cells(build) if c["cell_type"] == "markdown")])


def _cells(build: Path) -> Iterator[tuple[str, dict]]:
    for file in sorted((build / "notebooks").glob("*.ipynb")):
        yield from ((file.stem, cell) for cell in json.loads(file.read_text(encoding="utf-8"))["cells"])


def _outputs(build: Path) -> Iterator[tuple[str, dict, dict]]:
    for chapter, cell in _cells(build):
        for output in cell.get("outputs", []):
            facts = output.get("metadata", {}).get("rorikt", {})
            if "numbers" in facts:
                yield chapter, output["data"], facts
