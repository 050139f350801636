"""The words of the page across months: headings, captions, and what each part says of its own numbers."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.present.language import caption, label, member, shown_member
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nb.front import promised, said
from rorikt_lib.present.nb.grammar import (
    bars,
    capitalised,
    count,
    listed,
    million,
    month_seen_from,
    priority_called,
    result,
    spelt,
)
from rorikt_lib.present.numbers import decimal, integer, millions, month_name, percent
from rorikt_lib.present.stated import change, figure, number
from rorikt_lib.terms.enums import ReportStatus
from rorikt_lib.terms.period import shift

TITLE = "Utvikling"
# What the page's parts are called, by the names that its template has for them.
WORDS = {
    "demo-note": "Tallene er laget av oppdiktede data.",
    "contents": "På denne siden",
}
HEADINGS = {
    "forecast": "Prognose for årets drift",
    "accuracy": "Hvor nær prognosene kom",
    "tried": "Modellen prøvd på tidligere år",
    "backlog": "Saker og restanse",
    "sla": "Feilmeldinger løst innen fristen",
    "times": "Løsningstid",
    "pcs": "PC-er som må bestilles",
    "alerts": "Varsler fra sikkerhetsovervåkningen",
    "use": "Bruk av portalen",
}
Write = Callable[[float], str]


def lead(frame: pd.DataFrame, missing: list[str]) -> str:
    """What the page is made of. frame: month, status; missing: months between them without a report."""
    of = count(number(frame.month), "måned", "måneder")
    drafts = list(frame.month[frame.status == ReportStatus.DRAFT].map(month_name))
    parts = [
        f"Siden er laget av rapportene for {of}, slik de står publisert. Hver måned står med tallene fra sin egen rapport."
    ]
    if len(drafts) == len(frame) > 2:
        parts.append("Alle er utkast, og kan bli endret.")
    elif drafts:
        is_one = len(drafts) == 1
        parts.append(f"{capitalised(listed(drafts))} er {'et utkast' if is_one else 'utkast'}, og kan bli endret.")
    if missing:
        parts.append(f"Det står ingen rapport for {listed(_stretches(missing))}.")
    return " ".join(parts)


def _stretches(months: list[str]) -> list[str]:
    """`juli 2024`, `januar 2024 til april 2024`: months that follow each other are told together."""
    runs: list[list[str]] = []
    for month in months:
        if runs and shift(runs[-1][-1], 1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [" til ".join(dict.fromkeys([month_name(run[0]), month_name(run[-1])])) for run in runs]


def named(text: str, frame: pd.DataFrame) -> str:
    """A caption with the priority or the channel that the frame is of."""
    known = {name: frame[name].iloc[0] for name in ("priority", "channel") if name in frame and len(frame)}
    names = {
        "priority": plain(priority_called(known.get("priority", ""))),
        "channel": plain(shown_member(known.get("channel", ""))),
    }
    return text.format(**names) if "{" in text else text


def notes(frame: pd.DataFrame) -> str:
    """Which of the months are drafts, and which were counted before they had ended."""
    told = [
        (member("status", ReportStatus.DRAFT), frame.status == ReportStatus.DRAFT),
        ("Talt før måneden var over", frame.is_part.astype(bool)),
    ]
    parts = [f"{what}: {_months_named(frame, of)}." for what, of in told if of.any()]
    return " ".join(parts)


def _months_named(frame: pd.DataFrame, of: pd.Series) -> str:
    """The months that something is said of; all of several are not named one by one."""
    months = frame.month[of].drop_duplicates()
    return "alle månedene" if of.all() and len(months) > 2 else listed(list(months.map(month_name)))


def chart_caption(key: str, frame: pd.DataFrame) -> str:
    """The caption of a chart of the frame."""
    return f"{named(caption('charts', key), frame)} {notes(frame)}".strip()


def _course(frame: pd.DataFrame, column: str, what: str, write: Write) -> str | None:
    """How a number was in the first month and in the last, and where it was higher or lower than in both."""
    known = frame.dropna(subset=column)
    if known.empty:
        return None
    first, last = known.iloc[0], known.iloc[-1]
    now = f"{what} var {write(last[column])} i {month_name(last.month)}"
    if len(known) == 1:
        return f"{now}."
    then = f"{now}, mot {write(first[column])} i {month_seen_from(first.month, last.month)}"
    between = known.iloc[1:-1]
    high, low = between[column].max(), between[column].min()
    told = []
    if high > max(first[column], last[column]):
        told.append(f"det høyeste var {write(high)} i {month_name(between.month[between[column].idxmax()])}")
    if low < min(first[column], last[column]):
        told.append(f"det laveste var {write(low)} i {month_name(between.month[between[column].idxmin()])}")
    return f"{then}.{f' {capitalised(listed(told))}.' if told else ''}"


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """The months that were counted to their end, where there are any: a part is no less for being a part."""
    whole = frame[~frame.is_part.astype(bool)]
    return whole if len(whole) else frame


def _left_out(frame: pd.DataFrame) -> str:
    """Which months a sentence of whole months leaves out, as a sentence after it; empty where that is none."""
    part = frame.month[frame.is_part.astype(bool)]
    if part.empty or len(part) == len(frame):
        return ""
    text = (
        " {} er talt før måneden var over, og er ikke med i setningen."
        if len(part) == 1
        else " {} er talt før månedene var over, og er ikke med i setningen."
    )
    return text.format(capitalised(listed(list(part.map(month_name)))))


def forecast(frame: pd.DataFrame) -> str | None:
    """How the newest year's forecast has gone, and how it stands to the budget."""
    if frame.empty:
        return None
    year = frame.month.iloc[-1][:4]
    of_year, last = frame[frame.month.str.startswith(year)], frame.iloc[-1]
    if pd.notna(last.result_nok):
        return f"Driftskostnadene for {year} ble {million(last.result_nok)}{_beside(last.budget_nok, last.result_nok)}."
    column, what = (
        ("adopted_nok", "Vedtatt prognose") if pd.notna(last.adopted_nok) else ("model_nok", "Modellens prognose")
    )
    return f"{_course(of_year, column, f'{what} for {year}', million)} {_last(last.budget_nok, last[column])}{_adopted_before(of_year)}"


