"""Sentences about the figures' origin, and of what was read."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.nb import quality


def test_made_up_figures_are_said_to_be_so():
    sentence = "Rapporten er laget med arbeidsboken rorikt, versjon 1.2.3, av filene i tabellene under."
    assert quality.origin("1.2.3", is_demo=False) == sentence
    assert quality.origin("1.2.3", is_demo=True).startswith(f"{sentence} **Demodata:** alle tall er laget for å vise")


def test_the_rows_of_all_files_are_reported_together():
    columns = ["source_file", "rows_read", "rows_clean", "rows_set_aside", "rows_quarantined"]
    sources = pd.DataFrame([("a.csv", 1200, 1000, 199, 1), ("b.csv", 3, 3, 0, 0)], columns=columns)
    assert quality.rows_summary(sources) == (
        "2 filer med 1\u202f203 rader er lest; 1\u202f003 er brukt, 199 lagt til side (balansekonti, sumrader, gjentatte "
        "overskrifter, filer levert to ganger, endringer som ikke er saker) og 1 kunne ikke leses."
    )
    later = sources.assign(rows_clean=[990, 3], rows_later=[10, 0])
    assert "; 993 er brukt, 199 lagt til side (" in quality.rows_summary(later)
    assert quality.rows_summary(later).endswith("), 10 er fra tiden etter skjæringstidspunktet og 1 kunne ikke leses.")
    one = sources.assign(rows_read=1, rows_clean=1, rows_set_aside=0, rows_quarantined=0)[:1]
    assert quality.rows_summary(one) == (
        "1 fil med 1 rad er lest; 1 er brukt, ingen lagt til side og alle kunne leses."
    )
    assert quality.rows_summary(sources[:0]) == "Ingen filer er lest."
