"""An installed Chromium and a site to look at with it, served as a careful host would: with the strict policy."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The month that is looked at in each run, and what its site by the other renderer is called.
MONTH, QUARTO = "2024-09", "quarto"
DOCUMENTS = ("budsjett-2025", "arsmelding-2024", "referat-2024-08-28")
POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
# A machine that does other things at the same time is no fault of the page.
TIMEOUT = 180_000
HEIGHT = 900
# A4 within its margins, in the pixels of a style sheet.
PAPER = 660
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_HERE = Path(__file__).parent
MEASURE, CHART = ((_HERE / name).read_text(encoding="utf-8") for name in ("measure.js", "chart.js"))
_LISTEN = """window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber}`));"""

# Far down a page a picture is fetched only when somebody comes near; one that is not there is found missing later.
_PICTURES = """() => Promise.all([...document.images].map((one) => { one.loading = "eager"; return one.decode().catch(() => {}); }))
  .then(() => {})"""
_UNFOLD = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


def chromium() -> str | None:
    """The browser that is installed, or that CHROMIUM names; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        # A chart within a page is ruled by the page's policy alone.
        if self.path.partition("?")[0].endswith((".html", "/")):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: what matters is asserted."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder while it lasts, on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@dataclass
class Opened:
    """A page that was loaded once, for all that is looked at on it. unwanted: what it asked for and should not have."""

    page: Page
    unwanted: list[str] = field(default_factory=list)

    def show(self, width: int, scheme: str = "light", media: str = "screen") -> Page:
        """The page at another width (pixels), in light or dark, on screen or on paper."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=scheme, media=media)
        # What follows the new width has been done when the frame after the next one is drawn, and its pictures are there.
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.page.evaluate(_PICTURES)
        return self.page

    @property
    def refused(self) -> list[str]:
        """What the policy kept the page from doing."""
        return self.page.evaluate("() => window.refused")


@dataclass
class Reader:
    """A browser in which every page and chart is opened once."""

    browser: Browser
    _opened: dict[str, Opened] = field(default_factory=dict)
    _charts: dict[str, dict[str, Any]] = field(default_factory=dict)
    _drawing: Page | None = None
    _fresh: list[Opened] = field(default_factory=list)

    def open(self, address: str) -> Opened:
        """The page of an address, opened the first time, and in it all that unfolds; those who type take a fresh one."""
        if address not in self._opened:
            self._opened[address] = self._load(address)
            self._opened[address].page.evaluate(_UNFOLD)
        return self._opened[address]

    def fresh(self, address: str, scripts: bool = True) -> Opened:
        """The page of an address, for one test alone."""
        self._fresh.append(self._load(address, scripts))
        return self._fresh[-1]

    def close_fresh(self) -> None:
        """Closes what was opened for one test: a page that stays open goes on drawing."""
        while self._fresh:
            self._fresh.pop().page.context.close()

    def _load(self, address: str, scripts: bool = True) -> Opened:
        opened = Opened(self._page(scripts))
        # A page from files has no host of its own.
        own = "file:" if address.startswith("file:") else "/".join(address.split("/")[:3]) + "/"

        def answered(response: Any) -> None:
            if response.status >= 400:
                opened.unwanted.append(f"{response.status} {response.url}")

        def asked(request: Any) -> None:
            if not request.url.startswith(own):
                opened.unwanted.append(f"elsewhere: {request.url[:120]}")

        opened.page.add_init_script(_LISTEN)
        opened.page.on("request", asked)
        opened.page.on("response", answered)
        opened.page.goto(address)
        return opened

    def chart(self, address: str) -> dict[str, Any]:
        """What chart.js says of the SVG file at an address."""
        if address not in self._charts:
            self._drawing = self._drawing or self._page()
            self._drawing.goto(address)
            self._charts[address] = self._drawing.evaluate(CHART)
        return self._charts[address]

    def _page(self, scripts: bool = True) -> Page:
        size = {"width": 1280, "height": HEIGHT}
        context = self.browser.new_context(viewport=size, java_script_enabled=scripts, locale="nb-NO")
        context.set_default_timeout(TIMEOUT)
        return context.new_page()
