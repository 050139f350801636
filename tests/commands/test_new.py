"""rorikt new: a month begun, with drafts that say what the figures say; and the form of the forecast, there and back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml
from command_line import refused, refused_last, rorikt

from rorikt_lib.commands.new.begin import files as begin_files
from rorikt_lib.config.folder import SETTINGS, Folder, open_folder
from rorikt_lib.config.month_file import Incident, Report, read_report
from rorikt_lib.publish.order import read_order
from rorikt_lib.report.narrative import read_narrative, written_text
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.terms.language import REFERENCE, use
from rorikt_lib.workbook import open_month

MONTH = "2024-11"

# A month is begun on a copy of the demo.
pytestmark = pytest.mark.deep


@pytest.fixture(scope="module")
def begun(demo: Folder, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A copy of the demo, with a month begun that it has nothing written of."""
    root = tmp_path_factory.mktemp("arbeidsbok på øya") / "egen bok"
    shutil.copytree(demo.root, root)
    run = rorikt("new", MONTH, "--workbook", root)
    assert run.returncode == 0, run.stderr
    return open_folder(root)


def form(folder: Folder) -> pd.DataFrame:
    return pd.read_excel(folder.data / "forms" / f"prognose-{MONTH}.xlsx", header=3, engine="calamine")


def test_each_text_of_the_order_and_of_the_chapters_has_a_file(begun):
    order = read_order(begun.own_or_shipped("_quarto.yml"))
    expected = {*order.narratives, "drift-forklaringer", "investering-forklaringer"}
    made = {path.name for path in (begun.content / MONTH).iterdir()}
    assert made == {f"{name}.md" for name in expected} | {"report.yml", "hendelser.yml", "CHECKLIST.md"}


@pytest.mark.deep
def test_the_drafts_say_what_the_figures_say_and_the_rest_counts_as_unwritten(begun, demo_figures):
    written = {path.stem: written_text(path) for path in (begun.content / MONTH).glob("*.md")}
    drafts = {name for name, text in written.items() if text} - {"CHECKLIST"}
    assert drafts == {"kundeservice", "portal-og-innbyggerdialog", "investering-forklaringer"}
    file = begun.content / MONTH / "kundeservice.md"
    text = read_narrative(file, demo_figures(MONTH))
    assert '[1\u202f245]{figure="tickets.created|month|2024-11"}' in file.read_text(encoding="utf-8")
    assert "Det kom inn 1\u202f245 saker i november 2024" in text
    assert "<!--" not in text
    for name in drafts:
        assert read_narrative(file.with_stem(name), demo_figures(MONTH))


def test_last_months_headings_are_noted(begun):
    assert "**Konsulenter.**" in (begun.content / MONTH / "drift-forklaringer.md").read_text(encoding="utf-8")


def test_report_yml_is_a_draft_and_each_key_that_it_explains_is_one(begun):
    assert read_report(MONTH, begun.content) == Report()
    text = (begun.content / MONTH / "report.yml").read_text(encoding="utf-8")
    keys = [
        line.removeprefix("# ")
        for line in text.splitlines()
        if not line.startswith("# ") or ": " in line or line.endswith(":")
    ]
    example = "\n".join(
        line for line in keys if line.split(":")[0].strip() in {*Report.model_fields, "tickets", "devices"}
    )
    filled = Report(**yaml.safe_load(example))
    assert filled.cut_off.tickets
    assert filled.cut_off.devices
    assert filled.pages
    assert filled.version
    assert not {"status", "approved_on", "approved_by"} & yaml.safe_load(example).keys()


def test_the_serious_cases_stand_in_hendelser_yml_as_the_report_reads_them(begun):
    text = (begun.content / MONTH / "hendelser.yml").read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") for line in text.splitlines()[2:]]
    cases = [Incident(**case) for case in yaml.safe_load("\n".join(lines))]
    serious = open_month(MONTH, begun).table("tickets")
    month = serious.created_at.dt.strftime("%Y-%m") == MONTH
    expected = serious[month & serious.priority.isin(["high", "critical"]) & (serious.type == "incident")]
    assert len(cases) == len(expected[~expected.is_alert & ~expected.is_deleted])
    assert {case.priority for case in cases} <= {"Høy", "Kritisk"}


def test_the_texts_are_begun_in_the_workbooks_language(begun):
    book = replace(open_month(MONTH, begun), _made={})
    nynorsk = replace(book, settings=book.settings.model_copy(update={"language": "nn"}))
    use(REFERENCE)
    told = begin_files(nynorsk, None)
    assert "Det kom inn" in told["kundeservice.md"]
    assert "ein auke" in told["kundeservice.md"] or "ein nedgang" in told["kundeservice.md"]
    assert "Informasjonstryggleik, november 2024." in told["informasjonssikkerhet.md"]


