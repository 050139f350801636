"""How the tables were computed: what of each source counts, and the paragraphs about each table."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.present.language import mark
from rorikt_lib.present.nb.grammar import listed
from rorikt_lib.present.numbers import day, moment, month_name, quoted
from rorikt_lib.terms.period import is_year_end


def sources(month: str, cases: pd.Timestamp, pcs: pd.Timestamp, budget_year: int | None) -> dict[str, tuple[str, str]]:
    """Source, as Workbook.note has it → its name, and what of it counts in a month.

    cases, pcs: the instants up to which they count. budget_year: the year whose costs are shared, where there is one.
    """
    until = f"til og med {month_name(month)}"
    closing = ", med årsavslutningen" if is_year_end(month) else ""
    shared = f" til og med {budget_year}" if budget_year else ""
    return {
        "postings": (
            "regnskapet",
            f"Posteringer med regnskapsperiode {until}{closing}. Balansekontoer er ikke med, og en linje som er levert i "
            "flere filer, teller én gang. Pluss er kostnad, minus er inntekt.",
        ),
        "budget_lines": ("budsjettet", "Linjene i budsjettversjonen som gjelder for året."),
        "adopted_forecasts": ("de vedtatte prognosene", f"Prognosene som er vedtatt {until}."),
        "tickets": (
            "sakene",
            f"Saker opprettet til og med {moment(cases)}, slik de sto da. Slettede saker er ikke med, og en sak som står "
            "i flere filer, teller én gang.",
        ),
        "ticket_events": ("sakenes hendelser", f"Endringer av status til og med {moment(cases)}."),
        "devices": (
            "uttrekkene av PC-er",
            f"Månedens siste uttrekk til og med {day(pcs)}, og det siste måneden før der tabellen sammenligner. "
            "Telefoner og nettbrett er ikke med. I bruk er PC-er som er sett på nettet i perioden som teller.",
        ),
        "device_register": (
            "innkjøpsregisteret",
            "Kommune, brukergruppe og innkjøpsdato for hver PC, etter serienummeret.",
        ),
        "device_stock": ("lager og bestillinger", f"Den siste tellingen til og med {day(pcs)}."),
        "usage": ("bruken av portal og chatbot", f"Dager og måneder {until}."),
        "allocation_keys": ("fordelingsnøklene", f"Kommunenes nøkler for hver post{shared}."),
        "allocation_costs": ("postenes kostnader", f"Kostnad eller vekt for hver post{shared}."),
        "forecast_log": ("prognoseloggen", "Prognosene slik de var i månedsrapportene som viste dem."),
        "snapshots": ("de tidligere rapportene", "Tallene og sakene slik rapportene viste dem."),
        "incidents": ("hendelsene", "Det som er skrevet om månedens alvorlige saker."),
        "budget_file": ("budsjettsaken", "Det som er skrevet for budsjettåret: trinn, tiltak, vekst og avregning."),
        "annual_file": ("årsfilen", "Det som er skrevet om året: bemanning, leveranser, forklaringer og godkjenning."),
        "scenarios": ("scenarioene", "Det som er skrevet om hvert scenario for budsjettåret."),
        "source_rows": (
            "filene",
            f"Filene som har rader {until}, eller til skjæringstidspunktet der det er tidligere.",
        ),
        "quarantine": ("radene som ikke kunne leses", "Rader av disse filene som er lagt til side, med grunnen."),
        "findings": ("funnene", "Det som ble funnet i disse filene da de ble lest."),
    }


def made_of(names: Mapping[str, str]) -> str | None:
    """`Kilder: [regnskapet](#kilde-postings)`; None where a table is made of the settings alone."""
    links = [f"[{name}](#{source_id(key)})" for key, name in names.items()]
    return f"Kilder: {listed(links)}." if links else None


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
    return f"Regnet ut av {listed([*map(code, functions)])}."


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
