"""The settings in words: what glossary and front page may name in double braces."""

import datetime as dt
from collections.abc import Collection

from babel.dates import format_date

from rorikt_lib.config.devices import DeviceSettings
from rorikt_lib.config.settings import Settings
from rorikt_lib.config.tickets import Hours, SeasonHours, ServiceHours, SlaTarget, TicketSettings, is_once
from rorikt_lib.devices.plan import YEARS_AHEAD
from rorikt_lib.present.language import locale, mark
from rorikt_lib.present.nb.grammar import (
    capitalised,
    digits,
    interval_odds,
    interval_share,
    listed,
    listed_or,
    priority_name,
    spelt,
)
from rorikt_lib.present.numbers import integer
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.enums import Clock, Priority, Source, TimeUnit, UserGroup, Weekday
from rorikt_lib.terms.period import year_of
from rorikt_lib.tickets.clock import minute_of_day, minutes_per_service_day
from rorikt_lib.tickets.serious import serious_priorities
from rorikt_lib.tickets.sla import OLD_CASE_DAYS

CLOSED_DAYS = {"12-23": "lille julaften", "12-24": "julaften", "12-31": "nyttårsaften"}
# By days from Easter Sunday.
EASTER_DAYS = {
    -7: "palmesøndag", -6: "mandag før påske", -5: "tirsdag før påske", -4: "onsdag før påske", -3: "skjærtorsdag",
    -2: "langfredag", -1: "påskeaften", 0: "første påskedag", 1: "andre påskedag", 2: "tirsdag etter påske",
    39: "Kristi himmelfartsdag", 40: "dagen etter Kristi himmelfartsdag", 48: "pinseaften", 49: "første pinsedag",
    50: "andre pinsedag",
}  # fmt: skip
WEEKEND = [Weekday.SATURDAY, Weekday.SUNDAY]
GROUPS = {UserGroup.STAFF: "ansatte", UserGroup.PUPIL: "elever"}
# One and several of what a deadline is in; a day of all hours has another name.
UNITS = {
    (TimeUnit.HOURS, Clock.SERVICE): ("én", "time", "timer"),
    (TimeUnit.HOURS, Clock.CALENDAR): ("én", "time", "timer"),
    (TimeUnit.DAYS, Clock.SERVICE): ("én", "dag", "dager"),
    (TimeUnit.DAYS, Clock.CALENDAR): ("ett", "døgn", "døgn"),
}
# What a report is about, by the source that it takes.
SUBJECTS = {
    Source.LEDGER: "økonomi",
    Source.TICKETS: "service og support",
    Source.DEVICES: "PC-er",
    Source.USAGE: "bruk",
}
# Cases of one priority, where an adjective says it.
CASES = {Priority.CRITICAL: "kritiske saker"}


def of_settings(settings: Settings, month: str, sources: Collection[Source] = tuple(Source)) -> dict[str, str]:
    """The facts by name, as Markdown, of the report of a month; empty where the organisation has nothing of the kind.

    sources: what the report has; each is a fact that says so.
    """
    organisation, tickets, devices = settings.organisation, settings.tickets, settings.devices
    return {
        **{source: "x" if source in sources else "" for source in Source},
        "subjects": listed([name for source, name in SUBJECTS.items() if source in sources]),
        "organisation": plain(organisation.name),
        "report_title": plain(organisation.report_title),
        "responsible_unit": plain(organisation.responsible_unit),
        "municipalities": listed([plain(m.name) for m in settings.members(month)]),
        "serious": listed_or([priority_name(p) for p in serious_priorities(tickets)]),
        "deadlines": listed([f"{_deadline(tickets.sla[p])} for {priority_name(p)}" for p in tickets.priorities]),
        "clocks": _clocks(tickets),
        "spread_waiting": _spread_waiting(tickets),
        "alerts": listed([plain(channel) for channel in tickets.alert_channels]),
        **_service_time(tickets, month),
        **_lifetimes(devices),
        "old_case_days": integer(OLD_CASE_DAYS),
        "interval_share": interval_share(),
        "interval_odds": interval_odds(10),
    }


def _counted(number: float, one: str, single: str, several: str) -> str:
    """`én time`, `fem dager`, `1,5 dager`."""
    if number == 1:
        return f"{one} {single}"
    return f"{spelt(number)} {several}"


def _deadline(target: SlaTarget) -> str:
    return _counted(target.resolution, *UNITS[TimeUnit(target.unit), Clock(target.clock)])


def _on(clock: Clock, tickets: TicketSettings) -> list[str]:
    return [priority for priority in tickets.priorities if tickets.sla[priority].clock == clock]


def _clocks(tickets: TicketSettings) -> str:
    """Which hours count towards a deadline, as a sentence."""
    always = _on(Clock.CALENDAR, tickets)
    if not _on(Clock.SERVICE, tickets):
        return "Alle døgnets timer regnes."
    if not always:
        return "Den regnes i servicetid."
    of_one = CASES.get(always[0]) if len(always) == 1 else None
    cases = of_one or f"saker med {listed([priority_name(priority) for priority in always])} prioritet"
    return f"Den regnes i servicetid; for {cases} regnes alle døgnets timer."


def _spread_waiting(tickets: TicketSettings) -> str:
    """How waiting comes off where only its length is known, and on another clock than the deadline's."""
    if tickets.paused_clock == Clock.SERVICE or not _on(Clock.SERVICE, tickets):
        return ""
    return " Ventetid som vi bare kjenner lengden av, regnes jevnt fordelt over sakens levetid."


