"""rorikt run: each way to end has its exit code and its last line in the log, and an approved month is left alone."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock
from unwatched import (
    CASES,
    LEDGER,
    MONTH,
    NOTHING_LACKS,
    STATEMENT,
    export,
    http_sink,
    last,
    logged,
    made,
    run,
    small_workbook,
)

from rorikt_lib.config.folder import open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.month import report, unattended
from rorikt_lib.month.keep import Recorded
from rorikt_lib.month.unattended import check_period, duration_of
from rorikt_lib.publish.job import job_of, only_run
from rorikt_lib.store import run_log


@pytest.fixture(autouse=True)
def _made_at_once(monkeypatch):
    monkeypatch.setattr(report, "report_month", made)


@pytest.fixture
def root(tmp_path) -> Path:
    """A workbook of whose month nothing lacks."""
    return small_workbook(tmp_path / "book")


def test_a_month_of_which_nothing_lacks_is_made_and_ends_with_0(root):
    ended = run(root)
    assert ended.returncode == 0, ended.stderr
    assert last(root) | {"ended": "made", "code": 0, "month": MONTH, "level": "info", "warnings": 0} == last(root)
    assert (root / "_site" / MONTH / "index.html").exists()
    (line,) = [line for line in ended.stderr.splitlines() if line.startswith(MONTH)]
    assert line.startswith(f"{MONTH}: made (0). {root / '_site' / MONTH / 'index.html'}. Log: {root / 'data' / 'logs'}")


def test_what_is_late_or_lacks_is_made_with_warnings_and_ends_with_3(tmp_path):
    root = small_workbook(tmp_path, STATEMENT + "  chapters: [ledger, tickets, usage]\n")
    export(root, "cases.csv", CASES.format(day="20.09.2024"))
    ended = run(root)
    assert ended.returncode == 3
    assert "Warning: late: cases: newest day 2024-09-20, expected 2024-09-30" in ended.stderr
    assert "Warning: no exports of usage: the report is without, and says so" in ended.stderr
    assert last(root)["warnings"] == 2
    warned = [(line["what"], line["source"]) for line in logged(root) if line["event"] == "warning"]
    assert warned == [("late", "tickets"), ("no_exports", "usage")]


@pytest.mark.parametrize(
    ("cases", "freshness", "told"),
    [
        (CASES.format(day="30.08.2024"), "", "the exports of cases cover 2024-08 to 2024-08, not 2024-09"),
        (
            CASES.format(day="10.09.2024"),
            "  freshness: {tickets: {warning_after_days: 5, error_after_days: 19}}\n",
            "cases: newest day 2024-09-10, expected 2024-09-30",
        ),
    ],
)
def test_exports_that_do_not_reach_the_month_are_missing_not_refused_and_end_with_4(tmp_path, cases, freshness, told):
    root = small_workbook(tmp_path, unattended=freshness)
    export(root, "cases.csv", cases)
    ended = run(root)
    assert ended.returncode == 4
    assert told in ended.stderr
    assert "Remedy: put " in ended.stderr
    assert (last(root)["ended"], last(root)["level"]) == ("sources missing", "error")
    assert not (root / "_site").exists()


def test_no_exports_at_all_and_a_missing_folder_are_sources_missing(root):
    for file in (root / "data" / "raw").iterdir():
        file.unlink()
    assert run(root).returncode == 4
    (root / "data" / "raw").rmdir()
    ended = run(root)
    assert ended.returncode == 4
    assert f"{root / 'data' / 'raw'}: there are no exports. Remedy: put them there" in ended.stderr


def test_an_export_that_contradicts_itself_is_refused_with_2_and_its_cells_are_not_logged(root):
    export(root, "ledger.csv", LEDGER.format(n=1, day="30.09.2024", period="202409").replace("10,00", "Kari Hemmelig"))
    ended = run(root)
    assert ended.returncode == 2
    assert "Kari Hemmelig" in ended.stderr
    assert last(root)["reason"] == "ledger.csv, line 2: an export cannot be used, see rorikt check"
    assert "Kari" not in json.dumps(logged(root), ensure_ascii=False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--period", "i fjor"], "write YYYY-MM, for example 2024-09; or last-month or newest"),
        (["--wait", "2 timer"], "write a number and s, m, h or d"),
        (["--renderer", "pdf"], "embedded"),
    ],
)
def test_what_is_asked_for_and_cannot_be_is_refused_and_logged(root, arguments, told):
    ended = run(root, *arguments)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert last(root)["ended"] == "refused"


def test_where_there_is_no_workbook_the_run_ends_with_2_and_leaves_nothing(tmp_path):
    ended = run(tmp_path / "nowhere")
    assert ended.returncode == 2
    assert "no workbook here" in ended.stderr
    assert not (tmp_path / "nowhere").exists()


def test_where_the_data_root_is_not_there_none_is_made_and_the_run_ends_with_2(root, tmp_path):
    ended = run(root, "--data", tmp_path / "not-mounted")
    assert ended.returncode == 2
    assert f"{tmp_path / 'not-mounted' / 'logs'}: No such file or directory. Remedy: check that" in ended.stderr
    assert not (tmp_path / "not-mounted").exists()


def test_a_full_disk_is_a_failure_and_ends_with_1(root, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "figures.csv")

    monkeypatch.setattr(report, "report_month", full)
    ended = run(root)
    assert ended.returncode == 1
    assert "figures.csv: No space left on device" in ended.stderr
    assert (last(root)["ended"], last(root)["code"]) == ("failed", 1)


def test_what_nobody_foresaw_is_logged_and_told_without_its_message_and_raised(tmp_path, monkeypatch):
    def crash(*_: object, **__: object) -> None:
        raise KeyError("Kari Hemmelig")

    monkeypatch.setattr(report, "report_month", crash)
    with http_sink() as (port, got):
        root = small_workbook(tmp_path, unattended=f'  notify: ["json://127.0.0.1:{port}"]\n')
        with pytest.raises(KeyError):
            run(root)
    (line,) = [line for line in logged(root) if line["event"] == "end"]
    assert (line["ended"], line["code"], line["reason"]) == ("failed", 1, "KeyError")
    assert line["at"].startswith("test_run.py:")
    (told,) = got
    assert told["title"] == "Økonomi- og aktivitetsrapport september 2024: kjøringen feilet"
    assert "KeyError" in told["message"]
    assert "Kari" not in json.dumps([told, logged(root)], ensure_ascii=False)


def test_a_second_run_at_once_does_nothing_says_so_and_ends_with_5(root):
    (root / "data" / "logs").mkdir()
    with FileLock(root / "data" / "logs" / run_log.LOCK):
        ended = run(root)
    assert ended.returncode == 5
    assert "another rorikt run is at work here" in ended.stderr
    assert last(root)["ended"] == "another run is at work"
    assert not (root / "_site").exists()
    assert run(root).returncode == 0


def test_a_month_that_is_being_made_by_hand_is_waited_for(root):
    with ThreadPoolExecutor(1) as other:
        with only_run(job_of(MONTH, open_folder(root))):
            ended = other.submit(run, root)
            with pytest.raises(TimeoutError):
                ended.result(timeout=5)
            assert not (root / "_site").exists()
        assert ended.result().returncode == 0
    assert f"waiting for another run of {MONTH}" in [line.get("what") for line in logged(root)]


@pytest.mark.parametrize("period", [MONTH, "newest"])
def test_an_approved_month_is_left_as_it_is_and_ends_with_0(root, period, monkeypatch):
    monkeypatch.setattr(unattended, "read_approved", lambda data, month: [month] if month == MONTH else [])
    ended = run(root, period=period)
    assert ended.returncode == 0
    assert last(root) | {"ended": "approved already, nothing to do", "month": MONTH} == last(root)
    assert not (root / "_site").exists()


def test_strict_makes_nothing_where_it_would_warn(tmp_path):
    root = small_workbook(tmp_path / "late")
    export(root, "cases.csv", CASES.format(day="20.09.2024"))
    ended = run(root, "--strict")
    assert ended.returncode == 4
    assert "late: cases: newest day 2024-09-20" in ended.stderr
    other = small_workbook(tmp_path / "other", "  chapters: [ledger, tickets]\n")
    ended = run(other, "--strict")
    assert ended.returncode == 2
    assert "accessibility statement" in ended.stderr
    assert not (root / "_site").exists()
    assert not (other / "_site").exists()


def test_with_strict_a_warning_that_shows_afterwards_fails_the_run_and_the_draft_stands(root, monkeypatch, tmp_path):
    mended = Recorded(tmp_path / "log.csv", is_mended=True)
    monkeypatch.setattr(report, "report_month", lambda job, progress, **_: made(job, progress, mended))
    assert run(root).returncode == 3
    ended = run(root, "--strict")
    assert ended.returncode == 1
    assert (
        "the draft is made, but 1 warning is an error with --strict. Remedy: mend what the warnings name"
        in ended.stderr
    )
    assert str(tmp_path) not in last(root)["reason"]
    assert (root / "_site" / MONTH / "index.html").exists()


def test_last_month_is_the_one_before_today_in_the_organisations_time_zone(root, monkeypatch):
    monkeypatch.setattr(unattended, "today", lambda: dt.date(2024, 10, 1))
    assert run(root, period="last-month").returncode == 0
    assert last(root)["month"] == "2024-09"
    monkeypatch.setattr(unattended, "today", lambda: dt.date(2025, 1, 31))
    assert run(root, period="last-month").returncode == 4
    assert last(root)["month"] == "2024-12"


def test_a_day_begins_where_the_organisation_is(monkeypatch):
    real = dt.datetime

    class LateInGreenwich(real):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None):
            return real(2024, 9, 30, 22, 30, tzinfo=dt.UTC).astimezone(tz)

    with monkeypatch.context() as here:
        here.setattr(dt, "datetime", LateInGreenwich)
        assert unattended.today().isoformat() == "2024-10-01"


def test_newest_is_the_newest_month_that_has_data(root):
    assert run(root, period="newest").returncode == 0
    assert last(root)["month"] == MONTH


class Clock:
    """Time that passes only while somebody sleeps; at given moments something happens."""

    def __init__(self, **events) -> None:
        self.seconds, self.slept, self.events = 0.0, [], {int(name[1:]): do for name, do in events.items()}

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        self.slept.append(seconds)
        for moment in [moment for moment in self.events if moment <= self.seconds]:
            self.events.pop(moment)()


@pytest.fixture
def clock(monkeypatch):
    def begin(**events) -> Clock:
        clock = Clock(**events)
        monkeypatch.setattr(unattended, "now", clock.now)
        monkeypatch.setattr(unattended, "sleep", clock.sleep)
        return clock

    return begin


def test_with_wait_it_is_made_as_soon_as_the_exports_have_come(root, clock):
    export(root, "cases.csv", CASES.format(day="30.08.2024"))
    come = clock(
        _300=lambda: export(root, "cases.csv", CASES.format(day="30.09.2024")[:-30]),
        _350=lambda: export(root, "cases.csv", CASES.format(day="30.09.2024")),
    )
    ended = run(root, "--wait", "2h")
    assert ended.returncode == 0, ended.stderr
    assert 350 <= come.seconds < 420
    # Told once, and once more where what is there has changed: half a file is given time to become whole.
    assert [line["event"] for line in logged(root)].count("waiting") == 2


def test_what_has_not_come_when_the_wait_is_over_ends_the_run_as_it_would_without(root, clock):
    export(root, "cases.csv", CASES.format(day="30.08.2024"))
    waited = clock()
    assert run(root, "--wait", "90s").returncode == 4
    assert waited.slept == [60, 30]


def test_an_export_that_stays_unreadable_is_refused_after_a_minute_however_long_the_wait(root, clock):
    export(root, "cases.csv", "a;b\n1;2\n")
    waited = clock()
    assert run(root, "--wait", "3d").returncode == 2
    assert waited.slept == [60]


def test_what_is_wrong_with_the_texts_of_the_month_is_refused_at_once(root, clock):
    (root / "content" / MONTH).mkdir(parents=True)
    (root / "content" / MONTH / "report.yml").write_text("version: i dag\n", encoding="utf-8")
    waited = clock()
    assert run(root, "--wait", "3d").returncode == 2
    assert waited.slept == []


def test_settings_that_are_mended_while_it_waits_are_read_anew(root, clock):
    export(root, "cases.csv", CASES.format(day="20.09.2024"))
    settings = root / "workbook.yml"
    mended = settings.read_text(encoding="utf-8") + "\nunattended: {freshness: {tickets: {warning_after_days: 10}}}\n"
    waited = clock(_100=lambda: settings.write_text(mended, encoding="utf-8"))
    assert run(root, "--wait", "3d").returncode == 0
    assert waited.seconds == 120


def test_what_is_late_is_waited_for_and_made_with_a_warning(root, clock):
    export(root, "cases.csv", CASES.format(day="20.09.2024"))
    waited = clock()
    assert run(root, "--wait", "10m").returncode == 3
    assert waited.seconds == 600


def test_a_source_that_the_organisation_does_not_have_is_not_waited_for(tmp_path, clock):
    root, waited = small_workbook(tmp_path, NOTHING_LACKS.replace("ledger, tickets", "ledger")), clock()
    (root / "data" / "raw" / "cases.csv").unlink()
    assert run(root, "--wait", "1d").returncode == 0
    assert waited.seconds == 0
    assert [line["source"] for line in logged(root) if line["event"] == "source"] == ["ledger"]


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("30m", 1800), ("12h", 43200), ("3d", 259200)])
def test_a_duration_is_a_number_and_its_unit(text, seconds):
    assert duration_of(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "12", "h", "-1h", "1.5h", "1 h", "1w"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(InputError, match="is not a duration"):
        duration_of(text)


def test_a_period_is_last_month_newest_or_a_month():
    assert [check_period(text) for text in ("last-month", "newest", "2024-09")] == ["last-month", "newest", "2024-09"]
    with pytest.raises(InputError, match="2024-13"):
        check_period("2024-13")


WAITING = "from rorikt_lib.cli import main; main()"


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_from_outside_leaves_whole_lines_and_says_so_where_it_can(root, end):
    export(root, "cases.csv", CASES.format(day="30.08.2024"))
    command = [sys.executable, "-c", WAITING, "run", "--period", MONTH, "--wait", "1h", "--workbook", str(root)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not _waits(root) and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(end)
        told = process.communicate(timeout=60)[1]
    lines = logged(root)
    assert "waiting" in [line["event"] for line in lines]
    if end == signal.SIGTERM:
        assert process.returncode == 1
        assert (lines[-1]["event"], lines[-1]["ended"], lines[-1]["reason"]) == ("end", "failed", "ended from outside")
        assert f"{MONTH}: failed (1)" in told
    # The lock went with the process.
    assert run(root).returncode == 4


def _waits(root: Path) -> bool:
    return any('"event": "waiting"' in file.read_text("utf-8") for file in (root / "data").glob("logs/*.jsonl"))
