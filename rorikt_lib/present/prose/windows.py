"""Sentences of chapter 2.1.1: Windows versions and how long they are supported."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.settings import Windows
from rorikt_lib.devices.windows import windows_total
from rorikt_lib.present.numbers import day, integer, percent
from rorikt_lib.present.prose.words import count, listed
from rorikt_lib.terms.fields import SUM, member

PLACES_CAPTION = "PC-er etter Windows-versjon per kommune, og om versjonen har støtte til PC-en skal skiftes."


def windows_in_short(windows: pd.DataFrame) -> str:
    """How many PCs run an older Windows, and where the share on Windows 11 is lowest."""
    known = windows[windows.municipality != "unknown"]
    rows = known.dropna(subset="share_windows_11").sort_values("share_windows_11", kind="stable")
    if rows.empty:
        return "Windows-versjonene er ikke kjent for måneden."
    total = windows_total(windows).iloc[0]
    return (
        f"{percent(total.share_windows_11)} av PC-ene har Windows 11; {count(total.older_windows, 'PC', 'PC-er')} har en eldre versjon. "
        f"Andelen er lavest i {rows.iloc[0].municipality} ({percent(rows.iloc[0].share_windows_11)})."
    )


def support_in_short(versions: pd.DataFrame) -> str | None:
    """Which versions have lost their support, and which lose it before their PCs are replaced."""
    if versions.empty:
        return None
    ended, early = versions[versions.support_ended > 0], versions[versions.support_ends_early > 0]
    unknown = versions.support_unknown.sum()
    told = [
        f"{_pcs(ended.support_ended.sum())} har en versjon uten støtte: {_named(ended, 'support_ended')}."
        if len(ended)
        else None,
        f"{_pcs(early.support_ends_early.sum())} har en versjon som mister støtten før PC-en skal skiftes: {_named(early, 'support_ends_early')}. "
        "De må oppgraderes til en nyere versjon, eller skiftes før tiden."
        if len(early)
        else f"Ingen {'andre ' if len(ended) else ''}PC-er {'med kjent støtte ' if unknown else ''}mister støtten før de skal skiftes.",
        f"For {_pcs(unknown)} er versjonen eller utskiftingsåret ikke kjent." if unknown else None,
    ]
    return " ".join(filter(None, told))


def _pcs(number: float) -> str:
    return count(number, "PC", "PC-er")


def _named(versions: pd.DataFrame, column: str) -> str:
    """`Windows 10 22H2 (183, til 14. oktober 2025)` for each version, the first to lose support first."""
    rows = zip(versions.version, versions[column], versions.supported_until, strict=True)
    return listed([f"{version} ({integer(n)}, til {day(until)})" for version, n, until in rows])


def versions_table(versions: pd.DataFrame) -> pd.DataFrame:
    """The versions as the report tabulates them: those in use, with a sum row."""
    if versions.empty:
        return versions
    total = versions.select_dtypes("integer").sum().to_frame().T.assign(version=SUM)
    return pd.concat([versions, total], ignore_index=True)


def versions_caption(windows: Windows) -> str:
    """Caption of the table of versions: what the dates hold for, and where they come from."""
    return f"PC-er etter Windows-versjon. Datoene gjelder {windows.editions}. Kilde: {windows.source}."


def places_table(windows: pd.DataFrame) -> pd.DataFrame:
    """The municipalities' counts as the report tabulates them: with a sum row."""
    return pd.concat([windows, windows_total(windows)], ignore_index=True) if len(windows) else windows


def windows_alt(windows: pd.DataFrame) -> str:
    """Alt text of the chart of the share on Windows 11."""
    rows = windows.itertuples()
    told = [f"{member('municipality', r.municipality)} {percent(r.share_windows_11)}" for r in rows]
    return f"Stolpediagram over andel PC-er med Windows 11: {', '.join(told) or 'ingen uttrekk'}."