def _adopted_before(of_year: pd.DataFrame) -> str:
    """The last adopted forecast of the year, where the newest month has none; else empty."""
    adopted = of_year.dropna(subset="adopted_nok")
    if adopted.empty or adopted.index[-1] == of_year.index[-1]:
        return ""
    last = adopted.iloc[-1]
    return f" Den siste vedtatte prognosen er {million(last.adopted_nok)} fra {month_seen_from(last.month, of_year.month.iloc[-1])}."


def _beside(budget_nok: float, nok: float) -> str:
    """How a result stands to the budget, as the end of a sentence; empty without a budget."""
    return (
        f", {_against(budget_nok, nok) or 'som'} årsbudsjettet på {million(budget_nok)}" if pd.notna(budget_nok) else ""
    )


def _last(budget_nok: float, nok: float) -> str:
    """How the last forecast stands to the budget, as a sentence."""
    if pd.isna(budget_nok):
        return "Året har ikke noe budsjett."
    against = _against(budget_nok, nok)
    return f"Den siste {f'gir {against}' if against else 'er som'} årsbudsjettet på {million(budget_nok)}."


def _against(budget_nok: float, nok: float) -> str:
    """`et merforbruk på 1,9 millioner kroner mot`; empty where that would be written as nothing."""
    outcome = result(change(budget_nok, nok))
    return f"{outcome} mot" if outcome else ""


def accuracy(frame: pd.DataFrame) -> str | None:
    """How near the forecasts of the years that are over came."""
    parts = [
        f"{what} bommet i snitt med {percent(figure(frame[column].abs().mean()))} av regnskapet, mest i {_worst(frame, column)}."
        for column, what in (("adopted_bias", "Vedtatt prognose"), ("model_bias", "Modellens prognose"))
        if frame[column].notna().any()
    ]
    return " ".join(parts) or None


def _worst(frame: pd.DataFrame, column: str) -> str:
    row = frame.loc[frame[column].abs().idxmax()]
    return f"{month_name(row.month)} ({percent(abs(figure(row[column])))} for {'høyt' if row[column] > 0 else 'lavt'})"


def tried(frame: pd.DataFrame) -> str | None:
    """What the model's error would have been in earlier years."""
    if frame.empty:
        return None
    parts = [f"{percent(row.wape)} etter {integer(row.known_months)} måneder" for row in frame.itertuples()]
    return f"Prøvd på tidligere år ville modellens prognose for alle linjene samlet ha bommet med {listed(parts)}."


def backlog(frame: pd.DataFrame) -> str | None:
    """How many cases are open, and in how many months more were resolved than came in; of whole months."""
    whole = _whole(frame)
    course = _course(whole, "open", "Antall åpne saker", integer)
    both = whole.dropna(subset=["created", "resolved"])
    flow = f" {_flow(both)}" if len(both) else ""
    return f"{course}{flow}{_left_out(frame)}" if course else None


def _flow(both: pd.DataFrame) -> str:
    """Whether more cases were resolved than came in, of months where both are known."""
    if len(both) == 1:
        return f"I {month_name(both.month.iloc[0])} {_flow_of(both.iloc[0])}."
    fewer = both[both.resolved > both.created]
    if fewer.empty:
        return f"I ingen av {_the_months(both)} ble det løst flere saker enn det kom inn."
    return f"Det ble løst flere saker enn det kom inn i {_of_months(fewer, both)}."


def _flow_of(row: pd.Series) -> str:
    if row.resolved == row.created:
        return "ble det løst like mange saker som det kom inn"
    return (
        "ble det løst flere saker enn det kom inn"
        if row.resolved > row.created
        else "kom det inn flere saker enn det ble løst"
    )


