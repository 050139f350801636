"""The site: one folder a month and a front page. The old site stands until the new one is complete."""

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from filelock import FileLock, Timeout

from rorikt_lib.config.folder import Folder
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.present import fonts, numbers
from rorikt_lib.present.sentences import facts as words
from rorikt_lib.present.tables import plain
from rorikt_lib.present.templates import filled
from rorikt_lib.publish.assemble import accessibility, day_text
from rorikt_lib.publish.checks import check_folder
from rorikt_lib.publish.embedded import TEMPLATES, convert
from rorikt_lib.publish.privacy.gate import Gate
from rorikt_lib.store.replace import replace_folder

FACTS = "report.json"
LOCK = "build.lock"


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
    """Style sheet, typeface and its licence, so that the pages in `folder` ask nothing of any other host."""
    typeface = folder / "assets" / "fonts"
    typeface.mkdir(parents=True, exist_ok=True)
    for file in (*fonts.FILES, fonts.LICENCE):
        shutil.copy(file, typeface)
    shutil.copy(TEMPLATES / "report.css", folder / "assets")


def publish(
    month_folder: Path,
    out: Path,
    build: Path,
    front: Path,
    settings: Settings,
    machine_paths: Iterable[Path],
    gate: Gate | None = None,
    workbook: Folder | None = None,
) -> None:
    """Replaces the month of that folder's name in the site `out`, and the front page; all other months stay.

    build: a folder on the same disk for the site in the making. front: index.qmd. gate, workbook: see
    checks.check_folder. InputError, and `out` as it was, where something must not be published.
    """
    refuse_foreign(out)

    def fill(site: Path) -> None:
        if out.exists():
            shutil.copytree(out, site, dirs_exist_ok=True)
        month = site / month_folder.name
        shutil.rmtree(month, ignore_errors=True)
        shutil.copytree(month_folder, month)
        copy_assets(site)
        with TemporaryDirectory(dir=build) as scratch:
            write_front(front, site, Path(scratch), settings)
        check_folder(site, machine_paths, gate, workbook, month_folder.name)

    replace_folder(out, fill, build)


def refuse_foreign(out: Path) -> None:
    """InputError where `out` holds something, but no month of ours: it would be taken over and copied."""
    if out.exists() and not out.is_dir():
        raise InputError("not a folder", file=out, remedy="choose another --out")
    if out.exists() and any(out.iterdir()) and not any(out.glob(f"*/{FACTS}")):
        raise InputError("not a site of this workbook", file=out, remedy="choose a new or empty folder as --out")


def write_front(front: Path, site: Path, build: Path, settings: Settings) -> None:
    """The front page: what index.qmd says, then the months of `site`, newest first. build: for what it is made of.

    Its title is the report's, where index.qmd has none, and it may name the facts of the newest month.
    """
    months = [_month_facts(file) for file in sorted(site.glob(f"*/{FACTS}"), reverse=True)]
    facts = build / "front.yml"
    known = words.of_settings(settings, months[0]["month"])
    said = {"title": known["report_title"], "organisation": known["organisation"]}
    said |= {name: plain(text) for name, text in accessibility(settings.organisation).items()}
    said |= {"months": months, "demo": any(month["demo"] for month in months)}
    facts.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    text = build / front.name
    text.write_text(filled(front.read_text(encoding="utf-8"), known, front), encoding="utf-8")
    options = [f"--metadata-file={facts}", "--shift-heading-level-by=1"]
    convert(text, "html5", site / "index.html", "front.html", options)


def _month_facts(file: Path) -> dict[str, object]:
    facts = json.loads(file.read_text(encoding="utf-8"))
    if "draft" not in facts:
        remedy = "take its folder out of the site and build the month again"
        raise InputError("the month is of another version of the workbook", file=file, remedy=remedy)
    days = {key: day_text(facts[key] and dt.date.fromisoformat(facts[key])) for key in ("version", "approved_on")}
    return facts | {"name": numbers.month_name(facts["month"]).capitalize()} | days
