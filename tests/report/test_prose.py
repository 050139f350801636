"""What people write is shown as text, the same text, or refused with file and line."""

from __future__ import annotations

import base64
import re
from contextlib import suppress

import pandas as pd
import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from snippets import REFUSED, SHOWN

from rorikt_lib.errors import InputError
from rorikt_lib.present.markdown import DOCUMENT, NARRATIVE, read
from rorikt_lib.publish.assemble import number_captions
from rorikt_lib.report.addresses import Refused
from rorikt_lib.report.narrative import read_narrative
from rorikt_lib.report.prose import rewritten

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
# What Markdown of any dialect is made of.
PIECES = [
    "a", "b ", "1", " ", "\n", "\n\n", "*", "**", "_", "`", "``", "\\", "<", "&", "$", "@x", "^", "~", "[", "](http://x.no)",
    "!", '"', "'", "--", "...", ".", ":", "- ", "1. ", "> ", "# ", "\n- ", "\n1. ", "\n   - ", "\n> ", "\n\n# ", "~~~",
    "```\n", "\n```", "\n\n***\n\n", "&lt;", "&#42;", "C:\\a", "(", ")", "]", "%", "+ ", "=", "\\\n", "{", "}", "å",
    "*a*", "**b**", "`c`", "[x](#y)", "[T]{#def-x}\n:   d", "[x](https://a.b/(c)&copy=*1*)", "<script>", "{{", ":::",
]  # fmt: skip


def narrative(tmp_path, text: str) -> str | None:
    file = tmp_path / "teknisk.md"
    file.write_text(text, encoding="utf-8")
    return read_narrative(file, pd.DataFrame())


def page_of(markdown: str) -> html.HtmlElement:
    text = pypandoc.convert_text(markdown, "html5", format=DOCUMENT, extra_args=["--wrap=none"])
    return html.fromstring(f"<div>{text}</div>")


def shown(markdown: str) -> str:
    """What a reader sees, without spaces, which are no matter of these tests."""
    return re.sub(r"\s+", "", page_of(markdown).text_content())


@pytest.mark.parametrize("text", SHOWN)
def test_prose_of_any_kind_is_shown_as_it_is_written(tmp_path, text):
    written = number_captions(narrative(tmp_path, text))
    assert shown(written) == re.sub(r"\s+", "", SHOWN[text])
    elements = {element.tag for element in page_of(written).iter()}
    assert not elements & {"script", "img", "svg", "iframe", "input", "style", "math"}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_meant_for_a_program_is_refused_with_file_and_line(tmp_path, text):
    problem, line = REFUSED[text]
    (tmp_path / "kart.png").write_bytes(PNG)
    with pytest.raises(InputError, match=rf"teknisk\.md, line {line}: .*{problem}.* Remedy: .+"):
        narrative(tmp_path, text)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join))
def test_what_is_written_anew_says_what_was_written(text):
    with suppress(Refused):
        assert _said(read(rewritten(text, None), DOCUMENT)) == _said(read(text, NARRATIVE))


def _said(value) -> str:
    """Texts, emphasis, code and addresses of what pandoc has read, in their order."""
    if isinstance(value, list):
        return "".join(map(_said, value))
    if not isinstance(value, dict):
        return ""
    match value["t"], value.get("c"):
        case "Str", text:
            said = re.sub(r"\s", "", text)
        case ("Code" | "CodeBlock") as kind, [_, text]:
            said = f"<{kind}>{''.join(text.split())}</{kind}>"
        case "Quoted", [_, inlines]:
            said = f"«{_said(inlines)}»"
        case "Link", [_, inlines, [address, _]]:
            said = f"<a {address}>{_said(inlines)}</a>"
        case ("Strong" | "Header" | "BlockQuote") as kind, content:
            said = f"<{kind}>{_said(content)}</{kind}>"
        case _, content:
            said = _said(content)
    return said


def test_an_image_of_the_months_folder_is_a_figure_with_alt_text_and_caption(tmp_path):
    (tmp_path / "kart-2.png").write_bytes(PNG)
    text = narrative(tmp_path, 'Se [](#figur-kart-2).\n\n![Kart med "ny" vei](kart-2.png "Veien & C:\\kart")')
    assert text.endswith('![Veien \\& C:\\\\kart](figures/kart-2.png){#figur-kart-2 alt="Kart med «ny» vei"}')
    (figure,) = page_of(number_captions(text)).xpath("//figure")
    assert figure.xpath("./figcaption")[0].text_content() == "Figur 1. Veien & C:\\kart"
    assert figure.xpath(".//img/@alt") == ["Kart med «ny» vei"]
    assert narrative(tmp_path, "![Et kart](kart-2.png)").startswith("![Et kart](figures/kart-2.png)")


def test_what_only_calls_itself_an_image_or_lies_elsewhere_is_refused(tmp_path):
    month, elsewhere = tmp_path / "2024-09", tmp_path / "hemmelig.png"
    month.mkdir()
    elsewhere.write_bytes(PNG)
    (month / "lenke.png").symlink_to(elsewhere)
    (month / "side.png").write_text("<html><script>alert(1)</script></html>", encoding="utf-8")
    for name, problem in {"lenke.png": "no image", "side.png": "is no PNG", "Kart 1.png": "the image"}.items():
        with pytest.raises(InputError, match=rf"line 1: .*{problem}"):
            narrative(month, f"![Et kart](<{name}>)")


def test_a_page_that_serves_all_months_has_facts_alone_in_its_braces(tmp_path):
    page = tmp_path / "definisjoner.md"
    known = {"organisation": "Kystdata", "ledger": ""}

    def told(text: str) -> str | None:
        page.write_text(text, encoding="utf-8")
        return read_narrative(page, pd.DataFrame(), known)

    assert told("{% if ledger %}\nskjult\n\n{% endif %}\nVi er {{ organisation }}.") == "Vi er Kystdata."
    for braces in ("{{ ''.__class__ }}", "{{ range(9) }}", "{% for x in 'ab' %}{% endfor %}", "{{ organisation|upper }}",
                   "{% include '/etc/passwd' %}", "{% set x = 1 %}", "{{ 7 * 7 }}"):  # fmt: skip
        with pytest.raises(InputError, match=r"definisjoner\.md, line 2: braces with more than facts"):
            told(f"Tekst.\n{braces}")


def test_the_line_of_a_page_is_that_of_its_file_whatever_is_left_out_above_it(tmp_path):
    page = tmp_path / "definisjoner.md"
    page.write_text("{% if ledger -%}\nskjult\n\n{% endif -%}\nEn\n\n<b>fet</b>\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"definisjoner\.md, line 7: HTML"):
        read_narrative(page, pd.DataFrame(), {"ledger": ""})
