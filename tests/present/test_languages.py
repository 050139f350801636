"""Each language says all that the reference says, of the same numbers, and nothing in the reference's own words."""

from __future__ import annotations

import ast
import inspect
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
import yaml
from books import BOOKS, rich
from builders import make_book
from lxml import html
from norwegian import said_by, texts

from rorikt_lib.config.folder import DOCUMENTS, NOTEBOOKS, ORDER, SETTINGS, SHIPPED, Folder
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError
from rorikt_lib.present import language
from rorikt_lib.present.numbers import DATE, written
from rorikt_lib.present.sentences import economy as words
from rorikt_lib.publish.build import build_report
from rorikt_lib.publish.document import split
from rorikt_lib.publish.document import written as written_document
from rorikt_lib.publish.embedded import TEMPLATES
from rorikt_lib.publish.front_matter import Stamp, front_matter, stamped_anew
from rorikt_lib.publish.job import job_of
from rorikt_lib.report import economy, invoices, summary
from rorikt_lib.report.declare import Chart, Table, said
from rorikt_lib.report.figures import all_chapters
from rorikt_lib.report.records import records
from rorikt_lib.report.show import chart, say
from rorikt_lib.report.show import table as shown_table
from rorikt_lib.terms.enums import ReportStatus
from rorikt_lib.terms.language import REFERENCE, current, use, using
from rorikt_lib.workbook import Workbook

OTHERS = [code for code in language.languages() if code != REFERENCE]
ROOM = language.ROOM / REFERENCE
# Tables whose rows or numbers are of notes, of the month's cut-offs, and of what was decided of other years.
OF_WHAT_PEOPLE_WROTE = {
    "tabell-andeler",
    "tabell-belop-ar",
    "tabell-alvorlige-saker",
    "tabell-bruddarsaker",
    "tabell-kilder",
    "tabell-kilder-senere",
}
MODULES = sorted(file.stem for file in ROOM.glob("*.py") if file.stem != "__init__")
# Words that bokmål has and nynorsk has not.
ONLY_BOKMAL = re.compile(
    r"(?<![\w«-])(ikke|fra|hva|hvem|hvor\w*|hver|hvert|hvilke\w*|hvis|noe|noen|mye|mer|flere|en|et|ett|én|bare|selv|dem"
    r"|disse|nå|siden|måned\w*|kommuner|kommunene\w*|feilmeldinger|løs\w*|løst|åpen|åpne|åpent|antall|merforbruk\w*"
    r"|høy(?:e|t|ere|est|este)?|lav(?:e|t|ere|est)?|regn\w*|sammen\w*|besvart|brudd\w*|brøt|ble|blitt|være|vært|uten\w*|innen\w*|økning\w*|økt|endret"
    r"|visning\w*|brukere?|brukergruppe\w*|fakturaer|prognoser|forespørsler|henvendelse\w*|virkedag\w*|hendelse\w*"
    r"|begrunnelse\w*|forskjell\w*|vedtatt\w*|bestilles|kjøpes|skiftes|regnes|telles|vises|betales|ventes|skyldes|lederne"
    r"|egen|egne|eneste|også ikke|tidligere|samme|samlet|gamle saker som|støtten|årets tall|grunner|beregn\w*)\b",
    re.IGNORECASE,
)

# The words that a chart is drawn with, each in a comment beside its shapes, or as text.
_WORDS_OF_SVG = re.compile(r"<!-- (.*?) -->|<text[^>]*>(.*?)</text>")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    use(None)


def _keys(given: object, place: str = "") -> set[str]:
    if isinstance(given, dict):
        return {key for name, one in given.items() for key in _keys(one, f"{place}/{name}")}
    return {place}


