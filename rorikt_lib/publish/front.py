"""The front page: the newest month at a glance, what is to be decided, the months by year, and other documents."""

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rorikt_lib.config.settings import Settings
from rorikt_lib.present import numbers
from rorikt_lib.present.charts.course import course_svg
from rorikt_lib.present.language import page_words, tag
from rorikt_lib.present.periods import period_name
from rorikt_lib.present.sentences import facts as words_of
from rorikt_lib.present.sentences import front as words
from rorikt_lib.present.sentences import revision
from rorikt_lib.publish.document import as_read, split, written
from rorikt_lib.publish.embedded import TEMPLATES, convert
from rorikt_lib.publish.front_matter import accessibility, day_text
from rorikt_lib.publish.month_facts import called_of
from rorikt_lib.publish.outputs import CHARTS
from rorikt_lib.publish.standing import Standing, documents, editions_of, standing
from rorikt_lib.report.editions import FEWEST
from rorikt_lib.report.key_figures import Glance, glances
from rorikt_lib.report.narrative import NO_FIGURES, read_page
from rorikt_lib.store.snapshots import FIGURES
from rorikt_lib.terms.enums import Against

Facts = dict[str, object]
LOOK = "across.css"


@dataclass(frozen=True)
class Across:
    """The page across months, beside the front page. topics: the keys of the parts that it has."""

    page: str
    topics: tuple[str, ...]


def write_front(front: Path, site: Path, build: Path, settings: Settings, across: Across | None = None) -> None:
    """The front page: what index.qmd says, then the newest month, all months and all documents of `site`.

    Its title is the report's, where index.qmd has none; its text may name the facts of the newest month, and of what it
    tells. build: a folder for what it is made of. across: the page across months, where there is one.
    """
    stands, others = standing(site), documents(site)
    own, text = split(front.read_text(encoding="utf-8"))
    organisation = settings.organisation
    said = {"title": own.get("title") or organisation.report_title, "organisation": organisation.name, "lang": tag()}
    is_demo = any(one.facts["demo"] for one in (*stands, *others))
    said |= accessibility(organisation) | {"words": page_words(is_demo) | words.WORDS, "demo": is_demo}
    said |= {"development": _development(across), "years": _years(stands)}
    said |= {"newest": _newest(stands, site)} if stands else {}
    said |= {"documents": _documents(others)} if others else {}
    document = build / front.name
    body = read_page(text, front, _facts(stands or others, settings), NO_FIGURES)
    document.write_text(written(said, body), encoding="utf-8")
    copy_look(site)
    convert(as_read(document), "html5", site / "index.html", "front.html", ["--shift-heading-level-by=1"])


def _development(across: Across | None) -> Facts | None:
    return {"address": across.page, "lead": words.development_lead(across.topics)} if across else None


def _facts(stands: list[Standing], settings: Settings) -> dict[str, str]:
    """What index.qmd may name: of the newest month, whose figures say what it tells of.

    stands: documents, where there are no months.
    """
    month, editions = next(one.facts["month"] for one in stands if one.counts), editions_of(stands)
    is_known = editions is not None and editions.month == month and editions.newest.sources
    return words_of.of_settings(settings, month, *([editions.newest.sources] if is_known else []))


def copy_look(site: Path) -> None:
    """The style of the pages across months, among the site's own."""
    (site / "assets").mkdir(exist_ok=True)
    shutil.copy(TEMPLATES / LOOK, site / "assets")


def _newest(stands: list[Standing], site: Path) -> Facts:
    """The newest month: its key figures, with their pictures in the site's folder, and what it asks to be decided."""
    month = next(one for one in stands if one.counts)
    editions = editions_of(stands)
    told = glances(editions) if editions and editions.month == month.facts["month"] else []
    pictures = site / CHARTS
    pictures.mkdir(exist_ok=True)
    asked = month.facts.get("decisions")
    return _of_month(month, stands) | {
        "heading": words.newest(month.facts["month"]),
        "figures": [_glance(one, month, pictures) for one in told],
        "asks": asked is not None,
        "decisions": [
            {"text": words.to_decide(ask["text"]), "address": month.address(ask["table"])} for ask in asked or []
        ],
        "nothing": None if asked else words.none_asked(),
    }


def _glance(glance: Glance, month: Standing, pictures: Path) -> Facts:
    """What stands at a key figure; its picture is written, where it has a course."""
    key, unit = glance.figure.key, glance.unit
    called = words.name(key, glance.member)
    number, of = words.value(glance.value, unit)
    against = glance.figure.against
    return {
        "name": called,
        "number": number,
        "unit": of,
        "held": words.held(glance.value, glance.level, against, unit) if against else None,
        "changed": words.changed(glance.now, glance.before, unit, glance.month, glance.is_alike),
        "off": _is_off(glance),
        "address": month.address(glance.figure.table),
        **(_picture(glance, called, pictures) if glance.course.count() >= FEWEST else {}),
    }


