"""A page or chart that could do something is not published, however it came about."""

from __future__ import annotations

from pathlib import Path

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.publish.inert import check_site, refuse_active

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


STYLED = ["<p style='color: red'>a</p>", "<style>p { color: red }</style>"]


def page(body: str) -> bytes:
    return f'<!DOCTYPE html><html lang="nb"><head><link rel="icon" href="data:,"></head><body>{body}</body></html>'.encode()


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>", "<p>a<SCRIPT src=x></SCRIPT></p>", "<img src=x onerror=alert(1)>", "<p onclick='x'>a</p>",
        "<iframe src='a.html'></iframe>", "<object data='x'></object>", "<embed src='x'>", "<form action='x'></form>",
        "<svg onload='x'></svg>", "<math><mi>x</mi></math>", "<base href='https://example.no'>", "<template>a</template>",
        "<meta http-equiv='refresh' content='0;url=x'>", "<a href='javascript:alert(1)'>a</a>",
        "<a href=' JaVa\nScript:alert(1)'>a</a>", "<a href='data:text/html,x'>a</a>", "<a href='file:///etc/passwd'>a</a>",
        "<a href='vbscript:x'>a</a>", "<button formaction='javascript:x'>a</button>", "<video poster='x'></video>",
        "<script src='https://x.no/assets/a.js'></script>", "<script src='assets/a.js'>alert(1)</script>",
        "<script src='assets/../a.js'></script>", "<script type='module' src='assets/a.js'></script>",
        "<input type='text' onfocus='x' autofocus>", "<details ontoggle='x' open>a</details>", "<p srcdoc='x'>a</p>",
    ],
)  # fmt: skip
def test_what_runs_in_a_browser_stops(body):
    with pytest.raises(InputError, match=r"^index\.html: (the element|the attribute|a link to)"):
        refuse_active(page(body), Path("index.html"))


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>", "<foreignObject><p>a</p></foreignObject>", '<g onclick="x"/>', '<a href="https://x.no"/>',
        '<use xlink:href="javascript:x"/>', '<image href="data:image/svg+xml,x"/>', "<animate/>", '<set attributeName="href"/>',
    ],
)  # fmt: skip
def test_what_runs_in_a_chart_stops(inner):
    with pytest.raises(InputError, match=r"^a\.svg: "):
        refuse_active(SVG.format(inner).encode(), Path("a.svg"))


@pytest.mark.parametrize("body", STYLED)
def test_a_style_in_a_page_stops_where_the_page_is_new_and_not_where_it_was_made_before(tmp_path, body):
    for month in ("2024-08", "2024-09"):
        (tmp_path / month).mkdir()
    (tmp_path / "2024-08" / "index.html").write_bytes(page(body))
    check_site(tmp_path, new="2024-09")
    (tmp_path / "2024-09" / "index.html").write_bytes(page(body))
    with pytest.raises(InputError, match=r"^2024-09/index\.html: a style in the page"):
        check_site(tmp_path, new="2024-09")


def test_scripts_of_ours_and_a_policy_are_let_through():
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
    refuse_active(
        page(f"{policy}<script src='assets/a.js' defer></script><script src='../assets/b.js'></script>"), Path("a.html")
    )


def test_text_that_looks_like_it_and_links_of_a_report_are_let_through():
    refuse_active(
        page(
            "<p>&lt;script&gt; javascript:alert(1) onclick=</p><a href='https://example.no'>a</a>"
            "<a href='mailto:post@example.no'>a</a><a href='#b'>a</a><a href='../index.html'>a</a>"
        ),
        Path("index.html"),
    )
    refuse_active(SVG.format('<use xlink:href="#a"/><text>&lt;script&gt;</text>').encode(), Path("a.svg"))


def test_a_link_within_the_site_leads_to_a_file_of_it(tmp_path):
    month = tmp_path / "2024-09"
    month.mkdir()
    (month / "tall 1.csv").write_text("a", encoding="utf-8")
    (month / "index.html").write_bytes(page("<a href='tall%201.csv'>a</a> <a href='index.html?a#b'>b</a>"))
    check_site(tmp_path)
    for address in ("../2024-08/index.html", "mangler.csv", "../../hemmelig.html"):
        (month / "index.html").write_bytes(page(f"<a href='{address}'>a</a>"))
        with pytest.raises(InputError, match=r"2024-09/index\.html: a link to .* which the site does not have"):
            check_site(tmp_path)