def _service_time(tickets: TicketSettings, month: str) -> dict[str, str]:
    """When the desk is open; nothing where no deadline goes by it. service_time: all of it, in sentences."""
    if not _on(Clock.SERVICE, tickets):
        return dict.fromkeys(["service_time", "opens", "closes", "days_off", "service_day"], "")
    hours = tickets.service_hours
    weekend = ["helger"] if not {*WEEKEND} & {*hours.working_days} else []
    public = [] if hours.open_on_holidays else ["helligdager"]
    closed = [_day(day) for day in tickets.closed_days if _is_of(day, month)]
    return {
        "service_time": " ".join(_sentences(hours, weekend, public + closed, month)),
        "opens": _time(hours.opens),
        "closes": _time(hours.closes),
        "days_off": listed([*weekend, *public, *closed]),
        "service_day": f"{digits(minutes_per_service_day(hours) / 60)} timer",
    }


def _sentences(hours: ServiceHours, weekend: list[str], closed: list[str], month: str) -> list[str]:
    """Ordinary hours, weekdays with others, seasons, half days."""
    is_ordinary = {*hours.working_days} == {*list(Weekday)[:5]} and not hours.open_on_holidays
    days = "på virkedager, altså" if is_ordinary else f"{_weekdays(hours.working_days)}{',' if closed else ''}"
    off = [*weekend, *closed] if is_ordinary else closed
    without = f" uten {listed(off)}" if off else ""
    said = [f"Klokken {_span(hours)} {days}{without}."]
    said += [f"{capitalised(each)}." for each in _own_weekdays(hours)]
    said += [_season(season, hours) for season in hours.seasons if _is_of(season.last_day, month)]
    by_hours: dict[str, list[str]] = {}
    for day, other in hours.half_days.items():
        if _is_of(day, month):
            by_hours.setdefault(_span(other), []).append(_day(day))
    return said + [f"{capitalised(listed(names))}: klokken {span}." for span, names in by_hours.items()]


def _season(season: SeasonHours, usual: ServiceHours) -> str:
    days = season.working_days
    others = days is not None and {*days} != {*usual.working_days}
    own = "".join(f", {each}" for each in _own_weekdays(season))
    of_days = f" {_weekdays(days)}" if others else ""
    return f"Fra {_day(season.first_day)} til {_day(season.last_day)}: klokken {_span(season)}{of_days}{own}."


def _own_weekdays(week: ServiceHours | SeasonHours) -> list[str]:
    """`fredag klokken 08.00 til 14.00`: of each weekday that has hours of its own, Monday first."""
    return [f"{_weekday(day)} klokken {_span(week.weekdays[day])}" for day in Weekday if day in week.weekdays]


def _weekdays(working: list[Weekday]) -> str:
    """`mandag til lørdag` where they follow each other, else each of them; `alle dager`."""
    places = [n for n, day in enumerate(Weekday) if day in working]
    if len(places) == len(Weekday):
        return "alle dager"
    names = [_weekday(list(Weekday)[n]) for n in places]
    is_run = len(places) > 2 and places == [*range(places[0], places[-1] + 1)]
    return f"{names[0]} til {names[-1]}" if is_run else listed(names)


def _weekday(day: Weekday) -> str:
    return locale().days["format"]["wide"][list(Weekday).index(day)]


def _span(hours: Hours) -> str:
    return f"{_time(hours.opens)} til {_time(hours.closes)}"


def _time(time: dt.time) -> str:
    hour, minute = divmod(int(minute_of_day(time)), 60)
    return f"{hour:02d}.{minute:02d}"


def _is_of(day: str, month: str) -> bool:
    """Whether the report's year, or the one before it that it looks back on, has a day."""
    return not is_once(day) or 0 <= year_of(month) - int(day[:4]) <= 1


def _day(day: str) -> str:
    """A day of the settings in words."""
    if is_once(day):
        return format_date(dt.date.fromisoformat(day), mark("day_pattern"), locale=locale())
    if day.startswith("easter"):
        after = int(day.removeprefix("easter") or 0)
        before = f"{integer(abs(after))} dager {'før' if after < 0 else 'etter'} første påskedag"
        return EASTER_DAYS.get(after, before)
    return CLOSED_DAYS.get(day) or format_date(dt.date.fromisoformat(f"2023-{day}"), "d. MMMM", locale=locale())


def _lifetimes(devices: DeviceSettings) -> dict[str, str]:
    """How long PCs last and what the plan reckons with."""
    years = [
        f"{_counted(devices.lifetime_years[group], 'ett', 'år', 'år')} for {name}" for group, name in GROUPS.items()
    ]
    by_class = any(each.lifetime_years for each in devices.model_classes)
    growth = "prisvekst" if devices.price_growth > 0 else "prisnedgang"
    return {
        "lifetimes": listed(years),
        "model_classes": listed([plain(each.name) for each in devices.model_classes]),
        "lifetimes_of_classes": ", om ikke modellklassen har en annen" if by_class else "",
        "years_ahead": spelt(YEARS_AHEAD),
        "price_of": "modellklassens" if devices.model_classes else "brukergruppens",
        "price_growth": f", med årlig {growth}" if devices.price_growth else "",
    }
