"""rorikt init: a workbook that loads, with folders that say what they expect; nothing is ever written over."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from command_line import refused, rorikt

from rorikt_lib.commands.init.expected import SOURCES
from rorikt_lib.config.folder import SHIPPED, open_folder
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.month.clean import clean_exports
from rorikt_lib.sources.read_file import FORMATS
from rorikt_lib.sources.reading.format import recognise

MUNICIPALITIES = ["Ås=410", "Nordre Follo=1200", "Vestby", "Enebakk kommune=300"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "Vår IKT på øya"


def start(place: Path, accounts: str = "kostra", name: str = "Øy-IKT: drift & #1") -> None:
    given = [part for each in MUNICIPALITIES for part in ("--municipality", each)]
    run = rorikt("init", place, "--name", name, *given, "--accounts", accounts)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("accounts", ["kostra", "kostra-class", "ns4102"])
def test_the_settings_load_and_say_what_was_answered(place, accounts):
    start(place, accounts)
    settings = open_folder(place).settings
    assert settings.organisation.name == "Øy-IKT: drift & #1"
    assert settings.municipality_names == ["Ås", "Nordre Follo", "Vestby", "Enebakk kommune"]
    assert [m.users for m in settings.municipalities] == [410, 1200, None, 300]
    assert settings.municipality_of["Ås kommune"] == "Ås"


@pytest.mark.parametrize(
    ("accounts", "rows"),
    [
        ("kostra", {"010": "Lønn", "19500": "Lisens, vedlikehold og support", "7500": "Inntekter", "2.9": None}),
        (
            "kostra-class",
            {"1010000": "Lønn", "1.240.10": "Lisens, vedlikehold og support", "1200": "Kjøp/leasing", "2410": None},
        ),
        ("ns4102", {"5000": "Lønn og personal", "30000": "Inntekter", "6705": "Konsulenter og andre tjenester",
                    "1500": None, "2400": None, "8800": None, "8050": "Finans"}),
    ],
)  # fmt: skip
def test_each_account_goes_to_its_line_and_balance_accounts_are_left_out(place, accounts, rows):
    start(place, accounts)
    lines = [f"{n};01.09.2026;202609;{account};100,00\n" for n, account in enumerate(rows)]
    (place / "data/raw/ledger/list.csv").write_text("Bilagsnr;Bilagsdato;Periode;Konto;Beløp\n" + "".join(lines))
    tables = clean_exports(open_folder(place), lambda step: None)
    found = dict(zip(tables["postings"].account, tables["postings"].line, strict=True))
    assert found == {account: line for account, line in rows.items() if line}


def test_the_ns4102_lines_claim_every_account_of_the_result(place):
    start(place, "ns4102")
    arts = open_folder(place).settings.ledger.expense_type_of_art()
    assert not [art for art in range(3000, 8800) if str(art) not in arts]


def test_each_readme_lists_headers_that_its_formats_know(place):
    start(place)
    told = {folder: (place / f"data/raw/{folder}/README.md").read_text(encoding="utf-8") for folder in SOURCES}
    for folder, source in SOURCES.items():
        lines = re.findall(r"^    (\S.*)$", told[folder], flags=re.MULTILINE)
        assert [recognise(line.split(";"), FORMATS).name for line in lines] == source.formats
    assert {name for source in SOURCES.values() for name in source.formats} == {form.name for form in FORMATS}


def test_the_page_of_exports_lists_each_format_with_its_headers():
    page = (SHIPPED / "docs" / "exports.md").read_text(encoding="utf-8")
    told = dict(zip(*[iter(re.split(r"^\*\*(\w+)\*\*$", page, flags=re.MULTILINE)[1:])] * 2, strict=True))
    listed = {
        name: {
            header
            for row in re.findall(r"^\| (.+?) \| (?:yes)? ?\|$", text, flags=re.MULTILINE)
            for header in row.split(" or ")
        }
        for name, text in told.items()
    }
    assert listed == {form.name: {*form.headers} for form in FORMATS}


def test_nothing_names_another_organisation(place):
    start(place)
    text = "".join(path.read_text(encoding="utf-8") for path in place.rglob("*") if path.is_file())
    theirs = [
        demo_settings().organisation.name,
        *demo_settings().municipality_names,
        *demo_settings().ledger.report_lines["investment"],
    ]
    assert not [name for name in theirs if name in text]


def test_what_is_there_is_never_written_over_and_nothing_is_half_written(place):
    place.mkdir()
    (place / ".gitignore").write_text("mine", encoding="utf-8")
    line = refused("init", place, "--name", "A", "--municipality", "B=1")
    assert f"{place / '.gitignore'}" in line
    assert [path.name for path in place.iterdir()] == [".gitignore"]
    (place / ".gitignore").unlink()
    start(place)
    assert "workbook.yml" in refused("init", place, "--name", "A", "--municipality", "B=1")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ([], "name and municipalities"),
        (["--name", "A", "--municipality", "Ås=mange"], "Ås=mange"),
        (["--name", "A", "--municipality", "Ås=0"], "Ås=0"),
        (["--name", "A", "--municipality", "Ås=1", "--municipality", "Ås=2"], "Ås is given twice"),
        (["--name", "A", "--municipality", "Ås=1", "--accounts", "din"], "kostra-class"),
    ],
)
def test_answers_that_make_no_sense_are_refused_with_an_example(place, given, named):
    assert named in refused("init", place, *given)
    assert not place.exists()


def test_git_keeps_the_notes_and_none_of_the_data(place):
    start(place)
    for path in ("data/raw/ledger/list.csv", "data/raw/list.csv", "data/clean/postings.parquet", "_site/index.html"):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).touch()
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    asked = ["git", "-c", "core.quotePath=false", "status", "--porcelain", "-uall"]
    seen = subprocess.run(asked, cwd=place, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    kept = {line[3:].strip('"') for line in seen.splitlines()}
    schemas = {path for path in kept if path.startswith(".rorikt/")}
    assert kept - schemas == {".gitignore", "workbook.yml", "content/README.md", "data/README.md"} | {
        f"data/raw/{folder}/README.md" for folder in SOURCES
    }
