"""Header and master files of a SAF-T file."""

from xml.sax.saxutils import escape

import pandas as pd

from rorikt_lib.demo.data import MADE_UP
from rorikt_lib.terms.period import shift

# Analysis type: its name and the column of entries.
ANALYSES = {
    "ANSVAR": ("Ansvar", "cost_centre"), "PROSJEKT": ("Prosjekt", "project"), "FUNKSJON": ("Funksjon", "function"),
}  # fmt: skip
CATALOGUE_OF_ART = "KA_K"


def tag(name: str, content: object) -> str:
    """One element; the content is taken as it is."""
    return f"<{name}>{content}</{name}>"


def tags(**contents: object) -> str:
    """Elements one after another."""
    return "".join(tag(name, content) for name, content in contents.items())


def kroner(amount_oere: int) -> str:
    """Øre as a decimal number of kroner."""
    return f"{amount_oere // 100}.{amount_oere % 100:02d}"


def header(version: str, first: str, last: str) -> str:
    """Who exported what: a made-up company, periods YYYY-MM, on the second day after them."""
    company = tags(
        RegistrationNumber="999999999", Name="ROR-IKT (demodata)",
        Address=tags(City="Molde", PostalCode="6400", Country="NO"),
        Contact=tag("ContactPerson", tags(FirstName="NotUsed", LastName="NotUsed")),
    )  # fmt: skip
    selection = tags(
        PeriodStart=int(first[5:]), PeriodStartYear=first[:4], PeriodEnd=int(last[5:]), PeriodEndYear=last[:4]
    )
    fields = tags(
        AuditFileVersion=version, AuditFileCountry="NO", AuditFileDateCreated=f"{shift(last, 1)}-02",
        SoftwareCompanyName="Demodata", SoftwareID="Demodata", SoftwareVersion="1", Company=company,
        DefaultCurrencyCode="NOK", SelectionCriteria=selection, TaxAccountingBasis="A",
    )  # fmt: skip
    return tag("Header", fields)


def master_files(entries: pd.DataFrame, version: str) -> str:
    """Accounts with their movement, suppliers, and the analysis types in use."""
    movement = entries.groupby("account").amount_oere.sum()
    names = entries.dropna(subset="account_name").drop_duplicates("account").set_index("account").account_name
    names = names.to_dict() | MADE_UP["balance_accounts"]
    accounts = [_account(a, names[a], moved, version) for a, moved in movement.items()]
    bought = entries[entries.supplier_id.notna() & ~entries.account.str[0].isin(["0", "6", "7"])]
    suppliers = bought.drop_duplicates("supplier_id").sort_values("supplier_id")
    listed = [
        tag("Supplier", tags(Name=escape(s.supplier), Address=tags(Country="NO"), SupplierID=s.supplier_id))
        for s in suppliers.itertuples()
    ]
    files = {"GeneralLedgerAccounts": accounts, "Suppliers": listed, "AnalysisTypeTable": _analyses(entries)}
    return tag("MasterFiles", tags(**{name: "\n".join(rows) for name, rows in files.items()}))


def _account(account: str, name: str, moved: int, version: str) -> str:
    side = "Debit" if moved >= 0 else "Credit"
    is_balance = account.startswith("2.")
    category, code = ("Balanse", account[:4]) if is_balance else (CATALOGUE_OF_ART, account[:3])
    standard = {} if version == "1.30" else {"StandardAccountID": code}
    balance = {f"Opening{side}Balance": "0.00", f"Closing{side}Balance": kroner(abs(moved))}
    description = {"AccountID": account, "AccountDescription": escape(name)} | standard
    grouping = {"GroupingCategory": category, "GroupingCode": code, "AccountType": "GL"}
    return tag("Account", tags(**description, **grouping, **balance))


def _analyses(entries: pd.DataFrame) -> list[str]:
    names = MADE_UP["analysis_names"]
    described = [
        {"AnalysisType": kind, "AnalysisTypeDescription": name, "AnalysisID": value,
         "AnalysisIDDescription": names.get(value, f"Prosjekt {value}")}
        for kind, (name, column) in ANALYSES.items()
        for value in sorted(entries[column].dropna().unique())
    ]  # fmt: skip
    return [tag("AnalysisTypeTableEntry", tags(**fields)) for fields in described]
