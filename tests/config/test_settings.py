"""workbook.yml: what is wrong with it is named, with the file; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import yaml
from builders import make_book, make_tickets, oslo
from pydantic import ValidationError

from rorikt_lib.config.organisation import Accessibility, Municipality
from rorikt_lib.config.settings import Settings, load_settings
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.tickets.serious import serious_cases
from rorikt_lib.tickets.sla import resolution_time, sla_compliance
from rorikt_lib.tickets.twin import verdict_pairs

LEAST = """
organisation: {name: A, report_title: B, responsible_unit: C}
municipalities: [{name: D, users: 1}]
ledger: {expense_types: {E: ["010-999"]}}
tickets:
  sla:
    low: &target {resolution: 5, unit: days, clock: service}
    medium: *target
    high: *target
    critical: *target
  service_hours: {opens: "08:00", closes: "15:30"}
devices: {lifetime_years: {staff: 5, pupil: 4}, price_nok: {staff: 1, pupil: 1}, price_year: 2024, price_growth: 0}
"""


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """changed("tickets.sla.low.unit", value) → a copy of workbook.yml with that one setting changed."""

    def change(key: str, value: object) -> Path:
        whole = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))
        *path, last = key.split(".")
        place = whole
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
        file = tmp_path / "workbook.yml"
        file.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
        return file

    return change


@pytest.mark.parametrize(
    "key",
    [
        "organization",
        "tickets.servicehours",
        "tickets.sla.low.resolutoin",
        "devices.lifetime",
        "quality.limit",
        "ledger.project",
    ],
)
def test_a_misspelt_key_is_refused_and_named_with_its_file(changed, key):
    file = changed(key, {})
    with pytest.raises(InputError) as refused:
        load_settings(file)
    assert re.match(rf"{re.escape(str(file))}, line \d+: '{re.escape(key)}'", str(refused.value))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tickets.sla.low.resolution", 0),
        ("tickets.sla.low.resolution", "snart"),
        ("tickets.sla.low.unit", "weeks"),
        ("tickets.sla.low.clock", "sundial"),
        ("tickets.values.priority.Lav", "lowest"),
        ("devices.lifetime_years.staff", -1),
        ("devices.price_nok", {"staff": 1}),
        ("devices.price_growth", 1.5),
        ("devices.not_seen_days", 0),
        ("devices.model_classes", [{"name": "A", "models": [], "price_nok": 1}]),
        ("devices.model_classes", [{"name": "A", "models": ["*"], "price_nok": 1}] * 2),
        ("devices.model_classes", [{"name": "A", "models": ["*"], "price_nok": 1, "lifetime_years": {"guest": 1}}]),
        ("devices.levelling.within_years", 0),
        ("devices.windows.versions", [{"build": 1, "version": "A", "supported_until": "i fjor"}]),
        ("devices.windows.versions", [{"build": 1, "version": "A", "supported_until": "2024-01-01"}] * 2),
        ("quality.quarantine_limit", 1),
        ("ledger.forecast_gap_nok", -5),
        ("ledger.credit_limit_nok", -1),
        ("ledger.adopted_budget_nok", {24: 89_477_000}),
        ("ledger.adopted_budget_nok", {2024: "89.477.000"}),
        ("ledger.adopted_budget_nok", {2024: 89_477_000.5}),
        ("ledger.contributions_in_income_nok", {2024: -1}),
        ("ledger.contributions_in_income_nok", {2016: 33_502_000}),
        ("tickets.closed_days", ["24.12."]),
        ("ledger.expense_types.Lønn", ["10-99"]),
        ("ledger.art_digits", [1, 2]),
        ("ledger.income_arts", ["alle"]),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_its_key_named(changed, key, value):
    file = changed(key, value)
    with pytest.raises(InputError) as refused:
        load_settings(file)
    assert re.match(rf"{re.escape(str(file))}, line \d+: '{re.escape(key)}", str(refused.value))


def test_a_key_that_is_missing_is_named(tmp_path):
    file = tmp_path / "workbook.yml"
    file.write_text("organisation: {name: A, report_title: B}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 1: 'organisation\.responsible_unit' is missing: Who answers"):
        load_settings(file)


@pytest.mark.parametrize("name", ["Lønn", "Innbyggerportal"])
def test_investments_without_a_project_are_called_as_no_other_line(changed, name):
    with pytest.raises(InputError, match=f"given twice: {name}"):
        load_settings(changed("ledger.without_project", name))


@pytest.mark.parametrize(("shares", "total"), [((0.3, 0.69), "0.99"), ((3, 1), "4"), ((0.3, 0.7), None)])
def test_a_models_shares_make_1_or_are_refused_with_their_sum(changed, shares, total):
    rules = [{"category": name, "share": share, "key": "equal"} for name, share in zip("AB", shares, strict=True)]
    file = changed("sharing", {"models": {"M": rules}, "model_of_year": {2025: "M", 2026: "own_cost"}})
    if total is None:
        assert load_settings(file).sharing.model_of_year[2026] == "own_cost"
        return
    with pytest.raises(InputError, match=rf"'sharing.models.M': the shares .* add up to {total}, not 1: A {shares[0]}"):
        load_settings(file)


def test_a_models_weights_that_are_shares_make_1(changed):
    rule = {"category": "A", "share": 1, "weights": {"a": 0.5, "b": 0.4}}
    file = changed("sharing", {"models": {"M": [rule]}})
    with pytest.raises(InputError, match=r"'sharing.models.M.0': the weights add up to 0.9, not 1"):
        load_settings(file)


@pytest.mark.parametrize("twice", ["275", "270-279", "099"])
def test_an_art_claimed_by_two_expense_types_is_refused_and_both_are_named(changed, twice):
    file = changed("ledger.expense_types.Samband og Tele", ["130-139", twice])
    with pytest.raises(InputError) as refused:
        load_settings(file)
    owner = "Lønn" if twice == "099" else "Konsulenter"
    assert f"art {twice[:3]} is claimed by" in str(refused.value)
    assert owner in str(refused.value)
    assert "Samband og Tele" in str(refused.value)
    assert str(file) in str(refused.value)


def test_broken_yaml_is_named_with_its_line(tmp_path):
    file = tmp_path / "workbook.yml"
    file.write_text("organisation:\n  name: ROR-IKT\n  report_title: [A\nmunicipalities: []\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"workbook\.yml, line 4: not valid YAML"):
        load_settings(file)


def test_no_settings_file_is_an_error_of_its_own(tmp_path):
    with pytest.raises(InputError, match=r"absent\.yml: no such file"):
        load_settings(tmp_path / "absent.yml")


def test_every_art_has_the_expense_type_of_its_range():
    arts = demo_settings().ledger.expense_type_of_art()
    expected = {
        "010": "Lønn", "099": "Lønn", "100": "Drift av stab og lokaler", "130": "Samband og Tele", "139": "Samband og Tele",
        "140": "Drift av stab og lokaler", "195": "Lisens, vedlikehold og support", "200": "Kjøp/leasing",
        "240": "Lisens, vedlikehold og support", "270": "Konsulenter", "272": "Konsulenter", "429": "Drift av stab og lokaler",
        "729": "Drift av stab og lokaler", "700": "Inntekter", "710": "Inntekter", "770": "Inntekter",
    }  # fmt: skip
    assert {art: arts[art] for art in expected} == expected


def test_the_digits_of_an_account_that_are_its_art_are_a_setting(changed):
    expense_types = {"Drift": ["0100-5999"], "Inntekter": ["6000-9999"]}
    whole = yaml.safe_load(changed("ledger.art_digits", [1, 4]).read_text(encoding="utf-8"))
    whole["ledger"] |= {"expense_types": expense_types, "income_arts": ["6000-9999"]}
    ledger = Settings(**whole).ledger
    assert ledger.art_of(pd.Series(["3000", "59.990", "7"])).tolist() == ["3000", "5999", "7"]
    assert (ledger.expense_type_of_art()["5999"], ledger.is_income("5999"), ledger.is_income("6000")) == (
        "Drift",
        False,
        True,
    )
    with pytest.raises(ValueError, match="010-100 is not of 4 digits"):
        Settings(**whole | {"ledger": whole["ledger"] | {"expense_types": {"Drift": ["010-100"]}}})


def test_a_class_before_the_art_is_passed_over(changed):
    ledger = load_settings(changed("ledger.art_digits", [2, 4])).ledger
    assert ledger.art_of(pd.Series(["1.240.000", "0230"])).tolist() == ["240", "230"]


def test_windows_dates_are_shipped_and_a_workbook_adds_builds_and_changes_dates(changed, settings):
    shipped = settings.devices.windows
    assert {19045, 26100} <= {version.build for version in shipped.versions}
    assert shipped.source
    given = [{"build": n, "version": "Min", "supported_until": "2031-01-01"} for n in (19045, 30000)]
    own = load_settings(changed("devices.windows.versions", given)).devices.windows
    until = {version.build: version.supported_until.year for version in own.versions}
    assert (until[19045], until[30000], until[26100], len(until)) == (2031, 2031, 2027, len(shipped.versions) + 1)


def test_what_most_need_not_say_has_a_default(tmp_path):
    file = tmp_path / "workbook.yml"
    file.write_text(LEAST, encoding="utf-8")
    settings = load_settings(file)
    assert settings.tickets.values.status["Løst"] == settings.tickets.values.status["Resolved"] == "closed"
    assert settings.devices.values.user_group["Ansatt"] == "staff"
    assert (settings.quality.quarantine_limit, settings.sharing.models) == (0.01, {})


def test_a_municipality_is_known_by_its_name_and_by_its_aliases(settings):
    assert settings.municipality_names == ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]
    assert settings.municipality_of["Molde"] == settings.municipality_of["Molde kommune"] == "Molde"


def test_targets_hours_and_lifetimes_are_the_organisations(settings: Settings):
    sla = settings.tickets.sla
    assert {p: (t.resolution, t.unit) for p, t in sla.items()} == {
        "low": (5, "days"), "medium": (3, "days"), "high": (4, "hours"), "critical": (2, "hours"),
    }  # fmt: skip
    hours = settings.tickets.service_hours
    assert (hours.opens.isoformat(), hours.closes.isoformat()) == ("08:00:00", "15:30:00")
    assert settings.devices.lifetime_years.keys() == {"staff", "pupil"}


def test_settings_cannot_be_changed_in_use(settings):
    with pytest.raises(ValueError, match="frozen"):
        settings.quality.quarantine_limit = 0.5


def _changed(tmp_path, old: str, new: str) -> Path:
    text = (DEMO / "workbook.yml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "workbook.yml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('closes: "15:30"', "closes: 15:30", "quotes"),
        ('closes: "15:30"', 'closes: "07:30"', "closes"),
        ('"12-24"', '"02-30"', "closed_days"),
        ("    critical: {resolution: 2, unit: hours, clock: calendar, first_response_minutes: 15}\n", "", "critical"),
        ("lifetime_years: {staff: 5, pupil: 4}", "lifetime_years: {staff: 5}", "pupil"),
    ],
)
def test_a_setting_that_would_give_wrong_numbers_is_refused_and_named(tmp_path, old, new, named):
    with pytest.raises(InputError, match=named):
        load_settings(_changed(tmp_path, old, new))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"category": "A", "share": 0}, "above 0"),
        (
            {"category": "A", "share": 1, "key": "equal", "rest": "r"},
            "a category with a key has no weights and no rest",
        ),
        ({"category": "A", "share": 1, "only": ["Molde"]}, "only says who pays the rest"),
        ({"category": "A", "share": 1, "rest": "r", "only": ["Oslo"]}, "no municipality is called Oslo"),
        ({"category": "A", "share": 1, "weights": {"a": -1}}, "above 0"),
    ],
)
def test_a_sharing_rule_that_makes_no_sense_is_refused(changed, rule, told):
    with pytest.raises(InputError, match=told):
        load_settings(changed("sharing.models", {"M": [rule], "Vedtatte andeler": [{"category": "B", "share": 1}],
                                                 "Kostnadsdrivere": [{"category": "B", "share": 1}]}))  # fmt: skip


def test_a_year_whose_model_is_not_there_and_a_category_given_twice_are_refused(changed):
    with pytest.raises(InputError, match="no model is called Kostnadsdrivere, Vedtatte andeler"):
        load_settings(changed("sharing.models", {"M": [{"category": "A", "share": 1}]}))
    with pytest.raises(InputError, match="given twice: A"):
        load_settings(changed("sharing.models", {"M": [{"category": "A", "share": 1}] * 2}))


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", "x:\n  - {a: 1, a: 2}\n"])
def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path, text):
    file = tmp_path / "twice.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"line {text.count(chr(10))}.*'a' stands twice"):
        read_yaml(file, dict)


@pytest.mark.parametrize(
    ("joined", "left", "shares"),
    [
        (None, None, [True, True, True]),
        ("2024-09", None, [False, True, True]),
        (None, "2024-09", [True, False, False]),
        ("2024-09", "2024-10", [False, True, False]),
    ],
)
def test_a_municipality_shares_the_service_from_the_month_it_joined_until_that_it_left(joined, left, shares):
    place = Municipality(name="A", users=1, joined=joined, left=left)
    assert [place.shares_in(month) for month in ("2024-08", "2024-09", "2024-10")] == shares


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (
            "joined: 2024-09, left: 2024-09",
            r"'municipalities\.0\.joined': Aukra joins in 2024-09 and has left in 2024-09",
        ),
        (
            "joined: 2024-10, left: 2024-09",
            r"'municipalities\.0\.joined': Aukra joins in 2024-10 and has left in 2024-09",
        ),
        ("joined: 2024-13", r"'municipalities\.0\.joined' is '2024-13'; it must be a month, as 2024-09"),
        ("joined: 2024-09-01", r"'municipalities\.0\.joined' is 2024-09-01; it must be a text"),
    ],
)
def test_a_membership_that_ends_before_it_begins_or_is_no_month_is_refused(tmp_path, keys, named):
    with pytest.raises(InputError, match=named):
        load_settings(_changed(tmp_path, "name: Aukra,", f"name: Aukra, {keys},"))


NAMED, CRITICAL = (
    "Høy: high, Kritisk: critical",
    "    critical: {resolution: 2, unit: hours, clock: calendar, first_response_minutes: 15}\n",
)


def test_an_organisation_with_three_priorities_gives_three_targets(tmp_path):
    file = _changed(tmp_path, CRITICAL, "")
    file.write_text(file.read_text(encoding="utf-8").replace(NAMED, "Høy: high, Kritisk: high"), encoding="utf-8")
    settings = load_settings(file)
    assert settings.tickets.priorities == ["low", "medium", "high"]
    cases = make_tickets(
        *({"priority": p, "resolved_at": "2024-09-02 09:00"} for p in ("low", "medium", "high", "high"))
    )
    for table in (
        sla_compliance(cases, ["2024-09"], settings.tickets),
        resolution_time(cases, ["2024-09"], settings.tickets),
    ):
        assert table.priority.tolist() == ["low", "medium", "high"]
    assert sla_compliance(cases, ["2024-09"], settings.tickets).within.tolist() == [1, 1, 2]
    serious = serious_cases(cases, "2024-09", make_book().incident_notes, settings.tickets, oslo("2024-10-01 00:00"))
    assert (serious.priority.tolist(), serious.target_hours.tolist()) == (["high", "high"], [4, 4])
    pairs = verdict_pairs(cases, ["2024-09"], settings.tickets)
    assert pairs.priority.tolist() == ["low", "medium", "high"]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (CRITICAL, "", r"'tickets\.values\.priority\.Kritisk': critical has no deadline"),
        (NAMED, "Høy: high, Haster: urgent", r"'tickets\.values\.priority\.Haster': urgent has no deadline"),
        ("    critical: {res", "    blocker: {res", r"'tickets\.values\.priority\.Kritisk': critical has no deadline; .* \(low, medium, high, blocker\)"),
    ],
)  # fmt: skip
def test_a_priority_without_deadline_or_that_we_have_no_term_for_is_refused_and_named(tmp_path, old, new, named):
    with pytest.raises(InputError, match=named):
        load_settings(_changed(tmp_path, old, new))


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ("constants: {priority: critical}", "constants.priority"),
        ("values: {priority: {P1: critical}}", "values.priority.P1"),
    ],
)
def test_a_mapping_to_a_priority_without_deadline_is_refused(tmp_path, given, at):
    file = _changed(tmp_path, CRITICAL, "")
    columns = "ticket_id: a, created_at: b, type: c" + (", priority: d" if "values" in given else "")
    text = file.read_text(encoding="utf-8").replace(NAMED, "Høy: high, Kritisk: high")
    text = text.replace("mappings: {}", f"mappings:\n  desk: {{table: tickets, columns: {{{columns}}}, {given}}}")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"'mappings\.desk\.{at}': critical has no deadline"):
        load_settings(file)


def test_settings_that_were_edited_are_read_anew_in_the_same_process(tmp_path):
    file = tmp_path / "workbook.yml"
    text = (DEMO / "workbook.yml").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    assert load_settings(file) is load_settings(file)
    file.write_text(text.replace("report_title: Økonomi- og", "report_title: Øknomi- og"), encoding="utf-8")
    assert load_settings(file).organisation.report_title == "Øknomi- og aktivitetsrapport"


@pytest.mark.parametrize(
    ("key", "value"), [("municipalities", []), ("organisation.name", " "), ("organisation.chapters", [])]
)
def test_what_a_report_cannot_be_without_is_not_left_empty(changed, key, value):
    with pytest.raises(
        InputError, match=rf"'{re.escape(key)}' is .*; it must be (?:a text that says something|1 or more of them)\."
    ):
        load_settings(changed(key, value))


def test_priorities_that_have_no_deadline_need_no_name(changed):
    two = {name: demo_settings().tickets.sla[name].model_dump() for name in ("medium", "high")}
    values = {"status": {"Ny": "open"}}
    text = yaml.safe_load(changed("tickets.values", values).read_text(encoding="utf-8"))
    text["tickets"]["sla"] = two
    file = changed("tickets.values", values)
    file.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    assert set(load_settings(file).tickets.values.priority.values()) == {"medium", "high"}


@pytest.mark.parametrize(
    ("statement", "contact", "problem"),
    [
        ("http://uustatus.no/x", "post@example.no", "statement"), ("uustatus.no/x", "post@example.no", "statement"),
        ("https://uustatus.no/x", "javascript:alert(1)", "contact"), ("https://uustatus.no/x", "Ring oss", "contact"),
        ('https://uustatus.no/x"><b>', "post@example.no", "statement"), (None, "post@example.no", "statement"),
        ("https://uustatus.no/x", None, "contact"),
    ],
)  # fmt: skip
def test_an_accessibility_statement_is_an_address_and_has_a_contact(statement, contact, problem):
    given = {key: value for key, value in {"statement": statement, "contact": contact}.items() if value}
    with pytest.raises(ValidationError, match=problem):
        Accessibility(**given)


def test_a_contact_is_a_page_or_an_address():
    links = {
        c: Accessibility(statement="https://uustatus.no/nb/x", contact=c).contact_address
        for c in ("a@b.no", "https://b.no/c")
    }
    assert links == {"a@b.no": "mailto:a@b.no", "https://b.no/c": "https://b.no/c"}
