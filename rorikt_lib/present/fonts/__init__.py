"""The typeface of the report (Inter, see OFL.txt), shared by the web page, the PDF and the charts."""

from pathlib import Path

FAMILY = "Inter"
FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.otf"))
LICENCE = FOLDER / "OFL.txt"
