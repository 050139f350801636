"""Every column a reader sees, once: its Norwegian label, unit and meaning; and the names of our terms."""

from __future__ import annotations

from dataclasses import dataclass

# The name of a row that adds up the others, in the frames and in figures.csv.
SUM = "SUM"


@dataclass(frozen=True)
class Field:
    """A column. unit: NOK, share, hours, days, cases, … or text, month, date."""

    label: str
    unit: str
    meaning: str = ""


FIELDS: dict[str, Field] = {
    # economy
    "expense_type": Field("Type utgift", "text"),
    "line": Field("Type utgift", "text"),
    "project": Field("Prosjekt", "text"),
    "actual_nok": Field("Regnskap", "NOK", "bokført hittil i år"),
    "budget_nok": Field("Årsbudsjett", "NOK"),
    "variance_nok": Field("Avvik", "NOK", "årsbudsjett minus prognose; pluss er mindreforbruk"),
    "forecast_nok": Field("Prognose", "NOK", "vedtatt prognose for hele året"),
    "model_nok": Field("Modell", "NOK", "beregnet prognose for hele året"),
    "low_nok": Field("Nedre grense", "NOK", "nedre grense i modellens 80 %-intervall"),
    "high_nok": Field("Øvre grense", "NOK", "øvre grense i modellens 80 %-intervall"),
    "adopted_nok": Field("Vedtatt prognose", "NOK", "for hele året"),
    "difference_nok": Field("Forskjell", "NOK", "modell minus vedtatt prognose"),
    "previous_nok": Field("Forrige prognose", "NOK"),
    "booked_apart_nok": Field("Bokført over eller under ventet", "NOK", "i måneden"),
    "commitments_nok": Field("Nye eller bortfalte fakturaer", "NOK", "som ventes ut året"),
    "outlook_nok": Field("Endret utsikt for resten", "NOK"),
    "change_nok": Field("Endring", "NOK"),
    "reason": Field("Begrunnelse", "text"),
    "mark": Field("Merknad", "text", "linjer der det er bokført mer enn prognosen"),
    # forecasts through the year, and how near they came
    "booked_nok": Field("Regnskap hittil", "NOK"),
    "known_months": Field("Måneder kjent", "number", "av året, da prognosen ble laget"),
    "source": Field("Prognose", "text"),
    "months_left": Field("Måneder igjen", "number", "av året, da prognosen ble laget"),
    "years": Field("Antall år", "number"),
    "method": Field("Metode", "text"),
    "wape": Field("Feil", "share", "summen av avvikene uten fortegn, av summen av regnskapet"),
    "bias": Field("Skjevhet", "share", "prognose minus regnskap; pluss er for høy prognose"),
    "coverage": Field("Innenfor intervallet", "share", "av utfallene"),
    "adopted_wape": Field("Feil, vedtatt", "share"),
    "adopted_bias": Field("Skjevhet, vedtatt", "share"),
    "model_wape": Field("Feil, modell", "share"),
    "model_bias": Field("Skjevhet, modell", "share"),
    "run_rate": Field("Feil, som hittil", "share"),
    "last_year_remainder": Field("Feil, som i fjor", "share"),
    "supplier_name": Field("Leverandør", "text"),
    "rhythm": Field("Rytme", "text"),
    "expected_month": Field("Ventes", "month"),
    "expected_months": Field("Ventes", "text"),
    "amount_nok": Field("Beløp", "NOK"),
    "last_month": Field("Bygger på", "month", "siste faktura i en månedlig serie, ellers den tilsvarende i fjor"),
    "last_nok": Field("Beløp da", "NOK"),
    "reading": Field("Beregnet etter", "text"),
    # service desk
    "month": Field("Måned", "month"),
    "date": Field("Dato", "date"),
    "type": Field("Type sak", "text"),
    "priority": Field("Prioritet", "text"),
    "category": Field("Kategori", "text"),
    "municipality": Field("Kommune", "text"),
    "created": Field("Nye", "cases"),
    "resolved": Field("Løste", "cases"),
    "open": Field("Åpne ved utgangen", "cases"),
    "alerts": Field("Varsler fra sikkerhetsovervåkning", "alerts"),
    "share": Field("Andel", "share"),
    "per_100_users": Field("Per 100 brukere", "cases per 100 users"),
    "age_days": Field("Alder", "text"),
    "within": Field("Innenfor frist", "cases"),
    "breached": Field("Brudd", "cases"),
    "share_within": Field("Andel innenfor", "share"),
    "target": Field("Mål", "number"),
    "unit": Field("Enhet", "text"),
    "cases": Field("Saker", "cases"),
    "mean": Field("Gjennomsnitt", "decimal"),
    "median": Field("Median", "decimal"),
    "p90": Field("90-persentil", "decimal"),
    "old_case_share": Field("Andel fra saker over 30 dager", "share", "av gjennomsnittet"),
    "hours": Field("Brukt tid (timer)", "hours"),
    "target_hours": Field("Frist (timer)", "hours"),
    "outcome": Field("Resultat", "text"),
    "cause": Field("Årsak til brudd", "text"),
    "summary": Field("Hendelse", "text"),
    # PCs
    "user_group": Field("Brukergruppe", "text"),
    "expired": Field("Utgått", "PCs", "levetiden endte før rapportåret"),
    "expiring": Field("Utgår i år", "PCs"),
    "in_stock": Field("På lager", "PCs"),
    "on_order": Field("Bestilt, ikke levert", "PCs"),
    "to_order": Field("Må bestilles", "PCs", "utgått + utgår i år − på lager − bestilt, aldri under 0"),
    "to_order_municipality": Field("Må bestilles per kommune", "PCs"),
    "year": Field("År", "text"),
    "replace": Field("Skal skiftes", "PCs"),
    "windows_11": Field("Windows 11", "PCs"),
    "older_windows": Field("Eldre Windows", "PCs"),
    "unknown_build": Field("Ukjent versjon", "PCs"),
    "share_windows_11": Field("Andel Windows 11", "share"),
    # usage
    "views": Field("Visninger", "views"),
    "unique_users": Field("Unike brukere", "users"),
    "unique_users_since_launch": Field("Unike brukere siden lansering", "users"),
    "inquiries": Field("Henvendelser", "inquiries"),
    # data quality
    "source_file": Field("Fil", "text"),
    "format": Field("Format", "text"),
    "newest": Field("Nyeste dato", "date"),
    "rows_read": Field("Rader lest", "rows"),
    "rows_clean": Field("Brukt", "rows"),
    "rows_quarantined": Field("Ikke lesbare", "rows"),
    "rows_set_aside": Field("Lagt til side", "rows"),
    "checksum": Field("Sjekksum", "text"),
    "finding": Field("Funn", "text"),
    "count": Field("Antall", "rows"),
}

