"""Rullering av PC-er: Windows versions, and how long they are supported."""

from rorikt_lib.devices import windows
from rorikt_lib.present.charts import pcs as charts
from rorikt_lib.present.sentences import windows as words
from rorikt_lib.report.declare import Chart, Table, from_book, named
from rorikt_lib.report.pcs import owners, pcs_in_use
from rorikt_lib.terms.enums import Support
from rorikt_lib.terms.sums import with_sum

VERSIONS = Table(
    "windows-versjoner",
    from_book(with_sum, from_book(windows.windows_versions, pcs_in_use), "version"),
    ["version"],
    named("devices", *Support, pcs="in_use"),
    columns=["version", "supported_until", "pcs", *Support],
    total=True,
    caption=lambda book, _: words.versions_caption(book.settings.devices.windows),
)
_COUNTS = ["windows_11", "older_windows", "unknown_build", "share_windows_11", *Support]
PLACES = Table(
    "windows",
    from_book(windows.with_total, from_book(windows.windows_readiness, pcs_in_use, owners)),
    ["municipality"],
    named("devices", *_COUNTS),
    total=True,
)
READINESS = Chart("windows", [PLACES], charts.windows_readiness, words.windows_alt)

windows_summary = from_book(words.windows_summary, PLACES)
support_summary = from_book(words.support_summary, VERSIONS)