@pytest.mark.parametrize(
    "file", sorted(language.ROOM.glob("*/*.yml")), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_each_thing_is_called_once(file):
    # Of two equal keys YAML takes the last and says nothing.
    read_yaml(file, dict)


def test_there_is_more_than_one_language():
    assert OTHERS


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", sorted(file.stem for file in ROOM.glob("*.yml")))
def test_each_name_and_caption_of_the_reference_is_there_with_the_same_places(code, name):
    reference, own = (
        yaml.safe_load((language.ROOM / each / f"{name}.yml").read_text(encoding="utf-8")) for each in (REFERENCE, code)
    )
    assert _keys(own) == _keys(reference)
    places = [re.findall(r"\{\w*\}", json.dumps(each)) for each in (reference, own)]
    assert sorted(places[0]) == sorted(places[1])


def _texts(given: object) -> Iterator[object]:
    for one in given.values() if isinstance(given, dict) else given if isinstance(given, list) else []:
        yield from _texts(one) if isinstance(one, (dict, list)) else [one]


@pytest.mark.parametrize("code", [REFERENCE, *OTHERS])
@pytest.mark.parametrize("name", sorted(file.stem for file in ROOM.glob("*.yml")))
def test_each_name_and_caption_is_a_text(code, name):
    """YAML takes No and Ja without quotes for false and true."""
    own = yaml.safe_load((language.ROOM / code / f"{name}.yml").read_text(encoding="utf-8"))
    assert [one for one in _texts(own) if not isinstance(one, str)] == []


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", MODULES)
def test_each_sentence_of_the_reference_is_there_and_takes_the_same(code, name):
    reference, own = (import_module(f"rorikt_lib.present.{each}.{name}") for each in (REFERENCE, code))
    for what, given in vars(reference).items():
        if not what.startswith("_") and getattr(given, "__module__", reference.__name__) == reference.__name__:
            assert hasattr(own, what), f"{name}.{what}"
            if inspect.isfunction(given):
                assert inspect.signature(getattr(own, what)) == inspect.signature(given), f"{name}.{what}"


def _titles(given: object) -> Iterator[str]:
    if isinstance(given, dict):
        yield from ([given["title"]] if "title" in given else [])
        yield from (title for one in given.values() for title in _titles(one))
    if isinstance(given, list):
        yield from (title for one in given for title in _titles(one))


def _headings() -> set[str]:
    cells = [
        "".join(cell["source"])
        for file in (SHIPPED / NOTEBOOKS).glob("*.ipynb")
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
    ]
    found = [re.sub(r"\s*\{.*\}$", "", line.lstrip("# ")) for cell in cells for line in cell.splitlines()]
    order = yaml.safe_load((SHIPPED / ORDER).read_text(encoding="utf-8"))["rorikt"]
    kinds = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (SHIPPED / DOCUMENTS).glob("*.yml")]
    return {*filter(None, [*found, *_titles(order), *_titles(kinds)])}


@pytest.mark.parametrize("code", OTHERS)
def test_each_heading_of_the_library_is_there(code):
    assert _headings() - language.words(code).shipped["headings"].keys() == set()


@pytest.mark.parametrize("file", sorted(TEMPLATES.iterdir()), ids=lambda file: file.name)
def test_no_template_has_words_of_a_language(file):
    source = file.read_text(encoding="utf-8")
    shown = re.sub(
        r"\$[^$]*\$|<[^>]*?(?= aria-label| alt|>)|/\*.*?\*/|^\s*(?:--|//).*$", " ", source, flags=re.M | re.S
    )
    assert [match[0] for match in ONLY_BOKMAL.finditer(shown)] == []
    assert not re.search(r"nb-NO|lang: \"nb\"", source)
    # Between tags, and in the brackets of Typst: nothing but what the places say, and the names of files.
    said = re.findall(r">([^<>]*)</|\[([A-ZÆØÅ][^\]]*)\]", re.sub(r"\$[^$\n]*\$|\$--.*", "", source))
    placed = ["".join(each) for each in said] if file.suffix in (".html", ".typ") else []
    # What a style sheet writes: signs and numbers.
    contents = re.findall(r"content:([^;}]*)", source) if file.suffix == ".css" else []
    placed += [text for content in contents for text in re.findall(r'"([^"]*)"', content)]
    assert [each for each in placed if re.search(r"[A-Za-zæøå]{2}", each)] == []


