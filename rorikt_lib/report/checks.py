"""What must hold of a month's figures before they are published. Every rule reads the figures alone, as a reader could.

A rule returns its failures, one row each: figure (name|dimension member), found, and against, the number that it
contradicts; no rows where it holds. A figure that is not known contradicts nothing.
"""

from calendar import monthrange
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from rorikt_lib.present.language import stable_member
from rorikt_lib.terms.enums import TicketType
from rorikt_lib.terms.fields import SUM

Records = dict[str, pd.DataFrame]
FAILED = ["rule", "figure", "found", "against"]
MOST_DIMENSIONS = 4
# Kroner are added up in øre; all else agrees but for the last digits of a computer's number.
OF_KRONER, OF_OTHERS = 0.006, 1e-9
# A sum (SUM) adds up figures in these units; ends of intervals, and what a paper printed, are not added up.
ADDED = {"NOK", "PCs", "cases", "rows", "positions"}
NOT_ADDED = r"_low|_high|_printed|_difference"
SHARED = r"sharing\.share|settlement\.share|scenario\.share"
# Amounts and changes may be below nothing, and so may these; no other figure. A share is a part of all, but for these.
SIGNED_UNITS, SIGNED = {"NOK", "change"}, r"net_inflow|growth|above_mean|bias|variance_share|restated\."
NOT_OF_ALL = r"growth|above_mean|bias|wape"
# Shares, each with the figures that are its part and all that it is a part of, by the same dimension.
SHARES = [
    ("sla.share_within", "sla.within", "sla.within sla.breached", "month"),
    ("sla.share_within", "sla.within", "sla.within sla.breached", "month|priority"),
    ("response.share_within", "response.within", "response.within response.breached", "month"),
    ("response.share_within", "response.within", "response.within response.breached", "month|priority"),
    ("annual_sla.share_within", "annual_sla.within", "annual_sla.within annual_sla.breached", "year"),
    ("annual_outcome.variance_share", "annual.variance", "annual_outcome.frame", "year"),
    ("annual_sla.share_within", "annual_sla.within", "annual_sla.within annual_sla.breached", "year|quarter"),
    ("annual_sla.share_within", "annual_sla.within", "annual_sla.within annual_sla.breached", "year|quarter|priority"),
]
# Figures that are the sums of others; see there.
EQUAL: list[list[str]] = yaml.safe_load(Path(__file__).with_name("equal.yml").read_text(encoding="utf-8"))


def failures(figures: pd.DataFrame, month: str) -> pd.DataFrame:
    """All that fails in a month: one row per rule and figure, with columns rule, figure, found, against."""
    by = by_dimension(figures)
    rules = {
        "a sum is not that of its parts": [sum_differs(figures), *(not_equal(by, *pair) for pair in EQUAL)],
        "a number is out of range": [out_of_range(figures)],
        "a share is not that of its part": [share_differs(by, *share) for share in SHARES],
        "open cases do not follow from those that came and were resolved": [backlog_breaks(by)],
        "cases within and past their deadline are not those resolved": [judged_differ(by)],
        "the need for PCs is not what is due less stock and orders": [need_differs(by)],
        "a month's use is not that of its days": [days_differ(by, month)],
    }
    found = [part.assign(rule=rule) for rule, parts in rules.items() for part in parts if len(part)]
    return pd.concat(found, ignore_index=True)[FAILED] if found else pd.DataFrame(columns=FAILED)


def by_dimension(figures: pd.DataFrame) -> Records:
    """Dimension → its records, by the name of their figure: one column per part of the member, and value."""
    tables = {}
    for dimension, rows in figures.groupby("dimension"):
        parts = dimension.split("|") if dimension else []
        members = dict(zip(parts, zip(*rows.member.str.split("|"), strict=True), strict=True)) if parts else {}
        tables[dimension] = pd.DataFrame(members | {"value": rows.value.to_numpy()}, index=rows.figure.astype(object))
    return tables


def of(records: Records, names: str, dimension: str) -> pd.DataFrame:
    """The records of these figures (names apart by spaces) by a dimension; none where one of them is not known."""
    if not set(names.split()) <= set(records[dimension].index if dimension in records else ()):
        return pd.DataFrame(columns=[*filter(None, dimension.split("|")), "value"], dtype=object).astype(
            {"value": float}
        )
    return records[dimension][records[dimension].index.isin(names.split())]


def sum_differs(figures: pd.DataFrame) -> pd.DataFrame:
    """Sums that are not what the other members of their dimension add up to."""
    is_added = figures.unit.isin(ADDED) & ~figures.figure.str.contains(NOT_ADDED)
    rows = figures[is_added | figures.figure.str.fullmatch(SHARED)]
    is_kroner = rows.unit == "NOK"
    return pd.concat([_sums_differ(rows[is_kroner], OF_KRONER), _sums_differ(rows[~is_kroner], OF_OTHERS)])


def _sums_differ(rows: pd.DataFrame, least: float) -> pd.DataFrame:
    rows = rows.assign(name=rows.figure + "|" + rows.dimension)
    parts = []
    for place in range(MOST_DIMENSIONS):
        # The member with the part in this place replaced by SUM: that of the sum it belongs to.
        whole = rows.member.str.replace(rf"^((?:[^|]*\|){{{place}}})[^|]+", rf"\g<1>{SUM}", regex=True)
        is_sum = rows.member == whole
        sums = rows[is_sum].set_index(["name", "member"]).value
        added = rows[~is_sum].groupby(["name", whole]).value.sum()
        parts.append(_named("", sums[sums.index.isin(added.index)], added, least))
    return pd.concat(parts)


