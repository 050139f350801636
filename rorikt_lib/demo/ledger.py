"""The made-up ledger: invoices, payroll and closing entries whose totals land on the published figures."""

import numpy as np
import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo import contracts, investments
from rorikt_lib.demo.data import MADE_UP, PUBLISHED
from rorikt_lib.demo.exact import generator, land, oere

LICENCES = "Lisens, vedlikehold og support"
POSTING = [
    "voucher_no", "posted_on", "period", "account", "account_name", "cost_centre", "function", "project",
    "supplier_id", "supplier", "text", "amount_oere",
]  # fmt: skip
COMPENSATED_VAT = 0.25
NO_VAT_ART = ("0", "16", "185", "6", "7")
# Spans of 2024, each with a total for every line: those booked when December begins, and December with its closing.
BEFORE_DECEMBER, DECEMBER = ("2024-09", "2024-11"), "2024-13"

Totals = dict[tuple[str, str], int]


def postings(settings: Settings) -> pd.DataFrame:
    """One row per ledger line, January 2022 – December 2024, in voucher order.

    voucher_no, posted_on, period, account, account_name, cost_centre, function, project, supplier_id,
    supplier, text, amount_oere (cost +, income −).
    """
    random = generator("ledger")
    operating, booked = _operating(contracts.TO_NOVEMBER, random), investments.booked_nok()
    totals = _operating_totals(operating)
    projects = investments.invoices(random, booked)
    before = _booked(operating, projects, totals | _project_totals(booked), settings, random)
    # Drawn apart, so that the exports of the months before stay what they are.
    random = generator("ledger december")
    operating, booked = _operating(contracts.DECEMBER, random), investments.december_nok()
    totals = _december_totals(totals) | _project_totals(booked)
    projects = investments.invoices(random, booked)
    december = _booked(operating, projects, totals, settings, random, int(before.voucher_no.iloc[-1][2:]))
    return pd.concat([before, december], ignore_index=True)


def _operating(periods: dict[int, range], random: np.random.Generator) -> pd.DataFrame:
    return pd.concat([contracts.invoices(random, periods), contracts.payroll(random, periods)], ignore_index=True)


def _booked(
    operating: pd.DataFrame,
    projects: pd.DataFrame,
    totals: Totals,
    settings: Settings,
    random: np.random.Generator,
    vouchers: int = 0,
) -> pd.DataFrame:
    """Invoices and payroll as ledger lines that add up to the totals. vouchers: the last number of the year so far."""
    codes = {p.name: p.code for p in settings.ledger.projects}
    parts = [operating.assign(project=None), projects.assign(project=projects.line.map(codes))]
    landed = pd.concat([part.pipe(_land, totals) for part in parts], ignore_index=True)
    rows = landed.pipe(_with_reversals, random).pipe(_dated, random, vouchers)
    return rows.pipe(_split, settings.municipality_names, random).pipe(_with_vat)[POSTING].reset_index(drop=True)


def _span(rows: pd.DataFrame) -> pd.Series:
    of_2024 = np.select([rows.month <= 9, rows.month <= 11], BEFORE_DECEMBER, DECEMBER)
    return pd.Series(np.where(rows.year == 2024, of_2024, rows.year.astype(str)), index=rows.index)


def _operating_totals(rows: pd.DataFrame) -> Totals:
    """(line, span) → øre. What is not published follows the prices of the nearest published span."""
    weight = rows.weight.groupby([rows.line, _span(rows)]).sum().unstack()
    totals = {}
    actual = {"2023": PUBLISHED["operating_2023"], "2024-09": PUBLISHED["operating_2024"]}
    for line in actual["2023"]:
        known = {span: oere(lines[line][0]) for span, lines in actual.items()}
        follows = {"2022": "2023", "2024-11": "2024-09"}
        rest = {s: round(known[k] / weight.loc[line, k] * weight.loc[line, s]) for s, k in follows.items()
                if weight.loc[line, s] != 0}  # fmt: skip
        totals |= {(line, span): total for span, total in (known | rest).items()}
    return totals | {(LICENCES, "2024-11"): oere(PUBLISHED["licences_october_november_2024"])}


def _december_totals(totals: Totals) -> Totals:
    """What each line's total of 2024 leaves for December."""
    booked = {line: sum(totals.get((line, span), 0) for span in BEFORE_DECEMBER) for line in MADE_UP["operating_2024"]}
    return {(line, DECEMBER): oere(MADE_UP["operating_2024"][line]) - nok for line, nok in booked.items()}


