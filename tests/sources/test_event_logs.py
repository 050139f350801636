"""Logs with one row an event, in the shapes that other systems write them, against plain loops over the events."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import yaml
from pydantic import ValidationError

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.settings import load_settings
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.terms.schemas import validate

LOG = """
table: tickets
columns: {ticket_id: Case, priority: Prio, status: Activity}
constants: {type: incident}
values:
  priority: {P1: critical, P4: low}
  status: {Registered: open, In work: open, Solved: closed, Archived: closed}
last_event_by: When
event_at: When
waiting: {On hold: waiting_user}
"""
OPEN, CLOSED, NOTHING = {"Registered", "In work", "On hold"}, {"Solved", "Archived"}, {"Note added", "Mail sent"}
START = datetime(2024, 3, 25, 8, tzinfo=UTC)
Event = tuple[str, datetime, str, str]


def made_up_log(seed: int, cases: int = 60) -> list[Event]:
    """Case, time, activity and priority, in the order of time; each case is known by its first event."""
    rnd = random.Random(seed)
    events = []
    for n in range(cases):
        at, priority = START + timedelta(minutes=rnd.randrange(60_000)), rnd.choice(["P1", "P4"])
        for activity in ["Registered", *rnd.choices(sorted(OPEN | CLOSED | NOTHING), k=rnd.randrange(9))]:
            events.append((str(n), at, activity, priority))
            at += timedelta(minutes=rnd.randrange(1, 9000))
    return sorted(events, key=lambda event: event[1])


def expected(log: list[Event]) -> dict[str, tuple]:
    """By case: priority, whether it is open, when it was created and when it was resolved for good."""
    found = {}
    for case in {event[0] for event in log}:
        listed = [(at, activity) for number, at, activity, _ in log if number == case and activity not in NOTHING]
        resolved = None
        for at, activity in listed:
            if activity in OPEN:
                resolved = None
            elif resolved is None:
                resolved = at
        created, priority = next((at, priority) for number, at, _, priority in log if number == case)
        found[case] = ({"P1": "critical", "P4": "low"}[priority], resolved is None, created, resolved)
    return found


def iso(at: datetime) -> str:
    return at.astimezone(ZoneInfo("Europe/Oslo")).isoformat()


def as_csv(log: list[Event], write=iso, blank_later: bool = False) -> str:
    seen, lines = set(), ["Case;When;Activity;Prio"]
    for case, at, activity, priority in log:
        lines.append(f"{case};{write(at)};{activity};{'' if blank_later and case in seen else priority}")
        seen.add(case)
    return "\n".join(lines) + "\n"


@pytest.fixture
def clean(tmp_path):
    """clean({file: text or frame}, mapping's text) → the clean tables."""

    def of(files: dict, text: str = LOG) -> dict[str, pd.DataFrame]:
        root = tmp_path / f"raw{len(list(tmp_path.iterdir()))}"
        root.mkdir()
        for name, content in files.items():
            if isinstance(content, str):
                (root / name).write_text(content, encoding="utf-8")
            else:
                content.to_excel(root / name, index=False)
        mapping = Mapping.model_validate(yaml.safe_load(text))
        return clean_raw(root, demo_settings().model_copy(update={"mappings": {"desk": mapping}}))

    return of


def cases(tables) -> dict[str, tuple]:
    rows = validate("tickets", tables["tickets"])
    times = rows[["created_at", "resolved_at"]].apply(lambda at: at.dt.tz_convert("UTC")).astype(object)
    times = times.where(times.notna(), None)
    listed = zip(rows.priority, rows.status == "open", times.created_at, times.resolved_at, strict=True)
    return dict(zip(rows.request_no, listed, strict=True))


def found(tables) -> dict[str, int]:
    return tables["findings"].groupby("finding")["count"].sum().to_dict()


WRITTEN = {
    "ISO with offset": (iso, LOG),
    "ISO with a short offset": (lambda at: at.isoformat().replace("+00:00", "+00"), LOG),
    "ISO in Z": (lambda at: at.isoformat().replace("+00:00", "Z"), LOG),
    "its own format": (lambda at: f"{at:%d/%m/%Y %H:%M}", LOG + "date_format: '%d/%m/%Y %H:%M'\ntime_zone: UTC\n"),
    "ISO without the format": (lambda at: f"{at:%Y-%m-%d %H:%M:%S}", LOG + "time_zone: UTC\n"),
}


@pytest.mark.parametrize("shape", WRITTEN)
@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.deep
def test_a_log_gives_the_same_cases_however_its_times_are_written(clean, shape, newest_first):
    write, text = WRITTEN[shape]
    log = made_up_log(1)
    tables = clean({"log.csv": as_csv(log[::-1] if newest_first else log, write)}, text)
    assert cases(tables) == expected(log)
    assert found(tables)["unknown_state"] == sum(event[2] in NOTHING for event in log)
    assert tables["quarantine"].empty


def test_a_log_with_real_dates_in_a_spreadsheet_is_read(clean):
    log = made_up_log(2)
    frame = pd.DataFrame(log, columns=["Case", "When", "Activity", "Prio"])
    frame["When"] = frame["When"].dt.tz_localize(None)
    assert cases(clean({"log.xlsx": frame}, LOG + "time_zone: UTC\n")) == expected(log)


def test_the_order_is_that_of_the_instants_also_where_the_offset_changes(clean):
    rows = "7;2024-10-27T02:30:00+02:00;Registered;P4\n7;2024-10-27T02:10:00+01:00;Solved;P4\n"
    tables = clean({"log.csv": "Case;When;Activity;Prio\n" + rows})
    assert tables["tickets"].status.tolist() == ["closed"]


@pytest.mark.parametrize("files", [1, 2])
def test_of_events_of_one_instant_the_first_line_is_the_last_where_the_export_has_the_newest_first(clean, files):
    hour = timedelta(hours=1)
    log = [("7", START, "Registered", "P4"), ("7", START + hour, "In work", "P4"), ("7", START + hour, "Solved", "P4"),
           ("7", START + 2 * hour, "Mail sent", "P4"), ("7", START + 2 * hour, "Archived", "P4")]  # fmt: skip
    exports = [log] if files == 1 else [log[:3], log[3:]]
    tables = clean({f"{n}.csv": as_csv(export[::-1]) for n, export in enumerate(exports)})
    assert cases(tables) == {"7": ("low", False, START, START + hour)}


@pytest.mark.parametrize(("written", "time"), [("02/09/2024", "00:00"), ("02/09/2024 07:05", "07:05")])
def test_a_day_without_its_time_of_day_is_its_midnight(clean, written, time):
    text = LOG + "date_format: '%d/%m/%Y %H:%M'\n"
    tables = clean({"log.csv": f"Case;When;Activity;Prio\n7;{written};Registered;P4\n"}, text)
    assert tables["tickets"].created_at.dt.strftime("%Y-%m-%d %H:%M").tolist() == [f"2024-09-02 {time}"]


def test_a_format_with_an_offset_is_refused_with_advice():
    with pytest.raises(ValidationError, match="leave it out"):
        Mapping.model_validate(yaml.safe_load(LOG + "date_format: '%Y-%m-%dT%H:%M:%S%z'\n"))


@pytest.mark.parametrize("parts", [2, 5])
@pytest.mark.deep
def test_a_log_in_several_files_is_the_same_log(clean, parts):
    log = made_up_log(3)
    size = -(-len(log) // parts)
    # The priority stands with a case's first event alone, so a later file does not tell it.
    header, *lines = as_csv(log, blank_later=True).splitlines(keepends=True)
    whole = clean({"log.csv": header + "".join(lines)})
    files = {f"{n}.csv": header + "".join(lines[n * size :][:size]) for n in range(parts)}
    split = clean(files)
    assert cases(split) == cases(whole) == expected(log)
    events = [tables["ticket_events"].sort_values(["ticket_id", "at"], ignore_index=True) for tables in (split, whole)]
    pd.testing.assert_frame_equal(*events)
    assert found(split) == found(whole)
    last = {event[0]: n // size for n, event in enumerate(log)}
    sources = split["sources"].set_index("source_file")
    for n in range(parts):
        clean_rows, rows = list(last.values()).count(n), len(log[n * size :][:size])
        counts = sources.loc[f"{n}.csv", ["rows_read", "rows_clean", "rows_quarantined", "rows_set_aside"]]
        assert counts.tolist() == [rows, clean_rows, 0, rows - clean_rows]
    numbers = {(row.source_file, row.source_line): row.request_no for row in split["tickets"].itertuples()}
    assert numbers == {(f"{n // size}.csv", n % size + 2): case for n, (case, *_) in enumerate(log) if
                       n == max(i for i, event in enumerate(log) if event[0] == case)}  # fmt: skip


def test_exports_of_a_log_that_overlap_count_each_event_once(clean):
    log = made_up_log(4)
    cut, since = 2 * len(log) // 3, len(log) // 3
    tables = clean({"first.csv": as_csv(log[:cut]), "second.csv": as_csv(log[since:])})
    assert cases(tables) == expected(log)
    assert len(tables["ticket_events"]) == sum(event[2] not in NOTHING for event in log)


def test_a_row_that_cannot_be_read_is_reported_with_its_own_file_and_line(clean):
    log = made_up_log(5)
    first, second = as_csv(log[:200]), as_csv(log[200:]) + "0;yesterday;Note added;P4\n"
    tables = clean({"1.csv": first, "2.csv": second})
    listed = tables["quarantine"][["source_file", "source_line", "reason", "detail"]].to_numpy().tolist()
    assert listed == [["2.csv", len(log) - 200 + 2, "unreadable_value", "When: 'yesterday'"]]
    assert tables["sources"].rows_quarantined.tolist() == [0, 1]


def test_a_case_that_waits_last_is_open(clean):
    log = [("7", START, "Registered", "P4"), ("7", START + timedelta(hours=1), "On hold", "P4")]
    tables = clean({"log.csv": as_csv(log)})
    assert tables["tickets"].status.tolist() == ["open"]
    assert tables["ticket_events"].state.tolist() == ["open", "waiting_user"]


def test_a_case_of_which_no_state_is_known_stops_the_run_with_the_line_to_add(clean):
    log = [*made_up_log(6), ("unknown", START + timedelta(days=90), "Note added", "P4")]
    with pytest.raises(InputError, match=r"unknown status 'Note added' in 1 rows.*mappings\.desk\.values\.status"):
        clean({"log.csv": as_csv(log)})


def test_unknown_states_of_a_log_are_named_with_their_counts(clean):
    hours = [timedelta(hours=n) for n in range(5)]
    names = ["Registered", "Mail sent", "Note added", "Mail sent", "Solved"]
    log = [("7", START + at, name, "P4") for at, name in zip(hours, names, strict=True)]
    findings = clean({"log.csv": as_csv(log)})["findings"]
    assert findings[findings.finding == "unknown_state"].detail.tolist() == ["Mail sent (2); Note added (1)"]


def test_without_a_time_of_events_the_last_status_must_be_known(clean):
    log = [*made_up_log(7, cases=200), ("7", START + timedelta(days=900), "Note added", "P4")]
    log = [event for event in log if event[2] in OPEN | CLOSED or event[1].year > 2025]
    text = LOG.replace("event_at: When\nwaiting: {On hold: waiting_user}\n", "").replace(
        "Activity}", "Activity, created_at: When}"
    )
    with pytest.raises(InputError, match=r"unknown status 'Note added' in 1 rows"):
        clean({"log.csv": as_csv(log)}, text.replace("Archived: closed", "Archived: closed, On hold: open"))


ENDS = """Case;When;Activity;Prio;Closed at;Solved at
1;2024-09-02 08:00;Registered;P4;;
1;2024-09-02 10:00;Solved;P4;;{0}
1;2024-09-09 10:00;Archived;P4;2024-09-09 10:00;{0}
2;2024-09-02 08:00;Registered;P4;;
2;2024-09-02 11:00;Solved;P4;2024-09-12 11:00;
"""


@pytest.mark.parametrize(
    ("solved", "resolved", "imputed"),
    [("", ["02 10:00", "02 11:00"], [False, False]), ("2024-09-02 09:30", ["02 09:30", "12 11:00"], [False, True])],
)
def test_only_a_resolved_time_that_a_column_tells_goes_before_the_history(clean, solved, resolved, imputed):
    text = LOG.replace("Activity}", "Activity, closed_at: Closed at, resolved_at: Solved at}")
    rows = clean({"log.csv": ENDS.format(solved)}, text)["tickets"].sort_values("request_no")
    assert rows.resolved_at.dt.strftime("%d %H:%M").tolist() == resolved
    assert rows.resolved_at_imputed.tolist() == imputed


def test_a_time_of_resolution_from_before_the_case_was_opened_again_is_not_carried_on(clean):
    rows = [
        "1;2024-09-02 08:00;Registered;P4;", "1;2024-09-02 10:00;Solved;P4;2024-09-02 10:00",
        "1;2024-09-03 08:00;In work;P4;", "1;2024-09-04 12:00;Solved;P4;2024-09-04 12:00",
        "1;2024-09-05 12:00;Archived;P4;",
        "2;2024-09-02 08:00;Registered;P4;", "2;2024-09-02 10:00;Solved;P4;2024-09-02 10:00",
        "2;2024-09-03 08:00;In work;P4;", "2;2024-09-04 12:00;Archived;P4;",
    ]  # fmt: skip
    text = LOG.replace("Activity}", "Activity, resolved_at: Solved at}")
    tables = clean({"log.csv": "\n".join(["Case;When;Activity;Prio;Solved at", *rows])}, text)
    listed = tables["tickets"].set_index("request_no").resolved_at
    assert listed["1"] == pd.Timestamp("2024-09-04 12:00", tz="Europe/Oslo")
    assert pd.isna(listed["2"])


@pytest.mark.parametrize(
    ("field", "listed"),
    [
        ("values", {"sla_met_source": {True: "true"}}),
        ("values", {"priority": {1.5: "low"}}),
        ("columns", {"ticket_id": "Case", "status": True}),
        ("missing", [False]),
    ],
)
def test_a_text_that_yaml_makes_something_else_of_is_an_error_that_says_to_quote_it(tmp_path, field, listed):
    workbook = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))
    workbook["mappings"] = {"desk": yaml.safe_load(LOG) | {field: listed}}
    (tmp_path / "workbook.yml").write_text(yaml.safe_dump(workbook), encoding="utf-8")
    with pytest.raises(InputError, match="quotes") as error:
        load_settings(tmp_path / "workbook.yml")
    assert f"mappings.desk.{field}" in str(error.value)


def test_numbers_and_verdicts_that_yaml_reads_as_such_are_the_texts_they_are():
    verdicts = {"sla_met_source": {"J": True}, "priority": {1: "critical"}}
    listed = yaml.safe_load(LOG.replace("Prio,", "Prio, sla_met_source: Met,") + "missing: [0]\n")
    mapping = Mapping.model_validate(listed | {"values": verdicts})
    assert mapping.values == {"sla_met_source": {"J": "true"}, "priority": {"1": "critical"}}
    assert mapping.missing == ["0"]


@pytest.mark.parametrize(
    ("unit", "written", "minutes"),
    [("minutes", "90", 90), ("hours", "1,5", 90), ("seconds", "5400", 90), ("hours", "1:30", 90),
     ("minutes", "125:00:30", 7500.5), ("seconds", "0", 0)],
)  # fmt: skip
def test_waiting_time_is_read_in_its_unit_or_as_a_clock(clean, unit, written, minutes):
    text = LOG.replace("Activity}", "Activity, paused_minutes: Paused}") + f"paused_unit: {unit}\n"
    rows = f"1;2024-09-02 08:00;Registered;P4;{written}\n"
    tables = clean({"log.csv": "Case;When;Activity;Prio;Paused\n" + rows}, text)
    assert tables["tickets"].paused_minutes.tolist() == [pytest.approx(minutes)]


def test_an_unknown_unit_of_waiting_time_is_refused():
    with pytest.raises(ValidationError, match="paused_unit"):
        Mapping.model_validate(yaml.safe_load(LOG + "paused_unit: days\n"))
