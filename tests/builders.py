"""Small clean tables for tests: name the columns that matter, the rest get harmless values.

Each has the columns and types of its schema. That they are valid, tests/test_builders.py says of each builder, and the
deep profile of every table that any test makes: validating takes ten times as long as making.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hypothesis
import pandas as pd

from rorikt_lib.config.folder import Folder
from rorikt_lib.config.month_file import Report
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.terms import schemas as tables
from rorikt_lib.terms.schemas import TIME_ZONE
from rorikt_lib.workbook import Workbook


def oslo(text: str) -> pd.Timestamp:
    """An instant from local time, `2024-09-02 08:00`."""
    return pd.Timestamp(text, tz=TIME_ZONE)


def make_tickets(*rows: dict[str, Any]) -> pd.DataFrame:
    """One case a row; times as local text or instants. By default a medium incident in Molde that is still open."""
    return _valid("tickets", rows, {
        "type": "incident", "priority": "medium", "category": "Nettverk", "municipality": "Molde",
        "channel": "Telefon", "status": "open", "created_at": "2024-09-02 08:00", "paused_minutes": 0.0,
        "is_alert": False, "resolved_at_imputed": False, "is_deleted": False,
    }, key="ticket_id")  # fmt: skip


def make_postings(*rows: dict[str, Any]) -> pd.DataFrame:
    """One ledger line a row. By default 100 NOK of wages in September 2024."""
    return _valid("postings", rows, {
        "period": "2024-09", "account": "0100", "amount_nok": 100.0, "kind": "operating", "line": "Lønn",
        "is_duplicate": False, "source_file": "ledger.csv", "source_line": 2,
    }, key="posting_id")  # fmt: skip


def make_budget(*rows: dict[str, Any]) -> pd.DataFrame:
    """One budget line a row. By default 1200 NOK of wages for the whole of 2024."""
    return _valid("budget_lines", rows, {
        "year": 2024, "version": "Vedtatt", "account": "0100", "amount_nok": 1200.0, "kind": "operating",
        "line": "Lønn",
    })  # fmt: skip


def make_forecasts(*rows: dict[str, Any]) -> pd.DataFrame:
    """One adopted forecast a row. By default 1100 NOK of wages, adopted in September 2024."""
    return _valid("adopted_forecasts", rows, {
        "period": "2024-09", "kind": "operating", "line": "Lønn", "amount_nok": 1100.0,
    })  # fmt: skip


def make_devices(*rows: dict[str, Any]) -> pd.DataFrame:
    """One PC and extract a row. By default a staff PC in Molde, bought in 2023 and seen in September 2024."""
    return _valid("devices", rows, {
        "extracted_on": "2024-09-27", "municipality": "Molde", "user_group": "staff", "purchased_on": "2023-06-01",
        "last_seen_on": "2024-09-20", "os_build": "10.0.22631.4169",
    }, key="serial_no")  # fmt: skip


def make_register(*rows: dict[str, Any]) -> pd.DataFrame:
    """One PC of the purchase registers a row. By default a staff PC in Molde, bought in 2023."""
    return _valid("device_register", rows, {
        "municipality": "Molde", "user_group": "staff", "purchased_on": "2023-06-01",
    }, key="serial_no")  # fmt: skip


def make_stock(*rows: dict[str, Any]) -> pd.DataFrame:
    """One count of stock a row. By default none for the staff of Molde in September 2024."""
    return _valid("device_stock", rows, {
        "date": "2024-09-15", "municipality": "Molde", "user_group": "staff", "in_stock": 0, "on_order": 0,
    })  # fmt: skip


def make_usage(*rows: dict[str, Any]) -> pd.DataFrame:
    """One day's (or month's) use a row. By default a day of the portal without figures."""
    return _valid("usage", rows, {"date": "2024-09-02", "span": "day", "channel": "portal"})


def _valid(table: str, rows: tuple[dict[str, Any], ...], defaults: dict[str, Any], key: str | None = None):
    dtypes = tables.empty(table).dtypes
    if unknown := {name for row in rows for name in row} - set(dtypes.index):
        raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
    numbered = [({key: f"{key}-{n}"} if key else {}) | defaults | row for n, row in enumerate(rows, start=1)]
    columns = {name: _column(dtype, [row.get(name) for row in numbered]) for name, dtype in dtypes.items()}
    frame = pd.DataFrame(columns)
    return tables.validate(table, frame) if hypothesis.settings.get_current_profile_name() == "deep" else frame


def _column(dtype: Any, values: list[Any]) -> pd.api.extensions.ExtensionArray:
    if isinstance(dtype, pd.DatetimeTZDtype):
        values = [oslo(value) if isinstance(value, str) else value for value in values]
    return pd.array(values, dtype=dtype)


def make_book(
    month: str = "2024-09", *, root: Path = Path("nowhere"), report: Report | None = None, **given: pd.DataFrame
):
    """The workbook of a month with these clean tables (see make_…); the others are empty. Touches no disk."""
    held = {name: tables.empty(name) for name in tables.CLEAN_TABLES} | given
    return Workbook(month, demo_settings(), Folder(root, root / "data"), report or Report(), held)
