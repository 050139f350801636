"""Charts and downloads are in their folders, each name once."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from rorikt_lib.errors import InputError
from rorikt_lib.present.sheets import Sheet, SheetColumn
from rorikt_lib.publish.attachments import pixels, write_attachments, write_images
from rorikt_lib.publish.outputs import Chapter, ChartFile

CHART = ChartFile("figur-x", "Saker.", "Tolv", b"<svg/>", b"<svg />")
TABLE = Sheet("brudd", "Brudd.", (), (SheetColumn("Årsak", "@", ("Feil",)),))


def test_a_spreadsheet_is_reported_that_a_download_is_utf_8(tmp_path):
    write_attachments(tmp_path, [Chapter("", (CHART,)), Chapter("", sheets=(TABLE,))])
    assert (tmp_path / "nedlasting" / "brudd.csv").read_bytes() == b"\xef\xbb\xbf" + "Årsak\nFeil\n".encode()
    assert (tmp_path / "figures" / "figur-x.svg").read_bytes() == b"<svg/>"
    assert (tmp_path / "figures" / "figur-x-smal.svg").read_bytes() == b"<svg />"


@pytest.mark.parametrize(
    ("chapter", "other"),
    [
        (Chapter("", (CHART,)), Chapter("", (CHART,))),
        (Chapter("", sheets=(TABLE,)), Chapter("", sheets=(replace(TABLE, title="Feil."),))),
    ],
)
def test_two_files_of_one_name_stop_the_build(tmp_path, chapter, other):
    with pytest.raises(InputError, match="two charts or downloads"):
        write_attachments(tmp_path, [chapter, other])


def test_a_table_of_one_chapter_may_be_behind_a_chart_of_another(tmp_path):
    write_attachments(tmp_path, [Chapter("", sheets=(TABLE,))] * 2)
    assert [file.name for file in (tmp_path / "nedlasting").iterdir()] == ["brudd.csv"]


def test_an_image_that_a_text_shows_is_published_and_no_other(tmp_path):
    for name in ("kart.png", "utkast.png"):
        Image.new("RGB", (2, 1)).save(tmp_path / name)
    made = tmp_path / "made"
    (made / "figures").mkdir(parents=True)
    write_images(made, ['![Vei](figures/kart.png){#figur-kart alt="Kart"}', "utkast.png"], tmp_path)
    assert [path.name for path in (made / "figures").iterdir()] == ["kart.png"]


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_picture_is_published_without_what_a_camera_or_program_wrote_beside_it(tmp_path, kind):
    picture = Image.new("RGB", (16, 8), "white")
    picture.paste("navy", (0, 0, 8, 8))
    said, exif = PngInfo(), Image.Exif()
    said.add_text("Author", "Torfinn Skjeggestad")
    exif[0x013B] = "Torfinn Skjeggestad"
    exif[0x0112] = 6  # Turned by a quarter.
    more = {"pnginfo": said} if kind == "png" else {"comment": b"Torfinn Skjeggestad", "quality": 95}
    picture.save(tmp_path / f"kart.{kind}", exif=exif, **more)
    assert b"Skjeggestad" in (tmp_path / f"kart.{kind}").read_bytes()

    made = pixels(tmp_path / f"kart.{kind}")
    assert b"Skjeggestad" not in made
    shown = Image.open(BytesIO(made))
    assert shown.size == (8, 16)
    top, bottom = shown.getpixel((4, 1)), shown.getpixel((4, 14))
    assert max(top) < 140
    assert min(bottom) > 240


def test_a_telephones_jpeg_of_several_pictures_is_published_as_its_first(tmp_path):
    first, second = Image.new("RGB", (8, 8), "white"), Image.new("RGB", (8, 8), "navy")
    first.save(tmp_path / "kart.jpg", format="MPO", save_all=True, append_images=[second])
    shown = Image.open(BytesIO(pixels(tmp_path / "kart.jpg")))
    assert (shown.format, shown.getpixel((4, 4))) == ("JPEG", (255, 255, 255))


def test_a_picture_that_need_not_be_turned_is_the_same_to_the_last_point(tmp_path):
    picture = Image.effect_noise((20, 20), 50)
    picture.save(tmp_path / "kart.png")
    assert Image.open(BytesIO(pixels(tmp_path / "kart.png"))).tobytes() == picture.tobytes()


def test_what_only_calls_itself_a_picture_is_refused(tmp_path):
    (tmp_path / "kart.png").write_bytes(b"<svg onload='alert(1)'/>")
    with pytest.raises(InputError, match="no PNG or JPEG picture"):
        pixels(tmp_path / "kart.png")
