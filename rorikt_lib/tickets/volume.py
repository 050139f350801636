"""How many cases: created by category and municipality, the months' flow, and those that are open."""

from itertools import pairwise

import numpy as np
import pandas as pd

from rorikt_lib.config.organisation import Municipality
from rorikt_lib.terms.enums import UNKNOWN, TicketType
from rorikt_lib.terms.period import first_day, quarter_of, shift
from rorikt_lib.terms.schemas import TIME_ZONE
from rorikt_lib.tickets.cases import month_of, months_with_cases, people
from rorikt_lib.tickets.clock import MINUTES_PER_CALENDAR_DAY, calendar_minutes
from rorikt_lib.tickets.masking import hidden_counts, hidden_rows

AGE_BANDS_DAYS = [0, 7, 30, 90, 365]
AGE_BANDS = [*(f"{a}-{b}" for a, b in pairwise(AGE_BANDS_DAYS)), f"{AGE_BANDS_DAYS[-1]}-"]
OLD_DAYS = 90
TOTAL = "total"


def created_by_month(cases: pd.DataFrame, months: list[str]) -> pd.DataFrame:
    """One row per month: people's cases created, and alerts from security monitoring apart."""
    month = month_of(cases.created_at)
    count = pd.crosstab(month, cases.is_alert).reindex(index=months, columns=[False, True], fill_value=0)
    return pd.DataFrame({"month": months, "created": count[False].to_numpy(), "alerts": count[True].to_numpy()})


def created_by(cases: pd.DataFrame, column: str, months: list[str], below: int | None = None) -> pd.DataFrame:
    """One row per value of `column` (most in the last month first) and month: people's cases created.

    A case without a value counts as `unknown`, so that the counts add up to all cases. below: counts that are hidden
    are missing, see masking.
    """
    rows = people(cases[["created_at", "is_alert", column]])
    count = pd.crosstab(rows[column].fillna(UNKNOWN), month_of(rows.created_at)).reindex(columns=months, fill_value=0)
    count = count[count.sum(axis=1) > 0]
    count = count.sort_values(months[::-1], ascending=False, kind="stable").rename_axis(index=column, columns="month")
    shown = count.mask(hidden_counts(count, below)) if below else count
    return shown.stack().rename("created").reset_index()


def created_per_category(
    cases: pd.DataFrame, month: str, municipalities: list[Municipality], below: int | None = None
) -> pd.DataFrame:
    """One row per category with cases in the month or in those it is compared with, most first; see `_compared`.

    per_100_users: of all the municipalities' users together.
    """
    count = _counts_compared(cases, "category", month)
    users = sum(m.users or np.nan for m in municipalities if m.shares_in(month))
    return _compared(count, pd.Series(users, index=count.index), below)


def created_per_municipality(
    cases: pd.DataFrame,
    month: str,
    municipalities: list[Municipality],
    has_unmapped: bool = False,
    below: int | None = None,
) -> pd.DataFrame:
    """One row per municipality in the settings' order, cases of no such place as unknown; see `_compared`.

    One that shares the service no more has a row while it has cases in the months compared; one that has joined since
    is not compared with months before it did. has_unmapped: cases have names of municipalities that the
    settings do not have; then one that no case was ever of is unknown, not 0. per_100_users: its own.
    """
    known = {m.name: m for m in municipalities}
    place = cases.municipality.where(cases.municipality.isin(list(known)))
    count = _counts_compared(cases.assign(municipality=place), "municipality", month)
    shown = [name for name, m in known.items() if m.shares_in(month) or name in count.index]
    count = count.reindex([*shown, *([UNKNOWN] if UNKNOWN in count.index else [])])
    is_known_month = count.columns.isin(months_with_cases(cases, [*count.columns]))
    count = count.mask(count.isna() & is_known_month, 0)
    for name in count.index.intersection([m.name for m in municipalities if m.joined]):
        early = count.columns < known[name].joined
        count.loc[name, early] = count.loc[name, early].replace(0, np.nan)
    if has_unmapped:
        count.loc[count.index.difference([*place.unique(), UNKNOWN])] = np.nan
    return _compared(count, pd.Series({name: m.users for name, m in known.items()}, dtype=float), below)


