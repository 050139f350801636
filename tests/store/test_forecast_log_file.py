"""The forecast log on disk only grows."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.ledger.forecast_log import COLUMNS
from rorikt_lib.store.forecast_log import append_log, log_path, read_log


def _rows(**given) -> pd.DataFrame:
    row = dict.fromkeys(COLUMNS) | {
        "period": "2024-09",
        "revision": 1,
        "recorded_at": "2024-10-01",
        "in_hindsight": False,
    }
    return pd.DataFrame([row | {"kind": "operating", "line": "Lisens, vedlikehold", "model_nok": 12.34} | given])[
        COLUMNS
    ]


def test_what_is_written_is_read_as_it_was(tmp_path):
    append_log(tmp_path, _rows(reason='Prisvekst; æøå, "ny"'))
    read = read_log(tmp_path, COLUMNS).iloc[0]
    assert (read.line, read.model_nok, read.reason) == ("Lisens, vedlikehold", 12.34, 'Prisvekst; æøå, "ny"')
    assert (read.revision, bool(read.in_hindsight)) == (1, False)


@pytest.mark.parametrize("reason", ["N/A", "None", "null"])
def test_a_reason_is_what_was_written_whatever_else_it_may_mean(tmp_path, reason):
    append_log(tmp_path, _rows(reason=reason).drop(columns=COLUMNS[-4:-2]))
    append_log(tmp_path, _rows(revision=2), added=COLUMNS[-4:-2])
    read = read_log(tmp_path, COLUMNS)
    assert read.reason[0] == reason
    assert pd.isna(read.reason[1])


def test_what_stands_in_the_log_stays_byte_for_byte(tmp_path):
    path = append_log(tmp_path, _rows())
    before = path.read_bytes()
    append_log(tmp_path, _rows(revision=2, model_nok=99.0))
    assert path.read_bytes().startswith(before)
    assert len(path.read_bytes()) > len(before)
    assert read_log(tmp_path, COLUMNS).revision.tolist() == [1, 2]


def test_a_log_of_an_older_version_is_read_and_gets_the_columns_that_were_added_since(tmp_path):
    rows, added = _rows(model_nok=1.5), COLUMNS[-4:-2]
    path = append_log(tmp_path, rows.drop(columns=added))
    with pytest.raises(InputError, match="columns"):
        read_log(tmp_path, COLUMNS)
    assert read_log(tmp_path, COLUMNS, added)[added].isna().all(axis=None)
    append_log(tmp_path, _rows(revision=2, **dict.fromkeys(added, 7.0)), added)
    log = read_log(tmp_path, COLUMNS)
    assert log.model_nok.tolist() == [1.5, 12.34]
    assert log[added].iloc[1].tolist() == [7.0, 7.0]
    assert log[added].iloc[0].isna().all()
    assert path.read_text(encoding="utf-8").startswith(",".join(COLUMNS) + "\n")


def test_nothing_to_add_writes_nothing(tmp_path):
    assert not append_log(tmp_path, _rows().head(0)).exists()
    assert read_log(tmp_path, COLUMNS).empty


def test_the_demos_forecasts_are_kept_apart_from_the_organisations_own(tmp_path):
    own = log_path(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "DEMODATA.md").touch()
    assert log_path(tmp_path) != own


@pytest.mark.parametrize("content", ["", "period;model\n2024-09;1\n", "\x00\x01", ",".join(COLUMNS) + "\n2024-09,x\n"])
def test_a_damaged_log_is_refused_by_name(tmp_path, content):
    path = log_path(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(content)
    with pytest.raises(InputError, match=r"log.csv.*backup"):
        read_log(tmp_path, COLUMNS)
