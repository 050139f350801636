"""The made-up cases with all that the ticket system keeps of them, and the alerts from security monitoring."""

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.case_times import END, MONTHS, URGENT, make_times
from rorikt_lib.demo.data import CREATED, MADE_UP, PUBLISHED, SEPTEMBER_EXTRACT
from rorikt_lib.demo.delays import delayed
from rorikt_lib.demo.exact import generator, land
from rorikt_lib.demo.service_axis import ServiceAxis
from rorikt_lib.terms.enums import Priority, TicketType
from rorikt_lib.terms.period import shift

# Category → share of the incidents, and of the requests.
CATEGORIES: dict[str, list[float]] = MADE_UP["categories"]
ADVICE = "Rådgivning"
ALERT_CHANNEL, ALERT_CATEGORY = "Sikkerhetsovervåkning", "Informasjonssikkerhet"
# Monitoring began in March 2023; a new rule in October 2024 raised more alerts.
ALERTS_FROM, ALERTS_A_MONTH = "2023-03", {"2024-11": 195}
ALERTS_AFTER_EXTRACT = 9
DELETED, CHANGES = 64, 9
# In the lists of 2022 and 2023: people who reported what somebody had reported just before.
MERGED, MERGED_BEFORE = 21, "2023-12-01"
FIRST_NUMBER = 20_001


def make_tickets(settings: Settings) -> pd.DataFrame:
    """One row per case, in the order of creation; times are local without zone, missing where not yet.

    number, type, priority, category, municipality, user, channel, created, responded, resolved, closed,
    paused_minutes, reopened, is_deleted, is_change, is_merged.
    """
    random = generator("tickets")
    axis = ServiceAxis(settings.tickets)
    cases = make_times(axis, settings.tickets, random)
    cases = cases.pipe(placed, settings, random).pipe(_categorised, axis, random)
    cases = cases.pipe(delayed, axis, settings.tickets, END, generator("delays")).pipe(timed, axis, END, random)
    others = [_extra(cases, random), _alerts(settings, random), _merged(cases, generator("merged"))]
    tickets = pd.concat([cases, *others], ignore_index=True).sort_values("created", kind="stable", ignore_index=True)
    return tickets.assign(number=np.arange(len(tickets)) + FIRST_NUMBER)


def placed(cases: pd.DataFrame, settings: Settings, random: np.random.Generator) -> pd.DataFrame:
    """Adds municipality (by users), user and channel."""
    users = pd.Series({m.name: m.users for m in settings.municipalities})
    drawn = random.choice(users.index.to_numpy(dtype=object), len(cases), p=users / users.sum())
    place = cases.municipality.astype(object).where(cases.municipality.notna(), drawn)
    first = place.map((users.cumsum() - users).to_dict()).astype(int)
    user = first + (random.random(len(cases)) * place.map(users.to_dict()).astype(int)).astype(int)
    channels = MADE_UP["channels"]
    channel = random.choice(list(channels), len(cases), p=list(channels.values()))
    return cases.assign(municipality=place, user=user + 1, channel=channel)


def _categorised(cases: pd.DataFrame, axis: ServiceAxis, random: np.random.Generator) -> pd.DataFrame:
    """Adds category by type; of September's cases up to the extract exactly as many as published."""
    (start, end), _ = next(iter(CREATED.items()))
    counted = cases.created.between(axis.minute(start), axis.minute(end) - 1) & cases.category.isna()
    drawn = draw_categories(cases.type, list(CATEGORIES), random)
    published = PUBLISHED["september_categories"]
    others = [c for c in CATEGORIES if c not in published]
    drawn = drawn.mask(counted, draw_categories(cases.type, others, random))
    # Advice is only asked for in requests, so it takes its share first.
    for category, count in sorted(published.items(), key=lambda item: item[0] != ADVICE):
        free = counted & drawn.isin(others) & ((cases.type == TicketType.REQUEST) | (category != ADVICE))
        drawn[random.choice(cases.index[free], count, replace=False)] = category
    return cases.assign(category=cases.category.astype(object).where(cases.category.notna(), drawn))


def draw_categories(types: pd.Series, categories: list[str], random: np.random.Generator) -> pd.Series:
    """A category for each case, by the shares of its type."""
    drawn = pd.Series(None, index=types.index, dtype=object)
    for n, kind in enumerate((TicketType.INCIDENT, TicketType.REQUEST)):
        share = np.array([CATEGORIES[c][n] for c in categories])
        of_kind = types.index[types == kind]
        drawn[of_kind] = random.choice(categories, of_kind.size, p=share / share.sum())
    return drawn


