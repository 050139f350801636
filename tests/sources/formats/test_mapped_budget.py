"""Other systems' budgets through a mapping: a row a year, a row a month, a column for each."""

from __future__ import annotations

import pytest
from golden_pairs import clean_path

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats import mapped
from rorikt_lib.sources.read_file import read_file

BUDGET = {"table": "budget_lines", "constants": {"version": "Vedtatt"}}


@pytest.fixture
def budget_of(tmp_path):
    """budget_of(text, mapping) → what the mapping makes of the file; its rows are accounted for besides."""

    def read(text: str, **mapping):
        settings = demo_settings().model_copy(update={"mappings": {"hhp": Mapping.model_validate(BUDGET | mapping)}})
        path = tmp_path / "budsjett.csv"
        path.write_text(text, encoding="utf-8")
        cleaned = clean_path(path, mapped.formats(settings)[0], settings)
        assert read_file(path, path.name, settings).source["rows_clean"] == len(cleaned.frame)
        return cleaned

    return read


def lines(cleaned) -> list[list]:
    frame = cleaned.frame[["year", "account", "month", "amount_nok"]].astype(object)
    return frame.where(frame.notna(), None).to_numpy().tolist()


def test_a_column_a_year_gives_a_budget_line_for_each_amount(budget_of):
    text = "Art;Tekst;B2025;B2026\n195;a;1 000;2 000\n200;b;;500\nSum;;1 000;2 500\n"
    cleaned = budget_of(text, columns={"account": "Art"}, amounts={"B2025": "2025", "B2026": 2026})
    assert lines(cleaned) == [[2025, "195", None, 1000.0], [2026, "195", None, 2000.0], [2026, "200", None, 500.0]]
    assert cleaned.frame.index.tolist() == [2, 2, 3]
    assert cleaned.findings["finding"].tolist() == ["total_row", "total_row"]


def test_a_column_a_month_gives_a_budget_line_for_each_month(budget_of):
    cleaned = budget_of(
        "Art;Jan;Feb\n195;1;2\n", columns={"account": "Art"}, amounts={"Jan": "2025-01", "Feb": "2025-02"}
    )
    assert lines(cleaned) == [[2025, "195", 1, 1.0], [2025, "195", 2, 2.0]]


def test_a_row_a_month_takes_year_and_month_from_the_period(budget_of):
    columns = {"account": "Art", "period": "Periode", "amount_nok": "Budsjett"}
    cleaned = budget_of(
        "Art;Periode;Budsjett\n" + "".join(f"195;2025{m:02};{m}\n" for m in range(1, 14)), columns=columns
    )
    assert lines(cleaned) == [[2025, "195", month, month] for month in range(1, 13)]
    assert cleaned.quarantine[["source_line", "detail"]].to_numpy().tolist() == [[14, "period: '202513'"]]


def test_fourteen_cells_under_twelve_headers_are_read_where_the_mapping_says_so(budget_of):
    head = ";".join(["År", "Art", "Beløp", *(f"k{i}" for i in range(9))])
    rows = "".join(f"2025;195;{n};" + ";" * 8 + "x;y\n" for n in (100, 200, 300))
    columns = {"year": "År", "account": "Art", "amount_nok": "Beløp"}
    cleaned = budget_of(f"{head}\n{rows}", columns=columns, extra_cells="ignore")
    assert cleaned.frame["amount_nok"].sum() == 600.0
    assert cleaned.findings[["finding", "count"]].to_numpy().tolist() == [["extra_cells", 3]]


def test_a_mapped_budget_with_the_headers_of_a_ledger_is_that_budget(budget_of):
    head = "Konto;Kontonavn;Ansvar;Funksjon;Prosjekt;Periode;Tekst;Budsjett;Beløp\n"
    columns = {"account": "Konto", "period": "Periode", "amount_nok": "Budsjett"}
    cleaned = budget_of(head + "195;a;1;120;;202501;t;7;8\n", columns=columns)
    assert (cleaned.table, cleaned.frame["amount_nok"].tolist()) == ("budget_lines", [7.0])


@pytest.mark.parametrize("field", ["kind", "line"])
def test_an_unknown_kind_or_line_of_a_mapped_budget_stops_the_run(budget_of, field):
    rows = "".join(f"195;2025;{'Drift' if field == 'kind' else 'Lønn'};{n}\n" for n in range(300))
    mapping = {"columns": {"account": "Art", "year": "År", field: "Type", "amount_nok": "Beløp"}}
    if field == "kind":
        mapping["values"] = {"kind": {"Drift": "operating"}}
    with pytest.raises(InputError, match=rf"line 302: unknown {field} 'Kapital' in 1 rows .*mappings\.hhp\.values"):
        budget_of(f"Art;År;Type;Beløp\n{rows}195;2025;Kapital;7\n", **mapping)


def test_a_value_that_is_none_of_our_kinds_is_refused_in_the_settings(budget_of):
    columns = {"account": "Art", "year": "År", "kind": "Type", "amount_nok": "Beløp"}
    with pytest.raises(InputError, match=r"workbook\.yml: mappings\.hhp: kind: unknown capital"):
        budget_of("Art;År;Type;Beløp\n195;2025;K;7\n", columns=columns, values={"kind": {"K": "capital"}})
