"""Picture files become upright grey levels, or a clear message."""

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import ImageError
from glassnet.preprocessing.open import open_grey


@pytest.fixture
def wedge():
    return np.arange(6 * 4, dtype=np.uint8).reshape(6, 4) * 10


@pytest.mark.parametrize("suffix", ["png", "bmp", "tiff", "gif"])
def test_grey_levels_come_back_exactly(tmp_path, wedge, suffix):
    Image.fromarray(wedge).save(tmp_path / f"a.{suffix}")
    np.testing.assert_array_equal(open_grey(tmp_path / f"a.{suffix}"), wedge)


def test_colour_becomes_luminance(tmp_path):
    Image.new("RGB", (2, 3), (0, 255, 0)).save(tmp_path / "a.png")
    np.testing.assert_array_equal(open_grey(tmp_path / "a.png"), np.full((3, 2), 150, np.uint8))


def test_a_photograph_is_turned_upright(tmp_path, wedge):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held a quarter turn to the left
    Image.fromarray(wedge).save(tmp_path / "a.png", exif=exif)
    np.testing.assert_array_equal(open_grey(tmp_path / "a.png"), np.rot90(wedge, -1))


def test_a_pillow_picture_is_turned_upright_too_and_a_broken_one_told(tmp_path, wedge, rng):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(wedge).save(tmp_path / "a.png", exif=exif)
    with Image.open(tmp_path / "a.png") as picture:
        np.testing.assert_array_equal(open_grey(picture), np.rot90(wedge, -1))
    Image.fromarray(rng.integers(0, 256, (200, 200), np.uint8)).save(tmp_path / "b.png")
    (tmp_path / "b.png").write_bytes((tmp_path / "b.png").read_bytes()[:20_000])
    with Image.open(tmp_path / "b.png") as picture, pytest.raises(ImageError, match="cannot be read"):
        open_grey(picture)


def test_transparent_parts_are_white_paper(tmp_path):
    pixels = np.zeros((2, 2, 4), np.uint8)  # black, and transparent but for one pixel
    pixels[0, 0, 3] = 255
    Image.fromarray(pixels).save(tmp_path / "a.png")
    np.testing.assert_array_equal(open_grey(tmp_path / "a.png"), [[0, 255], [255, 255]])


def test_sixteen_bits_are_scaled_not_clipped(tmp_path):
    Image.fromarray(np.array([[0, 257, 65535]], np.uint16)).save(tmp_path / "a.png")
    np.testing.assert_array_equal(open_grey(tmp_path / "a.png"), [[0, 1, 255]])


def test_a_truncated_picture_is_named(tmp_path, rng):
    path = tmp_path / "cut.png"
    Image.fromarray(rng.integers(0, 256, (64, 64), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ImageError, match=r"cut\.png: the picture is damaged or cut short"):
        open_grey(path)


@pytest.mark.parametrize("content", [b"", b"this is no picture"])
def test_a_file_that_is_no_picture_is_named(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(ImageError, match=r"a\.png: not a picture"):
        open_grey(tmp_path / "a.png")


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(ImageError, match=r"b\.png: there is no such file"):
        open_grey(tmp_path / "b.png")
    with pytest.raises(ImageError, match="this is a folder"):
        open_grey(tmp_path)


def test_floating_point_pictures_are_refused(tmp_path):
    Image.fromarray(np.ones((2, 2), np.float32)).save(tmp_path / "a.tiff")
    with pytest.raises(ImageError, match="floating-point"):
        open_grey(tmp_path / "a.tiff")


def test_a_decompression_bomb_is_refused(tmp_path, monkeypatch):
    Image.new("L", (40, 40)).save(tmp_path / "a.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(ImageError, match="too large"):
        open_grey(tmp_path / "a.png")
