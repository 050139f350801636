"""A part of a month is not a month: September counted to the 27th at noon is compared with as much of other months."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from builders import make_book, make_devices, make_tickets, make_usage

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.report import backlog, pc_changes, service_desk, service_level, usage
from rorikt_lib.report.part_month import compared_points
from rorikt_lib.report.show import chart, table
from rorikt_lib.workbook import open_month

CUT = Report(cut_off=CutOff(tickets="2024-09-27T12:00"))


def _cases():
    """Of each month one case in the days that September is counted over, and two after them; one of 2023."""
    created = ["2024-08-05 09:00", "2024-08-28 13:00", "2024-08-30 09:00", "2024-09-05 09:00", "2024-09-27 11:00"]
    after = ["2024-09-27 13:00", "2024-09-30 09:00"]
    more = [{"created_at": "2023-09-29 09:00"}, {"created_at": "2023-09-04 09:00"}]
    return make_tickets(*({"created_at": t, "resolved_at": t} for t in [*created, *after]), *more)


def test_created_cases_are_compared_over_the_same_working_days_and_the_sentence_says_so():
    text = service_desk.created_summary(make_book(report=CUT, tickets=_cases()))
    assert text.startswith(
        "Det kom inn 2 saker i september 2024 til den 27. kl. 12.00, en økning på 1 (100,0\u00a0%) fra de samme "
        "virkedagene i august og en økning på 1 (100,0\u00a0%) fra de samme virkedagene i september 2023."
    )
    whole = service_desk.created_summary(make_book(tickets=_cases()))
    assert whole.startswith(
        "Det kom inn 4 saker i september 2024, en økning på 1 (33,3\u00a0%) fra august og en økning på 2 (100,0\u00a0%) "
        "fra september 2023."
    )


@pytest.mark.parametrize("shown", [service_desk.CATEGORIES, service_desk.CHANNELS, service_desk.MUNICIPALITIES])
def test_the_columns_of_change_are_of_the_same_working_days_and_the_caption_says_so(shown):
    part, whole = (make_book(report=report, tickets=_cases()) for report in (CUT, Report()))
    changes = [shown.frame(book)[["change_month", "change_year"]].sum().tolist() for book in (part, whole)]
    assert changes == [[1, 1], [1, 2]]
    assert "Endringer til og fra en slik måned gjelder de samme virkedagene." in table(shown, part).text
    assert "virkedagene" not in table(shown, whole).text


def test_the_share_in_time_is_compared_over_the_same_working_days():
    late = {"created_at": "2024-08-01 09:00", "resolved_at": "2024-08-29 09:00"}
    cases = pd.concat([_cases(), make_tickets(late | {"ticket_id": "late"})])
    part, whole = (service_level.sla_summary(make_book(report=r, tickets=cases)) for r in (CUT, Report()))
    assert "mot 100,0\u00a0% i de samme virkedagene i august" in part
    assert "mot 75,0\u00a0% i august" in whole


def test_open_cases_are_compared_with_a_day_that_is_named():
    assert " fra 31. august 2024" in backlog.cases_summary(make_book(report=CUT, tickets=_cases()))
    assert " fra august" in backlog.cases_summary(make_book(tickets=_cases()))


def test_a_month_without_the_same_days_is_not_compared_with_and_the_sentence_says_so():
    cases = make_tickets({"created_at": "2024-09-02 09:00"}, {"created_at": "2024-10-02 09:00"})
    book = make_book("2024-10", report=Report(cut_off=CutOff(tickets="2024-10-31T12:00")), tickets=cases)
    text = service_desk.created_summary(book)
    assert "Det er ikke sammenlignet med september, som ikke har like mange virkedager." in text
    assert "fra de samme" not in text
    assert service_desk.CATEGORIES.frame(book).change_month.isna().all()


def test_exports_that_stop_before_the_month_ends_make_it_a_part_though_nobody_said_so():
    days = pd.date_range("2024-08-01", "2024-09-20", freq="D")
    cases = make_tickets(*({"created_at": f"{day:%Y-%m-%d} 09:00"} for day in days))
    book = make_book(tickets=cases)
    assert compared_points(book).until.tolist()[-1] == pd.Timestamp("2024-09-20 09:00", tz="Europe/Oslo")
    few = make_book(tickets=make_tickets({"created_at": "2024-08-01 09:00"}, {"created_at": "2024-09-20 09:00"}))
    assert compared_points(few).empty


@pytest.mark.parametrize("drawn", [backlog.CASE_CHART, service_level.SLA_CHART, service_desk.CATEGORY_CHART])
def test_charts_mark_the_part_of_a_month(drawn):
    part, whole = (chart(drawn, make_book(report=report, tickets=_cases())) for report in (CUT, Report()))
    assert "til 27." in part.forms["image/svg+xml"]
    assert "er talt til den 27. kl. 12.00" in part.metadata["rorikt"]["caption"]
    assert "til 27." not in whole.forms["image/svg+xml"]
    assert "talt til" not in whole.metadata["rorikt"]["caption"]


def test_the_chart_of_categories_has_the_same_days_of_the_months_beside_it():
    book = make_book(report=CUT, tickets=_cases())
    frame = service_desk.CATEGORIES_SAME_DAYS.frame(book)
    assert dict(zip(frame.month, frame.created, strict=True)) == {"2023-09": 1, "2024-08": 1, "2024-09": 2}
    assert service_desk.CATEGORIES_SAME_DAYS.frame(make_book(tickets=_cases())).empty


# Use of the portal and the chatbot.


def _days(channel: str, column: str, first: str, last: str, each: int) -> list[dict]:
    days = pd.date_range(first, last)
    return [{"date": f"{day:%Y-%m-%d}", "channel": channel, column: each} for day in days]


def test_a_part_of_a_month_of_use_is_compared_over_the_same_working_days():
    rows = _days("chatbot", "inquiries", "2024-08-01", "2024-08-31", 1)
    rows += _days("chatbot", "inquiries", "2024-09-01", "2024-09-26", 2)
    book = make_book(usage=make_usage(*rows))
    # To the 19th working day: 26 days of September, 27 of August.
    assert usage.chatbot_summary(book) == (
        "Chatboten fikk 52 henvendelser i september 2024 til og med den 26., en økning på 25 (92,6\u00a0%) fra de samme "
        "virkedagene i august."
    )
    assert usage.CHATBOT.frame(book).inquiries_change.iloc[-1] == 25
    assert "til 26." in chart(usage.CHATBOT_CHART, book).forms["image/svg+xml"]


def test_a_whole_month_of_use_is_not_compared_with_a_part_of_the_month_before():
    rows = _days("portal", "views", "2024-08-01", "2024-08-27", 1)
    rows += _days("portal", "views", "2024-09-01", "2024-09-30", 2)
    text = usage.portal_summary(make_book(usage=make_usage(*rows)))
    # The 27th of August is its 19th working day, as the 26th of September is.
    assert "60 visninger i september 2024, en økning på 25 (92,6\u00a0%) fra de samme virkedagene i august." in text


def test_a_part_without_days_is_not_compared_and_unique_users_never_are():
    months = [
        {"span": "month", "date": f"2024-{m}-01", "views": v, "unique_users": v} for m, v in (("08", 90), ("09", 70))
    ]
    book = make_book(report=Report(cut_off=CutOff(usage="2024-09-20")), usage=make_usage(*months))
    text = usage.portal_summary(book)
    assert "70 visninger i september 2024 til og med den 20., uten sammenligning med august" in text
    assert "70 unike brukere var innom, som ikke kan sammenlignes over de samme virkedagene." in text
    assert usage.PORTAL.frame(book)[["views_change", "unique_users_change"]].iloc[-1].isna().all()


def test_days_given_only_where_there_was_use_are_no_part_of_a_month():
    rows = [{"date": f"2024-{m}", "channel": "chatbot", "inquiries": 2} for m in ("08-30", "09-03", "09-20")]
    assert "en økning på 2 (100,0\u00a0%) fra august." in usage.chatbot_summary(make_book(usage=make_usage(*rows)))


# PCs.


def _pcs(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """PCs bought on a day, of an extract, last seen on a day."""
    return make_devices(*({"purchased_on": b, "extracted_on": e, "last_seen_on": s} for b, e, s in rows))


def test_januarys_need_is_compared_with_decembers_by_the_same_year():
    # Bought in 2020, a staff PC is due in 2025: in December's own report it was not.
    rows = [("2020-03-01", "2024-12-31", "2024-12-20"), ("2019-03-01", "2024-12-31", "2024-12-20")]
    rows += [(bought, "2025-01-31", "2025-01-20") for bought in ("2020-03-01", "2019-03-01")]
    book = make_book("2025-01", devices=_pcs(*rows))
    assert pc_changes.COVERAGE.frame(book).to_order_before.iloc[-1] == 2
    text = pc_changes.coverage_summary(book)
    assert "2 PC-er må bestilles, uendret fra desember, regnet av det som er utgått eller utgår i 2025." in text
    assert pc_changes.COVERAGE.frame(make_book("2024-12", devices=_pcs(*rows))).to_order.iloc[-1] == 1


def test_pcs_of_an_extract_taken_early_are_compared_with_those_seen_in_as_many_working_days():
    # To the 6th of September there are five working days; the five up to the 30th of August begin on the 26th.
    old = "2015-01-01"
    before = [(old, "2024-08-30", seen) for seen in ("2024-08-25", "2024-08-26", "2024-08-30")]
    book = make_book(devices=_pcs(*before, (old, "2024-09-06", "2024-09-03")))
    assert pc_changes.COVERAGE.frame(book).to_order_before.iloc[-1] == 2
    assert "talt over like mange virkedager før uttrekket" in pc_changes.CHANGES.captioned(book)
    whole = make_book(devices=_pcs(*before, (old, "2024-09-30", "2024-09-03")))
    assert pc_changes.COVERAGE.frame(whole).to_order_before.iloc[-1] == 3


@pytest.mark.deep
def test_the_demos_september_compares_its_1245_cases_with_as_many_working_days(demo):
    book = open_month("2024-09", demo)
    created = book.table("tickets").query("not is_alert and not is_deleted").created_at.dt.tz_localize(None)
    to_point = {
        "2024-09": created.between("2024-09-01", "2024-09-27 12:00").sum(),
        "2024-08": created.between("2024-08-01", "2024-08-28 12:00").sum(),
        "2023-09": created.between("2023-09-01", "2023-09-28 12:00").sum(),
    }
    assert service_desk.CREATED_SAME_DAYS.frame(book).set_index("month").created.to_dict() == to_point
    assert to_point["2024-09"] == 1245
    whole = service_desk.CREATED.frame(replace(book, report=Report(), _made={})).set_index("month").created
    assert (whole["2024-09"], whole["2024-09"] - whole["2024-08"]) == (1290, -23)