def timed(cases: pd.DataFrame, axis: ServiceAxis, until: str, random: np.random.Generator) -> pd.DataFrame:
    """Minute numbers → local times; adds responded, closed and waiting time; some closed cases lack a resolved time.

    until: when the exports end; what is later has not happened yet.
    """
    n, end = len(cases), axis.minute(until)
    taken = cases.resolved - cases.created
    is_solved, is_urgent = cases.resolved < end, cases.priority.isin(URGENT)
    free = ~cases.fixed & is_solved & ~is_urgent
    answer = random.lognormal(np.log(50), 0.9, n).clip(1, np.where(is_urgent, 11, 900)).astype("int64")
    closed = cases.resolved + random.integers(0, 5 * axis.per_day, n)
    lacks_resolved = free & (random.random(n) < 0.02) | cases.untold
    waits = free & (taken > 300) & (random.random(n) < 0.25) & cases.late_answer.isna()
    minutes = {
        "created": cases.created,
        "responded": cases.created + cases.late_answer.fillna(pd.Series(np.minimum(answer, taken))).astype("int64"),
        "resolved": cases.resolved,
        "closed": closed.mask(lacks_resolved, cases.resolved),
    }
    # A minute after the exports' end stands for not yet.
    frame = cases.assign(**{name: axis.times(np.minimum(m, end)).to_numpy() for name, m in minutes.items()})
    frame = frame.assign(**{n: frame[n].mask(frame[n] >= pd.Timestamp(until)) for n in list(minutes)[1:]})
    return frame.assign(
        created=_some_at_night(frame, random),
        resolved=frame.resolved.mask(lacks_resolved),
        paused_minutes=np.where(waits, (taken * random.uniform(0.1, 0.7, n)).astype("int64"), cases.paused),
        is_deleted=False,
        is_change=False,
        is_merged=False,
    )  # fmt: skip


def _some_at_night(frame: pd.DataFrame, random: np.random.Generator) -> pd.Series:
    """Created times: some people write the evening before the desk opens. Never across a month or an extract."""
    day = frame.created.dt.normalize()
    may = ~frame.fixed & ~frame.priority.isin(URGENT) & (day.dt.day > 1) & (day != pd.Timestamp(SEPTEMBER_EXTRACT[:10]))
    chosen = may & (random.random(len(frame)) < 0.06)
    evening = day + pd.Timedelta(hours=8) - pd.to_timedelta(random.integers(10, 700, len(frame)), unit="min")
    return frame.created.mask(chosen, evening)


def _extra(cases: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Rows of 2024 that are not counted as cases: deleted ones and changes."""
    this_year = cases.index[(cases.created >= "2024-01-01") & ~cases.fixed & cases.resolved.notna()]
    chosen = cases.loc[random.choice(this_year, DELETED + CHANGES, replace=False)]
    is_deleted = np.arange(len(chosen)) < DELETED
    return chosen.assign(is_deleted=is_deleted, is_change=~is_deleted)


def _merged(cases: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Rows that repeat a case a few minutes old, and were closed within the hour: they go on in that one."""
    chosen = cases.loc[random.choice(cases.index[cases.created < MERGED_BEFORE], MERGED, replace=False)]
    later, closed = (pd.to_timedelta(random.integers(*span, MERGED), unit="min") for span in ((2, 20), (20, 60)))
    return chosen.assign(
        created=chosen.created + later, responded=pd.NaT, resolved=pd.NaT, closed=chosen.created + closed,
        paused_minutes=0, reopened=0, is_merged=True,
    )  # fmt: skip


def _alerts(settings: Settings, random: np.random.Generator) -> pd.DataFrame:
    """Alerts around the clock, as many a month as published or made up."""
    months = [m for m in MONTHS if m >= ALERTS_FROM and not any(start.startswith(m) for start, _ in CREATED)]
    counts = [ALERTS_A_MONTH.get(m, int(random.integers(48, 82))) for m in months]
    spans = [(f"{m}-01", f"{shift(m, 1)}-01", count) for m, count in zip(months, counts, strict=True)]
    spans += [(start, end, counts["alerts"]) for (start, end), counts in CREATED.items()]
    return alerts_in([*spans, (SEPTEMBER_EXTRACT, "2024-10-01", ALERTS_AFTER_EXTRACT)], settings, random)


def alerts_in(spans: list[tuple[str, str, int]], settings: Settings, random: np.random.Generator) -> pd.DataFrame:
    """So many alerts created from each start to each end, handled within hours."""
    created = pd.concat([_instants(start, end, count, random) for start, end, count in spans], ignore_index=True)
    n = len(created)
    share = np.array([m.users for m in settings.municipalities])
    places = np.repeat(settings.municipality_names, land(share, n))
    taken = pd.to_timedelta(random.integers(4, 240, n), unit="min")
    return pd.DataFrame(
        {
            "type": TicketType.INCIDENT, "priority": np.where(random.random(n) < 0.1, Priority.HIGH, Priority.MEDIUM),
            "category": ALERT_CATEGORY, "municipality": random.permutation(places), "user": 0, "channel": ALERT_CHANNEL,
            "created": created, "responded": created + taken / 4, "resolved": created + taken,
            "closed": created + taken, "paused_minutes": 0, "reopened": 0, "is_deleted": False, "is_change": False,
            "is_merged": False, "fixed": True,
        }
    )  # fmt: skip


def _instants(start: str, end: str, count: int, random: np.random.Generator) -> pd.Series:
    """Times from start to end, at any hour but the one that the clocks skip or repeat."""
    first, last = pd.Timestamp(start), pd.Timestamp(end) - pd.Timedelta(hours=5)
    drawn = first + pd.to_timedelta(random.integers(1, int((last - first).total_seconds() // 60), count), unit="min")
    drawn = pd.Series(drawn).dt.as_unit("s")
    return drawn.mask(drawn.dt.hour == 2, drawn + pd.Timedelta(hours=1))
