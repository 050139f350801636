"""From last month's forecast to this one: what changed, line by line."""

import pandas as pd

from rorikt_lib.terms.enums import Reading


def adopted_bridge(
    adopted_forecasts: pd.DataFrame, kind: str, month: str, previous: str, lines: list[str]
) -> pd.DataFrame:
    """One row per line whose adopted forecast changed, came or went since the month before.

    Columns: previous_nok, forecast_nok, change_nok and the reason given now. No rows where the month before had no
    adopted forecasts at all, nor in January: December's are of another year.
    """
    is_counted = (adopted_forecasts.kind == kind) & adopted_forecasts.period.str.startswith(month[:4])
    rows = adopted_forecasts[is_counted].set_index("line")
    now, before = (rows[rows.period == p].reindex(lines) for p in (month, previous))
    bridge = pd.DataFrame({"previous_nok": before.amount_nok, "forecast_nok": now.amount_nok})
    bridge = bridge.assign(change_nok=now.amount_nok - before.amount_nok, reason=now.reason)
    changed = (bridge.change_nok.fillna(0) != 0) | (bridge.previous_nok.isna() != bridge.forecast_nok.isna())
    is_known = before.amount_nok.notna().any() and now.amount_nok.notna().any()
    return bridge[changed & is_known].rename_axis("line").reset_index()


def model_bridge(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """One row per line: previous_nok + booked_apart_nok + commitments_nok + outlook_nok = model_nok.

    before, now: see year_end.forecast_rows, of two months in a row of one year. booked_apart_nok: booked in the month,
    above what the month before expected of it. commitments_nok: expected invoices that are new, or gone, apart from
    those due in the month; only where both months read the line by them. outlook_nok: how the view of the months left
    has otherwise changed. No rows where either month has no model.
    """
    then, new = (frame.set_index("line") for frame in (before, now))
    booked = new.booked_nok - then.booked_nok - then.next_month_nok
    invoices = new.committed_nok - (then.committed_nok - then.committed_next_nok)
    by_invoices = (then.reading == Reading.COMMITMENTS) & (new.reading == Reading.COMMITMENTS)
    table = pd.DataFrame({"previous_nok": then.model_nok, "booked_apart_nok": booked}).reindex(new.index)
    table["commitments_nok"] = invoices.where(by_invoices, 0.0)
    table["outlook_nok"] = new.model_nok - table.previous_nok - table.booked_apart_nok - table.commitments_nok
    table["model_nok"] = new.model_nok
    return table.dropna().reset_index()
