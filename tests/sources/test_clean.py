"""A folder of raw exports → all clean tables."""

from __future__ import annotations

import os
import shutil

import pytest
from golden_pairs import GOLDEN
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.terms.schemas import CLEAN_TABLES, validate

HEADER = "Bilagsnr;Bilagsdato;Periode;Konto;Tekst;Beløp\n"
GOOD = "{0};15.01.2024;202401;195;a;1,00\n"
BAD = "{0};15.01.2024;202401;195;a;#####\n"


@pytest.fixture
def raw(tmp_path):
    """raw(name=text, …) writes files below a raw folder and returns it."""

    def write(files: dict[str, str]):
        for name, text in files.items():
            path = tmp_path / "raw" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "raw"

    return write


def ledger(good: int, bad: int = 0) -> str:
    return HEADER + "".join(GOOD.format(i) for i in range(good)) + "".join(BAD.format(i) for i in range(bad))


def found(tables) -> list[list]:
    return tables["findings"][["source_file", "finding", "count"]].fillna("").to_numpy().tolist()


def test_every_clean_table_comes_out_and_fits_its_schema(raw, settings):
    files = {
        "ledger/a.csv": ledger(2),
        "budget/b.csv": "År;Versjon;Konto;Beløp\n2024;Vedtatt;195;5\n",
        "forecasts/c.csv": "Periode;Type;Linje;Beløp\n202409;drift;Lønn;5\n",
    }
    tables = clean_raw(raw(files), settings)
    assert tables.keys() == CLEAN_TABLES.keys()
    sizes = {name: len(validate(name, frame)) for name, frame in tables.items()}
    assert {name: size for name, size in sizes.items() if size} == {
        "postings": 2, "budget_lines": 1, "adopted_forecasts": 1, "sources": 3, "source_rows": 3,
    }  # fmt: skip


def test_a_file_is_known_by_its_content_not_by_its_folder(raw, settings):
    tables = clean_raw(raw({"tickets/whatever.txt": ledger(1)}), settings)
    assert tables["sources"][["format", "table"]].to_numpy().tolist() == [["ledger_list", "postings"]]


def test_notes_hidden_files_and_lock_files_are_no_exports(raw, settings):
    files = {
        "a.csv": ledger(1),
        "README.md": "x",
        "DEMODATA.md": "x",
        "ledger/notat.MD": "x",
        ".gitkeep": "",
        ".skjult/b.csv": "x",
        "~$a.xlsx": "x",
    }
    assert clean_raw(raw(files), settings)["sources"]["source_file"].tolist() == ["a.csv"]


def test_a_folder_without_exports_is_refused(raw, settings):
    with pytest.raises(InputError, match=r"raw: there are no exports\. Remedy: put them there"):
        clean_raw(raw({"README.md": "x"}), settings)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (
            "x/ukjent.csv",
            "a;b\n1;2\n",
            r"x/ukjent\.csv, line 1: format not recognised; headers found: a; b; expected for",
        ),
        ("x/notat.docx", "hei", r"x/notat\.docx: not a kind of file that is read here"),
        ("x/side.json", "{}", r"x/side\.json: not a kind of file that is read here"),
        ("x/side.xml", "<a/>", r"x/side\.xml, line 1: not SAF-T Financial"),
    ],
)
def test_a_file_of_no_known_format_stops_the_run_and_is_named(raw, settings, name, text, problem):
    with pytest.raises(InputError, match=rf"^{problem}.* Remedy: "):
        clean_raw(raw({"a.csv": ledger(1), name: text}), settings)


def test_a_file_delivered_twice_under_two_names_counts_once(raw, settings):
    tables = clean_raw(raw({"a.csv": ledger(3), "b.csv": ledger(3)}), settings)
    assert len(tables["postings"]) == 3
    assert ["b.csv", "identical_file", 1] in found(tables)
    assert tables["sources"][["rows_read", "rows_clean", "rows_set_aside"]].to_numpy().tolist() == [
        [3, 3, 0],
        [3, 0, 3],
    ]


def test_overlapping_exports_count_once_also_across_formats(raw, settings):
    folder = raw(
        {
            "liste.csv": "Bilagsnr;Bilagsdato;Periode;Konto;Ansvar;Funksjon;Prosjekt;Tekst;Beløp\n"
            "3001;15.01.2024;202401;195;100;120;6201;LISENS;1 000,10\n"
            "3002;31.12.2024;202413;700;;;;Refusjon;-0,20\n"
            "3009;31.12.2024;202413;700;;;;Refusjon;-0,30\n",
        }
    )
    shutil.copy(GOLDEN / "saft" / "version_120.xml", folder / "saft.xml")
    tables = clean_raw(folder, settings)
    counted = tables["postings"][~tables["postings"]["is_duplicate"]]
    assert ["saft.xml", "overlapping_rows", 2] in found(tables)
    assert round(counted["amount_nok"].sum(), 2) == round(1000.10 - 0.20 - 0.30 + 0.20, 2)


def test_a_month_without_postings_is_found(raw, settings):
    tables = clean_raw(raw({"a.csv": ledger(1) + "9;15.03.2024;202403;195;a;1\n"}), settings)
    row = tables["findings"].set_index("finding").loc["missing_month"]
    assert (row["count"], row["detail"]) == (1, "2024-02")