def created_per_channel(cases: pd.DataFrame, month: str, below: int | None = None) -> pd.DataFrame:
    """One row per channel (e-mail, portal, phone, in person) with cases as in created_per_category; see `_compared`.

    Alerts from security monitoring, which no one sends, are left out. month: the month counted.
    """
    compared = _compared(_counts_compared(cases, "channel", month), pd.Series(dtype=float), below)
    return compared.drop(columns="per_100_users").assign(month=month)


def _counts_compared(cases: pd.DataFrame, column: str, month: str) -> pd.DataFrame:
    """Cases created per value of `column` in the same month last year, the month before and the month (columns)."""
    compared = [shift(month, -12), shift(month, -1), month]
    created = created_by(cases, column, months_with_cases(cases, compared))
    order = created[column].unique()
    return created.pivot(index=column, columns="month", values="created").reindex(index=order, columns=compared)


def _compared(count: pd.DataFrame, users: pd.Series, below: int | None = None) -> pd.DataFrame:
    """created, share (of the month's), change_year and change_month (cases more than then), per_100_users.

    Missing: the share of a month without cases, a change from a month before the first case, what has no users, and
    what is hidden (see masking), which the column hidden says where there is a limit.
    """
    last_year, before, now = (count[month].astype(float) for month in count.columns)
    was_hidden, hid_before, hidden = (each for _, each in hidden_counts(count, below).items())
    table = pd.DataFrame(
        {
            "created": now,
            "share": now / now.sum(),
            "change_month": now - before,
            "change_year": now - last_year,
            "per_100_users": 100 * now / users.reindex(count.index),
        }
    )
    table = table.mask(hidden)
    changes = {"change_month": table.change_month.mask(hid_before), "change_year": table.change_year.mask(was_hidden)}
    told = {"hidden": hidden} if below else {}
    return table.assign(**changes, **told).rename_axis(count.index.name).reset_index()