# Our terms as the report writes them, by column.
MEMBERS: dict[str, dict[str, str]] = {
    "kind": {"operating": "Drift", "investment": "Investering"},
    "source": {"model": "Modell", "adopted": "Vedtatt prognose"},
    "method": {
        "chosen": "Modellen",
        "run_rate": "Like mye hver måned som hittil",
        "last_year_remainder": "Resten av året som i fjor",
    },
    "reading": {
        "steady": "Nivå med trend og sesong",
        "quiet": "Nivået det siste året",
        "calendar": "Fjorårets måneder",
        "commitments": "Ventede fakturaer",
    },
    "rhythm": {"monthly": "Månedlig", "quarterly": "Kvartalsvis", "yearly": "Årlig"},
    "priority": {"low": "Lav", "medium": "Medium", "high": "Høy", "critical": "Kritisk"},
    "type": {"incident": "Feilmelding", "request": "Tjenesteforespørsel"},
    "user_group": {"staff": "Ansatt", "pupil": "Elev"},
    "channel": {"portal": "Kompetanseportalen", "chatbot": "Chatbot"},
    "unit": {"hours": "timer", "days": "dager"},
    "age_days": {
        "0-7": "Inntil 7 dager",
        "7-30": "8–30 dager",
        "30-90": "31–90 dager",
        "90-365": "91–365 dager",
        "365-": "Over ett år",
    },
    "category": {"unknown": "Ikke oppgitt"},
    "municipality": {"unknown": "Ikke oppgitt"},
    "format": {
        "adopted_forecast": "Vedtatte prognoser",
        "budget": "Budsjett",
        "chatbot": "Chatbot",
        "device_register": "Innkjøpsregister",
        "device_stock": "Lager og bestillinger",
        "intune": "Intune",
        "ledger_list": "Hovedbok, liste",
        "portal": "Portal per dag",
        "portal_months": "Portal per måned",
        "pureservice_api": "Pureservice, API",
        "pureservice_list": "Pureservice, liste",
        "saft": "SAF-T Regnskap",
    },
    "finding": {
        "amounts_differ": "Beløp og debet/kredit stemmer ikke overens",
        "balance_accounts": "Linjer på balansekonti, ikke med i rapporten",
        "changes_set_aside": "Endringer (ikke saker), lagt til side",
        "closed_without_time": "Lukket sak uten løst- eller lukketidspunkt",
        "debit_and_credit": "Både debet og kredit, eller ingen av dem",
        "duplicate_devices": "Samme PC flere ganger i samme uttrekk",
        "duplicate_register_rows": "Samme PC flere ganger i innkjøpsregisteret",
        "extra_empty_cells": "Rader med ekstra tomme celler",
        "extract_without_check_in": "Uttrekk uten innsjekkinger",
        "identical_file": "Samme fil levert to ganger, brukt én gang",
        "missing_amount": "Beløp mangler",
        "missing_date": "Dato mangler",
        "missing_month": "Måned uten posteringer",
        "missing_municipality": "Sak uten kommune",
        "missing_value": "Påkrevd verdi mangler",
        "mobile_devices": "Mobile enheter, ikke PC-er",
        "never_checked_in": "PC som aldri har sjekket inn",
        "never_seen": "PC i innkjøpsregisteret som aldri er sett",
        "no_purchase_date": "PC uten innkjøpsdato",
        "no_rows": "Fil uten rader",
        "older_events": "Eldre hendelser i samme sak, lagt til side",
        "open_with_resolved_time": "Åpen sak med løsttidspunkt",
        "overlapping_rows": "Samme rad i flere uttrekk, talt én gang",
        "overlapping_rows_differ": "Samme rad i flere uttrekk med ulike verdier",
        "period_from_date": "Periode mangler, satt etter bilagsdato",
        "ragged_row": "Rad med feil antall celler",
        "repeated_header": "Gjentatt overskrift inne i filen",
        "resolved_at_imputed": "Lukket sak uten løsttidspunkt, regnet som løst da den ble lukket",
        "resolved_before_created": "Løst før den ble opprettet",
        "row_before_header": "Rad før overskriften",
        "second_header": "Ny tabell med egen overskrift i samme fil",
        "total_row": "Sumrad, lagt til side",
        "total_row_differs": "Sumrad som ikke stemmer med radene",
        "two_municipalities": "PC ført på to kommuner",
        "unknown_line": "Ukjent linje",
        "unknown_municipality": "Ukjent kommune",
        "unknown_value": "Ukjent verdi",
        "unlinked_name": "Henvisning uten navn i uttrekket",
        "unread_sheet": "Regneark som ikke er lest",
        "unreadable_value": "Verdi som ikke kan leses",
        "unusable_serial": "PC uten brukbart serienummer",
        "voucher_in_two_files": "Samme bilag i to filer med ulikt innhold",
    },
}


def label(column: str) -> str:
    """The Norwegian label of a column; KeyError when it has none."""
    return FIELDS[column].label


def member(column: str, value: object) -> str:
    """A value as the report writes it: our terms in Norwegian, anything else as it is."""
    return MEMBERS.get(column, {}).get(str(value), str(value))
