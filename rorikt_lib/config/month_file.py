"""What people write about a month in content/YYYY-MM: report.yml and hendelser.yml."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import AfterValidator, Field

from rorikt_lib.config.content_files import REPORT
from rorikt_lib.config.strict import Strict
from rorikt_lib.config.yaml_file import read_yaml, text_of
from rorikt_lib.errors import InputError
from rorikt_lib.terms.enums import ReportStatus
from rorikt_lib.terms.period import first_day, is_year_end, shift
from rorikt_lib.terms.schemas import TIME_ZONE


def _local_time(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is not None:
        raise ValueError("write the local time, without an offset")
    return instant


LocalTime = Annotated[dt.datetime, AfterValidator(_local_time)]


class CutOff(Strict):
    """When a month's exports were taken, local time."""

    tickets: LocalTime | None = None
    """When the ticket export was taken, local time, as 2024-09-27T12:00."""
    devices: LocalTime | None = None
    """When the device export was taken: in the month, or the first days after it."""
    usage: LocalTime | None = None
    """When the exports of the portal and the chatbot were taken, where that was before the month was over."""


class Incident(Strict):
    """What a person adds about one critical or high case."""

    date: dt.date
    """The day the case was created."""
    municipality: str
    """Its municipality, by name or alias."""
    priority: str
    """Its priority, as the ticket system calls it."""
    summary: str
    """What happened, in one sentence."""
    cause: str | None = None
    """Why, and why it took longer than the deadline if it did."""


class Report(Strict):
    """report.yml: a month's version, and the cut-offs of its extracts. What was approved is in data/approved."""

    version: dt.date | None = None
    """The day of this version."""
    cut_off: CutOff = CutOff()
    """When the month's exports were taken. Missing: at the end of the month."""
    reasons: dict[str, str] = Field(default={})
    """In December: line or project → why it ended as it did. Missing: the last reason given for its forecast."""
    pages: dict[str, str] = Field(default={})
    """The status of pages beside the report, which have none of their own otherwise, as budsjett.html: Forslag."""
    status: ReportStatus = ReportStatus.DRAFT
    """Of older versions. It approves nothing: rorikt approve does."""
    approved_on: dt.date | None = None
    """Of older versions. It approves nothing: rorikt approve does."""
    approved_by: str | None = None
    """Of older versions. It approves nothing: rorikt approve does."""

    @property
    def says_approved(self) -> bool:
        """Whether it says, as older versions had it, that the report is approved."""
        return self.status == ReportStatus.APPROVED

    def cut_off_of(self, source: Literal["tickets", "devices", "usage"], month: str) -> pd.Timestamp:
        """The instant up to which the month's report counts: the extract's, else the month's last microsecond."""
        instant = getattr(self.cut_off, source)
        if instant is not None:
            return pd.Timestamp(instant).tz_localize(TIME_ZONE, ambiguous=True, nonexistent="shift_forward")
        return pd.Timestamp(first_day(shift(month, 1))).tz_localize(TIME_ZONE) - pd.Timedelta(microseconds=1)


def read_report(month: str, content: Path) -> Report:
    """The month's report.yml; without a version where there is none."""
    path = content / month / REPORT
    report = (read_yaml(path, Report) if path.exists() else None) or Report()
    if report.reasons and not is_year_end(month):
        remedy = "write them in drift-forklaringer.md, or in the report.yml of December"
        raise InputError("reasons are of how the year ended, which it has not", file=path, remedy=remedy)
    # PCs may be exported on the first days after the month; they are then seen on those days.
    allowed = {"tickets": [month], "devices": [month, shift(month, 1)], "usage": [month]}
    for source, instant in report.cut_off:
        if instant is not None and f"{instant:%Y-%m}" not in allowed[source]:
            remedy = f"write a time in {' or '.join(allowed[source])}"
            raise InputError(f"the cut-off of {source} is in another month ({instant})", file=path, remedy=remedy)
    return report


def read_version(texts: Path) -> Report:
    """The report.yml of a document that is no monthly report, in the folder of its texts; see `Report`.

    InputError where it has a cut-off or reasons, which are of the month whose data the document is made of.
    """
    path = texts / REPORT
    report = (read_yaml(path, Report) if path.exists() else None) or Report()
    if report.cut_off != CutOff() or report.reasons:
        remedy = "write it in report.yml of the month whose data the document is made of"
        what = "reasons" if report.reasons else "cut-offs"
        raise InputError(f"{what} are of a month", file=path, remedy=remedy)
    return report


def refuse_written_approval(report: Report, month: str, content: Path) -> None:
    """InputError where report.yml says that the report is approved, which nothing but `rorikt approve` decides."""
    if not report.says_approved:
        return
    path = content / month / REPORT
    line = next(n for n, text in enumerate(text_of(path).splitlines(), start=1) if ReportStatus.APPROVED in text)
    given = f'rorikt approve {month} --by "{report.approved_by or "Styret"}"'
    given += f" --on {report.approved_on}" if report.approved_on else ""
    remedy = (
        f"where the site has what was approved, {given} keeps it as it stands; take status, approved_on and "
        "approved_by out here for a draft, which that command approves when it is read"
    )
    raise InputError("no approval is kept of this report that says so itself", file=path, line=line, remedy=remedy)


def read_incidents(month: str, content: Path) -> list[Incident]:
    """What people added about the month's critical and high cases (hendelser.yml); empty where there is none."""
    path = content / month / "hendelser.yml"
    return (read_yaml(path, list[Incident]) if path.exists() else None) or []
