"""The site: one folder a month and a front page. The old site stands until the new one is complete."""

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from filelock import FileLock, Timeout

from rorikt_lib.config.folder import Folder
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.present import fonts, numbers
from rorikt_lib.present.sentences import facts as words_of
from rorikt_lib.present.sentences import revision as words
from rorikt_lib.publish.checks import check_folder
from rorikt_lib.publish.document import split, written
from rorikt_lib.publish.embedded import TEMPLATES, convert
from rorikt_lib.publish.front_matter import Stamp, accessibility, day_text
from rorikt_lib.publish.inert import check_site
from rorikt_lib.publish.neighbours import write_months
from rorikt_lib.publish.privacy.gate import Gate
from rorikt_lib.report.narrative import NO_FIGURES, read_page
from rorikt_lib.store.approved import Approved, copy_published
from rorikt_lib.store.replace import replace_folder

FACTS = "report.json"
LOCK = "build.lock"
# What pages name besides the typeface.
ASSETS = ("report.css", "page.js", "icon.svg")


@contextmanager
def only_build(build: Path) -> Iterator[None]:
    """While it lasts, no other build may use the folder `build`; InputError where one does."""
    build.mkdir(parents=True, exist_ok=True)
    # The system's own lock: it goes with the process, so that a build cut short never blocks the next one.
    lock = FileLock(build / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError("another report is being built here", file=build, remedy="wait for it to end") from None
    try:
        yield
    finally:
        lock.release()


def copy_assets(folder: Path) -> None:
    """Style sheet, icon, typeface and its licence, so that the pages in `folder` ask nothing of any other host."""
    typeface = folder / "assets" / "fonts"
    typeface.mkdir(parents=True, exist_ok=True)
    for file in (*fonts.FILES, fonts.LICENCE):
        shutil.copy(file, typeface)
    for name in ASSETS:
        shutil.copy(TEMPLATES / name, folder / "assets")


def publish(
    made: Path | None,
    out: Path,
    build: Path,
    front: Path,
    settings: Settings,
    machine_paths: Iterable[Path],
    served: Mapping[str, Approved] = MappingProxyType({}),
    gone: Iterable[str] = (),
    gate: Gate | None = None,
    workbook: Folder | None = None,
) -> None:
    """Replaces the folder of that name in the site `out`, and the front page; all other months stay.

    made: the folder; None where there is no new one. build: a folder on the same disk for the site in the making.
    front: index.qmd. served: name of a folder → what was approved, which stands there and nothing else. gone: folders
    that the site no longer has. gate, workbook: see checks.check_folder. InputError, and `out` as it was, where
    something must not be published.
    """
    refuse_foreign(out)
    if made and made.name in served:
        remedy = "what was approved stays as it is; nothing is to be done"
        raise InputError("the month was approved while it was rendered", file=out / made.name, remedy=remedy)

    def fill(site: Path) -> None:
        if out.exists():
            shutil.copytree(out, site, dirs_exist_ok=True)
        for name in (*served, *gone, *([made.name] if made else [])):
            shutil.rmtree(site / name, ignore_errors=True)
        if made:
            shutil.copytree(made, site / made.name)
        for name, kept in served.items():
            copy_published(kept.manifest.published, kept.site, site / name)
        copy_assets(site)
        write_months(site, _months(site))
        with TemporaryDirectory(dir=build) as scratch:
            write_front(front, site, Path(scratch), settings)
        # What was approved was looked through then, and is served as it is.
        check_folder(site, machine_paths, gate, workbook, made.name if made else "", but=served)
        check_site(site, new=made.name if made else "")

    replace_folder(out, fill, build)


def refuse_foreign(out: Path) -> None:
    """InputError where `out` holds something, but no month of ours: it would be taken over and copied."""
    if out.exists() and not out.is_dir():
        raise InputError("not a folder", file=out, remedy="choose another --out")
    if out.exists() and any(out.iterdir()) and not any(out.glob(f"*/{FACTS}")):
        raise InputError("not a site of this workbook", file=out, remedy="choose a new or empty folder as --out")


def write_front(front: Path, site: Path, build: Path, settings: Settings) -> None:
    """The front page: what index.qmd says, then the months of `site`, newest first. build: for what it is made of.

    Its title is the report's, where index.qmd has none; its text may name the facts of the newest month.
    """
    months = _months(site)
    own, text = split(front.read_text(encoding="utf-8"))
    title = own.get("title") or settings.organisation.report_title
    said = {"title": title, "organisation": settings.organisation.name}
    said |= accessibility(settings.organisation)
    said |= {"months": months, "demo": any(month["demo"] for month in months)}
    document = build / front.name
    body = read_page(text, front, words_of.of_settings(settings, months[0]["month"]), NO_FIGURES)
    document.write_text(written(said, body), encoding="utf-8")
    convert(document, "html5", site / "index.html", "front.html", ["--shift-heading-level-by=1"])


def write_facts(folder: Path, made: Mapping[str, object], stamp: Stamp) -> None:
    """report.json of a month's folder: what the front page says of it."""
    said = {"status": stamp.status, "draft": stamp.is_draft}
    days = {"version": stamp.version, "approved_on": stamp.approved_on}
    facts = {**made, **said, **{key: day and day.isoformat() for key, day in days.items()}}
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")


def read_facts(folder: Path) -> dict[str, Any] | None:
    """What report.json of a month's folder says; None where there is none."""
    file = folder / FACTS
    facts = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    if facts is not None and "draft" not in facts:
        remedy = "take its folder out of the site and build the month again"
        raise InputError("the month is of another version of the workbook", file=file, remedy=remedy)
    return facts


def _months(site: Path) -> list[dict[str, object]]:
    """The months of the site, newest first: what counts of each, and its revisions where it has several."""
    folders = sorted((file.parent for file in site.glob(f"*/{FACTS}")), key=lambda folder: folder.name, reverse=True)
    facts = {folder.name: _told(folder) for folder in folders}
    revisions = {name: said for name, said in facts.items() if name != said["month"]}
    months = []
    for name, said in facts.items():
        if name == said["month"]:
            of_month = [one | {"folder": f} for f, one in revisions.items() if one["month"] == name]
            of_month.sort(key=lambda one: one["number"])
            # Of one that was approved and never revised there is nothing more to tell.
            of_month = of_month if len(of_month) > 1 else []
            several = {"revision": words.name(said["number"])} if of_month else {}
            months.append(said | several | {"revisions": of_month})
    return months


def _told(folder: Path) -> dict[str, object]:
    """The facts of a folder as the front page writes them."""
    facts = read_facts(folder)
    days = {key: day_text(facts[key] and dt.date.fromisoformat(facts[key])) for key in ("version", "approved_on")}
    number = facts.get("revision", 1)
    names = {"number": number, "revision": None, "called": words.name(number)}
    return facts | {"name": numbers.month_name(facts["month"]).capitalize()} | days | names
