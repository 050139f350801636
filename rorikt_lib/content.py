"""What people write for a month: content/YYYY-MM/report.yml, hendelser.yml and one Markdown file a section."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
import yaml
from pydantic import AfterValidator, TypeAdapter, ValidationError

from rorikt_lib.errors import InputError
from rorikt_lib.period import first_day, shift
from rorikt_lib.settings import ROOT, Strict
from rorikt_lib.tables import TIME_ZONE

CONTENT = ROOT / "content"


def _local_time(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is not None:
        raise ValueError("write the local time, without an offset")
    return instant


LocalTime = Annotated[dt.datetime, AfterValidator(_local_time)]


class CutOff(Strict):
    """When a month's extracts were taken, local time; missing: the end of the month."""

    tickets: LocalTime | None = None
    devices: LocalTime | None = None


class Incident(Strict):
    """What a person adds about one critical or high case."""

    date: dt.date
    municipality: str
    priority: str
    summary: str
    cause: str | None = None


class Report(Strict):
    """report.yml: a month's version and approval, and the cut-offs of its extracts. Absent: a draft."""

    version: dt.date | None = None
    status: Literal["Utkast", "Godkjent"] = "Utkast"
    approved_on: dt.date | None = None
    approved_by: str | None = None
    cut_off: CutOff = CutOff()

    def cut_off_of(self, source: Literal["tickets", "devices"], month: str) -> pd.Timestamp:
        """The instant up to which the month's report counts: the extract's, else the month's last microsecond."""
        instant = getattr(self.cut_off, source)
        if instant is not None:
            return pd.Timestamp(instant).tz_localize(TIME_ZONE, ambiguous=True, nonexistent="shift_forward")
        return pd.Timestamp(first_day(shift(month, 1))).tz_localize(TIME_ZONE) - pd.Timedelta(microseconds=1)


def read_report(month: str, content: Path = CONTENT) -> Report:
    """The month's report.yml; a draft without a version where there is none."""
    path = content / month / "report.yml"
    report = _read_yaml(path, Report, absent=Report())
    for source, instant in report.cut_off:
        if instant is not None and f"{instant:%Y-%m}" != month:
            remedy = f"write a time in {month}"
            raise InputError(f"the cut-off of {source} is in another month ({instant})", file=path, remedy=remedy)
    return report


def read_incidents(month: str, content: Path = CONTENT) -> list[Incident]:
    """What people added about the month's critical and high cases (hendelser.yml); empty where there is none."""
    return _read_yaml(content / month / "hendelser.yml", list[Incident], absent=[])


def narrative(month: str, section: str, content: Path = CONTENT) -> str | None:
    """The Markdown of one section of the month's narrative, or None where nobody wrote it."""
    path = content / month / f"{section}.md"
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def _read_yaml(path: Path, kind: type, absent: object):
    if not path.exists():
        return absent
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        return absent if told is None else TypeAdapter(kind).validate_python(told)
    except UnicodeDecodeError:
        raise InputError("not UTF-8", file=path, remedy="save the file as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise InputError("not valid YAML", file=path, line=line, remedy="mend the line") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise InputError(f"'{key}': {first['msg']}", file=path, remedy="mend the key") from None
