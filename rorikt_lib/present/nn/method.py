"""How the tables were computed: what of each source counts, and the paragraphs about each table."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.present.language import mark
from rorikt_lib.present.nn.grammar import listed
from rorikt_lib.present.numbers import day, moment, month_name, quoted
from rorikt_lib.terms.period import is_year_end


def sources(month: str, cases: pd.Timestamp, pcs: pd.Timestamp, budget_year: int | None) -> dict[str, tuple[str, str]]:
    """Source, as Workbook.note has it → its name, and what of it counts in a month.

    cases, pcs: the instants up to which they count. budget_year: the year whose costs are shared, where there is one.
    """
    until = f"til og med {month_name(month)}"
    closing = ", med årsavslutninga" if is_year_end(month) else ""
    shared = f" til og med {budget_year}" if budget_year else ""
    return {
        "postings": (
            "rekneskapen",
            f"Posteringar med rekneskapsperiode {until}{closing}. Balansekontoar er ikkje med, og ei linje som er levert i "
            "fleire filer, tel éin gong. Pluss er kostnad, minus er inntekt.",
        ),
        "budget_lines": ("budsjettet", "Linjene i budsjettversjonen som gjeld for året."),
        "adopted_forecasts": ("dei vedtekne prognosane", f"Prognosane som er vedtekne {until}."),
        "tickets": (
            "sakene",
            f"Saker oppretta til og med {moment(cases)}, slik dei stod då. Sletta saker er ikkje med, og ei sak som står "
            "i fleire filer, tel éin gong.",
        ),
        "ticket_events": ("hendingane i sakene", f"Endringar av status til og med {moment(cases)}."),
        "devices": (
            "uttrekka av PC-ar",
            f"Det siste uttrekket i månaden til og med {day(pcs)}, og det siste månaden før der tabellen samanliknar. "
            "Telefonar og nettbrett er ikkje med. I bruk er PC-ar som er sette på nettet i perioden som tel.",
        ),
        "device_register": (
            "innkjøpsregisteret",
            "Kommune, brukargruppe og innkjøpsdato for kvar PC, etter serienummeret.",
        ),
        "device_stock": ("lager og bestillingar", f"Den siste teljinga til og med {day(pcs)}."),
        "usage": ("bruken av portal og chatbot", f"Dagar og månader {until}."),
        "allocation_keys": ("fordelingsnøklane", f"Nøklane til kommunane for kvar post{shared}."),
        "allocation_costs": ("kostnadene til postane", f"Kostnad eller vekt for kvar post{shared}."),
        "forecast_log": ("prognoseloggen", "Prognosane slik dei var i månadsrapportane som viste dei."),
        "snapshots": ("dei tidlegare rapportane", "Tala og sakene slik rapportane viste dei."),
        "incidents": ("hendingane", "Det som er skrive om dei alvorlege sakene i månaden."),
        "budget_file": ("budsjettsaka", "Det som er skrive for budsjettåret: trinn, tiltak, vekst og avrekning."),
        "annual_file": ("årsfila", "Det som er skrive om året: bemanning, leveransar, forklaringar og godkjenning."),
        "scenarios": ("scenarioa", "Det som er skrive om kvart scenario for budsjettåret."),
        "source_rows": (
            "filene",
            f"Filene som har rader {until}, eller til skjeringstidspunktet der det er tidlegare.",
        ),
        "quarantine": ("radene som ikkje kunne lesast", "Rader av desse filene som er lagde til side, med grunnen."),
        "findings": ("funna", "Det som blei funne i desse filene då dei blei lesne."),
    }


def made_of(names: Mapping[str, str]) -> str | None:
    """`Kjelder: [rekneskapen](#kjelde-postings)`; None where a table is made of the settings alone."""
    links = [f"[{name}](#{source_id(key)})" for key, name in names.items()]
    return f"Kjelder: {listed(links)}." if links else None


def source_id(key: str) -> str:
    """The anchor of a source."""
    return f"kilde-{key.replace('_', '-')}"


def method_id(key: str) -> str:
    """The anchor of what stands about a table."""
    return f"beregning-{key}"


def of_table(key: str) -> str:
    """What a table's paragraphs stand under."""
    return f"Om [](#tabell-{key})"


def definitions(definition: str, meanings: Mapping[str, str]) -> str | None:
    """What a table counts, and what its columns mean."""
    texts = [definition] if definition else []
    texts += [f"{name}: {meaning.rstrip('.')}." for name, meaning in meanings.items()]
    return " ".join(texts) or None


def code(name: str) -> str:
    """A name as programs have it."""
    return f"`{quoted(name)}`"


def made_by(functions: list[str]) -> str:
    """The functions that compute a table."""
    return f"Rekna ut av {listed([*map(code, functions)])}."


def figures(key: str, names: Mapping[str, list[str]]) -> str | None:
    """The names of a table's figures by their dimension, and the file that has them; None where it has none."""
    parts = []
    for dimension, of in names.items():
        by = f" etter {code(dimension)}" if dimension else ""
        parts.append(f"{listed([*map(code, of)])}{by}")
    return f"I [figures.csv]({figures_file(key)}): {'; '.join(parts)}." if parts else None


def figures_file(key: str) -> str:
    """The file, beside the page, that has a table's rows of figures.csv."""
    return f"{mark('downloads')}/figures-{key}.csv"
