"""rorikt doctor, as the command line has it."""

from __future__ import annotations

from typing import Annotated

import typer

from rorikt_lib.commands.options import Data, Workbook
from rorikt_lib.terminal import done, progress


def doctor(
    month: Annotated[
        str | None, typer.Argument(metavar="[PERIOD]", help="A month, YYYY-MM; default the newest with data.")
    ] = None,
    workbook: Workbook = None,
    data: Data = None,
) -> None:
    """Say what the workbook has and what a report of a month would lack, a line each with the remedy.

    Ends with 0 where a report can be made (though it may lack something), with 1 where something stops it.
    """
    with progress("Looking") as step:
        from rorikt_lib.commands.doctor.look import can_report, look
        from rorikt_lib.terms.period import check_month

        seen, lines = look(workbook, data, check_month(month) if month else None, step)
    for line in lines:
        print(line)
    if can_report(lines):
        done(f"A report of {seen} can be made: rorikt report {seen}")
        return
    done("No report can be made yet: see the lines that begin with stops.")
    raise typer.Exit(1)
