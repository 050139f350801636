"""A document that is no monthly report, made, or found as it was made. Imports little until it must."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rorikt_lib.month.make import (
    How,
    Made,
    Tell,
    begun_anew_until_whole,
    forget,
    rendered,
    stands_approved,
    tell_of_all,
    unchanged,
    what_to_say,
)
from rorikt_lib.month.stamp import Request, document_as_it_was, keep_stamp
from rorikt_lib.publish.kinds import kind_of, texts_of, with_month
from rorikt_lib.store.folders import raw_files

if TYPE_CHECKING:
    from rorikt_lib.terms.documents import Document


def make_document(
    request: Request,
    document: Document,
    progress: Tell = lambda step: None,
    tell: Tell = lambda line: None,
    *,
    revise: str | None = None,
    fresh: bool = False,
    at_a_time: int | None = None,
) -> Made:
    """A document (see publish.kinds.document_of), on the site; InputError where it is refused.

    For the rest see month.make.make_month, which makes a monthly report.
    """

    texts = texts_of(kind_of(request.folder, document.kind), document)

    def make(asked: Request, of: str) -> Made:
        return _make(asked, document, texts, progress, tell, revise=revise, fresh=fresh, at_a_time=at_a_time)

    return begun_anew_until_whole(request, make, lambda asked: asked.of_document(document, texts), progress)


def _make(
    request: Request,
    document: Document,
    texts: str,
    progress: Tell,
    tell: Tell,
    *,
    revise: str | None,
    fresh: bool,
    at_a_time: int | None,
) -> Made:
    def as_made() -> Made | None:
        stamp = None if fresh or revise is not None else document_as_it_was(request, document, texts)
        return unchanged(request, stamp, tell) if stamp else None

    if made := as_made():
        return made

    progress("starting")
    # First: it settles how many threads what is imported after it has.
    from rorikt_lib.publish.zygote import begin_zygote  # isort: skip
    from rorikt_lib.month.clean import clean_exports, told_of
    from rorikt_lib.month.report import report_document
    from rorikt_lib.publish.job import job_of, only_run
    from rorikt_lib.publish.kept_chapters import CHAPTERS, files_opened

    job = job_of(document, request.folder, request.out, request.renderer, request.parameters, at_a_time)
    if made := stands_approved(job, revise, tell, progress):
        tell_of_all(request)
        return made
    # Before anything that has threads.
    begin_zygote(is_first=fresh or job.is_first)

    def cleans(file: str) -> None:
        progress(f"cleaning {file}")

    # What has no data may be made before there are exports; where there are, they say whom it must not name.
    is_read = job.has_data or raw_files(request.folder.data / "raw")
    if is_read and (tables := clean_exports(request.folder, cleans, only_if_changed=True, fresh=fresh)):
        tell(told_of(tables, request.folder))
    job = replace(job, document=with_month(request.folder, document))
    of = request.of_document(job.document, texts)
    with only_run(job, progress):
        # Another run may have made it while this one waited.
        if made := as_made():
            return made
        if fresh:
            forget(job)
        reported = report_document(job, progress, strict=request.strict, revise=revise)
        lasting, once = what_to_say(job, reported)
        if revise is None:
            files = files_opened(job.kept / CHAPTERS, job.notebooks)
            read = None if files is None else {**files, **reported.built.read}
            keep_stamp(request, job.document, of, lasting, read)
    for line in (*lasting, *once):
        tell(line)
    return Made(job.name, How.MADE, reported.built.page, rendered(job, reported), reported)
