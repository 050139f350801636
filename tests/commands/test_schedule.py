"""docs/schedule.md: its files are what their readers take, and their command lines are ones that rorikt takes."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath, PureWindowsPath

import pytest
import typer
import yaml
from lxml import etree

from rorikt_lib.cli import app
from rorikt_lib.commands.run.attempt import CODES
from rorikt_lib.config.folder import SHIPPED
from rorikt_lib.config.unattended import UnattendedSettings
from rorikt_lib.month.unattended import Ended, check_period, duration_of
from rorikt_lib.store.run_log import KEPT

PAGE = (SHIPPED / "docs" / "schedule.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def blocks(kind: str) -> list[str]:
    """The page's blocks of a kind."""
    return [text for name, text in _BLOCK.findall(PAGE) if name == kind]


def unit(text: str) -> configparser.ConfigParser:
    """A unit of systemd, whose keys have capitals and whose values may have %."""
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str
    read.read_string(text)
    return read


def service_and_timer() -> tuple[str, str]:
    service, timer = blocks("ini")
    return service, timer


def cron_line() -> str:
    (text,) = blocks("crontab")
    (line,) = text.splitlines()
    return line


def task() -> etree._Element:
    (text,) = blocks("xml")
    return etree.fromstring(text.encode())


def command_lines() -> Iterator[list[str]]:
    """Each command line of the page, from the program on."""
    yield shlex.split(unit(service_and_timer()[0])["Service"]["ExecStart"])
    yield shlex.split(cron_line().split("; ")[-1].partition(" >> ")[0])
    yield [task().findtext(f".//{TASK}Command"), *shlex.split(task().findtext(f".//{TASK}Arguments"), posix=False)]
    yield from (shlex.split(line, comments=True) for line in re.findall(r"^    (rorikt run.*)$", PAGE, re.MULTILINE))


COMMANDS = [*command_lines()]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_line_is_one_that_rorikt_takes(command):
    program, *arguments = command
    name = (PureWindowsPath if "\\" in program else PurePath)(program).name
    assert name in ("rorikt", "rorikt.exe")
    group = typer.main.get_command(app)
    called, run, rest = group.resolve_command(group.make_context("rorikt", [], resilient_parsing=True), arguments)
    given = run.make_context(called, [*rest]).params
    assert called == "run"
    check_period(given["period"])
    duration_of(given["wait"])


def test_there_are_command_lines_for_each_scheduler():
    assert len(COMMANDS) >= 7


def test_the_service_and_the_timer_are_of_the_same_name_and_what_is_made_with_warnings_is_no_failure():
    service, timer = map(unit, service_and_timer())
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["SuccessExitStatus"] == str(CODES[Ended.WARNED][0])
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert re.findall(r"`/etc/systemd/system/(\w+)\.(service|timer)`", PAGE) == [
        ("rorikt", "service"),
        ("rorikt", "timer"),
    ]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units_and_the_time(tmp_path):
    service, timer = service_and_timer()
    program = command_lines().__next__()[0]
    (tmp_path / "rorikt.service").write_text(
        service.replace(program, sys.executable).replace("User=rorikt\n", ""), "utf-8"
    )
    (tmp_path / "rorikt.timer").write_text(timer, encoding="utf-8")
    units = [tmp_path / "rorikt.service", tmp_path / "rorikt.timer"]
    run = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False, timeout=60)
    # Of the machine's own units it may say what it will.
    assert [line for line in run.stderr.splitlines() if "rorikt" in line] == []
    command = ["systemd-analyze", "calendar", unit(timer)["Timer"]["OnCalendar"]]
    assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0


def test_the_line_for_cron_is_five_times_and_a_command_without_what_cron_takes_for_a_new_line():
    *times, command = cron_line().split(maxsplit=5)
    assert all(re.fullmatch(r"\*|\d+(-\d+)?", time) for time in times)
    assert "%" not in command
    assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0


def test_the_task_runs_once_a_month_and_never_twice_at_once():
    read = task()
    assert read.tag == f"{TASK}Task"
    assert len(read.findall(f".//{TASK}Months/*")) == 12
    assert read.findtext(f".//{TASK}MultipleInstancesPolicy") == "IgnoreNew"
    assert [child.tag.removeprefix(TASK) for child in read] == ["RegistrationInfo", "Triggers", "Settings", "Actions"]


def test_the_settings_shown_are_ones_that_are_read():
    for text in blocks("yaml"):
        assert UnattendedSettings.model_validate(yaml.safe_load(text)["unattended"])


def test_the_variables_of_the_settings_are_those_of_the_file_of_secrets(tmp_path):
    (file,) = blocks("sh")
    named = re.findall(r"\$\{(\w+)\}", "".join(blocks("yaml")))
    (tmp_path / "env").write_text(file, encoding="utf-8")
    shown = ["sh", "-c", f"set -a; . {tmp_path / 'env'}; env"]
    out = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
    import apprise

    for name in named:
        (value,) = re.findall(rf"^{name}=(.*)$", out, re.MULTILINE)
        assert apprise.Apprise().add(value)


def test_each_exit_code_is_told_with_what_the_run_says():
    rows = dict(re.findall(r"^\| (\d) \| (.*?) \|", PAGE, re.MULTILINE))
    told = {int(code): said.split("; or ") for code, said in rows.items()}
    assert {(code, name) for code, names in told.items() for name in names} == {*CODES.values()}


def test_how_many_logs_are_kept_is_said_where_people_read_of_them():
    template = Path(SHIPPED / "rorikt_lib/commands/init/templates/data.md").read_text(encoding="utf-8")
    assert f"The newest {KEPT} are kept" in PAGE
    assert f"the newest {KEPT} are kept" in template
