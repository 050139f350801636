"""Header and master files of a SAF-T file."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pandas as pd

from rorikt_lib.demo.text_files import CREATED

COST_CENTRES = {
    "1400": "Ledelse og stab",
    "1410": "Kundeservice",
    "1420": "Drift og infrastruktur",
    "1430": "Rådgivning og digitalisering",
    "1440": "Informasjonssikkerhet",
    "1450": "Felles systemer",
}
FUNCTIONS = {
    "120": "Administrasjon",
    "130": "Administrasjonslokaler",
    "202": "Grunnskole",
    "254": "Helse- og omsorgstjenester",
}
ANALYSIS_NAMES = {"ANSVAR": "Ansvar", "PROSJEKT": "Prosjekt", "FUNKSJON": "Funksjon"}
CATALOGUE_OF_ART = "KA_K"


def tag(name: str, content: object) -> str:
    """One element; the content is taken as it is."""
    return f"<{name}>{content}</{name}>"


def header(version: str, first: str, last: str) -> str:
    """Who exported what: a made-up company, periods YYYY-MM."""
    contact = tag("ContactPerson", tag("FirstName", "NotUsed") + tag("LastName", "NotUsed"))
    company = (
        tag("RegistrationNumber", "999999999")
        + tag("Name", "ROR-IKT (demodata)")
        + tag("Address", tag("City", "Molde") + tag("PostalCode", "6400") + tag("Country", "NO"))
        + tag("Contact", contact)
    )
    selection = (
        tag("PeriodStart", int(first[5:])) + tag("PeriodStartYear", first[:4])
        + tag("PeriodEnd", int(last[5:])) + tag("PeriodEndYear", last[:4])
    )  # fmt: skip
    fields = [
        tag("AuditFileVersion", version),
        tag("AuditFileCountry", "NO"),
        tag("AuditFileDateCreated", CREATED.date()),
        tag("SoftwareCompanyName", "Demodata"),
        tag("SoftwareID", "Demodata"),
        tag("SoftwareVersion", "1"),
        tag("Company", company),
        tag("DefaultCurrencyCode", "NOK"),
        tag("SelectionCriteria", selection),
        tag("TaxAccountingBasis", "A"),
    ]
    return tag("Header", "".join(fields))


def master_files(entries: pd.DataFrame, version: str, balance_names: dict[str, str]) -> str:
    """Accounts with their movement, suppliers, and the analysis types in use."""
    movement = entries.groupby("account").amount_oere.sum()
    names = entries.dropna(subset="account_name").drop_duplicates("account").set_index("account").account_name
    accounts = [_account(a, balance_names.get(a) or names[a], moved, version) for a, moved in movement.items()]
    bought = entries[entries.supplier_id.notna() & ~entries.account.str[0].isin(["0", "6", "7"])]
    suppliers = bought.drop_duplicates("supplier_id").sort_values("supplier_id")
    address = tag("Address", tag("Country", "NO"))
    listed = [
        tag("Supplier", tag("Name", escape(s.supplier)) + address + tag("SupplierID", s.supplier_id))
        for s in suppliers.itertuples()
    ]
    return tag(
        "MasterFiles",
        tag("GeneralLedgerAccounts", "\n".join(accounts))
        + tag("Suppliers", "\n".join(listed))
        + tag("AnalysisTypeTable", "\n".join(_analyses(entries))),
    )


def _account(account: str, name: str, moved: int, version: str) -> str:
    side = "Debit" if moved >= 0 else "Credit"
    is_balance = account.startswith("2.")
    category, code = ("Balanse", account[:4]) if is_balance else (CATALOGUE_OF_ART, account[:3])
    grouping = tag("GroupingCategory", category) + tag("GroupingCode", code)
    standard = "" if version == "1.30" else tag("StandardAccountID", code)
    closing = f"{abs(moved) // 100}.{abs(moved) % 100:02d}"
    return tag(
        "Account",
        tag("AccountID", account) + tag("AccountDescription", escape(name)) + standard + grouping
        + tag("AccountType", "GL") + tag(f"Opening{side}Balance", "0.00") + tag(f"Closing{side}Balance", closing),
    )  # fmt: skip


def _analyses(entries: pd.DataFrame) -> list[str]:
    columns = {"ANSVAR": "cost_centre", "PROSJEKT": "project", "FUNKSJON": "function"}
    described = COST_CENTRES | FUNCTIONS
    return [
        tag(
            "AnalysisTypeTableEntry",
            tag("AnalysisType", kind) + tag("AnalysisTypeDescription", ANALYSIS_NAMES[kind])
            + tag("AnalysisID", value) + tag("AnalysisIDDescription", described.get(value, f"Prosjekt {value}")),
        )
        for kind, column in columns.items()
        for value in sorted(entries[column].dropna().unique())
    ]  # fmt: skip
