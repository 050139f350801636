"""Small pieces of Norwegian that sentences are made of."""

import math
import re
from collections.abc import Iterable

import pandas as pd
from babel.lists import format_list

from rorikt_lib.ledger.forecast.choose import HELD, INTERVAL, LEAST_YEARS, OF_COMMITMENTS
from rorikt_lib.ledger.forecast.combine import QUIET, STEADY
from rorikt_lib.present.amounts import Scale, scale_of, told_apart
from rorikt_lib.present.language import locale, member, members, shown_member
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.numbers import (
    MILLION,
    day_of_month,
    decimal,
    integer,
    millions,
    moment_of_month,
    month_alone,
    month_name,
    percent,
    whole_thousands,
)
from rorikt_lib.present.stated import change as changed_by
from rorikt_lib.present.stated import figure, growth, share
from rorikt_lib.terms.enums import Priority, Reading
from rorikt_lib.terms.rounding import rounded
from rorikt_lib.tickets.sla import OLD_CASE_DAYS

_SPELT = ["to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"]
# A percentage tells nothing where there is more than ten times more than before, or twice as much of fewer than ten.
MOST_GROWTH, FEW = 10, 10
WORDS = dict(enumerate(_SPELT, start=2))


def called(name: str) -> str:
    """A name in a sentence, Markdown-safe; between quotation marks where a list of such would not show where it ends."""
    return f"«{plain(name)}»" if re.search(r",| og ", name) else plain(name)


def million(nok: float) -> str:
    """`1,9 millioner kroner` for 1 938 000."""
    return f"{millions(nok)} millioner kroner"


def kroner(nok: float) -> str:
    """As `million`, but `387 000 kroner` below a million."""
    return million(nok) if abs(nok) >= MILLION else f"{whole_thousands(nok)} kroner"


def count(number: float, one: str, many: str) -> str:
    """`1 sak`, `2 saker`; `ingen saker` for none."""
    if number == 0:
        return f"ingen {many}"
    return f"{integer(number)} {one if locale().plural_form(float(number)) == 'one' else many}"


def higher(nok: float, *levels: float) -> str:
    """`høyere` or `lavere`, of a change between levels; of income, whose levels are below nothing, more is lower costs."""
    return "høyere" if (nok > 0) != (min(levels, default=0) < 0) else "lavere"


def listed(items: list[str]) -> str:
    """`a`, `a og b`, `a, b og c`."""
    return format_list(items, locale=locale())


def listed_or(items: list[str]) -> str:
    """`a`, `a eller b`, `a, b eller c`."""
    return format_list(items, style="or", locale=locale())


def spelt(number: float) -> str:
    """`fem`, in words from two to twelve; any other number in digits: `1,5`, `30`."""
    if number in WORDS:
        return WORDS[number]
    return digits(number)


def digits(number: float) -> str:
    """`30`, `7,5`: with no more decimals than it has, at most three."""
    return decimal(number, next(n for n in range(4) if n == 3 or round(number, n) == number))


def priority_name(priority: str) -> str:
    """`høy`; a priority of an organisation's own as it is written, Markdown-safe."""
    return member("priority", priority).lower() if priority in [*Priority] else plain(priority)


def priority_called(shown: str) -> str:
    """`høy`, of a priority as figures.csv has it; an organisation's own as it is written. Not Markdown-safe."""
    name = shown_member(shown)
    return name.lower() if name in members("priority").values() else name


def change(now: float, before: float) -> str | None:
    """`en økning på 12 (4,1 %)`, `en nedgang på …`, `uendret`; None when either is missing."""
    if pd.isna(now) or pd.isna(before):
        return None
    if now == before:
        return "uendret"
    size = integer(abs(changed_by(now, before)))
    return f"en {'økning' if now > before else 'nedgang'} på {size}{growth_share(now, before)}"


def growth_share(now: float, before: float) -> str:
    """` (4,1 %)`; empty for growth from nothing, or next to nothing, to nothing, and where it would be written as none."""
    grown = growth(now, before) if before and now else math.inf
    is_telling = abs(grown) <= (MOST_GROWTH if abs(before) >= FEW else 1) and rounded(100 * grown, 1)
    return f" ({percent(abs(grown))})" if is_telling else ""


def changes(now: float, earlier: dict[str, float]) -> str:
    """`, en økning på 12 (4,1 %) fra august og en nedgang på 3 fra september året før`; empty when nothing is known."""
    known = {name: change(now, before) for name, before in earlier.items()}
    parts = [f"{words} fra {name}" for name, words in known.items() if words]
    return f", {listed(parts)}" if parts else ""


