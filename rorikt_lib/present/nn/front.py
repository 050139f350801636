"""The front page's words: what its parts are called, and what stands at each key figure."""

from collections.abc import Iterable

import pandas as pd

from rorikt_lib.present.language import shown_member
from rorikt_lib.present.nn.grammar import capitalised, digits, listed, month_seen_from, priority_called, same_days_of
from rorikt_lib.present.nn.news import TO_DECIDE
from rorikt_lib.present.numbers import (
    MILLION,
    as_shown,
    decimal,
    millions,
    month_name,
    percent,
    percent_as_set,
    whole_thousands,
)
from rorikt_lib.present.stated import change
from rorikt_lib.terms.enums import Against, TimeUnit
from rorikt_lib.terms.period import shift

# What the page's parts are called, by the names that its template has for them.
WORDS = {
    "demo-note": "Rapportar som er merkte slik, er laga av oppdikta data.",
    "draft-note": "Rapporten er ikkje godkjend, og tala kan bli endra.",
    "glance": "Nøkkeltal",
    "report": "Les rapporten",
    "pdf": "PDF",
    "figures": "Alle tal (CSV)",
    "excel": "Excel",
    "decisions": "Til avgjerd og oppfølging",
    "months": "Rapportar",
    "documents": "Andre dokument",
    "of-year": "Budsjett og kostnadsfordeling",
    "of-report": "frå rapporten for",
    "development": "Utvikling",
}
# What the page across months has, by its parts.
_TOPICS = {
    "forecast": "prognose",
    "accuracy": "prognose",
    "tried": "prognose",
    "backlog": "saker",
    "sla": "fristar",
    "times": "fristar",
    "pcs": "PC-ar",
    "alerts": "varsel",
    "use": "bruk",
}
NAMES = {
    "year_result": "Driftskostnader for året",
    "adopted_forecast": "Prognose for drifta i året",
    "model_forecast": "Prognosen til modellen for drifta i året",
    "booked": "Bokført drift hittil i år",
    "invested": "Investert i året",
    "investment_forecast": "Prognose for investeringane i året",
    "open_cases": "Opne saker",
    "within_deadline": "Feilmeldingar løyste innan fristen",
    "resolution": "Løysingstid",
    "pcs_to_order": "PC-ar som må bestillast",
    "portal_views": "Visingar",
    "new_cases": "Nye saker",
    "alerts": "Varsel frå tryggleiksovervakinga",
}
_UNITS = {
    "cases": ("sak", "saker"),
    "alerts": ("varsel", "varsel"),
    "PCs": ("PC", "PC-ar"),
    "views": ("vising", "visingar"),
    TimeUnit.DAYS: ("dag", "dagar"),
    TimeUnit.HOURS: ("time", "timar"),
}
_HELD = {
    Against.YEAR_BUDGET: "årsbudsjettet",
    Against.PHASED: "periodisert budsjett",
    Against.TARGET: "målet",
    Against.DEADLINE: "fristen",
}
# Of these, the level itself is told too.
_TOLD = (Against.TARGET, Against.DEADLINE)


def name(key: str, member: str) -> str:
    """What a key figure is called; member: the priority or the channel it is of."""
    if key == "resolution":
        return f"{NAMES[key]}, {priority_called(member)} prioritet (median)"
    return f"{NAMES[key]} i {shown_member(member)}" if key == "portal_views" and member else NAMES[key]


def value(number: float, unit: str) -> tuple[str, str]:
    """A number as it is written at a glance, and what it is of: `87,5` and `mill. kr`."""
    if unit == "NOK":
        is_much = abs(number) >= MILLION
        return (millions(number), "mill. kr") if is_much else (whole_thousands(number), "kr")
    if unit == "share":
        return percent(number), ""
    text = decimal(number, 1 if unit in [*TimeUnit] else 0)
    one, many = _UNITS.get(unit, ("", ""))
    return text, one if text in ("1", "1,0") else many


def said(number: float, unit: str) -> str:
    """`87,5 mill. kr`, `438 saker`, `85,7 %`."""
    return "\u00a0".join(filter(None, value(number, unit)))


def _size(difference: float, unit: str) -> str | None:
    """How large a difference is; None where it is written as nothing."""
    size = abs(difference)
    text = f"{percent(size).removesuffix('%')}prosentpoeng" if unit == "share" else said(size, unit)
    return text if any(digit in text for digit in "123456789") else None


def held(number: float, level: float, against: Against, unit: str) -> str | None:
    """`1,9 mill. kr under årsbudsjettet`, `4,3 prosentpoeng under målet på 90,0 %`; None where there is no level."""
    if pd.isna(level):
        return None
    to = f"{_HELD[against]} på {promised(level, unit)}" if against in _TOLD else _HELD[against]
    size = _size(change(as_shown(number, unit), level), unit)
    return f"{size} {'over' if number > level else 'under'} {to}" if size else f"Som {to}"


def promised(level: float, unit: str) -> str:
    """`90 %`, `3 dagar`: with no more decimals than it has."""
    if unit == "share":
        return percent_as_set(level)
    return f"{digits(level)}\u00a0{value(level, unit)[1]}"


def changed(now: float, before: float, unit: str, month: str, is_alike: bool) -> str | None:
    """`Opp 20 saker sidan august`; is_alike: of the same days of both months. None where last month is not known."""
    if pd.isna(now) or pd.isna(before):
        return None
    last = shift(month, -1)
    now, before = as_shown(now, unit), as_shown(before, unit)
    size = _size(change(now, before), unit)
    if is_alike:
        then = same_days_of(last, month, is_part=True)
        return f"{'Opp' if now > before else 'Ned'} {size} mot {then}" if size else f"Uendra mot {then}"
    then = month_seen_from(last, month)
    return f"{'Opp' if now > before else 'Ned'} {size} sidan {then}" if size else f"Uendra sidan {then}"


def course_alt(called: str, course: pd.Series, unit: str) -> str:
    """Alt text of the small picture of a key figure. course: month → value."""
    ends = [f"{said(course.iloc[at], unit)} i {month_name(course.index[at])}" for at in (0, -1)]
    low, high = (f"{said(at(course), unit)} i {month_name(of(course))}" for at, of in _EXTREMES)
    return f"{called}: frå {ends[0]} til {ends[1]}; lågast {low}, høgast {high}."


_EXTREMES = ((pd.Series.min, pd.Series.idxmin), (pd.Series.max, pd.Series.idxmax))


def newest(month: str) -> str:
    """The heading of the newest month."""
    return capitalised(month_name(month))


def none_asked() -> str:
    """What stands where the month's figures ask for nothing."""
    return "Tala gir ingen særskilde saker til oppfølging."


def to_decide(text: str) -> str:
    """What is asked to be decided, under a heading that says that it is."""
    return capitalised(text.removeprefix(TO_DECIDE))


def development_lead(topics: Iterable[str]) -> str:
    """What the page across months has, by the keys of its parts."""
    return (
        f"{capitalised(listed(list(dict.fromkeys(_TOPICS[topic] for topic in topics))))}, månad for månad i rapportane"
    )
