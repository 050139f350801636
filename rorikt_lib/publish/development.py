"""The page across months, utvikling.html: made anew with each month, of what stands published."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from rorikt_lib.config.settings import Settings
from rorikt_lib.present import tables
from rorikt_lib.present.language import page_words, tag
from rorikt_lib.present.numbers import month_name
from rorikt_lib.present.sentences import development as words
from rorikt_lib.publish.assemble import Body
from rorikt_lib.publish.attachments import write_attachments
from rorikt_lib.publish.document import as_read, written
from rorikt_lib.publish.embedded import convert
from rorikt_lib.publish.front import Across
from rorikt_lib.publish.front_matter import accessibility
from rorikt_lib.publish.methods import links_to_files
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.outputs import CHARTS, Chapter, read_chapter
from rorikt_lib.publish.shelf import shelved
from rorikt_lib.publish.spreadsheets import About, Beside, write_files
from rorikt_lib.publish.standing import Standing, editions_of, standing
from rorikt_lib.report.declare import FORMATS_OF_AMOUNTS
from rorikt_lib.report.development import TOPICS, Topic, with_gaps
from rorikt_lib.report.editions import Editions, collected
from rorikt_lib.report.show import DOWNLOADS, Shown, ShownTable, chart, sheet

PAGE = "utvikling.html"
EXCEL = f"{Path(PAGE).stem}.xlsx"
_OPTIONS = ["--shift-heading-level-by=1", "--toc", "--toc-depth=2"]


def write_development(site: Path, build: Path, settings: Settings) -> Across | None:
    """The page, its charts and its downloads, of all months of `site`; None where no month has figures.

    It is no part of what is approved, and has no status of its own; it says which months are drafts.
    build: a folder for what it is made of.
    """
    for name in (CHARTS, DOWNLOADS):
        shutil.rmtree(site / name, ignore_errors=True)
    for name in (PAGE, EXCEL):
        (site / name).unlink(missing_ok=True)
    stands = standing(site)
    editions = editions_of(stands)
    if editions is None:
        return None
    topics = [topic for topic in TOPICS if len(topic.table.frame(editions))]
    parts = [_part(topic, editions, stands, build) for topic in topics]
    write_attachments(site, parts)
    body = Body((_lead(editions), *(part.markdown for part in parts)))
    organisation, is_demo = settings.organisation, any(one.facts["demo"] for one in stands)
    sheets = [replace(one, page=PAGE) for one in shelved({REPORT_PAGE: body}, parts)]
    write_files(site, EXCEL, sheets, _about(settings, editions, is_demo))
    said = {"title": words.TITLE, "organisation": organisation.name, "lang": tag(), "excel": EXCEL}
    said |= {"words": page_words(is_demo) | words.WORDS, "demo": is_demo} | accessibility(organisation)
    document = build / f"{Path(PAGE).stem}.qmd"
    document.write_text(written(said, body.markdown), encoding="utf-8")
    convert(as_read(document), "html5", site / PAGE, "development.html", _OPTIONS)
    return Across(PAGE, tuple(topic.heading for topic in topics))


def _about(settings: Settings, editions: Editions, is_demo: bool) -> About:
    """What its Excel files say: they are of the newest month, and no part of what is approved."""
    own, beside = settings.organisation, {PAGE: Beside(words.TITLE, None)}
    return About(words.TITLE, own.name, own.responsible_unit, editions.newest.month, is_demo, beside=beside)


def _lead(editions: Editions) -> str:
    months = collected(editions, **{})
    every = with_gaps(months)
    return words.lead(months, list(every.month[every.status.isna()]))


def _part(topic: Topic, editions: Editions, stands: list[Standing], build: Path) -> Chapter:
    """One topic: what it says, its chart, its table with a link to each month's own."""
    frame = topic.table.frame(editions)
    table = _table(topic, editions, f"[{links_to_files(f'tabell-{topic.table.key}')}]{{.of-table}}")
    shown = [
        Shown({"text/markdown": f"# {words.HEADINGS[topic.heading]}"}),
        Shown({"text/markdown": topic.says(frame) or ""}),
        chart(topic.chart, editions),
        Shown({"text/markdown": table}),
        ShownTable(frame, {"text/markdown": ""}, sheets=[sheet(topic.table, editions)]),
    ]
    chapter = _read(shown, build)
    return replace(chapter, markdown=_linked(chapter.markdown, topic, stands))


def _read(shown: Iterable[Shown], build: Path) -> Chapter:
    """As the chapter of a notebook that shows it."""
    outputs = [new_output("display_data", data=one.forms, metadata=one.metadata) for one in shown]
    file = build / "chapter.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("", outputs=outputs)]), file)
    return read_chapter(file)


def _table(topic: Topic, editions: Editions, link: str) -> str:
    declared = topic.table
    look = {"unit": declared.unit, "nok": FORMATS_OF_AMOUNTS[declared.amounts]}
    return tables.table(declared.published(editions), declared.key, f"{declared.captioned(editions)} {link}", **look)


def _linked(text: str, topic: Topic, stands: Iterable[Standing]) -> str:
    """`text` with the name of each month that begins a row leading to the month's own table."""
    for month in (one for one in stands if one.counts):
        name = month_name(month.facts["month"]).replace(" ", "\u00a0")
        link = f"| [{name}]({month.address(topic.of_month)}) |"
        text = re.sub(rf"^\| {name} \|", lambda found, link=link: link, text, flags=re.MULTILINE)
    return text
