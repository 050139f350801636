"""Sentences of chapters 2.1.4.6–7: how fast cases are answered and solved, against what is promised."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import decimal, integer, month_name, percent
from rorikt_lib.present.prose.words import capitalised, count, listed, month_seen_from
from rorikt_lib.present.tables import cell
from rorikt_lib.terms.fields import member
from rorikt_lib.terms.period import shift


def sla_in_short(trend: pd.DataFrame, month: str) -> str:
    """Cases solved in time in the month, against the month before. trend: month, within, breached, share_within."""
    months = trend.set_index("month")
    now, before = months.loc[month], months.reindex([shift(month, -1)]).iloc[0]
    solved = now.within + now.breached
    if not solved:
        return f"Ingen feilmeldinger ble løst i {month_name(month)}."
    known = pd.notna(before.share_within)
    compared = f", mot {percent(before.share_within)} i {month_seen_from(shift(month, -1), month)}" if known else ""
    return (
        f"Av {count(solved, 'feilmelding', 'feilmeldinger')} løst i {month_name(month)} ble {integer(now.within)} løst innen fristen "
        f"({percent(now.share_within)}{compared}); {integer(now.breached)} brøt fristen."
    )


def serious_table(serious: pd.DataFrame) -> pd.DataFrame:
    """Critical and high cases as the report tabulates them, with the verdict in words."""
    verdict = [outcome(row.within, row.is_open) for row in serious.itertuples()]
    because = serious.cause.map(lambda cause: f": {member('cause', cause)}", na_action="ignore")
    computed = (serious.cause_from == "data").map({True: " (beregnet)", False: ""})
    told = pd.Series(verdict, index=serious.index, dtype="str") + because.astype("str").fillna("")
    columns = ["date", "municipality", "priority", "category", "summary", "hours", "target_hours", "outcome"]
    rows = serious.assign(outcome=told + computed.astype("str"))[columns]
    return rows.drop(columns="summary") if rows.summary.isna().all() else rows


def serious_in_short(serious: pd.DataFrame) -> str:
    """How many critical and high cases the month had and how many of them breached."""
    if serious.empty:
        return "Måneden hadde ingen saker med kritisk eller høy prioritet."
    critical, high = ((serious.priority == p).sum() for p in ("critical", "high"))
    return (
        f"Måneden hadde {count(critical, 'sak', 'saker')} med kritisk og {count(high, 'sak', 'saker')} med høy prioritet; "
        f"{integer(breaches(serious)) if breaches(serious) else 'ingen'} av dem brøt fristen."
    )


def breaches(serious: pd.DataFrame) -> int:
    """Critical and high cases that breached their target, also those that are open still."""
    return int((serious.within.astype("boolean") == False).fillna(False).sum())  # noqa: E712


def outcome(within: object, is_open: bool) -> str:
    """The verdict on one case as the table of critical and high cases writes it."""
    if is_open:
        return "Åpen" if pd.isna(within) else "Åpen, over fristen"
    return "Innenfor frist" if within else "Brudd"


def resolution_in_short(times: pd.DataFrame, month: str) -> str | None:
    """Mean against median and target of the month's most frequent priority, and the old cases' part of the mean."""
    rows = times[(times.month == month) & (times.cases > 0)]
    if rows.empty:
        return None
    row = rows.loc[rows.cases.idxmax()]
    unit = member("unit", row.unit)
    old = (
        f" {percent(row.old_case_share)} av gjennomsnittet skyldes saker som var over 30 dager gamle."
        if row.old_case_share > 0
        else ""
    )
    return (
        f"Saker med prioritet {member('priority', row.priority).lower()} tok i gjennomsnitt {decimal(row['mean'], 1)} {unit} og i median "
        f"{decimal(row['median'], 1)} {unit}, mot et mål på {cell('target', row.target)} {unit}.{old}"
    )


def sla_alt(sla: pd.DataFrame) -> str:
    """Alt text of the chart of the share solved in time; sla: month, share_within."""
    rows = sla.dropna(subset="share_within")
    if rows.empty:
        return "Linjediagram uten verdier over andel feilmeldinger løst innen fristen."
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Linjediagram over andel feilmeldinger løst innen fristen, fra {percent(first.share_within)} i {month_name(first.month)} "
        f"til {percent(last.share_within)} i {month_name(last.month)}; lavest {percent(rows.share_within.min())}."
    )


def resolution_alt(times: pd.DataFrame, priority: str) -> str:
    """Alt text of the chart of mean and median resolution time of one priority; times: month, unit, mean, median."""
    rows = times.dropna(subset="mean")
    if rows.empty:
        return "Linjediagram uten verdier over løsningstid."
    last = rows.iloc[-1]
    unit = member("unit", last.unit)
    return (
        f"Linjediagram over løsningstid for prioritet {member('priority', priority).lower()}. I {month_name(last.month)}: gjennomsnitt "
        f"{decimal(last['mean'], 1)} {unit}, median {decimal(last['median'], 1)} {unit}; høyeste gjennomsnitt {decimal(rows['mean'].max(), 1)} {unit}."
    )


def response_in_short(responses: pd.DataFrame, month: str) -> str | None:
    """How many of the month's new cases were answered in time; None where nothing is promised."""
    if responses.empty:
        return None
    now = responses.loc[responses.month == month, ["within", "breached", "unknown"]].sum()
    if not now.sum():
        return f"Ingen nye saker i {month_name(month)} hadde frist for første svar."
    known = now.within + now.breached
    answers = count(now.sum(), "ny sak", "nye saker")
    if not known:
        return f"{capitalised(answers)} i {month_name(month)} hadde frist for første svar; svartiden er ikke kjent."
    late = f"{integer(now.breached)} for sent" if now.breached else "ingen for sent"
    share = f" ({percent(now.within / known)} av dem med kjent svartid)" if now.unknown else ""
    unknown = f" For {integer(now.unknown)} er svartiden ikke kjent." if now.unknown else ""
    return (
        f"Av {answers} med frist for første svar i {month_name(month)} ble "
        f"{integer(now.within)} besvart innen fristen{share} og {late}.{unknown}"
    )


def causes_in_short(causes: pd.DataFrame) -> str | None:
    """The likely causes of the month's breaches, most first; None without breaches."""
    total = causes.breached.sum()
    if not total:
        return None
    told = [f"{member('cause', row.cause).lower()} ({integer(row.breached)})" for row in causes.itertuples()]
    waited = causes.cause.str.startswith("waiting").any()
    after = " Ventetiden er alt trukket fra tiden som måles mot fristen." if waited else ""
    subject = (
        "Bruddet har denne sannsynlige årsaken"
        if total == 1
        else f"De {integer(total)} bruddene har disse sannsynlige årsakene"
    )
    return f"{subject}: {listed(told)}.{after}"


def verdicts_in_short(verdicts: pd.DataFrame, month: str) -> str | None:
    """How often the cases' own system judges as the report does; None where it does not judge."""
    rows = verdicts[(verdicts.month == month) & verdicts.share_agreed.notna()]
    if rows.empty:
        return None
    (now,) = rows.itertuples()
    judged = now.both_within + now.both_breached + now.only_we_breached + now.only_source_breached
    return (
        f"Saksystemet har selv dømt {count(judged, 'løst feilmelding', 'løste feilmeldinger')} i {month_name(month)}, "
        f"likt med rapporten for {percent(now.share_agreed)}. {integer(now.only_we_breached)} er brudd bare i rapporten, "
        f"{integer(now.only_source_breached)} bare i saksystemet."
    )
