"""What a notebook cell hands over: Markdown (prose, tables), charts with caption and alt text, and downloads.

JupyterLab shows them to the analyst; the published report is made of the same outputs.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd

from rorikt_lib.present import tables

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# The folder, beside the page, that a page's downloads are published in.
DOWNLOADS = "nedlasting"


class Markdown:
    """Text that a cell shows, and the report prints, as Markdown."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_markdown_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


class Chart:
    """A picture with the caption and alternative text that it is published with."""

    def __init__(self, svg: str, key: str, caption: str, alt: str) -> None:
        self.svg = svg
        self.metadata = {"rorikt": {"id": f"figur-{key}", "caption": caption, "alt": alt}}

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, str], dict]:
        return {"image/svg+xml": self.svg}, self.metadata


class Download:
    """A file for the reader's spreadsheet, and the sentence that leads to it."""

    def __init__(self, csv: str, file: str, sentence: str) -> None:
        self.csv, self.text = csv, sentence.format(f"[{file}]({DOWNLOADS}/{file})")
        self.metadata = {"rorikt": {"file": file}}

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, str], dict]:
        return {"text/markdown": self.text, "text/csv": self.csv}, self.metadata


def prose(*paragraphs: str | list[str | None] | None) -> Markdown:
    """Paragraphs; a list is one paragraph of several sentences. What is empty or None is left out."""
    texts = [" ".join(filter(None, p)) if isinstance(p, list) else p for p in paragraphs]
    return Markdown("\n\n".join(filter(None, texts)))


def download(frame: pd.DataFrame, file: str, sentence: str) -> Download | Markdown:
    """`frame` as the CSV file `file`, and `sentence`, whose {} becomes the link to it; nothing without rows."""
    return Markdown("") if frame.empty else Download(tables.csv(frame), file, sentence)


def chart(figure: Figure | None, key: str, caption: str, alt: str) -> Chart | Markdown:
    """`figure` as SVG with its caption and alt text, id `figur-key`; nothing where there is no figure."""
    if figure is None:
        return Markdown("")
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    return Chart(svg[svg.index("<svg") :], key, caption, alt)