_PLACES = re.compile(r"""\bwords\.([\w-]+)|\bwords\["([\w-]+)"\]|\bword\("([\w-]+)"\)""")


def _places(file: Path) -> set[str]:
    """The words that a template asks for."""
    return {"".join(found) for found in _PLACES.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("code", [REFERENCE, *OTHERS])
def test_templates_have_places_for_the_words_that_there_are_and_no_others(code):
    own = {
        name: import_module(f"rorikt_lib.present.{code}.{name}").WORDS for name in ("front", "development", "search")
    }
    with using(code):
        common, asked = {*language.page_words(is_demo=True)}, set()
    for file in TEMPLATES.iterdir():
        if file.suffix in (".html", ".typ", ".lua", ".js"):
            places, beside = _places(file), {*own.get(file.stem, {})}
            assert (places - common - beside, beside - places) == (set(), set()), file.name
            asked |= places - beside
    assert common - asked == set()


@pytest.mark.parametrize("code", OTHERS)
def test_the_glossary_explains_the_same_terms(code):
    reference, own = (
        (language.ROOM / each / "pages" / "definisjoner.md").read_text(encoding="utf-8") for each in (REFERENCE, code)
    )
    for pattern in (r"\{#[\w-]+\}", r"\{\{ *\w+ *\}\}", r"\{%.*?%\}"):
        assert sorted(re.findall(pattern, own)) == sorted(re.findall(pattern, reference))


def test_nothing_that_is_written_down_in_nynorsk_is_bokmal():
    room = language.ROOM / "nn"
    texts_of = {
        name: json.dumps(yaml.safe_load((room / f"{name}.yml").read_text(encoding="utf-8")), ensure_ascii=False)
        for name in ("captions", "labels", "members", "figure_names", "forms")
    }
    told = {name: re.sub(r'"[\w./|-]+":', " ", text) for name, text in texts_of.items()}
    told |= {"glossary": re.sub(r"\{.*?\}", " ", (room / "pages" / "definisjoner.md").read_text(encoding="utf-8"))}
    assert {name: found for name, text in told.items() if (found := ONLY_BOKMAL.findall(text))} == {}


def _numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d\u202f]*(?:,\d+)?", text))


@pytest.mark.deep
@pytest.mark.parametrize(
    "name", ["rich", pytest.param("history", marks=pytest.mark.deep), pytest.param("sparse", marks=pytest.mark.deep)]
)
def test_a_month_in_nynorsk_has_no_word_of_bokmal_only_and_the_same_numbers(name):
    told: dict[str, list[tuple[str, list]]] = {}
    for code in (REFERENCE, "nn"):
        book = BOOKS[name]()
        with using(code):
            for chapter in (*all_chapters(), summary):
                for sentence in said_by(chapter):
                    with written() as numbers:
                        text = said(sentence, book)
                    noted = [(n.text, n.how) for n in numbers if n.how != DATE]
                    told.setdefault(code, []).append((text or "", sorted(noted)))
    assert [(_numbers(text), noted) for text, noted in told["nn"]] == [
        (_numbers(text), noted) for text, noted in told[REFERENCE]
    ]
    assert {text: found for text, _ in told["nn"] if (found := ONLY_BOKMAL.findall(text))} == {}
    assert sum(bool(text) for text, _ in told["nn"]) > 10


@pytest.mark.deep
def test_captions_and_alternative_texts_of_a_month_in_nynorsk_have_no_word_of_bokmal_only():
    book = _in("nn")
    with using("nn"):
        told = [text for chapter in (*all_chapters(), summary) for text in texts(chapter, book)]
    assert any("stolpediagram" in text.lower() for text in told)
    assert {text: found for text in told if (found := ONLY_BOKMAL.findall(text))} == {}