def _of_months(some: pd.DataFrame, every: pd.DataFrame) -> str:
    """In how many of several months, where it is in any."""
    if len(some) == len(every):
        return "begge månedene" if len(every) == 2 else f"alle {_the_months(every)}"
    return f"{integer(number(some.index))} av {integer(number(every.index))} måneder"


def _the_months(every: pd.DataFrame) -> str:
    """`de tre månedene`."""
    return f"de {spelt(number(every.index))} månedene"


def sla(frame: pd.DataFrame) -> str | None:
    """The share resolved in time, and in how many months it was what is promised; of whole months."""
    whole = _whole(frame)
    course = _course(whole, "share_within", "Andelen feilmeldinger løst innen fristen", percent)
    held = whole.dropna(subset=["share_within", "share_within_target"])
    if not course or held.empty:
        return f"{course}{_left_out(frame)}" if course else None
    targets = held.share_within_target
    # Each month has its own target; one that was not the same in all is not told.
    target = f" på {promised(targets.iloc[-1], 'share')}" if targets.nunique() == 1 else ""
    return f"{course} Målet{target} ble {_reached(held[held.share_within >= targets], held)}.{_left_out(frame)}"


def _reached(reached: pd.DataFrame, held: pd.DataFrame) -> str:
    """Whether a target was reached, or in how many of several months."""
    if len(held) == 1:
        return "nådd" if len(reached) else "ikke nådd"
    return f"nådd i {_of_months(reached, held)}" if len(reached) else f"ikke nådd i noen av {_the_months(held)}"


def times(frame: pd.DataFrame) -> str | None:
    """How long resolving took, against the deadline; of whole months."""
    if frame.empty:
        return None
    unit = frame.unit.iloc[0]
    what = f"Gjennomsnittlig løsningstid med {plain(priority_called(frame.priority.iloc[0]))} prioritet"
    course = _course(_whole(frame), "mean", what, lambda value: said(value, unit))
    target = frame.target.dropna()
    limit = f" Fristen er {promised(target.iloc[-1], unit)}." if len(target) else ""
    return f"{course}{limit}{_left_out(frame)}" if course else None


def pcs(frame: pd.DataFrame) -> str | None:
    """How many PCs must be ordered."""
    return _course(frame, "to_order", "Antall PC-er som må bestilles,", integer)


def alerts(frame: pd.DataFrame) -> str | None:
    """How many alerts came, of whole months."""
    course = _course(_whole(frame), "alerts", "Antall varsler", integer)
    return f"{course}{_left_out(frame)}" if course else None


def portal(frame: pd.DataFrame) -> str | None:
    """How much the portal was used, in whole months."""
    course = _course(_whole(frame), "views", "Antall visninger", integer)
    return f"{course}{_left_out(frame)}" if course else None


def _alt(frame: pd.DataFrame, column: str, what: str, write: Write) -> str:
    known = frame.dropna(subset=column)
    return bars(what, [f"{month_name(row.month)} {write(getattr(row, column))}" for row in known.itertuples()])


def _line_alt(frame: pd.DataFrame, what: str, **columns: Write) -> str:
    parts = []
    for column, write in columns.items():
        known = frame.dropna(subset=column)
        told = [f"{month_name(row.month)} {write(getattr(row, column))}" for row in known.itertuples()]
        parts += [f"{label(column)}: {', '.join(told)}"] if told else []
    return f"Linjediagram over {what}. {'. '.join(parts)}."


def forecast_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of forecasts."""
    return _line_alt(
        frame,
        "prognosene, i millioner kroner",
        **dict.fromkeys(["adopted_nok", "model_nok", "budget_nok", "result_nok"], millions),
    )


def accuracy_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of how near the forecasts came."""
    return _line_alt(frame, "prognosenes avvik fra regnskapet", adopted_bias=percent, model_bias=percent)


def tried_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of the model's error."""
    parts = [f"{integer(row.known_months)} måneder kjent {percent(row.wape)}" for row in frame.itertuples()]
    return bars("modellens feil på tidligere år", parts)


def backlog_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of cases."""
    return _line_alt(
        frame, "nye og løste saker, med stolper for åpne", **dict.fromkeys(["created", "resolved", "open"], integer)
    )


def sla_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of the share resolved in time."""
    return _line_alt(frame, "andel feilmeldinger løst innen fristen", share_within=percent, share_within_target=percent)


def times_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of resolution time."""
    unit = member("unit", frame.unit.iloc[0]).lower()

    def write(value: float) -> str:
        return decimal(value, 1)

    return _line_alt(frame, f"løsningstid, i {unit}", mean=write, median=write, target=write)


def pcs_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of PCs."""
    return _alt(frame, "to_order", "PC-er som må bestilles", integer)


def alerts_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of alerts."""
    return _alt(frame, "alerts", "varsler fra sikkerhetsovervåkningen", integer)


def portal_alt(frame: pd.DataFrame) -> str:
    """Alt text of the chart of the portal's use."""
    return _line_alt(frame, "unike brukere, med stolper for visninger", views=integer, unique_users=integer)
