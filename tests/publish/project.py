"""A small made-up project: two chapters, two narratives, a glossary and a page beside the report, enough for every kind of content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell
from notebook_files import parameters, write_notebook

from rorikt_lib.demo.make import DEMO

MONTH = "2024-09"
FIGURES = pd.DataFrame(
    [
        ("tickets.created", MONTH, "month", MONTH, 1245.0, "cases"),
        ("operating_costs.variance", MONTH, "line", "Lønn", 2_633_400.0, "NOK"),
        ("sla.share_within", MONTH, "month|priority", f"{MONTH}|Medium", 0.9123, "share"),
        ("resolution.mean", MONTH, "month|priority", f"{MONTH}|Medium", 5.94, "days"),
    ],
    columns=["figure", "period", "dimension", "member", "value", "unit"],
)
ORDER = """
rorikt:
  chapters:
    - {notebook: summary, unnumbered: true}
    - title: Aktiviteter
      chapters:
        - {title: Kundeservice, narrative: kundeservice, chapters: [{notebook: desk}]}
        - {title: Teknisk, narrative: teknisk}
    - {title: Definisjoner, page: definisjoner}
  pages:
    - {file: forlop.html, title: Forløpet, chapters: [{notebook: course, unnumbered: true}]}
"""
SUMMARY = '''Markdown("""Driftskostnadene er 75 018 tusen kroner, se [](#tabell-kostnader).

| Type utgift | Regnskap | Budsjett |
|---|---:|---:|
| Lønn | 20 474 | 32 527 |
| **Sum** | **75 018** | **89 477** |

: Kostnader. Tall i hele 1000. {#tabell-kostnader}""")'''
CHART = '''display({"image/svg+xml": """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">
<metadata>made elsewhere</metadata><rect width="60" height="30"/></svg>"""}, raw=True,
metadata={"rorikt": {"id": "figur-saker", "caption": "Saker per måned.", "alt": "Sakene økte fra 12 til 18."}})'''
COURSE = CHART.replace("figur-saker", "figur-forlop").replace("Saker per måned.", "Forløpet.")
DESK = '''Markdown("""En [sak](#def-sak) kan "haste".

| Prioritet | Løst |
|---|---:|
| Høy | 12 |

: Løste saker. {#tabell-saker}""")'''


def make_project(root: Path) -> Path:
    """Writes the project to `root`: a report of demo data."""
    setup = new_code_cell("from IPython.display import Markdown, display")
    write_notebook(
        root / "notebooks" / "summary.ipynb",
        new_markdown_cell("# Sammendrag"), parameters(), setup, new_code_cell(SUMMARY),
    )  # fmt: skip
    write_notebook(
        root / "notebooks" / "desk.ipynb",
        new_markdown_cell("# Service og support"), parameters('period = "2020-01"\ntop = 3'), setup,
        new_markdown_cell("## Nye saker"), new_code_cell(CHART), new_code_cell(DESK),
        new_code_cell('Markdown(f"Periode {period}, {top} på topp.")'),
        new_code_cell("1 + 1", metadata={"tags": ["lab-only"]}),
    )  # fmt: skip
    write_notebook(
        root / "notebooks" / "course.ipynb",
        new_markdown_cell("# Hele året"), parameters(), setup, new_code_cell('Markdown(f"Så langt i {period}.")'),
        new_code_cell(COURSE),
    )  # fmt: skip
    content = root / "content" / MONTH
    content.mkdir(parents=True)
    (root / "data" / "raw").mkdir(parents=True)
    (root / "data" / "raw" / "DEMODATA.md").write_text("Made up.", encoding="utf-8")
    (root / "_quarto.yml").write_text(ORDER, encoding="utf-8")
    (root / "index.qmd").write_text("---\ntitle: Rapporter\n---\n\nOm rapportene.\n", encoding="utf-8")
    (content / "report.yml").write_text("version: 2024-10-04\n", encoding="utf-8")
    (content / "kundeservice.md").write_text(f'Det kom []{{figure="tickets.created|month|{MONTH}"}} saker.\n', "utf-8")
    (root / "content" / "definisjoner.md").write_text("[Sak]{#def-sak}\n:   Noe som skal gjøres.\n", encoding="utf-8")
    shutil.copy(DEMO / "workbook.yml", root)
    return root
