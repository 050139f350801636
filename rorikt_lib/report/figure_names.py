"""What each figure is called where figures are listed, as in what a revision changes."""

from functools import cache

from rorikt_lib.present.language import figure_name
from rorikt_lib.report.declare import Figure
from rorikt_lib.report.figures import all_tables


def name_of(figure: str) -> str:
    """`Driftskostnader, regnskap` for operating_costs.actual; of what no table declares any more, what it is about."""
    return figure_name(figure, *_columns().get(figure, ("", "")))


@cache
def _columns() -> dict[str, tuple[str, str]]:
    """Figure → the column that it is a number of, and the key of the first table that has it."""
    found: dict[str, tuple[str, str]] = {}
    for table in all_tables().values():
        for column, figure in table.figures.items():
            found.setdefault(figure.name if isinstance(figure, Figure) else figure, (column, table.key))
    return found
