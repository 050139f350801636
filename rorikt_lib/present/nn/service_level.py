"""Sentences about the service level: how fast cases are answered and resolved, against what is promised."""

import pandas as pd

from rorikt_lib.present.language import member
from rorikt_lib.present.nn.grammar import (
    capitalised,
    count,
    listed,
    listed_or,
    not_compared,
    part_of,
    priority_name,
    same_days_of,
)
from rorikt_lib.present.numbers import decimal, integer, month_name, percent, percent_as_set
from rorikt_lib.present.stated import number, total
from rorikt_lib.present.tables import cell
from rorikt_lib.terms.enums import TimeUnit
from rorikt_lib.terms.period import shift
from rorikt_lib.terms.reasons import BreachCause, CauseFrom
from rorikt_lib.tickets.sla import OLD_CASE_DAYS

# What a unit of time is called where there is one of it.
ONE_UNIT = {TimeUnit.HOURS: "time", TimeUnit.DAYS: "dag"}


def sla_summary(trend: pd.DataFrame, same_days: pd.DataFrame, month: str) -> str:
    """Cases resolved in time in the month, against the month before and what is promised.

    trend: month, within, breached, share_within, share_within_target, which is missing where nothing is promised.
    same_days: the same and until, of the month and the one before it, where the month is a part, else no rows.
    """
    previous, is_part = shift(month, -1), len(same_days) > 0
    now, months = trend.set_index("month").loc[month], (same_days if is_part else trend).set_index("month")
    before, resolved = months.reindex([previous]).iloc[0], total([now.within, now.breached])
    when = part_of(month, months.until[month]) if is_part else month_name(month)
    if not resolved:
        return f"Ingen feilmeldingar blei løyste i {when}."
    known = pd.notna(before.share_within)
    compared = f"mot {percent(before.share_within)} i {same_days_of(previous, month, is_part)}" if known else ""
    unlike = is_part and previous in months.index and pd.isna(before.until)
    others = not_compared([previous] if unlike else [], month)
    target = now.share_within_target
    aim = f" Målet er {percent_as_set(target)}." if pd.notna(target) else ""
    if resolved in (now.within, now.breached):
        kept = "innan fristen" if now.within else "etter fristen"
        subject = "Den eine feilmeldinga" if resolved == 1 else f"Alle {integer(resolved)} feilmeldingar"
        return f"{subject} som blei {_resolved(resolved)} i {when}, blei {_resolved(resolved)} {kept}{compared and f', {compared}'}.{aim}{others}"
    return (
        f"Av {integer(resolved)} feilmeldingar løyste i {when} blei {integer(now.within)} løyste innan fristen "
        f"({percent(now.share_within)}{compared and f', {compared}'}); {integer(now.breached)} braut fristen.{aim}{others}"
    )


def _resolved(number: float) -> str:
    return "løyst" if number == 1 else "løyste"


def serious_summary(serious: pd.DataFrame, breached: float, priorities: list[str]) -> str | None:
    """How many serious cases the month had, of each of their priorities, and how many breached; None without such."""
    if not priorities:
        return None
    if serious.empty:
        return f"Månaden hadde ingen saker med {listed_or(_called(priorities))} prioritet."
    numbers = {p: number(serious.priority[serious.priority == p]) for p in priorities}
    some = [f"{count(n, 'sak', 'saker')} med {priority_name(p)}" for p, n in numbers.items() if n]
    none = [priority_name(p) for p, n in numbers.items() if not n]
    lacking = f" og ingen med {listed_or(none)}" if none else ""
    had = f"Månaden hadde {listed(some)} prioritet{lacking}"
    if len(serious) == 1:
        return f"{had}. Saka {'braut' if breached else 'braut ikkje'} fristen."
    if breached == len(serious):
        return f"{had}. Alle braut fristen."
    some_of_them = {0: "Ingen", 1: "Éi"}.get(int(breached)) or integer(breached)
    return f"{had}. {some_of_them} av dei braut fristen."


def serious_caption(priorities: list[str], month: str) -> str:
    """Caption of the table of serious cases."""
    return f"Saker med {listed(_called(priorities))} prioritet i {month_name(month)}."


def _called(priorities: list[str]) -> list[str]:
    return [priority_name(priority) for priority in priorities]


def outcome(within: object, is_open: bool, cause: object = None, cause_from: object = None) -> str:
    """The verdict on one case, and why, as the table of critical and high cases writes it."""
    because = "" if pd.isna(cause) else f": {member('cause', cause)}"
    return f"{_verdict(within, is_open)}{because}{' (utrekna)' if cause_from == CauseFrom.DATA else ''}"


def _verdict(within: object, is_open: bool) -> str:
    if is_open:
        return "Open" if pd.isna(within) else "Open, over fristen"
    return "Innanfor frist" if within else "Brot"


