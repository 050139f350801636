from __future__ import annotations

import pandas as pd
import pytest
from golden_pairs import GOLDEN, check_golden, clean_path
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.sources.combine.devices import combine_devices, combine_register
from rorikt_lib.sources.formats import device_register, intune
from rorikt_lib.sources.reading.format import Cleaned
from rorikt_lib.terms.schemas import validate


def seen(source_file: str, *pcs: tuple[str, str | None]) -> pd.DataFrame:
    """An Intune export's PCs: serial number and day of last check-in."""
    frame = pd.DataFrame(pcs, columns=["serial_no", "last_seen_on"]).astype({"last_seen_on": "datetime64[us]"})
    return frame.assign(name="PC", manufacturer="HP", model="840", os_build="10.0", source_file=source_file)


def bought(source_file: str, *pcs: tuple[str, str, str | None]) -> pd.DataFrame:
    """A register's PCs: serial number, municipality and day of purchase."""
    frame = pd.DataFrame(pcs, columns=["serial_no", "municipality", "purchased_on"])
    return frame.astype({"purchased_on": "datetime64[us]"}).assign(user_group="staff", source_file=source_file)


def combined(exports: list[pd.DataFrame], registers: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The clean PCs of exports and registers, and all that was found."""
    register, of_register = combine_register(registers)
    devices, found = combine_devices(exports, register)
    return devices, pd.concat([found, of_register])


def counts(findings: pd.DataFrame) -> dict[str, int]:
    return findings.set_index("finding")["count"].to_dict()


def test_the_golden_exports_give_the_expected_pcs(settings):
    parts = [
        [clean_path(GOLDEN / name / "raw.csv", form, settings).frame]
        for name, form in (("intune", intune.FORMAT), ("device_register", device_register.FORMAT))
    ]
    devices, findings = combined(*parts)
    check_golden("devices", Cleaned("devices", devices, findings=findings))
    assert len(validate("devices", devices)) == 5


def test_a_pc_delivered_twice_counts_once_with_its_latest_check_in():
    export = seen("a.csv", ("A1", "2024-09-20"), ("A1", "2024-09-26"), ("A2", "2024-09-27"))
    devices, findings = combined([export, export.assign(source_file="b.csv")], [])
    assert devices.set_index("serial_no")["last_seen_on"].astype("str").to_dict() == {
        "A1": "2024-09-26",
        "A2": "2024-09-27",
    }
    assert counts(findings)["duplicate_devices"] == 4


def test_a_pc_is_in_every_extract_it_was_seen_in():
    august, september = seen("8.csv", ("A1", "2024-08-30")), seen("9.csv", ("A1", "2024-08-30"), ("A2", "2024-09-27"))
    devices, findings = combined([september, august], [])
    assert devices["extracted_on"].astype("str").value_counts().to_dict() == {"2024-09-27": 2, "2024-08-30": 1}
    assert "duplicate_devices" not in counts(findings)


def _fleet(source_file: str, kind: str, day: str, numbers: range) -> pd.DataFrame:
    return seen(source_file, *((f"{kind}{n}", day) for n in numbers))


def _extracts(*files: pd.DataFrame) -> dict[str, set[str]]:
    """By date, the serial numbers of each extract."""
    devices = combined(list(files), [])[0]
    return {str(date.date()): set(part) for date, part in devices.groupby("extracted_on")["serial_no"]}


@pytest.mark.parametrize(("pupils_on", "extracts"), [("2024-09-28", 1), ("2024-10-04", 1), ("2024-10-05", 2)])
def test_files_without_common_pcs_at_most_a_week_apart_are_one_extract_of_the_newest_date(pupils_on, extracts):
    staff, pupils = _fleet("s.csv", "S", "2024-09-27", range(20)), _fleet("p.csv", "P", pupils_on, range(30))
    found = _extracts(staff, pupils)
    assert len(found) == extracts
    assert set(pupils["serial_no"]) <= found[pupils_on]
    assert (set(staff["serial_no"]) <= found[pupils_on]) == (extracts == 1)


@pytest.mark.parametrize(("common", "extracts"), [(1, 1), (2, 2)])
def test_files_with_a_tenth_of_the_smaller_in_common_are_extracts_of_their_own(common, extracts):
    early = _fleet("1.csv", "S", "2024-09-20", range(20))
    assert len(_extracts(early, _fleet("2.csv", "S", "2024-09-27", range(20 - common, 90)))) == extracts


def test_parts_delivered_week_after_week_are_put_with_those_of_their_own_week():
    days = {"S": ("2024-09-20", "2024-09-26"), "P": ("2024-09-21", "2024-09-27")}
    files = [_fleet(f"{kind}{day}.csv", kind, day, range(20)) for kind, dates in days.items() for day in dates]
    everyone = {f"{kind}{n}" for kind in days for n in range(20)}
    assert _extracts(*files) == _extracts(*files[::-1]) == {"2024-09-21": everyone, "2024-09-27": everyone}


def test_a_part_without_a_counterpart_next_week_stays_with_the_nearest():
    files = [_fleet("1.csv", "S", "2024-09-27", range(9)), _fleet("2.csv", "P", "2024-09-28", range(9))]
    found = _extracts(*files, _fleet("3.csv", "S", "2024-10-04", range(9)))
    assert {date: len(serials) for date, serials in found.items()} == {"2024-09-28": 18, "2024-10-04": 9}


def test_a_pc_without_purchase_date_is_kept_and_listed_never_guessed():
    devices, findings = combined(
        [seen("a.csv", ("A1", "2024-09-27"), ("A2", "2024-09-27"), ("A3", "2024-09-27"))],
        [bought("r.csv", ("A1", "Molde", "2020-08-01"), ("A2", "Molde", None))],
    )
    assert devices.set_index("serial_no")["purchased_on"].notna().to_dict() == {"A1": True, "A2": False, "A3": False}
    found = findings.set_index("finding")
    assert found.loc["no_purchase_date", ["count", "detail"]].tolist() == [2, "A2; A3"]


def test_missing_purchase_dates_are_counted_in_the_newest_extract_only():
    parts = [seen("8.csv", ("A1", "2024-08-30"), ("A2", "2024-08-30")), seen("9.csv", ("A1", "2024-09-27"))]
    assert counts(combined(parts, [])[1])["no_purchase_date"] == 1


@pytest.mark.parametrize("flip", [False, True])
def test_of_two_owners_the_latest_purchase_holds_and_the_pc_is_named(flip):
    register = [bought("1.csv", ("A1", "Molde", "2023-08-01")), bought("2.csv", ("A1", "Rauma", "2020-08-01"))]
    devices, findings = combined([seen("a.csv", ("A1", "2024-09-27"))], register[::-1] if flip else register)
    assert devices["municipality"].tolist() == ["Molde"]
    found = findings.set_index("finding")
    assert found.loc["two_municipalities", ["count", "detail"]].tolist() == [1, "A1"]
    listed = combine_register(register)[0].set_index("serial_no")
    assert listed.loc["A1", ["municipality", "other_municipalities"]].tolist() == ["Molde", "Rauma"]


def test_one_owner_in_two_registers_is_no_dispute():
    register = [bought(name, ("A1", "Molde", "2023-08-01")) for name in ("1.csv", "2.csv")]
    found = counts(combined([seen("a.csv", ("A1", "2024-09-27"))], register)[1])
    assert found == {"duplicate_register_rows": 1}


def test_pcs_in_the_register_that_were_never_seen_are_counted():
    register = bought("r.csv", ("A1", "Molde", "2023-08-01"), ("B1", "Molde", "2023-08-01"), ("B2", "Molde", None))
    assert counts(combined([seen("a.csv", ("A1", "2024-09-27"))], [register])[1]) == {"never_seen": 2}
    assert counts(combined([], [register])[1]) == {"never_seen": 3}


def test_an_extract_without_any_check_in_is_left_out_and_counted():
    devices, findings = combined([seen("a.csv", ("A1", None), ("A2", None))], [])
    assert validate("devices", devices).empty
    assert counts(findings) == {"extract_without_check_in": 2}


CHECK_INS = st.tuples(st.sampled_from(["a.csv", "b.csv"]), st.sampled_from(["A1", "A2", "A3"]), st.integers(1, 28))


@given(st.lists(CHECK_INS, min_size=1, max_size=15), st.randoms())
def test_a_pc_never_counts_twice_and_the_order_of_rows_and_files_does_not_matter(check_ins, random):
    def of(rows):
        files = dict.fromkeys(file for file, _, _ in rows)
        parts = [seen(f, *((s, f"2024-09-{d:02d}") for file, s, d in rows if file == f)) for f in files]
        devices = combined(parts, [])[0].sort_values(["extracted_on", "serial_no"])
        return devices[["extracted_on", "serial_no", "last_seen_on"]].reset_index(drop=True)

    devices = of(check_ins)
    assert not devices.duplicated(["extracted_on", "serial_no"]).any()
    assert set(devices["serial_no"]) == {serial for _, serial, _ in check_ins}
    pd.testing.assert_frame_equal(devices, of(random.sample(check_ins, len(check_ins))))


@pytest.mark.parametrize("wrong", ["2042-01-01", "1970-01-01"])
def test_a_purchase_date_that_cannot_be_decides_no_owner_where_the_register_has_another(wrong):
    rows = [("SN1", "Molde", "2021-05-05"), ("SN1", "Aukra", wrong)]
    for registers in ([bought("a", *rows)], [bought("a", rows[0]), bought("b", rows[1])]):
        register, found = combine_register(registers)
        assert register[["municipality", "purchased_on"]].values.tolist() == [["Molde", pd.Timestamp("2021-05-05")]]
        assert counts(found) == {"duplicate_register_rows": 1, "two_municipalities": 1}


def test_a_check_in_later_than_its_extract_is_none():
    pcs = [(f"SN{n}", f"2024-09-{n:02}") for n in range(1, 31)]
    devices, _ = combined([seen("a", *pcs, ("SN99", "2025-06-01"))], [])
    assert devices.set_index("serial_no").last_seen_on.isna().to_dict() == {
        **dict.fromkeys([serial for serial, _ in pcs], False),
        "SN99": True,
    }
