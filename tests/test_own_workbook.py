"""A workbook of another service, from `rorikt init` to site and PDF: its own facts, and no word of anyone else's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from command_line import rorikt
from pypdf import PdfReader

from rorikt_lib.commands.new.form import form_rows
from rorikt_lib.config.folder import Folder, open_folder
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.report.figures import collect
from rorikt_lib.workbook import open_month

pytestmark = pytest.mark.deep

MONTH = "2026-03"
NAME = "Fjordtun IKT"
PLACES = {"Åsheim": 410, "Nordre Vik": 1200, "Fjordtun": 95}
# Told by `rorikt init`, and changed by whoever keeps the workbook.
CHANGED = {
    "report_title: Økonomi- og aktivitetsrapport": "report_title: Driftsrapport for IT",
    "low: {resolution: 5, unit: days, clock: service}": "low: {resolution: 9, unit: days, clock: service}",
    "medium: {resolution: 3, unit: days, clock: service}": "medium: {resolution: 17, unit: hours, clock: service}",
    "high: {resolution: 4, unit: hours, clock: service, first_response_minutes: 60}":
        "high: {resolution: 7, unit: hours, clock: calendar, first_response_minutes: 45}",
    "critical: {resolution: 2, unit: hours, clock: calendar, first_response_minutes: 15}":
        "critical: {resolution: 1, unit: hours, clock: calendar, first_response_minutes: 10}",
    'service_hours: {opens: "08:00", closes: "15:30"}': 'service_hours: {opens: "07:00", closes: "17:00"}',
    'closed_days: ["12-24", "12-31"]': 'closed_days: ["05-16"]',
    "lifetime_years: {staff: 5, pupil: 4}\n": "lifetime_years: {staff: 6, pupil: 3}\n",
    "portal: Portalen": "portal: Innsiden",
}  # fmt: skip
MAPPINGS = """
mappings:
  desk:
    table: tickets
    columns:
      {ticket_id: Number, created_at: Opened, resolved_at: Resolved, priority: Priority, status: State, municipality: Company,
       type: Kind, category: Category, channel: Contact type}
    values:
      type: {Incident: incident, Request: request}
      priority: {"1 - Critical": critical, "2 - High": high, "3 - Moderate": medium, "4 - Low": low}
      status: {Closed: closed, New: open}
    date_format: "%m/%d/%Y %I:%M %p"
