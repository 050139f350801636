"""A page is rendered again when its document or what that names has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from rorikt_lib.publish.kept_pages import KeptPages


@pytest.fixture
def made(tmp_path) -> Path:
    """The build folder of a month: a document that shows a chart and attaches a table, and files that it does not name."""
    made = tmp_path / "made"
    for name in (
        "figures/figur-saker.svg",
        "figures/figur-annen.svg",
        "nedlasting/tabell-saker.csv",
        "notebooks/desk.ipynb",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text("as it is")
    (made / "tabeller.xlsx").write_text("as it is")
    (made / "index.qmd").write_text("![](figures/figur-saker.svg) [](nedlasting/tabell-saker.csv) [](tabeller.xlsx)")
    return made


class Renderer:
    """Renders a document, and knows how often it had to."""

    def __init__(self, made: Path, name: str = "embedded") -> None:
        self.made, self.kept, self.count = made, KeptPages(made.parent / "kept", name), 0

    def has_rendered(self) -> bool:
        document, page, pdf = (self.made / name for name in ("index.qmd", "index.html", "rapport.pdf"))
        if is_new := not self.kept.take(document, page, pdf):
            self.count += 1
            page.write_text(f"page {self.count}")
            pdf.write_text(f"pdf {self.count}")
            self.kept.keep(document, page, pdf)
        assert (page.read_text(), pdf.read_text()) == (f"page {self.count}", f"pdf {self.count}")
        page.unlink(), pdf.unlink()
        return is_new


@pytest.mark.parametrize(
    "name", ["index.qmd", "figures/figur-saker.svg", "nedlasting/tabell-saker.csv", "tabeller.xlsx"]
)
def test_a_page_whose_document_or_what_it_names_has_changed_is_rendered(made, name):
    renderer = Renderer(made)
    assert [renderer.has_rendered() for _ in range(2)] == [True, False]
    text = (made / name).read_text()
    (made / name).write_text(f"{text} figures/figur-saker.svg")
    assert [renderer.has_rendered() for _ in range(2)] == [True, False]
    (made / name).write_text(text)
    assert [renderer.has_rendered() for _ in range(2)] == [True, False]


@pytest.mark.parametrize("name", ["figures/figur-annen.svg", "notebooks/desk.ipynb", "other.html"])
def test_what_the_document_does_not_name_is_of_no_matter(made, name):
    renderer = Renderer(made)
    renderer.has_rendered()
    (made / name).write_text("changed")
    assert not renderer.has_rendered()


def test_another_renderer_or_version_of_it_renders(made):
    assert [Renderer(made, name).has_rendered() for name in ("embedded", "quarto (1, 9)", "quarto (1, 10)")] == [
        True
    ] * 3


@pytest.mark.parametrize("name", ["index.json", "index.html", "rapport.pdf"])
def test_what_is_kept_and_damaged_is_rendered_again(made, name):
    renderer = Renderer(made)
    renderer.has_rendered()
    (made.parent / "kept" / name).write_text("{")
    assert [renderer.has_rendered() for _ in range(2)] == [True, False]