@pytest.mark.parametrize(("good", "bad"), [(995, 5), (99, 1), (19, 1), (15, 5), (980, 9)])
def test_few_unreadable_rows_are_quarantined(raw, settings, good, bad):
    tables = clean_raw(raw({"a.csv": ledger(good, bad)}), settings)
    assert (len(tables["postings"]), len(tables["quarantine"])) == (good, bad)
    assert set(tables["quarantine"]["source_line"]) == {*range(good + 2, good + bad + 2)}


@pytest.mark.parametrize(("good", "bad"), [(94, 6), (2, 1), (0, 1), (14, 5), (989, 11)])
def test_more_unreadable_rows_than_the_limit_stop_the_run(raw, settings, good, bad):
    problem = rf"^a\.csv, line {good + 2}: {bad} of {good + bad} rows cannot be read, .*'#####'\. Remedy: "
    with pytest.raises(InputError, match=problem):
        clean_raw(raw({"a.csv": ledger(good, bad)}), settings)


def test_a_ledger_file_without_rows_is_found(raw, settings):
    assert found(clean_raw(raw({"a.csv": HEADER}), settings)) == [["a.csv", "no_rows", 1]]


def test_two_tables_in_one_file_are_both_read(raw, settings):
    tables = clean_raw(raw({"a.csv": ledger(2) + "\nÅr;Versjon;Konto;Beløp\n2024;Vedtatt;195;5\n"}), settings)
    (source,) = tables["sources"].to_dict("records")
    assert (source["format"], source["rows_read"], source["rows_clean"]) == ("ledger_list + budget", 3, 3)
    assert len(tables["budget_lines"]) == 1


def test_progress_hears_of_each_file_once(raw, settings):
    heard = []
    clean_raw(raw({"b.csv": ledger(1), "a.csv": ledger(2)}), settings, heard.append)
    assert heard == ["a.csv", "b.csv"]


LINES = st.sampled_from(
    [
        GOOD,
        GOOD,
        GOOD,
        GOOD,
        BAD,
        HEADER,
        "x;y\n",
        ";;;;Sum;5\n",
        "1;;202401;2.13;a;5\n",
        "\n",
        "År;Versjon;Konto;Beløp\n",
    ]
)


@given(st.lists(LINES, max_size=40))
def test_the_rows_of_a_source_are_clean_quarantined_or_set_aside(raw, settings, lines):
    lenient = settings.model_copy(
        update={"quality": settings.quality.model_copy(update={"quarantine_limit": 0.999999})}
    )
    try:
        tables = clean_raw(raw({"a.csv": HEADER + "".join(lines) + GOOD}), lenient)
    except InputError:
        return
    (source,) = tables["sources"].to_dict("records")
    headers = sum(1 for line in lines if line.startswith("År"))
    assert source["rows_read"] == source["rows_clean"] + source["rows_quarantined"] + source["rows_set_aside"]
    assert source["rows_clean"] == len(tables["postings"]) + len(tables["budget_lines"])
    assert source["rows_quarantined"] == len(tables["quarantine"])
    assert source["rows_read"] >= sum(line.strip() != "" for line in lines) + 1 - 2 * headers - lines.count(HEADER)


@pytest.mark.parametrize("text", ["9" * 16, "-" + "9" * 30, "9" * 400, "2٣", "1e5"])
def test_an_amount_too_large_or_of_other_digits_is_an_unreadable_row_with_its_line(raw, settings, text):
    tables = clean_raw(raw({"a.csv": ledger(9) + f"9;15.01.2024;202401;195;a;{text}\n"}), settings)
    assert tables["quarantine"][["source_line", "reason"]].to_numpy().tolist() == [[11, "unreadable_value"]]
    assert tables["postings"].amount_nok.sum() == 9


def test_files_of_linked_folders_are_read_each_once_and_no_link_leads_in_rings(raw, settings, tmp_path):
    folder = raw({"own/a.csv": ledger(1)})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.csv").write_text(ledger(2), encoding="utf-8")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "own" / "ring").symlink_to(folder)
    sources = clean_raw(folder, settings)["sources"]
    assert sources[["source_file", "rows_read"]].to_numpy().tolist() == [["linked/b.csv", 2], ["own/a.csv", 1]]


def test_a_link_that_leads_nowhere_is_refused(raw, settings):
    folder = raw({"a.csv": ledger(1)})
    (folder / "b.csv").symlink_to(folder / "gone.csv")
    with pytest.raises(InputError, match=r"b\.csv: the link leads nowhere\. Remedy: "):
        clean_raw(folder, settings)


def test_a_file_name_that_is_not_utf8_is_refused_and_shown(raw, settings):
    folder = raw({"a.csv": ledger(1)})
    (folder / os.fsdecode(b"l\xf8nn.csv")).write_text(ledger(2), encoding="utf-8")
    with pytest.raises(InputError, match=r"l\\xf8nn\.csv: the name is not UTF-8\. Remedy: give the file another name"):
        clean_raw(folder, settings)
