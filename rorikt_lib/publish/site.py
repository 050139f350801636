"""The site: one folder a document and a front page. The old site stands until the new one is complete."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from rorikt_lib.config.folder import Folder
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.present import fonts, numbers
from rorikt_lib.publish.checks import check_folder
from rorikt_lib.publish.embedded import TEMPLATES
from rorikt_lib.publish.front import write_front
from rorikt_lib.publish.inert import check_site
from rorikt_lib.publish.month_facts import FACTS, read_facts, write_facts
from rorikt_lib.publish.neighbours import write_months
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.privacy.gate import Gate
from rorikt_lib.publish.privacy.passed import NAME as LOOKED_THROUGH
from rorikt_lib.publish.privacy.passed import Passed
from rorikt_lib.publish.search import write_search
from rorikt_lib.publish.shared import forget_published, made_from, note_published
from rorikt_lib.publish.standing import documents, standing
from rorikt_lib.store.approved import Approved, copy_published
from rorikt_lib.store.locks import one_at_a_time
from rorikt_lib.store.replace import link_or_copy, replace_folder
from rorikt_lib.terms.documents import is_document

LOCK = "build.lock"
# No folder of a site is called so.
NONE = "."
# What pages name besides the typeface.
ASSETS = ("report.css", "page.js", "icon.svg")
__all__ = ["FACTS", "copy_assets", "only_publisher", "publish", "read_facts", "refuse_foreign", "write_facts"]


@contextmanager
def only_publisher(build: Path) -> Iterator[None]:
    """While it lasts, nobody else changes the site that is made in the folder `build`; others wait."""
    with one_at_a_time(build / LOCK):
        yield


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
    others_follow: bool = False,
) -> None:
    """Replaces the folder of that name in the site `out`, and the front page; all other documents stay.

    made: the folder; None where there is no new one. build: a folder on the same disk for the site in the making.
    front: index.qmd. served: name of a folder → what was approved, which stands there and nothing else. gone: folders
    that the site no longer has. gate, workbook: see checks.check_folder. others_follow: what tells of all months stays
    as it is, where it is there, and is made by a publication that follows. InputError, and `out` as it was, where
    something must not be published.
    """
    refuse_foreign(out)
    if made and made.name in served:
        remedy = "what was approved stays as it is; nothing is to be done"
        raise InputError("it was approved while it was rendered", file=out / made.name, remedy=remedy)

    of = made_from(workbook)
    is_shared_left = others_follow and (out / REPORT_PAGE).exists()

    def fill(site: Path) -> None:
        _take_over(out, site)
        for name in (*served, *gone, *([made.name] if made else [])):
            shutil.rmtree(site / name, ignore_errors=True)
        if made:
            shutil.copytree(made, site / made.name, copy_function=link_or_copy)
        for name, kept in served.items():
            copy_published(kept.manifest.published, kept.site, site / name)
        copy_assets(site)
        if not is_shared_left:
            _write_shared(site, build, front, settings)
        # What was approved was looked through then, and is served as it is.
        new, passed = made.name if made else NONE, Passed(build / LOOKED_THROUGH)
        check_folder(site, machine_paths, gate, workbook, new, but=served, passed=passed)
        check_site(site, new, passed)
        passed.keep()

    if is_shared_left:
        forget_published(build)
    replace_folder(out, fill, build)
    if not is_shared_left:
        note_published(build, out, of)


def _write_shared(site: Path, build: Path, front: Path, settings: Settings) -> None:
    """What tells of all months of a site: its front page, the page across months, the search and the months' list."""
    # Charts take long to import, and only publishing draws them here.
    from rorikt_lib.publish.development import write_development

    write_months(site, _months(site))
    with TemporaryDirectory(dir=build) as scratch:
        across = write_development(site, Path(scratch), settings)
        write_front(front, site, Path(scratch), settings, across)
    write_search(site, {one.folder.name: one.facts for one in (*standing(site), *documents(site))})


def _take_over(out: Path, site: Path) -> None:
    """What stands on the site, in the new one: a document's folder is made anew, and never written in."""
    for path in sorted(out.iterdir()) if out.exists() else []:
        if path.is_dir():
            copy = link_or_copy if is_document(path.name) else shutil.copy2
            shutil.copytree(path, site / path.name, copy_function=copy)
        else:
            shutil.copy2(path, site)


def refuse_foreign(out: Path) -> None:
    """InputError where `out` holds something, but no month of ours: it would be taken over and copied."""
    if out.exists() and not out.is_dir():
        raise InputError("not a folder", file=out, remedy="choose another --out")
    if out.exists() and any(out.iterdir()) and not any(out.glob(f"*/{FACTS}")):
        raise InputError("not a site of this workbook", file=out, remedy="choose a new or empty folder as --out")


def _months(site: Path) -> list[dict[str, Any]]:
    """The months of a site, the newest first: as report.json of each has them, with their names."""
    months = (one.facts for one in standing(site) if one.counts)
    return [facts | {"name": numbers.month_name(facts["month"]).capitalize()} for facts in months]
