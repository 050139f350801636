from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from rorikt_lib.demo.make import make_demo
from rorikt_lib.errors import InputError
from rorikt_lib.store.clean_tables import read_clean
from rorikt_lib.store.folders import is_demo


def digests(root: Path) -> dict[str, str]:
    files = (path for path in sorted((root / "raw").rglob("*")) if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def made_again(demo_root, tmp_path_factory) -> tuple[Path, list[Path], list[str]]:
    """A data root where the demo was made over files of its names, and a note about the folder; paths, what was listed."""
    root = tmp_path_factory.mktemp("second") / "data"
    for name in [*digests(demo_root), "raw/README.md"]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Put the exports here.", encoding="utf-8")
    listed: list[str] = []
    return root, make_demo(root.parent, listed.append), listed


@pytest.mark.deep
def test_a_second_run_writes_the_same_bytes_over_what_was_there(demo_root, made_again):
    root, paths, _ = made_again
    first, second = digests(demo_root), digests(root)
    assert len(first) > 40
    assert second.keys() - first.keys() == {"raw/README.md"}
    assert {**second, **first} == second
    assert {str(path.relative_to(root)) for path in paths} == first.keys()


@pytest.mark.deep
def test_a_note_about_the_folder_is_no_export_and_stays(made_again):
    assert (made_again[0] / "raw" / "README.md").read_text(encoding="utf-8") == "Put the exports here."


@pytest.mark.deep
def test_making_the_demo_tells_how_far_it_is(made_again):
    assert made_again[2] == ["ledger", "budget", "forecasts", "tickets", "devices", "usage", "sharing"]


def test_the_marker_says_that_the_exports_are_made_up(demo_root):
    assert is_demo(demo_root)
    assert "oppdiktet" in (demo_root / "raw" / "DEMODATA.md").read_text(encoding="utf-8")


def test_real_exports_are_never_mixed_with_demo_data(tmp_path):
    real = tmp_path / "data" / "raw" / "ledger" / "hovedbok.csv"
    real.parent.mkdir(parents=True)
    real.write_text("Bilagsnr;Beløp\n1;2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"hovedbok\.csv: the folder holds what is not the demo"):
        make_demo(tmp_path)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["hovedbok.csv"]


def test_every_export_is_recognised_and_the_formats_are_many(demo_root):
    sources = read_clean("sources", demo_root)
    expected = {name.removeprefix("raw/") for name in digests(demo_root)} - {"DEMODATA.md"}
    assert set(sources.source_file) == expected
    assert {"ledger_list", "saft", "pureservice_list", "pureservice_api", "intune"} <= set(sources.format)
    assert sources.format.nunique() >= 11


def test_the_flaws_of_real_exports_are_there_and_found(demo_root):
    quarantine = read_clean("quarantine", demo_root)
    assert Counter(quarantine.reason) == {"unreadable_value": 4, "ragged_row": 2, "missing_value": 1}
    found = set(read_clean("findings", demo_root).finding)
    assert {
        "identical_file", "total_row", "repeated_header", "balance_accounts", "overlapping_rows", "changes_set_aside",
        "merged_cases", "deleted_cases", "resolved_at_imputed", "duplicate_devices", "no_purchase_date",
    } <= found  # fmt: skip


@pytest.mark.deep
def test_the_only_addresses_are_made_up_ones(demo_root):
    names = set()
    for path in (demo_root / "raw").rglob("*"):
        if path.suffix in {".csv", ".json", ".xml", ".md"}:
            names |= set(re.findall(rb"[\w.+-]+@[\w.-]+", path.read_bytes()))
    assert names
    assert all(re.fullmatch(rb"bruker\d+@example\.no", name) for name in names)
