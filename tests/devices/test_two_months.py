"""What was in last month's report is computed from last month's PCs, stock and cut-off."""

from __future__ import annotations

from builders import make_book, make_devices, make_stock

from rorikt_lib.report.pc_changes import pc_coverage


def expired(serial: str, *months: str) -> list[dict]:
    """A staff PC in Molde whose lifetime is long out, in the extract of each month."""
    pc = {"serial_no": serial, "purchased_on": "2015-03-01"}
    return [pc | {"extracted_on": f"2024-{m}-27", "last_seen_on": f"2024-{m}-20"} for m in months]


def test_last_months_need_is_of_last_months_pcs_and_stock():
    pcs = [*expired("a", "08", "09"), *expired("b", "08", "09"), *expired("c", "09")]
    stock = [{"date": "2024-08-15", "in_stock": 1}, {"date": "2024-09-15", "in_stock": 0}]
    table = pc_coverage(make_book(devices=make_devices(*pcs), device_stock=make_stock(*stock)))
    row = table.set_index(["municipality", "user_group"]).loc[("Molde", "staff")]
    assert row[["due", "available", "to_order_before", "to_order"]].tolist() == [3, 0, 1, 3]
