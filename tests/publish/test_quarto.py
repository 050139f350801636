"""Which renderer serves, and that both say the same."""

from __future__ import annotations

import re
import subprocess

import pytest
from lxml import html
from project import FIGURES, MONTH
from pypdf import PdfReader
from snippets import SHOWN

from rorikt_lib.config.folder import SHIPPED, open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.publish import quarto
from rorikt_lib.publish.build import build_report
from rorikt_lib.publish.job import job_of


def installed(monkeypatch, answer: str | None):
    def run(command, **options):
        if answer is None:
            raise FileNotFoundError(command[0])
        return subprocess.CompletedProcess(command, 0, stdout=answer)

    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize(
    ("answer", "wish", "chosen"),
    [
        ("1.9.38\n", "auto", "quarto"), ("1.10.1\n", "auto", "quarto"), ("1.9.38\n", "quarto", "quarto"),
        ("1.9.38\n", "embedded", "embedded"), (None, "auto", "embedded"),
    ],
)  # fmt: skip
def test_quarto_serves_where_it_is_new_enough_and_wanted(monkeypatch, answer, wish, chosen):
    installed(monkeypatch, answer)
    assert quarto.renderer(wish) == (chosen, None)


def test_an_older_quarto_gives_way_with_a_notice(monkeypatch):
    installed(monkeypatch, "1.8.26\n")
    assert quarto.renderer("auto") == ("embedded", "Quarto 1.8.26 is older than 1.9: the embedded renderer serves")


@pytest.mark.parametrize(
    ("answer", "wish", "problem"),
    [(None, "quarto", "no Quarto"), ("1.8.26", "quarto", "older than"), (None, "latex", "no renderer 'latex'")],
)
def test_a_renderer_that_cannot_serve_is_refused_when_asked_for(monkeypatch, answer, wish, problem):
    installed(monkeypatch, answer)
    with pytest.raises(InputError, match=problem):
        quarto.renderer(wish)


def test_what_quarto_says_is_wrong_is_told_without_colours():
    told = "\x1b[1mpandoc\x1b[22m\n  to: html\n\x1b[91mERROR: \x1b[39mno template\x1b[0m\n\x1b[31mError: x\x1b[0m\n"
    assert quarto.problem_in(told) == "ERROR: no template"
    assert quarto.problem_in("\x1b[31mstopped\x1b[0m") == "Quarto stopped"


@pytest.mark.parametrize("file", [SHIPPED / ".gitignore", SHIPPED / "rorikt_lib/commands/init/templates/gitignore"])
def test_git_ignores_what_quarto_would_add_to_what_it_ignores(file):
    assert {"/.quarto/", "**/*.quarto_ipynb"} <= set(file.read_text("utf-8").splitlines())


def _parts(page) -> list[tuple]:
    """Each element of a page's body with its attributes and own text."""
    body = html.parse(page).getroot().body
    return [(e.tag, dict(e.attrib), " ".join((e.text or "").split())) for e in body.iter("*") if e.tag != "wbr"]


def _words(path) -> list[str]:
    root = html.parse(path).getroot()
    return [
        " ".join(e.text_content().split())
        for e in root.xpath("//h1|//h2|//h3|//h4|//h5|//p|//caption|//figcaption|//th|//td|//li")
    ]


@pytest.mark.quarto
def test_quarto_and_the_embedded_renderer_say_the_same(project, built):
    if (quarto.quarto_version() or (0,)) < quarto.OLDEST:
        pytest.skip("no Quarto 1.9 or newer here")
    job = job_of(MONTH, open_folder(project), None, "quarto")
    assert job.renderer == "quarto"
    other = build_report(job, FIGURES, print)
    assert _words(other.page) == _words(built.page)
    assert _parts(other.page) == _parts(built.page)
    assert _words(other.page.with_name("forlop.html")) == _words(built.page.with_name("forlop.html"))
    theirs = PdfReader(other.pdf)
    assert theirs.trailer["/Root"]["/Lang"] == "nb-NO"
    assert re.search(r"pdfuaid:part(>|=['\"])1", theirs.trailer["/Root"]["/Metadata"].get_object().get_data().decode())
    assert _text_of(built.pdf) == _text_of(other.pdf)


def _text_of(pdf) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(pdf).pages))


def _elements(page) -> list[tuple[str, str]]:
    (main,) = html.parse(page).getroot().xpath("//main")
    return [(element.tag, " ".join(element.text_content().split())) for element in main.iter()]


@pytest.mark.quarto
def test_both_renderers_show_the_same_text_whatever_is_written(project):
    if (quarto.quarto_version() or (0,)) < quarto.OLDEST:
        pytest.skip("no Quarto 1.9 or newer here")
    # A path with its drive is shown, but not published: it is one of a machine.
    text = "\n\n".join(SHOWN).replace("C:", "")
    (project / "content" / MONTH / "teknisk.md").write_text(text, encoding="utf-8")
    ours, theirs = (
        build_report(job_of(MONTH, open_folder(project), project / name / "_site", name), FIGURES)
        for name in ("embedded", "quarto")
    )
    assert _elements(ours.page) == _elements(theirs.page)
    assert _text_of(ours.pdf) == _text_of(theirs.pdf)
    for said in (
        r"\kart\lag",
        "$100til200$",
        "@ola",
        "<script>alert(1)</script>",
        r"\input{/etc/passwd}",
        "{{<metatitle>}}",
    ):
        assert said in "".join(dict(_elements(theirs.page))["main"].split())
        assert said in _text_of(theirs.pdf)
