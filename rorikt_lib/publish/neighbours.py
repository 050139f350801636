"""The months of a site, for their pages: a file beside them, since a page that was approved is never written again."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rorikt_lib.publish.order import REPORT_PAGE


def write_months(site: Path, months: Iterable[Mapping[str, Any]]) -> None:
    """assets/months.js of a site, the oldest month first: what it is called, and which pages it has.

    months: as report.json of each has them, with their names. Pages that were approved read it for good: its form may
    only be added to.
    """
    told = [{"month": one["month"], "name": one["name"], "files": _files(one)} for one in months]
    told.sort(key=lambda one: one["month"])
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (site / "assets" / "months.js").write_text(f"window.siteMonths = {text};\n", encoding="utf-8")


def _files(month: Mapping[str, Any]) -> list[str]:
    return [REPORT_PAGE, *(page["file"] for page in month.get("pages", []))]