def resolution_summary(times: pd.DataFrame, month: str) -> str | None:
    """Mean against median and target of the month's most frequent priority, and the old cases' part of the mean."""
    rows = times[(times.month == month) & (times.cases > 0)]
    if rows.empty:
        return None
    row = rows.loc[rows.cases.idxmax()]
    unit = member("unit", row.unit)
    old = (
        f" {percent(row.old_case_share)} av gjennomsnittet kjem av saker som var over {integer(OLD_CASE_DAYS)} dagar gamle."
        if row.old_case_share > 0
        else ""
    )
    target = f"{cell('target', row.target)} {ONE_UNIT[row.unit] if row.target == 1 else unit}"
    return (
        f"Feilmeldingar med prioritet {priority_name(row.priority)} tok i gjennomsnitt {decimal(row['mean'], 1)} {unit}; "
        f"halvparten blei løyste på {decimal(row['median'], 1)} {unit} eller mindre. Fristen er {target}.{old}"
    )


def sla_alt(sla: pd.DataFrame) -> str:
    """Alt text of the chart of the share resolved in time; sla: month, share_within."""
    rows = sla.dropna(subset="share_within")
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Linjediagram over delen feilmeldingar løyste innan fristen, frå {percent(first.share_within)} i {month_name(first.month)} "
        f"til {percent(last.share_within)} i {month_name(last.month)}; lågast {percent(rows.share_within.min())}."
    )


def times_caption(priority: str) -> str:
    """Caption of the chart of the resolution time of one priority."""
    return f"Løysingstid for prioritet {priority_name(priority)}."


def resolution_alt(times: pd.DataFrame, priority: str) -> str:
    """Alt text of the chart of mean and median resolution time of one priority; times: month, unit, mean, median."""
    rows = times.dropna(subset="mean")
    last = rows.iloc[-1]
    unit = member("unit", last.unit)
    return (
        f"Linjediagram over løysingstid for prioritet {priority_name(priority)}. I {month_name(last.month)}: gjennomsnitt "
        f"{decimal(last['mean'], 1)} {unit}, median {decimal(last['median'], 1)} {unit}; høgaste gjennomsnitt {decimal(rows['mean'].max(), 1)} {unit}."
    )


def response_summary(responses: pd.DataFrame, month: str) -> str | None:
    """How many of the month's new cases were answered in time; None where nothing is promised.

    responses: month, within, breached, unknown, share_within; until, where only a part of the month is counted.
    """
    if responses.empty:
        return None
    now = responses.set_index("month").loc[month]
    promised = total([now.within, now.breached, now.unknown])
    when = part_of(month, now.until) if pd.notna(now.get("until")) else month_name(month)
    if not promised:
        return f"Ingen nye saker i {when} hadde frist for første svar."
    answers = count(promised, "ny sak", "nye saker")
    if pd.isna(now.share_within):
        return f"{capitalised(answers)} i {when} hadde frist for første svar; svartida er ikkje kjent."
    with_target = f"med frist for første svar i {when}"
    if now.within == promised:
        subject = "Den eine nye saka" if promised == 1 else f"Alle {answers}"
        return f"{subject} {with_target} fekk svar innan fristen."
    if now.breached == promised:
        return f"{'Den eine nye saka' if promised == 1 else f'Alle {answers}'} {with_target} braut fristen."
    share = f" ({percent(now.share_within)} av dei med kjent svartid)" if now.unknown else ""
    unknown = f" For {integer(now.unknown)} er svartida ikkje kjent." if now.unknown else ""
    kept, late = (integer(n) if n else "ingen" for n in (now.within, now.breached))
    return f"Av {answers} {with_target} fekk {kept} svar innan fristen{share}, og {late} braut han.{unknown}"


def causes_summary(causes: pd.DataFrame) -> str | None:
    """The likely causes of the month's breaches, most first; None without breaches."""
    breached = total(causes.breached)
    if not breached:
        return None
    named = [f"{member('cause', row.cause).lower()} ({integer(row.breached)})" for row in causes.itertuples()]
    waited = causes.cause.str.startswith(BreachCause.WAITING).any()
    after = " Ventetida er alt trekt frå tida som blir målt mot fristen." if waited else ""
    subject = (
        "Brotet har denne sannsynlege årsaka"
        if breached == 1
        else f"Dei {integer(breached)} brota har desse sannsynlege årsakene"
    )
    return f"{subject}: {listed(named)}.{after}"


def verdicts_summary(verdicts: pd.DataFrame, month: str) -> str | None:
    """How often the cases' own system judges as the report does; None where it does not judge."""
    rows = verdicts[(verdicts.month == month) & verdicts.share_agreed.notna()]
    if rows.empty:
        return None
    (now,) = rows.itertuples()
    judged = total([now.both_within, now.both_breached, now.only_we_breached, now.only_source_breached])
    cases = f"{count(judged, 'løyst feilmelding', 'løyste feilmeldingar')} i {month_name(month)}"
    if now.share_agreed == 1:
        return f"Saksystemet har sjølv dømt {cases}, alle likt med rapporten."
    ours, theirs = (integer(n) if n else "ingen" for n in (now.only_we_breached, now.only_source_breached))
    alike = f"{percent(now.share_agreed)} likt med" if now.share_agreed else "ingen likt med"
    return (
        f"Saksystemet har sjølv dømt {cases}, {alike} rapporten. {capitalised(ours)} er brot berre i rapporten, "
        f"{theirs} berre i saksystemet."
    )
