"""Om tallene: what figures.csv says of old months is compared with what earlier reports published."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from builders import make_book, make_postings, make_tickets, make_usage
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.month.keep import record_snapshot
from rorikt_lib.report.records import records
from rorikt_lib.report.restated import ALL_RESTATED, RESTATED, desk_figures, now_whole, other_figures, summary
from rorikt_lib.report.show import table
from rorikt_lib.store.approved import keep
from rorikt_lib.store.manifest import Manifest, sums_of
from rorikt_lib.tickets.restated import OF_CASES
from rorikt_lib.workbook import Workbook

VERSION = "version: 2024-10-04\n"
CUT = "cut_off:\n  tickets: 2024-09-27T12:00\n"


def _written(root, text: str = VERSION + CUT, month: str = "2024-09") -> None:
    """What report.yml of a month says."""
    path = root / "content" / month / "report.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _published(root, month: str = "2024-09", cut_off: str | None = "2024-09-27T12:00", **given) -> None:
    """A month's report as it was published."""
    then = make_book(month, root=root, report=Report(cut_off=CutOff(tickets=cut_off)), **given)
    record_snapshot(then, pd.concat([desk_figures(then), other_figures(then)]))


def _october(root, *more: dict) -> Workbook:
    """October's report, with these cases besides one that was there when September's was published."""
    first = {"ticket_id": "1", "created_at": "2024-09-03 08:00"}
    _written(root)
    _published(root, tickets=make_tickets(first))
    return make_book("2024-10", root=root, tickets=make_tickets(first, *more))


@pytest.mark.deep
def test_numbers_that_only_the_rest_of_the_month_changed_are_listed_too_and_counted(tmp_path):
    book = _october(tmp_path, {"ticket_id": "2", "created_at": "2024-09-29 08:00"})
    assert "er årsaken bare at september 2024 ikke var over" in summary(book)
    assert "| september 2024 | Nye | I alt | 1 | 2 | +1 | \\+1 etter uttrekket |" in (
        table(RESTATED, book).text.replace("\u00a0", " ")
    )
    found = records(ALL_RESTATED, book).set_index(["figure", "member"]).value
    key = "2024-09|Nye|total|I alt"
    assert [found[f"restated.{name}", key] for name in ("published", "now", "change")] == [1, 2, 1]


@pytest.mark.deep
def test_a_number_that_is_shown_has_the_number_of_cases_of_each_cause_among_the_figures(tmp_path):
    late = {"ticket_id": "2", "created_at": "2024-09-05 08:00", "category": "Skriver"}
    book = _october(tmp_path, late, {"ticket_id": "3", "created_at": "2024-09-29 08:00"})
    assert "| september 2024 | Nye | I alt | 1 | 3 | +2 | \\+1 etter uttrekket, +1 registrert sent |" in (
        table(RESTATED, book).text.replace("\u00a0", " ")
    )
    made = records(RESTATED, book)
    causes = made[~made.figure.isin(["restated.published", "restated.now", "restated.change"])]
    of_total = causes[causes.member == "2024-09|Nye|total|I alt"]
    assert of_total[["figure", "value", "unit"]].to_numpy().tolist() == [
        ["restated.after_cut_off", 1, "cases"], ["restated.registered_late", 1, "cases"],
    ]  # fmt: skip


def test_without_earlier_reports_nothing_is_restated(tmp_path):
    book = make_book(root=tmp_path, tickets=make_tickets({}))
    assert summary(book) == "Ingen tall for tidligere måneder er endret siden de ble publisert."
    assert records(ALL_RESTATED, book).empty


def _approved(root, month: str = "2024-09") -> None:
    """The month's report is approved as it was last made."""
    now = dt.datetime.now(dt.UTC)
    site = root / "site"
    (site / month).mkdir(parents=True, exist_ok=True)
    (site / month / "index.html").write_text("x", encoding="utf-8")
    manifest = Manifest(
        period=month, revision=1, reason=None, approved_by="Styret", approved_on=now.date(), approved_at=now,
        rendered_at=now, renderer="embedded", workbook="1", published=sums_of(site), sources={},
    )  # fmt: skip
    keep(root / "data", manifest, site)


