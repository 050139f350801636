"""D/K: a column that says of each amount whether it is debit or credit, in lists and through mappings."""

from __future__ import annotations

import pandas as pd
import pytest
from sampled import first, first_rows

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.read_file import read_file

LIST = "Bilagsnr;Periode;Konto;Tekst;{};Beløp\n"
BUDGET = "År;Versjon;Konto;{};Beløp\n"
POSTINGS = {"table": "postings", "columns": {"account": "acc", "period": "per", "amount_nok": "sum"}}


@pytest.fixture
def read(tmp_path):
    """read(text) → the rows of the file as `rorikt clean` reads it; with settings of the ledger and a mapping."""

    def of(text: str, ledger: dict | None = None, **mapping) -> pd.DataFrame:
        used = demo_settings()
        changed = {"ledger": type(used.ledger).model_validate(used.ledger.model_dump() | (ledger or {}))}
        if mapping:
            changed["mappings"] = {"erp": Mapping.model_validate(mapping)}
        path = tmp_path / "bok.csv"
        path.write_text(text, encoding="utf-8")
        file = read_file(path, path.name, used.model_copy(update=changed))
        return pd.concat([part.frame for part in file.parts if len(part.frame)])

    return of


def listed(*rows: str, header: str = "D/K") -> str:
    return LIST.format(header) + "".join(f"{n};202401;195;a;{row}\n" for n, row in enumerate(rows, 1))


def amounts(frame: pd.DataFrame) -> list[float]:
    return frame["amount_nok"].tolist()


@pytest.mark.parametrize("header", first(["D/K", "DK", "Debet/Kredit", "Debet / Kredit", "debit/credit", "S/H"]))
@pytest.mark.parametrize(
    ("debit", "credit"),
    first_rows([("D", "K"), ("Debet", "kredit"), ("Debit", "Credit"), ("DR", "CR"), ("S", "H"), ("D", "C")]),
)
def test_a_credit_without_a_sign_is_an_income(read, header, debit, credit):
    frame = read(listed(f"{debit};1 000,00", f"{credit};400,00", f"{debit};60,00", header=header))
    assert amounts(frame) == [1000.0, -400.0, 60.0]
    assert "side" not in frame


def test_amounts_that_have_their_signs_stand_as_they_are(read):
    assert amounts(read(listed("D;1000", "K;-400", "K;0", "D;60"))) == [1000.0, -400.0, 0.0, 60.0]


@pytest.mark.parametrize("rows", [["D;10", "K;4", "K;-3"], ["D;-10", "K;4"], ["D;10", "D;-2", "K;-3"], ["K;4", "K;-3"]])
def test_signs_that_contradict_debit_and_credit_are_refused_with_the_remedy(read, rows):
    with pytest.raises(InputError, match=r"bok\.csv, line \d: debit and credit .*Remedy: .*credit_amounts: unsigned"):
        read(listed(*rows))


@pytest.mark.parametrize(("said", "right"), [("signed", [10.0, 4.0, -3.0]), ("unsigned", [10.0, -4.0, 3.0])])
def test_the_settings_say_what_signs_beside_debit_and_credit_mean(read, said, right):
    assert amounts(read(listed("D;10", "K;4", "K;-3"), {"credit_amounts": said})) == right


def test_an_unknown_side_stops_the_run_with_the_line_to_add(read):
    text = listed(*["D;10"] * 500, "X;4")
    said = (
        r"bok\.csv, line 502: unknown side 'X' in 1 rows .*under ledger\.values\.side the line `X: debit` \(or credit\)"
    )
    with pytest.raises(InputError, match=said):
        read(text)
    assert amounts(read(text, {"values": {"side": {"X": "credit"}}}))[-1] == -4.0


def test_a_posting_without_a_side_is_refused_unless_it_is_of_nothing(read):
    frame = read(listed(*["D;10"] * 500, ";4", ";0", "K;3"))
    assert amounts(frame) == [10.0] * 500 + [0.0, -3.0]


def test_a_printed_total_is_that_of_the_signed_amounts(read):
    assert amounts(read(listed("D;10", "K;4") + ";;;Sum;;6\n")) == [10.0, -4.0]


