"""What a report published is kept as it was: nothing kept is written again, and nothing damaged is believed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.errors import InputError
from rorikt_lib.store import snapshots as snapshot_file
from rorikt_lib.store.snapshots import (
    keep_snapshot,
    published_before,
    read_cases,
    read_figures,
    read_postings,
    read_snapshots,
    snapshots_folder,
)
from rorikt_lib.tickets.cases import as_of
from rorikt_lib.tickets.restated import kept_cases

CUT_OFF = oslo("2024-09-27 12:00")
CASES = kept_cases(as_of(make_tickets({}, {"category": None, "resolved_at": "2024-09-05 08:00"}), CUT_OFF))
FIGURES = pd.DataFrame(
    {
        "figure": ["tickets.created", "resolution.mean"], "period": "2024-09", "dimension": ["month|category", "month|priority"],
        "member": ["2024-09|NA", "2024-09|Høy"], "value": [2.0, 0.1 + 0.2], "unit": ["cases", "hours"],
    }
)  # fmt: skip


def _keep(root: Path, period: str = "2024-09", *, day: int = 1, cut_off=CUT_OFF, figures=FIGURES, cases=CASES) -> Path:
    """A snapshot kept on a day of October."""
    return keep_snapshot(root, period, cut_off, figures, cases, dt.datetime(2024, 10, day, 7, tzinfo=dt.UTC))


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*") if path.name != ".lock"}


def test_what_is_kept_is_read_as_it_was_to_the_last_bit(tmp_path):
    _keep(tmp_path)
    (snapshot,) = read_snapshots(tmp_path)
    assert (snapshot.period, snapshot.revision, snapshot.cut_off) == ("2024-09", 1, CUT_OFF)
    assert_frame_equal(read_cases(snapshot), CASES)
    assert read_figures(snapshot).to_dict("list") == FIGURES.to_dict("list")


def test_what_was_known_of_the_ledger_is_kept_beside_and_a_report_without_cases_has_none(tmp_path):
    postings = pd.DataFrame({"period": ["2024-09"], "line": ["Lønn"], "postings": [3], "amount_nok": [0.1 + 0.2]})
    made = dt.datetime(2024, 10, 1, 7, tzinfo=dt.UTC)
    assert _keep(tmp_path).name == "2024-09-1"
    (old,) = read_snapshots(tmp_path)
    assert read_postings(old) is None
    kept = keep_snapshot(tmp_path, "2024-10", CUT_OFF, FIGURES, None, made, postings)
    assert keep_snapshot(tmp_path, "2024-10", CUT_OFF, FIGURES, None, made, postings) == kept
    assert_frame_equal(read_postings(read_snapshots(tmp_path)[1]), postings)
    assert not (kept / "cases.parquet").exists()
    more = keep_snapshot(tmp_path, "2024-10", CUT_OFF, FIGURES, None, made, postings.assign(postings=4))
    assert more.name == "2024-10-2"


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_every_value_comes_back_to_the_last_bit(values):
    figures = pd.concat([FIGURES.head(1)] * len(values), ignore_index=True).assign(value=values)
    with TemporaryDirectory() as folder:
        _keep(Path(folder), figures=figures)
        assert read_figures(read_snapshots(Path(folder))[0]).value.tolist() == values


@pytest.mark.parametrize(
    "cut_off", [oslo("2024-09-30 23:59:59.999999"), oslo("2024-10-27 01:30") + pd.Timedelta(hours=2)]
)
def test_the_cut_off_comes_back_to_the_microsecond_and_in_local_time(tmp_path, cut_off):
    _keep(tmp_path, cut_off=cut_off)
    (snapshot,) = read_snapshots(tmp_path)
    assert snapshot.cut_off == cut_off
    assert f"{snapshot.cut_off:%Y-%m-%d %H:%M %z}" == f"{cut_off:%Y-%m-%d %H:%M %z}"


def test_a_second_run_that_says_the_same_leaves_every_byte(tmp_path):
    first = _keep(tmp_path)
    before = _bytes(tmp_path)
    assert len(before) == 3
    assert _keep(tmp_path, day=9) == first
    assert _bytes(tmp_path) == before


@pytest.mark.parametrize(
    "other",
    [
        {"figures": FIGURES.assign(value=[2.0, 0.3])},
        {"cases": CASES.assign(priority="low")},
        {"cases": CASES.head(1)},
        {"cut_off": oslo("2024-09-30 12:00")},
    ],
)
def test_other_numbers_cases_or_cut_off_are_a_new_revision_and_leave_the_old_one(tmp_path, other):
    _keep(tmp_path)
    before = _bytes(tmp_path)
    assert _keep(tmp_path, **other).name == "2024-09-2"
    assert _bytes(tmp_path).items() >= before.items()
    assert [snapshot.revision for snapshot in read_snapshots(tmp_path)] == [1, 2]


def test_only_the_last_revision_decides_whether_there_is_something_new(tmp_path):
    changed = FIGURES.assign(value=7.0)
    names = [_keep(tmp_path, figures=figures).name for figures in (FIGURES, changed, changed, FIGURES)]
    assert names == ["2024-09-1", "2024-09-2", "2024-09-2", "2024-09-3"]


def test_the_tenth_revision_comes_after_the_ninth(tmp_path):
    for value in range(11):
        _keep(tmp_path, figures=FIGURES.assign(value=float(value)))
    assert [snapshot.revision for snapshot in read_snapshots(tmp_path)] == [*range(1, 12)]
    assert read_figures(published_before(read_snapshots(tmp_path), "2024-10")["2024-09"]).value.tolist() == [10.0, 10.0]


def test_the_demos_snapshots_are_kept_apart_from_the_organisations_own(tmp_path):
    _keep(tmp_path)
    own = snapshots_folder(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "DEMODATA.md").touch()
    assert snapshots_folder(tmp_path) != own
    assert read_snapshots(tmp_path) == []
    _keep(tmp_path, "2024-08")
    (tmp_path / "raw" / "DEMODATA.md").unlink()
    assert [snapshot.period for snapshot in read_snapshots(tmp_path)] == ["2024-09"]


def test_without_snapshots_there_are_none_and_reading_makes_no_folder(tmp_path):
    assert read_snapshots(tmp_path) == []
    assert not [*tmp_path.iterdir()]


def test_a_run_cut_short_leaves_nothing_that_is_taken_for_a_snapshot(tmp_path, monkeypatch):
    _keep(tmp_path)
    before = _bytes(tmp_path)

    def stop(path):
        raise KeyboardInterrupt

    monkeypatch.setattr(snapshot_file, "checksum", stop)
    with pytest.raises(KeyboardInterrupt):
        _keep(tmp_path, "2024-10")
    monkeypatch.undo()
    assert _bytes(tmp_path) == before
    assert _keep(tmp_path, "2024-10").name == "2024-10-1"


# Which revision is what was published.


def _published(root: Path, month: str = "2024-11") -> dict[str, int]:
    known = published_before(read_snapshots(root), month)
    return {period: snapshot.revision for period, snapshot in known.items()}


def _kept(root: Path, period: str, day: int) -> None:
    _keep(root, period, day=day, figures=FIGURES.assign(value=float(day)))


def test_the_last_revision_before_the_next_report_is_what_was_published(tmp_path):
    for period, day in (("2024-08", 1), ("2024-08", 2), ("2024-09", 3), ("2024-08", 4), ("2024-09", 5)):
        _kept(tmp_path, period, day)
    assert _published(tmp_path) == {"2024-08": 2, "2024-09": 2}


def test_a_report_made_after_a_later_one_counts_as_it_was_first_made(tmp_path):
    for period, day in (("2024-10", 1), ("2024-08", 2), ("2024-08", 3)):
        _kept(tmp_path, period, day)
    assert _published(tmp_path) == {"2024-08": 1, "2024-10": 1}


def test_what_is_made_after_a_report_was_first_made_is_not_looked_back_at(tmp_path):
    _kept(tmp_path, "2024-08", 1)
    _kept(tmp_path, "2024-10", 2)
    before = _published(tmp_path, "2024-10")
    for period, day in (("2024-09", 3), ("2024-08", 4), ("2024-10", 5), ("2024-07", 6), ("2024-11", 7)):
        _kept(tmp_path, period, day)
    assert _published(tmp_path, "2024-10") == before == {"2024-08": 1}
    assert set(_published(tmp_path, "2024-09")) == {"2024-08"}
    assert set(_published(tmp_path, "2024-12")) == {"2024-07", "2024-08", "2024-09", "2024-10", "2024-11"}


@given(st.lists(st.tuples(st.integers(7, 10), st.integers(0, 2)), min_size=1, max_size=10))
def test_whatever_is_made_in_whatever_order_a_report_looks_back_at_the_same(steps):
    with TemporaryDirectory() as folder:
        root, seen = Path(folder), {}
        for day, (month, value) in enumerate(steps, start=1):
            period = f"2024-{month:02d}"
            seen.setdefault(period, _published(root, period))
            _keep(root, period, day=day, figures=FIGURES.assign(value=float(value)))
            assert {one: _published(root, one) for one in seen} == seen


# What is damaged is refused, by name and with the remedy.


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\x00\x01", b'{"made_at": "yesterday"}'])
def test_a_snapshot_whose_facts_are_damaged_is_refused_by_name(tmp_path, content):
    path = _keep(tmp_path) / "snapshot.json"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(InputError, match=r"2024-09-1.snapshot\.json: .*Remedy: restore it from a backup"):
        read_snapshots(tmp_path)


@pytest.mark.parametrize(("name", "read"), [("figures.csv", read_figures), ("cases.parquet", read_cases)])
@pytest.mark.parametrize("damage", ["gone", "cut short", "edited", "not told of"])
def test_a_file_that_is_not_as_it_was_written_is_refused_by_name(tmp_path, name, read, damage):
    folder = _keep(tmp_path)
    path = folder / name
    if damage == "gone":
        path.unlink()
    elif damage == "cut short":
        path.write_bytes(path.read_bytes()[:-40])
    elif damage == "edited":
        path.write_bytes(path.read_bytes().replace(b"2", b"3", 1))
    else:
        facts = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
        del facts["sha256"][name]
        (folder / "snapshot.json").write_text(json.dumps(facts), encoding="utf-8")
    (snapshot,) = read_snapshots(tmp_path)
    with pytest.raises(InputError, match=rf"2024-09-1.{name}: .*Remedy: restore it from a backup"):
        read(snapshot)


def test_a_damaged_snapshot_is_not_written_over(tmp_path):
    folder = _keep(tmp_path)
    (folder / "cases.parquet").write_bytes(b"")
    with pytest.raises(InputError, match=r"cases\.parquet"):
        _keep(tmp_path)
    assert [path.name for path in sorted(folder.parent.glob("2*"))] == ["2024-09-1"]


def test_folders_of_other_names_are_no_snapshots(tmp_path):
    _keep(tmp_path)
    for name in ("2024-09-1 copy", "old", ".2024-10-1-77"):
        (snapshots_folder(tmp_path) / name).mkdir()
    assert len(read_snapshots(tmp_path)) == 1
