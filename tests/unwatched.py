"""A workbook small enough to be run in a moment, and what tells of such a run: its log, and who was notified."""

from __future__ import annotations

import http.server
import json
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

from command_line import rorikt

from rorikt_lib.demo.make import DEMO
from rorikt_lib.month.keep import Recorded
from rorikt_lib.month.report import Reported
from rorikt_lib.publish.build import Built

MONTH = "2024-09"
LEDGER = "Bilagsnr;Bilagsdato;Periode;Konto;Ansvar;Prosjekt;Tekst;Beløp\n{n};{day};{period};010;100;;Tekst;10,00\n"
CASES = (
    "Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min)\n"
    "1;Feilmelding;Medium;Ny;Nettverk;Molde kommune;Telefon;{day} 08:00;;;\n"
)
STATEMENT = "  accessibility: {statement: https://uustatus.no/nb/erklaringer/a, contact: post@example.no}\n"
NOTHING_LACKS = STATEMENT + "  chapters: [ledger, tickets]\n"


def small_workbook(root: Path, organisation: str = NOTHING_LACKS, unattended: str = "") -> Path:
    """A workbook with a voucher and a case of 30 September 2024, of which nothing lacks and nothing is late.

    organisation: lines below that key. unattended: what workbook.yml has under it, a line each.
    """
    text = (DEMO / "workbook.yml").read_text(encoding="utf-8")
    before, _, rest = text.partition("\nunattended:\n")
    own = f"\nunattended:\n{unattended}" if unattended else "\n"
    text = before + own + rest[rest.index("\n# Other names") :]
    text = text.replace("  responsible_unit: ROR-IKT\n", f"  responsible_unit: ROR-IKT\n{organisation}")
    root.mkdir(parents=True, exist_ok=True)
    (root / "workbook.yml").write_text(text, encoding="utf-8")
    export(root, "ledger.csv", LEDGER.format(n=1, day="30.09.2024", period="202409"))
    export(root, "cases.csv", CASES.format(day="30.09.2024"))
    return root


def export(root: Path, name: str, text: str) -> Path:
    """One of its exports."""
    file = root / "data" / "raw" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def logged(root: Path) -> list[dict]:
    """The lines of the newest log."""
    newest = max((root / "data" / "logs").glob("*.jsonl"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    return [json.loads(line) for line in newest.read_text(encoding="utf-8").splitlines()]


def run(root: Path, *arguments: object, period: str = MONTH) -> subprocess.CompletedProcess:
    return rorikt("run", "--period", period, "--workbook", root, *arguments)


def last(root: Path) -> dict:
    """The last line of the newest log, which is how the run ended."""
    line = logged(root)[-1]
    assert line["event"] == "end"
    return line


def made(job, progress, log: Recorded | None = None, **_: object) -> Reported:
    """A report made in no time, where month.report.report_month makes one."""
    progress("site")
    page = job.out / job.month / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("draft", encoding="utf-8")
    page.with_name("report.json").write_text("{}", encoding="utf-8")
    return Reported(Built(page, page, page, page, ()), log, None, None, None, [])


@contextmanager
def http_sink(status: int = 200) -> Iterator[tuple[int, list[dict]]]:
    """A server on this machine that answers with a status: its port, and the JSON that it was sent."""
    got: list[dict] = []

    class Sink(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with _serving(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)) as port:
        yield port, got


@contextmanager
def smtp_sink() -> Iterator[tuple[int, list]]:
    """A mail server on this machine that takes all and sends nothing: its port, and the messages it was given."""
    got: list = []

    class Sink(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 sink\r\n")
            for line in self.rfile:
                command = line[:4].upper().strip()
                if command == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    got.append(message_from_bytes(b"".join(iter(self.rfile.readline, b".\r\n")), policy=policy.default))
                self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")

    with _serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink)) as port:
        yield port, got


@contextmanager
def _serving(server: socketserver.ThreadingTCPServer | http.server.ThreadingHTTPServer) -> Iterator[int]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
