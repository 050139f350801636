"""Sentences about PCs: what changed since last month, and how far stock and orders reach."""

import pandas as pd

from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.grammar import capitalised, changes, count, listed
from rorikt_lib.present.nn.pcs import capital_count, owner
from rorikt_lib.present.numbers import integer, month_alone, percent
from rorikt_lib.present.stated import total
from rorikt_lib.terms.enums import UNKNOWN
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import shift

MOST_NAMED = 3


def changes_summary(moves: pd.DataFrame, month: str) -> str:
    """PCs replaced, new and gone since last month's extract, and where most are gone."""
    before = _month_before(month)
    if moves.empty:
        return (
            f"Kva for PC-ar som er skifta, er ikkje kjent: Det krev uttrekk for både {before} og {month_alone(month)}."
        )
    sums, where = moves.iloc[-1], _most(moves, "gone")
    most = f", {'flest ' if sums.gone > 1 else ''}i {where}" if where else ""
    gone = f" {capital_count(sums.gone)} er ute av uttrekket før levetida var ute, eller utan kjent innkjøpsdato{most}."
    return (
        f"Sidan uttrekket i {before} er {count(sums.replaced, 'PC', 'PC-ar')} skifta: ute av uttrekket, med levetid som tok "
        f"slutt i {month[:4]} eller før. {capitalised(count(sums.added, 'ny', 'nye'))} er {'komen' if sums.added == 1 else 'komne'} til.{gone if sums.gone else ''}"
    )


def _most(moves: pd.DataFrame, column: str) -> str:
    """`Nordvik (7)`: the municipality with most; empty where it is none, or not known which."""
    known = moves[~moves.municipality.isin([UNKNOWN, SUM])]
    places = {place: total(rows[column]) for place, rows in known.groupby("municipality", sort=False)}
    most = max(places, key=places.__getitem__, default=None)
    return f"{plain(most)} ({integer(places[most])})" if most and places[most] else ""


def changes_caption(month: str, is_alike: bool) -> str:
    """Caption of the table of changes; says how last month's need is counted where that is not as it was then."""
    counted = _counted_alike(month, is_alike)
    before = f" Behovet i {_month_before(month)} er {counted}." if counted else ""
    return f"PC-ar skifta, borte og nye sidan uttrekket førre månad, og kva som må bestillast.{before}"


def _counted_alike(month: str, is_alike: bool) -> str:
    """How last month's need is counted to be like this one: by the new year, over as many working days; or empty."""
    parts = [
        f"rekna av det som er utgått eller går ut i {month[:4]}" if month.endswith("-01") else None,
        "tald over like mange yrkedagar før uttrekket" if is_alike else None,
    ]
    return listed([part for part in parts if part])


def _month_before(month: str) -> str:
    return month_alone(shift(month, -1))


def coverage_summary(coverage: pd.DataFrame, month: str, is_alike: bool = False) -> str | None:
    """How much of what is due stock and orders reach, where they do not, and where more lies than is needed.

    is_alike: last month's need is counted over as many working days as this one's, since an extract was taken early.
    """
    if coverage.empty or not coverage.iloc[-1].due:
        return None
    owners, sums = coverage.iloc[:-1], coverage.iloc[-1]
    before = sums.to_order_before
    was_need = pd.notna(before) and before > 0
    changed = changes(sums.to_order, {_month_before(month): before})
    counted = _counted_alike(month, is_alike) if changed else ""
    need = f"{capital_count(sums.to_order)} må bestillast{changed}{counted and f', {counted}'}."
    parts = [
        _reach(sums),
        need if sums.to_order or was_need else None,
        f"Flest manglar for {_owners(owners, 'to_order')}." if sums.to_order else None,
        f"{capital_count(sums.spare)} på lager eller i bestilling er meir enn behovet i år, flest for {_owners(owners, 'spare', 1)}."
        if pd.notna(sums.spare) and sums.spare
        else None,
    ]
    return " ".join(filter(None, parts))


def _reach(sums: pd.Series) -> str | None:
    """How much of what is due stock and orders reach; None where they were never counted."""
    if pd.isna(sums.covered):
        return None
    if not sums.to_order:
        return "Lager og bestillingar dekkjer alt som er utgått eller går ut i år."
    return (
        f"Lager og bestillingar dekkjer {integer(sums.covered)} av {integer(sums.due)} ({percent(sums.covered_share)})."
    )


def _owners(owners: pd.DataFrame, column: str, most: int = MOST_NAMED) -> str:
    """`elevar i Nordvik (223) og elevar i Sørvik (184)`: those with most, at most so many."""
    largest = owners[owners[column] > 0].sort_values(column, ascending=False, kind="stable").head(most)
    rows = zip(largest.municipality, largest.user_group, largest[column], strict=True)
    return listed([f"{owner(place, group)} ({integer(pcs)})" for place, group, pcs in rows])
