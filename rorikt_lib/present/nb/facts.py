"""The settings in words: what glossary and front page may name in double braces."""

import datetime as dt
from collections.abc import Collection

from babel.dates import format_date

from rorikt_lib.config.devices import DeviceSettings
from rorikt_lib.config.settings import Settings
from rorikt_lib.config.tickets import SlaTarget, TicketSettings
from rorikt_lib.devices.plan import YEARS_AHEAD
from rorikt_lib.present.language import LOCALE, member
from rorikt_lib.present.nb.grammar import digits, interval_odds, interval_share, listed, listed_or, spelt
from rorikt_lib.present.numbers import integer
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.enums import Clock, Priority, Source, TimeUnit, UserGroup
from rorikt_lib.terms.period import year_of
from rorikt_lib.tickets.clock import minutes_per_service_day
from rorikt_lib.tickets.serious import serious_priorities
from rorikt_lib.tickets.sla import OLD_CASE_DAYS

CLOSED_DAYS = {"12-23": "lille julaften", "12-24": "julaften", "12-31": "nyttårsaften"}
GROUPS = {UserGroup.STAFF: "ansatte", UserGroup.PUPIL: "elever"}
# One and several of what a deadline is in; a day of all hours has another name.
UNITS = {
    (TimeUnit.HOURS, Clock.SERVICE): ("én", "time", "timer"),
    (TimeUnit.HOURS, Clock.CALENDAR): ("én", "time", "timer"),
    (TimeUnit.DAYS, Clock.SERVICE): ("én", "dag", "dager"),
    (TimeUnit.DAYS, Clock.CALENDAR): ("ett", "døgn", "døgn"),
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
        "organisation": plain(organisation.name),
        "report_title": plain(organisation.report_title),
        "responsible_unit": plain(organisation.responsible_unit),
        "municipalities": listed([plain(m.name) for m in settings.members(month)]),
        "serious": listed_or([_called(p) for p in serious_priorities(tickets)]),
        "deadlines": listed([f"{_deadline(tickets.sla[p])} for {_called(p)}" for p in tickets.priorities]),
        "clocks": _clocks(tickets),
        "alerts": listed([plain(channel) for channel in tickets.alert_channels]),
        **_service_time(tickets, month),
        **_lifetimes(devices),
        "old_case_days": integer(OLD_CASE_DAYS),
        "interval_share": interval_share(),
        "interval_odds": interval_odds(10),
    }


def _called(priority: Priority) -> str:
    return member("priority", priority).lower()


def _counted(number: float, one: str, single: str, several: str) -> str:
    """`én time`, `fem dager`, `1,5 dager`."""
    if number == 1:
        return f"{one} {single}"
    return f"{spelt(number)} {several}"


def _deadline(target: SlaTarget) -> str:
    return _counted(target.resolution, *UNITS[TimeUnit(target.unit), Clock(target.clock)])


def _on(clock: Clock, tickets: TicketSettings) -> list[Priority]:
    return [priority for priority in tickets.priorities if tickets.sla[priority].clock == clock]


def _clocks(tickets: TicketSettings) -> str:
    """Which hours count towards a deadline, as a sentence."""
    always = _on(Clock.CALENDAR, tickets)
    if not _on(Clock.SERVICE, tickets):
        return "Alle døgnets timer regnes."
    if not always:
        return "Den regnes i servicetid."
    of_one = CASES.get(always[0]) if len(always) == 1 else None
    cases = of_one or f"saker med {listed([_called(priority) for priority in always])} prioritet"
    return f"Den regnes i servicetid; for {cases} regnes alle døgnets timer."


def _service_time(tickets: TicketSettings, month: str) -> dict[str, str]:
    """When the desk is open; nothing where no deadline goes by it."""
    if not _on(Clock.SERVICE, tickets):
        return dict.fromkeys(["opens", "closes", "days_off", "service_day"], "")
    hours = tickets.service_hours
    closed = [_closed_day(day) for day in tickets.closed_days if _is_of(day, month)]
    return {
        "opens": f"{hours.opens:%H.%M}",
        "closes": f"{hours.closes:%H.%M}",
        "days_off": listed(["helger", "helligdager", *closed]),
        "service_day": f"{digits(minutes_per_service_day(hours) / 60)} timer",
    }


def _is_of(day: str, month: str) -> bool:
    """Whether the report's year, or the one before it that it looks back on, has a closed day."""
    return len(day) == 5 or 0 <= year_of(month) - int(day[:4]) <= 1


def _closed_day(day: str) -> str:
    if len(day) == 10:
        return format_date(dt.date.fromisoformat(day), "d. MMMM y", locale=LOCALE)
    return CLOSED_DAYS.get(day) or format_date(dt.date.fromisoformat(f"2023-{day}"), "d. MMMM", locale=LOCALE)


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
