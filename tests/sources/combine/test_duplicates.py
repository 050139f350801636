"""The same thing delivered twice counts once."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sources.combine.duplicates import flag_overlaps
from rorikt_lib.sources.combine.ledger import combine_budgets, combine_forecasts, combine_postings, missing_months

LINE = {
    "voucher_no": "1001", "posted_on": pd.Timestamp("2024-09-15"), "period": "2024-09", "account": "195",
    "cost_centre": "100", "project": None, "supplier_name": "Programhuset AS", "text": "Lisens", "amount_nok": 10.1,
}  # fmt: skip
TEXTS = ["voucher_no", "cost_centre", "project", "supplier_name", "text", "source_file"]


def postings(*changes: dict) -> pd.DataFrame:
    rows = [LINE | {"source_file": "a.csv", "source_line": line} | change for line, change in enumerate(changes, 2)]
    return pd.DataFrame(rows).astype(dict.fromkeys(TEXTS, "str"))


def test_lines_alike_in_one_file_are_meant():
    flagged, found = flag_overlaps(postings({}, {}))
    assert flagged["is_duplicate"].tolist() == [False, False]
    assert found.empty


def test_lines_of_another_file_are_flagged_and_found():
    flagged, found = flag_overlaps(
        postings({}, {"source_file": "b.csv"}, {"source_file": "b.csv", "voucher_no": "1002"})
    )
    assert flagged["is_duplicate"].tolist() == [False, True, False]
    assert found[["source_file", "finding", "count"]].to_numpy().tolist() == [["b.csv", "overlapping_rows", 1]]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=25))
def test_of_each_line_as_many_count_as_the_file_with_most_of_them_has(pairs):
    flagged, _ = flag_overlaps(postings(*({"source_file": file, "voucher_no": line} for file, line in pairs)))
    counted = Counter(flagged.loc[~flagged["is_duplicate"], "voucher_no"])
    assert counted == {line: max(Counter(pairs)[file, line] for file in "abc") for _, line in pairs}


@pytest.mark.parametrize(
    "other",
    [
        {"posted_on": pd.Timestamp("2024-09-16")}, {"period": "2024-10"}, {"account": "190"}, {"cost_centre": None},
        {"project": "6201"}, {"amount_nok": 10.11}, {"voucher_no": "1002"},
    ],
)  # fmt: skip
def test_a_line_that_differs_in_what_identifies_it_is_another_line(other):
    with_all_columns = [
        {"project": "6101", "amount_nok": n, "source_file": f"{file}.csv"} for n, file in ((1, "a"), (2, "b"))
    ]
    flagged, _ = flag_overlaps(postings({}, {"source_file": "b.csv"} | other, *with_all_columns))
    assert not flagged["is_duplicate"].any()


def test_texts_do_not_tell_lines_apart_where_there_is_a_voucher():
    flagged, _ = flag_overlaps(postings({}, {"source_file": "b.xml", "text": "LISENS", "supplier_name": None}))
    assert flagged["is_duplicate"].tolist() == [False, True]


def test_supplier_and_text_tell_lines_apart_where_there_is_no_voucher():
    bare = {"voucher_no": None}
    flagged, _ = flag_overlaps(
        postings(bare, bare | {"source_file": "b"}, bare | {"source_file": "b", "text": "Annet"})
    )
    assert flagged["is_duplicate"].tolist() == [False, True, False]


def test_a_voucher_that_two_files_tell_differently_is_found():
    _, found = flag_overlaps(postings({}, {"source_file": "b.csv", "amount_nok": 10.2}))
    assert found[["finding", "count", "detail"]].to_numpy().tolist() == [["voucher_in_two_files", 1, "1001"]]


def test_every_posting_has_an_id_also_where_a_line_of_the_file_holds_many(settings):
    combined, _ = combine_postings([postings({}, {"source_line": 2}, {"source_line": 2}, {})], settings)
    assert combined["posting_id"].tolist() == ["a.csv#2", "a.csv#2.2", "a.csv#2.3", "a.csv#5"]


def test_a_month_without_postings_between_first_and_last_is_named():
    found = missing_months(pd.Series(["2023-11", "2023-13", "2024-02", "2024-04"], dtype="str"))
    assert found[["finding", "detail"]].to_numpy().tolist() == [
        ["missing_month", m] for m in ("2023-12", "2024-01", "2024-03")
    ]


def test_no_month_is_missing_where_each_has_postings():
    assert missing_months(pd.Series(["2023-12", "2023-13", "2024-01"], dtype="str")).empty


def budget(file: str, *lines: tuple[str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=["account", "amount_nok"]).astype({"account": "str"})
    none = pd.Series(None, index=frame.index, dtype="str")
    return frame.assign(
        year=2024, version="Vedtatt", cost_centre=none, project=none, month=none.astype("Int64"), source_file=file,
        source_line=range(2, len(frame) + 2),
    )  # fmt: skip


def test_a_budget_line_that_two_files_have_counts_once(settings):
    parts = [budget("a.csv", ("195", 5.0), ("195", 6.0)), budget("b.csv", ("195", 11.0), ("200", 7.0))]
    combined, found = combine_budgets(parts, settings)
    assert combined["amount_nok"].tolist() == [5.0, 6.0, 7.0]
    assert found[["source_file", "finding", "count"]].to_numpy().tolist() == [["b.csv", "overlapping_rows", 1]]


def test_two_files_that_contradict_each_other_on_a_budget_line_are_refused(settings):
    problem = r"^b\.csv: 2024, Vedtatt, 195 has 6\.00 here, 5\.00 in a\.csv\. Remedy: "
    with pytest.raises(InputError, match=problem):
        combine_budgets([budget("a.csv", ("195", 5.0)), budget("b.csv", ("195", 6.0))], settings)


def decisions(file: str, *amounts: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"period": "2024-09", "kind": "operating", "line": "Lønn", "amount_nok": amounts, "reason": None,
         "source_file": file, "source_line": range(2, len(amounts) + 2)}
    )  # fmt: skip


def test_a_forecast_given_twice_in_a_file_is_refused_with_its_line():
    with pytest.raises(
        InputError, match=r"^a\.csv, line 3: the forecast of Lønn for 2024-09 is given a second time\. "
    ):
        combine_forecasts([decisions("a.csv", 1.0, 1.0)])


def test_the_same_forecast_in_two_files_counts_once_and_another_is_refused():
    combined, found = combine_forecasts([decisions("a.csv", 1.0), decisions("b.csv", 1.0)])
    assert (len(combined), found["finding"].tolist()) == (1, ["overlapping_rows"])
    with pytest.raises(InputError, match=r"^b\.csv: 2024-09, operating, Lønn has 2\.00 here, 1\.00 in a\.csv\. "):
        combine_forecasts([decisions("a.csv", 1.0), decisions("b.csv", 2.0)])


OTHER_DAY = {"posted_on": pd.Timestamp("2024-09-16"), "amount_nok": 7.0}


@pytest.mark.parametrize(
    "spelling",
    [
        {"voucher_no": "01001"}, {"voucher_no": None}, {"voucher_no": "1001.0"}, {"cost_centre": None},
        {"posted_on": None}, {"account": "0195"}, {"cost_centre": "0100", "voucher_no": None},
    ],
)  # fmt: skip
def test_the_same_postings_in_another_spelling_are_one_delivery(spelling):
    again = {"source_file": "b.csv"} | spelling
    flagged, found = flag_overlaps(postings({}, OTHER_DAY, again, OTHER_DAY | again))
    assert flagged["is_duplicate"].tolist() == [False, False, True, True]
    assert found[["source_file", "finding", "count"]].to_numpy().tolist() == [["b.csv", "overlapping_rows", 2]]


def test_of_two_spellings_the_one_with_more_columns_counts():
    flagged, _ = flag_overlaps(postings({"voucher_no": None}, {"source_file": "b.csv"}))
    assert flagged["is_duplicate"].tolist() == [True, False]


def test_lines_alike_by_chance_in_files_of_other_postings_count():
    others = [{"source_file": "b.csv", "voucher_no": str(n), "amount_nok": float(n)} for n in range(3)]
    flagged, _ = flag_overlaps(postings({}, {"source_file": "b.csv", "voucher_no": "7"}, *others))
    assert not flagged["is_duplicate"].any()


def test_other_vouchers_are_another_spelling_where_all_lines_of_a_month_are_alike():
    month = [{"voucher_no": str(n), "amount_nok": float(n)} for n in range(1, 13)]
    again = [line | {"source_file": "b.csv", "voucher_no": f"B{n}"} for n, line in enumerate(month)]
    flagged, _ = flag_overlaps(postings(*month, *again))
    assert flagged["is_duplicate"].sum() == 12


def month(**changes) -> list[dict]:
    """Forty lines of a month on twenty vouchers and four accounts."""
    return [
        {"voucher_no": str(1000 + n // 2), "account": str(190 + n % 4), "amount_nok": 10.25 + n, "text": f"t{n}"}
        | changes
        for n in range(40)
    ]


def kept_total(*files: list[dict]) -> float:
    rows = [row | {"source_file": f"{name}.csv"} for name, file in zip("ab", files, strict=True) for row in file]
    flagged, _ = flag_overlaps(postings(*rows))
    return flagged.loc[~flagged["is_duplicate"], "amount_nok"].sum()


TOTAL = sum(row["amount_nok"] for row in month())


@pytest.mark.parametrize("other", [
    {"posted_on": pd.Timestamp("2024-09-30")}, {"cost_centre": "100 IKT-tjenesten"}, {"cost_centre": "0100 - IKT"},
])  # fmt: skip
def test_a_delivery_with_other_dates_or_named_cost_centres_is_the_same(other):
    assert kept_total(month(), month(**other)) == TOTAL


def test_a_delivery_without_vouchers_and_with_other_texts_is_the_same():
    assert kept_total(month(voucher_no=None), month(voucher_no=None, text="X")) == TOTAL


def test_the_few_lines_that_overlap_are_known_by_a_voucher_with_other_zeros():
    later = [row | {"voucher_no": "0" + row["voucher_no"]} for row in month()[30:]]
    later += [row | {"voucher_no": f"{2000 + n}", "amount_nok": 500.0 + n} for n, row in enumerate(month()[:30])]
    assert kept_total(month(), later) == TOTAL + sum(500.0 + n for n in range(30))


def test_the_sums_of_a_months_accounts_are_the_same_delivery():
    accounts = {row["account"] for row in month()}
    sums = [
        {"voucher_no": None, "posted_on": pd.NaT, "cost_centre": None, "account": account, "text": None,
         "amount_nok": sum(row["amount_nok"] for row in month() if row["account"] == account)}
        for account in sorted(accounts)
    ]  # fmt: skip
    assert kept_total(month(), sums) == kept_total(sums, month()) == TOTAL
    others = [row | {"amount_nok": row["amount_nok"] + 1} for row in sums]
    assert kept_total(month(), others) == TOTAL + sum(row["amount_nok"] for row in others)


def test_the_parts_of_a_cost_split_evenly_over_cost_centres_are_two():
    assert kept_total(month(), month(cost_centre="200")) == 2 * TOTAL


def test_the_same_charges_of_other_days_without_vouchers_are_others():
    none = {"voucher_no": None, "text": "Lisens"}
    assert kept_total(month(**none), month(**none, posted_on=pd.Timestamp("2024-09-16"))) == 2 * TOTAL
