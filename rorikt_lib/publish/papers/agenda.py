"""What the papers and the minutes of a meeting say, as the text of a document."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rorikt_lib.config.meeting_file import Case, Meeting, line_in, refuse_undecided
from rorikt_lib.present.markdown import attribute, plain
from rorikt_lib.present.sentences import meeting as words
from rorikt_lib.publish.assemble import Body, unnumbered, with_top_heading
from rorikt_lib.publish.papers.look import Look
from rorikt_lib.report.narrative import read_text


@dataclass(frozen=True)
class Attached:
    """An attachment as it was found. number: it has among all of the meeting. pdf: the file it is.

    address: the page on the site that it is the PDF of, seen from the papers' own; None of a file. approved: the day.
    watched: files → their checksums, which another would have to be attached for, were they others.
    """

    number: int
    title: str
    pdf: Path
    look: Look
    is_draft: bool = False
    address: str | None = None
    approved: dt.date | None = None
    watched: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What its first page is found by, and its copy beside the papers called: `vedlegg-1`."""
        return f"vedlegg-{self.number}"

    @property
    def name(self) -> str:
        """`Vedlegg 1: Budsjettsak, 2025`."""
        return f"{words.attachment(self.number)}: {self.title}"


def papers(meeting: Meeting, file: Path, attached: Sequence[Sequence[Attached]], folder: str) -> Body:
    """The notice of a meeting with its list of cases, and each case. file: the meeting's. folder: with the attachments.

    attached: what has been found of each case's attachments, case by case.
    """
    notice = [
        _heading(1, words.NOTICE),
        _facts({words.BODY: meeting.body, **_when(meeting, file), words.INVITED: meeting.invited}),
        _heading(2, words.CASES),
        _list_of_cases(meeting),
    ]
    cases = [_case(case, at, file, attached[at], folder) for at, case in enumerate(meeting.cases)]
    return Body(("\n\n".join(notice), *cases))


def minutes(meeting: Meeting, file: Path) -> Body:
    """What was decided, and by whom; InputError where the meeting's file does not say so yet."""
    refuse_undecided(meeting, file)
    there = {words.ATTENDED: meeting.attended, words.ABSENT: meeting.absent}
    held = [_heading(1, words.HELD), _facts({words.BODY: meeting.body, **_when(meeting, file), **there})]
    cases = [_decided(case, at, file) for at, case in enumerate(meeting.cases)]
    return Body(("\n\n".join(held), _heading(1, words.DECISIONS), *cases))


def _when(meeting: Meeting, file: Path) -> dict[str, str]:
    return {words.TIME: words.time(dt.date.fromisoformat(file.stem), meeting.time), words.PLACE: meeting.place}


def _facts(told: dict[str, str | list[str]]) -> str:
    """Each fact by its name; what nothing is said of is left out."""
    given = {name: [said] if isinstance(said, str) else said for name, said in told.items()}
    lines = {name: [f":   {plain(each)}" for each in said] for name, said in given.items()}
    return "\n\n".join("\n".join([name, *said]) for name, said in lines.items() if said)


def _list_of_cases(meeting: Meeting) -> str:
    heads = [words.NUMBER, words.TITLE, words.KIND, words.RESPONSIBLE]
    rows = [[_link(case), _told(case), _kind(case), plain(case.responsible)] for case in meeting.cases]
    lines = [heads, ["---"] * len(heads), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{table}\n\n: {words.CASES_CAPTION} {{#tabell-saksliste}}"


def _link(case: Case) -> str:
    return f"[{plain(case.number)}](#{_anchor(case)}){{.case}}"


def _told(case: Case) -> str:
    """The title, and what the case is about."""
    return f"{plain(case.title)}. {plain(case.lead)}" if case.lead else plain(case.title)


def _kind(case: Case) -> str:
    return words.FOR_DECISION if case.is_for_decision else words.FOR_INFORMATION


def _anchor(case: Case) -> str:
    """`sak-2024-m10-031`."""
    return "sak-" + case.number.lower().replace("/", "-")


def _case(case: Case, at: int, file: Path, attached: Sequence[Attached], folder: str) -> str:
    parts = [
        _heading(1, words.case(case.number, case.title), f"#{_anchor(case)} "),
        _facts({words.KIND: _kind(case), words.RESPONSIBLE: case.responsible}),
        _written(case, at, file, "text"),
    ]
    if case.is_for_decision:
        parts += [_heading(2, words.PROPOSED), _written(case, at, file, "proposed")]
    if attached:
        parts += [_heading(2, words.ATTACHMENTS), "\n".join(_named(each, folder) for each in attached)]
    parts += [_pages(each) for each in attached]
    return "\n\n".join(filter(None, parts))


def _decided(case: Case, at: int, file: Path) -> str:
    said = _written(case, at, file, "decision") if case.decision else words.NOTED
    return f"{_heading(2, words.case(case.number, case.title))}\n\n{said}"


def _heading(level: int, text: str, attributes: str = "") -> str:
    return f"{'#' * level} {plain(text)} {{{attributes}.unnumbered}}"


def _written(case: Case, at: int, file: Path, key: str) -> str:
    """What people wrote under a key of a case; its headings are below the case's own."""
    text = getattr(case, key) or ""
    read = read_text(text, file, line_in(file, "cases", at, key)) if text.strip() else ""
    return unnumbered(with_top_heading(read, 2))


def _named(attached: Attached, folder: str) -> str:
    """The line that names an attachment: on paper it leads to its first page, on the web to its file."""
    link = f'[{plain(attached.name)}]({folder}/{attached.key}.pdf){{.attached first="{attached.key}"}}'
    said = words.of_attachment(attached.look.pages, attached.look.is_tagged, attached.is_draft, attached.approved)
    page = f" [[{words.WEB_PAGE}]({attached.address})]{{.web}}" if attached.address else ""
    return f"-   {link} ({said}){page}"


def _pages(attached: Attached) -> str:
    """Where its pages follow on paper."""
    given = {"first": attached.key, "pages": attached.look.pages, "name": words.attachment(attached.number)}
    attributes = " ".join(f'{key}="{attribute(str(value))}"' for key, value in given.items())
    return f"[{plain(attached.name)}]{{.attached {attributes}}}"
