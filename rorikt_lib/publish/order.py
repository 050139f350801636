"""The order of the monthly report and of the pages beside it: the key `rorikt:` of _quarto.yml, and nothing else."""

from pathlib import Path

from rorikt_lib.config.order import REPORT_PAGE, Order, Page, Section
from rorikt_lib.config.yaml_file import read_yaml

__all__ = ["REPORT_PAGE", "Order", "Page", "Section", "read_order"]


def read_order(file: Path) -> Order:
    """The order in a file like _quarto.yml; InputError names the key that does not fit."""
    return read_yaml(file, Order, "rorikt") or Order(chapters=[])
