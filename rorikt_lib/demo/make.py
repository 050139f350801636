"""Makes the demo: a workbook of its own, with made-up exports."""

import shutil
from collections.abc import Callable
from pathlib import Path

from rorikt_lib.config.folder import SETTINGS, SHIPPED
from rorikt_lib.config.schema import write_schemas
from rorikt_lib.config.settings import Settings, load_settings
from rorikt_lib.demo.budget import write_budget, write_forecasts
from rorikt_lib.demo.december import with_december
from rorikt_lib.demo.device_files import write_devices
from rorikt_lib.demo.ledger import postings
from rorikt_lib.demo.ledger_files import write_ledger
from rorikt_lib.demo.sharing import write_sharing
from rorikt_lib.demo.ticket_writers import write_tickets
from rorikt_lib.demo.tickets import make_tickets
from rorikt_lib.demo.usage import write_usage
from rorikt_lib.errors import InputError
from rorikt_lib.store.folders import DEMO_MARK

# Its settings and texts, as they come with the library.
DEMO = SHIPPED / "demo"
# May lie in data/raw before the demo does.
NOT_DATA = {"README.md"}
NOTICE = """# Demodata

Alt i denne mappen er oppdiktet og laget av `rorikt demo`: leverandører, bilag, saker, PC-er og brukere finnes ikke.
Tallene er satt sammen slik at beregningene gir de samme summene som de publiserte rapportene for 2023-12 og 2024-09.
Så lenge denne filen ligger her, merkes alt som lages av dataene, med «Demodata». Ekte eksporter
legges ikke her: de hører hjemme i en egen arbeidsbok.
"""


def demo_settings() -> Settings:
    """The demo's own settings, whatever any workbook says."""
    return load_settings(DEMO / SETTINGS)


def make_demo(folder: Path, progress: Callable[[str], None] | None = None) -> list[Path]:
    """Settings, texts, data/raw/{ledger,budget,…}/ and data/raw/DEMODATA.md in a folder; the paths of the exports.

    The same files, byte for byte, every time. InputError where the folder is another workbook, or has exports that are
    not demo data. progress: called with the name of each folder of exports before it is written.
    """
    raw = folder / "data" / "raw"
    _check_free(folder, raw)
    raw.mkdir(parents=True, exist_ok=True)
    # First, so that a run cut short leaves nothing that could be taken for real exports.
    marker = raw / DEMO_MARK
    marker.write_text(NOTICE, encoding="utf-8")
    if folder.resolve() != DEMO:
        shutil.copy(DEMO / SETTINGS, folder)
        shutil.copytree(DEMO / "content", folder / "content", dirs_exist_ok=True)
        write_schemas(folder)
    paths = [marker]
    for name, write in _writers(demo_settings()).items():
        if progress:
            progress(name)
        exports = raw / name
        exports.mkdir(exist_ok=True)
        paths += write(exports)
    return paths


def _writers(settings: Settings) -> dict[str, Callable[[Path], list[Path]]]:
    """Folder below raw/ → what writes it."""
    return {
        "ledger": lambda folder: write_ledger(postings(settings), folder),
        "budget": lambda folder: write_budget(settings, folder),
        "forecasts": write_forecasts,
        "tickets": lambda folder: write_tickets(with_december(make_tickets(settings), settings), settings, folder),
        "devices": lambda folder: write_devices(settings, folder),
        "usage": write_usage,
        "sharing": write_sharing,
    }


def _check_free(folder: Path, raw: Path) -> None:
    """InputError where nothing says that what lies there is the demo."""
    if (raw / DEMO_MARK).exists():
        return
    found = sorted(path for path in raw.rglob("*") if path.is_file() and path.name not in NOT_DATA)
    found += [folder / SETTINGS] if (folder / SETTINGS).exists() and folder.resolve() != DEMO else []
    if found:
        raise InputError("the folder holds what is not the demo", file=found[0], remedy="name another folder")
