"""Every page of the demo's PDFs: filled, its headings with what they head, its tables with headers."""

from __future__ import annotations

import pytest
from pdf_reading import filled, headings, ink, root_of, spans_as_blocks, tables_without_headers

MONTHS = ("2023-12", "2024-09", "2024-10")
FULL = 0.6
AT_TOP = 0.05  # of a page's height: where the first line of it stands
BELOW_HEADING = 0.042  # its own line, and one of what it heads

pytestmark = pytest.mark.deep


@pytest.fixture(params=MONTHS)
def pdfs(request, site_of):
    """The report's PDF of a month and those of the pages beside it."""
    found = sorted((site_of(request.param) / request.param).glob("*.pdf"))
    assert found
    return found


def test_no_page_but_a_chapter_s_last_is_left_half_empty(pdfs, tmp_path):
    for pdf in pdfs:
        pages = [filled(rows) for rows in ink(pdf, tmp_path / pdf.stem)]
        begun = {page for level, page, at in headings(pdf) if level == 1 and at < AT_TOP}
        last = {page - 1 for page in begun} | {len(pages)}
        half_empty = {n: share for n, share in enumerate(pages, 1) if share < FULL and n not in last}
        assert half_empty == {}, pdf.name


def test_no_heading_is_left_at_a_page_s_end(pdfs, tmp_path):
    for pdf in pdfs:
        pages = [filled(rows) for rows in ink(pdf, tmp_path / pdf.stem)]
        left = [page for _, page, at in headings(pdf) if pages[page - 1] - at < BELOW_HEADING]
        assert left == [], pdf.name


def test_every_table_has_headers_and_every_text_a_paragraph(pdfs):
    for pdf in pdfs:
        assert tables_without_headers(pdf)[1] == [], pdf.name
        assert spans_as_blocks(root_of(pdf)) == [], pdf.name
