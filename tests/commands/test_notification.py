"""Who is told how a run ended: by HTTP and by mail, in the report's language, and never with a secret shown."""

from __future__ import annotations

import builtins
import json
from pathlib import Path

import pytest
from command_line import rorikt
from unwatched import CASES, MONTH, STATEMENT, export, http_sink, last, logged, made, run, small_workbook, smtp_sink

from rorikt_lib.commands.run import attempt
from rorikt_lib.config.folder import open_folder
from rorikt_lib.month import report, unattended
from rorikt_lib.month.unattended import Ended
from rorikt_lib.present.language import languages
from rorikt_lib.present.sentences import unattended as words
from rorikt_lib.terms.language import using

LINK = "  link: https://rapport.example.no/\n"
SECRET = "hemmelig-4711"


@pytest.fixture(autouse=True)
def _made_at_once(monkeypatch):
    monkeypatch.setattr(report, "report_month", made)


def all_said(root: Path, ended) -> str:
    """All that a run said anywhere on this machine."""
    return ended.stdout + ended.stderr + json.dumps(logged(root), ensure_ascii=False)


def test_who_is_told_by_http_gets_what_was_made_with_its_warnings_and_the_link(tmp_path, monkeypatch):
    root = small_workbook(
        tmp_path, STATEMENT + "  chapters: [ledger, tickets, usage]\n", f'  notify: ["${{HOOK}}"]\n{LINK}'
    )
    export(root, "cases.csv", CASES.format(day="20.09.2024"))
    with http_sink() as (port, got):
        monkeypatch.setenv("HOOK", f"json://bruker:{SECRET}@127.0.0.1:{port}/{SECRET}")
        ended = run(root)
    assert ended.returncode == 3
    (told,) = got
    assert told["title"] == "Økonomi- og aktivitetsrapport september 2024: utkast er laget, med 2 advarsler"
    assert told["message"].splitlines() == [
        "Et utkast for september 2024 er laget, med 2 advarsler.",
        "",
        "Advarsler:",
        "– Data om kundeservice slutter 20. september 2024.",
        "– Det er ikke levert data om bruk av portal og chatbot, så det er ikke med.",
        "",
        f"Les utkastet: https://rapport.example.no/{MONTH}/index.html",
    ]
    assert SECRET not in all_said(root, ended)


def test_who_is_told_by_mail_gets_the_same_lines(tmp_path, monkeypatch):
    root = small_workbook(
        tmp_path, unattended=f'  notify: ["mailto://127.0.0.1:${{PORT}}?${{WHO}}&mode=insecure"]\n{LINK}'
    )
    with smtp_sink() as (port, got):
        monkeypatch.setenv("PORT", str(port))
        monkeypatch.setenv("WHO", "from=rapport@example.no&to=styret@example.no")
        assert run(root).returncode == 0
    (mail,) = got
    assert (mail["subject"], mail["to"]) == (
        "Økonomi- og aktivitetsrapport september 2024: utkast er laget",
        "styret@example.no",
    )
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert text == f"Et utkast for september 2024 er laget. Les utkastet: https://rapport.example.no/{MONTH}/index.html"


def test_what_is_in_the_way_is_told_without_the_cells_of_exports_and_without_a_link(tmp_path):
    with http_sink() as (port, got):
        root = small_workbook(tmp_path, unattended=f'  notify: ["json://127.0.0.1:{port}"]\n{LINK}')
        export(root, "ledger.csv", "Bilagsnr;Dato;Kari Hemmelig\n1;2;3\n")
        ended = run(root)
    assert ended.returncode == 2
    (told,) = got
    assert told["title"].endswith("september 2024: noe må rettes")
    assert "Kommandolinjen sier: ledger.csv, line 1: an export cannot be used, see rorikt check" in told["message"]
    assert "Kari" in ended.stderr
    assert "Kari" not in told["message"]
    assert "http" not in told["message"]
    assert str(tmp_path) not in told["message"]


def test_a_draft_of_demo_data_says_so(tmp_path):
    with http_sink() as (port, got):
        root = small_workbook(tmp_path, unattended=f'  notify: ["json://127.0.0.1:{port}"]\n')
        export(root, "DEMODATA.md", "Made up.")
        assert run(root).returncode == 0
    assert "Alt er demodata." in got[0]["message"]


@pytest.mark.parametrize("status", [500, 403])
def test_who_cannot_be_told_is_a_warning_and_the_draft_stands(tmp_path, status):
    with http_sink(status) as (bad, _), http_sink() as (good, got):
        addresses = f'["json://x:{SECRET}@127.0.0.1:{bad}", "json://127.0.0.1:{good}"]'
        root = small_workbook(tmp_path, unattended=f"  notify: {addresses}\n")
        ended = run(root)
        assert run(root, "--strict").returncode == 1
    assert ended.returncode == 3
    assert "Warning: unattended.notify, number 1 could not be told" in ended.stderr
    assert len(got) == 2
    assert (root / "_site" / MONTH / "index.html").exists()
    assert SECRET not in all_said(root, ended)
    line = [line for line in logged(root) if line["event"] == "notified"][-1]
    assert (line["told"], line["failed"], line["level"]) == (1, ["unattended.notify, number 1"], "warning")


