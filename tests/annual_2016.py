"""A workbook whose ledger gives what the annual report of 2016 printed: a ledger by classes, no cases and no PCs.

The amounts are in kroner and øre that nobody printed, but each line and each sum is the printed one in whole thousands.
The municipalities' populations, the years before and what people wrote are made up.
"""

from __future__ import annotations

from pathlib import Path

from unwatched import export

YEAR = 2016
# Line → the account, after the class, that is booked on; what was booked, in øre; the budget, in kroner.
OPERATING = {
    "Lønn": ("010", 1_521_131_240, 16_038_000),
    "Drift av stab og lokaler": ("120", 357_668_815, 3_984_000),
    "Kjøp/leasing": ("200", 146_840_133, 350_000),
    "Konsulenter": ("270", 81_290_472, 500_000),
    "Lisens, vedlikehold og support": ("240", 1_401_466_201, 8_630_000),
    "Samband og Tele": ("130", 447_799_999, 4_000_000),
    "Inntekter": ("750", -3_649_712_390, -33_502_000),
}
# Project (its code begins its name) → the same; the budget is on no project.
INVESTMENTS = {
    "926001 Felles arkiv prosjekt": (58_281_250, 0),
    "926002 Digitalisering oppvekst": (34_911_730, 0),
    "926021 Samband og kommunikasjon": (74_228_060, 0),
    "926022 Server og lagring": (281_673_900, 0),
    "926023 Uforutsette tiltak infrastruktur": (17_390_450, 0),
    "Uten": (24_801_075, 10_270_000),
}
INHABITANTS = {"Austvik": 3400, "Nordnes": 9800, "Storby": 26700, "Sørdal": 7500, "Vesthavn": 6600}
FRAME_NOK, CARRIED_OVER_NOK = 33_502_000, 4_270_000
# The years before, as parts of 2016.
EARLIER = {2014: 0.91, 2015: 0.96}

SETTINGS = f"""
organisation: {{name: IKT-tjenesten, report_title: Økonomi- og aktivitetsrapport, responsible_unit: IKT-tjenesten}}
municipalities: [{", ".join(f"{{name: {name}, users: 100}}" for name in INHABITANTS)}]
ledger:
  art_digits: [2, 4]
  account_classes: {{"0": investment, "1": operating}}
  expense_types:
    Lønn: ["010-099"]
    Drift av stab og lokaler: ["100-129"]
    Kjøp/leasing: ["200-229"]
    Konsulenter: ["270-279"]
    Lisens, vedlikehold og support: ["240-249"]
    Samband og Tele: ["130-139"]
    Inntekter: ["600-899"]
  projects: [{", ".join(f"{{code: '{name.split()[0]}', name: {name}, kind: investment}}" for name in INVESTMENTS if name != "Uten")}]
  without_project: Uten
  adopted_budget_nok: {{{YEAR}: {FRAME_NOK}}}
  contributions_in_income_nok: {{{YEAR}: {FRAME_NOK}}}
tickets:
  sla:
    low: &target {{resolution: 5, unit: days, clock: service}}
    medium: *target
    high: *target
    critical: *target
  service_hours: {{opens: "08:00", closes: "15:30"}}
devices: {{lifetime_years: {{staff: 5, pupil: 4}}, price_nok: {{staff: 1, pupil: 1}}, price_year: {YEAR}, price_growth: 0}}
sharing:
  models:
    Likt og folketall:
      - {{category: Likt, share: 0.30, key: equal}}
      - {{category: Folketall, share: 0.70, key: Folketall}}
  model_of_year: {{{YEAR}: Likt og folketall}}
"""
PEOPLE = f"""
staffing: [{{name: Ledelse, positions: 2.4}}, {{name: Drift, positions: 15}}, {{name: Rådgivning, positions: 5}}]
deliveries: [{{area: Felles arkiv, text: Arkivet er tatt i bruk.}}]
meetings: 7
cases: 45
requests: 17700
explanations: {{Konsulenter: Bistand til innføringen av felles arkiv.}}
carried_over_nok: {CARRIED_OVER_NOK}
members_approved: {{Austvik: 2017-04-20, Storby: 2017-04-27}}
"""


def annual_2016(root: Path, years: dict[int, float] = EARLIER | {YEAR: 1.0}) -> Path:
    """The workbook in a new folder. years: those that the ledger has, as parts of 2016."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "workbook.yml").write_text(SETTINGS, encoding="utf-8")
    heads = "Bilagsnr;Bilagsdato;Periode;Konto;Ansvar;Prosjekt;Tekst;Beløp"
    export(
        root,
        "ledger.csv",
        "\n".join([heads, *(row for year, part in years.items() for row in _ledger(year, part))]) + "\n",
    )
    export(root, "budget.csv", "\n".join(["År;Versjon;Konto;Ansvar;Prosjekt;Måned;Beløp", *_budget(years)]) + "\n")
    keys = [f"{YEAR};Folketall;Folketall;{place};{number}" for place, number in INHABITANTS.items()]
    export(root, "keys.csv", "\n".join(["År;Kategori;Post;Kommune;Nøkkel", *keys]) + "\n")
    _write(root, f"{YEAR}.yml", PEOPLE)
    _write(root, f"{YEAR}/innledning.md", "Året i korte trekk.\n")
    _write(root, f"{YEAR}/utfordringer.md", "Lisenser er dyrere enn budsjettert.\n")
    return root


def _write(root: Path, name: str, text: str) -> None:
    file = root / "content" / "annual" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _accounts() -> list[tuple[str, str, int, int]]:
    """Account, project, booked in øre and budget in kroner of each line."""
    operating = [(f"1{art}", "", booked, budget) for art, booked, budget in OPERATING.values()]
    projects = [
        ("0200", "" if name == "Uten" else name.split()[0], booked, budget)
        for name, (booked, budget) in INVESTMENTS.items()
    ]
    return [*operating, *projects]


def _ledger(year: int, part: float) -> list[str]:
    """Each line's amount in twelve equal postings, and what is left with the closing entries."""
    rows = []
    for account, project, booked, _ in _accounts():
        whole = round(booked * part)
        monthly = whole // 13
        for period in range(1, 14):
            ore = whole - 12 * monthly if period == 13 else monthly
            day = f"15.{min(period, 12):02d}.{year}"
            amount = f"{'-' * (ore < 0)}{abs(ore) // 100},{abs(ore) % 100:02d}"
            rows.append(
                f"{year}{account}{project}{period};{day};{year}{period:02d};{account};100;{project};Tekst;{amount}"
            )
    return rows


def _budget(years: dict[int, float]) -> list[str]:
    return [
        f"{year};Vedtatt;{account};100;{project};;{round(budget * part)},00"
        for year, part in years.items()
        for account, project, _, budget in _accounts()
        if budget
    ]
