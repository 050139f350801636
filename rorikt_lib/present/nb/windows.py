"""Sentences about PCs: Windows versions and how long they are supported."""

import pandas as pd

from rorikt_lib.config.devices import WindowsSettings
from rorikt_lib.present.language import member
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nb.grammar import bars, count, listed
from rorikt_lib.present.numbers import day, integer, percent
from rorikt_lib.terms.enums import UNKNOWN
from rorikt_lib.terms.fields import SUM


def windows_summary(places: pd.DataFrame) -> str:
    """How many PCs run an older Windows, and where the share on Windows 11 is lowest."""
    known = places[~places.municipality.isin([UNKNOWN, SUM])].dropna(subset="share_windows_11")
    if places.empty or pd.isna(places.iloc[-1].share_windows_11):
        return "Windows-versjonene er ikke kjent for måneden."
    sums = places.iloc[-1]
    if not sums.older_windows and not sums.unknown_build:
        return "Alle PC-ene har Windows 11."
    unknown = f", og {integer(sums.unknown_build)} har ukjent versjon" if sums.unknown_build else ""
    older = f"{_pcs(sums.older_windows)} har en eldre versjon{unknown}"
    all_of_them = f"{percent(sums.share_windows_11)} av PC-ene har Windows 11; {older}."
    if known.share_windows_11.nunique() < 2:
        return all_of_them
    lowest = known.sort_values("share_windows_11", kind="stable").iloc[0]
    return f"{all_of_them} Andelen er lavest i {plain(lowest.municipality)} ({percent(lowest.share_windows_11)})."


def support_summary(versions: pd.DataFrame) -> str | None:
    """Which versions have lost their support, and which lose it before their PCs are replaced."""
    if versions.empty:
        return None
    sums, each = versions.iloc[-1], versions.iloc[:-1]
    parts = [
        f"{_pcs(sums.support_ended)} har en versjon uten støtte: {_named(each, 'support_ended')}."
        if sums.support_ended
        else None,
        f"{_pcs(sums.support_ends_early)} har en versjon som mister støtten før PC-en skal skiftes: {_named(each, 'support_ends_early')}. "
        f"{'Den' if sums.support_ends_early == 1 else 'De'} må oppgraderes til en nyere versjon, eller skiftes før tiden."
        if sums.support_ends_early
        else f"Ingen {'andre ' if sums.support_ended else ''}PC-er {'med kjent støtte ' if sums.support_unknown else ''}mister støtten før de skal skiftes.",
        f"For {_pcs(sums.support_unknown)} er versjonen eller utskiftingsåret ikke kjent."
        if sums.support_unknown
        else None,
    ]
    return " ".join(filter(None, parts))


def _pcs(number: float) -> str:
    return count(number, "PC", "PC-er")


def _named(versions: pd.DataFrame, column: str) -> str:
    """`Windows 10 22H2 (183, til 14. oktober 2025)` for each version with any, the first to lose support first."""
    some = versions[versions[column] > 0]
    rows = zip(some.version, some[column], some.supported_until, strict=True)
    return listed([f"{plain(version)} ({integer(pcs)}, til {day(until)})" for version, pcs, until in rows])


def versions_caption(windows: WindowsSettings) -> str:
    """Caption of the table of versions: what the dates hold for, and where and when they were read."""
    return f"PC-er etter Windows-versjon. Datoene gjelder {plain(windows.editions)}. Kilde: {plain(windows.source)}, {day(windows.as_of)}."


def windows_alt(places: pd.DataFrame) -> str:
    """Alt text of the chart of the share on Windows 11."""
    rows = places[places.municipality != SUM].itertuples()
    parts = [f"{member('municipality', row.municipality)} {percent(row.share_windows_11)}" for row in rows]
    return bars("andel PC-er med Windows 11", parts)
