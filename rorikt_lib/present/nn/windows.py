"""Sentences about PCs: Windows versions and how long they are supported."""

import pandas as pd

from rorikt_lib.config.devices import WindowsSettings
from rorikt_lib.present.language import member
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.grammar import bars, count, listed
from rorikt_lib.present.numbers import day, integer, percent
from rorikt_lib.terms.enums import UNKNOWN
from rorikt_lib.terms.fields import SUM


def windows_summary(places: pd.DataFrame) -> str:
    """How many PCs run an older Windows, and where the share on Windows 11 is lowest."""
    known = places[~places.municipality.isin([UNKNOWN, SUM])].dropna(subset="share_windows_11")
    if places.empty or pd.isna(places.iloc[-1].share_windows_11):
        return "Windows-versjonane er ikkje kjende for månaden."
    sums = places.iloc[-1]
    if not sums.older_windows and not sums.unknown_build:
        return "Alle PC-ane har Windows 11."
    unknown = f", og {integer(sums.unknown_build)} har ukjent versjon" if sums.unknown_build else ""
    older = f"{_pcs(sums.older_windows)} har ein eldre versjon{unknown}"
    all_of_them = f"{percent(sums.share_windows_11)} av PC-ane har Windows 11; {older}."
    if known.share_windows_11.nunique() < 2:
        return all_of_them
    lowest = known.sort_values("share_windows_11", kind="stable").iloc[0]
    return f"{all_of_them} Delen er lågast i {plain(lowest.municipality)} ({percent(lowest.share_windows_11)})."


def support_summary(versions: pd.DataFrame) -> str | None:
    """Which versions have lost their support, and which lose it before their PCs are replaced."""
    if versions.empty:
        return None
    sums, each = versions.iloc[-1], versions.iloc[:-1]
    parts = [
        f"{_pcs(sums.support_ended)} har ein versjon utan støtte: {_named(each, 'support_ended')}."
        if sums.support_ended
        else None,
        f"{_pcs(sums.support_ends_early)} har ein versjon som mistar støtta før PC-en skal skiftast: {_named(each, 'support_ends_early')}. "
        f"{'Han' if sums.support_ends_early == 1 else 'Dei'} må oppgraderast til ein nyare versjon, eller skiftast før tida."
        if sums.support_ends_early
        else f"Ingen {'andre ' if sums.support_ended else ''}PC-ar {'med kjent støtte ' if sums.support_unknown else ''}mistar støtta før dei skal skiftast.",
        f"For {_pcs(sums.support_unknown)} er versjonen eller utskiftingsåret ikkje kjent."
        if sums.support_unknown
        else None,
    ]
    return " ".join(filter(None, parts))


def _pcs(number: float) -> str:
    return count(number, "PC", "PC-ar")


def _named(versions: pd.DataFrame, column: str) -> str:
    """`Windows 10 22H2 (183, til 14. oktober 2025)` for each version with any, the first to lose support first."""
    some = versions[versions[column] > 0]
    rows = zip(some.version, some[column], some.supported_until, strict=True)
    return listed([f"{plain(version)} ({integer(pcs)}, til {day(until)})" for version, pcs, until in rows])


def versions_caption(windows: WindowsSettings) -> str:
    """Caption of the table of versions: what the dates hold for, and where and when they were read."""
    return f"PC-ar etter Windows-versjon. Datoane gjeld {plain(windows.editions)}. Kjelde: {plain(windows.source)}, {day(windows.as_of)}."


def windows_alt(places: pd.DataFrame) -> str:
    """Alt text of the chart of the share on Windows 11."""
    rows = places[places.municipality != SUM].itertuples()
    parts = [f"{member('municipality', row.municipality)} {percent(row.share_windows_11)}" for row in rows]
    return bars("delen PC-ar med Windows 11", parts)
