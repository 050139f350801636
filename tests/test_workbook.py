"""What one process has worked out, another need not."""

import pandas as pd
import pytest

from rorikt_lib.workbook import Workbook, open_month

WORKED_OUT = pd.DataFrame({"line": ["A", "SUM"], "model_nok": [1.5, float("nan")]}, index=[3, 7])


def worked_out(month: str, root) -> Workbook:
    book = open_month(month, root)
    book.once("model", lambda: WORKED_OUT)
    return book


def refuse() -> pd.DataFrame:
    raise AssertionError("worked out again")


def test_what_is_shared_is_not_worked_out_again(tmp_path):
    with worked_out("2024-09", tmp_path).shared():
        pd.testing.assert_frame_equal(open_month("2024-09", tmp_path).once("model", refuse), WORKED_OUT)


def test_another_month_is_worked_out_for_itself(tmp_path):
    other = WORKED_OUT * 2
    with worked_out("2024-09", tmp_path).shared():
        assert open_month("2024-08", tmp_path).once("model", lambda: other) is other


def test_nothing_is_shared_once_the_report_is_built(tmp_path):
    with worked_out("2024-09", tmp_path).shared():
        pass
    with pytest.raises(AssertionError, match="worked out again"):
        open_month("2024-09", tmp_path).once("model", refuse)


def test_clean_tables_are_read_from_where_they_stand(demo_root):
    book = open_month("2024-09", demo_root)
    book.table("usage")
    with book.shared():
        assert open_month("2024-09", demo_root)._tables == {}
        pd.testing.assert_frame_equal(open_month("2024-09", demo_root).table("usage"), book.table("usage"))
