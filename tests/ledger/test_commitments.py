"""Expected invoices: each rule by hand, the whole by its properties."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest
from builders import make_postings
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.ledger.commitments import COLUMNS, by_line, expected_invoices, invoices_by_month
from rorikt_lib.terms.period import shift

LICENCES = "Lisens, vedlikehold og support"


def _invoices(amounts: dict[str, float], supplier: str = "1", line: str = LICENCES) -> list[dict]:
    return [
        {"period": p, "amount_nok": a, "line": line, "supplier_id": supplier, "supplier_name": f"Navn {supplier}"}
        for p, a in amounts.items()
    ]  # fmt: skip


def _every(step: int, begin: str, end: str, amount: float = 100.0) -> dict[str, float]:
    months, month = {}, begin
    while month <= end:
        months[month], month = amount, shift(month, step)
    return months


def _expected(*rows: dict, month: str = "2024-09", kind: str = "operating") -> pd.DataFrame:
    return expected_invoices(make_postings(*rows), kind, month)


def _due(amounts: dict[str, float], month: str = "2024-09") -> dict[str, float]:
    """NOK by expected month, of a ledger with one supplier."""
    return _expected(*_invoices(amounts), month=month).groupby("expected_month").amount_nok.sum().to_dict()


def _months(begin: int, end: int, amount: float) -> dict[str, float]:
    return {f"2024-{n:02d}": pytest.approx(amount) for n in range(begin, end + 1)}


def test_a_yearly_invoice_is_described_by_the_one_of_last_year():
    table = _expected(*_invoices({"2022-11": 90, "2023-11": 99}))
    assert table.columns.tolist() == list(COLUMNS)
    assert table.iloc[0, :5].tolist() == [LICENCES, "1", "Navn 1", "yearly", "2024-11"]
    assert table.iloc[0, 5:].tolist() == [pytest.approx(99 * 99 / 90, abs=0.01), "2023-11", 99]
    assert len(table) == 1


@pytest.mark.parametrize("history", [{}, {"2022-11": 100}], ids=["one year of history", "two years"])
@pytest.mark.parametrize("came", ["2024-09", "2024-10", "2024-11", "2024-12"])
def test_a_yearly_invoice_up_to_two_months_early_or_one_late_is_not_expected_again(history, came):
    assert _due(history | {"2023-11": 100, came: 104}, month=came) == {}


def test_a_yearly_invoice_of_another_size_in_its_month_is_not_expected_again():
    assert _due({"2022-08": 100, "2023-08": 100, "2024-08": 250}) == {}


@pytest.mark.parametrize(
    ("month", "expected"),
    [("05", "06"), ("06", "07"), ("07", "08"), ("08", "09"), ("09", None), ("11", None), ("12", None)],
)
def test_a_late_yearly_invoice_is_expected_next_month_until_it_is_more_than_two_months_late(month, expected):
    due = _due({"2022-06": 100, "2023-06": 100}, month=f"2024-{month}")
    assert due == ({f"2024-{expected}": 100} if expected else {})


def test_several_yearly_invoices_of_a_supplier_are_each_expected_in_their_month():
    assert _due({"2022-03": 70, "2022-11": 300, "2023-03": 70, "2023-11": 300, "2024-03": 70}) == {"2024-11": 300}


@pytest.mark.parametrize("month", ["2024-01", "2024-03", "2024-06", "2024-09"])
def test_a_large_january_invoice_and_quarterly_ones_after_come_as_they_did_last_year(month):
    year = {"01": 5000.0, "04": 500.0, "07": 500.0, "10": 500.0}
    booked = {f"{y}-{m}": a for y in (2022, 2023, 2024) for m, a in year.items() if f"{y}-{m}" <= month}
    assert _due(booked, month) == {f"2024-{m}": a for m, a in year.items() if f"2024-{m}" > month}


def test_a_quarterly_invoice_is_named_so_and_a_larger_one_beside_it_yearly():
    booked = _every(3, "2022-01", "2024-07") | {"2022-10": 900, "2023-10": 900}
    table = _expected(*_invoices(booked), month="2024-07")
    assert table[["expected_month", "rhythm", "amount_nok"]].to_numpy().tolist() == [["2024-10", "yearly", 900]]
    plain = _expected(*_invoices(_every(3, "2022-01", "2024-07")), month="2024-07")
    columns = ["expected_month", "rhythm", "last_month"]
    assert plain[columns].to_numpy().tolist() == [["2024-10", "quarterly", "2023-10"]]


@pytest.mark.parametrize("came", ["2024-06", "2024-07", "2024-08"])
def test_a_quarterly_invoice_a_month_early_or_late_is_not_expected_again(came):
    booked = _every(3, "2022-01", "2024-04") | {came: 100}
    assert _due(booked, month="2024-08") == {"2024-10": 100}


def test_a_late_quarterly_invoice_is_expected_next_month():
    assert _due(_every(3, "2022-01", "2024-04"), month="2024-07") == {"2024-08": 100, "2024-10": 100}


def test_a_quarterly_supplier_silent_for_half_a_year_has_ended():
    assert _due(_every(3, "2022-01", "2024-01"), month="2024-07") == {}


def test_a_new_quarterly_supplier_is_expected_at_its_own_rhythm_from_the_third_invoice():
    assert _due(_every(3, "2024-01", "2024-07"), month="2024-07") == {"2024-10": 100}
    assert _due(_every(3, "2023-08", "2024-02"), month="2024-03") == {"2024-05": 100, "2024-08": 100, "2024-11": 100}
    assert _due(_every(3, "2024-02", "2024-05"), month="2024-07") == {}


def test_a_new_quarterly_supplier_silent_for_two_of_its_intervals_has_ended():
    assert _due({"2023-10": 100, "2023-12": 100, "2024-02": 100}) == {}


def test_a_quarterly_supplier_younger_than_a_year_is_expected_at_its_latest_price():
    assert _due({"2023-10": 100, "2024-01": 110, "2024-04": 110, "2024-07": 110}) == {"2024-10": 110}


def test_a_quarterly_supplier_needs_no_second_year():
    assert _due(_every(3, "2023-01", "2024-01"), month="2024-02") == {"2024-04": 100, "2024-07": 100, "2024-10": 100}


def test_a_monthly_invoice_is_expected_every_month_left_at_the_median_of_the_last_three():
    booked = _every(1, "2023-01", "2024-06") | {"2024-07": 110, "2024-08": 130, "2024-09": 120}
    table = _expected(*_invoices(booked))
    assert table.expected_month.tolist() == ["2024-10", "2024-11", "2024-12"]
    assert table.amount_nok.tolist() == [120] * 3
    assert set(table.rhythm) == {"monthly"}
    assert table[["last_month", "last_nok"]].to_numpy().tolist() == [["2024-09", 120]] * 3


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (["2023-11", "2024-02", "2024-05"], True),
        (["2024-08", "2024-09"], True),
        (["2023-11", "2024-01", "2024-03", "2024-05"], False),
        (["2024-07", "2024-08", "2024-09"], False),
        (["2023-05", "2024-07", "2024-08", "2024-09"], False),
    ],
    ids=["three months", "the last two", "four months", "the last three", "the last three and one before"],
)
def test_a_monthly_series_may_lack_three_months_of_twelve_but_not_the_last_three(missing, expected):
    booked = {m: a for m, a in _every(1, "2022-01", "2024-09").items() if m not in missing}
    table = _expected(*_invoices(booked))
    assert (table.rhythm == "monthly").sum() == (3 if expected else 0)


def test_a_month_that_the_whole_ledger_lacks_does_not_end_a_rhythm():
    booked = {m: a for m, a in _every(1, "2022-01", "2024-09").items() if m != "2024-04"}
    assert _due(booked) == _months(10, 12, 100)


@pytest.mark.parametrize(
    ("begin", "lacks", "expected"),
    [("2024-07", None, True), ("2024-03", None, True), ("2024-08", None, False), ("2024-03", "2024-06", False)],
)
def test_a_new_monthly_supplier_is_expected_once_three_months_on_end_have_an_invoice(begin, lacks, expected):
    booked = {m: a for m, a in _every(1, begin, "2024-09").items() if m != lacks}
    assert _due(booked) == (_months(10, 12, 100) if expected else {})


def test_a_monthly_suppliers_yearly_settlement_is_expected_above_the_month():
    booked = _every(1, "2022-01", "2024-09") | {"2022-12": 400, "2023-12": 400}
    table = _expected(*_invoices(booked))
    assert table.groupby("rhythm").amount_nok.sum().to_dict() == {"monthly": 300, "yearly": 300}
    assert _due(booked) == _months(10, 11, 100) | {"2024-12": 400}


def test_two_late_months_do_not_call_off_the_yearly_settlement():
    booked = _every(1, "2022-01", "2024-07") | {"2022-12": 400, "2023-12": 400}
    assert _due(booked) == _months(10, 11, 100) | {"2024-12": 400}


def test_a_monthly_invoice_booked_late_beside_the_next_is_no_yearly_settlement():
    double = {"2022-10": 0.0, "2022-11": 200, "2023-10": 0.0, "2023-11": 200}
    assert _due(_every(1, "2022-01", "2024-09") | double) == _months(10, 12, 100)


def test_consultants_by_the_hour_are_seldom_expected():
    draw = Random(1)
    for_hours = [
        {m: round(draw.lognormvariate(11, 0.8)) for m in _every(1, "2021-01", "2024-09") if draw.random() < often}
        for often in (0.3, 0.5, 0.7, 0.9)
        for _ in range(60)
    ]
    table = _expected(*(row for n, hours in enumerate(for_hours) for row in _invoices(hours, str(n))))
    assert table.supplier_id.nunique() <= 0.03 * len(for_hours)


def test_a_supplier_once_a_year_in_another_month_each_time_is_not_expected():
    assert _due({"2021-02": 100, "2022-06": 100, "2023-11": 100}) == {}


def test_many_invoices_in_no_rhythm_are_not_expected_for_want_of_evidence():
    assert _due({"2023-08": 100, "2023-09": 100, "2023-11": 100, "2023-12": 100}, month="2024-01") == {}


def test_what_was_irregular_more_than_two_years_ago_is_forgotten():
    assert _due({"2021-03": 100, "2022-11": 100, "2023-11": 100}) == {"2024-11": 100}


def test_an_extra_delivery_of_a_known_supplier_is_not_expected_again():
    assert _due(_every(3, "2022-01", "2024-07") | {"2023-11": 130}) == {"2024-10": 100}
    assert _due({"2022-03": 100, "2023-03": 100, "2023-11": 100, "2024-03": 100}) == {}


def _seen_once(suppliers: int, returning: int) -> list[dict]:
    """Suppliers first seen in October 2022; some of them came again in October 2023."""
    rows = [row for n in range(suppliers) for row in _invoices({"2022-10": 100}, f"old {n}")]
    return rows + [row for n in range(returning) for row in _invoices({"2023-10": 100}, f"old {n}")]


@pytest.mark.parametrize(("returning", "expected"), [(0, []), (1, []), (2, ["new"]), (4, ["new"])])
def test_a_first_invoice_is_expected_again_where_half_of_the_lines_first_invoices_returned(returning, expected):
    table = _expected(*_seen_once(4, returning), *_invoices({"2023-11": 70}, "new"))
    assert table[table.supplier_id == "new"].supplier_id.tolist() == expected


def test_another_lines_record_of_first_invoices_does_not_matter():
    table = _expected(*_seen_once(4, 0), *_invoices({"2023-11": 70}, "new", "Kjøp/leasing"))
    assert table.supplier_id.tolist() == ["new"]


def test_the_lines_record_is_of_yearly_suppliers_and_of_a_year():
    long_ago = [row for n in range(4) for row in _invoices({"2021-05": 100}, f"old {n}")]
    hours = _invoices(
        dict(zip(_every(1, "2022-10", "2023-07"), [10, 90, 20, 300, 40, 80, 7, 60, 5, 99], strict=True)), "0"
    )
    table = _expected(*long_ago, *hours, *_seen_once(1, 1), *_invoices({"2023-11": 70}, "new"))
    assert table.supplier_id.tolist() == ["old 0", "new"]


def test_the_lines_record_does_not_touch_a_quarterly_supplier_in_its_second_year():
    table = _expected(*_seen_once(4, 0), *_invoices(_every(3, "2023-01", "2024-07")))
    assert table[["supplier_id", "expected_month"]].to_numpy().tolist() == [["1", "2024-10"]]


def test_a_single_year_of_history_is_the_best_evidence_there_is():
    assert _due({"2023-11": 100}) == {"2024-11": 100}


def test_without_any_earlier_year_only_this_years_rhythm_is_expected():
    rows = [*_invoices({"2024-02": 5000}), *_invoices(_every(1, "2024-01", "2024-09"), "2")]
    assert _expected(*rows).supplier_id.tolist() == ["2"] * 3


def _yearly(then: float, now: float, supplier: str, month: str = "03") -> list[dict]:
    return _invoices({f"2023-{month}": then, f"2024-{month}": now}, supplier)


def test_the_price_grows_as_the_suppliers_own_invoices_of_this_year():
    booked = {"2022-03": 100, "2022-11": 200, "2023-03": 140, "2023-11": 210, "2024-03": 154}
    assert _due(booked) == {"2024-11": pytest.approx(210 * 1.1)}


def test_the_price_grows_as_last_years_where_nothing_has_come_this_year():
    rows = [*_invoices({"2022-11": 200, "2023-11": 210}), *_yearly(100, 115, "2")]
    assert _expected(*rows).amount_nok.tolist() == [pytest.approx(210 * 210 / 200)]


def test_the_price_grows_as_the_median_of_the_line_where_the_supplier_shows_nothing():
    lines = [*_yearly(100, 104, "2"), *_yearly(100, 107, "3"), *_yearly(100, 119, "4"), *_invoices({"2023-11": 200})]
    other_line = [row | {"line": "Kjøp/leasing"} for row in _yearly(100, 81, "5")]
    assert _expected(*lines, *other_line).amount_nok.tolist() == [pytest.approx(200 * 1.07)]


@pytest.mark.parametrize(("now", "growth"), [(140, 0.2), (115, 0.15), (70, -0.2)])
def test_the_price_moves_at_most_a_fifth(now, growth):
    booked = {"2022-03": 100, "2022-11": 100, "2023-03": 100, "2023-11": 100, "2024-03": now}
    assert _due(booked) == {"2024-11": pytest.approx(100 * (1 + growth))}


def test_one_odd_invoice_last_year_does_not_double_what_is_expected():
    booked = _every(3, "2021-01", "2024-07") | {"2023-10": 5000}
    assert _due(booked) == {"2024-10": pytest.approx(150)}


def test_vat_and_its_compensation_are_no_invoice():
    vat = _invoices(_every(1, "2022-01", "2024-09", 25.0)) + _invoices(_every(1, "2022-01", "2024-09", -25.0))
    assert _expected(*vat).empty
    assert invoices_by_month(make_postings(*vat), "operating", "2024-09").empty


def test_an_invoice_is_the_sum_of_its_postings():
    municipalities = _invoices({"2022-11": 60, "2023-11": 60}) + _invoices({"2022-11": 40, "2023-11": 40})
    assert _expected(*municipalities).amount_nok.tolist() == [100]


@pytest.mark.parametrize("twice", ["2024-08", "2024-07", "2023-11"])
def test_a_monthly_invoice_booked_twice_and_reversed_next_month_changes_nothing(twice):
    rows = _invoices(_every(1, "2022-01", "2024-09"))
    slip = _invoices({twice: 103, shift(twice, 1): -103})
    assert _expected(*rows, *slip).amount_nok.sum() == pytest.approx(300)
    assert set(_expected(*rows, *slip).rhythm) == {"monthly"}


def test_a_yearly_invoice_booked_twice_and_reversed_next_month_is_one_invoice():
    booked = {"2022-10": 100, "2023-10": 200, "2023-11": -100}
    assert _due(booked) == {"2024-10": 100}


def test_a_yearly_invoice_reversed_altogether_is_none():
    assert _due({"2022-10": 100, "2023-02": 300, "2023-03": -300, "2023-10": 100}, month="2024-01") == {"2024-10": 100}


def test_a_credit_note_lessens_the_amount_and_not_the_rhythm():
    credited = _every(3, "2022-01", "2024-07") | {"2023-11": -20}
    assert _due(credited) == {"2024-10": 80}
    assert _due(_every(1, "2022-01", "2024-08") | {"2024-09": -20}) == _months(10, 12, 100)


def test_closing_entries_are_decembers():
    booked = {"2022-12": 60, "2022-13": 40, "2023-12": 70, "2023-13": 30}
    assert _due(booked) == {"2024-12": 100}


def test_a_december_report_expects_nothing_more():
    rows = [*_invoices({"2022-12": 100, "2023-12": 100}), *_invoices(_every(1, "2022-01", "2024-12"), "2")]
    assert _expected(*rows, month="2024-12").empty


def test_a_january_report_expects_the_rest_of_the_year_and_what_december_still_owes():
    assert _due(_every(1, "2022-01", "2024-01"), month="2024-01") == _months(2, 12, 100)
    assert _due({"2021-12": 100, "2022-12": 100}, month="2024-01") == {"2024-02": 100}


def test_a_yearly_invoice_that_came_before_the_turn_of_the_year_is_expected_then_and_not_now():
    assert _due({"2021-01": 100, "2022-01": 100, "2023-01": 100, "2023-12": 100}, month="2024-01") == {"2024-12": 100}


def test_postings_without_supplier_are_no_commitment():
    wages = [{"period": m, "amount_nok": 100} for m in _every(1, "2022-01", "2024-09")]
    assert _expected(*wages).empty


def test_duplicates_and_the_other_kind_do_not_count():
    rows = _invoices({"2022-11": 100, "2023-11": 100})
    again = [row | {"is_duplicate": True} for row in rows]
    investment = [row | {"kind": "investment", "line": "App-utvikling"} for row in rows]
    assert_frame_equal(_expected(*rows, *again, *investment), _expected(*rows))
    assert _expected(*rows, *investment, kind="investment").line.tolist() == ["App-utvikling"]


def test_a_supplier_is_called_by_its_latest_name():
    rows = _invoices({"2022-11": 100, "2023-11": 100})
    rows[0]["supplier_name"], rows[1]["supplier_name"] = "Åsen gamle", "Nye Åsen"
    assert _expected(*rows[::-1]).supplier_name.tolist() == ["Nye Åsen"]


def test_a_supplier_on_two_lines_is_two_series():
    rows = _invoices({"2022-11": 100, "2023-11": 100})
    other = _invoices({"2022-10": 40, "2023-10": 40}, line="Kjøp/leasing")
    assert by_line(_expected(*rows, *other)).to_dict() == {LICENCES: 100, "Kjøp/leasing": 40}


@pytest.mark.parametrize("rows", [[], _invoices({"2024-10": 100}), _invoices({"2015-10": 100})])
def test_nothing_expected_has_the_columns_and_their_types(rows):
    table = _expected(*rows)
    assert table.empty
    assert_frame_equal(table, pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS), check_index_type=False)
    assert by_line(table).empty


months = st.sampled_from([*_every(1, "2021-01", "2024-12"), "2021-13", "2022-13", "2023-13"])
loose = st.tuples(months, st.integers(-90_000, 90_000))
drawn_series = st.builds(
    lambda step, begin, amount, gaps, slips: (
        [(m, amount) for n, m in enumerate(_every(step, begin, "2024-12")) if n not in gaps] + slips
    ),
    st.sampled_from([1, 1, 3, 12, 12]),
    st.sampled_from(list(_every(1, "2021-01", "2024-06"))),
    st.integers(5_000, 500_000),
    st.sets(st.integers(0, 40), max_size=3),
    st.lists(loose, max_size=3),
)
drawn_ledger = st.lists(drawn_series, min_size=1, max_size=6)
report_month = st.sampled_from(["2022-02", "2023-12", "2024-01", "2024-06", "2024-09", "2024-11"])


def _ledger(drawn, times: float = 1) -> pd.DataFrame:
    lines = [LICENCES, "Kjøp/leasing"]
    return make_postings(*(
        row
        for n, series in enumerate(drawn)
        for period, ore in series
        for row in _invoices({period: ore * times / 100}, str(n), lines[n % 2])
    ))  # fmt: skip


@given(drawn_ledger, report_month)
def test_every_expected_invoice_lies_ahead_in_the_year_and_follows_one_that_was_booked(drawn, month):
    postings = _ledger(drawn)
    table = expected_invoices(postings, "operating", month)
    assert table.expected_month.between(shift(month, 1), f"{month[:4]}-12").all()
    assert (table.last_month <= month).all()
    assert (table.amount_nok * table.last_nok > 0).all()
    assert table.notna().all(axis=None)
    booked = {(s, p.replace("-13", "-12")) for s, p in zip(postings.supplier_id, postings.period, strict=True)}
    assert set(zip(table.supplier_id, table.last_month, strict=True)) <= booked


@given(drawn_ledger, report_month)
def test_incomes_are_expected_as_costs_are(drawn, month):
    costs = expected_invoices(_ledger(drawn), "operating", month)
    incomes = expected_invoices(_ledger(drawn, times=-1), "operating", month)
    assert_frame_equal(incomes.assign(amount_nok=-incomes.amount_nok, last_nok=-incomes.last_nok), costs)


@given(drawn_ledger, report_month, st.randoms())
@pytest.mark.deep
def test_neither_the_order_of_postings_nor_later_ones_nor_the_other_lines_matter(drawn, month, random):
    postings = _ledger(drawn)
    kept = postings.copy(deep=True)
    table = expected_invoices(postings, "operating", month)
    assert_frame_equal(postings, kept)
    order = random.sample(range(len(postings)), len(postings))
    assert_frame_equal(expected_invoices(postings.iloc[order], "operating", month), table)
    last = month.replace("-12", "-13")
    assert_frame_equal(expected_invoices(postings[postings.period <= last], "operating", month), table)
    alone = expected_invoices(postings[postings.line == LICENCES], "operating", month)
    assert_frame_equal(alone, table[table.line == LICENCES].reset_index(drop=True))


@given(st.lists(loose, max_size=12), report_month)
def test_invoices_agree_with_a_loop_that_takes_each_credit_off_what_came_before_it(drawn, month):
    sums = dict.fromkeys(_every(1, f"{int(month[:4]) - 3}-01", month), 0)
    for period, ore in drawn:
        if (calendar := period.replace("-13", "-12")) in sums:
            sums[calendar] += ore
    sign = 1 if sum(sums.values()) > 0 else -1
    invoices: list[list] = []
    for calendar, ore in sums.items():
        credit = max(0, -ore * sign)
        invoices.append([calendar, max(0, ore * sign)])
        for invoice in reversed(invoices):
            taken = min(credit, invoice[1])
            invoice[1], credit = invoice[1] - taken, credit - taken
    oracle = {m: sign * ore / 100 for m, ore in invoices if ore >= 100 and sum(sums.values())}
    table = invoices_by_month(_ledger([drawn]), "operating", month)
    found = table.sum().loc[lambda s: s != 0].to_dict() if len(table) else {}
    assert found == pytest.approx(oracle, abs=1e-6)