def _october_of(root, cases: list[dict]) -> Workbook:
    return make_book("2024-10", root=root, tickets=make_tickets(*cases))


@pytest.mark.deep
def test_a_draft_is_not_published_so_what_it_said_is_not_restated_once_reports_are_approved(tmp_path):
    cases = [{"ticket_id": "1", "created_at": "2024-09-03 08:00"}, {"ticket_id": "2", "created_at": "2024-09-05 08:00"}]
    assert summary(_october(tmp_path, cases[1])).startswith("7 tall for tidligere måneder er endret")
    _approved(tmp_path, "2024-08")
    assert summary(_october_of(tmp_path, cases)) == "Ingen tall for tidligere måneder er endret siden de ble publisert."
    _approved(tmp_path)
    assert summary(_october_of(tmp_path, cases)).startswith("7 tall for tidligere måneder er endret")


@pytest.mark.deep
def test_a_draft_between_does_not_hide_what_was_published_before_it(tmp_path):
    cases = [{"ticket_id": "1", "created_at": "2024-09-03 08:00"}, {"ticket_id": "2", "created_at": "2024-09-05 08:00"}]
    _written(tmp_path)
    _published(tmp_path, tickets=make_tickets(cases[0]))
    _approved(tmp_path)
    _published(tmp_path, "2024-10", None, tickets=make_tickets(*cases))
    found = ALL_RESTATED.frame(make_book("2024-11", root=tmp_path, tickets=make_tickets(*cases)))
    of_all = found[(found.figure == "tickets.created") & (found.by == "total")]
    assert of_all[["report", "published", "now"]].to_numpy().tolist() == [["2024-09", 1, 2]]


CASE = st.fixed_dictionaries(
    {
        "created_at": st.sampled_from(["2024-08-05 09:00", "2024-09-05 09:00", "2024-09-26 14:00", "2024-09-30 09:00"]),
        "priority": st.sampled_from(["medium", "high"]),
        "resolved_at": st.sampled_from([None, "2024-09-26 16:00", "2024-09-30 10:00", "2024-10-02 09:00"]),
        "channel": st.sampled_from(["Telefon", "E-post"]),
    }
)


@pytest.mark.deep
@given(before=st.lists(CASE, max_size=4), after=st.lists(CASE, max_size=4))
def test_the_table_lists_exactly_the_figures_that_are_shown_again_as_others(tmp_path_factory, before, after):
    root = tmp_path_factory.mktemp("book")
    _written(root)
    cases = [make_tickets({"ticket_id": "0"}, *before), make_tickets({"ticket_id": "0"}, *before, *after)]
    _published(root, tickets=cases[0])
    then = make_book(root=root, report=Report(cut_off=CutOff(tickets="2024-09-27T12:00")), tickets=cases[0])
    now = make_book("2024-10", root=root, tickets=cases[1])
    one, other = (_by_month(desk_figures(book)) for book in (then, now))
    shown = {key[:1] + key[2:3] + key[3:] for key in other}
    differs = {
        key
        for key in one.keys() | other.keys()
        if (key[0], key[2], key[3]) in {(k[0], k[2], k[3]) for k in one} & {(k[0], k[2], k[3]) for k in other}
        and round(one.get(key, 0), 9) != round(other.get(key, 0), 9)
    }
    assert shown or not other
    found = ALL_RESTATED.frame(now)
    counts = found[~found.unit.isin(["days", "hours", "percent"])]
    assert {*zip(counts.figure, counts.member, counts.by, counts.month, strict=True)} == {
        key
        for key in differs
        if not key[0].startswith(("resolution.m", "resolution.p", "resolution.o")) and "share" not in key[0]
    }


def _by_month(figures: pd.DataFrame) -> dict[tuple, float]:
    """(figure, member, what divides it, month) → value, of the months that a report and the next both tell of."""
    made = {}
    for row in figures[figures.figure.isin(OF_CASES)].itertuples():
        (by, *divided), (when, *member) = row.dimension.split("|"), row.member.split("|")
        if by == "month" or row.figure == "backlog.open":
            key = row.figure, (member or ["total"])[0], (divided or ["total"])[0], when[:7]
            made[key] = row.value
    return made


