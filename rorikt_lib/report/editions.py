"""What months have published, read by figure and month: what the pages across months are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from rorikt_lib.terms.enums import ReportStatus, Source

_SAME_DAYS = "_same_days"
# Figures that are all counted to one point, that of the cases.
_OF_CASES = {"tickets", "channels", "backlog", "sla", "response", "resolution"}
# The families of figures that tell of a source.
_OF_SOURCE = {
    Source.LEDGER: {"operating_costs", "investment_costs"},
    Source.TICKETS: _OF_CASES,
    Source.DEVICES: {"devices"},
    Source.USAGE: {"usage"},
    Source.SHARING: {"sharing"},
}
# What a record is of, where it is not of the whole period: a month, or a day of it, where it has none of months.
MONTH, DAY = "month", "date"
# Of fewer months than this no course is drawn: one is a lone dot, and through two a line always leads straight.
FEWEST = 3


@dataclass(frozen=True)
class Edition:
    """One month as it stands published. figures: as figures.csv has them."""

    month: str
    figures: pd.DataFrame
    is_draft: bool = False

    @property
    def status(self) -> ReportStatus:
        """Whether anybody has approved it."""
        return ReportStatus.DRAFT if self.is_draft else ReportStatus.APPROVED

    @property
    def sources(self) -> list[Source]:
        """What it tells of."""
        families = {*map(_family, self.figures.figure.unique())}
        return [source for source, of_source in _OF_SOURCE.items() if not families.isdisjoint(of_source)]

    def is_part(self, figure: str) -> bool:
        """Whether a figure was counted before the month ended: then what it is of has others, of the same days only."""
        parts = {_family(name) for name in self.figures.figure.unique() if name.endswith(_SAME_DAYS)}
        family = _family(figure)
        return family in parts or (family in _OF_CASES and not parts.isdisjoint(_OF_CASES))


def _family(figure: str) -> str:
    return figure.partition(".")[0]


@dataclass(frozen=True)
class Of:
    """A figure of figures.csv, month by month.

    where: dimension → member, for each that is not the time; None: whichever has the most, by the figure `most` (by the
    figure itself where that is not said, or not there).
    """

    figure: str
    where: Mapping[str, str | None] = field(default_factory=dict)
    most: str = ""


def by_month(edition: Edition, of: Of) -> pd.Series:
    """Month → value of a figure in what a month published; what has no time in it is of the month itself.

    Of a month that has several days, the last. Empty where it has no such figure.
    """
    rows = _rows(edition, of.figure, resolved(edition, of).where)
    return rows.sort_values("time", kind="stable").drop_duplicates("month", keep="last").set_index("month").value


def unit_of(edition: Edition, of: Of) -> str:
    """The unit of a figure; empty where the month has none."""
    return next(iter(edition.figures.unit[edition.figures.figure == of.figure]), "")


def resolved(edition: Edition, of: Of) -> Of:
    """The figure with members instead of None, as what a month published has most of; as it is where there are none."""
    free = [dimension for dimension, member in of.where.items() if member is None]
    if not free:
        return of
    ranked = (_rows(edition, figure, of.where) for figure in (of.most or of.figure, of.figure))
    rows = next((rows for rows in ranked if len(rows)), None)
    if rows is None:
        return of
    largest = rows.groupby(free[0]).value.sum().idxmax()
    return resolved(edition, replace(of, where={**of.where, free[0]: largest}))


def _rows(edition: Edition, figure: str, where: Mapping[str, str | None]) -> pd.DataFrame:
    """One row per record of the figure with just these dimensions: time, month, value, and each dimension's member."""
    found = []
    for row in edition.figures[edition.figures.figure == figure].itertuples():
        dimensions, members = (text.split("|") if text else [] for text in (row.dimension, row.member))
        parts = dict(zip(dimensions, members, strict=False))
        of = MONTH if MONTH in parts else DAY
        time = parts.pop(of, edition.month)
        is_it = parts.keys() == where.keys() and all(where[name] in (None, member) for name, member in parts.items())
        if is_it and len(dimensions) == len(members):
            found.append({"of": of, "time": time, "month": time[:7], "value": row.value, **parts})
    rows = pd.DataFrame(found, columns=["of", "time", "month", "value", *where]).astype({"value": float})
    return rows[rows.of == MONTH] if (rows.of == MONTH).any() else rows


@dataclass(frozen=True)
class Editions:
    """The months that stand published, the oldest first; stands for a month's workbook where tables are declared."""

    all: tuple[Edition, ...]
    _made: dict[Callable, pd.DataFrame] = field(default_factory=dict, compare=False)

    @property
    def newest(self) -> Edition:
        """The last month."""
        return self.all[-1]

    @property
    def month(self) -> str:
        """That month, as YYYY-MM."""
        return self.newest.month

    def frame(self, make: Callable[["Editions"], pd.DataFrame]) -> pd.DataFrame:
        """`make(self)`, worked out the first time only."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    def note(self, source: str, is_there: bool = True) -> None:
        """Nothing is read but what was published."""


def collected(editions: Editions, **columns: Of) -> pd.DataFrame:
    """One row per month that has any of the figures: month, status, is_part, and each figure as that month said it.

    Where no figures are asked for, of every month. A figure that takes the member with the most takes that of the
    newest month that has any, in all months.
    """
    shown = {name: settled(editions, of) for name, of in columns.items()}
    figures = [of.figure for of in columns.values()]
    rows = [
        {"month": edition.month, "status": edition.status, "is_part": any(map(edition.is_part, figures))}
        | {name: by_month(edition, of).get(edition.month) for name, of in shown.items()}
        for edition in editions.all
    ]
    frame = pd.DataFrame(rows, columns=["month", "status", "is_part", *columns])
    frame = frame.astype({"status": str} | dict.fromkeys(columns, float))
    return frame.dropna(subset=list(columns), how="all").reset_index(drop=True) if columns else frame


def settled(editions: Editions, of: Of) -> Of:
    """The figure with the members that the newest month which has it has most of."""
    found = (resolved(edition, of) for edition in reversed(editions.all))
    return next((one for one in found if None not in one.where.values()), of)
