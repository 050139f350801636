"""Writes the demo exports to a data root."""

from collections.abc import Callable
from pathlib import Path

from rorikt_lib.config.settings import Settings, load_settings
from rorikt_lib.demo.budget import write_budget, write_forecasts
from rorikt_lib.demo.device_files import write_devices
from rorikt_lib.demo.ledger import postings
from rorikt_lib.demo.ledger_files import write_ledger
from rorikt_lib.demo.sharing import write_sharing
from rorikt_lib.demo.ticket_writers import write_tickets
from rorikt_lib.demo.tickets import make_tickets
from rorikt_lib.demo.usage import write_usage
from rorikt_lib.errors import InputError
from rorikt_lib.store.folders import DEMO_MARK

# Kept in the repository, so it may lie in data/raw before the demo does.
NOT_DATA = {"README.md"}
NOTICE = """# Demodata

Alt i denne mappen er oppdiktet og laget av `rorikt demo`: leverandører, bilag, saker, PC-er og brukere finnes ikke.
Tallene er satt sammen slik at beregningene gir de samme summene som de publiserte rapportene for 2023-12 og 2024-09.
Så lenge denne filen ligger her, merkes alt som lages av dataene, med «Demodata». Slett mappen før ekte eksporter
legges inn.
"""


def make_demo(data_root: Path, progress: Callable[[str], None] | None = None) -> list[Path]:
    """Writes raw/{ledger,budget,forecasts,tickets,devices,usage,sharing}/ and raw/DEMODATA.md; the paths written.

    The same files, byte for byte, every time. InputError where raw/ holds files that are not demo data. progress:
    called with the name of each folder before it is written.
    """
    raw = data_root / "raw"
    _check_free(raw)
    raw.mkdir(parents=True, exist_ok=True)
    # First, so that a run cut short leaves nothing that could be taken for real exports.
    marker = raw / DEMO_MARK
    marker.write_text(NOTICE, encoding="utf-8")
    paths = [marker]
    for name, write in _writers(load_settings()).items():
        if progress:
            progress(name)
        folder = raw / name
        folder.mkdir(exist_ok=True)
        paths += write(folder)
    return paths


def _writers(settings: Settings) -> dict[str, Callable[[Path], list[Path]]]:
    """Folder below raw/ → what writes it."""
    return {
        "ledger": lambda folder: write_ledger(postings(settings), folder),
        "budget": lambda folder: write_budget(settings, folder),
        "forecasts": write_forecasts,
        "tickets": lambda folder: write_tickets(make_tickets(settings), settings, folder),
        "devices": lambda folder: write_devices(settings, folder),
        "usage": write_usage,
        "sharing": write_sharing,
    }


def _check_free(raw: Path) -> None:
    """InputError when raw/ holds files and no marker says that they are demo data."""
    if (raw / DEMO_MARK).exists() or not raw.exists():
        return
    found = sorted(path for path in raw.rglob("*") if path.is_file() and path.name not in NOT_DATA)
    if found:
        remedy = "give another data root with --data, or move these files away"
        raise InputError(f"the folder holds {len(found)} files that are not demo data", file=found[0], remedy=remedy)