def flow(
    cases: pd.DataFrame, months: list[str], cut_off: pd.Timestamp, earlier: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per month and type: created, resolved, net_inflow (created less resolved), open at its end, and its date.

    The last month ends at the cut-off. Open: created by then, and not resolved by then. early_out, early_in: cases
    resolved before they were created, which are never open, by the month they were resolved in, and created in.
    reopened: cases opened again after a solution that counts (`earlier`, see reopened.earlier_solutions), which is
    resolved once more and open again from then; missing where there are none.
    """
    columns = ["created_at", "resolved_at", "is_alert", "type"]
    rows = people(cases[columns])
    again = rows.head(0).assign(reopened_at=rows.created_at) if earlier is None else people(earlier)
    solved = pd.concat([rows, again[columns]]) if len(again) else rows
    early = rows[rows.resolved_at < rows.created_at]
    ends = [min(month_end(month), cut_off) for month in months]
    index = pd.MultiIndex.from_product([months, [*TicketType]], names=["month", "type"])
    table = pd.DataFrame({"date": [end.date() for end in ends for _ in TicketType]}, index)
    table["open"] = np.transpose([_open_at(ends, rows[rows.type == kind]) for kind in TicketType]).ravel()
    lay_solved = [_lay_solved(ends, again[again.type == kind]) for kind in TicketType]
    table["open"] -= np.transpose(lay_solved).ravel()
    for name, of, at in (
        ("created", rows, "created_at"),
        ("resolved", solved, "resolved_at"),
        ("early_in", early, "created_at"),
        ("early_out", early, "resolved_at"),
    ):
        table[name] = of.groupby([month_of(of[at]), "type"]).size().reindex(index, fill_value=0)
    reopened = again.groupby([month_of(again.reopened_at), "type"]).size().reindex(index, fill_value=0)
    table = table.assign(net_inflow=table.created - table.resolved, reopened=reopened if len(again) else np.nan)
    return table.reset_index()


def all_types(flow: pd.DataFrame) -> pd.DataFrame:
    """One row per month of `flow`: both types together; total: TOTAL."""
    counts = ["created", "resolved", "open", "net_inflow"]
    return flow.groupby(["month", "date"], as_index=False)[counts].sum().assign(total=TOTAL)


def by_quarter(months: pd.DataFrame) -> pd.DataFrame:
    """`all_types` of months of one year, by quarter: created, resolved, net_inflow; open at its end, and that date."""
    by = months.sort_values("month").groupby(months.month.map(quarter_of).rename("quarter"))
    counts = by[["created", "resolved", "net_inflow"]].sum()
    return counts.join(by[["open", "date"]].last()).reset_index()


def imputed_by_month(cases: pd.DataFrame, months: list[str]) -> pd.DataFrame:
    """One row per month: people's cases resolved, and those of them whose resolved time is that of their closing."""
    rows = people(cases[["resolved_at", "resolved_at_imputed", "is_alert"]])
    by = rows.resolved_at_imputed.groupby(month_of(rows.resolved_at))
    table = pd.DataFrame({"resolved": by.size(), "imputed": by.sum()})
    return table.reindex(months, fill_value=0).astype(int).rename_axis("month").reset_index()


def open_by_age(cases: pd.DataFrame, cut_off: pd.Timestamp) -> pd.DataFrame:
    """One row per age band (calendar days since created) and type: cases open at the cut-off."""
    rows = people(cases[["created_at", "resolved_at", "is_alert", "type"]])
    rows = rows[~(rows.resolved_at <= cut_off)]
    days = calendar_minutes(rows.created_at, pd.Series(cut_off, index=rows.index)) / MINUTES_PER_CALENDAR_DAY
    band = pd.cut(days, [*AGE_BANDS_DAYS, float("inf")], labels=AGE_BANDS, include_lowest=True)
    count = pd.crosstab(band, rows.type).reindex(index=AGE_BANDS, columns=[*TicketType], fill_value=0)
    return count.rename_axis(index="age_days", columns="type").stack().rename("open").reset_index()


def old_cases(ages: pd.DataFrame) -> pd.DataFrame:
    """One row per type of `open_by_age`, and one of both (type missing, total: TOTAL): open, open_old and old_share.

    open_old: those created more than OLD_DAYS ago. old_share: their part, missing where nothing is open.
    """
    is_old = ages.age_days.str.split("-").str[0].astype(int) >= OLD_DAYS
    counts = ages.assign(open_old=ages.open.where(is_old, 0)).groupby("type")[["open", "open_old"]].sum()
    both = counts.sum().to_frame().T.assign(total=TOTAL)
    table = pd.concat([counts.reset_index(), both], ignore_index=True)
    return table.assign(old_share=(table.open_old / table.open).where(table.open > 0))


def open_by_municipality(cases: pd.DataFrame, cut_off: pd.Timestamp, below: int | None = None) -> pd.DataFrame:
    """One row per municipality with cases open at the cut-off (without one: unknown), most first.

    open_incidents and open_requests, which add up to open; open_old: those created more than OLD_DAYS ago. below: rows
    that are hidden have none of these and stand last, see masking.
    """
    rows = people(cases[["created_at", "resolved_at", "is_alert", "type", "municipality"]])
    rows = rows[~(rows.resolved_at <= cut_off)]
    by = rows.municipality.fillna(UNKNOWN)
    count = pd.crosstab(by, rows.type).reindex(columns=[*TicketType], fill_value=0)
    table = count.set_axis(["open_incidents", "open_requests"], axis=1).assign(open=count.sum(axis=1))
    table["open_old"] = (rows.created_at < cut_off - pd.Timedelta(days=OLD_DAYS)).groupby(by).sum()
    table = table.rename_axis("municipality").sort_values("open", ascending=False, kind="stable")
    hidden = hidden_rows(table, below)
    if hidden.any():
        table = pd.concat([table[~hidden], table[hidden].sort_index().mask(hidden)])
    return table.reset_index()


def month_end(month: str) -> pd.Timestamp:
    """The last microsecond of a month, local time."""
    return pd.Timestamp(first_day(shift(month, 1))).tz_localize(TIME_ZONE) - pd.Timedelta(microseconds=1)


def _lay_solved(ends: list[pd.Timestamp], again: pd.DataFrame) -> list[int]:
    """How many cases that were opened again later lay solved at each instant."""
    return [int(((again.resolved_at <= end) & (again.reopened_at > end)).sum()) for end in ends]


def _open_at(ends: list[pd.Timestamp], rows: pd.DataFrame) -> np.ndarray:
    """How many of the cases are open at each instant: those created by then less those that are over by then."""
    over = rows.resolved_at.where(rows.resolved_at >= rows.created_at, rows.created_at).mask(rows.resolved_at.isna())
    created, gone = (np.sort(times.dropna().to_numpy("datetime64[us]")) for times in (rows.created_at, over))
    instants = pd.DatetimeIndex(ends).tz_convert("UTC").tz_localize(None).to_numpy("datetime64[us]")
    return np.searchsorted(created, instants, "right") - np.searchsorted(gone, instants, "right")
