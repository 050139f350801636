"""The command line: rorikt init | doctor | new | demo | clean | check | report | document | meeting | run | approve |
withdraw | verify | figures | backtest | share | audit | schema, and the words of the workbook's kinds of documents."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from rorikt_lib.commands.approve import approve, verify, withdraw
from rorikt_lib.commands.backtest.command import backtest
from rorikt_lib.commands.doctor.command import doctor
from rorikt_lib.commands.document import Commands, document
from rorikt_lib.commands.exports import check, clean
from rorikt_lib.commands.init.command import init
from rorikt_lib.commands.keytables.commands import audit, share
from rorikt_lib.commands.meeting import meeting
from rorikt_lib.commands.new.command import new
from rorikt_lib.commands.options import Workbook
from rorikt_lib.commands.report import figures, report
from rorikt_lib.commands.run.command import run
from rorikt_lib.commands.schema import schema
from rorikt_lib.errors import InputError, of_disk
from rorikt_lib.terminal import console, done, progress

# Many small matrices: threads for each cost several times what they save. Read when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# How many more objects there may be before those that are no longer used are looked for.
_NEW_OBJECTS = 100_000

app = typer.Typer(
    cls=Commands,
    help="The monthly economy and activity report: from raw exports to site and PDF.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        from rorikt_lib.publish.provenance import library_version

        print(f"rorikt {library_version()}")
        raise typer.Exit


@app.callback()
def options(
    workbook: Workbook = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version and the commit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Options of all commands, before the command or after it."""
    from rorikt_lib.config.renamed import tell

    tell(lambda sentence: console.print(sentence, soft_wrap=True))
    if workbook:
        os.environ["RORIKT_WORKBOOK"] = str(workbook)
        # It is of the workbook that the environment named before.
        os.environ.pop("RORIKT_DATA", None)


app.command()(init)
app.command()(doctor)
app.command()(new)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the demo is, or is to be.")] = Path("demo"),
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where it has its exports.")] = False,
) -> None:
    """Make the demo: a workbook of its own, with exports of January 2022 – December 2024."""
    with progress("Starting"):
        from rorikt_lib.demo.make import make_demo
        from rorikt_lib.store.folders import raw_files

    if if_empty and raw_files(folder / "data" / "raw"):
        return
    with progress("Making the demo") as step:
        files = make_demo(folder, step)
    done(f"Made the demo in {folder}, with {len(files)} exports. See it with: rorikt report --workbook {folder}")


app.command()(clean)
app.command()(check)
app.command()(report)
app.command()(document)
app.command()(meeting)
app.command()(run)
app.command()(approve)
app.command()(withdraw)
app.command()(verify)
app.command()(figures)
app.command()(backtest)
app.command()(share)
app.command()(audit)
app.command()(schema)


def main() -> None:
    """Entry point: what a user can get wrong is one line on standard error and exit code 2."""
    debug = "--debug" in sys.argv
    # A command ends soon: looking for what is no longer used, through all tables and pages each time, is not worth it.
    gc.set_threshold(_NEW_OBJECTS)
    # Nor is it at its end, when all of it goes.
    atexit.register(gc.freeze)
    try:
        app([argument for argument in sys.argv[1:] if argument != "--debug"])
    except (InputError, OSError, UnicodeEncodeError) as error:
        if debug:
            raise
        console.print(f"rorikt: {_told(error)}", soft_wrap=True)
        sys.exit(2)


def _told(error: InputError | OSError | UnicodeEncodeError) -> InputError:
    if isinstance(error, InputError):
        return error
    return of_disk(error) if isinstance(error, OSError) else _name(error)


def _name(error: UnicodeEncodeError) -> InputError:
    """A file name that is not UTF-8, wherever a command was given it: nothing else cannot be written as UTF-8."""
    shown = error.object.encode(errors="backslashreplace").decode()
    return InputError(f"'{shown[-200:]}' is not UTF-8", remedy="give the file or folder another name")
