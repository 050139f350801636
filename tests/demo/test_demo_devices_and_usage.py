from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

PUBLISHED = Path(__file__).parent.parent / "published"
LIFETIME = {"Ansatt": 5, "Elev": 4}


@pytest.fixture(scope="module")
def raw(demo_root) -> Path:
    return demo_root / "raw"


@pytest.fixture(scope="module")
def pcs(raw) -> pd.DataFrame:
    """The PCs of September's extract that were seen in September, with the year their lifetime ends."""
    seen = pd.read_csv(raw / "devices" / "intune_2024-09-27.csv", encoding="utf-8-sig", dtype=str)
    seen = seen[seen["Last check-in"].str.startswith("2024-09")].drop_duplicates("Serial number")
    register = pd.read_csv(raw / "devices" / "innkjopsregister.csv", sep=";", encoding="cp1252", dtype=str)
    joined = seen.merge(register, left_on="Serial number", right_on="Serienr", how="left")
    return joined.assign(ends=joined["Innkjøpt"].str[-4:].astype(float) + joined["Brukergruppe"].map(LIFETIME))


def test_each_cell_of_the_pc_table_is_the_published_one(raw, pcs):
    stock = pd.read_excel(raw / "devices" / "lager_og_bestilt.xlsx", engine="calamine")
    stock = stock[stock["Dato"] == "2024-09-27"].set_index(["Kommune", "Brukergruppe"])
    for row in pd.read_csv(PUBLISHED / "pc_rollover_2024-09-27.csv").query("municipality != 'SUM'").itertuples():
        here = pcs[(pcs["Kommune"] == row.municipality) & (pcs["Brukergruppe"] == row.user_group)]
        counted = stock.loc[(row.municipality, row.user_group)]
        assert (here.ends < 2024).sum() == row.expired_2023, row
        assert (here.ends == 2024).sum() == row.expires_2024, row
        assert tuple(counted[["På lager", "Bestilt ikke levert"]]) == (row.in_stock, row.ordered_not_delivered), row


def test_the_fleet_has_the_size_and_the_gaps_of_a_real_one(raw, pcs):
    group = pcs["Brukergruppe"].value_counts()
    assert 3_300 < group["Ansatt"] < 4_000
    assert 4_500 < group["Elev"] < 5_500
    assert 0 < pcs["Kommune"].isna().sum() < 150
    assert 0 < (pcs["Kommune"].notna() & pcs["Innkjøpt"].isna()).sum() < 150
    assert set(pcs["OS version"].str[:10]) == {"10.0.19045", "10.0.22631", "10.0.26100"}
    everything = pd.read_csv(raw / "devices" / "intune_2024-09-27.csv", encoding="utf-8-sig", dtype=str)
    assert everything["Serial number"].duplicated().sum() == 1
    assert (everything["Last check-in"] < "2024-08").sum() > 100


@pytest.mark.parametrize(("month", "views", "unique"), [("2024-09", 1961, 375), ("2024-10", 3020, 676)])
def test_the_portal_s_days_add_up_to_the_month_s_views_but_not_to_its_unique_users(raw, month, views, unique):
    months = pd.read_csv(raw / "usage" / "kompetanseportalen_maaneder_2024.csv", sep=";", encoding="cp1252")
    row = months[months["Måned"] == month].iloc[0]
    days = pd.read_csv(raw / "usage" / "kompetanseportalen_dager_2024.csv", sep=";")
    days = days[days["Dato"].str[3:] == f"{month[5:]}.{month[:4]}"]
    assert row["Visninger"] == days["Visninger"].sum() == views
    assert row["Unike brukere"] == unique < days["Unike brukere"].sum()
    assert (days["Unike brukere"] <= days["Visninger"]).all()


def test_unique_users_since_launch_never_fall_and_reach_the_published_number(raw):
    months = pd.read_csv(raw / "usage" / "kompetanseportalen_maaneder_2024.csv", sep=";", encoding="cp1252")
    since = months.set_index("Måned")["Unike brukere siden lansering"]
    assert since["2024-10"] == 1585
    gained = since.diff().dropna()
    assert (gained >= 0).all()
    assert (gained.to_numpy() <= months["Unike brukere"].to_numpy()[1:]).all()


def test_the_chatbot_had_56_inquiries_in_september(raw):
    days = pd.read_csv(raw / "usage" / "chatbot_2024.csv", encoding="utf-8-sig")
    assert days[days["Dato"].str.endswith("09.2024")]["Henvendelser"].sum() == 56
