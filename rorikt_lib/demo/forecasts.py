"""The made-up course of the managers' forecasts of 2024. September's amounts are the published ones."""

from __future__ import annotations

from typing import NamedTuple

from rorikt_lib.demo.targets import INVESTMENTS_2024, OPERATING_2024


class Forecast(NamedTuple):
    """A decision: the year's amount of one line, as adopted in a month. kind and line as the lists name them."""

    month: str
    kind: str
    line: str
    amount_nok: float
    reason: str


PUBLISHED_MONTH = "2024-09"
# Line: NOK adopted in June, July, August and October.
OPERATING = {
    "Lønn": (31_600_000, 31_000_000, 30_150_000, 29_700_000),
    "Drift av stab og lokaler": (3_440_000, 3_400_000, 3_300_000, 3_300_000),
    "Kjøp/leasing": (326_000, 250_000, 190_000, 181_000),
    "Konsulenter": (1_900_000, 2_050_000, 2_300_000, 2_750_000),
    "Lisens, vedlikehold og support": (53_900_000, 54_300_000, 54_648_200, 56_850_000),
    "Samband og Tele": (4_442_000, 4_400_000, 4_330_000, 4_250_000),
    "Inntekter": (-6_700_000, -7_000_000, -7_380_000, -7_350_000),
}
PROJECTS = {
    "Innbyggerportal": (600_000, 600_000, 400_000, 250_000),
    "Videreutvikling P360 og M365": (300_000, 300_000, 200_000, 200_000),
    "Helseplattformen": (0, 101_020, 101_020, 101_020),
    "Digitalisering teknisk sektor": (900_000, 700_000, 500_000, 500_000),
    "Visma Enterprise+": (500_000, 500_000, 300_000, 300_000),
    "App-utvikling": (885_000, 1_385_000, 1_585_000, 1_885_000),
    "Uforutsette kommuneprosjekter": (300_000, 300_000, 500_000, 500_000),
    "Grunnmur del 3": (4_000_000, 3_000_000, 2_000_000, 1_500_000),
    "Beredskapsplattform": (1_315_000, 1_315_000, 500_000, 0),
    "Uforutsette tiltak infrastruktur": (200_000, 200_000, 200_000, 200_000),
}
MONTHS = ("2024-06", "2024-07", "2024-08", "2024-10")
REASONS = {
    "Lønn": {
        "2024-06": "To stillinger står ledige",
        "2024-07": "Ledige stillinger blir lyst ut på nytt etter sommeren",
        "2024-08": "Tre stillinger står ledige ut året",
        "2024-09": "Lønnsoppgjøret ble lavere enn avsatt, og tre stillinger står ledige ut året",
        "2024-10": "Ansettelser er utsatt til januar",
    },
    "Drift av stab og lokaler": {
        "2024-07": "Færre reiser enn budsjettert",
        "2024-08": "Mindre reiser og kurs enn budsjettert",
        "2024-09": "Kurs utsatt til neste år",
        "2024-10": "Strøm til datarom blir dyrere",
    },
    "Kjøp/leasing": {
        "2024-07": "Innkjøp utsatt",
        "2024-08": "Innkjøp utsatt",
        "2024-09": "Bare løpende leieavtaler",
        "2024-10": "Leieprisen er regulert fra oktober",
    },
    "Konsulenter": {
        "2024-06": "Innleie ved vakanser",
        "2024-07": "Innleien varer lenger enn planlagt",
        "2024-08": "Mer innleie til migrering enn planlagt",
        "2024-09": "Migreringen er ferdig; ingen flere bestillinger i år",
        "2024-10": "Juridisk bistand i en avtalesak",
    },
    "Lisens, vedlikehold og support": {
        "2024-06": "Prisvekst i nye avtaler",
        "2024-07": "Prisvekst i fornyede avtaler",
        "2024-08": "Flere brukere enn budsjettert",
        "2024-09": "Uendret; fakturaene for høsten er vurdert å være dekket",
        "2024-10": "Fakturaer for oktober og november ble høyere enn ventet; anslaget er gått gjennom på nytt",
    },
    "Samband og Tele": {
        "2024-07": "Mindre mobilbruk enn budsjettert",
        "2024-08": "Linjer er sagt opp",
        "2024-09": "Linjer er sagt opp fra oktober",
        "2024-10": "Flere linjer enn ventet ble avsluttet i oktober",
    },
    "Inntekter": {
        "2024-06": "Mer viderefakturert utstyr enn budsjettert",
        "2024-07": "Flere prosjekttimer enn budsjettert",
        "2024-08": "Flere prosjekttimer er viderefakturert",
        "2024-09": "Noe mindre refusjon enn ventet i august",
        "2024-10": "Noe mer viderefakturert utstyr",
    },
    "App-utvikling": {
        "2024-07": "Ny bestilling fra eierkommunene",
        "2024-08": "Tilleggsbestilling fra eierkommunene",
        "2024-09": "Utvidet omfang, vedtatt i styringsgruppen",
    },
    "Grunnmur del 3": {
        "2024-07": "Første leveranse er utsatt til høsten",
        "2024-08": "Leveransen er forsinket",
        "2024-09": "Leveransen er forsinket til neste år",
    },
    "Beredskapsplattform": {
        "2024-08": "Anskaffelsen er forsinket",
        "2024-09": "Anskaffelsen er flyttet til 2025",
    },
    "Innbyggerportal": {"2024-08": "Mindre omfang enn planlagt", "2024-10": "Siste del gjøres med egne timer"},
    "Videreutvikling P360 og M365": {"2024-08": "Arbeidet gjøres i hovedsak med egne timer"},
    "Helseplattformen": {"2024-07": "Sluttfaktura for innføringen"},
    "Digitalisering teknisk sektor": {
        "2024-07": "Oppstarten er utsatt til høsten",
        "2024-08": "Pilot i stedet for full innføring i år",
    },
    "Visma Enterprise+": {"2024-08": "Opplæring er flyttet til neste år"},
    "Uforutsette kommuneprosjekter": {"2024-08": "Nye bestillinger fra kommunene"},
}


def _all() -> list[Forecast]:
    published = {
        "drift": {line: forecast for line, (_, _, forecast) in OPERATING_2024.items()},
        "investering": {project: forecast for project, (_, _, forecast) in INVESTMENTS_2024.items()},
    }
    own = {"drift": OPERATING, "investering": PROJECTS}
    amounts = {
        (month, kind, line): nok
        for kind, lines in own.items()
        for line, course in lines.items()
        for month, nok in zip(MONTHS, course, strict=True)
    }
    amounts |= {(PUBLISHED_MONTH, kind, line): nok for kind, lines in published.items() for line, nok in lines.items()}
    return [Forecast(*key, nok, REASONS.get(key[2], {}).get(key[0], "")) for key, nok in sorted(amounts.items())]


FORECASTS = _all()
