"""Sentences about a year's board, staffing and approval, and what its annual report is without."""

from collections.abc import Sequence

import pandas as pd

from rorikt_lib.present.language import member
from rorikt_lib.present.nb.grammar import count, listed
from rorikt_lib.present.numbers import integer
from rorikt_lib.present.stated import number
from rorikt_lib.present.tables import cell
from rorikt_lib.terms.enums import Approval
from rorikt_lib.terms.fields import SUM


def lacking(what: Sequence[str], year: int) -> str | None:
    """What the annual report is without; None where that is nothing."""
    if not what:
        return None
    names = [member("lacking", one) for one in what]
    return f"Det er ikke levert data om {listed(names)} for {year}, så det er ikke med i årsmeldingen."


def board_summary(board: pd.DataFrame) -> str | None:
    """How many meetings the board had, how many cases it dealt with, and requests that nobody has but as a number."""
    row = board.iloc[0]
    parts = [
        f"hadde {count(row.meetings, 'møte', 'møter')}" if pd.notna(row.meetings) else "",
        f"behandlet {count(row.board_cases, 'sak', 'saker')}" if pd.notna(row.board_cases) else "",
    ]
    held = " og ".join(filter(None, parts))
    handled = f"Kundeservice behandlet om lag {integer(row.requests)} henvendelser." if pd.notna(row.requests) else ""
    return " ".join(filter(None, [f"Styret {held} i {row.year:.0f}." if held else "", handled])) or None


def staffing_summary(staffing: pd.DataFrame) -> str | None:
    """How many positions there were when the year ended, in how many departments; None where nobody said."""
    if staffing.empty:
        return None
    total = staffing.iloc[-1]
    departments = number(staffing.department[staffing.department != SUM])
    among = f", fordelt på {integer(departments)} avdelinger" if departments > 1 else ""
    return f"Ved utgangen av {total.year:.0f} var det {cell('positions', total.positions)} stillinger{among}."


def approval_summary(members: pd.DataFrame) -> str:
    """How many of the municipalities have approved the annual report."""
    approved = number(members.approval[members.approval == Approval.GRANTED])
    if not approved:
        return "Ingen av kommunene har godkjent årsmeldingen ennå."
    if approved == len(members):
        return "Alle kommunene har godkjent årsmeldingen."
    return f"Av {integer(number(members.municipality))} kommuner har {integer(approved)} godkjent årsmeldingen."