def test_a_month_is_begun_once(begun):
    before = {path: path.read_bytes() for path in begun.root.rglob("*") if path.is_file() and "clean" not in path.parts}
    assert str(begun.content / MONTH) in refused("new", MONTH, "--workbook", begun.root)
    shutil.move(begun.content / MONTH, begun.root / "aside")
    try:
        assert f"prognose-{MONTH}.xlsx" in refused("new", MONTH, "--workbook", begun.root)
        assert not (begun.content / MONTH).exists()
    finally:
        shutil.move(begun.root / "aside", begun.content / MONTH)
    assert before == {path: path.read_bytes() for path in before}


def test_a_month_that_the_exports_do_not_reach_is_not_begun(begun):
    assert "2025-02" in refused_last("new", "2025-02", "--workbook", begun.root)
    assert not (begun.content / "2025-02").exists()
    assert not list((begun.data / "forms").glob("*2025*"))


@pytest.mark.deep
def test_the_form_has_a_row_for_each_line_and_project_with_what_is_known(begun, demo_figures):
    rows, ledger = form(begun), begun.settings.ledger
    assert rows.Linje.tolist() == [*ledger.report_lines["operating"], *ledger.report_lines["investment"]]
    assert rows["Ny prognose"].isna().all()
    figures = demo_figures(MONTH)
    of_line = figures[figures.dimension == "expense_type"].set_index(["figure", "member"]).value
    known = {"Bokført hittil": "actual", "Årsbudsjett": "budget", "Modell": "model_forecast",
             "Modell, lavt": "model_low", "Modell, høyt": "model_high"}  # fmt: skip
    for header, name in known.items():
        for line, value in zip(rows.Linje, rows[header], strict=True):
            if line in ledger.expense_types:
                assert value == pytest.approx(of_line[f"operating_costs.{name}", line], abs=0.5)
    assert rows["Vedtatt for"].dropna().unique().tolist() == ["2024-10"]


def test_what_is_typed_into_the_form_is_the_adopted_forecast_and_empty_lines_have_none(begun, tmp_path):
    typed = {
        "Lønn": (29_750_000, "To stillinger er besatt"),
        "Inntekter": (-7_300_000.5, None),
        "Grunnmur del 3": (0, "Flyttet"),
    }
    rows = form(begun).astype(object)
    for line, (amount, reason) in typed.items():
        rows.loc[rows.Linje == line, ["Ny prognose", "Begrunnelse"]] = [amount, reason]
    (tmp_path / "raw").mkdir()
    titled = pd.read_excel(begun.data / "forms" / f"prognose-{MONTH}.xlsx", header=None, nrows=2, engine="calamine")
    with pd.ExcelWriter(tmp_path / "raw" / "prognose.xlsx", engine="xlsxwriter") as book:
        titled.iloc[:, :1].to_excel(book, sheet_name="S", header=False, index=False)
        rows.to_excel(book, sheet_name="S", startrow=3, index=False)
    tables = clean_raw(tmp_path / "raw", begun.settings)
    adopted = tables["adopted_forecasts"].set_index("line")
    assert adopted.amount_nok.to_dict() == {line: amount for line, (amount, _) in typed.items()}
    assert adopted.reason["Lønn"] == "To stillinger er besatt"
    assert set(adopted.period) == {MONTH}
    assert adopted.kind.to_dict() == {"Lønn": "operating", "Inntekter": "operating", "Grunnmur del 3": "investment"}
    found = tables["findings"].set_index("finding")["count"]
    assert found["not_adopted"] == len(rows) - len(typed)
    assert tables["quarantine"].empty


@pytest.mark.deep
def test_a_workbook_without_a_ledger_gets_no_form(begun, tmp_path: Path):
    shutil.copy(begun.root / SETTINGS, tmp_path)
    shutil.copytree(begun.data / "raw" / "tickets", tmp_path / "data" / "raw" / "tickets")
    run = rorikt("new", MONTH, "--workbook", tmp_path)
    assert run.returncode == 0, run.stderr
    assert not (tmp_path / "data" / "forms").exists()
    assert written_text(tmp_path / "content" / MONTH / "kundeservice.md")
    assert not written_text(tmp_path / "content" / MONTH / "drift-forklaringer.md")


def test_notes_are_no_text(tmp_path):
    file = tmp_path / "tekst.md"
    file.write_text("<!-- en\nto -->\n", encoding="utf-8")
    assert read_narrative(file, pd.DataFrame()) is None
    file.write_text("Før <!-- skjult\n<b> --> etter\n", encoding="utf-8")
    assert read_narrative(file, pd.DataFrame()) == "Før etter"
