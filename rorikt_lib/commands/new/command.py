"""rorikt new, as the command line has it."""

from __future__ import annotations

from typing import Annotated

import typer

from rorikt_lib.commands.options import Data, Workbook, open_folder
from rorikt_lib.terminal import console, done, progress


def new(
    month: Annotated[str, typer.Argument(metavar="PERIOD", help="The month to begin, YYYY-MM.")],
    workbook: Workbook = None,
    data: Data = None,
) -> None:
    """Begin a month: its texts with computed drafts, report.yml, a checklist, and the form of the forecast.

    Never overwrites anything.
    """
    with progress("Starting"):
        from rorikt_lib.commands.new.begin import begin
        from rorikt_lib.month.clean import clean_exports
        from rorikt_lib.terms.period import check_month

    check_month(month)
    folder = open_folder(workbook, data)
    with progress(f"Beginning {month}") as step:
        clean_exports(folder, step, only_if_changed=True)
        place, form = begin(month, folder)
    if form:
        console.print(f"For those who decide the forecast: {form}", soft_wrap=True)
    done(f"Began {month} in {place}: see CHECKLIST.md there.")
