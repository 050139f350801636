"""rorikt run with a real build: the draft is one as rorikt report makes it, and can be approved."""

from __future__ import annotations

from unwatched import MONTH, last, run, small_workbook

from rorikt_lib.publish.site import read_facts
from rorikt_lib.store.drafts import read_draft
from rorikt_lib.store.forecast_log import log_path


def test_the_draft_stands_on_the_site_is_kept_for_its_approval_and_its_forecasts_are_kept(make_small, tmp_path):
    root = small_workbook(tmp_path / "book")
    project = make_small(tmp_path / "project")
    for name in ("notebooks", "content", "_quarto.yml", "index.qmd"):
        (project / name).rename(root / name)
    ended = run(root, "--renderer", "embedded")
    assert ended.returncode == 0, ended.stderr
    month = root / "_site" / MONTH
    assert read_facts(month)["draft"]
    assert [file.read_bytes()[:5] for file in month.glob("okonomi-*.pdf")] == [b"%PDF-"]
    assert read_draft(root / "data", MONTH).published.keys() >= {"index.html", "figures.csv"}
    assert MONTH in log_path(root / "data").read_text(encoding="utf-8")
    assert last(root)["warnings"] == 0