def not_equal(records: Records, names: str, dimension: str, of_names: str, of_dimension: str) -> pd.DataFrame:
    """Sums of figures that are not those of others, by the parts of the dimension that both have."""
    left, right = of(records, names, dimension), of(records, of_names, of_dimension)
    by = [part for part in dimension.split("|") if part in of_dimension.split("|") and part]
    is_part = dimension != of_dimension
    if by and len(right) and (right[by] == SUM).all(axis=None):  # of the others, only the sum is known
        by, right = [], right[["value"]]
    found, against = (_summed(rows, by, is_part) for rows in (left, right))
    shared = found.index.intersection(against.index)
    name = f"{names.replace(' ', ' + ')}|{'|'.join(by)}"
    return _named(name, found[shared], against[shared])


def _summed(rows: pd.DataFrame, by: list[str], is_part: bool) -> pd.Series:
    """The sums of rows by columns; a row that is a sum counts only where it has no parts beside it."""
    others = [column for column in rows.columns if column not in (*by, "value")]
    rows = rows[~(rows[others] == SUM).any(axis=1)] if is_part and others else rows
    return rows.groupby(by).value.sum() if by else pd.Series({"": rows.value.sum()}).head(len(rows))


def out_of_range(figures: pd.DataFrame) -> pd.DataFrame:
    """Counts and times below nothing, and shares of all that are below nothing or above all."""
    is_signed = figures.unit.isin(SIGNED_UNITS) | figures.figure.str.contains(SIGNED)
    is_share = (figures.unit == "share") & ~figures.figure.str.contains(NOT_OF_ALL)
    nearest = figures.value.clip(0, np.where(is_share, 1.0, np.inf))
    wrong = figures.assign(against=nearest)[~is_signed]
    named = wrong.set_index(wrong.figure + "|" + wrong.dimension + "|" + wrong.member)
    return _named("", named.value, named.against)


def share_differs(records: Records, share: str, part: str, whole: str, dimension: str) -> pd.DataFrame:
    """Shares that are not their part of the whole; none of a whole of nothing."""
    by = dimension.split("|")
    shares, parts, wholes = (of(records, names, dimension).groupby(by).value.sum() for names in (share, part, whole))
    against = (parts / wholes[wholes > 0]).dropna()
    return _named(f"{share}|{dimension}", shares[shares.index.isin(against.index)], against, OF_OTHERS)


def backlog_breaks(records: Records) -> pd.DataFrame:
    """Open cases that are not those of the month before, and those created less those resolved.

    A case resolved before it was created counts in both months, but is never open. One opened again is open once more.
    """
    opened = of(records, "backlog.open", "date|type")
    known = opened.assign(month=opened.date.str[:7]).set_index(["month", "type"]).value.sort_index()
    moves = {name: _by_type(records, f"tickets.{name}") for name in ("created", "resolved", "early_out", "early_in")}
    against = known.groupby("type").shift() + moves["created"] - moves["resolved"]
    reopened = _by_type(records, "tickets.reopened").reindex(known.index, fill_value=0)
    against = (against + moves["early_out"] - moves["early_in"] + reopened).dropna()
    return _named("backlog.open|date|type", known[known.index.isin(against.index)], against)


def judged_differ(records: Records) -> pd.DataFrame:
    """Months in which cases within and past their deadline are not the incidents resolved after they came."""
    judged = of(records, "sla.within sla.breached", "month").groupby("month").value.sum()
    incident = stable_member("type", TicketType.INCIDENT)
    resolved, early = (_by_type(records, f"tickets.{name}") for name in ("resolved", "early_out"))
    against = resolved - early.reindex(resolved.index, fill_value=0)
    against = against[against.index.get_level_values("type") == incident].droplevel("type")
    shared = judged.index.intersection(against.index)
    return _named("sla.within + sla.breached|month", judged[shared], against[shared])


def _by_type(records: Records, name: str) -> pd.Series:
    return of(records, name, "month|type").set_index(["month", "type"]).value


def need_differs(records: Records) -> pd.DataFrame:
    """Owners whose need is not what is due less stock and orders, and at least nothing."""
    owner = ["municipality", "user_group"]
    need, due, available = (
        of(records, f"devices.{name}", "|".join(owner)).set_index(owner).value
        for name in ("to_order", "due", "available")
    )
    against = (due - available.reindex(due.index).fillna(0)).clip(lower=0)
    return _named("devices.to_order|municipality|user_group", need[need.index.isin(against.index)], against)


def days_differ(records: Records, month: str) -> pd.DataFrame:
    """Views of the month that are not the sum of its days, where every day has some."""
    days = of(records, "usage.views", "date|channel")
    months = of(records, "usage.views", "month|channel")
    is_whole = len(days) == monthrange(int(month[:4]), int(month[5:]))[1]
    found = months[months.month == month].set_index("month").value
    return _named("usage.views|month", found if is_whole else found.head(0), pd.Series({month: days.value.sum()}))


def _named(name: str, found: pd.Series, against: pd.Series, least: float = OF_KRONER) -> pd.DataFrame:
    """The numbers of `found` at least so far from those of `against`, by the name of their figure and their member."""
    texts = [" ".join(filter(None, [name, *(key if isinstance(key, tuple) else (key,))])) for key in found.index]
    table = pd.DataFrame({"figure": pd.Series(texts, dtype="str"), "found": found.to_numpy(float)})
    table["against"] = against.reindex(found.index).to_numpy(float)
    return table[~np.isclose(table.found, table.against, rtol=1e-9, atol=least)]
