from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lxml import etree
from raw_ledger import ledger, line_of, saft_lines, saft_root

PUBLISHED = Path(__file__).parent.parent / "published"


@pytest.fixture(scope="module")
def lines(demo_root) -> pd.DataFrame:
    return ledger(demo_root / "raw" / "ledger").assign(line=lambda d: d.account.map(line_of))


@pytest.mark.parametrize(
    ("as_of", "first", "last"), [("2023-12-31", "202301", "202313"), ("2024-10-01", "202401", "202409")]
)
def test_a_plain_sum_of_the_raw_operating_lines_gives_the_published_thousands(lines, as_of, first, last):
    rows = lines[lines.period.between(first, last) & lines.project.isna()]
    thousands = (rows.groupby("line").amount_nok.sum() / 1000).round().astype(int)
    published = pd.read_csv(PUBLISHED / "operating_costs.csv").query("as_of == @as_of").set_index("expense_type")
    assert thousands.to_dict() == published.actual.drop("SUM").to_dict()
    assert round(rows.amount_nok.sum() / 1000) == published.actual["SUM"]


@pytest.mark.parametrize(
    ("as_of", "first", "last"), [("2023-12-31", "202301", "202313"), ("2024-10-01", "202401", "202409")]
)
def test_a_plain_sum_of_the_raw_project_lines_gives_the_published_thousands(lines, settings, as_of, first, last):
    names = {p.code: p.name for p in settings.ledger.projects}
    rows = lines[lines.period.between(first, last) & lines.project.notna()]
    thousands = (rows.groupby(rows.project.map(names)).amount_nok.sum() / 1000).round().astype(int)
    published = pd.read_csv(PUBLISHED / "investment_costs.csv").query("as_of == @as_of").set_index("project")
    booked = published.actual.drop("SUM")
    assert thousands.to_dict() == booked[booked != 0].to_dict()


def test_the_overspend_of_2023_is_the_settlements_to_the_ore(lines):
    rows = lines[lines.period.between("202301", "202313") & lines.project.isna()]
    assert round(rows.amount_nok.sum() - 83_866_000, 2) == 1_937_782.94


def test_what_2024_leaves_of_the_investment_budget_is_what_budget_2025_is_published_to_carry_over(lines, demo_root):
    spent = lines[lines.period.between("202401", "202413") & lines.project.notna()].amount_nok.sum()
    budget = pd.read_csv(demo_root / "raw" / "budget" / "budsjett_2024.csv", sep=";", dtype=str)
    frame = budget[budget["Prosjekt"].notna()]["Beløp"].str.replace(" ", "").str.replace(",", ".").astype(float).sum()
    published = pd.read_csv(PUBLISHED / "investment_distribution_2025.csv").set_index("municipality")
    assert round((frame - spent) / 1.25, 2) == -published.underspend_2024["SUM"] == 2_720_000


@pytest.mark.parametrize("year", [2023, 2024])
def test_closing_entries_matter(lines, year):
    closing = lines[lines.period == f"{year}13"].groupby("line").amount_nok.sum()
    assert (closing.abs() > 30_000).sum() >= 5


def test_licences_of_october_and_november_exceed_what_the_forecast_of_september_had_left(lines):
    licences = lines[(lines.line == "Lisens, vedlikehold og support") & lines.project.isna()]
    booked = licences[licences.period.between("202410", "202411")].amount_nok.sum()
    assert booked > 54_648_000 - licences[licences.period.between("202401", "202409")].amount_nok.sum() + 500_000


def test_every_month_has_some_hundred_lines(lines):
    count = lines[~lines.period.str.endswith("13")].groupby("period").size()
    assert len(count) == 36
    assert count.between(250, 600).all()


@pytest.mark.parametrize("name", ["saft_2022.xml", "saft_2024-11.zip"])
def test_saft_files_balance_voucher_by_voucher_and_keep_their_control_totals(demo_root, name):
    root = saft_root(demo_root / "raw" / "ledger" / name)
    rows = saft_lines(root)
    assert (rows.groupby("voucher").amount_nok.sum().abs() < 0.005).all()
    entries = root.find("{*}GeneralLedgerEntries")
    assert int(entries.findtext("{*}NumberOfEntries")) == rows.voucher.nunique()
    debit = rows.amount_nok.clip(lower=0).sum()
    assert float(entries.findtext("{*}TotalDebit")) == pytest.approx(debit, abs=0.005)
    assert float(entries.findtext("{*}TotalCredit")) == pytest.approx(debit, abs=0.005)


@pytest.mark.parametrize(("name", "version"), [("saft_2022.xml", "1.10"), ("saft_2024-11.zip", "1.30")])
def test_saft_files_are_valid_against_the_published_schemas(demo_root, shared, name, version):
    schema = etree.XMLSchema(etree.parse(next(shared.rglob(f"*Financial_Schema_v_{version}.xsd"))))
    schema.assertValid(saft_root(demo_root / "raw" / "ledger" / name))


def test_adopted_forecasts_stay_under_budget_in_august_and_september_and_go_over_in_october(demo_root):
    lists = [pd.read_csv(p, sep=";", dtype=str) for p in (demo_root / "raw" / "forecasts").glob("*.csv")]
    rows = pd.concat(lists).query("Type == 'drift'")
    amount = pd.to_numeric(rows["Beløp"].str.replace(" ", "").str.replace(",", "."))
    left = 89_477_000 - amount.groupby(rows["Periode"]).sum()
    assert left.loc[["2024-08", "2024-09"]].between(1_900_000, 1_950_000).all()
    assert -250_000 < left["2024-10"] < -150_000
