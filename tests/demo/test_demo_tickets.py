from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from raw_tickets import desk_minutes, tickets

PUBLISHED = Path(__file__).parent.parent / "published"
EXTRACT = pd.Timestamp("2024-09-27 12:00")
ALERTS = "Sikkerhetsovervåkning"
PRIORITY = {"Normal": "Medium"}
# Days of 7.5 hours for the lower priorities, hours for the upper: unit and target in minutes.
UNIT = {"Lav": 450, "Medium": 450, "Høy": 60, "Kritisk": 60}
TARGET = {"Lav": 5 * 450, "Medium": 3 * 450, "Høy": 4 * 60, "Kritisk": 2 * 60}


@pytest.fixture(scope="module")
def cases(demo_root) -> pd.DataFrame:
    return tickets(demo_root / "raw" / "tickets").replace({"priority": PRIORITY})


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    return pd.read_csv(PUBLISHED / "service_counts.csv")


def count_of(counts: pd.DataFrame, period: str, metric: str) -> int:
    return counts[(counts.period == period) & (counts.metric == metric)].value.item()


@pytest.mark.parametrize(
    ("instant", "incidents", "requests"),
    [("2024-01-31 23:59:59", 140, 455), ("2024-09-27 12:00", 113, 325), ("2024-10-31 23:59:59", 80, 255)],
)
def test_as_many_people_s_cases_are_open_at_the_instant_as_published(cases, instant, incidents, requests):
    at = pd.Timestamp(instant)
    is_open = (cases.created <= at) & ~(cases.solved <= at) & (cases.source != ALERTS)
    assert cases[is_open].kind.value_counts().to_dict() == {"Feil": incidents, "Tjenesteforespørsel": requests}


@pytest.mark.parametrize(("month", "end"), [("2024-09", EXTRACT), ("2024-10", pd.Timestamp("2024-11-01"))])
def test_as_many_cases_and_alerts_are_created_as_published(cases, counts, month, end):
    created = cases[cases.created.between(pd.Timestamp(f"{month}-01"), end)]
    assert (created.source != ALERTS).sum() == count_of(counts, month, "created")
    assert (created.source == ALERTS).sum() == count_of(counts, month, "soc_alerts")


def test_the_categories_of_september_are_the_published_ones_up_to_the_extract(cases, counts):
    created = cases[cases.created.between(pd.Timestamp("2024-09-01"), EXTRACT) & (cases.source != ALERTS)]
    found = created.category.value_counts()
    listed = counts[counts.metric.str.startswith("created_category:")]
    expected = listed.set_index(listed.metric.str.split(":").str[1]).value
    assert found[expected.index].to_dict() == expected.to_dict()
    assert len(found) > len(expected) + 4


def test_sla_and_mean_resolution_time_are_the_published_ones_on_a_clock_of_its_own(cases):
    incidents = cases[(cases.kind == "Feil") & (cases.source != ALERTS)]
    rows = incidents[incidents.solved.between(pd.Timestamp("2024-07-01"), EXTRACT)]
    taken = [desk_minutes(c, s) - w for c, s, w in zip(rows.created, rows.solved, rows.waited, strict=True)]
    taken = pd.Series(taken, index=rows.index)
    keys = [rows.solved.dt.strftime("%Y-%m"), rows.priority]
    within = (taken <= rows.priority.map(TARGET)).groupby(keys).agg(["sum", "size"])
    mean = (taken / rows.priority.map(UNIT)).groupby(keys).mean()
    table = pd.read_csv(PUBLISHED / "sla_compliance.csv").set_index(["month", "priority"])
    times = pd.read_csv(PUBLISHED / "resolution_time.csv").set_index(["month", "priority"])["mean"]
    for key, row in table.iterrows():
        kept, all_cases = within.loc[key] if key in within.index else (0, 0)
        assert (kept, all_cases - kept) == (row.within_sla, row.breached), key
        assert round(mean.get(key, 0.0) + 1e-9, 1) == times[key], key


def test_the_second_critical_case_of_the_27th_comes_after_the_extract(cases):
    critical = cases[(cases.priority == "Kritisk") & (cases.created.dt.strftime("%Y-%m") == "2024-09")]
    assert len(critical) == 2
    assert (critical.created > EXTRACT).sum() == 1


def test_july_is_the_quiet_month_and_others_have_a_thousand_cases_or_more(cases):
    people = cases[cases.source != ALERTS]
    created = people.groupby(people.created.dt.strftime("%Y-%m")).size()
    assert len(created) == 36
    assert created.between(850, 1500).all()
    for year in ("2022", "2023", "2024"):
        in_year = created[created.index.str.startswith(year)]
        assert in_year[f"{year}-07"] < in_year.median()


def test_some_closed_cases_lack_a_resolved_time(cases):
    share = (cases.resolved.isna() & cases.closed.notna()).mean()
    assert 0.01 < share < 0.03