@pytest.mark.deep
def test_tables_and_words_in_charts_of_a_workbook_in_nynorsk_have_no_word_of_bokmal_whatever_is_in_use():
    book, told = _in("nn"), []
    use(REFERENCE)
    for declared in (each for chapter in all_chapters() for each in vars(chapter).values()):
        if isinstance(declared, Chart):
            shown = chart(declared, book)
            told += [word for form in shown.forms.values() for found in _WORDS_OF_SVG.findall(form) for word in found]
            told += shown.metadata["rorikt"].get("tables", {}).values()
        elif isinstance(declared, Table) and language.caption("tables", declared.key):
            told.append(shown_table(declared, book).text)
    assert len(told) > 100
    assert {text: found for text in told if (found := ONLY_BOKMAL.findall(text))} == {}


def test_figures_are_called_the_same_in_every_language():
    made = []
    for code in (REFERENCE, *OTHERS):
        book = rich()
        with using(code):
            made.append([records(table, book) for table in (economy.COSTS, *_desk_tables())])
    for reference, *others in zip(*made, strict=True):
        assert all(reference.equals(other) for other in others)


def _desk_tables() -> list:
    chapters = {chapter.__name__.rpartition(".")[2]: chapter for chapter in all_chapters()}
    return [chapters["service_level"].SLA, chapters["backlog"].CASES, chapters["pcs"].ROLLOVER]


def test_suppliers_that_are_gathered_are_recorded_under_one_name_and_shown_under_the_languages(monkeypatch):
    names = ["Stor AS", *(f"Leverandør {n}" for n in range(20))]
    rows = pd.DataFrame({"supplier_name": names, "amount_nok": [100_000.0, *[99_999.0] * 20]})
    given = {"line": "Tele", "rhythm": "yearly", "expected_month": "2024-11", "last_month": "2023-11"}
    monkeypatch.setattr(invoices, "counted_on", lambda book: rows.assign(**given, last_nok=1.0, invoice=1))
    recorded, shown = [], []
    for code in (REFERENCE, "nn"):
        with using(code):
            book = make_book()
            recorded.append([*records(invoices.LISTED, book).member])
            shown.append(invoices.LISTED.published(book).supplier_name.iloc[1])
    assert recorded[0] == recorded[1]
    assert any("Andre (20 leverandører)" in name for name in recorded[0])
    assert shown == ["Andre (20 leverandører)", "Andre (20 leverandørar)"]


def _in(code: str | None) -> Workbook:
    book = rich()
    return replace(book, settings=book.settings.model_copy(update={"language": code}), _made={})


def test_two_workbooks_are_shown_each_in_its_own_language():
    nynorsk, bokmal = _in("nn"), _in(None)
    shown = [say(book, economy.costs_summary).text for book in (nynorsk, bokmal, nynorsk)]
    assert ["mot eit årsbudsjett" in text for text in shown] == [True, False, True]
    assert "mot et årsbudsjett" in shown[1]


def test_the_documents_say_which_language_they_are_in():
    organisation = rich().settings.organisation
    for code, tag in ((None, "nb-NO"), ("nn", "nn-NO")):
        with using(code):
            block = front_matter("Rapport", "2024-09", Stamp(), organisation, demo=False, more={})
        assert f"lang: {tag}" in block
        assert f"contents: {'Innhold' if code is None else 'Innhald'}\n" in block


def test_a_report_says_its_status_in_its_own_language_and_what_people_call_a_page_as_they_do():
    given = (ReportStatus.APPROVED, ReportStatus.DRAFT, "Forslag", None)
    with using("nn"):
        assert [Stamp(status).metadata["status"] for status in given] == ["Godkjend", "Utkast", "Forslag", None]
        assert Stamp(ReportStatus.DRAFT).is_draft
    assert Stamp(ReportStatus.APPROVED).metadata["status"] == "Godkjent"


