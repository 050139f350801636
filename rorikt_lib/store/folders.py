"""The data root: which exports lie in it, and whether they are the demo's."""

from pathlib import Path

DEMO_MARK = "DEMODATA.md"


def is_demo(root: Path) -> bool:
    """Whether the raw exports are demo data; everything made from them says so."""
    return (root / "raw" / DEMO_MARK).exists()


def raw_files(folder: Path) -> list[Path]:
    """The exports below a folder, sorted; hidden files, spreadsheets' lock files and notes (.md) are none."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix.lower() != ".md"
        and not path.name.startswith("~$")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