def test_a_budget_has_its_sides_too(read):
    text = BUDGET.format("D/K") + "2025;Vedtatt;195;D;100\n2025;Vedtatt;700;K;40\n"
    assert amounts(read(text)) == [100.0, -40.0]
    mapping = {"table": "budget_lines", "columns": {"account": "acc", "side": "x"}, "constants": {"version": "Vedtatt"}}
    text = "acc;x;B25\n195;D;100\n700;K;40\n"
    assert amounts(read(text, **mapping, amounts={"B25": "2025"})) == [100.0, -40.0]


def test_a_mapping_reads_sides_by_its_own_names(read):
    columns = POSTINGS["columns"] | {"side": "key"}
    text = "acc;per;key;sum\n195;202401;40;100\n700;202401;50;30\n"
    mapping = POSTINGS | {"columns": columns}
    assert amounts(read(text, **mapping, values={"side": {40: "debit", 50: "credit"}})) == [100.0, -30.0]
    with pytest.raises(InputError, match=r"under mappings\.erp\.values\.side the line `'50': debit` \(or credit\)"):
        read(text, **mapping, values={"side": {40: "debit"}})
    assert amounts(read(text.replace("50;", "K;"), **mapping, values={"side": {40: "debit"}})) == [100.0, -30.0]


def test_what_a_mapping_says_is_all_one_side_is_that(read):
    text = "acc;per;sum\n700;202401;30\n"
    assert amounts(read(text, **POSTINGS, constants={"side": "credit"})) == [-30.0]


@pytest.mark.parametrize(
    ("header", "debit", "credit"),
    [("Type", "D", "K"), ("Fortegn", "+", "-"), ("Art", "S", "H"), ("D-K-kode", "1", "2")],
)
def test_debit_and_credit_under_a_header_that_nobody_knows_stop_the_run(read, header, debit, credit):
    text = listed(f"{debit};10", f"{credit};4", header=header)
    with pytest.raises(
        InputError, match=rf"bok\.csv, line 1: the column '{header}' .*ledger_list: {{'{header}': D/K}}"
    ):
        read(text)
    assert amounts(read(text, {"credit_amounts": "signed"})) == [10.0, 4.0]
    mapped = f"acc;per;{header};sum\n195;202401;{debit};10\n700;202401;{credit};4\n"
    with pytest.raises(InputError, match=rf"mappings\.erp\.columns: {{side: '{header}'}}"):
        read(mapped, **POSTINGS)
    assert amounts(read(mapped, **POSTINGS, credit_amounts="signed")) == [10.0, 4.0]
    with pytest.raises(InputError, match=rf"the column '{header}'"):
        read(BUDGET.format(header) + f"2025;Vedtatt;195;{debit};100\n2025;Vedtatt;700;{credit};40\n")


def test_one_damaged_name_does_not_hide_a_column_of_debit_and_credit(read):
    with pytest.raises(InputError, match="the column 'Type'"):
        read(listed(*["D;10"] * 10, *["K;4"] * 10, "Kreditt?;4", ";5", header="Type"))


@pytest.mark.parametrize(("header", "values"), [("Status", "SS"), ("Type", "DX"), ("Firma", "KX"), ("Valuta", "CC")])
def test_a_column_of_something_else_is_left_alone(read, header, values):
    assert amounts(read(listed(f"{values[0]};10", f"{values[1]};4", header=header))) == [10.0, 4.0]


def test_columns_of_debit_and_credit_need_no_side(read):
    text = "Periode;Konto;Type;Debet;Kredit\n202401;195;D;10;\n202401;700;K;;4\n"
    assert amounts(read(text)) == [10.0, -4.0]


@pytest.mark.parametrize(("header", "debit", "credit"), [
    ("Posttype", "DEB", "KRE"), ("Kreditt/debet", "1", "2"), ("Type", "Belastning", "Godskrift"),
    ("Dbt/Krd", "x", "y"), ("Art", "Debet", "Kreditt"), ("Side", "D", "K"),
])  # fmt: skip
def test_a_column_that_says_debit_and_credit_in_its_own_words_stops_the_run(read, header, debit, credit):
    with pytest.raises(InputError, match=rf"^bok\.csv, line 1: the column '{header}' .*Remedy: .*header_aliases"):
        read(listed(f"{debit};1000", f"{credit};400", f"{debit};60", header=header))
