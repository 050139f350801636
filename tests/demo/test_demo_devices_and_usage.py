from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from rorikt_lib.demo.data import PC_ROLLOVER
from rorikt_lib.demo.devices import course

PUBLISHED = Path(__file__).parent.parent / "published"
LIFETIME = {"Ansatt": 5, "Elev": 4}
EXTRACTS = ["2024-08-30", "2024-09-27", "2024-10-31", "2024-11-29", "2024-12-30"]


def lifetime(row: pd.Series) -> float:
    """Years, with one more for the staff's desktops; missing where the register does not know the PC."""
    return LIFETIME.get(row["Brukergruppe"], float("nan")) + (
        row["Model"].startswith("Stasjon") and row["Brukergruppe"] == "Ansatt"
    )


@pytest.fixture(scope="module")
def raw(demo_root) -> Path:
    return demo_root / "raw"


@pytest.fixture(scope="module")
def pcs(raw) -> pd.DataFrame:
    """The PCs of September's extract that were seen in September, with the year their lifetime ends."""
    seen = pd.read_csv(raw / "devices" / "intune_2024-09-27.csv", encoding="utf-8-sig", dtype=str)
    seen = seen[seen["Last check-in"].str.startswith("2024-09")].drop_duplicates("Serial number")
    joined = seen.merge(
        _register(raw).drop_duplicates("Serienr"), left_on="Serial number", right_on="Serienr", how="left"
    )
    return joined.assign(ends=joined["Innkjøpt"].str[-4:].astype(float) + joined.apply(lifetime, axis=1))


def _register(raw) -> pd.DataFrame:
    lists = [raw / "devices" / f"{name}.csv" for name in ("innkjopsregister", "innkjop_2024-12")]
    return pd.concat([pd.read_csv(path, sep=";", encoding="cp1252", dtype=str) for path in lists], ignore_index=True)


def _export(raw, day: str) -> pd.DataFrame:
    return pd.read_csv(raw / "devices" / f"intune_{day}.csv", encoding="utf-8-sig", dtype=str)


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
    everything = _export(raw, "2024-09-27")
    assert everything["Serial number"].duplicated().sum() == 1
    assert (everything["Last check-in"] < "2024-08").sum() > 100


def test_the_builds_are_of_several_ages_and_the_newest_is_not_there_before_it_came(raw):
    builds = {day: set(_export(raw, day)["OS version"].str[:10].dropna()) for day in EXTRACTS}
    assert {"10.0.17763", "10.0.19044", "10.0.19045", "10.0.22000", "10.0.22621", "10.0.22631"} <= builds["2024-09-27"]
    assert [day for day in EXTRACTS if "10.0.26100" in builds[day]] == ["2024-10-31", "2024-11-29", "2024-12-30"]


def test_each_month_some_pcs_leave_the_export_and_new_ones_come_that_are_bought_by_then(raw):
    bought = pd.to_datetime(
        _register(raw).drop_duplicates("Serienr").set_index("Serienr")["Innkjøpt"], format="%d.%m.%Y", errors="coerce"
    )
    for before, now in pairwise(EXTRACTS):
        old, new = (set(_export(raw, day)["Serial number"]) for day in (before, now))
        assert len(old - new) > 20
        assert len(new - old) > 20
        assert (bought[[*(new - old)]].dropna() <= now).all()


def test_the_register_has_pcs_on_two_lists_and_pcs_that_are_in_no_export_but_none_of_the_published_table(raw, pcs):
    register = _register(raw)
    twice = register[register["Serienr"].duplicated(keep=False)]
    assert twice.groupby("Serienr")["Kommune"].nunique().gt(1).sum() >= 2
    assert not set(twice["Serienr"]) & set(pcs["Serial number"][pcs.ends <= 2024])
    ever = set().union(*(_export(raw, day)["Serial number"] for day in EXTRACTS))
    assert len(set(register["Serienr"]) - ever) > 5


@pytest.mark.parametrize("counts", PC_ROLLOVER.values())
def test_stock_adds_up_from_extract_to_extract_and_september_s_is_the_published(counts):
    _, _, stock, order = counts
    there = course(*counts)
    assert (there.in_stock[1], there.on_order[1]) == (stock, order)
    assert min(*there.in_stock, *there.on_order, *there.swapped) >= 0
    # Nothing is ordered between August and September, nor after October: what lies, comes and goes stays the same.
    held = [a + b for a, b in zip(there.in_stock, there.on_order, strict=True)]
    assert held[0] - there.swapped[1] == held[1]
    for place in (3, 4):
        assert held[place - 1] - there.swapped[place] == held[place]


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
    lists = [raw / "usage" / f"kompetanseportalen_maaneder_{name}.csv" for name in ("2024", "2024-12")]
    months = pd.concat([pd.read_csv(path, sep=";", encoding="cp1252") for path in lists])
    assert months["Måned"].tolist() == [f"2024-{month:02d}" for month in range(4, 13)]
    since = months.set_index("Måned")["Unike brukere siden lansering"]
    assert since["2024-10"] == 1585
    gained = since.diff().dropna()
    assert (gained >= 0).all()
    assert (gained.to_numpy() <= months["Unike brukere"].to_numpy()[1:]).all()


def test_the_chatbot_had_56_inquiries_in_september(raw):
    days = pd.read_csv(raw / "usage" / "chatbot_2024.csv", encoding="utf-8-sig")
    assert days[days["Dato"].str.endswith("09.2024")]["Henvendelser"].sum() == 56
