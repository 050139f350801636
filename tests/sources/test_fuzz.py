"""A share of the seeded mutants of benchmarks/fuzz.py: refused in one sentence, or read as the plain reader reads them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
# As many as there is time for; `python benchmarks/fuzz.py` tries 10,000.
SEEDS = range(50)


@pytest.fixture(scope="module")
def fuzz():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import fuzz as module

        yield module
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.mark.deep
def test_a_damaged_export_is_refused_in_one_sentence_or_read_as_a_plain_reader_reads_it(fuzz, tmp_path):
    wrong = [(seed, *found) for seed in SEEDS if (found := fuzz.verdict(seed, tmp_path))[0] not in ("equal", "refused")]
    assert not wrong


def test_an_undamaged_sample_is_read_as_the_plain_reader_reads_it(fuzz, tmp_path):
    for sample in fuzz.SAMPLES:
        content = (fuzz.GOLDEN / sample / "raw.csv").read_bytes()
        one = fuzz.Mutant(sample, "none", "raw.csv", content)
        read = fuzz.library(one, tmp_path)
        assert sum(len(part.frame) for part in read.parts) > 0
        assert fuzz.difference(one, read, tmp_path) == ""


def test_a_value_that_is_read_wrongly_is_found(fuzz, tmp_path):
    one = fuzz.Mutant("budget", "none", "raw.csv", (fuzz.GOLDEN / "budget" / "raw.csv").read_bytes())
    read = fuzz.library(one, tmp_path)
    frame = read.parts[-1].frame
    frame.loc[frame.index[0], "amount_nok"] *= 1000
    assert "amount_nok" in fuzz.difference(one, read, tmp_path)
