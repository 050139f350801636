"""Model classes, lifetimes, prices and replacement dates."""

from __future__ import annotations

import calendar
import datetime as dt

import pandas as pd
import pytest
from builders import make_devices
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.devices import DeviceSettings
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.devices.terms import OTHER, with_terms

SET = demo_settings().devices.model_dump()


def _terms(*pcs: dict, **changed) -> pd.DataFrame:
    return with_terms(make_devices(*pcs), DeviceSettings(**(SET | changed)))


def _class_of(manufacturer: str | None, model: str | None, *patterns: list[str]) -> str:
    classes = [{"name": f"class {n}", "models": each, "price_nok": 1} for n, each in enumerate(patterns)]
    return _terms({"manufacturer": manufacturer, "model": model}, model_classes=classes).model_class.iloc[0]


@pytest.mark.parametrize(
    ("manufacturer", "model", "pattern", "fits"),
    [
        ("HP", "EliteBook 840 G8", "EliteBook 840*", True),
        ("HP", "EliteBook 840 G8", "HP EliteBook*", True),
        ("HP", "EliteBook 840 G8", "hp  elitebook 840 g8", True),
        ("HP", "EliteBook 840 G8", "EliteBook", False),
        ("HP", "EliteBook 840 G8", "*840*", True),
        ("LENOVO", "20W0S0AB00", "20W0*", True),
        (None, "20W0S0AB00", "20W0*", True),
        ("HP", None, "HP*", True),
        (None, None, "HP*", False),
        (None, None, "*", True),
        # Signs that mean something in other patterns are themselves here.
        ("A", "Pro [2020] (5.0)", "Pro [2020] (5.0)", True),
        ("A", "Pro 2", "Pro [2020]", False),
        ("A", "Pro x0", "Pro .0", False),
    ],
)
def test_a_pattern_fits_the_model_alone_or_after_its_maker_whatever_case_and_blanks(manufacturer, model, pattern, fits):
    assert _class_of(manufacturer, model, [pattern]) == ("class 0" if fits else OTHER)


def test_the_first_class_that_names_a_model_is_its_class():
    assert _class_of("HP", "840", ["850"], ["700", "840"], ["*"]) == "class 1"
    assert _class_of("HP", "900", ["850"], ["700", "840"], ["*"]) == "class 2"


def test_a_class_decides_the_price_and_the_lifetime_it_gives_else_the_user_group_does():
    classes = [
        {"name": "desktop", "models": ["D*"], "price_nok": 900, "lifetime_years": {"staff": 7}},
        {"name": "light", "models": ["L*"], "price_nok": 700},
    ]
    pcs = [{"model": model, "user_group": group} for model in ("D1", "L1", "X1") for group in ("staff", "pupil", None)]
    terms = _terms(
        *pcs, model_classes=classes, lifetime_years={"staff": 5, "pupil": 4}, price_nok={"staff": 20, "pupil": 10}
    )
    assert terms.lifetime_years.fillna(-1).tolist() == [7, 4, -1, 5, 4, -1, 5, 4, -1]
    assert terms.price_nok.fillna(-1).tolist() == [900, 900, -1, 700, 700, -1, 20, 10, -1]
    assert terms.model_class.tolist() == ["desktop"] * 3 + ["light"] * 3 + [OTHER] * 3


def test_the_dates_are_missing_where_purchase_date_or_group_is():
    terms = _terms({}, {"purchased_on": None}, {"user_group": None})
    for column in ("replace_on", "replace_year"):
        assert terms[column].isna().tolist() == [False, True, True]


def test_a_purchase_after_the_extract_tells_no_age():
    terms = _terms({"purchased_on": "2024-09-27"}, {"purchased_on": "2024-09-28"}, {"purchased_on": "2034-01-01"})
    assert terms.replace_year.isna().tolist() == [False, True, True]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2024, 9, 27)), st.integers(1, 15))
def test_a_lifetime_ends_on_the_same_day_so_many_years_on(bought, years):
    terms = _terms({"purchased_on": str(bought)}, lifetime_years={"staff": years, "pupil": 1})
    year = bought.year + years
    is_leap_day = (bought.month, bought.day) == (2, 29)
    expected = dt.date(year, 3, 1) if is_leap_day and not calendar.isleap(year) else bought.replace(year=year)
    assert terms.replace_on.iloc[0].date() == expected
    assert terms.replace_year.iloc[0] == year


def test_no_pcs_give_no_rows_with_the_same_columns():
    assert _terms().columns.tolist() == _terms({}).columns.tolist()
    assert _terms().empty
