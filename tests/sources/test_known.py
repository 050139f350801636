"""A value that decides a number must be known: an unknown one stops the run, however few rows have it."""

from __future__ import annotations

import pytest
import yaml

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.clean import clean_raw

HEADERS = ["Saksnr", "Type", "Prioritet", "Status", "Kategori 1", "Firma", "Kilde", "Opprettet", "Løst", "Lukket"]
USUAL = {"Type": "Feil", "Prioritet": "Lav", "Status": "Ny", "Opprettet": "02.09.2024 08:00"}


def listed(first: int, rows: int, **cells: str) -> str:
    """Rows of a Pureservice list, numbered from `first`."""
    known = USUAL | cells
    return "".join(
        ";".join([str(first + n), *(known.get(name, "") for name in HEADERS[1:]), "0"]) + "\n" for n in range(rows)
    )


@pytest.fixture
def clean(tmp_path):
    def of(*files: str, settings=None):
        for n, rows in enumerate(files):
            header = ";".join([*HEADERS, "Ventetid (min)"]) + "\n"
            (tmp_path / f"{n}.csv").write_text(header + rows, encoding="utf-8")
        return clean_raw(tmp_path, settings or demo_settings())

    return of


@pytest.mark.parametrize(
    ("field", "header", "terms"),
    [
        ("priority", "Prioritet", "`Haster: low` (or medium, high, critical)"),
        ("type", "Type", "`Haster: incident` (or request, change)"),
        ("status", "Status", "`Haster: open` (or closed, merged)"),
    ],
)
def test_an_unknown_value_stops_the_run_with_its_count_its_files_and_the_line_to_add(clean, field, header, terms):
    many, few = (listed(1, 9_950) + listed(20_000, 70, **{header: "Haster"}), listed(30_000, 7, **{header: "Haster"}))
    with pytest.raises(InputError) as error:
        clean(many, few + listed(40_000, 993))
    said = str(error.value)
    assert said.startswith(f"0.csv, line 9952: unknown {field} 'Haster' in 77 rows (70 in 0.csv, 7 in 1.csv)")
    assert f"under tickets.values.{field} the line {terms}" in said


def test_all_unknown_values_are_named_at_once_the_commonest_first(clean):
    with pytest.raises(InputError) as error:
        clean(listed(1, 1, Prioritet="Haster", Type="Spørsmål") + listed(2, 2, Status="Parkert"))
    named = ["status 'Parkert' in 2 rows", "type 'Spørsmål' in 1 rows", "priority 'Haster' in 1 rows"]
    places = [str(error.value).index(name) for name in named]
    assert places == sorted(places)


def test_a_value_that_yaml_would_change_is_quoted_in_the_line_to_add(clean):
    with pytest.raises(InputError, match="`'1': low`"):
        clean(listed(1, 1, Prioritet="1"))


def test_a_row_that_cannot_be_read_is_damaged_whatever_else_it_says(clean):
    tables = clean(listed(1, 9) + listed(10, 1, Prioritet="02.09.2024 08:00", Opprettet="Lav"))
    assert tables["quarantine"].detail.tolist() == ["created_at: 'Lav'"]


def test_an_unknown_value_of_a_mapping_is_to_be_added_to_the_mapping(tmp_path):
    text = "{table: tickets, columns: {ticket_id: n, priority: p, created_at: at}, constants: {type: incident}}"
    settings = demo_settings().model_copy(update={"mappings": {"desk": Mapping.model_validate(yaml.safe_load(text))}})
    (tmp_path / "a.csv").write_text("n;p;at\n1;P1;02.09.2024\n2;Lav;02.09.2024\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"under mappings\.desk\.values\.priority the line `P1: low`"):
        clean_raw(tmp_path, settings)


def test_an_unknown_user_group_of_pcs_stops_the_run_too(tmp_path):
    rows = "Serienr;Kommune;Brukergruppe;Innkjøpt\n" + "".join(
        f"SN{n:05};Molde;Ansatt;2023-01-01\n" for n in range(200)
    )
    (tmp_path / "a.csv").write_text(rows + "SN00999;Molde;Lærer;2023-01-01\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"'Lærer' in 1 rows .*under devices\.values\.user_group the line `Lærer: staff`"
    ):
        clean_raw(tmp_path, demo_settings())