# The ledger and the use.


@given(
    st.lists(
        st.tuples(st.sampled_from(["2024-01", "2024-08", "2024-09", "2024-10"]), st.integers(-9000, 9000).map(float)),
        max_size=6,
    )
)
@pytest.mark.deep
def test_costs_so_far_are_listed_with_the_postings_since_and_by_how_much(tmp_path_factory, later):
    root = tmp_path_factory.mktemp("book")
    _written(root)
    first = [{"period": f"2024-{n:02d}", "amount_nok": 100.0 * n, "source_line": n} for n in range(1, 10)]
    _published(root, cut_off=None, postings=make_postings(*first))
    new = [{"period": p, "amount_nok": nok, "source_line": 50 + n} for n, (p, nok) in enumerate(later)]
    book = make_book(
        "2024-10", root=root, postings=make_postings(*first, {"period": "2024-10", "source_line": 99}, *new)
    )
    expected = {}
    for month in (f"2024-{n:02d}" for n in range(1, 10)):
        amounts = [nok for period, nok in later if period <= month]
        was = sum(row["amount_nok"] for row in first if row["period"] <= month)
        if abs(sum(amounts)) > 1e-9:
            expected[month] = (was, was + sum(amounts), len(amounts))
    found = ALL_RESTATED.frame(book)
    assert {r.month: (r.published, r.now, r.postings) for r in found.itertuples()} == expected
    assert set(found.figure) <= {"operating_costs.actual_so_far"}
    texts = RESTATED.frame(book).causes
    assert all(
        text == f"+{n} postering{'er' if n > 1 else ''}"
        for text, (_, _, n) in zip(texts, expected.values(), strict=True)
    )


@pytest.mark.deep
def test_use_that_the_source_gives_otherwise_is_listed(tmp_path):
    month = {"span": "month", "date": "2024-09-01"}
    _written(tmp_path)
    _published(tmp_path, cut_off=None, usage=make_usage(month | {"views": 100, "unique_users": 7}))
    more = {"span": "month", "date": "2024-10-01", "views": 5}
    book = make_book("2024-10", root=tmp_path, usage=make_usage(month | {"views": 120, "unique_users": 7}, more))
    shown = RESTATED.frame(book)
    assert shown[["figure", "published", "now", "causes"]].to_numpy().tolist() == [
        ["usage.views", 100, 120, "andre tall fra kilden"]
    ]


# A month that was counted before it ended is whole in the next report.


def test_the_next_report_says_that_the_month_is_whole_now(tmp_path):
    book = _october(tmp_path, {"ticket_id": "2", "created_at": "2024-09-29 08:00"})
    assert now_whole(book) == (
        "September er nå talt i sin helhet: 2 nye saker. "
        "Rapporten for september telte til 27. september 2024 kl. 12.00 og hadde 1."
    )


@pytest.mark.deep
def test_a_report_that_nobody_kept_is_told_by_what_its_report_yml_says(tmp_path):
    _written(tmp_path)
    cases = make_tickets({"created_at": "2024-09-03 08:00"}, {"created_at": "2024-09-29 08:00"})
    text = now_whole(make_book("2024-10", root=tmp_path, tickets=cases))
    assert text.startswith("September er nå talt i sin helhet: 2 nye saker. ")
    assert text.endswith("telte til 27. september 2024 kl. 12.00.")


@pytest.mark.deep
def test_a_month_whose_rest_nobody_delivered_is_not_called_whole(tmp_path):
    assert "fortsatt ikke levert" in now_whole(_october(tmp_path, {"ticket_id": "2", "created_at": "2024-10-02 08:00"}))


@pytest.mark.deep
def test_only_the_next_report_says_it(tmp_path):
    _october(tmp_path)
    _written(tmp_path, "status: Utkast\n", "2024-10")
    cases = make_tickets({"created_at": "2024-09-03 08:00"}, {"created_at": "2024-09-29 08:00"})
    assert now_whole(make_book("2024-11", root=tmp_path, tickets=cases)) is None
    assert now_whole(make_book("2024-10", root=tmp_path, tickets=cases)) is not None