def _project_totals(booked: investments.Booked) -> Totals:
    spans = {(2022, 12): "2022", (2023, 13): "2023", (2024, 9): "2024-09", (2024, 11): "2024-11", (2024, 13): DECEMBER}
    return {(p, spans[y, last]): oere(nok) for (p, y, _, last), nok in booked.items()}


def _land(rows: pd.DataFrame, totals: Totals) -> pd.DataFrame:
    """`rows` with amount_oere in proportion to weight, adding up to each line's total of each span."""
    amount = pd.Series(0, index=rows.index, dtype="int64")
    for key, index in rows.groupby([rows.line, _span(rows)]).groups.items():
        amount[index] = land(rows.weight[index].to_numpy(), totals[key])
    return rows.assign(amount_oere=amount)


def _with_reversals(rows: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Now and then an invoice is booked twice and the second booking reversed the month after, within the span."""
    may = rows.supplier_id.notna() & ~rows.month.isin([9, 11, 12, 13]) & (rows.amount_oere.between(10**6, 4 * 10**7))
    twice = rows[may & (random.random(len(rows)) < 0.02)].assign(parts=1)
    mistaken = twice.assign(text=twice.text + " (bokført to ganger)")
    reversal = twice.assign(month=twice.month + 1, amount_oere=-twice.amount_oere, text="Tilbakeført: " + twice.text)
    return pd.concat([rows, mistaken, reversal], ignore_index=True)


def _dated(rows: pd.DataFrame, random: np.random.Generator, vouchers: int) -> pd.DataFrame:
    """Adds posted_on, period and voucher_no, in the order of posting. Payroll shares one voucher per cost centre."""
    is_pay = rows.line == "Lønn"
    day = pd.Series(random.integers(3, 28, len(rows)), index=rows.index).mask(is_pay, 12).mask(rows.month == 13, 31)
    period = rows.year.astype(str) + "-" + rows.month.astype(str).str.zfill(2)
    dates = pd.DataFrame({"year": rows.year, "month": rows.month.clip(upper=12), "day": day})
    rows = rows.assign(posted_on=pd.to_datetime(dates), period=period)
    rows = rows.sort_values(["period", "posted_on", "line", "cost_centre"], kind="stable", ignore_index=True)
    same = (rows.line == "Lønn") & (rows.line.shift() == "Lønn") & (rows.period == rows.period.shift())
    same &= rows.cost_centre == rows.cost_centre.shift()
    number = (~same).groupby(rows.year).cumsum() + vouchers
    return rows.assign(voucher_no=(rows.year % 100 * 1_000_000 + number).astype(str))


def _split(rows: pd.DataFrame, places: list[str], random: np.random.Generator) -> pd.DataFrame:
    """Each invoice as its lines: one for each place it concerns, adding up to the øre."""
    once = rows[rows.parts == 1]
    split = []
    for row in rows[rows.parts > 1].itertuples():
        amounts = land(random.uniform(0.5, 1.5, row.parts), row.amount_oere)
        names = [
            places[i % len(places)] + (f" {i // len(places) + 1}" if i >= len(places) else "") for i in range(row.parts)
        ]
        split += [(row.Index, f"{row.text} – {name}", amount) for name, amount in zip(names, amounts, strict=True)]
    index, texts, amounts = zip(*split, strict=True)
    lines = rows.loc[list(index)].assign(text=list(texts), amount_oere=list(amounts))
    return pd.concat([once, lines]).sort_index(kind="stable")


def _with_vat(rows: pd.DataFrame) -> pd.DataFrame:
    """Each taxed line followed by its VAT (429) and the compensation for it (729), which cancel out."""
    taxed = rows[rows.supplier_id.notna() & ~rows.account.str.startswith(NO_VAT_ART) & (rows.month < 13)]
    vat = (taxed.amount_oere * COMPENSATED_VAT).round().astype("int64")
    parts = [
        rows.assign(order=0),
        taxed.assign(account="4290", account_name="Mva med kompensasjonsrett", amount_oere=vat, order=1),
        taxed.assign(account="7290", account_name="Kompensasjon for mva", amount_oere=-vat, order=2),
    ]
    return pd.concat(parts).sort_values(["voucher_no", "text", "order"], kind="stable")
