"""The command line: rorikt init | doctor | new | demo | clean | check | report | figures | backtest | share | audit
| schema."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import yaml

from rorikt_lib.commands.doctor.command import doctor
from rorikt_lib.commands.init.command import init
from rorikt_lib.commands.keytables.commands import audit, share
from rorikt_lib.commands.new.command import new
from rorikt_lib.commands.options import Workbook, open_folder
from rorikt_lib.commands.schema import schema
from rorikt_lib.errors import InputError
from rorikt_lib.terminal import console, counted_progress, done, progress

if TYPE_CHECKING:
    from rorikt_lib.config.folder import Folder
    from rorikt_lib.month.report import Reported
    from rorikt_lib.publish.job import Job

# Many small matrices: threads for each cost several times what they save. Read when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = typer.Typer(
    help="The monthly economy and activity report: from raw exports to site and PDF.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Data = Annotated[Path | None, typer.Option("--data", help="Data root, instead of RORIKT_DATA or data/.")]
Month = Annotated[str, typer.Argument(metavar="PERIOD", help="The report's month, YYYY-MM.")]
NewestMonth = Annotated[
    str | None, typer.Argument(metavar="[PERIOD]", help="The report's month, YYYY-MM; default the newest with data.")
]


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


app.command()(init)
app.command()(doctor)
app.command()(new)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the demo is, or is to be.")] = Path("demo"),
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where it has its exports.")] = False,
) -> None:
    """Make the demo: a workbook of its own, with exports of January 2022 – November 2024."""
    from rorikt_lib.demo.make import make_demo
    from rorikt_lib.store.folders import raw_files

    if if_empty and raw_files(folder / "data" / "raw"):
        return
    with progress("Making the demo") as step:
        files = make_demo(folder, step)
    done(f"Made the demo in {folder}, with {len(files)} exports. See it with: rorikt report --workbook {folder}")


@app.command()
def clean(
    workbook: Workbook = None,
    data: Data = None,
    if_changed: Annotated[
        bool, typer.Option("--if-changed", help="Do nothing where the tables are up to date.")
    ] = False,
) -> None:
    """Read data/raw and write the clean tables to data/clean."""
    _clean(open_folder(workbook, data), only_if_changed=if_changed)


@app.command()
def check(workbook: Workbook = None, data: Data = None) -> None:
    """Read data/raw and say what was found in it, and all that is in the way; writes nothing."""
    from rorikt_lib.sources.clean import clean_raw

    folder, refused = open_folder(workbook, data), []
    with progress("Reading exports") as step:
        try:
            tables = clean_raw(folder.data / "raw", folder.settings, step, refused.append)
        except InputError as error:
            _refuse_all([*refused, error])
    for row in tables["sources"].itertuples():
        console.print(f"{row.source_file}: {row.format}, {row.rows_clean} of {row.rows_read} rows used")
    for row in tables["findings"].fillna("").itertuples():
        console.print(f"found: {row.finding} ({row.count}) {row.source_file or row.table} {row.detail}")
    for row in tables["quarantine"].itertuples():
        console.print(f"unreadable: {row.source_file}, line {row.source_line}: {row.reason} {row.detail}")
    _refuse_all(refused)
    done(
        f"Read {len(tables['sources'])} files: {len(tables['findings'])} findings, "
        f"{len(tables['quarantine'])} unreadable rows."
    )


@app.command()
def report(
    month: NewestMonth = None,
    workbook: Workbook = None,
    data: Data = None,
    out: Annotated[Path | None, typer.Option("--out", help="The site's folder, instead of _site/.")] = None,
    renderer: Annotated[str, typer.Option("--renderer", help="auto, quarto or embedded.")] = "auto",
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="A notebook parameter.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a report that lacks a chapter's exports.")] = False,
) -> None:
    """Render the month's report as site and PDF; cleans the exports first where they have changed."""
    folder = open_folder(workbook, data)

    from rorikt_lib.month.report import report_month
    from rorikt_lib.publish.job import job_of
    from rorikt_lib.workbook import newest_month

    job = job_of(month, folder, out, renderer, dict(map(_name_value, parameters or [])))
    _clean(folder, only_if_changed=True)
    job = job if month else replace(job, month=newest_month(folder))
    with progress(f"Rendering {job.month}") as step:
        made = report_month(job, step, strict=strict)
    _say_what_lacks(job, made)
    if made.lists or "devices" not in made.lacking:
        lists = made.lists or "none this month"
        console.print(f"PCs to follow up, by serial number and not published: {lists}", soft_wrap=True)
    kept = {"forecasts": made.log, "the service desk's figures": made.snapshot}
    told = ", ".join(f"{what} in {file}" for what, file in kept.items() if file)
    if told:
        console.print(f"Kept: {told}", soft_wrap=True)
    built = made.built
    done(f"Rendered {job.month} with the {job.renderer} renderer: {built.page}, {built.pdf}, {built.figures}.")


