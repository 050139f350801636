from __future__ import annotations

from golden_pairs import GOLDEN, check_golden, clean_path

from rorikt_lib.sources.formats.device_stock import FORMAT


def test_the_golden_list_gives_the_expected_stock(settings):
    check_golden("device_stock", clean_path(GOLDEN / "device_stock" / "raw.csv", FORMAT, settings))
