"""Use of the portal (Dato or Måned; Visninger; Unike brukere) and of the chatbot (Dato; Henvendelser).

A date written as a month (`2024-09`, `09.2024`) is a row for that month.
"""

from functools import partial

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import accept
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable
from rorikt_lib.sources.reading.parse import parse_accounting_period, parse_date, parse_integer
from rorikt_lib.terms.enums import Channel, Span
from rorikt_lib.terms.instants import possible

COUNTS = ["views", "unique_users", "unique_users_since_launch", "inquiries"]
_PORTAL = {
    "Visninger": "views",
    "Unike brukere": "unique_users",
    "Unike brukere siden lansering": "unique_users_since_launch",
}


def clean(raw: RawTable, settings: Settings, channel: Channel, counted: str, monthly: bool = False) -> Cleaned:
    """One row per day or month: date (a month's first day), span, channel, the counts (missing where not given).

    counted: the count that every row must have. monthly: every row is a month, also where it is written as a date.
    """
    month = parse_accounting_period(raw.frame["date"]).where(lambda period: ~period.str.endswith("-13"))
    day = parse_date(raw.frame["date"].mask(month.notna()))
    first_day = day.dt.to_period("M").dt.start_time if monthly else day
    counts = raw.frame.reindex(columns=COUNTS).astype("str")
    parsed = raw.frame.assign(
        date=possible(first_day.fillna(parse_date(month + "-01"))),
        span=Span.MONTH if monthly else month.isna().map({True: Span.DAY, False: Span.MONTH}),
        channel=channel,
        **{name: parse_integer(counts[name], raw.decimal).where(lambda n: n >= 0) for name in COUNTS},
    )
    good, refused = accept("usage", raw, parsed, ["date", counted])
    return Cleaned("usage", good.assign(source_file=raw.source_file), refused)


_REQUIRED = frozenset({"date", "views", "unique_users"})
_portal = partial(clean, channel=Channel.PORTAL, counted="views")
PORTAL = Format("portal", "usage", {"Dato": "date"} | _PORTAL, _REQUIRED, _portal)
PORTAL_MONTHS = Format("portal_months", "usage", {"Måned": "date"} | _PORTAL, _REQUIRED, partial(_portal, monthly=True))
CHATBOT = Format(
    "chatbot", "usage", {"Dato": "date", "Henvendelser": "inquiries"}, frozenset({"date", "inquiries"}),
    partial(clean, channel=Channel.CHATBOT, counted="inquiries"),
)  # fmt: skip
