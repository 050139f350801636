"""Every term of ours that a reader can meet has a Norwegian name, and no name is left over."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd
import pytest

from rorikt_lib.config.sharing import OWN_COST
from rorikt_lib.devices.terms import OTHER
from rorikt_lib.ledger.forecast.backtest import CLASSICAL
from rorikt_lib.ledger.restated import OF_LEDGER
from rorikt_lib.present.language import words
from rorikt_lib.report import budget_frame, budget_years
from rorikt_lib.report.annual import PEOPLE
from rorikt_lib.report.restated import OF_USAGE
from rorikt_lib.sources.formats import saft, ticket_api
from rorikt_lib.sources.read_file import FORMATS
from rorikt_lib.terms import enums, reasons
from rorikt_lib.terms.enums import UNKNOWN
from rorikt_lib.terms.language import REFERENCE
from rorikt_lib.tickets.restated import OF_CASES
from rorikt_lib.tickets.spread import HOURS, TIME_BANDS
from rorikt_lib.tickets.twin import DIFFERING
from rorikt_lib.tickets.volume import AGE_BANDS, TOTAL

LABELS, MEMBERS = words(REFERENCE).labels, words(REFERENCE).members
# Column → our terms that are in it where a reader sees it.
SHOWN = {
    "any": [UNKNOWN],
    "lacking": [*enums.Source, PEOPLE],
    "kind": enums.Kind,
    "mark": enums.Mark,
    "source": enums.ForecastSource,
    "method": enums.Method,
    "reading": enums.Reading,
    "rhythm": enums.Rhythm,
    "priority": enums.Priority,
    "type": enums.TicketType,
    "unit": enums.TimeUnit,
    "quarter": enums.Quarter,
    "approval": enums.Approval,
    "sharing_model": [OWN_COST],
    "user_group": [*enums.UserGroup, UNKNOWN],
    "channel": enums.Channel,
    "doubt": reasons.Doubt,
    "cause": reasons.BreachCause,
    "cause_from": reasons.CauseFrom,
    "pair": DIFFERING,
    "why": reasons.VerdictReason,
    "causes": reasons.RestatedCause,
    "finding": reasons.Finding,
    "category": [UNKNOWN],
    "municipality": [UNKNOWN],
    "version": [UNKNOWN],
    "model_class": [OTHER],
    "member": [TOTAL],
    "age_days": AGE_BANDS,
    "time_band": TIME_BANDS,
    "hour": [*map(str, HOURS)],
    "hour_short": [*map(str, HOURS)],
    "weekday": enums.Weekday,
    "weekday_short": enums.Weekday,
    "figure": [*OF_CASES, *OF_LEDGER, *OF_USAGE],
    "status": enums.ReportStatus,
    "plan_row": budget_years.ROWS,
    "frame_row": budget_frame.ROWS,
    "format": [*(form.name for form in FORMATS), saft.NAME, ticket_api.NAME],
}
# What people write too (report.yml), in words that are bokmål's own.
AS_WRITTEN = {"status"}
# These are columns' names, and so have labels.
COLUMNS = [enums.Verdict, enums.VerdictPair, enums.Support, reasons.Doubt]
# Or by the names that the calendar has.
NEVER_SHOWN = [
    enums.AccountClass,
    enums.Against,
    enums.Clock,
    enums.SetAside,
    enums.Side,
    enums.Span,
    enums.TicketStatus,
    enums.Waiting,
]
ALL = [
    term for module in (enums, reasons) for term in vars(module).values()
    if isinstance(term, type) and issubclass(term, StrEnum) and term is not StrEnum
]  # fmt: skip


@pytest.mark.parametrize("column", sorted(MEMBERS.keys() | SHOWN.keys()))
def test_the_terms_of_a_column_are_those_that_have_names(column):
    assert set(MEMBERS[column]) == set(SHOWN[column])


@pytest.mark.parametrize("column", SHOWN)
def test_each_has_a_name_of_its_own_that_is_not_our_term(column):
    names = [*MEMBERS[column].values()]
    assert len({*names}) == len(names)
    assert column in AS_WRITTEN or not {*names} & {*SHOWN[column]}


@pytest.mark.parametrize("terms", COLUMNS)
def test_terms_that_are_columns_have_labels(terms):
    assert set(terms) <= LABELS.keys()


@pytest.mark.parametrize("terms", ALL)
def test_a_new_list_of_terms_is_reported_to_be_shown_or_not(terms):
    assert terms in [*NEVER_SHOWN, *COLUMNS] or any(set(terms) <= set(shown) for shown in SHOWN.values())


def test_a_frame_that_is_given_terms_holds_plain_texts():
    rows = pd.DataFrame({"kind": [*enums.Kind], enums.Span.DAY: 1}).assign(one=enums.Kind.OPERATING)
    filled = pd.Series(["x", None], dtype="str").fillna(enums.Span.MONTH)
    texts = [*rows.kind, *rows.one, *rows.columns, *filled, *pd.Index([*enums.Span])]
    assert {type(text) for text in texts} == {str}
    assert rows.kind.isin([enums.Kind.OPERATING]).tolist() == [True, False]
    assert rows["day"].tolist() == [1, 1]


def test_priorities_rise():
    assert [*enums.Priority] == ["low", "medium", "high", "critical"]


def test_the_methods_that_the_report_shows_are_tried():
    assert {method.__name__ for method in CLASSICAL} >= {*enums.Method} - {enums.Method.CHOSEN}
