"""Clean tables on disk: all or nothing, and read back as written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.store import clean_tables, folders, replace
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    names = ["postings", "tickets"]
    refused = pd.DataFrame(
        {"table": names, "source_file": "a.csv", "source_line": [7, 9], "reason": "unreadable_value",
         "detail": ["amount_nok: '#####'", ""], "raw": ['1;"x"\ny;', "NA;æøå"]}
    )  # fmt: skip
    forecast = pd.DataFrame(
        {"period": ["2024-09"], "kind": "operating", "line": "Lønn", "amount_nok": [29_893_000.0], "reason": [None]}
    )
    return {name: empty(name) for name in CLEAN_TABLES} | {"quarantine": refused, "adopted_forecasts": forecast}


def test_tables_are_read_back_as_written(tables, tmp_path):
    clean_tables.write_clean(tables, tmp_path)
    for name in CLEAN_TABLES:
        expected = tables[name].astype(empty(name).dtypes)
        pd.testing.assert_frame_equal(clean_tables.read_clean(name, tmp_path), expected, check_column_type=False)


def test_quarantined_rows_lie_in_a_file_for_each_table(tables, tmp_path):
    clean_tables.write_clean(tables, tmp_path)
    files = sorted(path.name for path in (tmp_path / "clean" / "quarantine").iterdir())
    assert files == ["postings.csv", "tickets.csv"]


def test_without_clean_tables_the_remedy_is_to_make_them(tmp_path):
    for name in ("postings", "quarantine"):
        with pytest.raises(InputError, match="Remedy: run rorikt clean first"):
            clean_tables.read_clean(name, tmp_path)


def test_a_table_of_another_version_is_refused(tables, tmp_path):
    clean_tables.write_clean(tables, tmp_path)
    pd.DataFrame({"old": [1]}).to_parquet(tmp_path / "clean" / "usage.parquet")
    with pytest.raises(InputError, match=r"usage\.parquet: the clean table is of another version"):
        clean_tables.read_clean("usage", tmp_path)


def test_a_table_that_does_not_fit_leaves_the_old_ones_and_no_scraps(tables, tmp_path):
    clean_tables.write_clean(tables, tmp_path)
    bad = tables | {"adopted_forecasts": tables["adopted_forecasts"].assign(kind="unknown")}
    with pytest.raises(Exception, match="kind"):
        clean_tables.write_clean(bad, tmp_path)
    assert clean_tables.read_clean("adopted_forecasts", tmp_path)["kind"].tolist() == ["operating"]
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


def test_a_failed_swap_puts_the_old_tables_back(tables, tmp_path, monkeypatch):
    clean_tables.write_clean(tables, tmp_path)
    rename = Path.rename

    def fail(self, target):
        if self.name.endswith("-new"):
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    monkeypatch.setattr(replace, "_exchanged", lambda new, place: False)
    with pytest.raises(OSError, match="disk full"):
        clean_tables.write_clean(tables, tmp_path)
    assert len(clean_tables.read_clean("adopted_forecasts", tmp_path)) == 1


def test_tables_that_are_gone_leave_no_file_behind_but_the_readme_stays(tables, tmp_path):
    clean_tables.write_clean(tables, tmp_path)
    (tmp_path / "clean" / "README.md").write_text("what lies here", encoding="utf-8")
    (tmp_path / "clean" / "old.parquet").write_text("x", encoding="utf-8")
    clean_tables.write_clean(tables | {"quarantine": empty("quarantine")}, tmp_path)
    assert (tmp_path / "clean" / "README.md").read_text(encoding="utf-8") == "what lies here"
    assert not (tmp_path / "clean" / "old.parquet").exists()
    assert clean_tables.read_clean("quarantine", tmp_path).empty


def test_all_tables_are_written_or_none(tables, tmp_path):
    with pytest.raises(ValueError, match="not exactly the clean tables: usage"):
        clean_tables.write_clean({name: frame for name, frame in tables.items() if name != "usage"}, tmp_path)
    assert not (tmp_path / "clean").exists()


def test_demo_data_are_known_by_their_mark(tmp_path):
    (tmp_path / "raw").mkdir()
    assert not folders.is_demo(tmp_path)
    (tmp_path / "raw" / "DEMODATA.md").touch()
    assert folders.is_demo(tmp_path)


def test_tables_are_current_until_an_export_its_name_or_a_setting_changes(tables, tmp_path, settings):
    export = tmp_path / "raw" / "a.csv"
    export.parent.mkdir()
    export.write_text("a", encoding="utf-8")
    mark = clean_tables.fingerprint(tmp_path, settings)
    assert not clean_tables.is_current(tmp_path, mark)
    clean_tables.write_clean(tables, tmp_path, mark)
    assert clean_tables.is_current(tmp_path, clean_tables.fingerprint(tmp_path, settings))
    changed = settings.model_copy(update={"header_aliases": {"budget": {"Aar": "År"}}})
    assert not clean_tables.is_current(tmp_path, clean_tables.fingerprint(tmp_path, changed))
    export.write_text("b", encoding="utf-8")
    assert not clean_tables.is_current(tmp_path, clean_tables.fingerprint(tmp_path, settings))
    export.write_text("a", encoding="utf-8")
    export.rename(export.with_name("b.csv"))
    assert not clean_tables.is_current(tmp_path, clean_tables.fingerprint(tmp_path, settings))
