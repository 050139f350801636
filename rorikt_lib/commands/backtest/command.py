"""rorikt backtest, as the command line has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rorikt_lib.commands.options import Workbook, open_folder
from rorikt_lib.terminal import counted_progress, done, progress


def backtest(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A ledger: known or mapped format, or clean Parquet.")],
    mapping: Annotated[str | None, typer.Option("--mapping", metavar="NAME", help="Read it by this mapping.")] = None,
    group: Annotated[
        str, typer.Option("--group", metavar="COLUMN", help="What makes the lines: a field or a header of the file.")
    ] = "line",
    fiscal_start: Annotated[
        str | None,
        typer.Option("--fiscal-start", metavar="MONTH", help="The fiscal year's first calendar month, 1 to 12."),
    ] = None,
    years: Annotated[
        str | None, typer.Option("--years", metavar="FROM-TO", help="The fiscal years to forecast, or one of them.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object, unrounded.")] = False,
    workbook: Workbook = None,
) -> None:
    """Forecast a ledger's past years from the years before them, and say how near each method came."""
    with progress(f"Reading {file.name}"):
        from rorikt_lib.commands.backtest.ask import open_trial, span
        from rorikt_lib.commands.backtest.outcome import outcome
        from rorikt_lib.commands.backtest.text import show
        from rorikt_lib.ledger.forecast.backtest import backtest as try_forecast

        trial = open_trial(file, open_folder(workbook).settings, mapping, group, fiscal_start, years)
    with counted_progress(f"Trying the forecast on {len(trial.tried)} lines") as step:
        found = outcome(trial, try_forecast(trial.postings, trial.years, step))
    if as_json:
        print(json.dumps(found, allow_nan=False, indent=1))
    else:
        show(found)
    done(f"Tried the forecast on {len(trial.tried)} lines of {file} in {span(trial.years)}: on standard output.")