@app.command()
def figures(month: Month, workbook: Workbook = None, data: Data = None) -> None:
    """Write the month's figures to standard output as CSV, unrounded; cleans the exports first if they changed."""
    from rorikt_lib.month.report import figures_of
    from rorikt_lib.terms.period import check_month

    check_month(month)
    folder = open_folder(workbook, data)
    _clean(folder, only_if_changed=True)
    with progress(f"Computing the figures of {month}"):
        table = figures_of(month, folder)
    table.to_csv(sys.stdout, index=False, lineterminator="\n")
    done(f"{len(table)} figures of {month} on standard output.")


@app.command()
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
    from rorikt_lib.commands.backtest.ask import open_trial, span
    from rorikt_lib.commands.backtest.outcome import outcome
    from rorikt_lib.commands.backtest.text import show
    from rorikt_lib.ledger.forecast.backtest import backtest as try_forecast

    with progress(f"Reading {file.name}"):
        trial = open_trial(file, open_folder(workbook).settings, mapping, group, fiscal_start, years)
    with counted_progress(f"Trying the forecast on {len(trial.tried)} lines") as step:
        found = outcome(trial, try_forecast(trial.postings, trial.years, step))
    if as_json:
        print(json.dumps(found, allow_nan=False, indent=1))
    else:
        show(found)
    done(f"Tried the forecast on {len(trial.tried)} lines of {file} in {span(trial.years)}: on standard output.")


app.command()(share)
app.command()(audit)
app.command()(schema)


def _refuse_all(refused: list[InputError]) -> None:
    """Says what is in the way, a line each, and ends the command; nothing where there is nothing."""
    for sentence in dict.fromkeys(map(str, refused)):
        console.print(f"rorikt: {sentence}", soft_wrap=True)
    if refused:
        raise typer.Exit(2)


def _say_what_lacks(job: Job, made: Reported) -> None:
    from rorikt_lib.workbook import NAMES

    if job.notice:
        console.print(job.notice)
    for source in made.lacking:
        console.print(f"Warning: no exports of {NAMES[source]}: the report is without, and says so", soft_wrap=True)
    for note in [] if made.notes is None else made.notes.itertuples():
        console.print(f"hendelser.yml: no such case by the cut-off: {note.date:%Y-%m-%d}, {note.municipality}")
    if made.built.missing:
        console.print(f"Left out, not written: {', '.join(made.built.missing)}", soft_wrap=True)


def _clean(folder: Folder, only_if_changed: bool) -> None:
    from rorikt_lib.month.clean import clean_exports

    with progress("Cleaning exports") as step:
        tables = clean_exports(folder, step, only_if_changed=only_if_changed)
    if tables is None:
        return
    sources = tables["sources"]
    done(
        f"Cleaned {len(sources)} files into {folder.data / 'clean'}: {sources.rows_clean.sum()} rows used, "
        f"{sources.rows_quarantined.sum()} unreadable, {len(tables['findings'])} findings."
    )


def _name_value(text: str) -> tuple[str, object]:
    """A notebook parameter; the value is read as YAML, so that 25 is a number."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"'{text}' is not NAME=VALUE", remedy="write for example -p trend_months=25")
    if name.strip() in {"period", "data"}:
        raise InputError(f"-p {name} contradicts the command's own", remedy="use the argument PERIOD and --data")
    try:
        return name.strip(), yaml.safe_load(value)
    except yaml.YAMLError:
        raise InputError(f"-p {text} cannot be read", remedy="put the value in quotes") from None


def main() -> None:
    """Entry point: what a user can get wrong is one line on standard error and exit code 2."""
    debug = "--debug" in sys.argv
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
    return _disk(error) if isinstance(error, OSError) else _name(error)


def _name(error: UnicodeEncodeError) -> InputError:
    """A file name that is not UTF-8, wherever a command was given it: nothing else cannot be written as UTF-8."""
    shown = error.object.encode(errors="backslashreplace").decode()
    return InputError(f"'{shown[-200:]}' is not UTF-8", remedy="give the file or folder another name")


def _disk(error: OSError) -> InputError:
    """A file that cannot be read or written, as any other bad input."""
    problem = error.strerror or type(error).__name__
    return InputError(problem, file=error.filename, remedy="check that the path exists and may be read and written")
