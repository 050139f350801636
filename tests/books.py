"""Months that every chapter must be able to tell of: with nothing, with little, with a bit of everything."""

from __future__ import annotations

from functools import cache

import pandas as pd
from builders import (
    make_book,
    make_budget,
    make_devices,
    make_forecasts,
    make_postings,
    make_register,
    make_stock,
    make_tickets,
    make_usage,
)

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.ledger.costs import lines_of
from rorikt_lib.terms.period import last_months
from rorikt_lib.workbook import Workbook


def rich_cases() -> dict[str, pd.DataFrame]:
    """Cases of a month with a bit of everything, and of a month before it."""
    case = {"resolved_at": "2024-09-03 09:00"}
    cases = make_tickets(
        case, case, {"created_at": "2024-08-02 08:00"}, {"created_at": "2023-09-05 08:00"}, {"type": "request"},
        {"municipality": None, "category": None}, case | {"priority": "critical", "municipality": "Vestnes"},
        {"priority": "high", "municipality": None}, {"is_alert": True},
        {"created_at": "2024-08-05 08:00", "resolved_at": "2024-08-06 09:00"},
        {"created_at": "2024-07-05 08:00", "resolved_at": "2024-09-06 09:00"},
        case | {"priority": "high", "responded_at": "2024-09-02 08:30", "sla_met_source": True, "resolved_at_imputed": True},
    )  # fmt: skip
    return {"tickets": cases}


def rich_pcs() -> dict[str, pd.DataFrame]:
    """PCs, register and stock of such a month."""
    return {
        "devices": make_devices(
            {"purchased_on": "2015-01-01"}, {"purchased_on": "2019-05-05", "user_group": "pupil", "municipality": "Aukra"},
            {"os_build": "10.0.19045.1", "purchased_on": "2022-01-01"}, {"purchased_on": None, "os_build": None},
            {"serial_no": "left", "extracted_on": "2024-08-30", "last_seen_on": "2024-08-20", "purchased_on": "2016-01-01"},
        ),
        "device_register": make_register({"other_municipalities": "Rauma"}, {"serial_no": "never"}),
        "device_stock": make_stock({"in_stock": 3}),
    }  # fmt: skip


def rich() -> Workbook:
    """A month with a bit of everything, and with a month before it."""
    invested = {"kind": "investment", "line": "App-utvikling"}
    lines = lines_of("operating", demo_settings().ledger)
    return make_book(
        report=Report(cut_off=CutOff(tickets="2024-09-27T12:00", devices="2024-09-27")),
        postings=make_postings(
            {"amount_nok": 20_474_000.0}, {"amount_nok": -6_163_000.0, "line": "Inntekter"},
            invested | {"amount_nok": 1_382_000.0},
        ),
        budget_lines=make_budget({"amount_nok": 32_527_000.0}, invested | {"amount_nok": 885_000.0}),
        adopted_forecasts=make_forecasts(
            *({"line": line, "amount_nok": 4_000_000.0 * n} for n, line in enumerate(lines)),
            {"period": "2024-08", "line": "Konsulenter", "amount_nok": 1.0},
        ),
        **rich_cases(),
        **rich_pcs(),
        usage=make_usage(
            {"span": "month", "date": "2024-09-01", "views": 1234, "unique_users": 321, "unique_users_since_launch": 2345},
            {"span": "month", "date": "2024-08-01", "views": 1000, "unique_users": 321}, {"views": 40}, {"date": "2024-09-08", "views": 7},
            {"channel": "chatbot", "inquiries": 1}, {"channel": "chatbot", "inquiries": 3, "date": "2024-08-02"},
        ),
        sources=pd.DataFrame({
            "source_file": ["a.csv"], "format": ["portal"], "table": ["usage"], "sha256": ["0" * 64], "taken_on": [pd.NaT],
            "rows_read": [1], "rows_clean": [1], "rows_quarantined": [0], "rows_set_aside": [0],
        }),
    )  # fmt: skip


def sparse() -> Workbook:
    """A first month of the year with one case without place, one PC without dates and days without users."""
    return make_book(
        "2024-01",
        tickets=make_tickets({"created_at": "2024-01-03 08:00", "municipality": None, "category": None, "priority": "critical"}),
        devices=make_devices({"extracted_on": "2024-01-20", "last_seen_on": "2024-01-19", "purchased_on": None, "user_group": None, "os_build": None}),
        usage=make_usage({"date": "2024-01-03", "views": 1}),
        postings=make_postings({"period": "2024-01", "amount_nok": 300.0}),
    )  # fmt: skip


@cache
def history() -> Workbook:
    """A month with two years behind it: wages, a supplier that invoices monthly, and one with a yearly licence due."""
    months = last_months("2024-09", 33)
    licence = {"line": "Lisens, vedlikehold og support"}
    return make_book(
        postings=make_postings(
            *({"period": m, "amount_nok": 2_000_000.0 + 1000 * n} for n, m in enumerate(months)),
            *(licence | {"period": m, "amount_nok": 250_000.0, "supplier_id": "1", "supplier_name": "Drift AS"} for m in months),
            *(licence | {"period": m, "amount_nok": 3_000_000.0, "supplier_id": "2", "supplier_name": "Årlig AS"} for m in ("2022-11", "2023-11")),
        ),
        budget_lines=make_budget({"amount_nok": 25_000_000.0}, licence | {"amount_nok": 6_000_000.0}),
        adopted_forecasts=make_forecasts(
            licence | {"amount_nok": 4_000_000.0, "reason": "Avtaler er sagt opp"}, {"amount_nok": 25_000_000.0},
        ),
    )  # fmt: skip


BOOKS = {
    "nothing": make_book, "january": lambda: make_book("2024-01"), "sparse": sparse, "rich": rich, "history": history,
}  # fmt: skip
