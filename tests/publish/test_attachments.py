"""Charts and downloads are in their folders, each name once."""

from __future__ import annotations

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.present.sheets import Sheet, SheetColumn
from rorikt_lib.publish.attachments import write_attachments, write_images
from rorikt_lib.publish.outputs import Chapter, ChartFile

CHART = ChartFile("figur-x", "Saker.", "Tolv", b"<svg/>")
TABLE = Sheet("brudd", "Brudd.", (), (SheetColumn("Årsak", "@", ("Feil",)),))


def test_a_spreadsheet_is_reported_that_a_download_is_utf_8(tmp_path):
    write_attachments(tmp_path, [Chapter("", (CHART,)), Chapter("", sheets=(TABLE,))])
    assert (tmp_path / "nedlasting" / "brudd.csv").read_bytes() == b"\xef\xbb\xbf" + "Årsak\nFeil\n".encode()
    assert (tmp_path / "figures" / "figur-x.svg").read_bytes() == b"<svg/>"


@pytest.mark.parametrize("chapter", [Chapter("", (CHART,)), Chapter("", sheets=(TABLE,))])
def test_two_files_of_one_name_stop_the_build(tmp_path, chapter):
    with pytest.raises(InputError, match="two charts or downloads"):
        write_attachments(tmp_path, [chapter, chapter])


def test_an_image_that_a_text_shows_is_published_and_no_other(tmp_path):
    for name in ("kart.png", "utkast.png"):
        (tmp_path / name).write_bytes(b"\x89PNG")
    made = tmp_path / "made"
    (made / "figures").mkdir(parents=True)
    write_images(made, ['![Vei](figures/kart.png){#figur-kart alt="Kart"}', "utkast.png"], tmp_path)
    assert [path.name for path in (made / "figures").iterdir()] == ["kart.png"]
