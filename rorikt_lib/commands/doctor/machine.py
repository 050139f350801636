"""What the machine has: version, renderer, typeface, room on the disk."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.metadata import version
from pathlib import Path

from rorikt_lib.commands.doctor.line import Line, lacks, ok, stops
from rorikt_lib.errors import InputError
from rorikt_lib.present import fonts
from rorikt_lib.publish import quarto
from rorikt_lib.publish.provenance import library_version

LITTLE_GB = 1
_GB = 1_000_000_000


def installed() -> list[Line]:
    """Version, renderer and typeface."""
    return [ok("version", f"rorikt {library_version()}, Python {platform.python_version()}"), _renderer(), _typeface()]


def _renderer() -> Line:
    name, notice = quarto.renderer("auto")
    if name == "quarto":
        return ok("renderer", f"Quarto {'.'.join(map(str, quarto.quarto_version() or ()))}")
    wheels = f"embedded (pandoc from pypandoc {version('pypandoc-binary')}, Typst {version('typst')})"
    return ok("renderer", f"{notice}; {wheels}" if notice else wheels)


def _typeface() -> Line:
    if fonts.FILES:
        return ok("fonts", f"{fonts.FAMILY}, {len(fonts.FILES)} files")
    return lacks("fonts", f"{fonts.FAMILY} is missing: pages and charts get another typeface", "install rorikt again")


def disk(root: Path, data: Path) -> Line:
    """Whether there is room, and the workbook may be written to."""
    for folder in (root, data):
        if folder.exists() and not os.access(folder, os.W_OK):
            return stops("disk", InputError("may not be written to", file=folder, remedy="give yourself the right to"))
    free = shutil.disk_usage(root).free / _GB
    said = f"{free:.1f} GB free"
    return ok("disk", said) if free >= LITTLE_GB else lacks("disk", said, f"make {LITTLE_GB} GB free")
