"""data/snapshots/: what each report published, and the cases and postings that it knew. Never written again.

PERIOD-REVISION/ holds figures.csv, cases.parquet and postings.parquet (where the report had such) and snapshot.json,
which says when it was made, up to when cases counted, and the others' checksums. Unlike data/clean it cannot be made
again.
"""

import re
from datetime import datetime
from operator import attrgetter
from pathlib import Path

import pandas as pd
from filelock import FileLock
from pydantic import AwareDatetime

from rorikt_lib.config.strict import Strict
from rorikt_lib.errors import InputError
from rorikt_lib.store.folders import checksum, snapshots_folder
from rorikt_lib.store.records_file import read_records
from rorikt_lib.store.replace import replace_folder
from rorikt_lib.terms.schemas import TIME_ZONE

FACTS, FIGURES, CASES, POSTINGS = "snapshot.json", "figures.csv", "cases.parquet", "postings.parquet"
_revision = attrgetter("revision")
_NAME = re.compile(r"(\d{4}-\d{2})-(\d+)")


class Facts(Strict):
    """snapshot.json. made_at: when it was kept. cut_off: up to when the report counted cases. sha256: by file."""

    made_at: AwareDatetime
    cut_off: AwareDatetime
    sha256: dict[str, str]


class Snapshot(Strict):
    """One folder of data/snapshots: a revision of what the report of a period published."""

    period: str
    revision: int
    folder: Path
    facts: Facts

    @property
    def cut_off(self) -> pd.Timestamp:
        """Up to when the report counted cases, local time."""
        return pd.Timestamp(self.facts.cut_off).tz_convert(TIME_ZONE)


def read_snapshots(root: Path) -> list[Snapshot]:
    """All snapshots, by period and revision; none where there are none. InputError where one is damaged."""
    named = [(_NAME.fullmatch(path.name), path) for path in snapshots_folder(root).glob("*")]
    found = [_read_facts(name[1], int(name[2]), path) for name, path in named if name]
    return sorted(found, key=lambda snapshot: (snapshot.period, snapshot.revision))


def published_before(snapshots: list[Snapshot], month: str) -> dict[str, Snapshot]:
    """What had been published of earlier months when a month's report was first made: one revision per period.

    Of each the last one made before a later period's report, else the first. So a report mended before the next one
    counts as mended, hindsight does not count as what was published, and what is made later changes nothing.
    """
    first_made = min((one.facts.made_at for one in snapshots if one.period == month), default=None)
    known = [one for one in snapshots if one.period < month and (first_made is None or one.facts.made_at <= first_made)]
    counts: dict[str, Snapshot] = {}
    for period in sorted({snapshot.period for snapshot in known}):
        revisions = [snapshot for snapshot in known if snapshot.period == period]
        later = [snapshot.facts.made_at for snapshot in known if snapshot.period > period]
        in_time = [snapshot for snapshot in revisions if not later or snapshot.facts.made_at < min(later)]
        counts[period] = max(in_time, key=_revision) if in_time else min(revisions, key=_revision)
    return counts


def read_figures(snapshot: Snapshot) -> pd.DataFrame:
    """The published records, as figures.csv has them. InputError where the file is damaged."""
    return read_records(_intact(snapshot, FIGURES))


def read_cases(snapshot: Snapshot) -> pd.DataFrame:
    """The cases as the report knew them. InputError where the file is damaged."""
    return pd.read_parquet(_intact(snapshot, CASES))


def read_postings(snapshot: Snapshot) -> pd.DataFrame | None:
    """What the report knew of the ledger; None where none was kept. InputError where the file is damaged."""
    return pd.read_parquet(_intact(snapshot, POSTINGS)) if POSTINGS in snapshot.facts.sha256 else None


def keep_snapshot(
    root: Path,
    period: str,
    cut_off: pd.Timestamp,
    figures: pd.DataFrame,
    cases: pd.DataFrame | None,
    made_at: datetime,
    postings: pd.DataFrame | None = None,
) -> Path:
    """Keep what the report of `period` published, all or nothing. The folder that holds it.

    cases, postings: None where the report has no such. Where the period's last revision says the same, that stays, byte
    for byte, and nothing is written; else this is a new revision. cut_off and made_at are timezone-aware.
    """
    place = snapshots_folder(root)
    place.mkdir(parents=True, exist_ok=True)
    known = {name: frame for name, frame in ((CASES, cases), (POSTINGS, postings)) if frame is not None}
    with FileLock(place / ".lock"):
        earlier = [snapshot for snapshot in read_snapshots(root) if snapshot.period == period]
        last = max(earlier, key=_revision, default=None)
        if last is not None and _says(last, cut_off, figures, known):
            return last.folder
        revision = last.revision + 1 if last is not None else 1
        return _write(place / f"{period}-{revision}", cut_off, figures, known, made_at)


def _says(last: Snapshot, cut_off: pd.Timestamp, figures: pd.DataFrame, known: dict[str, pd.DataFrame]) -> bool:
    """Whether a report says what the last one did, of what that one kept, in any order, whatever is kept besides."""
    order = {"by": ["figure", "dimension", "member"], "kind": "stable", "ignore_index": True}
    then, now = read_figures(last).sort_values(**order), figures.sort_values(**order)
    kinds = set(zip(then.figure, then.dimension, strict=True))
    now = now[[kind in kinds for kind in zip(now.figure, now.dimension, strict=True)]].reset_index(drop=True)
    if last.cut_off != cut_off or _csv(now) != _csv(then):
        return False
    kept = [name for name in (CASES, POSTINGS) if name in last.facts.sha256 or (last.folder / name).exists()]
    frames = {name: pd.read_parquet(_intact(last, name)) for name in kept}
    return all(name in known and frame.equals(known[name].reset_index(drop=True)) for name, frame in frames.items())


def _write(
    folder: Path, cut_off: pd.Timestamp, figures: pd.DataFrame, known: dict[str, pd.DataFrame], made_at: datetime
) -> Path:
    def fill(new: Path) -> None:
        (new / FIGURES).write_bytes(_csv(figures))
        for name, frame in known.items():
            frame.to_parquet(new / name, index=False, compression="zstd")
        sums = {name: checksum(new / name) for name in (FIGURES, *known)}
        facts = Facts(made_at=made_at, cut_off=cut_off.to_pydatetime(), sha256=sums)
        (new / FACTS).write_text(facts.model_dump_json(indent=1), encoding="utf-8")

    replace_folder(folder, fill)
    return folder


def _csv(figures: pd.DataFrame) -> bytes:
    return figures.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _read_facts(period: str, revision: int, folder: Path) -> Snapshot:
    path = folder / FACTS
    try:
        facts = Facts.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        raise _damaged(path) from None
    return Snapshot(period=period, revision=revision, folder=folder, facts=facts)


def _intact(snapshot: Snapshot, name: str) -> Path:
    """The path of one of its files, if that is still what was written."""
    path = snapshot.folder / name
    if not path.exists() or checksum(path) != snapshot.facts.sha256.get(name):
        raise _damaged(path)
    return path


def _damaged(path: Path) -> InputError:
    return InputError(
        "what a report published is missing or no longer as it was written",
        file=path,
        remedy="restore it from a backup; it cannot be made again",
    )