def test_a_document_of_before_documents_had_words_is_given_those_of_the_language():
    before = written_document({"title": "Rapport", "demo": False}, "Tekst\n")
    with using("nn"):
        told, _ = split(stamped_anew(before, Stamp(ReportStatus.APPROVED)))
    assert (told["words"]["contents"], told["status"]) == ("Innhald", "Godkjend")
    own = written_document({"demo": False, "words": {"contents": "Innhold"}}, "Tekst\n")
    assert split(stamped_anew(own, Stamp()))[0]["words"] == {"contents": "Innhold"}


def test_a_language_that_is_not_there_is_named_with_those_that_are():
    with using("xx"), pytest.raises(InputError, match=r"no language 'xx'. Remedy: use one of: nb, nn"):
        words.costs_caption("operating", "2024-09")
    assert current() == REFERENCE


# File names are the same in every language, and so is the unit of charts' axes.
AT_IMPORT = {"present/charts/money.py", "report/show.py"}


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.Lambda)):
            yield from _at_import(child)


def test_no_word_is_looked_up_before_the_language_is_known():
    asked = {
        "mark",
        "label",
        "caption",
        "text",
        "form",
        "member",
        "members",
        "meaning",
        "sum_name",
        "locale",
        "heading",
    }
    root, found = language.ROOM.parent, set()
    for file in root.rglob("*.py"):
        calls = [
            node.func for node in _at_import(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ]
        if asked & {call.id for call in calls if isinstance(call, ast.Name)} and file.parent.parent != language.ROOM:
            found.add(str(file.relative_to(root)))
    assert found - AT_IMPORT == set()


def test_no_code_outside_the_room_of_words_names_a_language():
    named = re.compile(r"""["'](?:nb|nn|nb-NO|nn-NO)["']|present\.(?:nb|nn)\b""")
    root = Path(language.__file__).parents[1]
    found = [
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        if file.parent.parent != language.ROOM and named.search(file.read_text(encoding="utf-8"))
    ]
    assert found == ["terms/language.py"]


@pytest.mark.deep
def test_a_rendered_month_in_nynorsk_has_the_numbers_of_the_one_in_bokmal(demo, demo_figures, site, tmp_path):
    folder = Folder(tmp_path / "bok", demo.data)
    for report in demo.content.glob("*/report.yml"):
        month = folder.content / report.parent.name
        month.mkdir(parents=True)
        shutil.copy(report, month)
    given = (demo.root / SETTINGS).read_text(encoding="utf-8")
    (folder.root / SETTINGS).write_text(f"language: nn\n{given}", encoding="utf-8")
    build_report(job_of("2024-09", folder, tmp_path / "_site", "embedded"), demo_figures("2024-09"))
    for page in (tmp_path / "_site" / "2024-09").glob("*.html"):
        own, reference = (html.parse(file).getroot() for file in (page, site / "2024-09" / page.name))
        assert own.get("lang") == "nn-NO"
        shown = [
            " ".join(each.text_content().split())
            for each in own.xpath("//p|//caption|//figcaption|//th|//dd|//h2|//h3")
        ]
        alts = own.xpath("//img/@alt")
        # Files are called the same in every language.
        told = {text: ONLY_BOKMAL.findall(re.sub(r"\S+\.(?:xlsx|csv)\b", "", text)) for text in [*shown, *alts]}
        assert {text: found for text, found in told.items() if found} == {}
        # What people wrote, of which this workbook has nothing, is no part of a table that the data give.
        for table in own.xpath("//table[starts-with(@id, 'tabell-')]"):
            there = reference.xpath(f"//table[@id='{table.get('id')}']")
            if there and table.get("id") not in OF_WHAT_PEOPLE_WROTE:
                cells = [[_numbers(cell.text_content()) for cell in each.xpath(".//td")] for each in (table, *there)]
                assert cells[0] == cells[1], table.get("id")
