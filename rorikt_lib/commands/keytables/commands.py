"""rorikt share | audit."""

import json
from pathlib import Path
from typing import Annotated

import typer

from rorikt_lib.commands.options import Workbook, open_folder
from rorikt_lib.terminal import done, progress

DecimalSign = Annotated[
    str | None, typer.Option("--decimal-sign", metavar="SIGN", help="What stands before decimals, . or a comma.")
]


def share(
    file: Annotated[Path, typer.Argument(metavar="KEYS", help="A key table: items or keys per municipality.")],
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="A sharing model of workbook.yml.")
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="NOK", help="What to share; default the table's own costs.")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="NOK", help="Round to multiples of it: 1, 1000, 0.01.")] = "1",
    costs: Annotated[
        Path | None, typer.Option("--costs", metavar="FILE", help="Where the items' costs or weights stand.")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="Which year of a table that has several.")] = None,
    decimal_sign: DecimalSign = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
    workbook: Workbook = None,
) -> None:
    """Share costs, or an amount, by the keys in a table; the amounts add up exactly at the rounding unit."""
    with progress(f"Sharing by {file.name}"):
        from rorikt_lib.commands.keytables.ask import open_share
        from rorikt_lib.commands.keytables.outcome import share_outcome
        from rorikt_lib.commands.keytables.text import money, show_share

        settings = open_folder(workbook).settings
        found = share_outcome(file, open_share(file, settings, model, amount, unit, costs, year, decimal_sign))
    if as_json:
        print(json.dumps(found, allow_nan=False, ensure_ascii=False, indent=1))
    else:
        show_share(found)
    rounded = f" ({money(found['amount'])} at the rounding unit)" if found["amount"] != found["sum"] else ""
    places = len(found["totals"])
    done(f"Shared {money(found['sum'])} kroner{rounded} among {places} municipalities: on standard output.")


def audit(
    file: Annotated[Path, typer.Argument(metavar="TABLE", help="A printed table: keys, costs and amounts.")],
    totals: Annotated[
        Path | None, typer.Option("--totals", metavar="FILE", help="Its totals; default TABLE_totals beside it.")
    ] = None,
    decimal_sign: DecimalSign = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
    workbook: Workbook = None,
) -> None:
    """Recompute a printed table from what it prints, and say what does not follow, by how much and for whom."""
    with progress(f"Auditing {file.name}"):
        from rorikt_lib.commands.keytables.ask import open_audit
        from rorikt_lib.commands.keytables.outcome import audit_outcome
        from rorikt_lib.commands.keytables.text import show_audit

        found, read = open_audit(file, open_folder(workbook).settings, totals, decimal_sign)
        outcome = audit_outcome(file, read, found)
    if as_json:
        print(json.dumps(outcome, allow_nan=False, ensure_ascii=False, indent=1))
    else:
        show_audit(outcome)
    done(f"Audited {file}: {len(outcome['errors'])} numbers do not follow.")