def test_a_service_that_breaks_down_is_one_that_cannot_be_told(tmp_path, monkeypatch):
    import apprise

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(f"json://x:{SECRET}@example.no")

    monkeypatch.setattr(apprise.Apprise, "notify", breaks)
    root = small_workbook(tmp_path, unattended='  notify: ["json://127.0.0.1:9"]\n')
    ended = run(root)
    assert ended.returncode == 3
    assert SECRET not in all_said(root, ended)


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set_is_named_before_anything_is_made(tmp_path, monkeypatch, value):
    root = small_workbook(tmp_path, unattended='  notify: ["json://${RORIKT_USER}:${RORIKT_TEST_KEY}@example.no"]\n')
    monkeypatch.setenv("RORIKT_USER", SECRET)
    monkeypatch.delenv("RORIKT_TEST_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("RORIKT_TEST_KEY", value)
    ended = run(root)
    assert ended.returncode == 2
    assert (
        f"{root / 'workbook.yml'}: unattended.notify: the environment has no RORIKT_TEST_KEY. Remedy: set it"
        in ended.stderr
    )
    assert last(root)["reason"] == "workbook.yml: unattended.notify: the environment has no RORIKT_TEST_KEY"
    assert not (root / "_site").exists()
    assert SECRET not in all_said(root, ended)


def test_an_address_of_no_service_is_named_by_its_number(tmp_path, monkeypatch):
    monkeypatch.setenv("HOOK", f"nonsense://{SECRET}@example.no")
    root = small_workbook(tmp_path, unattended='  notify: ["json://example.no", "${HOOK}"]\n')
    ended = run(root)
    assert ended.returncode == 2
    assert "unattended.notify, number 2, is no address that Apprise knows" in ended.stderr
    assert SECRET not in all_said(root, ended)


def test_without_apprise_the_remedy_is_to_install_it_and_only_where_somebody_is_to_be_told(tmp_path, monkeypatch):
    real = builtins.__import__

    def lacking(name: str, *given: object, **more: object) -> object:
        if name == "apprise":
            raise ModuleNotFoundError(name)
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    told = small_workbook(tmp_path / "told", unattended='  notify: ["json://127.0.0.1:9"]\n')
    ended = run(told)
    assert ended.returncode == 2
    assert "pip install 'rorikt[notify]'" in ended.stderr
    assert run(small_workbook(tmp_path / "untold")).returncode == 0


def test_what_is_missing_is_told_in_the_reports_language(tmp_path):
    with http_sink() as (port, got):
        root = small_workbook(tmp_path, unattended=f'  notify: ["json://127.0.0.1:{port}"]\n')
        export(root, "cases.csv", CASES.format(day="20.08.2024"))
        assert run(root).returncode == 4
    (told,) = got
    assert told["message"].splitlines()[2:4] == [
        "Dette mangler, eller er for gammelt:",
        "– Data om kundeservice slutter 20. august 2024.",
    ]


def test_nobody_is_told_of_a_month_that_is_approved(tmp_path, monkeypatch):
    monkeypatch.setattr(unattended, "read_approved", lambda data, month: [month])
    with http_sink() as (port, got):
        assert run(small_workbook(tmp_path, unattended=f'  notify: ["json://127.0.0.1:{port}"]\n')).returncode == 0
    assert got == []


def test_the_doctor_says_whether_they_can_be_told(tmp_path, monkeypatch):
    monkeypatch.delenv("HOOK", raising=False)
    root = small_workbook(tmp_path, unattended='  notify: ["${HOOK}"]\n')
    assert "lacks  notification: " in rorikt("doctor", MONTH, "--workbook", root).stdout
    monkeypatch.setenv("HOOK", f"json://{SECRET}@example.no")
    said = rorikt("doctor", MONTH, "--workbook", root).stdout
    assert "ok     notification: 1 address\n" in said
    assert SECRET not in said


@pytest.mark.parametrize("code", languages())
def test_each_language_has_words_for_each_end_and_each_remark_that_is_told(code, tmp_path):
    told = set(Ended) - {*attempt.UNTOLD, Ended.UNCHANGED}
    with using(code):
        assert set(words.ENDED) == set(words.SHORT) == told
        titles = [words.title("Rapport", "2024-09", ended, 2) for ended in Ended if ended in told]
        bodies = [words.body(None, ended, [], None, None, False) for ended in Ended if ended in told]
    assert len(set(titles)) == len(set(bodies)) == len(told)
    assert not any("{" in text for text in [*titles, *bodies])


def test_a_secret_may_not_be_needed_to_read_the_settings(tmp_path):
    root = small_workbook(tmp_path, unattended='  notify: ["${NOBODY_SET_THIS}"]\n')
    assert open_folder(root).settings.unattended.notify == ["${NOBODY_SET_THIS}"]