"""
# The facts of the settings that `rorikt init` wrote, and that were changed.
OLD_FACTS = ["08.00", "15.30", "fem dager", "tre dager", "24. desember", "fem år for ansatte", "Portalen"]


def exports() -> dict[str, str]:
    """Name → text of each export: five small files."""
    months = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)][:15]
    ledger = ["Bilagsnr;Bilagsdato;Periode;Konto;Beløp"]
    for n, month in enumerate(months):
        for account, nok in {"5000": 100_000 + 250 * n, "6540": 30_000, "6900": 12_500, "3400": -20_000}.items():
            ledger.append(f"{n}{account};15.{month[5:]}.{month[:4]};{month.replace('-', '')};{account};{nok},00")
    budget = ["År;Versjon;Konto;Beløp"]
    for account, nok in {"5000": 1_250_000, "6540": 360_000, "6900": 150_000, "3400": -240_000}.items():
        budget += [f"{year};Vedtatt;{account};{nok},00" for year in (2025, 2026)]
    cases = ["Number,Kind,Priority,State,Opened,Resolved,Company,Category,Contact type"]
    kinds = [
        ("Incident", "3 - Moderate"),
        ("Request", "4 - Low"),
        ("Incident", "2 - High"),
        ("Incident", "1 - Critical"),
    ]
    for n in range(60):
        (kind, priority), place = kinds[n % 4], [*PLACES][n % 3]
        day = f"{1 + n % 3:02d}/{1 + n % 28:02d}/2026"
        cases.append(f"INC{n:04d},{kind},{priority},Closed,{day} 09:00 AM,{day} 01:30 PM,{place},Printer,Phone")
    pcs = ["Device name,Last check-in,OS version,Serial number,Manufacturer,Model"]
    register = ["Serienr;Kommune;Brukergruppe;Innkjøpt"]
    for n in range(9):
        pcs.append(f"PC-{n},2026-03-{10 + n} 08:00:00,10.0.22631.4169,SN-{n:04d},Acme,Book {n % 2}")
        register.append(f"SN-{n:04d};{[*PLACES][n % 3]};{'Elev' if n % 2 else 'Ansatt'};15.08.{2019 + n % 5}")
    texts = {
        "ledger/hovedbok.csv": ledger, "budget/budsjett.csv": budget, "tickets/export.csv": cases,
        "devices/pcs_2026-03-28.csv": pcs, "devices/innkjop.csv": register,
    }  # fmt: skip
    return {name: "\n".join(lines) + "\n" for name, lines in texts.items()}


@pytest.fixture(scope="module")
def own(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Folder:
    """The workbook, begun outside the repository in a folder whose name has a space and ø, and its report made."""

    def make(folder: Path) -> None:
        root = folder / "vår bok på øya"
        given = [part for place, users in PLACES.items() for part in ("--municipality", f"{place}={users}")]
        begun = rorikt("init", root, "--name", NAME, *given, "--accounts", "ns4102")
        assert begun.returncode == 0, begun.stderr
        settings = (root / "workbook.yml").read_text("utf-8")
        for was, now in CHANGED.items():
            assert settings.count(was) == 1, was
            settings = settings.replace(was, now)
        (root / "workbook.yml").write_text(settings + MAPPINGS, "utf-8")
        for name, text in exports().items():
            (root / "data/raw" / name).write_text(text, "utf-8")
        made = rorikt("report", "--workbook", root, "--renderer", "embedded")
        assert made.returncode == 0, made.stderr

    return open_folder(made_once("own", make) / "vår bok på øya")


def said(own: Folder) -> dict[str, str]:
    """Path → text of all that is published and kept, and its own name."""
    told = {}
    for file in (path for path in own.root.rglob("*") if path.is_file()):
        name = str(file.relative_to(own.root))
        # What the exports say, and the library's own schemas, are nothing that it says of itself.
        if {"raw", ".rorikt"} & {*file.parts} or file.suffix in {".parquet", ".woff2", ".ttf", ".png"}:
            continue
        if file.suffix == ".pdf":
            pdf = PdfReader(file)
            told[name] = " ".join([*(page.extract_text() for page in pdf.pages), str(pdf.metadata)])
        else:
            told[name] = file.read_text("utf-8", errors="replace")
    return told


def test_it_reports_its_newest_month_with_every_chapter_that_it_has_exports_of(own):
    page = (own.site / MONTH / "index.html").read_text("utf-8")
    assert [month.name for month in own.site.glob("2*")] == [MONTH]
    assert (own.site / MONTH / f"driftsrapport-for-it-{MONTH}.pdf").exists()
    for word in (*PLACES, NAME, "Driftsrapport for IT", "Lønn og personal", "Rullering av PC-er"):
        assert word in page, word


def test_no_word_of_the_demo_or_its_organisation_is_in_what_it_makes(own):
    demo = demo_settings()
    theirs = [
        demo.organisation.name, *demo.municipality_names, *demo.ledger.report_lines["investment"], demo.usage.portal,
        *(group.name for group in demo.devices.model_classes), "Demodata", "oppdiktet", demo.organisation.report_title,
    ]  # fmt: skip
    found = {name: [word for word in theirs if word in f"{name} {text}"] for name, text in said(own).items()}
    assert found
    assert not {name: words for name, words in found.items() if words}


def test_its_deadlines_hours_and_lifetimes_are_told_and_those_of_before_are_not(own):
    page = (own.site / MONTH / "index.html").read_text("utf-8").replace("\u00a0", " ")
    for word in ("07.00 til 17.00", "17 timer for medium", "ni dager for lav", "16. mai", "seks år for ansatte"):
        assert word in page, word
    assert not [word for word in OLD_FACTS if word in page]


def test_its_figures_are_those_of_its_exports(own):
    figures = pd.read_csv(own.site / MONTH / "figures.csv").set_index(["figure", "member"]).value
    assert figures["operating_costs.actual", "Lønn og personal"] == sum(100_000 + 250 * n for n in (12, 13, 14))
    assert figures["operating_costs.actual", "SUM"] == sum(100_000 + 250 * n for n in (12, 13, 14)) + 3 * 22_500
    assert figures["operating_costs.budget", "Inntekter"] == -240_000
    assert figures["tickets.created", MONTH] == len(re.findall(r",03/\d\d/2026 09", exports()["tickets/export.csv"]))


def test_its_forecast_form_has_its_lines_and_nothing_else(own):
    book = open_month(MONTH, own)
    rows = form_rows(book)
    assert rows.line.tolist() == [*own.settings.ledger.expense_types]
    assert set(rows.kind) == {"operating"}


@pytest.mark.deep
def test_a_workbook_of_the_version_before_gives_the_same_figures(demo, demo_figures, tmp_path):
    text = (Path(__file__).parent / "config" / "workbook_0_1_0.yml").read_text("utf-8")
    # Which clock pauses are on could not be said: the changelog says that it is to be said where it is the desk's.
    text = text.replace("  service_hours:", "  paused_clock: service\n  service_hours:")
    (tmp_path / "workbook.yml").write_text(text, "utf-8")
    shutil.copytree(demo.root / "content", tmp_path / "content")
    (tmp_path / "content" / "definisjoner.md").write_text("Avvik\n:   Slik den eldre boken sier det.\n", "utf-8")
    figures = demo_figures("2024-09")
    # Nobody could say then what share is promised.
    known = figures[figures.figure != "rules.share_within_target"].reset_index(drop=True)
    pd.testing.assert_frame_equal(collect(open_month("2024-09", Folder(tmp_path, demo.data))), known)


def test_two_workbooks_in_one_process_give_their_own_figures(own, demo, monkeypatch):
    ours, theirs = open_month(MONTH, own), open_month("2024-09", demo)
    told = [book.table("postings").amount_nok.sum() for book in (ours, theirs, ours)]
    assert told[0] == told[2] != told[1]
    assert ours.settings.municipality_names == [*PLACES]
    assert theirs.settings == demo_settings()
    monkeypatch.setenv("RORIKT_DATA", str(demo.data))
    assert open_folder(own.root).data == own.data, "the environment's data are of the environment's workbook"
    assert open_month(MONTH, own).month == open_month(workbook=own).month == MONTH