def result(variance_nok: float, scale: Scale | None = None) -> str | None:
    """`et mindreforbruk på 1,9 millioner kroner`, `et merforbruk på …`; None where it would be written as nothing.

    scale: that of the amounts it is told with, else its own.
    """
    scale = scale or scale_of([variance_nok])
    if not scale.shows(variance_nok):
        return None
    return f"et {'mindreforbruk' if variance_nok > 0 else 'merforbruk'} på {scale.amount(abs(figure(variance_nok)))}"


def share_of(part: float, whole: float, of_what: str = "") -> str:
    """` (2,2 %)`, of what in words; empty where it would be written as nothing, or the whole is none to be shared."""
    if not whole > 0 or not rounded(100 * part / whole, 1):
        return ""
    return f" ({percent(abs(share(part, whole)))}{of_what and f' av {of_what}'})"


def bars(what: str, parts: Iterable[str], none: str = "") -> str:
    """Alt text of a bar chart of `what`: the parts, or that there are none."""
    return f"Stolpediagram over {what}: {', '.join(parts) or none}."


def capitalised(text: str) -> str:
    """The first letter in upper case."""
    return text[:1].upper() + text[1:]


def month_seen_from(month: str, seen_from: str) -> str:
    """`august`, or `september 2023` where the year is another."""
    return month_alone(month) if month[:4] == seen_from[:4] else month_name(month)


def part_of(month: str, until: pd.Timestamp) -> str:
    """`september 2024 til den 27. kl. 12.00`: so far a month is counted; of a day without a time, `til og med`."""
    is_day = until.tzinfo is None
    return f"{month_name(month)} {f'til og med {day_of_month(until)}.' if is_day else f'til {moment_of_month(until)}'}"


def same_days_of(month: str, seen_from: str, is_part: bool) -> str:
    """`de samme virkedagene i august` where the month that it is seen from is a part, else `august`."""
    return f"{'de samme virkedagene i ' if is_part else ''}{month_seen_from(month, seen_from)}"


def not_compared(months: Iterable[str], seen_from: str) -> str:
    """` Det er ikke sammenlignet med februar, som …`: months that have not the same days; empty where there are none."""
    names = [month_seen_from(month, seen_from) for month in months]
    return f" Det er ikke sammenlignet med {listed_or(names)}, som ikke har like mange virkedager." if names else ""


def part_note(until: pd.Series, has_changes: bool = False) -> str:
    """What a caption says of a month that was counted before it ended; empty where none was.

    until: by row, missing for whole months. has_changes: the table has changes from other months.
    """
    known = until.dropna().drop_duplicates()
    if known.empty:
        return ""
    same = " Endringer til og fra en slik måned gjelder de samme virkedagene." if has_changes else ""
    parts = [part_of(f"{instant:%Y-%m}", instant).replace(" til ", " er talt til ", 1) for instant in known]
    return f"{capitalised(listed(parts)).rstrip('.')}.{same}"


def interval_share() -> str:
    """`80 %`: how many of the forecasts the model's interval is to hold."""
    return percent(INTERVAL, 0)


def interval_odds(out_of: int) -> str:
    """`fire av fem`: the same in words, of so many forecasts."""
    return f"{spelt(round(INTERVAL * out_of))} av {spelt(out_of)}"


# The recipe is told in words throughout; whoever changes its numbers writes these.
_OF_RECIPE = {1 / 6: "en sjettedel", 15: "femten"}
RULES = {
    "interval_share": interval_share,
    "interval_odds": lambda: interval_odds(5),
    "old_case_days": lambda: integer(OLD_CASE_DAYS),
    Reading.STEADY: lambda: member("reading", Reading.STEADY),
    Reading.QUIET: lambda: member("reading", Reading.QUIET),
    Reading.COMMITMENTS: lambda: member("reading", Reading.COMMITMENTS),
    "steady_of": lambda: spelt(len(STEADY)),
    "quiet_of": lambda: spelt(len(QUIET)),
    "of_commitments": lambda: _OF_RECIPE[OF_COMMITMENTS],
    "held": lambda: _OF_RECIPE[HELD],
    "sum_years": lambda: spelt(LEAST_YEARS),
}


def with_rules(text: str) -> str:
    """`text` with the rules that it names in braces written."""
    return re.sub(rf"\{{({'|'.join(RULES)})\}}", lambda name: RULES[name[1]](), text)


def interval(row: pd.Series) -> str:
    """` (80 %-intervall: 89,8 til 91,9 millioner kroner)`; empty where it is not known."""
    if pd.isna(row.low_nok) or pd.isna(row.high_nok):
        return ""
    scale = told_apart(row.low_nok, row.high_nok)
    return f" ({interval_share()}-intervall: {scale.number(row.low_nok)} til {scale.amount(row.high_nok)})"
