"""Recurring invoices: what is still to be invoiced this year, by supplier, amount and month."""

import numpy as np
import pandas as pd

from rorikt_lib.ledger.costs import COUNTED, counted
from rorikt_lib.ledger.course import YEARS_OF_HISTORY, months_in
from rorikt_lib.ledger.last_year import keeps_calendar, still_to_come
from rorikt_lib.ledger.rhythm import alike, extras, first, is_alive, is_monthly, is_quarterly, last, usual, usual_lately
from rorikt_lib.terms.enums import Rhythm
from rorikt_lib.terms.period import last_period, months_of, shift, year_of

# The column of the year's December, when the first column is January three years back.
DECEMBER = 12 * (YEARS_OF_HISTORY + 1) - 1

# Whose invoices are one series.
SERIES = ["line", "supplier_id"]
COLUMNS = {
    "line": "str", "supplier_id": "str", "supplier_name": "str", "rhythm": "str", "expected_month": "str",
    "amount_nok": float, "last_month": "str", "last_nok": float,
}  # fmt: skip


def expected_invoices(postings: pd.DataFrame, kind: str, month: str) -> pd.DataFrame:
    """One row per invoice expected after the report's month and within its year, from postings up to the month.

    rhythm: monthly, quarterly, or yearly (in the month of last year's). expected_month: YYYY-MM, next month for one
    that is late. amount_nok: cost positive, income negative, by the same rules. last_month, last_nok: the invoice
    gone by: the series' last, or last year's. A series without rhythm, or that has ended, gives no rows.
    """
    net = invoices_by_month(postings, kind, month)
    invoices, lines = net.abs().to_numpy(), net.index.get_level_values("line").to_numpy()
    alive, monthly, quarterly = is_alive(invoices), is_monthly(invoices), is_quarterly(invoices)
    is_young = first(invoices) > invoices.shape[1] - 13
    yearly = np.where(monthly[:, None], extras(invoices), invoices)
    has_last_year = alive & ~(quarterly & is_young) & (quarterly | keeps_calendar(yearly))
    found = [
        _in_step(invoices, monthly, 1).assign(rhythm=Rhythm.MONTHLY),
        _in_step(invoices, alive & quarterly & is_young, 3).assign(rhythm=Rhythm.QUARTERLY),
        _a_year_on(yearly, has_last_year, quarterly, lines),
    ]
    return _described(pd.concat(found), net, postings)


def by_line(expected: pd.DataFrame) -> pd.Series:
    """NOK expected per line."""
    return expected.groupby("line").amount_nok.sum()


def invoices_by_month(postings: pd.DataFrame, kind: str, month: str) -> pd.DataFrame:
    """NOK per line and supplier (rows) and month YYYY-MM (columns), from January three years back up to the month.

    An invoice is what a supplier's postings on a line come to in a month, closing entries in December; under one
    krone (VAT and its compensation) is none. What goes against the row's sum is a credit, and lessens the invoice
    before it. Postings without a supplier are left out, and rows without an invoice.
    """
    year = year_of(month)
    months = [m for y in range(year - YEARS_OF_HISTORY, year + 1) for m in months_in(y) if m <= month]
    rows = counted(postings[[*COUNTED, *SERIES, "period", "amount_nok"]], kind)
    rows = rows[rows.period.between(months[0], last_period(month))]
    net = rows.groupby([*SERIES, "period"]).amount_nok.sum().unstack(fill_value=0.0)
    net = net.T.groupby(months_of(net.columns)).sum().T.reindex(columns=months, fill_value=0.0)
    sign = np.sign(net.sum(axis=1).round(2))
    net = _credited(net.mul(sign, axis=0)).mul(sign, axis=0)
    return net[(net != 0).any(axis=1)]


def _credited(net: pd.DataFrame) -> pd.DataFrame:
    amounts = net.to_numpy(copy=True)
    for column in range(amounts.shape[1] - 1, 0, -1):
        credit = amounts[:, column].clip(max=0)
        amounts[:, column] -= credit
        amounts[:, column - 1] += credit
    return pd.DataFrame(np.where(amounts < 1, 0.0, amounts), index=net.index, columns=net.columns)


def _in_step(invoices: np.ndarray, chosen: np.ndarray, step: int) -> pd.DataFrame:
    """The chosen rows' invoices to come: one each `step` months after the last, at the median of the last three.

    A late one is expected next month, but one in a month: months that were skipped are not made up for.
    """
    known, latest = invoices.shape[1], last(invoices)
    due = (latest[:, None] + step * np.arange(1, DECEMBER)).clip(min=known)
    row, n = np.nonzero(chosen[:, None] & (due <= DECEMBER))
    found = {"row": row, "due": due[row, n], "origin": latest[row], "amount_nok": usual_lately(invoices)[row]}
    found = pd.DataFrame(found).drop_duplicates(["row", "due"])
    return found.assign(last_nok=invoices[found.row, found.origin])


def _a_year_on(invoices: np.ndarray, chosen: np.ndarray, quarterly: np.ndarray, lines: np.ndarray) -> pd.DataFrame:
    """The chosen rows' invoices still to come, each a year after one of last year; a late one next month."""
    amount = still_to_come(invoices, lines)
    row, origin = np.nonzero(chosen[:, None] & (amount > 0))
    last_nok = invoices[row, origin]
    is_part = quarterly[row] & alike(last_nok, usual(invoices)[row])
    due = (origin + 12).clip(min=invoices.shape[1])
    found = {"row": row, "due": due, "origin": origin, "amount_nok": amount[row, origin], "last_nok": last_nok}
    found = pd.DataFrame(found).assign(rhythm=np.where(is_part, Rhythm.QUARTERLY, Rhythm.YEARLY))
    return found[found.due <= DECEMBER]


def _described(found: pd.DataFrame, net: pd.DataFrame, postings: pd.DataFrame) -> pd.DataFrame:
    """The invoices found, with names, months and signs, in the order of line, month and supplier."""
    row = found.row.to_numpy(int)
    sign = np.sign(net.sum(axis=1)).to_numpy()[row]
    months = np.array([shift(net.columns[0], n) for n in range(DECEMBER + 1)])
    table = net.index[row].to_frame(index=False)
    table = table.assign(
        supplier_name=table.supplier_id.map(_last_names(postings[postings.supplier_id.isin(table.supplier_id)])),
        rhythm=found.rhythm.to_numpy(),
        expected_month=months[found.due.to_numpy(int)],
        amount_nok=(found.amount_nok.to_numpy() * sign).round(2),
        last_month=months[found.origin.to_numpy(int)],
        last_nok=(found.last_nok.to_numpy() * sign).round(2),
    )
    order = ["line", "expected_month", "supplier_id", "last_month", "rhythm"]
    return table[list(COLUMNS)].astype(COLUMNS).sort_values(order, ignore_index=True)


def _last_names(postings: pd.DataFrame) -> pd.Series:
    """What each supplier is called in its last period; of several names there, the last by the alphabet.

    Periods and names are put in order, which are few, and not the postings, of which there may be millions.
    """
    named = postings[["supplier_id", "period", "supplier_name"]].dropna(subset="supplier_name")
    period, _ = pd.factorize(named.period, sort=True)
    name, names = pd.factorize(named.supplier_name, sort=True)
    last = pd.Series(period * len(names) + name).groupby(named.supplier_id.to_numpy()).max()
    return pd.Series(names.take(last.to_numpy() % max(len(names), 1)), index=last.index)