def _picture(glance: Glance, called: str, pictures: Path) -> Facts:
    picture = pictures / f"nokkeltall-{glance.figure.key.replace('_', '-')}.svg"
    picture.write_bytes(course_svg(glance.course, glance.levels))
    return {"picture": f"{CHARTS}/{picture.name}", "alt": words.course_alt(called, glance.course, glance.unit)}


def _is_off(glance: Glance) -> bool:
    """Whether it is told to be on the wrong side of what it is held against: below a target, above anything else."""
    value, level, against, unit = glance.value, glance.level, glance.figure.against, glance.unit
    is_beyond = value < level if against is Against.TARGET else value > level
    return bool(is_beyond) and words.held(value, level, against, unit) != words.held(level, level, against, unit)


def _years(stands: list[Standing]) -> list[Facts]:
    """The months by year, the newest first, each year with the pages about it that its newest month has."""
    months = [one for one in stands if one.counts]
    by_year = groupby(months, key=lambda one: one.facts["month"][:4])
    return [_year(year, list(of_year), stands) for year, of_year in by_year]


def _year(year: str, months: list[Standing], stands: list[Standing]) -> Facts:
    newest = next((one for one in months if _pages(one, of_year=True)), None)
    pages = _pages(newest, of_year=True) if newest else []
    yearly_of = pages[0]["of"] if pages else None
    return {"year": year, "months": [_of_month(one, stands) for one in months], "of-year": pages, "year-of": yearly_of}


def _pages(month: Standing, of_year: bool) -> list[Facts]:
    """The pages beside a month's report that are about its year, or the others. of: the month, for links' names."""
    facts, of = month.facts, {"of": numbers.month_name(month.facts["month"])}
    told = [page for page in facts.get("pages", []) if (page["file"] in facts.get("of_year", [])) == of_year]
    return [{"title": page["title"], "address": f"{month.folder.name}/{page['file']}"} | of for page in told]


def _of_month(month: Standing, stands: Iterable[Standing]) -> Facts:
    """What counts of a month, the files that it has, and its revisions where it has several."""
    return _of_document(month, stands) | {"pages": _pages(month, of_year=False)}


def _documents(others: list[Standing]) -> list[Facts]:
    """The other documents by kind, of each the newest first."""
    by_kind = groupby((one for one in others if one.counts), key=lambda one: one.facts["document"]["kind"])
    kinds = [list(of_kind) for _, of_kind in by_kind]
    return [{"title": _title(of[0]), "documents": [_of_other(one, others) for one in of]} for of in kinds]


def _title(document: Standing) -> str:
    return document.facts["document"]["title"]


def _of_other(document: Standing, others: list[Standing]) -> Facts:
    """What counts of a document that is no month. period: what that is called, below the name of its kind."""
    facts, folder = document.facts, document.folder.name
    pages = [
        {"title": page["title"], "address": f"{folder}/{page['file']}", "of": called_of(facts)}
        for page in facts["pages"]
    ]
    period = _capitalised(period_name(facts["document"]["period"]))
    return _of_document(document, others) | {"period": period, "pages": pages}


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_document(document: Standing, stands: Iterable[Standing]) -> Facts:
    """What counts of a document, the files that it has, and its revisions where it has several."""
    beside = [one for one in stands if one.name == document.name and not one.counts]
    beside.sort(key=_revision)
    # Of one that was approved and never revised there is nothing more to tell.
    beside = beside if len(beside) > 1 else []
    told = _told(document) | ({"revision": revision.name(_revision(document))} if beside else {})
    folder = document.folder.name
    excel = next((file.name for file in document.folder.glob("*.xlsx")), "")
    files = {"pdf-file": document.facts["pdf"]}
    files |= {"figures-file": FIGURES, "excel-file": excel} if document.has_tables else {}
    return told | {
        "address": document.address(),
        **{name: f"{folder}/{file}" for name, file in files.items() if document.has(file)},
        "revisions": [_told(one) | {"address": one.address()} for one in beside],
    }


def _revision(month: Standing) -> int:
    """Its number; what was published before there were revisions is the first."""
    return month.facts.get("revision", 1)


def _told(month: Standing) -> Facts:
    """The facts of a folder as the front page writes them."""
    facts = month.facts
    days = {key: day_text(facts[key] and dt.date.fromisoformat(facts[key])) for key in ("version", "approved_on")}
    name = called_of(facts) if "document" in facts else numbers.month_name(facts["month"])
    known = {key: facts[key] for key in ("status", "draft", "demo")}
    return known | days | {"name": name, "called": revision.name(_revision(month))}
